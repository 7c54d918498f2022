"""Figures for people and machines: rows of the tables, filtered, with quartiles where days were counted."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ipregister.publication.statistics.counting import Counts
from ipregister.publication.statistics.particulars import UNKNOWN
from ipregister.publication.statistics.tables import TABLES, Table

QUARTILES = (("first-quartile", 0.25), ("median", 0.5), ("third-quartile", 0.75))


class Figure(Struct, frozen=True, omit_defaults=True):
    """One figure: the office, its table, the cells by the name of their column, the value and its unit."""

    office: str
    table: str
    cells: dict[str, str]
    value: int
    unit: str
    measure: str = "count"


def figures(
    counts: Counts, *, tables: Iterable[Table] = TABLES, year: str = "", right: str = ""
) -> Iterator[Figure]:
    """The figures of an office, its coverage first; of a year or a right alone where one is given."""
    yield from (one for one in coverage(counts) if right in ("", one.cells["right"]))
    for table in tables:
        rows = [
            (dict(zip(table.columns, cells[: len(table.columns)], strict=True)), cells, amount)
            for cells, amount in counts.cells.get(table.name, ())
        ]
        wanted = [row for row in rows if year in ("", row[0]["year"]) and right in ("", row[0]["right"])]
        if table.days:
            yield from _quartiles(counts.office, table, ((cells, amount) for _named, cells, amount in wanted))
        else:
            for named, _cells, amount in wanted:
                yield Figure(counts.office, table.name, named, amount, table.unit)


def coverage(counts: Counts) -> Iterator[Figure]:
    """What the counts rest on, by right: records published and counted, and those without a year of filing or an
    origin. What is held and not published stands in no figure: who asks again and again must not see it come."""
    lacking = {"without-filing-date": ("filings", "year"), "without-origin": ("filings-by-origin", "origin")}
    columns = {table.name: table.columns for table in TABLES}
    for right in sorted(counts.counted):
        cells = {"right": right}
        yield Figure(counts.office, "coverage", cells, counts.counted[right], "records", "published")
        for measure, (table, column) in lacking.items():
            place = columns[table].index(column)
            amount = sum(n for row, n in counts.cells[table] if row[0] == right and row[place] == UNKNOWN)
            yield Figure(counts.office, "coverage", cells, amount, "records", measure)


def _quartiles(office: str, table: Table, rows: Iterable[tuple[tuple[str, ...], int]]) -> Iterator[Figure]:
    spread: dict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
    for cells, amount in rows:
        spread[cells[:-1]][int(cells[-1])] += amount
    for cells, days in sorted(spread.items()):
        named = dict(zip(table.columns, cells, strict=True))
        yield Figure(office, table.name, named, days.total(), "records", "count")
        for measure, share in QUARTILES:
            yield Figure(office, table.name, named, quantile(days, share), table.unit, measure)


def quantile(days: Counter[int], share: float) -> int:
    """The least number of days within which at least this share of the records reached the stage."""
    needed, below = share * days.total(), 0
    for number in sorted(days):
        below += days[number]
        if below >= needed:
            return number
    return 0


COLUMNS = ("office", "table", "right", "year", "route", "residence", "origin", "class", "live", "stage", "measure",
           "value", "unit", "data_to", "counted_on", "filed")  # fmt: skip
"""Columns of the CSV form: one figure a line."""


def as_csv(counts: Counts, found: Iterable[Figure]) -> str:
    """Figures as CSV with a heading line."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    for one in found:
        told = {**one.cells, "office": one.office, "table": one.table, "measure": one.measure, "value": str(one.value),
                "unit": one.unit, "data_to": counts.data_day, "counted_on": counts.day}  # fmt: skip
        lines.writerow([told.get(name, "") for name in COLUMNS])
    return out.getvalue()
