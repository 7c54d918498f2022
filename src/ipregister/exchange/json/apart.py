"""Rows of one number that stand apart in a table whose rows are grouped: none of their lines is the whole record.

A few bytes of each line are remembered while the lines are written; then the lines of such numbers are marked (`$apart`).
Lines that say the same, cell for cell, are no trouble: the second changes nothing.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise

import msgspec

from ipregister.exchange.json.grouped import APART, SHOWN, Key, key_of


class Apart:
    """What the lines of a table say of their records, by short hashes: 24 bytes for each line."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._keys, self._said, self._rows = array("Q"), array("Q"), array("Q")

    def noted(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines as they are, taken down."""
        for line in lines:
            row = msgspec.json.decode(line)
            if key := key_of(row, self._columns):
                cells = [list(one["$cells"].items()) for one in (row, *row.get("$more", ()))]
                self._keys.append(_hash(key))
                self._said.append(_hash([cells, row.get("$formulas"), row.get("$wrong")]))
                self._rows.append(row["$row"])
            yield line

    def marked(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines once more, those of numbers that stand apart with the rows at which they do."""
        found = self._found()
        for line in lines:
            row = msgspec.json.decode(line) if found else {}
            key = key_of(row, self._columns) if found and "$wrong" not in row else ()
            rows = found.get(_hash(key)) if key else None
            yield msgspec.json.encode({**row, APART: rows}) + b"\n" if rows else line

    def _found(self) -> dict[int, list[str]]:
        """The hashes of numbers with several lines that differ, each with the first rows of these."""
        keys, said = self._keys, self._said
        order = sorted(range(len(keys)), key=keys.__getitem__)
        wanted = {
            keys[one]
            for one, after in pairwise(order)
            if keys[one] == keys[after] and said[one] != said[after]
        }
        found: dict[int, list[str]] = {}
        for at in order if wanted else ():
            if keys[at] in wanted and len(rows := found.setdefault(keys[at], [])) < SHOWN:
                rows.append(str(self._rows[at]))
        return found


def _hash(value: Key | list[object]) -> int:
    return int.from_bytes(blake2b(msgspec.json.encode(value), digest_size=8).digest())
