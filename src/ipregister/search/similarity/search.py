"""Similar names: the two stages put together.

Which names are compared closely does not depend on how many hits are wanted, and of the records that come first all names
are compared: so a record has one score, whatever the limit and the filters.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from math import log
from typing import NamedTuple, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ipregister.search.similarity.candidates import Query, best
from ipregister.search.similarity.containment import inside_or_around, least_score, share_inside
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.features import FEATURES, Compared, WordWeight, compared, features
from ipregister.search.similarity.names import Forms, forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.reasons import Reason, reasons
from ipregister.search.similarity.shelf.entry import NAME_KINDS, PARTIES, Entry, class_bits
from ipregister.search.similarity.shelf.segment import Segment, key_stamp, script_number
from ipregister.search.similarity.words import stamp

LARGEST = 200
LEAST, TOTAL = 20, 600
"""Names of each script that are compared closely in any case, and about how many of all scripts together."""
Floats = NDArray[np.float32]


class Shelf(Protocol):
    """What a search needs of the names: segments, the reader of names, and the rule that scores them."""

    encoder: Encoder | None
    ranking: Ranking

    def segments(self) -> Sequence[tuple[Segment, NDArray[np.bool_] | None]]:
        """Each segment with the rows that are still in the register; None where all are."""


class SimilarName(Struct, frozen=True):
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


class Found(Struct, frozen=True):
    """A name with its score, its row of features, and its place in its segment."""

    entry: Entry
    other: Compared
    score: float
    row: Floats
    place: int


class Wanted(NamedTuple):
    """Which names are looked at: of records with one of these classes, offices; of these scripts; names of parties or
    all others (None: both)."""

    classes: tuple[int, ...] = ()
    offices: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    parties: bool | None = None


EVERYTHING = Wanted()


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
    """The names most like one, the nearest first, one a record. With `classes` or `offices`: only records that
    have one of them; with `scripts` (ISO 15924) only names in one of them; with `parties` true only names of holders,
    with false only names of marks. The same names, name and version give the same scores in the same order: a higher
    limit (to `LARGEST`) adds hits at the end, and a filter of classes or offices changes no score."""
    query = compared(forms(name))
    wanted = Wanted(tuple(classes), tuple(offices), tuple(scripts), parties)
    found = closest(shelf, name, LARGEST, wanted, total=TOTAL)
    once: dict[str, Found] = {}
    for one in in_order(found, query.forms):
        once.setdefault(one.entry.key, one)
    hits = (shown(query, one, classes, shelf.ranking.version) for one in once.values())
    return list(islice((hit for hit in hits if hit.reasons), min(limit, LARGEST)))


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
    held = shelf.segments()
    if not query.forms.spoken and not query.look:
        return _of_signs(held, query, wanted)
    vector = shelf.encoder.vectors([query.forms])[0] if shelf.encoder else None
    asked = Query(query.forms, vector, most)
    segments = tuple(segment for segment, _ in held)
    weight = _weight(tuple(weighed) or segments)
    allowed = [_allowed(segment, alive, wanted) for segment, alive in held]
    picked = [best(segment, asked, rows) for segment, rows in zip(segments, allowed, strict=True)]
    close = _Closely(query, asked, shelf.ranking, weight)
    found: list[list[Found]] = []
    for segment, rows, open_ in zip(
        segments, _shared_out(segments, picked, most, total), allowed, strict=True
    ):
        rows = np.union1d(rows, inside_or_around(segment, query.forms, open_))
        found.append(_with_same(segment, open_, _compared(segment, rows, close)))
    return _of_whole_records(segments, allowed, found, close)


class _Closely(NamedTuple):
    """What names are compared closely with, and how."""

    query: Compared
    asked: Query
    rule: Ranking
    weight: WordWeight


def _of_whole_records(
    segments: Sequence[Segment],
    allowed: Sequence[NDArray[np.bool_] | None],
    found: Sequence[list[Found]],
    close: _Closely,
) -> list[Found]:
    """What was found in each segment, and the other names of the records that come first."""
    every = [one for part in found for one in part]
    first = dict.fromkeys(one.entry.key for one in in_order(every, close.query.forms))
    keys = set(list(first)[:LARGEST])
    stamps = np.array(sorted(map(key_stamp, keys)), np.int64)
    for segment, open_, part in zip(segments, allowed, found, strict=True):
        rows = np.setdiff1d(segment.listed("key", stamps), [one.place for one in part])
        rows = rows if open_ is None else rows[open_[rows]]
        every += [one for one in _compared(segment, rows, close) if one.entry.key in keys]
    return every


def _of_signs(
    held: Sequence[tuple[Segment, NDArray[np.bool_] | None]], query: Compared, wanted: Wanted
) -> list[Found]:
    """Names of signs alone, such as `!!`, have nothing that is compared: those that are the same text are found."""
    found: list[Found] = []
    row = np.array([name == "same_look" for name in FEATURES], np.float32)
    for segment, alive in held if query.forms.folded else ():
        allowed = _allowed(segment, alive, wanted)
        for place in segment.looking_like(query.forms.look).tolist():
            entry, its = segment.entry(place)
            if its.folded == query.forms.folded and (allowed is None or allowed[place]):
                found.append(Found(entry, compared(its), 1.0, row, place))
    return found[:LARGEST]


def in_order(found: Iterable[Found], query: Forms) -> list[Found]:
    """The nearest first; of names that look the same, those written the same as the query."""
    return sorted(found, key=lambda one: (-one.score, one.other.forms.folded != query.folded, one.entry.key,
                                          NAME_KINDS.index(one.entry.kind), one.entry.name))  # fmt: skip


def _shared_out(
    segments: Sequence[Segment],
    picked: Sequence[tuple[NDArray[np.int64], Floats]],
    most: int,
    total: int | None,
) -> list[NDArray[np.int64]]:
    """Of what came from several segments, as many names of each script as one segment would have given, and of all
    scripts together `total`."""
    if not segments or (len(segments) == 1 and total is None):
        return [rows for rows, _ in picked]
    scripts = np.concatenate([one.script[rows] for one, (rows, _) in zip(segments, picked, strict=True)])
    urgent = np.concatenate([part for _, part in picked])
    order = np.lexsort((-urgent, scripts))
    _, first, size = np.unique(scripts[order], return_index=True, return_counts=True)
    place = np.empty(len(urgent), np.int64)
    place[order] = np.arange(len(urgent)) - np.repeat(first, size)
    kept = place < 2 * most
    if total is not None:
        rest = np.flatnonzero(kept & (place >= LEAST))
        room = max(0, total - int((place < LEAST).sum()))
        kept[rest[np.argsort(-urgent[rest], kind="stable")[room:]]] = False
    ends = np.cumsum([len(rows) for rows, _ in picked])
    return [rows[part] for (rows, _), part in zip(picked, np.split(kept, ends[:-1]), strict=True)]


def _compared(segment: Segment, rows: NDArray[np.int64], close: _Closely) -> list[Found]:
    if not len(rows):
        return []
    query, asked = close.query, close.asked
    entries, others = zip(*[_made_ready(segment, row) for row in rows.tolist()], strict=True)
    near = None
    if asked.vector is not None and segment.has("vectors"):
        near = np.einsum("ij,j->i", segment["vectors"][rows].astype(np.float32), asked.vector)
    table = features(query, others, near, close.weight)
    scores = close.rule.scores(table, query.script, [other.script for other in others]).tolist()
    least = [_least(query.forms, other.forms) for other in others]
    scores = [max(pair) for pair in zip(scores, least, strict=True)]
    return [Found(*one) for one in zip(entries, others, scores, table, rows.tolist(), strict=True)]


def _least(query: Forms, other: Forms) -> float:
    return least_score(query, other, share_inside(query, other))


def _with_same(segment: Segment, allowed: NDArray[np.bool_] | None, found: list[Found]) -> list[Found]:
    """What was found, and what is written the same."""
    there = {one.place for one in found}
    same = []
    for one in found:
        rows = [row for row in segment.written_like(one.place, one.other.forms.look) if row not in there]
        for row in [row for row in rows if allowed is None or allowed[row]][:LARGEST]:
            entry, its = segment.entry(row)
            same.append(Found(entry, one.other._replace(forms=its), one.score, one.row, row))
    return found + same


def _made_ready(segment: Segment, row: int) -> tuple[Entry, Compared]:
    """A name of a segment as it is compared. Some thousands are kept: names come into question again and again."""
    kept = segment.made_ready
    if row not in kept:
        if len(kept) >= segment.remembers:
            kept.clear()
        entry, its = segment.entry(row)
        kept[row] = entry, compared(its)
    ready: tuple[Entry, Compared] = kept[row]
    return ready


@lru_cache(maxsize=1)
def _weight(segments: tuple[Segment, ...]) -> WordWeight:
    """How much words tell among the names of these segments. What was told is kept while they are the same."""
    total = sum(segment.total for segment in segments)

    @lru_cache(maxsize=65536)
    def weight(word: str) -> float:
        number = stamp(word)
        return log(1 + total / (1 + sum(len(segment.with_word(number)) for segment in segments)))

    return weight


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
        allowed &= np.isin(segment.script, [script_number(script) for script in wanted.scripts])
    if wanted.parties is not None:
        party = np.isin(segment["kind"], [NAME_KINDS.index(kind) for kind in PARTIES])
        allowed &= party if wanted.parties else ~party
    return allowed


def shown(query: Compared, one: Found, classes: Iterable[int], version: str) -> SimilarName:
    """A name found, as it is told."""
    told = {name: round(float(value), 4) for name, value in zip(FEATURES, one.row, strict=True)}
    told["written_inside"] = round(share_inside(query.forms, one.other.forms), 4)
    shared = tuple(sorted(set(classes) & set(one.entry.classes)))
    return SimilarName(
        key=one.entry.key, name=one.entry.name, kind=one.entry.kind, script=one.other.script,
        office=one.entry.office, classes=one.entry.classes, score=round(one.score, 4), features=told,
        reasons=reasons(query, one.other, told, shared, one.entry.kind), version=version,
    )  # fmt: skip
