"""What a name means, where its words are among some sixty (`meanings.tsv`): colours, animals, numbers (also up to 99), things
of nature.

`RED LION`, `ສິງແດງ`, `SINGA MERAH` and `红狮` mean the same, though no letter and no sound of them is alike. A name has a
meaning here where all of its words are in the list (legal forms and words of trade do not count), or two of them.
"""

import re
import zlib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from ipregister.search.similarity.boundaries import is_boundary
from ipregister.search.similarity.folding import folded
from ipregister.search.similarity.legal_forms import cut
from ipregister.search.similarity.numbers import number_words, with_letter
from ipregister.search.similarity.romanise.script import script_of
from ipregister.search.similarity.romanise.spoken import spoken
from ipregister.search.similarity.words import telling

WHOLE, PARTLY = 1.0, 0.5
"""How much of two names means the same: all of both, or the words in the list that they have."""
LEAST = {(WHOLE, True): 0.88, (WHOLE, False): 0.75, (PARTLY, True): 0.62}
"""The score that names of one meaning have at least: by how much of them, and whether it is of several words."""
LONGEST_PHRASE = 3
LONGEST_NUMBER = 30
"""Letters of a name that may be a number with a letter."""
_SPACED = frozenset({"Latn", "Cyrl"})
_WORD = re.compile(r"[^\s.,;:!?&+/()'\"«»“”-]+")


class Meaning(NamedTuple):
    """What a name means: the words of the list, in their order; those that stand for them; whether that is all of it."""

    words: tuple[str, ...]
    written: frozenset[str]
    whole: bool


@cache
def _words() -> dict[str, str]:
    text = (resources.files("ipregister.search.similarity") / "meanings.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    listed = {folded(word): meaning for meaning, words in rows for word in words.split("|")}
    return {folded(word): number for word, number in number_words().items()} | listed


@cache
def _numbers() -> dict[str, str]:
    """Those of the words that are numbers."""
    least = {meaning for word, meaning in _words().items() if word.isdecimal()}
    return {word: meaning for word, meaning in _words().items() if meaning in least}


@cache
def _longest() -> int:
    return max(map(len, _words()))


@lru_cache(maxsize=8192)
def meaning(name: str) -> Meaning | None:
    """What a name (folded) means; None where too little of it is in the list."""
    if len(name) <= LONGEST_NUMBER and (told := with_letter(name, _numbers())):
        return Meaning((told,), frozenset({name}), True)
    script = script_of(name)
    found, rest = _spaced(name) if script in _SPACED else _joined(cut(name))
    if not found:
        return None
    words = tuple(sorted({_words()[one] for one in found}))
    whole = not any(telling(spoken(piece, script), script) for piece in rest)
    return Meaning(words, frozenset(found), whole) if whole or len(words) > 1 else None


def meaning_stamp(told: Meaning) -> int:
    """The number under which names of one meaning are found."""
    return zlib.crc32(" ".join(told.words).encode())


def same_meaning(one: str, other: str) -> float:
    """`WHOLE`, `PARTLY` or 0 for two names (folded); 0 where the words that mean the same are the same words."""
    mine = meaning(one)
    its = meaning(other) if mine is not None else None
    if mine is None or its is None or mine.words != its.words or mine.written == its.written:
        return 0.0
    return WHOLE if mine.whole and its.whole else PARTLY


def least_score(one: str, other: str) -> float:
    """The score that two names (folded) have at least for their meaning."""
    told, mine = same_meaning(one, other), meaning(one)
    return LEAST.get((told, mine is not None and len(mine.words) > 1), 0.0)


def _spaced(name: str) -> tuple[list[str], list[str]]:
    """The words and phrases of the list in a name, and its other words."""
    pieces, place, found, rest = _WORD.findall(name), 0, [], []
    while place < len(pieces):
        phrases = ((size, " ".join(pieces[place : place + size])) for size in range(LONGEST_PHRASE, 0, -1))
        size, phrase = next(((size, one) for size, one in phrases if one in _words()), (1, ""))
        if phrase:
            found.append(phrase)
        else:
            rest.append(pieces[place])
        place += size
    return found, rest


def _joined(name: str) -> tuple[list[str], list[str]]:
    """The same for a script without spaces: each piece that has anything else is one of the other words."""
    found: list[str] = []
    rest = []
    for piece in name.split():
        words, all_of_it = _of_piece(piece)
        found += words
        if not all_of_it:
            rest.append(piece)
    return found, rest


def _of_piece(text: str) -> tuple[list[str], bool]:
    """The words of the list in a text without spaces, the longest first at each place."""
    found, place, whole = [], 0, True
    while place < len(text):
        ends = range(min(len(text), place + _longest()), place, -1)
        end = next((end for end in ends if text[place:end] in _words() and is_boundary(text, end)), 0)
        if end:
            found.append(text[place:end])
        else:
            whole = False
            end = next(end for end in range(place + 1, len(text) + 1) if is_boundary(text, end))
        place = end
    return found, whole
