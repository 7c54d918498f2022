"""How many letters of a query stand, in order, in each of very many names: all names at once, with numpy.

The longest common subsequence of two texts by bit arithmetic (after Hyyrö). A name is kept as the places where each
letter stands in it: one number of 16, 32 or 64 bits a letter, side by side with those of the other names. Each letter
of the query then costs four operations on whole arrays, and the letters that it lacks are not even read: a million
names cost some 5 milliseconds a letter and core, or less. The result is exact. Only names that can be among the best are
counted (`candidates`).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

ROWS = 32768
"""Names of one block; the numbers of a block stay in the processor's cache."""
LONGEST = 40
"""So many letters of a name are compared."""
FULL = 3
"""After so many letters of a query few names are left that may hold it."""
_DIGITS = "0123456789"
ALPHABETS = {
    "spoken": ("abcdefghijklmnopqrstuvwxyz" + _DIGITS).encode(),
    "sounds": ("afikmnprstu" + _DIGITS).encode(),
    "bones": ("fkmnprst" + _DIGITS).encode(),
}
"""The letters that a form is written with; any other is never in common."""
_WIDTHS = (np.uint16, np.uint32, np.uint64)
_OF_BYTES = {np.iinfo(width).bits // 8: np.dtype(width) for width in _WIDTHS}
Bytes = NDArray[np.uint8]
Numbers = NDArray[np.float32]
Rows = NDArray[np.int64]


class Columns(NamedTuple):
    """One form of many names. `places` holds, block after block and letter after letter, a number a name;
    `starts` where each block begins, with one more at the end; `lengths` the letters of each name."""

    places: Bytes
    starts: NDArray[np.int64]
    lengths: Bytes
    alphabet: bytes


def columns(texts: list[bytes], alphabet: bytes) -> Columns:
    """Texts of at most `LONGEST` letters as columns."""
    parts, starts = [], [0]
    for first in range(0, len(texts), ROWS):
        block = texts[first : first + ROWS]
        bits = _bits(max(map(len, block)))
        padded = np.frombuffer(b"".join([text.ljust(bits, b"\0") for text in block]), np.uint8)
        rows = padded.reshape(len(block), bits)
        held = [np.packbits(rows == letter, axis=1, bitorder="little").reshape(-1) for letter in alphabet]
        parts.append(np.concatenate(held))
        starts.append(starts[-1] + len(parts[-1]))
    lengths = np.array([len(text) for text in texts], np.uint8)
    return Columns(
        np.concatenate(parts) if parts else np.zeros(0, np.uint8),
        np.array(starts, np.int64),
        lengths,
        alphabet,
    )


def _bits(longest: int) -> int:
    return next(bits for width in _WIDTHS if (bits := np.iinfo(width).bits) >= longest)


def blocks(total: int) -> range:
    """The numbers of the blocks that so many names have."""
    return range(-(-total // ROWS))


def counts(held: Columns, letter: bytes) -> Bytes:
    """How often a letter stands in each name."""
    place, total = held.alphabet.find(letter), len(held.lengths)
    found = [
        np.bitwise_count(_table(held, number, min(ROWS, total - number * ROWS))[place])
        for number in blocks(total)
    ]
    return np.concatenate([np.zeros(0, np.uint8), *found])


def ratios(query: bytes, parts: Sequence[tuple[Columns, Rows]]) -> Numbers:
    """Twice the letters in common over all letters of both, 0 to 1, of the names at some rows (ascending) of each of
    several columns, one after another."""
    query = query[:LONGEST]
    letters = (
        [place for letter in query if (place := parts[0][0].alphabet.find(letter)) >= 0] if parts else []
    )
    different = sorted(set(letters))
    lengths = np.concatenate([np.zeros(0, np.uint8), *(held.lengths[rows] for held, rows in parts)])
    shared = np.zeros(len(lengths), np.float32)
    if not letters:
        return shared
    places = [different.index(letter) for letter in letters]
    for where, table in _of_one_width(different, parts):
        for first in range(0, len(where), ROWS):
            shared[where[first : first + ROWS]] = _common(places, table[:, first : first + ROWS])
    return np.asarray(shared * 2 / (lengths.astype(np.float32) + np.float32(len(query))), np.float32)


def _of_one_width(
    letters: list[int], parts: Sequence[tuple[Columns, Rows]]
) -> Iterator[tuple[Rows, NDArray[Any]]]:
    """The names of blocks whose numbers have the same width: their places, and their numbers for some letters."""
    blocks_of: dict[str, list[tuple[NDArray[Any], Rows, int]]] = {}
    before = 0
    for held, rows in parts:
        total = len(held.lengths)
        ends = np.searchsorted(rows, np.arange(0, total + ROWS, ROWS)).tolist()
        for number, (first, last) in enumerate(pairwise(ends)):
            if first < last:
                table = _table(held, number, min(ROWS, total - number * ROWS))
                chosen = rows[first:last] - number * ROWS
                blocks_of.setdefault(table.dtype.name, []).append((table, chosen, before + first))
        before += len(rows)
    for several in blocks_of.values():
        places = np.concatenate([np.arange(first, first + len(chosen)) for _, chosen, first in several])
        found = np.empty((len(letters), len(places)), several[0][0].dtype)
        at = 0
        for table, chosen, _ in several:
            for place, letter in enumerate(letters):
                table[letter].take(chosen, out=found[place, at : at + len(chosen)], mode="clip")
            at += len(chosen)
        yield places, found


def holding(query: bytes, held: Columns, first: int, last: int) -> NDArray[np.int64]:
    """The names from `first` to before `last` in which all letters of a query stand next to each other, in order. Where few
    names are left after some letters, only those are looked at."""
    letters = [held.alphabet.find(letter) for letter in query]
    if not letters or min(letters) < 0 or len(letters) > LONGEST or first >= last:
        return np.zeros(0, np.int64)
    found = []
    for number in range(first // ROWS, -(-last // ROWS)):
        start = number * ROWS
        table = _table(held, number, min(ROWS, len(held.lengths) - start))
        table = table[:, max(0, first - start) : last - start]
        ends = table[letters[0]]
        for letter in letters[1:FULL]:
            ends = (ends << 1) & table[letter]
        places = np.flatnonzero(ends)
        ends = ends[places]
        for letter in letters[FULL:]:
            ends = (ends << 1) & table[letter][places]
            there = np.flatnonzero(ends)
            ends, places = ends[there], places[there]
        found.append(places + max(first, start))
    return np.concatenate(found)


def _table(held: Columns, number: int, rows: int) -> NDArray[Any]:
    """The numbers of a block: (letters of the alphabet, names)."""
    block = held.places[int(held.starts[number]) : int(held.starts[number + 1])]
    width = len(block) // max(1, rows * len(held.alphabet))
    return block.view(_OF_BYTES[width]).reshape(len(held.alphabet), rows)


def _common(letters: list[int], table: NDArray[Any]) -> NDArray[Any]:
    """The number of letters in common, in order, of a query (places in the alphabet) and each name of a block."""
    free = np.full(table.shape[1], np.iinfo(table.dtype).max, table.dtype)
    hits, moved = np.empty_like(free), np.empty_like(free)
    for letter in letters:
        np.bitwise_and(free, table[letter], out=hits)
        np.add(free, hits, out=moved)
        np.subtract(free, hits, out=free)
        np.bitwise_or(free, moved, out=free)
    return np.bitwise_count(np.bitwise_not(free, out=free))
