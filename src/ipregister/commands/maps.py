"""`ipregister map`: a source that no reader knows, mapped by a file, tried, loaded."""

import datetime as dt
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct
from msgspec.structs import replace

from ipregister.capture import looking, mapped
from ipregister.commands import belt, settled
from ipregister.commands.belt import Day, Full
from ipregister.commands.opened import is_made, options_of
from ipregister.commands.printing import Json, lines
from ipregister.exchange.mapped import (
    database,
    drafting,
    mapping,
    overview,
    profile,
    proposing,
    repeating,
)
from ipregister.exchange.mapped.mapping import Input, Mapping
from ipregister.exchange.mapped.proposing import Proposal
from ipregister.intake.findings import kinds
from ipregister.intake.loading import working_folder
from ipregister.model import offices
from ipregister.model.errors import UsageError
from ipregister.model.finding import Finding
from ipregister.model.record import RIGHTS
from ipregister.quality.messages import message

app = typer.Typer(no_args_is_help=True, help="Sources of any shape, read by a mapping file.")
SourceFile = Annotated[
    str, typer.Argument(metavar="FILE", help="CSV, XLSX, XML or JSON file, or the address of a database.")
]
MappingFile = Annotated[Path, typer.Argument(metavar="MAPPING", help="The mapping, a TOML file.")]
_STATUSES = 60
"""So many words of status are written into the draft of an office."""
_COLUMNS = tuple("column field perhaps evidence filled samples different dates split lang".split())


Office = Annotated[
    str, typer.Option("--office", help="ST.3 code of the office, such as LA; a new one is drafted.")
]
Right = Annotated[str, typer.Option(help=f"One of {', '.join(RIGHTS)}.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Where the mapping goes; FILE.toml without it.")
]
Sheet = Annotated[
    str, typer.Option(help="Sheet of a spreadsheet; the first that is shown and holds something.")
]
Header = Annotated[int, typer.Option(help="Row of the heading; found by itself without it.")]
HeaderRows = Annotated[int, typer.Option("--header-rows", help="So many rows are the heading.")]
Records = Annotated[str, typer.Option(help="Element of XML, or array of JSON, that holds the records.")]
Query = Annotated[str, typer.Option(help="What to ask of a database.")]
Name = Annotated[str, typer.Option(help="Name of a new office.")]
Zone = Annotated[str, typer.Option(help="Time zone of a new office, such as Asia/Bangkok.")]
Language = Annotated[str, typer.Option(help="Language of a new office, such as en.")]


class NewOffice(Struct, frozen=True):
    """What is told of an office that is not known yet."""

    code: str
    name: str
    zone: str
    language: str


@app.command("new")
def new(
    context: typer.Context, source: SourceFile, office: Office, right: Right = "trademark", output: Output = None,
    sheet: Sheet = "", header: Header = 0, header_rows: HeaderRows = 0, records: Records = "", query: Query = "",
    name: Name = "", zone: Zone = "UTC", language: Language = "en", as_json: Json = False,
) -> None:  # fmt: skip
    """Look at a source and propose a mapping: each column with its fill rate, samples and the field it seems to be.

    For an office that is not known yet, its facts are drafted in the data folder, `offices/<cc>.toml`.
    """
    if right not in RIGHTS:
        raise UsageError(f"no right {right!r}", remedy=f"use one of {', '.join(RIGHTS)}")
    _require_zone(zone)
    given: dict[str, str | int] = {
        "sheet": sheet,
        "header": header,
        "header_rows": header_rows,
        "records": records,
        "query": query,
    }
    told, found = _looked(context, source, given)
    target = output or Path(f"{_plain(source)}.toml")
    if target.exists():
        raise UsageError(f"{target} is there already", remedy="name another with -o")
    proposed = proposing.proposals(found, right, dt.datetime.now(dt.UTC).date())
    if grouping := repeating.group_of(told, found, proposed):
        told = replace(told, group=grouping)
    drafted = _draft_office(context, NewOffice(office.upper(), name, zone, language), right, proposed)
    text = drafting.mapping_text(office.upper(), right, told, found, proposed, _plain(source))
    target.write_text(text, encoding="utf-8")
    with lines(as_json, f"{target}: {found.records} records looked at", _COLUMNS) as out:
        for one in proposed:
            out.add(_row(one, found.records))
    _tell(source, told, proposed)
    more = f" The office is drafted in {drafted}: read it, too." if drafted else ""
    typer.echo(f"The mapping is {target}.{more}", err=True)


def _row(one: Proposal, records: int) -> dict[str, object]:
    """A proposal as a line: `field` where it is sure, else `perhaps`."""
    column = one.column
    return {"column": column.name, "field": one.to if one.sure else "", "perhaps": "" if one.sure else one.to,
            "evidence": one.score, "filled": _rate(column.filled, records), "different": len(column.texts),
            "samples": column.shown(), "dates": one.dates, "split": one.split, "lang": one.lang, "why": one.why,
            "rival": one.rival}  # fmt: skip


OURS = frozenset({"key", "application_number", "data_day", "notice"})
"""Columns that our own tables have, and hardly another."""


def _tell(source: str, told: Input, proposed: Sequence[Proposal]) -> None:
    """What the operator must look at before anything else."""
    if told.group:
        typer.echo(f"“{told.group[0]}” stands in several rows each: rows that stand together and agree in it are taken as one "
                   "record (group in [input] of the mapping). Check that they are.", err=True)  # fmt: skip
    if told.kind == "xlsx" and (hidden := looking.hidden_in(Path(source), told)):
        typer.echo(f"Look: {hidden}.", err=True)
    if told.header > 1 or told.header_rows > 1:
        rows = f"row {told.header}" + (
            f" and the next {told.header_rows - 1}" if told.header_rows > 1 else ""
        )
        typer.echo(f"The heading seems to be {rows}; say another with --header and --header-rows.", err=True)
    if {one.column.name for one in proposed} >= OURS:
        typer.echo("This is a table as “export” writes it, for people to read: where a cell holds several values (“5: tea | 30: "
                   "coffee”), no mapping parts them again. Take the records as jsonl or st96 instead, which lose nothing: "
                   "ipregister export --full --format jsonl.", err=True)  # fmt: skip
    for one in proposed:
        if one.made:
            typer.echo(f"“{one.column.name}” has {one.made}. A spreadsheet program may have made them of texts: see map check, give "
                       "the column the format Text, and type them again.", err=True)  # fmt: skip
        if one.rival:
            typer.echo(f"Two columns seem to be {one.to}: “{one.rival}” has it, “{one.column.name}” has no field. Decide in "
                       "the mapping which is right, and give the other another field or none.", err=True)  # fmt: skip
    if not any(one.sure and one.to in ("application_number", "registration_number") for one in proposed):
        typer.echo("No column is the number of the application or the registration: without one every record goes to "
                   "quarantine. Name it in the mapping.", err=True)  # fmt: skip
    for one in proposed:
        if one.far:
            typer.echo(f"Most days of “{one.column.name}” lie years ahead: perhaps their years are of another era, such as Bikram "
                       "Sambat. It has no field: such a year is not read.", err=True)  # fmt: skip
    open_ = [one.column.name for one in proposed if not one.sure and not one.rival]
    if open_:
        typer.echo(f"No field is proposed for {', '.join(f'“{name}”' for name in open_)}: see the comments in the mapping.",
                   err=True)  # fmt: skip


@app.command("check")
def check(
    context: typer.Context, source: SourceFile, mapping_file: MappingFile, day: Day = None, full: Full = None,
    lang: Annotated[str, typer.Option(help="Language of messages and remedies.")] = "en", as_json: Json = False,
) -> None:  # fmt: skip
    """Try a mapping on a source: what becomes of each column, every finding, then the counts that `map load` would
    give. A column without a field is told once, not again for each record. Writes nothing."""
    with _packed(context, source, mapping_file, day) as (chosen, path):
        if chosen.input.kind in mapping.TABULAR:
            seen = looking.look_at_lines(mapped.rows_in(path))
        else:
            seen = looking.look(Path(source), chosen.input)
        told = [*overview.shared(chosen), *overview.columns(chosen, seen)]
        with lines(as_json, "Columns", ("code", "message", "remedy")) as out:
            for finding in told:
                out.add(_line(finding, chosen.office, lang))
        for sentence in repeating.told_of(chosen, seen):
            typer.echo(sentence, err=True)
        teller = belt.Teller(chosen.office, lang, overview.repeated(told))
        raise typer.Exit(belt.checked(context, path, day, full, teller, as_json))


def _line(finding: Finding, office: str, lang: str) -> dict[str, object]:
    """A finding on the mapping as a line, as `check` writes those on records."""
    told, remedy = message(finding, lang, kinds())
    return {"code": finding.code, "severity": finding.severity, "office": office, "record": "", "path": finding.path,
            "value": finding.value, "arguments": finding.arguments, "message": told, "remedy": remedy}  # fmt: skip


@app.command("load")
def load(
    context: typer.Context, source: SourceFile, mapping_file: MappingFile, day: Day = None, full: Full = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Load a source by its mapping. The source and the mapping are kept; the same command goes on where it was cut
    off. Rows that do not fit their heading go to quarantine."""
    with _packed(context, source, mapping_file, day) as (chosen, path):
        belt.load(context, chosen.office, [path], day, full, False, as_json)


@contextmanager
def _packed(
    context: typer.Context, source: str, mapping_file: Path, day: Day
) -> Iterator[tuple[Mapping, Path]]:
    """The delivery that a source and its mapping make."""
    options = options_of(context)
    try:
        text = mapping_file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{mapping_file} cannot be read: {error.strerror}", remedy="check the path"
        ) from error
    chosen = mapping.load(text, str(mapping_file))
    offices.office(chosen.office)  # told before anything is read
    with working_folder(options.path("scratch")) as folder:
        path = folder / _plain(source)
        if chosen.input.kind == "sql":
            found = database.lines_of(source, chosen.input.query, private=options.allow_private_hosts)
            mapped.pack_rows(found, chosen, text, path)
        else:
            settled.require_columns(Path(source), chosen, str(mapping_file))
            mapped.pack_file(Path(source), chosen, text, path)
        settled.require_no_days_ahead(path, chosen, day, str(mapping_file))
        settled.require_credible_years(path, chosen, day, str(mapping_file))
        yield chosen, path


def _looked(
    context: typer.Context, source: str, given: dict[str, str | int]
) -> tuple[Input, profile.Profile]:
    if database.is_address(source):
        told = Input("sql", query=str(given["query"]))
        private = options_of(context).allow_private_hosts
        return told, looking.look_at_lines(database.lines_of(source, told.query, private=private))
    told = looking.told_of(Path(source))
    if told.kind == "xlsx" and given["sheet"]:
        told = looking.with_heading(Path(source), looking.with_told(told, sheet=given["sheet"]))
    if given["header"] and not given["header_rows"]:
        given = {**given, "header_rows": 1}
    told = looking.with_told(told, **given)
    return told, looking.look(Path(source), told)


def _require_zone(zone: str) -> None:
    if zone not in zoneinfo.available_timezones():
        raise UsageError(f"no time zone {zone!r}", remedy="name one of the IANA list, such as Asia/Bangkok")


def _draft_office(
    context: typer.Context, told: NewOffice, right: str, proposed: Sequence[Proposal]
) -> Path | None:
    """Facts of an office that nobody knows yet; None where it is known."""
    if told.code in offices.codes():
        return None
    options = options_of(context)
    if len(told.code) != 2 or not told.code.isalpha() or not is_made(options):
        raise UsageError(f"no office {told.code!r}, and none can be drafted", remedy="run `ipregister init`; name it by its two letters of ST.3")  # fmt: skip
    path = options.path("offices") / f"{told.code.lower()}.toml"
    path.parent.mkdir(exist_ok=True)
    name = told.name or f"Office {told.code}"
    text = drafting.office_text(told.code, name, told.zone, told.language)
    path.write_text(text, encoding="utf-8")
    offices.forget()
    path.write_text(
        text + drafting.statuses_text(right, _unknown(told.code, right, proposed)), encoding="utf-8"
    )
    offices.forget()
    return path


def _unknown(office: str, right: str, proposed: Sequence[Proposal]) -> list[str]:
    """The words of status in a source that the office's tables do not know, the most frequent first."""
    table = "statuses" if right == "trademark" else f"{right}/statuses"
    words = [text for one in proposed if one.to == "office_status" and one.sure
             for text, _ in one.column.texts.most_common(_STATUSES)]  # fmt: skip
    return [word for word in words if offices.office(office).word(table, word) is None]


def _plain(source: str) -> str:
    """What a source is called: its file's name, or a database's without user and password; with the day of a
    database, whose address has none."""
    if database.is_address(source):
        return f"{database.name_of(source)}-{dt.datetime.now(dt.UTC).date():%Y%m%d}"
    return Path(source).name


def _rate(filled: int, records: int) -> str:
    return f"{100 * filled / records:.0f} %" if records else ""
