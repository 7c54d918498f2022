"""Whether two names of parties are one party's: written in two scripts, spelled otherwise, with another legal form.

For offices that must not cite an owner against itself because its name was transliterated differently. It is a hint to
look, never a proof: parties with one name are not always one party.
"""

from functools import lru_cache

from rapidfuzz import fuzz

from ipregister.search.similarity import alignment
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.sounds import sound_key
from ipregister.search.similarity.words import telling

VERSION = "parties-1"
"""Changes with any rule of this module."""
SAME, LIKELY, OTHER = "same", "likely", ""
"""The same words by sound, whatever the legal form; nearly the same by sound; another name."""
NEARLY, SURELY = 0.75, 0.88
"""How near two names must be by alignment of their sounds to be likely one, and to be the same where their sounds are equal."""
LEAST = 0.5
"""How near each word must be to one of the other name."""
SHORT = 4
"""Names of fewer letters are one only where they sound the same."""


def same_party(one: str, other: str) -> str:
    """`SAME`, `LIKELY` or `OTHER`. Names without letters are nobody's."""
    mine, its = _words(one), _words(other)
    if not mine or not its:
        return OTHER
    near = max(_near("".join(mine), "".join(its)), _near("".join(sorted(mine)), "".join(sorted(its))))
    sounds = [sorted(sound_key(word) or word for word in words) for words in (mine, its)]
    if sounds[0] == sounds[1] and near >= SURELY:
        return SAME
    if min(len("".join(mine)), len("".join(its))) < SHORT:
        return OTHER
    return LIKELY if (near >= NEARLY and _each_has_its_like(*sounds)) or _contained(*sounds) else OTHER


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    made = forms(name)
    return tuple(telling(made.spoken, made.script) or made.spoken.split())


def _near(one: str, other: str) -> float:
    return float(alignment.nearness(alignment.coded(one), alignment.matrix([alignment.coded(other)]))[0])


def _each_has_its_like(one: list[str], other: list[str]) -> bool:
    """Of names with as many words: whether no word is wholly another, as in `Beer Vietnam` and `Milk Vietnam`."""
    if len(one) != len(other):
        return True
    return all(
        max(fuzz.ratio(word, its) for its in words) >= 100 * LEAST
        for mine, words in ((one, other), (other, one))
        for word in mine
    )


def _contained(one: list[str], other: list[str]) -> bool:
    """Whether all words of the name with fewer words, at least two, stand in the other by sound."""
    fewer, more = sorted((one, other), key=len)
    return len(fewer) > 1 and all(
        max(fuzz.ratio(word, its) for its in more) >= 100 * SURELY for word in fewer
    )
