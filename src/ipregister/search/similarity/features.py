"""The second stage: what two names have in common, as named numbers from 0 to 1.

All of them are symmetric in what they mean but not always in value: `asked_words` is how much of the query stands
in the other name, `found_words` how much of the other name stands in the query.
"""

import re
import string
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from ipregister.search.similarity import alignment
from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.readings import SAME, likeness, readings
from ipregister.search.similarity.words import telling

Numbers = NDArray[np.float32]
WordWeight = Callable[[str], float]
"""How much a word tells: the rarer among the names, the more."""


class Compared(Struct, frozen=True, gc=False):
    """A name made ready for comparing: its forms without spaces, and its words by sound."""

    look: str
    spelled: str
    spoken: str
    sounds: str
    bones: str
    core: str
    sorted_words: str
    words: tuple[str, ...]
    written: str
    script: str
    forms: Forms
    coded: bytes


def compared(forms: Forms) -> Compared:
    """The forms of a name as they are compared."""
    words = forms.spoken.split()
    return Compared(
        look=forms.look.replace(" ", ""),
        spelled=forms.spelled.replace(" ", ""),
        spoken=forms.spoken.replace(" ", ""),
        sounds=forms.sounds,
        bones=forms.bones,
        core=forms.core,
        sorted_words="".join(sorted(words)) if len(words) > 1 else forms.spoken,
        words=tuple(forms.keys.split()),
        written=f" {forms.spoken} ",
        script=forms.script,
        forms=forms,
        coded=alignment.coded(forms.spoken),
    )


FEATURES = ("look", "spelled", "spoken", "sounds", "bones", "core", "sorted_words", "beginning", "inside", "aligned",
            "asked_words", "found_words", "whole_word", "first_word", "same_words", "lengths", "same_look", "same_spoken", "same_sounds", "same_script",
            "vector")  # fmt: skip
"""The names of all features, in their order in the rows of `features`."""
INSIDE, AFTER_SHORT, BEGINS = 1, 2, 3
_PLACES = {0: 0.0, INSIDE: 0.0, AFTER_SHORT: 0.5, BEGINS: 1.0}
GENERIC_PART = 0.3
JOINED = 0.2
"""So much less it tells that a name stands in a longer one where hyphens or signs join it to the rest."""
_MARKS = string.punctuation + "’‘“”«»–—"
SHORT_WORD = 3
"""Words of so many letters before another do not take its place as the first word."""
NEAR_WORD = 0.6
"""Words less alike in sound than this are taken for different words."""
SHORT_ALIGNED, SHORT_ACROSS = 0.95, 0.85
"""Names of one syllable sound the same only where their letters align so well, in one script and in two: `bo` is not `po`."""
_VOWELS = re.compile("[aiu]+")
_RATIOS = ("look", "spelled", "spoken", "sounds", "bones", "core", "sorted_words")


def features(
    query: Compared, others: Sequence[Compared], near: Numbers | None, weight: WordWeight
) -> NDArray[np.float32]:
    """One row of `FEATURES` for each other name. `near` is the nearness of the vectors, where there are any."""
    table = np.zeros((len(others), len(FEATURES)), np.float32)
    column = dict(zip(FEATURES, table.T, strict=True))
    for name in _RATIOS:
        column[name][:] = (
            _each(getattr(query, name), [getattr(other, name) for other in others], fuzz.ratio) / 100
        )
    spoken = [other.spoken for other in others]
    sounds = [other.sounds for other in others]
    column["beginning"][:] = _each(query.spoken, spoken, JaroWinkler.similarity)
    column["inside"][:] = _inside(query.sounds, sounds)
    column["aligned"][:] = alignment.nearness(
        query.coded, alignment.matrix([other.coded for other in others])
    )
    column["asked_words"][:], column["found_words"][:] = _shared(query, others, column["sounds"], weight)
    inside = [_stands_in(query, other) for other in others]
    column["whole_word"][:] = [
        _told(query, other, weight) if one else 0 for one, other in zip(inside, others, strict=True)
    ]
    column["first_word"][:] = [_PLACES[one] for one in inside]
    column["same_words"][:] = [other.sorted_words == query.sorted_words for other in others]
    own = len(query.spoken)
    column["lengths"][:] = [min(own, len(text)) / max(own, len(text), 1) for text in spoken]
    column["same_look"][:] = [other.look == query.look and query.look != "" for other in others]
    _read_otherwise(query, others, column)
    column["same_spoken"][:] = [_sounds_the_same(query, other) for other in others]
    syllables = len(_VOWELS.findall(query.sounds))
    column["same_sounds"][:] = [text == query.sounds and text != "" for text in sounds]
    if syllables < 2:
        least = [SHORT_ALIGNED if other.script == query.script else SHORT_ACROSS for other in others]
        column["same_sounds"][column["aligned"] < np.array(least, np.float32)] = 0
    column["same_script"][:] = [other.script == query.script for other in others]
    if near is not None:
        column["vector"][:] = np.maximum(near, 0)
    return table


def _sounds_the_same(query: Compared, other: Compared) -> bool:
    """Whether two names are spoken the same; of Chinese names also where Pinyin is the other one."""
    if other.spoken == query.spoken:
        return other.spoken != ""
    chinese = {query.script, other.script} & {"Hani"}
    return bool(chinese) and query.spelled == other.spelled != ""


def _read_otherwise(query: Compared, others: Sequence[Compared], column: dict[str, Numbers]) -> None:
    """Names that look like the query where some of its letters are read as others that look like them."""
    looks = frozenset(readings(query.forms.name)) if query.look else frozenset()
    for place, other in enumerate(others):
        if other.look in looks and other.look != query.look:
            alike = likeness(query.forms.name, other.forms.name)
            column["look"][place] = max(column["look"][place], alike)
            column["same_look"][place] = alike == SAME


def _stands_in(query: Compared, other: Compared) -> int:
    """Whether one name stands inside the other as whole words: `BEGINS` where it comes first, `AFTER_SHORT` where nothing
    but short or common words (`The`, `La`, a legal form) stand before it."""
    own, its = query.written, other.written
    shorter, longer = (own, its) if len(own) < len(its) else (its, own)
    place = longer.find(shorter)
    if place < 0 or len(shorter) <= 3 or len(shorter) == len(longer):
        return 0
    if place == 0:
        return BEGINS
    before = telling(longer[:place].strip(), query.script if longer is own else other.script)
    return AFTER_SHORT if all(len(word) <= SHORT_WORD for word in before) else INSIDE


def _told(query: Compared, other: Compared, weight: WordWeight) -> float:
    """How much it tells that one name stands inside the other. All of the query in a longer name tells much, a little less
    where it is joined to the rest (`T-Bank`); a part of the query that is a name tells what its words do, little where all
    of them are common words of trade."""
    if len(query.written) < len(other.written):
        return 0.8 + 0.2 * _rarity(query, weight) - JOINED * _is_joined(query, other)
    rare = _rarity(other, weight)
    return rare * (1 if telling(other.forms.spoken, other.script) else GENERIC_PART)


def _is_joined(query: Compared, other: Compared) -> bool:
    """Whether the words of the query are but parts of longer words in the other name, as both are written."""
    if query.script != other.script:
        return False
    own, its = ({word.strip(_MARKS) for word in forms.folded.split()} for forms in (query.forms, other.forms))
    return not own <= its


def _rarity(name: Compared, weight: WordWeight) -> float:
    return min(1.0, max([1.0, *(weight(word) for word in name.words)]) / 10)


def _each(query: str, others: list[str], scorer: Callable[..., float]) -> Numbers:
    return np.asarray(process.cdist([query], others, scorer=scorer, dtype=np.float32)[0], np.float32)


def _inside(query: str, others: list[str]) -> Numbers:
    """How well the shorter of two names stands in one piece inside the longer; little for very short ones."""
    found = _each(query, others, fuzz.partial_ratio) / 100
    shorter = np.array([min(len(query), len(text)) for text in others], np.float32)
    return np.asarray(found * np.minimum(1, shorter / 5), np.float32)


def _shared(
    query: Compared, others: Sequence[Compared], sounds: Numbers, weight: WordWeight
) -> tuple[Numbers, Numbers]:
    """How much of the query stands in each other name, and the other way round. Of two names of one word each the
    nearness of their sounds is known already."""
    near = np.where(sounds > NEAR_WORD, sounds * sounds, 0).astype(np.float32)
    asked, found = near.copy(), near
    places = [place for place, one in enumerate(others) if len(one.words) != 1 or len(query.words) != 1]
    asked[places] = found[places] = 0
    places = [place for place in places if others[place].words]
    if places and query.words:
        asked[places], found[places] = _covered(
            query.words, [others[place].words for place in places], weight
        )
    return asked, found


def _covered(
    own: tuple[str, ...], others: list[tuple[str, ...]], weight: WordWeight
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of some words, by weight, stands among those of each other name, and how much of theirs among these; near
    words count by the square of nearness."""
    every = list(dict.fromkeys(word for words in others for word in words))
    number = {word: place for place, word in enumerate(every)}
    its = np.array([number[word] for words in others for word in words], np.int64)
    first = np.cumsum([0, *map(len, others[:-1])])
    near = process.cdist(own, every, scorer=fuzz.ratio, dtype=np.float64) / 100
    near = np.where(near > NEAR_WORD, near, 0)[:, its]
    asked, whole = np.zeros(len(others)), 0.0
    for word, row in zip(own, near, strict=True):
        best, counts = np.maximum.reduceat(row, first), weight(word)
        asked += counts * best * best
        whole += counts
    counted, best = np.array([weight(word) for word in every])[its], near.max(axis=0)
    sums = np.add.reduceat(counted, first)
    got = np.add.reduceat(counted * best * best, first)
    return asked / whole if whole else asked, np.divide(got, sums, out=np.zeros(len(others)), where=sums > 0)
