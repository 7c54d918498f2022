"""Similar names: the two stages put together."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ipregister.search.similarity.candidates import best
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.features import FEATURES, Compared, WordWeight, compared, features
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.reasons import Reason, reasons
from ipregister.search.similarity.shelf.entry import Entry, class_bits
from ipregister.search.similarity.shelf.segment import Segment, script_number
from ipregister.search.similarity.words import stamp

LARGEST = 200
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
    """A name with its score and its row of features."""

    entry: Entry
    other: Compared
    score: float
    row: Floats


def similar_names(
    shelf: Shelf,
    name: str,
    *,
    classes: Sequence[int] = (),
    offices: Sequence[str] = (),
    limit: int = 50,
) -> list[SimilarName]:
    """The names most like one, the nearest first, one a record. With `classes` or `offices`: only records that
    have one of them. The same names, name and version give the same scores in the same order."""
    query = compared(forms(name))
    found = closest(shelf, name, max(20, min(limit, LARGEST)), classes=classes, offices=offices)
    once: dict[str, Found] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.entry.key, one.entry.name)):
        once.setdefault(one.entry.key, one)
    return [
        _shown(query, one, classes, shelf.ranking.version)
        for one in list(once.values())[: min(limit, LARGEST)]
    ]


def closest(
    shelf: Shelf,
    name: str,
    most: int,
    *,
    classes: Sequence[int] = (),
    offices: Sequence[str] = (),
    scripts: Sequence[str] = (),
) -> list[Found]:
    """The names that come into question, `most` or some more of each script, scored, in no order."""
    query = compared(forms(name))
    if not query.forms.spoken and not query.look:
        return []
    held = shelf.segments()
    vector = shelf.encoder.vectors([query.forms])[0] if shelf.encoder else None
    weight = _weight(tuple(segment for segment, _ in held))
    picked = [best(segment, query.forms, vector, most, _allowed(segment, alive, classes, offices, scripts))
              for segment, alive in held]  # fmt: skip
    found: list[Found] = []
    for (segment, _), rows in zip(held, _shared_out([one for one, _ in held], picked, most), strict=True):
        if len(rows):
            found += _compared(segment, rows, query, vector, shelf.ranking, weight)
    return found


def _shared_out(
    segments: Sequence[Segment], picked: Sequence[tuple[NDArray[np.int64], Floats]], most: int
) -> list[NDArray[np.int64]]:
    """Of what came from several segments, as many names of each script as one segment would have given."""
    if len(segments) < 2:
        return [rows for rows, _ in picked]
    scripts = np.concatenate([one.script[rows] for one, (rows, _) in zip(segments, picked, strict=True)])
    urgent = np.concatenate([part for _, part in picked])
    kept = np.zeros(len(urgent), np.bool_)
    for script in np.unique(scripts):
        places = np.flatnonzero(scripts == script)
        kept[places[np.argsort(-urgent[places], kind="stable")[: most + most // 3]]] = True
    ends = np.cumsum([len(rows) for rows, _ in picked])
    return [rows[part] for (rows, _), part in zip(picked, np.split(kept, ends[:-1]), strict=True)]


def _compared(
    segment: Segment,
    rows: NDArray[np.int64],
    query: Compared,
    vector: Floats | None,
    rule: Ranking,
    weight: WordWeight,
) -> list[Found]:
    entries, others = zip(*[_made_ready(segment, row) for row in rows.tolist()], strict=True)
    near = None
    if vector is not None and segment.has("vectors"):
        near = segment["vectors"][rows].astype(np.float32) @ vector
    table = features(query, others, near, weight)
    scores = rule.scores(table, query.script, [other.script for other in others])
    return [Found(entry, other, float(score), row) for entry, other, score, row
            in zip(entries, others, scores, table, strict=True)]  # fmt: skip


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


def _weight(segments: tuple[Segment, ...]) -> WordWeight:
    total = sum(segment.total for segment in segments)

    @lru_cache(maxsize=4096)
    def weight(word: str) -> float:
        number = stamp(word)
        return log(1 + total / (1 + sum(len(segment.with_word(number)) for segment in segments)))

    return weight


def _allowed(
    segment: Segment,
    alive: NDArray[np.bool_] | None,
    classes: Sequence[int],
    offices: Sequence[str],
    scripts: Sequence[str],
) -> NDArray[np.bool_] | None:
    if alive is None and not classes and not offices and not scripts:
        return None
    allowed = np.ones(segment.total, np.bool_) if alive is None else alive.copy()
    if classes:
        allowed &= (segment["classes"] & np.uint64(class_bits(tuple(classes)))) != 0
    if offices:
        numbers = [int.from_bytes(office.upper().encode()[:2], "big") for office in offices]
        allowed &= np.isin(segment["office"], numbers)
    if scripts:
        allowed &= np.isin(segment.script, [script_number(script) for script in scripts])
    return allowed


def _shown(query: Compared, one: Found, classes: Iterable[int], version: str) -> SimilarName:
    told = {name: round(float(value), 4) for name, value in zip(FEATURES, one.row, strict=True)}
    shared = tuple(sorted(set(classes) & set(one.entry.classes)))
    return SimilarName(
        key=one.entry.key, name=one.entry.name, kind=one.entry.kind, script=one.other.script,
        office=one.entry.office, classes=one.entry.classes, score=round(one.score, 4), features=told,
        reasons=reasons(query, one.other, told, shared, one.entry.kind), version=version,
    )  # fmt: skip
