"""Names that are near to a name, or to the part of it that tells it apart: words of the trade hide how near a mark is.

`Angkor Beer` sounds like no `អង្គរ`, but its `Angkor` does. So a name with words of the trade is asked for twice, whole and
without them; what is near the part is close at most, and a mark that is nothing but such a word is hardly near.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from ipregister.desk.closeness import BANDS, CLOSE, IDENTICAL, SOME, VERY_CLOSE, name_band, order
from ipregister.desk.trade_words import taken_apart
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.reasons import Reason
from ipregister.search.similarity.search import SimilarName
from ipregister.search.similarity.shelf.entry import PART as PART_OF_MARK

FEW, LEAST_APART = 12, 0.2
"""Of names that no rule calls close: how many are the nearest, and their least score."""
PART, TRADE_WORD = "distinctive-part", "trade-word"
"""Rules beside those of whole names: near the part that tells one of both names apart; nothing but one of its words of the
trade."""
LESS = {IDENTICAL: CLOSE, VERY_CLOSE: CLOSE, CLOSE: CLOSE, SOME: SOME}
"""The band of what is so near a part of the name."""
PART_SCORE = 0.9
"""So much of its score has what is near a part of the name."""
LEAST_SCORE = 0.2
"""Of a part more is asked: what is only somewhat alike in sound (`Dao`, `Тау`) and has no score is some likeness."""
SHORTEST = 2
"""Letters of a part that is asked for alone."""


class NearName(NamedTuple):
    """A name found, with its band and the rule that gave it; both empty where nothing speaks for likeness."""

    hit: SimilarName
    band: str
    rule: str


def near_names(
    name: str, classes: Sequence[int], ask: Callable[[str], Iterable[SimilarName]]
) -> list[NearName]:
    """The names like a name, one a record, the nearest first. `ask` gives those most like a text; words of the trade are
    those of the classes, or of all where none is given."""
    words, rest = taken_apart(name, classes)
    part = rest if words and sum(map(str.isalnum, rest)) >= SHORTEST else ""
    common = {forms(word).sounds for word in words} if part else set()
    found = [_of_whole(hit, name, common) for hit in ask(name)]
    if part:
        found += [_of_part(hit, part) for hit in ask(part)]
    once: dict[str, NearName] = {}
    for one in sorted(found, key=nearness):
        once.setdefault(one.hit.key, one)
    return list(once.values())


def nearest_apart(near: Iterable[NearName]) -> list[NearName]:
    """The few that are nearest among those that no rule calls close, the nearest first."""
    apart = [one for one in near if one.band == SOME and one.rule != TRADE_WORD]
    return sorted((one for one in apart if one.hit.score >= LEAST_APART), key=nearness)[:FEW]


def nearness(one: NearName) -> tuple[int, float]:
    """What the nearest is the least of: the band, then the score."""
    return order(one.band) if one.band else len(BANDS), -one.hit.score


def _of_whole(hit: SimilarName, asked: str, common: set[str]) -> NearName:
    band, rule = name_band(asked, hit.name, hit.features, hit.score)
    if common and forms(hit.name).sounds in common:
        return NearName(hit, SOME, TRADE_WORD)
    if hit.kind == PART_OF_MARK and band in LESS:
        return NearName(hit, LESS[band], PART)
    return NearName(hit, band, rule)


def _of_part(hit: SimilarName, part: str) -> NearName:
    band, _rule = name_band(part, hit.name, hit.features, hit.score)
    band = SOME if band == CLOSE and hit.score < LEAST_SCORE else band
    why = Reason("alike-core", f"without words of the product: {part} ~ {hit.name}", (part, hit.name))
    told = msgspec.structs.replace(hit, score=round(PART_SCORE * hit.score, 4), reasons=(why, *hit.reasons))
    return NearName(told, LESS.get(band, ""), PART if band in LESS else "")
