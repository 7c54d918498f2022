"""The tables of WIPO's annual statistics questionnaire for one office and year, as drafts for the office to check.

For each right: applications and registrations (grants) by origin, each route in its own columns, classes of marks and
designs of applications counted apart; by class; in force by origin and by year; grants by year of filing; days of
procedure. Beside each right stands what the figures rest on, and beside the whole what no register can answer.

Source of the outline: the list of questionnaires at wipo.int/ipstats (data collection); origin is the residence of the
first-named applicant, countries are written by ST.3, years are those of the calendar, as is asked there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.publication.statistics.counting import Counts
from ipregister.publication.statistics.figures import QUARTILES, coverage, quantile
from ipregister.publication.statistics.particulars import DIRECT, OF_MANY_STATES, ROUTES, UNKNOWN
from ipregister.publication.statistics.tables import TABLES

DRAFT, TOTAL = "draft", "total"
ITEMS = {"trademark": "classes", "design": "designs"}
GRANTED = frozenset({"patent", "utility-model"})
CLASSES = {"trademark": 45, "design": 32}
"""How many classes the classification of a right has: classes without any record are told as 0."""
UNANSWERED = (
    "applications that were refused, withdrawn or abandoned, and those that are still pending",
    "requests for accelerated examination, oppositions, examiners and their time",
    "rights in force on 31 December of the year: those in force are of the day of the count",
    "records that the office has not published or not delivered",
    "plant varieties",
)
"""What the questionnaires ask beside, and a register of published records does not tell."""
Row = dict[str, str]


class Line(Struct, frozen=True):
    """A row of a table: what it is of (an origin, a class, a year, a stage), and its figures in the order of the columns."""

    of: str
    values: tuple[int, ...]


class Sheet(Struct, frozen=True):
    """A table of the questionnaire: its name, right, what its rows are, the names of its columns, the rows."""

    name: str
    right: str
    rows: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


class Draft(Struct, frozen=True):
    """The drafts of an office and year. `coverage`: by right what the figures rest on; `data_to` and `counted_on`: the
    days of the office's data and of the count."""

    office: str
    year: str
    status: str
    data_to: str
    counted_on: str
    coverage: dict[str, dict[str, int]]
    sheets: tuple[Sheet, ...]
    unanswered: tuple[str, ...]


def draft(counts: Counts, year: str, right: str = "") -> Draft:
    """The tables of an office's counts for a year. Raises `UsageError` for an office of several states' bureau (WO),
    which is not asked."""
    if counts.office == "WO":
        raise UsageError("the International Bureau is not asked", remedy="name another office")
    rights = [one for one in ROUTES if counts.counted.get(one) and right in ("", one)]
    made = _Making(counts, year)
    sheets = tuple(sheet for one in rights for sheet in made.sheets(one))
    return Draft(counts.office, year, DRAFT, counts.data_day, counts.day, {one: made.coverage(one) for one in rights},
                 sheets, UNANSWERED)  # fmt: skip


class _Making:
    """Puts the tables of one office and year together from what was counted."""

    def __init__(self, counts: Counts, year: str) -> None:
        self._counts, self._year = counts, year
        self._columns = {table.name: table.columns for table in TABLES}

    def sheets(self, right: str) -> Iterator[Sheet]:
        """The tables of a right."""
        done = "grants" if right in GRANTED else "registrations"
        yield self._by_origin(right, "applications", "filings", "filed")
        yield self._by_origin(right, done, "registrations", "registered")
        if right in CLASSES:
            yield self._by_class(right, done)
        yield self._in_force(right, "in-force-by-origin", "origin")
        table = "in-force-by-filing-year" if right in GRANTED else "in-force"
        yield self._in_force(right, table, "year")
        if right in GRANTED:
            yield self._by_filing_year(right)
        yield self._procedure(right)

    def coverage(self, right: str) -> dict[str, int]:
        """What the figures of a right rest on; of the year alone the applications and registrations without an origin."""
        told = {one.measure: one.value for one in coverage(self._counts) if one.cells["right"] == right}
        for name, table in (
            ("applications", "filings-by-origin"),
            ("registrations", "registrations-by-origin"),
        ):
            rows = self._rows(table, right, self._year)
            told[f"{name}-of-the-year"] = sum(amount for _row, amount in rows)
            told[f"{name}-of-the-year-without-origin"] = sum(n for row, n in rows if row["origin"] == UNKNOWN)
        return told

    def _rows(self, table: str, right: str, year: str = "") -> list[tuple[Row, int]]:
        columns = self._columns[table]
        found = ((dict(zip(columns, cells, strict=False)), n) for cells, n in self._counts.cells[table])
        return [(row, n) for row, n in found if row["right"] == right and year in ("", row["year"])]

    def _by_origin(self, right: str, name: str, table: str, items: str) -> Sheet:
        routes, unit = (DIRECT, ROUTES[right]), ITEMS.get(right)
        tables = {name: f"{table}-by-route-and-origin"}
        if unit:
            tables[unit] = f"{items}-items-by-route-and-origin"
        columns = [f"{what} {route}" for route in (*routes, TOTAL) for what in tables]
        sums: Counter[tuple[str, str]] = Counter()
        for what, place in tables.items():
            for row, amount in self._rows(place, right, self._year):
                for column in (row["route"], TOTAL):
                    sums[row["origin"], f"{what} {column}"] += amount
        return self._sheet(f"{name}-by-origin", right, "origin", columns, sums, self._origins)

    def _by_class(self, right: str, done: str) -> Sheet:
        routes = (DIRECT, ROUTES[right], TOTAL)
        columns = [f"{what} {route}" for what in ("applications", done) for route in routes]
        sums: Counter[tuple[str, str]] = Counter()
        for what, table in (
            ("applications", "filings-by-route-and-class"),
            (done, "registrations-by-route-and-class"),
        ):
            for row, amount in self._rows(table, right, self._year):
                for column in (row["route"], TOTAL):
                    sums[row["class"], f"{what} {column}"] += amount
        known = [f"{number:02d}" for number in range(1, CLASSES[right] + 1)]
        return self._sheet("by-class", right, "class", columns, sums, lambda found: [*known, *sorted(found - {*known})],
                           whole=False)  # fmt: skip

    def _in_force(self, right: str, table: str, of: str) -> Sheet:
        columns = {"yes": "in force", "open": "not known"}
        sums: Counter[tuple[str, str]] = Counter()
        for row, amount in self._rows(table, right):
            if row["live"] in columns:
                sums[row[of], columns[row["live"]]] += amount
        order = self._origins if of == "origin" else sorted
        named = (
            f"in-force-by-{'filing' if right in GRANTED else 'registration'}-year" if of == "year" else table
        )
        return self._sheet(named, right, of, list(columns.values()), sums, order)

    def _by_filing_year(self, right: str) -> Sheet:
        sums: Counter[tuple[str, str]] = Counter()
        for row, amount in self._rows("registrations-by-filing-year", right, self._year):
            sums[row["filed"], "grants"] += amount
        return self._sheet("grants-by-filing-year", right, "year", ["grants"], sums, sorted)

    def _procedure(self, right: str) -> Sheet:
        """Days from filing to a stage that was reached in the year."""
        days: dict[str, Counter[int]] = {}
        for cells, amount in self._counts.cells["pendency"]:
            of, year, _route, stage, number = cells
            if (of, year) == (right, self._year):
                days.setdefault(stage, Counter())[int(number)] += amount
        lines = [
            Line(stage, (spread.total(), *(quantile(spread, share) for _name, share in QUARTILES)))
            for stage, spread in sorted(days.items())
        ]
        columns = ("records", *(f"days {name}" for name, _share in QUARTILES))
        return Sheet("procedure", right, "stage", columns, tuple(lines))

    def _origins(self, found: set[str]) -> list[str]:
        """The office's own country first, then the others, those that are not told last."""
        own = [] if self._counts.office in OF_MANY_STATES else [self._counts.office]
        unknown = [UNKNOWN] if UNKNOWN in found else []
        return [*own, *sorted(found - {*own, UNKNOWN}), *unknown]

    def _sheet(
        self, name: str, right: str, rows: str, columns: list[str], sums: Counter[tuple[str, str]],
        order: Callable[[set[str]], Iterable[str]], *, whole: bool = True,
    ) -> Sheet:  # fmt: skip
        """A table; with `whole` its last row is the total (classes have none: an application stands in several)."""
        lines = [
            Line(of, tuple(sums[of, column] for column in columns)) for of in order({of for of, _ in sums})
        ]
        if whole:
            lines.append(
                Line(
                    TOTAL,
                    tuple(map(sum, zip(*(line.values for line in lines), strict=True)))
                    or (0,) * len(columns),
                )
            )
        return Sheet(name, right, rows, tuple(columns), tuple(lines))


COLUMNS = (
    "office",
    "year",
    "status",
    "right",
    "table",
    "rows",
    "of",
    "column",
    "value",
    "data_to",
    "counted_on",
)
"""Columns of the CSV form: one figure a line; coverage stands in the table `coverage`."""


def as_lines(made: Draft) -> Iterator[tuple[str | int, ...]]:
    """A draft as lines of the CSV form, what it rests on first."""
    beside = made.data_to, made.counted_on
    about = made.office, made.year, made.status
    for right, told in made.coverage.items():
        for measure, value in told.items():
            yield (*about, right, "coverage", "measure", measure, "records", value, *beside)
    for sheet in made.sheets:
        for line in sheet.lines:
            for column, value in zip(sheet.columns, line.values, strict=True):
                yield (*about, sheet.right, sheet.name, sheet.rows, line.of, column, value, *beside)
