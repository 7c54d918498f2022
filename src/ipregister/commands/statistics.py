"""`ipregister stats`: the statistics of the register."""

import csv
import datetime as dt
import sys
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import line, progress
from ipregister.model.errors import UsageError
from ipregister.model.offices import codes, office
from ipregister.publication.statistics import counting, figures, questionnaire
from ipregister.publication.statistics.counting import Counts
from ipregister.publication.statistics.tables import TABLES, Table, table_named


def stats(
    context: typer.Context,
    office_code: Annotated[str, typer.Option("--office", help="Of this office only.")] = "",
    year: Annotated[str, typer.Option(help="Of this year only (of filing, of registration).")] = "",
    right: Annotated[str, typer.Option(help="Of this right only, such as trademark.")] = "",
    table: Annotated[list[str] | None, typer.Option(help="Of this table only; may be given again.")] = None,
    form: Annotated[
        Literal["csv", "json"], typer.Option("--format", help="csv, or json: a line a figure.")
    ] = "csv",
    definitions: Annotated[bool, typer.Option("--definitions", help="Say what each table counts.")] = False,
    asked: Annotated[
        bool,
        typer.Option(
            "--questionnaire", help="The tables of WIPO's annual questionnaire for --year, as drafts."
        ),
    ] = False,
) -> None:
    """Count the published records: filings, registrations, classes, origin, rights in force, pendency."""
    wanted = tuple(table_named(name) for name in table) if table else TABLES
    if definitions:
        _define(wanted)
        return
    if year and not (year.isdigit() and len(year) == len("2026")):
        raise UsageError(f"{year!r} is no year", remedy="give four digits, such as --year 2025")
    if asked and (not year or table):
        raise UsageError("the questionnaire is of one year, as a whole", remedy="give --year, and no --table")
    register, data = register_of(context), options_of(context).data
    chosen = [office_code.upper()] if office_code else counting.counted_offices(register)
    if chosen[:1] and chosen[0] not in codes():
        raise UsageError(f"no office {chosen[0]!r}", remedy="see `ipregister offices`")
    for number, code in enumerate(chosen):
        with progress(f"counting {code}") as step:
            counts = counting.counted(register, data, office(code), dt.datetime.now(dt.UTC), step)
        if not asked:
            found = figures.figures(counts, tables=wanted, year=year, right=right)
            _write(counts, found, form, heading=number == 0)
        elif office_code or code != "WO":
            _draft(questionnaire.draft(counts, year, right), form, heading=number == 0)


def _write(counts: Counts, found: Iterable[figures.Figure], form: str, *, heading: bool) -> None:
    """Write figures: comma-separated, or as a line of JSON each."""
    if form == "csv":
        text = figures.as_csv(counts, found)
        sys.stdout.write(text if heading else text.partition("\n")[2])
        return
    for one in found:
        row = msgspec.to_builtins(one)
        sys.stdout.write(line(row | {"data_to": counts.data_day, "counted_on": counts.day}) + "\n")


def _draft(made: questionnaire.Draft, form: str, *, heading: bool) -> None:
    """Write a draft: a figure a line, or all of an office as one line of JSON."""
    if form == "json":
        sys.stdout.write(line(msgspec.to_builtins(made)) + "\n")
        return
    out = csv.writer(sys.stdout, lineterminator="\n")
    if heading:
        out.writerow(questionnaire.COLUMNS)
    out.writerows(questionnaire.as_lines(made))


def _define(wanted: tuple[Table, ...]) -> None:
    for one in wanted:
        row = {"table": one.name, "title": one.title, "definition": one.definition, "columns": one.columns}
        sys.stdout.write(line({**row, "unit": one.unit}) + "\n")
