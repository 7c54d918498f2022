"""Words for goods and services at the beginning or end of a name that is written without spaces.

A dictionary cuts such a run where its own words stand; made-up words, which marks are made of, mislead it (`ກາເຟສີນຸກ` as
ກາ, ເຟ, ສີນຸ, ກ). The lists of products tell where the product's word ends.
"""

import unicodedata
from functools import cache

from ipregister.search.analyzer import analyzer
from ipregister.search.goods.plain_words import NEIGHBOURS, OWN, ideas
from ipregister.search.similarity.romanise.script import script_of

PRODUCTS = (OWN, NEIGHBOURS)
"""The tables of words for goods and services."""
SHORTEST, SHORTEST_HAN, LEAST_REST = 4, 2, 2
"""Signs of a listed word, and letters of what is left of the name: shorter ones are as often a part of another word."""
_GOES_ON = frozenset("ะาำຽະາຳ")
"""Vowels that stand after their consonant as letters, not as marks: they begin no word."""
_WAITS = frozenset("เแโใไເແໂໃໄ")
"""Vowels written before their consonant: they end no word."""
_CLOSING = frozenset("\u103a\u1039\u0e4c\u0ecc\u17cd")
"""Signs that make the letter before them close a syllable or fall silent."""
_STACKERS = frozenset("\u1039\u17d2")
"""Signs that put the next letter under the one before."""


def pieces(chunk: str, *, longer_than: int = 0) -> list[str]:
    """The tokens of a run without spaces that begins or ends with a listed word of more signs than these, this word's
    tokens together; nothing where it does neither."""
    reader = analyzer()
    text = reader.fold(chunk)
    first = _longest(text, longer_than, at_end=False)
    rest = text[len(first) :]
    last = _longest(rest, longer_than, at_end=True)
    if not first and not last:
        return []
    middle = rest[: len(rest) - len(last)]
    return [token for part in (first, middle, last) if part for token in reader.tokens(part)]


def _longest(text: str, longer_than: int, *, at_end: bool) -> str:
    """The longest listed word at one end of a text that leaves a name behind."""
    for length in sorted((one for one in _lengths() if one > longer_than), reverse=True):
        word, rest = (text[-length:], text[:-length]) if at_end else (text[:length], text[length:])
        if word in _listed() and (_may_end(rest) if at_end else _may_begin(rest)):
            return word
    return ""


def _may_begin(rest: str) -> bool:
    return (
        _letters(rest) >= LEAST_REST
        and unicodedata.category(rest[0])[0] != "M"
        and rest[0] not in _GOES_ON
        and rest[1] not in _CLOSING
    )


def _may_end(rest: str) -> bool:
    return _letters(rest) >= LEAST_REST and rest[-1] not in _WAITS | _STACKERS


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


@cache
def _listed() -> frozenset[str]:
    words = {"".join(word) for idea in ideas(*PRODUCTS) for _language, word in idea.words}
    return frozenset(
        word
        for word in words
        if word
        and analyzer().is_unspaced(word)
        and len(word) >= (SHORTEST_HAN if script_of(word) == "Hani" else SHORTEST)
    )


@cache
def _lengths() -> frozenset[int]:
    return frozenset(map(len, _listed()))
