"""A reader of classes: a linear model over words, pairs of words and beginnings of words, learnt from a list of terms.

Softmax regression with one step of its own size for each feature (AdaGrad), in numpy; a list of 10,000 terms takes
some seconds. The same list gives the same weights. It says for each class how probable it is, and which words said so.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ipregister.search.analyzer import Analyzer

CLASSES = 45
ROUNDS, STEP, SEED = 6, 1.0, 1
PIECE = 4
LITTLE = frozenset("of for the and other than or in a to with not being by on as used an from their".split())
_RELATION = re.compile(r"\b(?:for|of|in|with|to)\b")
Weights = NDArray[np.float32]


def features(text: str, analyzer: Analyzer) -> list[str]:
    """What of a term is looked at, each once: words, pairs, the last word before a relation, pieces of words."""
    words = [_singular(word) for word in analyzer.tokens(text)]
    telling = [word for word in words if word not in LITTLE]
    head = analyzer.tokens(_RELATION.split(text.split("[", maxsplit=1)[0].split(",", maxsplit=1)[0])[0])
    found = [*telling, *(f"{one}_{other}" for one, other in pairwise(words))]
    if head:
        found.append(f"H:{_singular(head[-1])}")
    for word in telling:
        letters = f"^{word}$"
        found += [f"P:{letters[n : n + PIECE]}" for n in range(len(letters) - PIECE + 1)]
    return list(dict.fromkeys(found))


def _singular(word: str) -> str:
    if not word.isascii() or len(word) < 5:
        return word
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    return word


class Reading(Struct, frozen=True):
    """What a reader says of a text: the probability of each class from 1, and the share of its words it knows."""

    chances: tuple[float, ...]
    known: float


class Reader:
    """Weights by feature and class."""

    def __init__(self, names: Sequence[str], weights: Weights) -> None:
        self._places = {name: place for place, name in enumerate(names)}
        self._weights = weights
        self._analyzer = Analyzer()

    def read(self, text: str) -> Reading | None:
        """The classes of a text; None where no word of it is known."""
        found = features(text, self._analyzer)
        places = [self._places[name] for name in found if name in self._places]
        words = [name for name in found if name[:2] not in {"H:", "P:"} and "_" not in name]
        known = sum(word in self._places for word in words)
        if not places:
            return None
        raw = self._weights[places].astype(np.float32).sum(0) / np.sqrt(len(places))
        chances = np.exp(raw - raw.max())
        return Reading(tuple((chances / chances.sum()).tolist()), known / max(len(words), 1))

    def save(self, path: Path) -> None:
        """Write the weights, in half precision."""
        beside = path.with_name(f"{path.name}.part")
        with beside.open("wb") as file:
            np.savez_compressed(
                file, names=np.array(list(self._places)), weights=self._weights.astype(np.float16)
            )
        beside.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Reader":
        """The reader of a file of weights."""
        with np.load(path, allow_pickle=False) as held:
            return cls([str(name) for name in held["names"]], held["weights"])


def train(terms: Sequence[tuple[str, int]], analyzer: Analyzer) -> Reader:
    """A reader learnt from terms with their classes."""
    taken = [features(text, analyzer) for text, _ in terms]
    names = list(dict.fromkeys(name for found in taken for name in found))
    place = {name: number for number, name in enumerate(names)}
    rows = [np.array([place[name] for name in found], np.int64) for found in taken]
    weights = np.zeros((len(names), CLASSES), np.float32)
    steps = np.full(len(names), 1e-3, np.float32)
    chance = np.random.default_rng(SEED)
    for _ in range(ROUNDS):
        for number in chance.permutation(len(rows)).tolist():
            if len(rows[number]):
                _learn(weights, steps, rows[number], terms[number][1] - 1)
    return Reader(names, weights)


def _learn(weights: Weights, steps: Weights, row: NDArray[np.int64], right: int) -> None:
    share = np.float32(1 / np.sqrt(len(row)))
    raw = weights[row].sum(0) * share
    wrong = np.exp(raw - raw.max())
    wrong /= wrong.sum()
    wrong[right] -= 1
    wrong *= share
    steps[row] += float((wrong * wrong).sum())
    weights[row] -= (STEP / np.sqrt(steps[row]))[:, None] * wrong
