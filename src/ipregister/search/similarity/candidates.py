"""The first stage: every name is compared with the query, cheaply; the best of each script go on.

A name comes in by its letters in order (spoken form, sounds, consonants) and its vector where there are weights,
by a word in common, or by looking the same, also where letters are read as others that look like them. Of names that
are written the same one goes on for all.
"""

from concurrent.futures import ThreadPoolExecutor
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.patterns import ROWS, add_ratios, blocks
from ipregister.search.similarity.readings import readings
from ipregister.search.similarity.shelf.segment import Segment, letters, shortened, word_stamps

WEIGHTS = {"spoken": 0.45, "sounds": 0.35, "bones": 0.2}
VECTOR_WEIGHT = 0.8
THREADS = 2
_POOL = ThreadPoolExecutor(THREADS, "names")
MOST_OF_A_WORD = 20_000
"""A word that more names have is not looked up; it tells nothing."""
CHUNK = 64
"""The best of so many scores is looked at before all of them are."""
Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


class Query(NamedTuple):
    """What the names are compared with: forms, the vector where there are weights, and how many names of each script
    are to go on by their score, and as many by words in common."""

    forms: Forms
    vector: Scores | None
    most: int


def coarse(segment: Segment, query: Query) -> Scores:
    """A first score of every name of a segment. Each of the threads takes its share of the blocks."""
    total = np.zeros(segment.total, np.float32)
    numbers = blocks(segment.total)
    parts = [_POOL.submit(_scored, segment, query, total, numbers[first::THREADS])
             for first in range(THREADS)]  # fmt: skip
    for part in parts:
        part.result()
    return total


def _scored(segment: Segment, query: Query, total: Scores, numbers: range) -> None:
    if query.vector is not None and segment.has("short_vectors"):
        vector = shortened(query.vector) * np.float32(VECTOR_WEIGHT)
        for number in numbers:
            rows = slice(number * ROWS, (number + 1) * ROWS)
            np.einsum("ij,j->i", segment["short_vectors"][rows], vector, out=total[rows])
    for key, weight in WEIGHTS.items():
        add_ratios(total, letters(query.forms, key), segment.columns(key), weight, numbers)


def sharing_words(segment: Segment, query: Forms) -> tuple[Rows, Scores]:
    """Names that have a word of the query, and how much of the query those words are."""
    found = {word: segment.with_word(word) for word in word_stamps(query.spoken)}
    weights = {word: log(1 + segment.total / (1 + len(rows))) for word, rows in found.items()}
    whole = sum(weights.values())
    told = [(rows, weights[word]) for word, rows in found.items() if 0 < len(rows) <= MOST_OF_A_WORD]
    if not told:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    rows, places = np.unique(np.concatenate([rows for rows, _ in told]), return_inverse=True)
    score = np.bincount(places, np.concatenate([np.full(len(rows), weight) for rows, weight in told]))
    return rows.astype(np.int64), (score / whole).astype(np.float32)


def best(segment: Segment, query: Query, allowed: NDArray[np.bool_] | None = None) -> tuple[Rows, Scores]:
    """The rows of the best names of each script by their first score, and the best of those that share words with
    the query or look the same; with how much each of them should go on."""
    scores = coarse(segment, query)
    rows, shares = sharing_words(segment, query.forms)
    if allowed is not None:
        scores[~allowed] = -1
        shares = shares[allowed[rows]]
        rows = rows[allowed[rows]]
    together = np.float32(0.5) * shares + np.float32(0.5) * scores[rows]
    more = np.zeros(0, np.int64)
    chosen = []
    for first, last in segment.of_script:
        chosen.append(first + _distinct(segment, first, scores[first:last], query.most))
        low, high = np.searchsorted(rows, [first, last])
        sharing = low + _distinct(segment, rows[low:high], together[low:high], query.most)
        more = np.concatenate([more, sharing])
    looks = (query.forms.look, *readings(query.forms.name))
    alike = np.unique(np.concatenate([segment.looking_like(look) for look in looks]).astype(np.int64))
    alike = alike[np.unique(segment["written"][alike], return_index=True)[1]]
    found = np.unique(np.concatenate([*chosen, rows[more], alike]))
    urgent = scores[found]
    urgent[np.searchsorted(found, rows[more])] += together[more]
    urgent[np.searchsorted(found, alike)] += 2
    there = scores[found] >= 0
    return found[there], urgent[there]


def _distinct(segment: Segment, rows: Rows | int, scores: Scores, most: int) -> Rows:
    """The places of the `most` best scores, one for all names that are written the same.

    `rows` are those of the scores, or the first of them where they follow each other."""
    wanted = most
    while True:
        places = _top(scores, wanted)
        where = places + rows if isinstance(rows, int) else rows[places]
        different, first = np.unique(segment["written"][where], return_index=True)
        if len(different) >= most or wanted >= len(scores):
            break
        wanted *= 4
    if len(different) == len(places):
        return places
    one_each = places[first]
    return one_each[np.argsort(-scores[one_each], kind="stable")[:most]]


def _top(scores: Scores, most: int) -> Rows:
    """The places of the best scores. The best of each chunk tell from where on a score can be among them."""
    if len(scores) <= most:
        return np.arange(len(scores))
    if len(scores) <= 8 * CHUNK * most:
        return np.argpartition(-scores, most - 1)[:most]
    whole = len(scores) // CHUNK * CHUNK
    peaks = scores[:whole].reshape(-1, CHUNK).max(axis=1)
    least = np.partition(peaks, len(peaks) - most)[len(peaks) - most]
    places = np.flatnonzero(scores >= least)
    return places[np.argpartition(-scores[places], most - 1)[:most]]
