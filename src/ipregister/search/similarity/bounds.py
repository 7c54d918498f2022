"""What is known of every text before its letters are looked at in order: how high it can score at most.

The letters of a name in any order (`bags`) and its vector tell that; what stands in another segment or is written the same
as another name is looked at once.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.bags import Bag, bag
from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.patterns import ROWS, blocks
from ipregister.search.similarity.shelf.segment import letters, shortened
from ipregister.search.similarity.whole import Held, Whole

WEIGHTS = {"spoken": 0.45, "sounds": 0.35, "bones": 0.2}
VECTOR_WEIGHT = 0.8
THREADS = 2
POOL = ThreadPoolExecutor(THREADS, "names")
"""Threads for work on whole arrays, which does not hold up the others."""
LEFT_OUT = np.float32(-9)
"""The score of names that do not count."""
Scores = NDArray[np.float32]


class Bounds(NamedTuple):
    """What is known of each text before its letters are looked at in order: its score at most, `LEFT_OUT` where none of its
    names counts, and the part of it that its vector gives."""

    highest: Scores
    near: Scores


class Table:
    """A form of the query: its bag, and what each letter in common counts by the length of the name."""

    def __init__(self, text: bytes, key: str) -> None:
        self.key, self.kept = key, "sounds" if key == "bones" else key
        self.bag: Bag = bag(text, self.kept, consonants=key == "bones")
        self.each = (2 * WEIGHTS[key] / (np.arange(256) + len(text))).astype(np.float32)

    def at_most(self, bags: NDArray[np.uint64], lengths: NDArray[np.uint8]) -> Scores:
        """What this form gives at most to the scores of texts with such bags and lengths."""
        shared: Scores = np.bitwise_count(bags & self.bag.bits).astype(np.float32)
        if self.bag.beyond:
            shared += np.float32(self.bag.beyond)
        shared *= self.each[lengths]
        return shared


def bounds(whole: Whole, forms: Forms, vector: Scores | None) -> Bounds:
    """The bounds of all texts. Each thread takes a share of the blocks."""
    found = Bounds(np.zeros(whole.texts, np.float32), np.zeros(whole.texts, np.float32))
    tables = [Table(text, key) for key in WEIGHTS if (text := letters(forms, key))]
    short = None if vector is None else shortened(vector) * np.float32(VECTOR_WEIGHT)
    tasks = []
    for start, one in zip(whole.text_starts, whole.held, strict=False):
        numbers = blocks(one.segment.texts)
        own = Bounds(*(array[start : start + one.segment.texts] for array in found))
        tasks += [POOL.submit(_bounded, one, short, tables, own, numbers[first::THREADS])
                  for first in range(min(THREADS, len(numbers)))]  # fmt: skip
    for task in tasks:
        task.result()
    return found


def _bounded(held: Held, short: Scores | None, tables: list[Table], found: Bounds, numbers: range) -> None:
    segment = held.segment
    for number in numbers:
        rows = slice(number * ROWS, min((number + 1) * ROWS, segment.texts))
        own = found.highest[rows]
        if short is not None and segment.has("short_vectors"):
            np.einsum("ij,j->i", segment["short_vectors"][rows], short, out=found.near[rows])
            own[:] = found.near[rows]
        for one in tables:
            own += one.at_most(segment[f"{one.kept}_bag"][rows], segment.columns(one.key).lengths[rows])
        own[held.names[rows] == 0] = LEFT_OUT
