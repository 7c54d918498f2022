"""The shelf of names as it is seen where some offices do not show some names, or no classes."""

from collections.abc import Mapping

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ipregister.search.similarity.shelf.entry import NAME_KINDS, Entry
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.shelf.segment import Arrays, Made, Segment

Rows = NDArray[np.bool_]
"""Which rows of a segment are meant."""


class NotShown(Struct, frozen=True):
    """What is not shown: the offices of which no name is, by kind of name those that do not show it, and those that
    do not show classes."""

    offices: frozenset[str] = frozenset()
    kinds: Mapping[str, frozenset[str]] = {}
    classes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.offices or self.classes or any(self.kinds.values()))


class ShownShelf(NameShelf):
    """The same names without those that are not shown: they neither come into question nor take the place of others."""

    def __init__(self, shelf: NameShelf, without: NotShown) -> None:
        self.encoder, self.ranking = shelf.encoder, shelf.ranking
        self._shelf, self._without = shelf, without
        self._seen: dict[int, tuple[Segment, Segment, Rows]] = {}
        self._alive: dict[int, tuple[Rows | None, Rows]] = {}

    @property
    def change(self) -> int:
        """The change number up to which the shelf is complete; 0 where there is none."""
        return self._shelf.change

    def segments(self) -> list[tuple[Segment, Rows | None]]:
        """The segments with the rows that are alive and shown."""
        held = self._shelf.segments()
        seen = {id(segment): self._seen.get(id(segment)) or self._looked_at(segment) for segment, _ in held}
        self._seen = seen
        self._alive = {id(segment): self._counted(segment, alive) for segment, alive in held}
        return [(seen[id(segment)][1], self._alive[id(segment)][1]) for segment, _ in held]

    def _counted(self, segment: Segment, alive: Rows | None) -> tuple[Rows | None, Rows]:
        """The rows that are alive, and those of them that are shown, kept while they are the same."""
        kept = self._alive.get(id(segment))
        if kept is not None and kept[0] is alive:
            return kept
        shown = self._seen[id(segment)][2]
        return alive, shown if alive is None else shown & alive

    def _looked_at(self, segment: Segment) -> tuple[Segment, Segment, Rows]:
        """A segment, the same as it is seen, and which of its rows are."""
        without, offices, kinds = self._without, segment["office"], segment["kind"]
        hidden = np.isin(offices, _numbers(without.offices))
        for kind, of in without.kinds.items():
            hidden |= (kinds == NAME_KINDS.index(kind)) & np.isin(offices, _numbers(of))
        return segment, _Seen(segment, ~hidden, without.classes), ~hidden


class _Seen(Segment):
    """A segment of which some rows are not shown: its lists and the weights of words are those of the other rows. The
    records of some offices have no class."""

    def __init__(self, segment: Segment, shown: Rows, classless: frozenset[str]) -> None:
        of = np.isin(segment["office"], _numbers(classless))
        arrays: Arrays = segment.arrays | {"classes": np.where(of, np.uint64(0), segment["classes"])}
        super().__init__(arrays)
        self._shown, self._classless = shown, classless

    def entry(self, row: int) -> Made:
        """The entry of a row and its forms."""
        entry, its = super().entry(row)
        return self._as_shown(entry), its

    def entry_alone(self, row: int) -> Entry:
        """The entry of a row without its forms."""
        return self._as_shown(super().entry_alone(row))

    def _as_shown(self, entry: Entry) -> Entry:
        return msgspec.structs.replace(entry, classes=()) if entry.office in self._classless else entry

    def with_word(self, word: int) -> NDArray[np.int32]:
        """The rows shown whose names have a word, by its number."""
        rows = super().with_word(word)
        return np.asarray(rows[self._shown[rows]])

    def with_words(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many names shown have each of some words, by their numbers."""
        return np.array([len(self.with_word(word)) for word in words.tolist()], np.int64)

    def listed(self, kind: str, numbers: NDArray[np.int64], most: int | None = None) -> NDArray[np.int64]:
        """The rows shown under some numbers, at most so many of each."""
        each = (super(_Seen, self).listed(kind, numbers[place : place + 1]) for place in range(len(numbers)))
        found = [rows[self._shown[rows]][:most] for rows in each]
        return np.concatenate([np.zeros(0, np.int64), *found])


def _numbers(offices: frozenset[str]) -> list[int]:
    """Offices as segments hold them."""
    return [int.from_bytes(office.upper().encode()[:2], "big") for office in sorted(offices)]
