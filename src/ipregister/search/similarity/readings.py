"""Letters that the eye takes for others: `Iotus` is read as `lotus`, `rnoon` as `moon`, `Tlger` as `TIger`.

Names are kept as they are spelled. Only the name that is asked for is read in other ways too, and what such a reading
finds is looked at as it is written: a capital i looks like a small l, but not like a capital one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice, product

from ipregister.search.similarity import folding

MOST = 64
"""Readings of one name."""
SHORT = 5
"""Names of fewer letters look the same only where no usual spelling has such letters: `Flat` is not `FIAT`."""
SAME, NEARLY = 1.0, 0.9
"""How alike two names look of which one is a reading of the other; `NEARLY` where their capitals speak against it."""
_STROKE = "ǀ"
"""Stands for every letter that is one upright stroke."""
_STROKES = str.maketrans("lI1|", _STROKE * 4)
_JOINED = {"rn": "m", "vv": "w", "VV": "w"}
_LOOSELY_JOINED = {"cl": "d", f"c{_STROKE}": "d"}
_PARTS = re.compile(r"rn|vv|cl|[mwdil]|.", re.DOTALL)
_OTHERS = {"rn": "m", "m": "rn", "vv": "w", "w": "vv", "cl": "d", "d": "cl", "i": "l", "l": "i"}


@lru_cache(maxsize=256)
def readings(name: str) -> tuple[str, ...]:
    """The looks of a name read otherwise, without spaces, its own not among them; the likeliest first, at most `MOST`."""
    own = _looked(name)
    if not own.isascii() and not re.search("[a-z]", own):
        return ()
    found = dict.fromkeys(islice(_read(name, own), 4 * MOST))
    found.pop(own, None)
    return tuple(islice(found, MOST))


def _read(name: str, own: str) -> Iterator[str]:
    """First each word's strokes all as i or all as l, with and without joined letters; then by the number of letters
    that are read otherwise."""
    for join in ({}, _JOINED):
        words = [_shape(word, join) for word in _written(name).split()]
        ways = [dict.fromkeys(word.replace(_STROKE, letter) for letter in "il") for word in words]
        for way in islice(product(*ways), MOST // 4):
            yield "".join(way)
    parts = _PARTS.findall(own)
    places = [place for place, part in enumerate(parts) if part in _OTHERS]
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            yield "".join(_OTHERS[part] if place in chosen else part for place, part in enumerate(parts))


def likeness(asked: str, other: str) -> float:
    """How alike two names look, letters that look like others read as these: `SAME`, `NEARLY` or 0."""
    own, its = _written(asked).split(), _written(other).split()
    if len(own) != len(its):
        own, its = ["".join(own)], ["".join(its)]
    pairs = list(zip(own, its, strict=True))
    told = min([_word(*pair) for pair in pairs], default=0.0)
    length = sum(map(len, own))
    if length >= SHORT or (length > 2 and any(_is_odd(one) for pair in pairs for one in pair)):
        return told
    return NEARLY if told == SAME else 0.0


def undisguised(name: str) -> str:
    """The name with strokes as l in words that no usual spelling has (`Go1den`, `GoIden`), as i among capitals (`TlGER`);
    empty where nothing is otherwise."""
    read = re.sub(r"[\w|]+", lambda found: _undisguised(found.group()), _written(name))
    return "" if folding.folded(read) == folding.folded(name) else read


def _undisguised(word: str) -> str:
    if not _is_odd(word):
        return word
    rest = "".join(char for char in word if char not in "lI1|")
    return word.replace("l", "I") if rest.isupper() else re.sub("[I1|]", "l", word)


def _word(own: str, its: str) -> float:
    if _shape(own, {}) == _shape(its, {}) or _looked(own) == _looked(its):
        return SAME
    asked = {own} | ({own.lower(), own.title()} if _is_odd(its) else set())
    usual = {its, its.upper()} | (set() if own.isupper() else {its.lower(), its.title()})
    if {_shape(one, _JOINED) for one in asked} & {_shape(one, _JOINED) for one in usual}:
        return SAME
    look = _looked(its)
    for join, found in ((_JOINED, SAME if _is_odd(own) else NEARLY), (_JOINED | _LOOSELY_JOINED, NEARLY)):
        pattern = re.escape(_shape(own, join)).replace(_STROKE, "[li]")
        if re.fullmatch(pattern, _joined(look, join)):
            return found
    return _capitals(own, its)


def _capitals(own: str, its: str) -> float:
    """A capital i is read as the l of a name in small letters, though no letter beside it is small."""
    return (
        NEARLY
        if _shape(own, _JOINED) in {_shape(its.lower(), _JOINED), _shape(its.title(), _JOINED)}
        else 0.0
    )


def _is_odd(word: str) -> bool:
    """Whether no usual spelling has such letters: capitals inside a word, strokes that are no letters."""
    letters = "".join(char for char in word if char.isalpha())
    return bool(re.search("[1|]", word) and letters) or letters not in {
        letters.lower(), letters.upper(), letters.title(),
    }  # fmt: skip


def _written(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def _shape(word: str, join: dict[str, str]) -> str:
    """A word as the eye takes it in, with one sign for all upright strokes; letters that look like another one joined."""
    return _looked(_joined(word, join).translate(_STROKES))


def _joined(word: str, join: dict[str, str]) -> str:
    for letters, letter in join.items():
        word = word.replace(letters, letter)
    return word


def _looked(word: str) -> str:
    return folding.look(folding.folded(word)).replace(" ", "")
