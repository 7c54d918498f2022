"""A name that stands whole inside a longer one, as both are written: `ช้าง` in `ทุ่งนาช้าง`, `Golden` in `GoldenHarvest`.

Scripts written without spaces have no words to look up, so all names of the script of the query are looked through by
their spoken form (columns of letters), and what is found is proved by its letters. The other way round, every part of the
query that could be a name is looked up. A part begins and ends where a reader could begin and end: not inside a
syllable's signs. In alphabets it has five letters or more and stands at the beginning or the end of a word.
"""

import unicodedata
from collections.abc import Iterator
from itertools import accumulate, combinations

import numpy as np

from ipregister.search.similarity.boundaries import is_boundary
from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.patterns import LONGEST, holding
from ipregister.search.similarity.shelf.segment import letters, look_stamp, script_number
from ipregister.search.similarity.whole import Numbers, Whole
from ipregister.search.similarity.words import telling

MOST = 200
"""Longer names that go on because they hold the query, the shortest first."""
MOST_OF_A_PART = 1_000
"""Names of a segment that are written as one part of the query."""
MOST_READ, MOST_PROVED = 20_000, 600
"""Names whose bytes are looked at for the query, the shortest first, and of those that hold them, whose letters are."""
FEWEST = {"Hani": 1, "Thai": 2, "Laoo": 2, "Khmr": 2, "Mymr": 2, "Kana": 2, "Hang": 2, "Taml": 2, "Deva": 2,
          "Beng": 2}  # fmt: skip
"""Letters (signs on them not counted) from which on a name tells something inside a longer one."""
FEWEST_OF_AN_ALPHABET = 5
OF_TRADE = 0.25
_SPACED = frozenset({"Zyyy", "Latn", "Cyrl", "Arab", "Hebr", "Grek", "Geor", "Armn"})


def size(text: str) -> int:
    """The letters of a text without the signs on them."""
    return sum(unicodedata.category(char)[0] != "M" for char in text)


def tells(text: str, script: str) -> bool:
    """Whether a text is long enough to tell something inside a longer name."""
    return size(text) >= FEWEST.get(script, FEWEST_OF_AN_ALPHABET)


def share_inside(query: Forms, other: Forms) -> float:
    """1 where the query stands in the other, longer name; where the other stands in the query, how much of its letters it
    is, at most `OF_TRADE` where it is but a word of trade; 0 where neither does. What is written without spaces may stand beside more letters of an
    alphabet."""
    if query.script != other.script and query.script in _SPACED:
        return 0.0
    own, its = query.look.replace(" ", ""), other.look.replace(" ", "")
    if len(own) == len(its) or not own or not its:
        return 0.0
    if len(own) < len(its):
        return 1.0 if own in its and tells(own, query.script) and _stands(own, other, query.script) else 0.0
    if query.script != other.script or its not in own or not tells(its, query.script):
        return 0.0
    if not _stands(its, query, query.script):
        return 0.0
    share = len(its) / len(own)
    return share if telling(other.spoken, other.script) else min(share, OF_TRADE)


def least_score(query: Forms, other: Forms, share: float) -> float:
    """The score that a name has at least of which one holds the other (`share` of `share_inside`): the more, the more of
    the longer name the shorter one is; less in alphabets, where words are written apart."""
    if not share:
        return 0.0
    shorter, longer = sorted((query.look.replace(" ", ""), other.look.replace(" ", "")), key=len)
    part, begins = len(shorter) / len(longer), longer.startswith(shorter)
    apart = query.script in _SPACED
    first = (0.52 if apart else 0.72) if share == 1 else (0.25 if apart else 0.55)
    return first + 0.06 * begins + 0.14 * part


def _stands(part: str, whole: Forms, script: str) -> bool:
    """Whether a part stands somewhere in a name between two boundaries."""
    text, words = _joined(whole.look)
    place = text.find(part)
    while place >= 0:
        if _fits(text, words, place, place + len(part), script):
            return True
        place = text.find(part, place + 1)
    return False


def _joined(look: str) -> tuple[str, frozenset[int]]:
    """A look without spaces, and where its words begin and end."""
    words = look.split()
    return "".join(words), frozenset([0, *accumulate(map(len, words))])


def _fits(text: str, words: frozenset[int], first: int, last: int, script: str) -> bool:
    if script in _SPACED and first not in words and last not in words:
        return False
    return is_boundary(text, first) and is_boundary(text, last)


def _parts(query: Forms) -> Iterator[str]:
    """The parts of a query that could be names, the query itself not among them."""
    text, words = _joined(query.look[:LONGEST])
    own = query.look.replace(" ", "")
    fewest = FEWEST.get(query.script, FEWEST_OF_AN_ALPHABET)
    places = [place for place in range(len(text) + 1) if is_boundary(text, place)]
    for first, last in combinations(places, 2):
        if last - first >= fewest and _fits(text, words, first, last, query.script):
            part = text[first:last]
            if part != own and tells(part, query.script):
                yield part


def inside_or_around(whole: Whole, query: Forms) -> Numbers:
    """The names of the script of the query that it holds, and the shortest of those that hold it; of names that are
    written the same, one."""
    parts = np.unique(np.array([look_stamp(part) for part in _parts(query)], np.int64))
    held = whole.listed("look", parts, MOST_OF_A_PART)
    held = held[whole.told("script", held) == script_number(query.script)]
    return whole.different(np.unique(np.concatenate([held, _holding(whole, query)])))


def _holding(whole: Whole, query: Forms) -> Numbers:
    """The shortest names that hold the query, proved by their bytes."""
    own = query.look.replace(" ", "")
    if not own or not tells(own, query.script):
        return np.zeros(0, np.int64)
    numbers = whole.different(_by_letters(whole, query))
    order = np.argsort(whole.told("spoken_length", numbers), kind="stable")[:MOST_READ]
    wanted, found, proved = own.encode(), [], 0
    for number in numbers[order].tolist():
        segment, row = whole.placed(number)
        if wanted not in segment.held(row).replace(b" ", b""):
            continue
        proved += 1
        if share_inside(query, segment.entry(row)[1]) == 1:
            found.append(number)
        if len(found) == MOST or proved == MOST_PROVED:
            break
    return np.array(sorted(found), np.int64)


def _by_letters(whole: Whole, query: Forms) -> Numbers:
    """The names that count whose spoken form has the letters of the query next to each other: names of its script, and,
    where that is written without spaces, those of others that have letters of several scripts."""
    number, asked, found = script_number(query.script), letters(query, "spoken"), [np.zeros(0, np.int64)]
    for start, (segment, _, names) in zip(whole.text_starts, whole.held, strict=False):
        first, last = segment.script.searchsorted([number, number + 1]).tolist()
        texts = holding(asked, segment.columns("spoken"), first, last)
        if query.script not in _SPACED:
            mixed = segment.mixed_with(query.look.replace(" ", "").encode())
            texts = np.concatenate([texts, mixed[segment.script[mixed] != number]])
        found.append(start + np.sort(texts[names[texts] > 0]))
    return np.sort(whole.first_counted(np.concatenate(found)))
