"""What can be read and written, and files turned from one format into another."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ipregister.commands.converting import Conversion, require_apart
from ipregister.commands.printing import Json, lines
from ipregister.commands.readings import source_of
from ipregister.commands.writing import named
from ipregister.exchange.formats import FORMATS, format_named
from ipregister.exchange.json import records
from ipregister.exchange.sources import SOURCES, source_named
from ipregister.exchange.writers import LACKS, NOTES
from ipregister.model.errors import UsageError

READ = tuple(one.name for one in SOURCES)
WRITTEN = tuple(one.name for one in FORMATS)


def formats(
    schema: Annotated[
        bool, typer.Option("--schema", help="The JSON Schema of a record, as `jsonl` writes it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List what can be read and what can be written, of which rights."""
    if schema:
        print(msgspec.json.format(msgspec.json.encode(records.schema()), indent=2).decode())
        return
    with lines(as_json, "Formats", ("format", "read", "written", "rights", "standard")) as out:
        for name in dict.fromkeys((*READ, *WRITTEN)):
            source, target = source_named(name), format_named(name)
            read, wrote = source.rights if source else (), target.rights if target else ()
            out.add({"format": name, "read": bool(source), "written": bool(target),
                     "lacks": LACKS.get(name, {}), "notes": NOTES.get(name, {}), "rights": sorted({*read, *wrote}), "read_rights": list(read), "written_rights": list(wrote),
                     "standard": source.standard if source else target.standard if target else ""})  # fmt: skip
    if not out.plain:
        for name, told in (*LACKS.items(), *NOTES.items()):
            for right, why in told.items():
                print(f"{name}, {right}: {why}.")


def convert(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="A delivery or a single record.")
    ],
    to: Annotated[str, typer.Option("--to", help=f"One of {', '.join(WRITTEN)}.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", callback=named, help="Write to this file; else to stdout."),
    ] = None,
    told: Annotated[
        str, typer.Option("--from", help=f"The file's format, where it must be that: {', '.join(READ)}.")
    ] = "",
    office_code: Annotated[
        str, typer.Option("--office", help="Office of the file, where it does not state it.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Turn a file into another format, whole records with what is not public. Needs no register.

    A file of several rights gives a file for each form that the format has: OUT.xml for the first right, and
    OUT.design.xml and so on beside it.
    Exit code 1: some records cannot be read, or the format has no form for their right; they are told on stderr.
    A record that names an office which is not known goes out, and is told on stderr. `loss` tells what each record lost.
    """
    target = format_named(to)
    if target is None:
        raise UsageError(f"no format {to!r} is written", remedy=f"use one of {', '.join(WRITTEN)}")
    _require(file, told, office_code)
    if output is not None:
        require_apart(file, output)
    conversion = Conversion(file, office_code, target)
    made = conversion.written(output)
    if output is not None:
        with lines(as_json, "Converted") as out:
            for one in made:
                out.add({"file": str(one.file), "format": to, "rights": list(one.rights), "records": one.records,
                         "refused": conversion.refused})  # fmt: skip
    raise typer.Exit(1 if conversion.refused else 0)


def _require(file: Path, told: str, code: str) -> None:
    """Raises `UsageError` where a file is not of the format that was told."""
    if not told:
        return
    if not any(_is(name, told) for name in READ):
        raise UsageError(f"no format {told!r} is read", remedy=f"use one of {', '.join(READ)}")
    found = source_of(file, code)
    if file.is_file() and found is not None and not _is(found.name, told):
        raise UsageError(f"{file} is {found.name}, not {told}", remedy=f"--from {found.name}")


def _is(name: str, told: str) -> bool:
    """Whether a shape is what was told: `st96` is every shape of ST.96."""
    return name == told or name.startswith(f"{told}-")
