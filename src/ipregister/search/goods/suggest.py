"""Classes for plain words: "I sell coffee and run a cafe" -> 30, 43. By an algorithm with a version, with its clues.

Three sources speak: our own words (each the class of one idea), the list of terms the operator loaded (by the reader
learnt from it), and the published records (how many of them say the words in the goods of a class).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from ipregister.search.analyzer import Analyzer
from ipregister.search.goods.plain_words import OWN, SPOKEN, THINGS, found_in, idle_in, is_meant
from ipregister.search.goods.terms import TermList

VERSION = "goods-2"
"""Changes whenever the same words, list and register may give other classes or scores."""
PLAIN, LIST, REGISTER = 0.9, 0.95, 0.7
"""What each source may give at most."""
SAID_BY_FEW = 5
"""Records from which on a word counts half of what it may."""
WHOLE_OF_SEVERAL, INVERTED, LEAST = 0.6, 0.5, 0.03
"""Weights of the whole where there are several parts, and of the parts of what may be one term told backwards; scores
below the last are not told."""
NARROW = 1.5
"""How fast a plain word loses weight beside other words, which may make something else of it."""
MOST_PARTS, MOST_WORDS, MOST_LETTERS = 12, 6, 1000
_PARTS = re.compile(r"[;\n.•]|(?<=\s)(?:and|và|dan|и|және|&)(?=\s)|,|،|、|ແລະ|និង|และ")
_SOFT = re.compile(r"[,،、]")


class Register(Protocol):
    """What is asked of the published records (`search.index.SearchIndex`)."""

    def classes_of(self, words: str) -> dict[int, int]:
        """How many records say the words in their goods of a class, by class."""


class Clue(Struct, frozen=True):
    """Why a class is suggested. `kind`: plain-word, list, register; `count` are the records that say the words."""

    kind: str
    words: str
    share: float
    count: int = 0


class ClassSuggestion(Struct, frozen=True):
    """A class with its score, 0 to 1, and its clues: the strongest of each kind."""

    class_number: int
    score: float
    clues: tuple[Clue, ...]
    version: str


def suggest(
    text: str, register: Register | None = None, lists: Sequence[TermList] = (), *, limit: int = 5
) -> list[ClassSuggestion]:
    """The classes that a text speaks of, the likeliest first; none where nothing is known of its words."""
    analyzer = Analyzer()
    best: dict[int, float] = {}
    clues: dict[int, list[Clue]] = {}
    for part, weight in _parts(text[:MOST_LETTERS]):
        for number, said in _clues(part, analyzer, register, lists).items():
            score = weight * _together(clue.share for clue in said)
            if score > best.get(number, 0):
                best[number] = score
            clues.setdefault(number, []).extend(said)
    ranked = sorted((one for one in best.items() if one[1] >= LEAST), key=lambda one: (-one[1], one[0]))
    return [ClassSuggestion(number, round(score, 4), _strongest(clues[number]), VERSION)
            for number, score in ranked[:limit]]  # fmt: skip


def _parts(text: str) -> list[tuple[str, float]]:
    """The text and what stands between commas and words for `and`, each with its weight. A comma often stands
    inside one term (`rice, husked`), so that then the whole counts as much as its parts."""
    found = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(found) < 2:
        return [(text, 1.0)]
    hard = len([part for part in _PARTS.split(_SOFT.sub(" ", text)) if part.strip()]) > 1
    soft = 1.0 if hard or len(found) > 2 else INVERTED
    return [
        (text, WHOLE_OF_SEVERAL if hard or len(found) > 3 else 1.0),
        *((part, soft) for part in found[:MOST_PARTS]),
    ]


def _clues(
    text: str, analyzer: Analyzer, register: Register | None, lists: Sequence[TermList]
) -> dict[int, list[Clue]]:
    tokens, idle = analyzer.tokens(text), idle_in(text)
    telling = [token for token in tokens if token not in idle][:MOST_WORDS]
    found: dict[int, list[Clue]] = {}
    named = [
        (words, idea)
        for words, idea in found_in(tokens, OWN, THINGS)
        if not set(words.split()) <= idle and is_meant(text, words, idea)
    ]
    for words, idea in named:
        share = PLAIN * min(1.0, len(words.split()) / max(len(telling), 1)) ** NARROW
        _add(found, idea.class_number, Clue("plain-word", words, round(share, 4)))
    plain = " ".join(word for word in text.split() if word.casefold() not in SPOKEN) or text
    for one in lists:
        reading = one.reader.read(plain) if one.reader else None
        for number, chance in enumerate(reading.chances if reading else (), 1):
            if reading and chance * (0.5 + 0.5 * reading.known) >= LEAST / 2:
                _add(
                    found, number, Clue("list", plain, round(LIST * chance * (0.5 + 0.5 * reading.known), 4))
                )
    if register is not None and telling:
        for number, clue in _said(telling, register).items():
            _add(found, number, clue)
    return found


def _add(found: dict[int, list[Clue]], number: int, clue: Clue) -> None:
    """Of each kind only the strongest clue of a class counts."""
    said = found.setdefault(number, [])
    same = next((other for other in said if other.kind == clue.kind), None)
    if same is None:
        said.append(clue)
    elif clue.share > same.share:
        said[said.index(same)] = clue


def _said(telling: Sequence[str], register: Register) -> dict[int, Clue]:
    """What the published records say: the share of each class among the records that say a word, the words that
    tell most counting most."""
    counts = {word: told for word in dict.fromkeys(telling) if (told := register.classes_of(word))}
    weights = {word: max(told.values()) / sum(told.values()) for word, told in counts.items()}
    whole = sum(weights.values())
    shares: dict[int, float] = {}
    for word, told in counts.items():
        total = sum(told.values())
        for number, amount in told.items():
            part = weights[word] / whole * amount / total * total / (total + SAID_BY_FEW)
            shares[number] = shares.get(number, 0.0) + part
    return {number: Clue("register", _sayers(counts, number), round(REGISTER * share, 4), _most(counts, number))
            for number, share in shares.items() if REGISTER * share >= LEAST / 2}  # fmt: skip


def _sayers(counts: Mapping[str, Mapping[int, int]], number: int) -> str:
    return " ".join(word for word, told in counts.items() if told.get(number))


def _most(counts: Mapping[str, Mapping[int, int]], number: int) -> int:
    return max(told.get(number, 0) for told in counts.values())


def _together(shares: Iterable[float]) -> float:
    left = 1.0
    for share in shares:
        left *= 1 - share
    return 1 - left


def _strongest(clues: Iterable[Clue]) -> tuple[Clue, ...]:
    once: dict[str, Clue] = {}
    for clue in sorted(clues, key=lambda clue: -clue.share):
        once.setdefault(clue.kind, clue)
    return tuple(once.values())
