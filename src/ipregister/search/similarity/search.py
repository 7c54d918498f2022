"""Similar names: the two stages put together.

Which names are compared closely does not depend on how many hits are wanted, and of the records that come first all names
are compared: so a record has one score, whatever the limit and the filters.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ipregister.search.similarity.candidates import LEAST, Query, chosen
from ipregister.search.similarity.closely import (
    LARGEST,
    Asked,
    Found,
    compared_closely,
    first_of_all,
    in_order,
    with_same,
    with_whole_records,
    word_weights,
)
from ipregister.search.similarity.containment import inside_or_around, share_inside
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.features import FEATURES, Compared, compared
from ipregister.search.similarity.letters import nearness
from ipregister.search.similarity.meanings import meaning, meaning_stamp, same_meaning
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.reasons import Reason, reasons
from ipregister.search.similarity.shelf.entry import NAME_KINDS, PARTIES, class_bits
from ipregister.search.similarity.shelf.segment import Segment, look_stamp, script_number
from ipregister.search.similarity.whole import Held, Whole, held

__all__ = ["EVERYTHING", "LARGEST", "LEAST", "TOTAL", "Found", "Nearest", "SimilarName", "Wanted", "closest", "in_order",
           "nearest_names", "shown", "similar_names"]  # fmt: skip
TOTAL = 600
"""About how many names of all scripts together are compared closely."""
CHOICES = 4
"""Choices of names that are kept of each segment."""
LEAST_TOLD = 0.0005
"""A lower score would be told as 0.000."""


class Shelf(Protocol):
    """What a search needs of the names: segments, the reader of names, and the rule that scores them."""

    encoder: Encoder | None
    ranking: Ranking

    def segments(self) -> Sequence[tuple[Segment, NDArray[np.bool_] | None]]:
        """Each segment with the rows that are still in the register; None where all are."""


class SimilarName(Struct, frozen=True, gc=False):
    """A name like the one asked for. `score` is 0 to 1; `features` are those of the algorithm `version`."""

    key: str
    name: str
    kind: str
    script: str
    office: str
    classes: tuple[int, ...]
    score: float
    features: dict[str, float]
    reasons: tuple[Reason, ...]
    version: str


class Wanted(NamedTuple):
    """Which names are looked at: of records with one of these classes, offices; of these scripts; names of parties or
    all others (None: both)."""

    classes: tuple[int, ...] = ()
    offices: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    parties: bool | None = None


EVERYTHING = Wanted()


class Nearest(NamedTuple):
    """The names most like one, and whether the limit leaves others out, which are less like it."""

    hits: list[SimilarName]
    cut: bool


def similar_names(
    shelf: Shelf,
    name: str,
    *,
    classes: Sequence[int] = (),
    offices: Sequence[str] = (),
    scripts: Sequence[str] = (),
    parties: bool | None = None,
    limit: int = 50,
) -> list[SimilarName]:
    """The hits of `nearest_names`."""
    wanted = Wanted(tuple(classes), tuple(offices), tuple(scripts), parties)
    return nearest_names(shelf, name, wanted, limit=limit).hits


def nearest_names(shelf: Shelf, name: str, wanted: Wanted = EVERYTHING, *, limit: int = 50) -> Nearest:
    """The names most like one, the nearest first, one a record. With classes or offices: only records that
    have one of them; with scripts (ISO 15924) only names in one of them; with `parties` true only names of holders,
    with false only names of marks. The same names, name and version give the same scores in the same order: a higher
    limit (to `LARGEST`) adds hits at the end, and a filter of classes or offices changes no score. It may bring in records
    that are left out without it, where nearer ones fill the limit: `cut` tells that."""
    query = compared(forms(name))
    whole = _whole(shelf, wanted)
    if not whole.total:
        return Nearest([], False)
    if not query.forms.spoken and not query.look:
        found = _of_signs(whole, query)
    else:
        asked, distinct = _distinct(shelf, whole, query, LARGEST, TOTAL, ())
        first = first_of_all(whole, distinct, query.forms)
        found = with_whole_records(whole, first, distinct, asked)
    once: dict[str, Found] = {}
    for one in in_order(found, query.forms):
        once.setdefault(one.entry.key, one)
    version, most = shelf.ranking.version, min(limit, LARGEST)
    told = (shown(query, one, wanted.classes, version) for one in islice(once.values(), LARGEST))
    hits = list(islice((hit for hit in told if hit.reasons and hit.score >= LEAST_TOLD), most + 1))
    return Nearest(hits[:most], len(hits) > most or (most == LARGEST and len(once) > LARGEST))


def closest(
    shelf: Shelf, name: str, most: int, wanted: Wanted = EVERYTHING, *, total: int | None = None,
    weighed: Sequence[Segment] = (),
) -> list[Found]:  # fmt: skip
    """The names that come into question, `most` to twice as many of each script, scored, in no order. Names that are
    written the same count as one, but all of them (to `LARGEST`) are given. Names that hold the query or stand in it come
    into question in any case (`containment`), and so do all names of the `LARGEST` records that come first.

    With `total` no more than about so many are compared closely: the best `LEAST` of each script, and the best of
    the others. Words are weighed by the names of the shelf, or of other segments (`weighed`)."""
    query = compared(forms(name))
    whole = _whole(shelf, wanted)
    if not whole.total:
        return []
    if not query.forms.spoken and not query.look:
        return _of_signs(whole, query)
    asked, distinct = _distinct(shelf, whole, query, most, total, weighed)
    return with_whole_records(whole, with_same(whole, distinct), distinct, asked)


def _whole(shelf: Shelf, wanted: Wanted) -> Whole:
    return Whole([_held(segment, alive, wanted) for segment, alive in shelf.segments()])


def _held(segment: Segment, alive: NDArray[np.bool_] | None, wanted: Wanted) -> Held:
    """A segment and which of its rows count; the last choices are kept, since questions come in groups."""
    kept = segment.choices.get(wanted)
    if kept is None or kept[0] is not alive:
        if len(segment.choices) >= CHOICES:
            segment.choices.clear()
        kept = segment.choices[wanted] = alive, held(segment, _allowed(segment, alive, wanted))
    found: Held = kept[1]
    return found


def _distinct(
    shelf: Shelf, whole: Whole, query: Compared, most: int, total: int | None, weighed: Sequence[Segment]
) -> tuple[Asked, list[Found]]:
    """What the names are compared with, and those that come into question, of those written the same one."""
    vector = shelf.encoder.vectors([query.forms])[0] if shelf.encoder else None
    weight = word_weights(tuple(weighed) or tuple(one.segment for one in whole.held))
    asked = Asked(query, vector, shelf.ranking, weight)
    first = chosen(whole, Query(query.forms, vector, most, total))
    numbers = np.concatenate([first, inside_or_around(whole, query.forms), _of_the_meaning(whole, query)])
    return asked, compared_closely(whole, whole.different(np.unique(numbers)), asked)


def _of_the_meaning(whole: Whole, query: Compared) -> NDArray[np.int64]:
    """Names that mean the same as the query, by words that are in a list."""
    told = meaning(query.forms.folded)
    stamps = np.array([meaning_stamp(told)] if told else [], np.int64)
    return whole.listed("meaning", stamps, LARGEST)


def _of_signs(whole: Whole, query: Compared) -> list[Found]:
    """Names of signs alone, such as `!!`, have nothing that is compared: those that are the same text are found."""
    found: list[Found] = []
    row = np.array([name == "same_look" for name in FEATURES], np.float32)
    stamps = np.array([look_stamp(query.forms.look)], np.int64)
    for number in whole.listed("look", stamps).tolist() if query.forms.folded else ():
        segment, place = whole.placed(number)
        entry, its = segment.entry(place)
        if its.folded == query.forms.folded:
            found.append(Found(entry, compared(its), 1.0, row, number, segment.written(place)))
    return found[:LARGEST]


def _allowed(segment: Segment, alive: NDArray[np.bool_] | None, wanted: Wanted) -> NDArray[np.bool_] | None:
    if alive is None and wanted == EVERYTHING:
        return None
    allowed = np.ones(segment.total, np.bool_) if alive is None else alive.copy()
    if wanted.classes:
        allowed &= (segment["classes"] & np.uint64(class_bits(wanted.classes))) != 0
    if wanted.offices:
        numbers = [int.from_bytes(office.upper().encode()[:2], "big") for office in wanted.offices]
        allowed &= np.isin(segment["office"], numbers)
    if wanted.scripts:
        allowed &= np.isin(segment.script, [script_number(script) for script in wanted.scripts])[
            segment["text"]
        ]
    if wanted.parties is not None:
        party = np.isin(segment["kind"], [NAME_KINDS.index(kind) for kind in PARTIES])
        allowed &= party if wanted.parties else ~party
    return allowed


def shown(query: Compared, one: Found, classes: Iterable[int], version: str) -> SimilarName:
    """A name found, as it is told."""
    told = {name: round(float(value), 4) for name, value in zip(FEATURES, one.row, strict=True)}
    told["written_inside"] = round(share_inside(query.forms, one.other.forms), 4)
    told["letters"] = round(nearness(query.forms, one.other.forms), 4)
    told["same_meaning"] = same_meaning(query.forms.folded, one.other.forms.folded)
    shared = tuple(sorted(set(classes) & set(one.entry.classes)))
    return SimilarName(
        key=one.entry.key, name=one.entry.name, kind=one.entry.kind, script=one.other.script,
        office=one.entry.office, classes=one.entry.classes, score=round(one.score, 4), features=told,
        reasons=reasons(query, one.other, told, shared, one.entry.kind), version=version,
    )  # fmt: skip
