"""All segments of a search as one list of names, whatever the segments are.

The number of a name is its row and all rows of the segments before. Lists of numbers are ascending.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.romanise.script import SCRIPTS
from ipregister.search.similarity.shelf.segment import Segment

Numbers = NDArray[np.int64]
_NONE = np.zeros(0, np.int64)


class Held(NamedTuple):
    """A segment and which of its rows count; None: all."""

    segment: Segment
    allowed: NDArray[np.bool_] | None


class Whole:
    """The names of some segments."""

    def __init__(self, held: Sequence[Held]) -> None:
        self.held = held
        self.starts: list[int] = np.cumsum([0, *(one.segment.total for one in held)]).tolist()
        self.total = self.starts[-1]

    def spans(self) -> dict[int, list[tuple[int, int]]]:
        """The numbers of each script, as first and after the last."""
        found: dict[int, list[tuple[int, int]]] = {}
        for start, (segment, _) in zip(self.starts, self.held, strict=False):
            for first, last in segment.of_script:
                found.setdefault(int(segment.script[first]), []).append((start + first, start + last))
        return {script: found[script] for script in range(len(SCRIPTS)) if script in found}

    def parts(self, numbers: Numbers) -> Iterator[tuple[Segment, Numbers]]:
        """The rows of some names in each segment that has any of them."""
        ends = np.searchsorted(numbers, self.starts).tolist()
        for (first, last), start, (segment, _) in zip(pairwise(ends), self.starts, self.held, strict=False):
            if first < last:
                yield segment, numbers[first:last] - start

    def told(self, name: str, numbers: Numbers) -> NDArray[Any]:
        """An array of the segments at some names."""
        parts = [segment[name][rows] for segment, rows in self.parts(numbers)]
        return np.concatenate([*(one.segment[name][:0] for one in self.held[:1]), *parts])

    def placed(self, number: int) -> tuple[Segment, int]:
        """The segment and the row of a name."""
        place = int(np.searchsorted(self.starts, number, "right")) - 1
        return self.held[place].segment, number - self.starts[place]

    def listed(self, kind: str, stamps: Numbers, most: int | None = None) -> Numbers:
        """The names under some numbers (`Segment.listed`) that count, at most so many of each in each segment."""
        found = [_NONE]
        for start, (segment, allowed) in zip(self.starts, self.held, strict=False):
            rows = np.sort(segment.listed(kind, stamps, most))
            found.append(start + (rows if allowed is None else rows[allowed[rows]]))
        return np.unique(np.concatenate(found))

    def with_word(self, word: int) -> Numbers:
        """The names that have a word, by its number, whether they count or not."""
        rows = [start + segment.with_word(word).astype(np.int64)
                for start, (segment, _) in zip(self.starts, self.held, strict=False)]  # fmt: skip
        return np.concatenate([_NONE, *rows])

    def different(self, numbers: Numbers) -> Numbers:
        """Of names that are written the same, the first."""
        first = np.unique(self.told("written", numbers), return_index=True)[1]
        return np.sort(numbers[first])
