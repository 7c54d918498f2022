"""All segments of a search as one list of names, whatever the segments are.

The number of a name is its row and all rows of the segments before; in the same way texts are numbered, which stand for all
names of a segment that are written the same. Lists of numbers are ascending.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.romanise.script import SCRIPTS
from ipregister.search.similarity.shelf.segment import Segment

Numbers = NDArray[np.int64]
Counted = NDArray[np.bool_]
_NONE = np.zeros(0, np.int64)


class Held(NamedTuple):
    """A segment and which of its rows count (None: all), and how many do of each text."""

    segment: Segment
    allowed: Counted | None
    names: NDArray[np.int32]


def held(segment: Segment, allowed: Counted | None = None) -> Held:
    """A segment and which of its rows count."""
    return Held(segment, allowed, segment.names_counted(allowed))


class Whole:
    """The names of some segments."""

    def __init__(self, held: Sequence[Held]) -> None:
        self.held = held
        self.starts: list[int] = np.cumsum([0, *(one.segment.total for one in held)]).tolist()
        self.total = self.starts[-1]
        self.text_starts: list[int] = np.cumsum([0, *(one.segment.texts for one in held)]).tolist()
        self.texts = self.text_starts[-1]

    def spans(self) -> dict[int, list[tuple[int, int]]]:
        """The numbers of the texts of each script, as first and after the last."""
        found: dict[int, list[tuple[int, int]]] = {}
        for start, one in zip(self.text_starts, self.held, strict=False):
            for first, last in one.segment.of_script:
                found.setdefault(int(one.segment.script[first]), []).append((start + first, start + last))
        return {script: found[script] for script in range(len(SCRIPTS)) if script in found}

    def parts(self, numbers: Numbers) -> Iterator[tuple[Segment, Numbers]]:
        """The rows of some names in each segment that has any of them."""
        return ((self.held[place].segment, rows) for place, rows in _spread(numbers, self.starts))

    def parts_of_texts(self, texts: Numbers) -> Iterator[tuple[Segment, Numbers]]:
        """The same for texts."""
        return ((self.held[place].segment, own) for place, own in _spread(texts, self.text_starts))

    def told(self, name: str, numbers: Numbers) -> NDArray[Any]:
        """An array of the segments at some names."""
        parts = [segment.told(name, rows) for segment, rows in self.parts(numbers)]
        return np.concatenate([*(one.segment[name][:0] for one in self.held[:1]), *parts])

    def of_texts(self, name: str, texts: Numbers) -> NDArray[Any]:
        """An array of texts at some of them."""
        parts = [segment[name][own] for segment, own in self.parts_of_texts(texts)]
        return np.concatenate([*(one.segment[name][:0] for one in self.held[:1]), *parts])

    def names_of(self, texts: Numbers) -> NDArray[np.int32]:
        """How many names that count some texts have."""
        parts = [self.held[place].names[own] for place, own in _spread(texts, self.text_starts)]
        return np.concatenate([np.zeros(0, np.int32), *parts])

    def names_of_each(self, numbers: Sequence[int]) -> dict[int, int]:
        """How many names that count are written as each of some names, in its own segment."""
        ordered = np.unique(np.array(numbers, np.int64))
        told = [self.held[place].names[self.held[place].segment["text"][rows]]
                for place, rows in _spread(ordered, self.starts)]  # fmt: skip
        return dict(zip(ordered.tolist(), np.concatenate([_NONE, *told]).tolist(), strict=True))

    def texts_of(self, numbers: Numbers) -> Numbers:
        """The texts of some names, in the order of the names."""
        parts = [self.text_starts[place] + self.held[place].segment["text"][rows].astype(np.int64)
                 for place, rows in _spread(numbers, self.starts)]  # fmt: skip
        return np.concatenate([_NONE, *parts])

    def first_counted(self, texts: Numbers) -> Numbers:
        """The first name that counts of each of some texts that have one, in the order of the texts."""
        parts = [self.starts[place] + self.held[place].segment.first_counted(own, self.held[place].allowed)
                 for place, own in _spread(texts, self.text_starts)]  # fmt: skip
        return np.concatenate([_NONE, *parts])

    def counted(self, numbers: Numbers) -> Counted:
        """Which of some names count."""
        found = [np.zeros(0, np.bool_)]
        for place, rows in _spread(numbers, self.starts):
            allowed = self.held[place].allowed
            found.append(np.ones(len(rows), np.bool_) if allowed is None else allowed[rows])
        return np.concatenate(found)

    def placed(self, number: int) -> tuple[Segment, int]:
        """The segment and the row of a name."""
        place = bisect_right(self.starts, number) - 1
        return self.held[place].segment, number - self.starts[place]

    def listed(self, kind: str, stamps: Numbers, most: int | None = None) -> Numbers:
        """The names under some numbers (`Segment.listed`) that count, at most so many of each in each segment."""
        found = [_NONE]
        for start, (segment, allowed, _) in zip(self.starts, self.held, strict=False):
            rows = np.sort(segment.listed(kind, stamps, most))
            found.append(start + (rows if allowed is None else rows[allowed[rows]]))
        return np.unique(np.concatenate(found))

    def with_word(self, word: int) -> Numbers:
        """The names that have a word, by its number, whether they count or not."""
        rows = [start + segment.with_word(word).astype(np.int64)
                for start, (segment, *_) in zip(self.starts, self.held, strict=False)]  # fmt: skip
        return np.concatenate([_NONE, *rows])

    def different(self, numbers: Numbers) -> Numbers:
        """Of names that are written the same, the first."""
        first = np.unique(self.told("written", numbers), return_index=True)[1]
        return np.sort(numbers[first])


def _spread(numbers: Numbers, starts: list[int]) -> Iterator[tuple[int, Numbers]]:
    """The numbers that fall into each segment, counted from its start; segments without any are left out."""
    ends = np.searchsorted(numbers, starts).tolist()
    for place, (first, last) in enumerate(pairwise(ends)):
        if first < last:
            yield place, numbers[first:last] - starts[place]
