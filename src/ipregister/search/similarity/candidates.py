"""The first stage: every name is compared with the query, cheaply; the best of each script go on.

A name comes in by its letters in order (spoken form, sounds, consonants) and its vector where there are weights,
by a word in common, or by looking the same, also where letters are read as others that look like them. Of names that
are written the same one goes on for all.

The letters in order are only looked at where the letters of a name in any order (`bags`) and its vector let it be
among the best: what goes on is the same as if all names were compared in full.
"""

from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.bounds import (
    LEFT_OUT,
    POOL,
    THREADS,
    WEIGHTS,
    Bounds,
    Scores,
    Table,
    bounds,
)
from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.patterns import ratios
from ipregister.search.similarity.readings import readings
from ipregister.search.similarity.romanise.script import SCRIPTS
from ipregister.search.similarity.shelf.segment import letters, look_stamp, word_stamps
from ipregister.search.similarity.whole import Numbers, Whole

LEAST = 20
"""Names of each script that are compared closely in any case."""
MOST_OF_A_WORD = 60_000
"""A word that more names have is not looked up; it tells nothing."""
MOST_SHARING = 5_000
"""Names with words in common whose letters are looked at."""
MANY = 50
"""So many times the names wanted are looked at, of those that could score highest, to know which score is reached."""
MANY_TEXTS = 4_096
"""From so many texts on, threads share the work."""
FEW = 1_000
"""More names than these mostly have texts in common: half as many texts are looked at first."""
CHUNK = 64
"""The best of so many scores is looked at before all of them are."""
_CLOSE_TO = 1e-4
"""So much two ways of adding up the same score may differ."""


class Query(NamedTuple):
    """What the names are compared with: forms, the vector where there are weights; how many names of each script
    are to go on by their score, and as many by words in common; and about how many of all scripts together (None: all)."""

    forms: Forms
    vector: Scores | None
    most: int
    total: int | None = None


def chosen(whole: Whole, query: Query) -> Numbers:
    """The names that go on, of those written the same one."""
    read = _Letters(whole, query, bounds(whole, query.forms, query.vector))
    numbers, scores = _by_score(read)
    sharing, shares = _sharing_words(whole, query.forms, read.known.highest)
    told = 0.5 * shares + 0.5 * read.of_names(sharing)
    if query.total is None:
        numbers, scores = _best_of_each(whole, numbers, scores, query.most)
        sharing, told = _best_of_each(whole, sharing, told, query.most)
    alike = _looking_alike(whole, query.forms)
    found = np.unique(np.concatenate([numbers, sharing, alike]))
    urgent = np.zeros(len(found), np.float32)
    urgent[np.searchsorted(found, numbers)] = scores
    others = np.setdiff1d(np.concatenate([sharing, alike]), numbers)
    urgent[np.searchsorted(found, others)] = read.of_names(others)
    counted = urgent >= 0
    urgent[np.searchsorted(found, sharing)] += told
    urgent[np.searchsorted(found, alike)] += 2
    return _shared_out(whole, found[counted], urgent[counted], query)


class _Letters:
    """The letters in order of texts, as far as they were looked at: the first scores that are known."""

    def __init__(self, whole: Whole, query: Query, known: Bounds) -> None:
        self.whole, self.query, self.known = whole, query, known
        self._found = np.full(whole.texts, np.nan, np.float32)

    def scores(self, texts: Numbers) -> Scores:
        """The first scores of some texts."""
        new = self._unknown(texts)
        self._found[new] = self._spoken(new) + self._others(new)
        return self._found[texts]

    def scores_from(self, texts: Numbers, enough: Scores) -> Scores:
        """The same; those that cannot be enough may be told as nothing."""
        which = np.isnan(self._found[texts])
        new, enough = texts[which], enough[which]
        so_far = self._spoken(new)
        kept = so_far + self._others_at_most(new) >= enough
        told = np.full(len(new), LEFT_OUT, np.float32)
        told[kept] = so_far[kept] + self._others(new[kept])
        self._found[new[kept]] = told[kept]
        found = self._found[texts]
        found[which] = told
        return found

    def of_names(self, numbers: Numbers) -> Scores:
        """The first scores of some names."""
        texts, place = np.unique(self.whole.texts_of(numbers), return_inverse=True)
        return self.scores(texts)[place]

    def _unknown(self, texts: Numbers) -> Numbers:
        return texts[np.isnan(self._found[texts])]

    def _spoken(self, texts: Numbers) -> Scores:
        return self.known.near[texts] + self._ratio(texts, "spoken")

    def _others(self, texts: Numbers) -> Scores:
        return self._ratio(texts, "sounds") + self._ratio(texts, "bones")

    def _ratio(self, texts: Numbers, key: str) -> Scores:
        """What a form gives to the first score of some texts. Of many, threads take a share each."""
        if len(texts) < MANY_TEXTS:
            return self._share(texts, key)
        tasks = [POOL.submit(self._share, share, key) for share in np.array_split(texts, THREADS)]
        return np.concatenate([task.result() for task in tasks])

    def _share(self, texts: Numbers, key: str) -> Scores:
        held = [(segment.columns(key), own) for segment, own in self.whole.parts_of_texts(texts)]
        return np.float32(WEIGHTS[key]) * ratios(letters(self.query.forms, key), held)

    def _others_at_most(self, texts: Numbers) -> Scores:
        """What sounds and consonants give to the first score of some texts at most."""
        found, bags = np.zeros(len(texts), np.float32), self.whole.of_texts("sounds_bag", texts)
        for key in ("sounds", "bones"):
            if text := letters(self.query.forms, key):
                found += Table(text, key).at_most(bags, self.whole.of_texts(f"{key}_length", texts))
        return found


def _by_score(read: _Letters) -> tuple[Numbers, Scores]:
    """All names that are among the best of their script, or of all where not all of each script go on, and more of the
    same score; of those of a segment that are written the same the first."""
    whole, highest = read.whole, read.known.highest
    least = _least_scores(read)
    found = [np.zeros(0, np.int64)]
    for script, several in whole.spans().items():
        for first, last in several:
            reached = max(least[script], 0) - _CLOSE_TO
            found.append(first + np.flatnonzero(highest[first:last] >= reached))
    texts = np.sort(np.concatenate(found))
    of_script = np.array([least.get(script, 0) for script in range(len(SCRIPTS))], np.float32)
    enough = of_script[whole.of_texts("script", texts)] - np.float32(_CLOSE_TO)
    scores = read.scores_from(texts, enough)
    kept = scores >= enough
    numbers = whole.first_counted(texts[kept])
    order = np.argsort(numbers)
    return numbers[order], scores[kept][order]


def _least_scores(read: _Letters) -> dict[int, float]:
    """A score for each script that the best names reach, by names that could be the best; 0 where all go on."""
    whole, query = read.whole, read.query
    each, spans = query.most if query.total is None else LEAST, whole.spans()
    looked = [_highest_of(read, several, 3 * each) for several in spans.values()]
    if query.total is not None:
        looked.append(_highest_of(read, [(0, whole.texts)], MANY * query.total))
    texts = np.unique(np.concatenate([np.zeros(0, np.int64), *looked]))
    scores, scripts = read.scores(texts), whole.of_texts("script", texts)
    of_all = 0.0 if query.total is None else _place(whole, texts, scores, query.total)
    least = {}
    for script, several in spans.items():
        own = scripts == script
        reached = _place(whole, texts[own], scores[own], each) or _reached(read, several, each)
        least[script] = reached if query.total is None else min(of_all, reached)
    return least


def _reached(read: _Letters, several: list[tuple[int, int]], each: int) -> float:
    """A score that so many different names of a script reach; more names are looked at until enough are different."""
    some = 24 * each
    while True:
        texts = _highest_of(read, several, some)
        least = _place(read.whole, texts, read.scores(texts), each)
        if least > 0 or some >= max(last - first for first, last in several):
            return least
        some *= 8


def _highest_of(read: _Letters, several: list[tuple[int, int]], most: int) -> Numbers:
    """The texts of some spans that score highest at most, as many as so many names of each span have."""
    highest, found = read.known.highest, [np.zeros(0, np.int64)]
    for first, last in several:
        for some in (most // 2, most) if most > FEW else (most,):
            texts = np.sort(first + _top(highest[first:last], some))
            order = np.argsort(-highest[texts], kind="stable")
            names = np.cumsum(read.whole.names_of(texts)[order])
            if names[-1] >= most:
                break
        found.append(texts[order[: int(np.searchsorted(names, most)) + 1]])
    texts = np.sort(np.concatenate(found))
    return texts[highest[texts] > LEFT_OUT]


def _place(whole: Whole, texts: Numbers, scores: Scores, place: int) -> float:
    """The score of the text at a place among different ones; 0 where there are fewer."""
    order = np.argsort(-scores, kind="stable")
    first = np.sort(np.unique(whole.of_texts("written", texts)[order], return_index=True)[1])
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
    counts = whole.counted(numbers)
    numbers, score = numbers[counts], score[counts]
    if len(numbers) > MOST_SHARING:
        best = np.sort(_top(score + highest[whole.texts_of(numbers)], MOST_SHARING))
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
