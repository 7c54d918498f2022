"""The first stage: every name is compared with the query, cheaply; the best of each script go on.

A name comes in by its letters in order (spoken form, sounds, consonants) and its vector where there are weights,
by a word in common, or by looking the same.
"""

from concurrent.futures import ThreadPoolExecutor
from math import log

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.patterns import ratio
from ipregister.search.similarity.shelf.segment import Segment, letters, shortened, word_stamps

WEIGHTS = {"spoken": 0.45, "sounds": 0.35, "bones": 0.2}
VECTOR_WEIGHT = 0.8
_THREADS = ThreadPoolExecutor(2, "names")
MOST_OF_A_WORD = 20_000
"""A word that more names have is not looked up; it tells nothing."""
Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


def coarse(segment: Segment, query: Forms, vector: Scores | None) -> Scores:
    """A first score of every name of a segment. The forms are compared by two threads, beside each other."""
    parts = [_THREADS.submit(_alike, segment, query, key) for key in WEIGHTS]
    total = np.zeros(segment.total, np.float32)
    if vector is not None and segment.has("short_vectors"):
        np.dot(segment["short_vectors"], shortened(vector) * np.float32(VECTOR_WEIGHT), out=total)
    for part in parts:
        total += part.result()
    return total


def _alike(segment: Segment, query: Forms, key: str) -> Scores:
    found = ratio(letters(query, key), segment[key], segment[f"{key}_starts"], segment[f"{key}_length"])
    found *= np.float32(WEIGHTS[key])
    return found


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


def best(
    segment: Segment, query: Forms, vector: Scores | None, most: int, allowed: NDArray[np.bool_] | None = None
) -> tuple[Rows, Scores]:
    """The rows of the best `most` names of each script by their first score, and the best of those that share
    words with the query or look the same; with how much each of them should go on."""
    scores = coarse(segment, query, vector)
    rows, shares = sharing_words(segment, query)
    if allowed is not None:
        scores[~allowed] = -1
        shares = shares[allowed[rows]]
        rows = rows[allowed[rows]]
    together = np.float32(0.5) * shares + np.float32(0.5) * scores[rows]
    urgent = scores.copy()
    chosen = []
    for of_script in segment.of_script:
        chosen.append(of_script[_top(scores[of_script], most)])
        sharing = np.flatnonzero(segment.script[rows] == segment.script[of_script[0]])
        sharing = sharing[_top(together[sharing], max(10, most // 3))]
        chosen.append(rows[sharing])
        urgent[chosen[-1]] += together[sharing]
    alike = segment.looking_like(query.look)[:most].astype(np.int64)
    urgent[alike] += 2
    found = np.unique(np.concatenate([*chosen, alike]))
    found = found[scores[found] >= 0]
    return found, urgent[found]


def _top(scores: Scores, most: int) -> Rows:
    if len(scores) <= most:
        return np.arange(len(scores))
    return np.argpartition(-scores, most)[:most]
