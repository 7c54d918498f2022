"""The cheapest way to turn one spoken form into another, where near sounds cost little.

Costs stand in one table: letters of one group are near; vowels and h come and go at small cost. All candidates
of a query are aligned at once.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
LONGEST = 32
_TABLE = bytes.maketrans(LETTERS.encode(), bytes(range(1, len(LETTERS) + 1)))
_OTHER = bytes(set(range(256)) - set(LETTERS.encode()))
_DOUBLE = re.compile(rb"(.)\1+", re.DOTALL)
_PLACE = {letter: number + 1 for number, letter in enumerate(LETTERS)}
_NEAR = (
    ("kgcq", 0.15), ("bp", 0.2), ("pf", 0.25), ("fv", 0.15), ("vb", 0.25), ("vw", 0.1), ("td", 0.15), ("sz", 0.15),
    ("sc", 0.2), ("sx", 0.25), ("zjc", 0.3), ("sj", 0.4), ("xk", 0.35), ("lr", 0.2), ("mn", 0.35), ("yj", 0.3),
    ("ji", 0.4), ("hk", 0.4), ("hg", 0.4), ("hf", 0.5), ("ts", 0.45), ("tc", 0.45), ("dj", 0.5), ("dz", 0.5),
    ("iye", 0.15), ("ou", 0.12), ("ow", 0.3), ("uw", 0.12), ("ae", 0.25), ("ao", 0.25), ("au", 0.35), ("ai", 0.4),
    ("eo", 0.35), ("eu", 0.35), ("iu", 0.4), ("oy", 0.6), ("yu", 0.5), ("dr", 0.6), ("dl", 0.6), ("nl", 0.6),
    ("th", 0.5), ("gj", 0.35), ("gy", 0.5), ("rh", 0.6), ("wf", 0.3), ("wb", 0.45), ("wg", 0.6), ("nd", 0.8),
)  # fmt: skip
_FREE = {"h": 0.25, "a": 0.35, "e": 0.3, "i": 0.35, "o": 0.35, "u": 0.3, "y": 0.4, "w": 0.5, "g": 0.8, "n": 0.9,
         "r": 0.7, "t": 0.85, "d": 0.9, "s": 0.9, "k": 0.9, "c": 0.8}  # fmt: skip
Costs = NDArray[np.float32]


@cache
def costs() -> tuple[Costs, Costs]:
    """What it costs to replace one letter by another, and to leave one out; place 0 is no letter."""
    size = len(LETTERS) + 1
    replaced = np.full((size, size), 1.0, np.float32)
    np.fill_diagonal(replaced, 0)
    for group, cost in _NEAR:
        for one in group:
            for other in group:
                if one != other:
                    a, b = _PLACE[one], _PLACE[other]
                    replaced[a, b] = min(replaced[a, b], cost)
    left_out = np.ones(size, np.float32)
    left_out[0] = 0
    for letter, cost in _FREE.items():
        left_out[_PLACE[letter]] = cost
    return replaced, left_out


def coded(text: str) -> bytes:
    """A spoken form as numbers of letters, without spaces, doubled letters once."""
    return _DOUBLE.sub(rb"\1", text.encode("ascii", "replace").translate(_TABLE, _OTHER)[: LONGEST * 2])[
        :LONGEST
    ]


def matrix(rows: Sequence[bytes]) -> NDArray[np.uint8]:
    """Spoken forms as rows of numbers, 0 after the end."""
    width = max(1, max(map(len, rows), default=1))
    return np.frombuffer(b"".join([row.ljust(width, b"\0") for row in rows]), np.uint8).reshape(-1, width)


def nearness(asked: bytes, others: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How near a spoken form (`coded`) is to each of others (`matrix`): 1 for the same, 0 where nothing fits."""
    replaced, left_out = costs()
    gaps = left_out[others]
    row = np.concatenate([np.zeros((len(others), 1), np.float32), np.cumsum(gaps, axis=1)], axis=1).T.copy()
    whole = row[-1].copy()
    gaps = np.ascontiguousarray(gaps.T)
    for letter in asked:
        changed = np.ascontiguousarray(replaced[letter][others].T)
        lost = left_out[letter]
        before = np.minimum(row[:-1] + changed, row[1:] + lost)
        above = row[0] + lost
        row[0] = above
        for place in range(len(gaps)):
            above = np.minimum(before[place], above + gaps[place])
            row[place + 1] = above
    own = float(left_out[list(asked)].sum())
    near = 1 - row[-1] * 2 / np.maximum(whole + own, 0.1)
    return np.asarray(np.maximum(0, near), np.float32)
