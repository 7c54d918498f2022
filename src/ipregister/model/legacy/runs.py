"""Encodings whose every letter is above ASCII, taken for Latin-1: Thai, Cyrillic, and the Lao font LSWin.

Such a text is made of runs of accented letters and signs, which no language writes.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from ipregister.model.legacy.gate import in_bytes, narrowed
from ipregister.model.legacy.tables import table
from ipregister.model.offices import Office

_RUN = re.compile(r"[^\x00-\x7f]+")
_TOUCHING = re.compile(r"[A-Za-z][^\x00-\x7f\s]|[^\x00-\x7f\s][A-Za-z]")
_NO_VOWEL = re.compile("[\u00a1-\u00bf\u00c7\u00d0\u00d1\u00d7\u00de\u00df\u00e7\u00f0\u00f1\u00f7\u00fe]")
"""Signs and consonants of Latin-1; a text of accented vowels alone may be what it looks like."""

_LETTERS, _LONGEST = 4, 3
"""A text has at least so many letters and vowel signs of the script, and one run at least so many."""

_UNTOLD = frozenset({"", "und", "en"})
"""Languages that say nothing against another script: offices tag whole feeds with them."""


class Script(Struct, frozen=True):
    """An encoding, the languages it is for, how it is decoded, what a valid run looks like, and how many vowels
    a text has at least for each letter (tones count as vowels, which Thai and Lao do not always write)."""

    name: str
    languages: frozenset[str]
    decode: Callable[[str], str]
    letter: re.Pattern[str]
    valid: re.Pattern[str]
    vowel: re.Pattern[str]
    vowels: float

    def seems(self, text: str, language: str, office: Office) -> bool:
        """Whether office and language stand for the script and every run is a valid text of it."""
        told = language.partition("-")[0] in self.languages
        if not told and (
            language not in _UNTOLD
            or self.languages.isdisjoint(office.languages)
            or not _NO_VOWEL.search(text)
        ):
            return False
        if _TOUCHING.search(text):
            return False
        try:
            meant = [self.decode(run) for run in _RUN.findall(text)]
        except ValueError:
            return False
        return self._all_valid(meant)

    def _all_valid(self, meant: list[str]) -> bool:
        counts = [len(self.letter.findall(run)) for run in meant]
        letters = sum(counts)
        return (
            letters >= _LETTERS
            and max(counts) >= _LONGEST
            and all(self.valid.fullmatch(run) for run in meant)
            and sum(len(self.vowel.findall(run)) for run in meant) >= self.vowels * letters
        )


_POINTS = r"[\s\u00a0\u2018-\u201d\u2013\u2014\u2022\u2026\u00ab\u00bb\u2116]"


def _cp874(text: str) -> str:
    return in_bytes(text).decode("cp874")


def _cp1251(text: str) -> str:
    return in_bytes(text).decode("cp1251")


_TONE_FIRST = re.compile("([\u0ec8-\u0ecb])([\u0eb1\u0eb4-\u0ebb\u0ecd])")


def _lswin(text: str) -> str:
    letters = table("lswin")
    missing = next((c for c in narrowed(text) if not c.isascii() and c not in letters and c != "\u00a0"), "")
    if missing:
        raise ValueError(f"{missing!r} is no letter of LSWin")
    return _TONE_FIRST.sub(r"\2\1", "".join(letters.get(c, c) for c in narrowed(text)))


THAI = Script(
    "tis-620",
    frozenset({"th"}),
    _cp874,
    re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]"),
    re.compile(
        f"(?:{_POINTS}|[\u0e50-\u0e59\u0e3f\u0e2f\u0e46]"
        "|[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47]?[\u0e48-\u0e4e]{0,2}[\u0e30\u0e32\u0e33\u0e45]{0,2})+"
    ),
    re.compile("[\u0e30-\u0e39\u0e40-\u0e44\u0e47-\u0e4c]"),
    0.15,
)
LAO = Script(
    "lswin",
    frozenset({"lo"}),
    _lswin,
    re.compile("[\u0e81-\u0ecd\u0edc\u0edd]"),
    re.compile(
        f"(?:{_POINTS}|[\u0ed0-\u0ed9\u0ec6]"
        "|[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0edc\u0edd]\u0ebc?[\u0eb1\u0eb4-\u0eb9\u0ebb\u0ecd]?[\u0ec8-\u0ecb]?\u0ebd?[\u0eb0\u0eb2\u0eb3]{0,2})+"
    ),
    re.compile("[\u0eb0-\u0ebd\u0ec0-\u0ec4\u0ec8-\u0ecd]"),
    0.15,
)
_WORD = "(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)"
CYRILLIC = Script(
    "cp1251",
    frozenset({"ru", "kk", "ky", "uk", "be"}),
    _cp1251,
    re.compile("[А-Яа-яЁё]"),
    re.compile(
        f"(?:{_POINTS}|(?![ьъыЬЪЫ])(?!.*?[бвгджзклмнпрстфхцчшщБВГДЖЗКЛМНПРСТФХЦЧШЩ]{{6}}){_WORD}(?![А-Яа-яЁё]))+"
    ),
    re.compile("[аеёиоуыэюяАЕЁИОУЫЭЮЯ]"),
    0.25,
)
SCRIPTS = (THAI, CYRILLIC, LAO)
"""Each script that is looked for."""
