"""`ipregister map`: a source that no reader knows, mapped by a file, tried, loaded."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ipregister.capture import looking, mapped
from ipregister.commands import belt
from ipregister.commands.belt import Day, Full
from ipregister.commands.opened import is_made, options_of
from ipregister.commands.printing import Json, lines
from ipregister.exchange.mapped import database, drafting, mapping, profile, rows
from ipregister.exchange.mapped.mapping import Input, Mapping
from ipregister.intake.loading import working_folder
from ipregister.model import offices
from ipregister.model.errors import UsageError
from ipregister.model.record import RIGHTS

app = typer.Typer(no_args_is_help=True, help="Sources of any shape, read by a mapping file.")
SourceFile = Annotated[
    str, typer.Argument(metavar="FILE", help="CSV, XLSX, XML or JSON file, or the address of a database.")
]
MappingFile = Annotated[Path, typer.Argument(metavar="MAPPING", help="The mapping, a TOML file.")]
_COLUMNS = ("column", "field", "filled", "different", "samples", "dates", "split", "lang")


@app.command("new")
def new(
    context: typer.Context,
    source: SourceFile,
    office: Annotated[
        str, typer.Option("--office", help="ST.3 code of the office, such as LA; a new one is drafted.")
    ],
    right: Annotated[str, typer.Option(help=f"One of {', '.join(RIGHTS)}.")] = "trademark",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where the mapping goes; FILE.toml without it.")
    ] = None,
    sheet: Annotated[str, typer.Option(help="Sheet of a spreadsheet; the first that holds something.")] = "",
    header: Annotated[int, typer.Option(help="Row of the heading.")] = 1,
    records: Annotated[
        str, typer.Option(help="Element of XML, or array of JSON, that holds the records.")
    ] = "",
    query: Annotated[str, typer.Option(help="What to ask of a database.")] = "",
    name: Annotated[str, typer.Option(help="Name of a new office.")] = "",
    zone: Annotated[str, typer.Option(help="Time zone of a new office, such as Asia/Bangkok.")] = "UTC",
    language: Annotated[str, typer.Option(help="Language of a new office, such as en.")] = "en",
    as_json: Json = False,
) -> None:
    """Look at a source and propose a mapping: each column with its fill rate, samples and the field it seems to be.

    For an office that is not known yet, its facts are drafted in the data folder, `offices/<cc>.toml`.
    """
    if right not in RIGHTS:
        raise UsageError(f"no right {right!r}", remedy=f"use one of {', '.join(RIGHTS)}")
    told, found = _looked(context, source, sheet=sheet, header=header, records=records, query=query)
    target = output or Path(f"{_plain(source)}.toml")
    if target.exists():
        raise UsageError(f"{target} is there already", remedy="name another with -o")
    proposals = profile.proposals(found, right)
    text = drafting.mapping_text(office.upper(), right, told, found, proposals, _plain(source))
    drafted = _draft_office(context, office.upper(), name=name, zone=zone, language=language, right=right)
    target.write_text(text, encoding="utf-8")
    with lines(as_json, f"{target}: {found.records} records looked at", _COLUMNS) as out:
        for one in proposals:
            out.add({"column": one.column.name, "field": one.to, "filled": _rate(one.column.filled, found.records),
                     "different": len(one.column.texts), "samples": one.column.shown(), "dates": one.dates,
                     "split": one.split, "lang": one.lang})  # fmt: skip
    typer.echo(
        f"The mapping is {target}." + (f" The office is drafted in {drafted}." if drafted else ""), err=True
    )


@app.command("check")
def check(
    context: typer.Context, source: SourceFile, mapping_file: MappingFile, day: Day = None, full: Full = None,
    lang: Annotated[str, typer.Option(help="Language of messages and remedies.")] = "en", as_json: Json = False,
) -> None:  # fmt: skip
    """Try a mapping on a source: every finding, then the counts that `map load` would give. Writes nothing."""
    with _packed(context, source, mapping_file) as (chosen, path):
        belt.check(context, chosen.office, [path], day, full, lang, as_json)


@app.command("load")
def load(
    context: typer.Context, source: SourceFile, mapping_file: MappingFile, day: Day = None, full: Full = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Load a source by its mapping. The source and the mapping are kept; the same command goes on where it was cut
    off. Rows that do not fit their heading go to quarantine."""
    with _packed(context, source, mapping_file) as (chosen, path):
        belt.load(context, chosen.office, [path], day, full, False, as_json)


@contextmanager
def _packed(context: typer.Context, source: str, mapping_file: Path) -> Iterator[tuple[Mapping, Path]]:
    """The delivery that a source and its mapping make."""
    options = options_of(context)
    try:
        text = mapping_file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{mapping_file} cannot be read: {error.strerror}", remedy="check the path"
        ) from error
    chosen = mapping.load(text, str(mapping_file))
    with working_folder(options.path("scratch")) as folder:
        path = folder / _plain(source)
        if chosen.input.kind == "sql":
            found = database.lines_of(source, chosen.input.query, private=options.allow_private_hosts)
            mapped.pack_rows(found, text, path)
        else:
            _require_columns(Path(source), chosen, str(mapping_file))
            mapped.pack_file(Path(source), chosen, text, path)
        yield chosen, path


def _require_columns(source: Path, chosen: Mapping, place: str) -> None:
    """Raises `UsageError` where a table lacks a column that the mapping names, or has two of the name."""
    if chosen.input.kind not in ("csv", "xlsx"):
        return
    headings = [" ".join(name.split()) for name in rows.headings_of(source, chosen.input)]
    wanted = {" ".join(field.source.split()) for field in chosen.fields}
    missing, twice = sorted(wanted - set(headings)), sorted(n for n in wanted if headings.count(n) > 1)
    if missing or twice:
        told = (
            f"no column {', '.join(map(repr, missing))}"
            if missing
            else f"several columns {', '.join(map(repr, twice))}"
        )
        raise UsageError(
            f"{source}: {told}", place=place, remedy=f"the source has {', '.join(map(repr, headings))}"
        )


def _looked(
    context: typer.Context, source: str, *, sheet: str, header: int, records: str, query: str
) -> tuple[Input, profile.Profile]:  # fmt: skip
    if database.is_address(source):
        told = Input("sql", query=query)
        private = options_of(context).allow_private_hosts
        return told, looking.look_at_lines(database.lines_of(source, query, private=private))
    told = looking.with_told(looking.told_of(Path(source)), sheet=sheet, header=header, records=records)
    return told, looking.look(Path(source), told)


def _draft_office(
    context: typer.Context, code: str, *, name: str, zone: str, language: str, right: str
) -> Path | None:
    """Facts of an office that nobody knows yet; None where it is known."""
    if code in offices.codes():
        return None
    options = options_of(context)
    if len(code) != 2 or not code.isalpha() or not is_made(options):
        raise UsageError(f"no office {code!r}, and none can be drafted", remedy="run `ipregister init`; name it by its two letters of ST.3")  # fmt: skip
    path = options.path("offices") / f"{code.lower()}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        drafting.office_text(code, name or f"Office {code}", zone, language, right), encoding="utf-8"
    )
    offices.forget()
    return path


def _plain(source: str) -> str:
    """What a source is called: its file's name, or a database's without user and password; with the day of a
    database, whose address has none."""
    if database.is_address(source):
        return f"{database.name_of(source)}-{dt.datetime.now(dt.UTC).date():%Y%m%d}"
    return Path(source).name


def _rate(filled: int, records: int) -> str:
    return f"{100 * filled / records:.0f} %" if records else ""
