"""Chinese, Japanese and Korean in Latin letters, read as the writing of foreign and of own names."""

import re
from functools import lru_cache

import icu
from anyascii import anyascii

from ipregister.search.similarity.romanise import letterwise
from ipregister.search.similarity.romanise.tables import table

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = re.compile("[\u30a1-\u30ff]+")
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_FALLING = re.compile("([クスツフブプグムルズ])(?![ァ-ォャ-ョーアイウエオ])|([トド])(?![ゥーアイウエオ])")
"""Kana whose vowel is only there because Japanese syllables need one, inside foreign names."""
_BARE = dict(zip("クスツフブプグムルズトド", "k s ts f b p g m r z t d".split(), strict=True))

_FIRST = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_MIDDLE = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_LAST = ["", *"k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()]
_SYLLABLES, _MIDDLES, _LASTS = 0xAC00, 21, 28


@lru_cache(maxsize=1)
def _simplifier() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Traditional-Simplified")


@lru_cache(maxsize=32768)
def simplified(char: str) -> str:
    """A Chinese character in its simplified form."""
    return str(_simplifier().transliterate(char))


@lru_cache(maxsize=1)
def _loan() -> dict[str, str]:
    return {row.letters: row.sound for row in table("han")}


@lru_cache(maxsize=32768)
def han_sound(char: str) -> str:
    """What a character stands for in a foreign name; its Mandarin reading where none is listed."""
    plain = simplified(char)
    return _loan().get(plain) or anyascii(plain).lower()


def han(text: str) -> str:
    """Chinese in Latin letters."""
    return re.sub(f"[{HAN}]", lambda found: han_sound(found.group()), text)


def katakana(text: str) -> str:
    """Hiragana as the katakana of the same sounds."""
    return text.translate(_HIRAGANA)


def kana(text: str) -> str:
    """Japanese in Latin letters: kana without the vowels that only fill syllables, kanji by their Chinese sound."""
    return han(_KANA.sub(lambda found: _kana_run(found.group()), katakana(text)))


def _kana_run(run: str) -> str:
    first, rest = run[:1], run[1:]
    bare = _FALLING.sub(lambda found: _BARE[found.group()], rest)
    return letterwise.read(first + bare, "kana")


def hangul(text: str) -> str:
    """Korean in Latin letters, by syllables; `eu`, which only fills syllables in foreign names, is left out."""
    out = []
    for char in text:
        place = ord(char) - _SYLLABLES
        if not 0 <= place < 11172:
            out.append(char)
            continue
        first, middle, last = place // (_MIDDLES * _LASTS), place // _LASTS % _MIDDLES, place % _LASTS
        vowel = _MIDDLE[middle]
        out.append(_FIRST[first] + ("" if vowel == "eu" else vowel) + _LAST[last])
    return "".join(out).replace("lr", "l")
