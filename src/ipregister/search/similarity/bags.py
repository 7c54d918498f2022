"""How many letters two names can have in common at most, from one number a name, without looking at their order.

A name is kept as bits: for each letter as many as it stands there, up to what the table gives that letter. What two such
numbers have in common, and what of the query goes beyond the table, is never less than the letters that stand in order
in both (`patterns`). So names whose best possible score is too low are left out without looking at their letters.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.patterns import Columns, counts

_DIGITS = dict.fromkeys("0123456789", 1)
_SPOKEN = {**dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 1), **dict.fromkeys("gklmprst", 2), "n": 3, "u": 3,
           **dict.fromkeys("aeio", 4), **_DIGITS}  # fmt: skip
_SOUNDS = {"a": 6, "f": 2, "i": 6, "k": 5, "m": 3, "n": 5, "p": 3, "r": 5, "s": 5, "t": 4, "u": 6, **_DIGITS}
KEPT = {"spoken": _SPOKEN, "sounds": _SOUNDS}
"""How many bits each letter of a form has; 64 at most together."""
_VOWELS = "aiu"
Bags = NDArray[np.uint64]


class Bag(NamedTuple):
    """The letters of a query: its bits, and how many letters have none."""

    bits: np.uint64
    beyond: int


@cache
def _offsets(form: str) -> dict[str, int]:
    found, offset = {}, 0
    for letter, most in KEPT[form].items():
        found[letter] = offset
        offset += most
    return found


def bag(letters: bytes, form: str, *, consonants: bool = False) -> Bag:
    """The bag of a query; with `consonants` that of its consonants alone, for names without their vowels."""
    bits = beyond = 0
    for letter, most in KEPT[form].items():
        if consonants and letter in _VOWELS:
            continue
        there = letters.count(letter.encode())
        bits |= ((1 << min(there, most)) - 1) << _offsets(form)[letter]
        beyond += max(0, there - most)
    return Bag(np.uint64(bits), beyond)


def bags(held: Columns, form: str) -> Bags:
    """The bags of all names of a form."""
    found = np.zeros(len(held.lengths), np.uint64)
    for letter, most in KEPT[form].items():
        bits = [((1 << min(there, most)) - 1) << _offsets(form)[letter] for there in range(65)]
        found |= np.array(bits, np.uint64)[counts(held, letter.encode())]
    return found
