"""The first stage: every name is compared with the query, cheaply; the best of each script go on.

A name comes in by its letters in order (spoken form, sounds, consonants) and its vector where there are weights,
by a word in common, or by looking the same, also where letters are read as others that look like them. Of names that
are written the same one goes on for all.

The letters in order are only looked at where the letters of a name in any order (`bags`) and its vector let it be
among the best: what goes on is the same as if all names were compared in full.
"""

from concurrent.futures import ThreadPoolExecutor
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.bags import Bag, bag
from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.patterns import ROWS, blocks, ratios
from ipregister.search.similarity.readings import readings
from ipregister.search.similarity.romanise.script import SCRIPTS
from ipregister.search.similarity.shelf.segment import (
    Segment,
    letters,
    look_stamp,
    shortened,
    word_stamps,
)
from ipregister.search.similarity.whole import Numbers, Whole

WEIGHTS = {"spoken": 0.45, "sounds": 0.35, "bones": 0.2}
VECTOR_WEIGHT = 0.8
LEAST = 20
"""Names of each script that are compared closely in any case."""
THREADS = 2
_POOL = ThreadPoolExecutor(THREADS, "names")
MOST_OF_A_WORD = 60_000
"""A word that more names have is not looked up; it tells nothing."""
MOST_SHARING = 5_000
"""Names with words in common whose letters are looked at."""
MANY = 50
"""So many times the names wanted are looked at, of those that could score highest, to know which score is reached."""
CHUNK = 64
"""The best of so many scores is looked at before all of them are."""
LEFT_OUT = np.float32(-9)
"""The score of names that do not count."""
_CLOSE_TO = 1e-4
"""So much two ways of adding up the same score may differ."""
Scores = NDArray[np.float32]


class Query(NamedTuple):
    """What the names are compared with: forms, the vector where there are weights; how many names of each script
    are to go on by their score, and as many by words in common; and about how many of all scripts together (None: all)."""

    forms: Forms
    vector: Scores | None
    most: int
    total: int | None = None


def chosen(whole: Whole, query: Query) -> Numbers:
    """The names that go on, of those written the same one."""
    bounds = _bounds(whole, query)
    numbers, scores = _by_score(whole, query, bounds)
    sharing, shares = _sharing_words(whole, query.forms, bounds.highest)
    told = 0.5 * shares + 0.5 * _exact(whole, query, bounds, sharing)
    if query.total is None:
        numbers, scores = _best_of_each(whole, numbers, scores, query.most)
        sharing, told = _best_of_each(whole, sharing, told, query.most)
    alike = _looking_alike(whole, query.forms)
    found = np.unique(np.concatenate([numbers, sharing, alike]))
    urgent = np.zeros(len(found), np.float32)
    urgent[np.searchsorted(found, numbers)] = scores
    others = np.setdiff1d(np.concatenate([sharing, alike]), numbers)
    urgent[np.searchsorted(found, others)] = _exact(whole, query, bounds, others)
    counted = urgent >= 0
    urgent[np.searchsorted(found, sharing)] += told
    urgent[np.searchsorted(found, alike)] += 2
    return _shared_out(whole, found[counted], urgent[counted], query)


class _Bounds(NamedTuple):
    """What is known of each name before its letters are looked at in order: its score at most, `LEFT_OUT` where it does not
    count, and the part of it that its vector gives."""

    highest: Scores
    near: Scores


def _bounds(whole: Whole, query: Query) -> _Bounds:
    """The bounds of all names. Each thread takes a share of the blocks."""
    found = _Bounds(np.zeros(whole.total, np.float32), np.zeros(whole.total, np.float32))
    asked = [(letters(query.forms, key), key, weight) for key, weight in WEIGHTS.items()]
    tables = [_Table(text, key, weight) for text, key, weight in asked if text]
    tasks = []
    for start, (segment, allowed) in zip(whole.starts, whole.held, strict=False):
        numbers = blocks(segment.total)
        own = _Bounds(*(array[start : start + segment.total] for array in found))
        tasks += [_POOL.submit(_bounded, segment, query, tables, own, allowed, numbers[first::THREADS])
                  for first in range(min(THREADS, len(numbers)))]  # fmt: skip
    for task in tasks:
        task.result()
    return found


class _Table:
    """A form of the query: its bag, and what each letter in common counts by the length of the name."""

    def __init__(self, text: bytes, key: str, weight: float) -> None:
        self.key, self.kept = key, "sounds" if key == "bones" else key
        self.bag: Bag = bag(text, self.kept, consonants=key == "bones")
        self.each = (2 * weight / (np.arange(256) + len(text))).astype(np.float32)


def _bounded(
    segment: Segment, query: Query, tables: list[_Table], found: _Bounds, allowed: NDArray[np.bool_] | None, numbers: range
) -> None:  # fmt: skip
    vector = query.vector if segment.has("short_vectors") else None
    short = None if vector is None else shortened(vector) * np.float32(VECTOR_WEIGHT)
    for number in numbers:
        rows = slice(number * ROWS, min((number + 1) * ROWS, segment.total))
        own = found.highest[rows]
        if short is not None:
            np.einsum("ij,j->i", segment["short_vectors"][rows], short, out=found.near[rows])
            own[:] = found.near[rows]
        for one in tables:
            shared = np.bitwise_count(segment[f"{one.kept}_bag"][rows] & one.bag.bits).astype(np.float32)
            if one.bag.beyond:
                shared += np.float32(one.bag.beyond)
            shared *= one.each[segment.columns(one.key).lengths[rows]]
            own += shared
        if allowed is not None:
            own[~allowed[rows]] = LEFT_OUT


def _exact(whole: Whole, query: Query, bounds: _Bounds, numbers: Numbers) -> Scores:
    """The first score of some names."""
    return bounds.near[numbers] + _spoken(whole, query, numbers) + _others(whole, query, numbers)


def _spoken(whole: Whole, query: Query, numbers: Numbers) -> Scores:
    return _ratio(whole, query, numbers, "spoken")


def _others(whole: Whole, query: Query, numbers: Numbers) -> Scores:
    return _ratio(whole, query, numbers, "sounds") + _ratio(whole, query, numbers, "bones")


def _ratio(whole: Whole, query: Query, numbers: Numbers, key: str) -> Scores:
    """What a form gives to the first score of some names."""
    held = [(segment.columns(key), rows) for segment, rows in whole.parts(numbers)]
    return np.float32(WEIGHTS[key]) * ratios(letters(query.forms, key), held)


def _others_at_most(whole: Whole, query: Query, numbers: Numbers) -> Scores:
    """What sounds and consonants give to the first score of some names at most."""
    found, kept = np.zeros(len(numbers), np.float32), whole.told("sounds_bag", numbers)
    for key in ("sounds", "bones"):
        if text := letters(query.forms, key):
            one = _Table(text, key, WEIGHTS[key])
            shared = np.bitwise_count(kept & one.bag.bits).astype(np.float32) + np.float32(one.bag.beyond)
            found += shared * one.each[whole.told(f"{key}_length", numbers)]
    return found


def _by_score(whole: Whole, query: Query, bounds: _Bounds) -> tuple[Numbers, Scores]:
    """All names that are among the best of their script, or of all where not all of each script go on; and more of the
    same score."""
    least = _least_scores(whole, query, bounds)
    found = [np.zeros(0, np.int64)]
    for script, several in whole.spans().items():
        for first, last in several:
            reached = max(least[script], 0) - _CLOSE_TO
            found.append(first + np.flatnonzero(bounds.highest[first:last] >= reached))
    numbers = np.sort(np.concatenate(found))
    of_script = np.array([least.get(script, 0) for script in range(len(SCRIPTS))], np.float32)
    enough = of_script[whole.told("script", numbers)] - np.float32(_CLOSE_TO)
    so_far = _spoken(whole, query, numbers) + bounds.near[numbers]
    kept = so_far + _others_at_most(whole, query, numbers) >= enough
    numbers, enough, scores = numbers[kept], enough[kept], so_far[kept]
    scores += _others(whole, query, numbers)
    kept = scores >= enough
    return numbers[kept], scores[kept]


def _least_scores(whole: Whole, query: Query, bounds: _Bounds) -> dict[int, float]:
    """A score for each script that the best names reach, by names that could be the best; 0 where all go on."""
    each = query.most if query.total is None else LEAST
    spans = whole.spans()
    looked = [_highest_of(bounds.highest, several, 3 * each) for several in spans.values()]
    if query.total is not None:
        looked.append(_top(bounds.highest, MANY * query.total))
    numbers = np.unique(np.concatenate([np.zeros(0, np.int64), *looked]))
    numbers = numbers[bounds.highest[numbers] > LEFT_OUT]
    scores, scripts = _exact(whole, query, bounds, numbers), whole.told("script", numbers)
    of_all = 0.0 if query.total is None else _place(whole, numbers, scores, query.total)
    least = {}
    for script, several in spans.items():
        own = scripts == script
        reached = _place(whole, numbers[own], scores[own], each)
        least[script] = reached or _reached(whole, query, bounds, several, 24 * each)
        least[script] = least[script] if query.total is None else min(of_all, least[script])
    return least


def _reached(whole: Whole, query: Query, bounds: _Bounds, several: list[tuple[int, int]], some: int) -> float:
    """A score that so many different names of a script reach; more names are looked at until enough are different."""
    each = query.most if query.total is None else LEAST
    while True:
        numbers = _highest_of(bounds.highest, several, some)
        least = _place(whole, numbers, _exact(whole, query, bounds, numbers), each)
        if least > 0 or some >= max(last - first for first, last in several):
            return least
        some *= 8


def _highest_of(highest: Scores, several: list[tuple[int, int]], most: int) -> Numbers:
    """The names of some spans that score highest at most, so many of each span."""
    found = [first + _top(highest[first:last], most) for first, last in several]
    numbers = np.sort(np.concatenate(found))
    return numbers[highest[numbers] > LEFT_OUT]


def _place(whole: Whole, numbers: Numbers, scores: Scores, place: int) -> float:
    """The score of the name at a place among different ones; 0 where there are fewer."""
    order = np.argsort(-scores, kind="stable")
    first = np.sort(np.unique(whole.told("written", numbers)[order], return_index=True)[1])
    return float(scores[order[first[place - 1]]]) if len(first) >= place else 0.0


def _sharing_words(whole: Whole, query: Forms, highest: Scores) -> tuple[Numbers, Scores]:
    """Names that have a word of the query, and how much of the query those words are."""
    found = {word: whole.with_word(word) for word in word_stamps(query.spoken)}
    weights = {word: log(1 + whole.total / (1 + len(numbers))) for word, numbers in found.items()}
    told = [(numbers, weights[word]) for word, numbers in found.items() if 0 < len(numbers) <= MOST_OF_A_WORD]
    if not told:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    numbers, places = np.unique(np.concatenate([numbers for numbers, _ in told]), return_inverse=True)
    score = np.bincount(
        places, np.concatenate([np.full(len(numbers), weight) for numbers, weight in told])
    ).astype(np.float32) / np.float32(sum(weights.values()))
    counts = highest[numbers] > LEFT_OUT
    numbers, score = numbers[counts], score[counts]
    if len(numbers) > MOST_SHARING:
        best = np.sort(_top(score + highest[numbers], MOST_SHARING))
        numbers, score = numbers[best], score[best]
    return numbers, score


def _looking_alike(whole: Whole, query: Forms) -> Numbers:
    looks = np.array(sorted({look_stamp(look) for look in (query.look, *readings(query.name))}), np.int64)
    return whole.different(whole.listed("look", looks))


def _best_of_each(whole: Whole, numbers: Numbers, scores: Scores, most: int) -> tuple[Numbers, Scores]:
    """The best of each script, one for all names that are written the same."""
    order = np.argsort(-scores, kind="stable")
    order = order[np.sort(np.unique(whole.told("written", numbers)[order], return_index=True)[1])]
    kept = np.sort(order[_ranks(whole.told("script", numbers)[order]) < most])
    return numbers[kept], scores[kept]


def _ranks(groups: NDArray[np.uint8]) -> Numbers:
    """The place of each among those of its group, in order."""
    order = np.argsort(groups, kind="stable")
    _, first, size = np.unique(groups[order], return_index=True, return_counts=True)
    place = np.empty(len(groups), np.int64)
    place[order] = np.arange(len(groups)) - np.repeat(first, size)
    return place


def _shared_out(whole: Whole, numbers: Numbers, urgent: Scores, query: Query) -> Numbers:
    """The most urgent: `LEAST` of each script, and the best of the others to the number wanted of all."""
    if query.total is None:
        return whole.different(numbers)
    numbers, urgent = _best_of_each(whole, numbers, urgent, 2 * query.most)
    order = np.argsort(-urgent, kind="stable")
    rank = _ranks(whole.told("script", numbers)[order])
    in_any_case = rank < LEAST
    room = max(0, query.total - int(in_any_case.sum()))
    return np.sort(numbers[np.concatenate([order[in_any_case], order[~in_any_case][:room]])])


def _top(scores: Scores, most: int) -> Numbers:
    """The places of the best scores. The best of each chunk tell from where on a score can be among them."""
    if len(scores) <= most:
        return np.arange(len(scores))
    chunk = min(CHUNK, len(scores) // (4 * most))
    if chunk < 4:
        return np.argpartition(-scores, most - 1)[:most]
    whole = len(scores) // chunk * chunk
    peaks = scores[:whole].reshape(chunk, -1).max(axis=0)
    least = np.partition(peaks, len(peaks) - most)[len(peaks) - most]
    places = np.flatnonzero(scores >= least)
    return places[np.argpartition(-scores[places], most - 1)[:most]]
