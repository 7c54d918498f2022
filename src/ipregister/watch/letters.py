"""What mails say. The sentences are handed in, in the reader's language; of an owner nothing comes in but the names of
his watches, made harmless, and only to a reader who said yes."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from msgspec import Struct

from ipregister.watch.models import Match, Reader, Watch
from ipregister.watch.readers import link_of

MOST_LINES, MOST_LETTERS = 50, 80
"""Lines of a watch in a mail; letters of its name."""
_LINE_ENDS = frozenset(("Zl", "Zp"))
_ADDRESS_SIGNS = re.compile(
    r"[@＠﹫\\]|:?//+|\b(?:https?|ftp|file|mailto|tel|sms|callto|skype|data|javascript):", re.IGNORECASE
)
_DOT = re.compile(r"([.．。｡․﹒])(?=\S)")
"""What programs that show mails make links of: a dot with a letter after it is enough."""


class Wording(Struct, frozen=True):
    """The sentences of mails in one language. In `question` stand `{site}`, `{confirm}` and `{stop}`."""

    question_subject: str
    question: str
    news_subject: str
    change: str
    stop: str


class Places(Struct, frozen=True):
    """Addresses of this site: itself, where watches are changed, and what the links of a reader begin with."""

    site: str
    manage: str
    confirm: str
    stop: str


class Letter(Struct, frozen=True):
    """A mail that is to be sent; `stop` is the address that ends these mails."""

    to: str
    subject: str
    text: str
    stop: str


class Letterhead(Struct, frozen=True):
    """What all mails of an installation are made of."""

    key: str
    places: Places
    wording: Callable[[str], Wording]
    """The sentences in a language; English for an empty text."""


def question(head: Letterhead, reader: Reader, mail: str) -> Letter:
    """Whether the reader wants mails: the same for everybody, whoever asked."""
    wording, places = head.wording(reader.language), head.places
    stop = _stop(head, reader)
    confirm = places.confirm + link_of(head.key, reader, "confirm")
    text = wording.question.format(site=places.site, confirm=confirm, stop=stop)
    return Letter(mail, wording.question_subject, text + "\n", stop)


def news(
    head: Letterhead, reader: Reader, mail: str, found: Sequence[tuple[Watch, Sequence[Match]]]
) -> Letter:
    """What is new in a reader's watches, in plain text. The subject says how much and nothing of what: servers on the
    way write subjects into their logs, and what is watched is its owner's secret."""
    wording = head.wording(reader.language)
    lines: list[str] = []
    for watch, rows in found:
        lines += [shown_name(watch.name), ""]
        lines += [
            f"{row.told['office']} {row.told['right']} {row.key}{_kind(row)}  {row.told['address']}"
            for row in rows[:MOST_LINES]
        ]
        if len(rows) > MOST_LINES:
            lines.append(f"+ {len(rows) - MOST_LINES}")
        lines.append("")
    stop = _stop(head, reader)
    lines += [f"{wording.change} {head.places.manage}", f"{wording.stop} {stop}"]
    total = sum(len(rows) for _watch, rows in found)
    return Letter(mail, f"{wording.news_subject}: {total}", "\n".join(lines) + "\n", stop)


def shown_name(name: str) -> str:
    """A name as it may stand in a mail: one line of at most 80 letters, in which nothing is or becomes a link."""
    plain = "".join(" " if _is_unseen(sign) else sign for sign in name)
    apart = _DOT.sub(r"\1 ", _ADDRESS_SIGNS.sub(" ", plain))
    return " ".join(apart.split())[:MOST_LETTERS].rstrip()


def _is_unseen(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind in _LINE_ENDS or (kind.startswith("C") and sign not in "\u200b\u200c\u200d")


def _stop(head: Letterhead, reader: Reader) -> str:
    return head.places.stop + link_of(head.key, reader, "stop")


def _kind(row: Match) -> str:
    kind = row.told["kind"]
    return "" if kind == "version" else f" ({kind})"
