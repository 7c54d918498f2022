"""The words of the trade in the seven languages, and which messages say them otherwise.

The words are data: `locale/glossary.toml`. A message that holds an English term as a word is to carry one of
its renderings; `breaches` names those that do not. Used by the tests and by `catalogues terms`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct, convert, field

PATH = Path(__file__).parent / "locale" / "glossary.toml"
_COMMAND = re.compile(r"`[^`]*`")


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """One term: its English `forms`, the accepted renderings of each language, the messages `excepted`."""

    forms: tuple[str, ...]
    lo: tuple[str, ...]
    km: tuple[str, ...]
    th: tuple[str, ...]
    vi: tuple[str, ...]
    id: tuple[str, ...]
    ru: tuple[str, ...]
    kk: tuple[str, ...]
    excepted: tuple[str, ...] = field(name="except", default=())

    def renderings(self, lang: str) -> tuple[str, ...]:
        """The accepted words or beginnings of words of a language; raises `KeyError` for another language."""
        by_language: Mapping[str, tuple[str, ...]] = {
            "lo": self.lo, "km": self.km, "th": self.th, "vi": self.vi,
            "id": self.id, "ru": self.ru, "kk": self.kk,
        }  # fmt: skip
        return by_language[lang]

    def stands_in(self, english: str) -> bool:
        """Whether an English message holds the term as a word, not in a command (between backticks), and is not
        excepted."""
        if english.startswith(self.excepted or "\0"):
            return False
        return _pattern(self.forms).search(_COMMAND.sub(" ", english)) is not None


@cache
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(form) for form in forms)
    return re.compile(rf"(?<![\w(]){'(?:' + words + ')'}(?!\w|\)s)", re.IGNORECASE)


@cache
def terms() -> tuple[Term, ...]:
    """All terms of the glossary, in its order."""
    return convert(tomllib.loads(PATH.read_text(encoding="utf-8"))["term"], tuple[Term, ...])


def breaches(lang: str, messages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Term, English and translation of the messages (English, translation) that say a term otherwise."""
    for english, told in messages:
        lowered = told.casefold()
        for term in terms():
            if term.stands_in(english) and not any(
                word.casefold() in lowered for word in term.renderings(lang)
            ):
                yield term.forms[0], english, told
