"""The second stage: names that came into question are compared closely, those written the same once for all of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from math import log
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from ipregister.search.similarity import letters, meanings
from ipregister.search.similarity.containment import least_score, share_inside
from ipregister.search.similarity.features import Compared, compared, features
from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.shelf.entry import NAME_KINDS, PART, Entry
from ipregister.search.similarity.shelf.segment import Segment, key_stamp, look_stamp
from ipregister.search.similarity.whole import Numbers, Whole
from ipregister.search.similarity.words import stamp

LARGEST = 200
"""Records that may be told at most; so many names that are written the same are looked at."""
AT_ONCE = 64
"""Names whose like are looked up together."""
_REMEMBERED = 65536
Floats = NDArray[np.float32]


class Found(Struct, frozen=True, gc=False):
    """A name with its score, its row of features, and its number among all names. Names that are written the same have
    one `written`."""

    entry: Entry
    other: Compared
    score: float
    row: Floats
    number: int
    written: int


class WordWeights:
    """How much words tell among the names of some segments: the rarer the more. What was told is kept."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._total = sum(segment.total for segment in segments)
        self._known: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        """The weight of one word."""
        if word not in self._known:
            self.learn([word])
        return self._known[word]

    def learn(self, words: Iterable[str]) -> None:
        """Looks up words, all of them at once."""
        if len(self._known) > _REMEMBERED:
            self._known = {}
        new = [word for word in words if word not in self._known]
        stamps = np.unique(np.array([stamp(word) for word in new], np.int64))
        counts = np.zeros(len(stamps), np.int64)
        for segment in self._segments:
            counts += segment.with_words(stamps)
        told = dict(zip(stamps.tolist(), counts.tolist(), strict=True))
        self._known |= {word: log(1 + self._total / (1 + told[stamp(word)])) for word in new}


@lru_cache(maxsize=1)
def word_weights(segments: tuple[Segment, ...]) -> WordWeights:
    """The weights of words among the names of these segments, kept while they are the same."""
    return WordWeights(segments)


class Asked(NamedTuple):
    """What names are compared with, and how."""

    query: Compared
    vector: Floats | None
    rule: Ranking
    weight: WordWeights


def compared_closely(whole: Whole, numbers: Numbers, asked: Asked) -> list[Found]:
    """Some names with their scores."""
    if not len(numbers):
        return []
    ready = [_made_ready(*whole.placed(number)) for number in numbers.tolist()]
    others = [other for _, other in ready]
    near = None
    if asked.vector is not None and all(segment.has("vectors") for segment, _ in whole.parts(numbers)):
        near = np.einsum("ij,j->i", whole.told("vectors", numbers).astype(np.float32), asked.vector)
    asked.weight.learn({word for one in (asked.query, *others) for word in one.words})
    table = features(asked.query, others, near, asked.weight)
    scores = asked.rule.scores(table, asked.query.script, [other.script for other in others]).tolist()
    written = whole.told("written", numbers).tolist()
    return [Found(entry, other, max(score, _least(asked.query.forms, other.forms)), row, number, like)
            for (entry, other), score, row, number, like in zip(ready, scores, table, numbers.tolist(), written, strict=True)]  # fmt: skip


def _least(query: Forms, other: Forms) -> float:
    """The score that a name has at least, since it holds or means the other, or differs by a letter."""
    inside = least_score(query, other, share_inside(query, other))
    meant = meanings.least_score(query.folded, other.folded) if meanings.meaning(query.folded) else 0.0
    return max(inside, meant, letters.least_score(letters.nearness(query, other)))


def _made_ready(segment: Segment, row: int) -> tuple[Entry, Compared]:
    """A name of a segment as it is compared. Some thousands are kept: names come into question again and again."""
    kept = segment.made_ready
    ready: tuple[Entry, Compared] | None = kept.get(row)
    if ready is None:
        if len(kept) >= segment.remembers:
            kept.clear()
        entry, its = segment.entry(row)
        ready = kept[row] = entry, compared(its)
    return ready


def in_order(found: Iterable[Found], query: Forms) -> list[Found]:
    """The nearest first; of names that look the same, those written the same as the query, and parts of marks last."""
    return sorted(found, key=lambda one: (*_near(one, query), one.entry.kind == PART, one.entry.key,
                                          NAME_KINDS.index(one.entry.kind), one.entry.name))  # fmt: skip


def _near(one: Found, query: Forms) -> tuple[float, bool]:
    return -one.score, one.other.forms.folded != query.folded


def with_same(whole: Whole, found: Sequence[Found]) -> list[Found]:
    """What was found, and the other names that are written the same, so many as `LARGEST` of each."""
    first = {one.written: one for one in found}
    there = {one.number for one in found}
    stamps = np.array(sorted({look_stamp(one.other.forms.look) for one in found}), np.int64)
    numbers = whole.listed("look", stamps, 10 * LARGEST)
    written = whole.told("written", numbers).tolist()
    same: list[Found] = []
    room = dict.fromkeys(first, LARGEST)
    for number, like in zip(numbers.tolist(), written, strict=True):
        if like in first and number not in there and room[like] > 0:
            room[like] -= 1
            same.append(like_another(whole, number, first[like]))
    return [*found, *same]


def like_another(whole: Whole, number: int, one: Found) -> Found:
    """A name that is written as another, which was compared."""
    segment, row = whole.placed(number)
    entry, other = segment.entry_alone(row), one.other
    if entry.name != other.forms.name:  # of names that are written the same all forms but the name itself are
        other = replace(other, forms=replace(other.forms, name=entry.name))
    return Found(entry, other, one.score, one.row, number, one.written)


def first_of_all(whole: Whole, found: Sequence[Found], query: Forms) -> list[Found]:
    """The names of the `LARGEST` records that come first, and of one more at least, with those written the same."""
    told: list[Found] = []
    keys: set[str] = set()
    waiting: list[Found] = []
    names = whole.names_of_each([one.number for one in found])
    for _, group in groupby(sorted(found, key=lambda one: _near(one, query)), lambda one: _near(one, query)):
        waiting += group
        if len(waiting) >= AT_ONCE or len(keys) + sum(names[one.number] for one in waiting) > LARGEST:
            more = with_same(whole, waiting)
            told, waiting = told + more, []
            keys.update(one.entry.key for one in more)
            if len(keys) > LARGEST:
                return told
    return told + (with_same(whole, waiting) if waiting else [])


def with_whole_records(
    whole: Whole, found: Sequence[Found], compared_: Sequence[Found], asked: Asked
) -> list[Found]:
    """What was found, and all other names of the `LARGEST` records that come first. `compared_`: what is known."""
    first = dict.fromkeys(one.entry.key for one in in_order(found, asked.query.forms))
    keys = set(list(first)[:LARGEST])
    stamps = np.array(sorted(map(key_stamp, keys)), np.int64)
    numbers = np.setdiff1d(whole.listed("key", stamps), [one.number for one in found])
    known = {one.written: one for one in compared_}
    written = whole.told("written", numbers).tolist()
    new = whole.different(numbers[[like not in known for like in written]])
    known |= {one.written: one for one in compared_closely(whole, new, asked)}
    more = _like_known(whole, zip(numbers.tolist(), written, strict=True), known)
    return [*found, *(one for one in more if one.entry.key in keys)]


def _like_known(whole: Whole, numbers: Iterable[tuple[int, int]], known: dict[int, Found]) -> Iterator[Found]:
    for number, like in numbers:
        one = known[like]
        yield one if one.number == number else like_another(whole, number, one)
