"""Mails with what is new in somebody's watches: at most one a day, of all his watches together, in plain text, with a
way out."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence

from django.db.models import Exists, OuterRef

from ipregister.watch.models import Match, Watch

EVERY, AGAIN = dt.timedelta(days=1), dt.timedelta(hours=1)
"""How often a mail is sent to one reader, and after how long one that could not be sent is tried again."""
MOST_LINES = 50
"""Lines of a watch in a mail."""
SUBJECT = "News of your watches"
"""What a mail is called: servers on the way write subjects into their logs, and what is watched is its owner's secret."""
_log = logging.getLogger("ipregister.watch")
Send = Callable[[str, str, str], None]
"""Sends a mail: to whom, subject, text."""


def due(now: dt.datetime) -> list[list[Watch]]:
    """Watches with news and a mail address, those of one owner and address together, where no mail went out to them
    for a day."""
    fresh = Match.objects.filter(watch=OuterRef("pk"), pk__gt=OuterRef("mailed"))
    by_reader: dict[tuple[str, str], list[Watch]] = {}
    for watch in Watch.objects.exclude(mail="").filter(Exists(fresh)).order_by("made_at", "pk"):
        by_reader.setdefault((watch.owner, watch.mail), []).append(watch)
    lately = set(Watch.objects.filter(mailed_at__gt=now - EVERY).values_list("owner", "mail"))
    return [watches for reader, watches in by_reader.items() if reader not in lately]


def send_due(send: Send, now: dt.datetime, manage: str) -> int:
    """Send the mails that are due; how many. A mail that was sent twice after a crash is better than none; one that
    cannot be sent keeps no other reader waiting, and is tried again."""
    sent = 0
    for watches in due(now):
        news = [(watch, list(watch.matches.filter(pk__gt=watch.mailed).order_by("pk"))) for watch in watches]
        total = sum(len(rows) for _watch, rows in news)
        try:
            send(watches[0].mail, f"{SUBJECT}: {total}", text_of(news, manage))
        except (OSError, ValueError) as error:  # a server that refuses; an address that is none
            _log.warning("a mail of watches was not sent: %s", type(error).__name__)
            Watch.objects.filter(pk__in=[one.pk for one in watches]).update(mailed_at=now - EVERY + AGAIN)
            continue
        for watch, rows in news:
            watch.mailed, watch.mailed_at = rows[-1].pk, now
            watch.save(update_fields=["mailed", "mailed_at"])
        sent += 1
    return sent


def text_of(news: Sequence[tuple[Watch, Sequence[Match]]], manage: str) -> str:
    """The text of a mail: the watches, with the records of each."""
    lines: list[str] = []
    for watch, rows in news:
        lines += [watch.name, ""]
        lines += [
            f"{row.told['office']} {row.told['right']} {row.key}{_kind(row)}  {row.told['address']}"
            for row in rows[:MOST_LINES]
        ]
        if len(rows) > MOST_LINES:
            lines.append(f"+ {len(rows) - MOST_LINES}")
        lines.append("")
    return "\n".join([*lines, f"Stop or change these watches: {manage}"]) + "\n"


def _kind(row: Match) -> str:
    kind = row.told["kind"]
    return "" if kind == "version" else f" ({kind})"
