"""Chinese characters as they are read in Mandarin (Pinyin without tones): words first, since some characters are read in
several ways; readings of the others by ICU.

For comparing with names of other scripts characters are also read as they write foreign names (`east`); that is no
Pinyin and is never shown as such.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

import icu

from ipregister.search.similarity.romanise.east import HAN, simplified
from ipregister.search.similarity.romanise.tables import table

MOST = 4
"""Readings of one name that are told."""
_RUN = re.compile(f"[{HAN}]+")


class _Readings(NamedTuple):
    words: re.Pattern[str]
    of_word: dict[str, str]
    of_character: dict[str, tuple[str, ...]]


@cache
def _table() -> _Readings:
    rows = table("polyphones")
    words = {row.letters: row.sound.replace(" ", "") for row in rows if row.kind == "W"}
    several = {row.letters: tuple(row.sound.split()) for row in rows if row.kind == "P"}
    pattern = "|".join(sorted(words, key=len, reverse=True))
    return _Readings(re.compile(f"{pattern}|."), words, several)


@lru_cache(maxsize=1)
def _icu() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Han-Latin")


@lru_cache(maxsize=32768)
def _of_character(char: str) -> tuple[str, ...]:
    told = _table().of_character.get(char)
    if told:
        return told
    read = unicodedata.normalize("NFD", str(_icu().transliterate(char)))
    return ("".join(letter for letter in read if letter.isascii() and letter.isalpha()),)


def syllables(text: str) -> list[tuple[str, ...]]:
    """The readings of each word or character of Chinese, the usual one first; other text stays as it is."""
    found: list[tuple[str, ...]] = []
    place = 0
    for run in _RUN.finditer(text):
        if run.start() > place:
            found.append((text[place : run.start()],))
        plain = "".join(map(simplified, run.group()))
        for piece in _table().words.findall(plain):
            word = _table().of_word.get(piece)
            found.append((word,) if word else _of_character(piece))
        place = run.end()
    return [*found, (text[place:],)] if place < len(text) else found


def pinyin(text: str) -> str:
    """A text with its Chinese characters in Pinyin, by the usual reading; characters without one stay."""
    return "".join(one[0] for one in syllables(text)) if _RUN.search(text) else text


def readings(text: str) -> tuple[str, ...]:
    """The ways in which a text can be read in Pinyin, the usual one first, at most `MOST`."""
    return tuple(dict.fromkeys("".join(way) for way in islice(product(*syllables(text)), MOST)))
