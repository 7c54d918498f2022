"""The ledger: by office, right, stage and year, what is declared, what is held, and which numbers are missing.

Without a declaration a line says `not-declared`. A gap is a run of declared numbers, in the order of the
declaration, that the register does not hold. Of unpublished records there is one total, over all rights.
"""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ipregister.exchange.st37.entry import Entry
from ipregister.model.cell import guarded
from ipregister.publication.completeness.declarations import Declaration, list_that_holds
from ipregister.publication.completeness.holding import Holder, Holding
from ipregister.publication.completeness.listed import identity
from ipregister.publication.completeness.totals import STAGES, Stage

NOT_DECLARED, COMPLETE, GAPS, MORE = "not-declared", "complete", "gaps", "more-than-declared"
DRAFT, SIGNED = "draft", "signed"


class Gap(Struct, frozen=True):
    """A run of declared numbers that are not held: the first, the last, how many."""

    first: str
    last: str
    count: int


class Line(Struct, frozen=True):
    """One line. `year` is empty for the line of all years. `declared` is None where nothing is declared; `missing`
    counts declared numbers (or the difference to a declared total), `undeclared` numbers that are held and not
    in the office's list. `declaration` is draft or signed, `source` what the office gave."""

    office: str
    right: str
    stage: Stage
    year: str
    held: int
    state: str
    declared: int | None = None
    missing: int = 0
    undeclared: int = 0
    gaps: tuple[Gap, ...] = ()
    declaration: str = ""
    signed_by: str = ""
    signed_on: str = ""
    source: str = ""
    received: str = ""


class Fill(Struct, frozen=True):
    """Of a field (its path in a record, its INID code): the published records of a right that have it, and their share
    of all, from 0 to 1."""

    field: str
    inid: str
    filled: int
    share: float


class Sum(Struct, frozen=True):
    """Of a right: the records that are published, the last day of the office's data that holds any of them, how many
    days that is before the count (None where no day is told), and the fields that they have."""

    office: str
    right: str
    published: int
    data_day: str = ""
    lag_days: int | None = None
    fills: tuple[Fill, ...] = ()


def sum_of(office: str, right: str, holder: Holder, day: dt.date) -> Sum:
    """What is told of a right by the day of a count."""
    held = holder.of(right)
    fills = tuple(
        Fill(one.field, one.inid, one.filled, round(one.share, 4))
        for one in holder.fills() if one.right == right
    )  # fmt: skip
    return Sum(office, right, held.published, held.data_day, _lag(held.data_day, day), fills)


def _lag(data_day: str, day: dt.date) -> int | None:
    try:
        return max(0, (day - dt.date.fromisoformat(data_day)).days)
    except ValueError:
        return None


class Unpublished(Struct, frozen=True):
    """How many records of an office, of all rights together, were held and not published on a day. It is counted once
    in a quarter of the year, so that who asks again and again does not see when a filing came."""

    records: int
    counted_on: str


def lines(office: str, right: str, held: Holding, said: Sequence[Declaration]) -> Iterator[Line]:
    """The lines of an office's right, stage by stage."""
    for stage in STAGES:
        listed = list_that_holds(said, right, stage)
        if listed:
            yield from _by_numbers(office, right, stage, held, listed)
        totals = _latest_totals(right, stage, said)
        told = _years_of(listed) if listed else {}
        years = sorted({*(held.years[stage].keys() - told), *totals})
        yield from (_by_total(office, right, stage, year, held, totals.get(year)) for year in years)
        if not listed and not years:
            yield Line(office, right, stage, "", 0, NOT_DECLARED)


def _latest_totals(
    right: str, stage: Stage, said: Sequence[Declaration]
) -> dict[str, tuple[int, Declaration]]:
    return {
        total.year: (total.total, one)
        for one in said if one.holds for total in one.totals if (total.right, total.stage) == (right, stage)
    }  # fmt: skip


def _by_total(
    office: str, right: str, stage: Stage, year: str, held: Holding, total: tuple[int, Declaration] | None
) -> Line:
    have = held.years[stage][year]
    if total is None:
        return Line(office, right, stage, year, have, NOT_DECLARED)
    declared, one = total
    state = COMPLETE if have == declared else GAPS if have < declared else MORE
    return Line(
        office, right, stage, year, have, state, declared, max(0, declared - have), max(0, have - declared), (),
        *_origin(one),
    )  # fmt: skip


def _by_numbers(office: str, right: str, stage: Stage, held: Holding, one: Declaration) -> Iterator[Line]:
    """The line of all years and a line a year of the declared dates."""
    have = held.numbers[stage]
    expected = [entry for entry in one.numbers if entry.expected]
    names = [identity(entry.number, office) for entry in expected]
    missing = [name not in have.found for name in names]
    gaps = tuple(_gaps(expected, missing))
    there = missing.count(False) + len(have.found.difference(names)) + len(have.others)
    yield Line(office, right, stage, "", there, GAPS if gaps else COMPLETE, len(expected),
               sum(missing), len(have.others), gaps, *_origin(one))  # fmt: skip
    declared = _years_of(one)
    absent = Counter(
        entry.date[:4] for entry, gone in zip(expected, missing, strict=True) if gone and entry.date
    )
    for year in sorted(declared):
        state = GAPS if absent[year] else COMPLETE
        there = declared[year] - absent[year]
        yield Line(
            office, right, stage, year, there, state, declared[year], absent[year], 0, (), *_origin(one)
        )


def _years_of(one: Declaration) -> Counter[str]:
    """How many numbers of a list are of each year."""
    return Counter(entry.date[:4] for entry in one.numbers if entry.expected and entry.date)


def _gaps(expected: Sequence[Entry], missing: Sequence[bool]) -> Iterator[Gap]:
    run: list[str] = []
    for entry, gone in zip(expected, missing, strict=True):
        if gone:
            run.append(entry.number)
        elif run:
            yield Gap(run[0], run[-1], len(run))
            run = []
    if run:
        yield Gap(run[0], run[-1], len(run))


def _origin(one: Declaration) -> tuple[str, str, str, str, str]:
    """The last fields of a line."""
    return (
        SIGNED if one.signed_by else DRAFT,
        one.signed_by,
        one.signed_on,
        one.source or one.name,
        one.received,
    )


COLUMNS = ("office", "right", "stage", "year", "state", "declared", "held", "missing", "undeclared", "gap_first",
           "gap_last", "gap_count", "declaration", "signed_by", "signed_on", "source", "received", "data_day", "lag_days",
           "field", "inid", "share")  # fmt: skip
PUBLISHED, FILLED = "published", "filled"


def as_csv(found: Iterable[Line], sums: Iterable[Sum] = ()) -> str:
    """The lines as CSV; each gap has a line of its own below that of its list. Behind them stands of each right a line of
    what is published (`held`), and one of each field: how many have it (`held`), and their share."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    for one in found:
        row = {name: _cell(getattr(one, name, "")) for name in COLUMNS}
        writer.writerow(row)
        for gap in one.gaps:
            few = {name: row[name] for name in ("office", "right", "stage", "year", "source")}
            told = {"gap_first": _cell(gap.first), "gap_last": _cell(gap.last), "gap_count": gap.count}
            writer.writerow({**few, "state": "gap", **told})
    for total in sums:
        of = {"office": total.office, "right": total.right}
        lag = {"data_day": total.data_day, "lag_days": _cell(total.lag_days)}
        writer.writerow({**of, "state": PUBLISHED, "held": total.published, **lag})
        for fill in total.fills:
            field = {"field": fill.field, "inid": fill.inid, "share": fill.share}
            writer.writerow({**of, "state": FILLED, "held": fill.filled, **field})
    return out.getvalue()


def _cell(value: object) -> str:
    return guarded("" if value is None else str(value))
