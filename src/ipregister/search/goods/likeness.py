"""How near two lists of goods and services are, 0 to 1, by named features and with reasons. A versioned rule.

Classes alone say little in law: goods of one class may be unlike, goods of two classes alike. So the texts count more
than the classes where both lists have texts, and what the lists name is compared as terms, as words, and, across
languages, as ideas of `plain_words`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from ipregister.search.analyzer import analyzer
from ipregister.search.goods.plain_words import IDLE, found_in, ideas, related
from ipregister.search.similarity.reasons import Reason

VERSION = "goods-likeness-1"
"""Changes whenever the same two lists may get another score."""
WITH_TEXTS = {"classes": 0.35, "terms": 0.3, "words": 0.15, "ideas": 0.2}
CLASSES_ALONE = 0.7
"""What equal classes give where a list has no texts."""
SAME_TERM, SAME_IDEA = 0.85, 0.7
"""The least for lists of which one holds all terms, or all ideas, of the other."""
MOST_TERMS = 200
_TERMS = re.compile(r"[;,\n、،]")
_SPACES = re.compile(r"\s+")


class Goods(Struct, frozen=True):
    """A list of goods and services: class numbers, and texts in any language."""

    classes: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


class GoodsLikeness(Struct, frozen=True):
    """How near two lists are. `features`: classes, terms, words, ideas, each 0 to 1."""

    score: float
    features: dict[str, float]
    reasons: tuple[Reason, ...]
    version: str


class _Read(Struct, frozen=True):
    """A list made ready: its terms, words and ideas."""

    terms: frozenset[str]
    words: frozenset[str]
    ideas: frozenset[int]


_NOTHING = _Read(frozenset(), frozenset(), frozenset())
"""A list without texts: there is nothing that the texts of another one could share."""


def compare(ours: Goods, theirs: Goods) -> GoodsLikeness:
    """How near the goods of two lists are. The order of the two does not matter."""
    one = _read(ours.texts)
    other = _read(theirs.texts) if one != _NOTHING else one
    pair, near = _classes(ours.classes, theirs.classes)
    features = {
        "classes": near,
        "terms": _share(one.terms, other.terms),
        "words": _share(one.words, other.words),
        "ideas": _share(one.ideas, other.ideas),
    }
    score = _score(features, one, other)
    told = {name: round(value, 4) for name, value in features.items()}
    return GoodsLikeness(round(score, 4), told, tuple(_reasons(one, other, pair, near)), VERSION)


def _score(features: dict[str, float], one: _Read, other: _Read) -> float:
    if not one.words or not other.words:
        return CLASSES_ALONE * features["classes"]
    score = sum(weight * features[name] for name, weight in WITH_TEXTS.items())
    if features["terms"] == 1:
        score = max(score, SAME_TERM)
    if features["ideas"] == 1:
        score = max(score, SAME_IDEA)
    return min(1.0, score + (1 - score) * 0.5 * features["classes"] * features["terms"])


def _classes(ours: Iterable[int], theirs: Iterable[int]) -> tuple[tuple[int, int], float]:
    """The nearest pair of classes, and how near it is."""
    table = related()
    pairs = [((one, other), 1.0 if one == other else table.get((one, other), 0.0))
             for one in sorted(set(ours)) for other in sorted(set(theirs))]  # fmt: skip
    return max(pairs, key=lambda pair: pair[1], default=((0, 0), 0.0))


def _share(one: frozenset[str] | frozenset[int], other: frozenset[str] | frozenset[int]) -> float:
    """How much of the shorter of two sets stands in the longer."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


@lru_cache(maxsize=4096)
def _read(texts: tuple[str, ...]) -> _Read:
    tokens = analyzer().tokens
    parts = [tokens(part) for text in texts for part in _TERMS.split(text)][:MOST_TERMS]
    named = {idea.number for part in parts for _, idea in found_in(part)}
    words = {token for text in texts for token in tokens(text)}
    return _Read(frozenset(filter(None, map(" ".join, parts))), frozenset(words - IDLE), frozenset(named))


def _reasons(one: _Read, other: _Read, pair: tuple[int, int], near: float) -> list[Reason]:
    found = []
    if near == 1:
        found.append(Reason("same-class", f"same class: {pair[0]}", (str(pair[0]),)))
    elif near:
        found.append(Reason("related-classes", f"classes of one trade: {pair[0]} and {pair[1]}",
                            (str(pair[0]), str(pair[1]))))  # fmt: skip
    if terms := sorted(one.terms & other.terms):
        shown = ", ".join(terms[:5])
        found.append(Reason("shared-goods", f"both name: {shown}", (shown,)))
    if alike := sorted(one.ideas & other.ideas if not terms else ()):
        shown = ", ".join(_named(number) for number in alike[:5])
        found.append(Reason("alike-goods", f"the same goods in other words: {shown}", (shown,)))
    return found


def _named(number: int) -> str:
    return " ".join(ideas()[number].words[0][1])
