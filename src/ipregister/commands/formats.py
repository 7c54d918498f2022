"""What can be read and written, and files turned from one format into another."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ipregister.commands.printing import Json, lines
from ipregister.commands.readings import FileRecord, readings, source_of
from ipregister.commands.writing import written
from ipregister.exchange.formats import FORMATS, Item, format_named
from ipregister.exchange.json import records
from ipregister.exchange.sources import SOURCES, source_named
from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.model.record import right_of

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
                     "rights": sorted({*read, *wrote}), "read_rights": list(read), "written_rights": list(wrote),
                     "standard": source.standard if source else target.standard if target else ""})  # fmt: skip


def convert(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A delivery or a single record.")],
    to: Annotated[str, typer.Option("--to", help=f"One of {', '.join(WRITTEN)}.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file; else to stdout.")
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

    Exit code 1: some records cannot be read, and are told on stderr. `loss` tells what each record lost.
    """
    target = format_named(to)
    if target is None:
        raise UsageError(f"no format {to!r} is written", remedy=f"use one of {', '.join(WRITTEN)}")
    _require(file, told, office_code)
    source = _Converted(file, office_code)
    first = next(source, None)
    if first is None:
        raise UnreadableInput(
            "no record in it can be read", place=str(file), remedy="check the file and --from"
        )
    right = right_of(first.record)
    source.begin_again(first)
    written(target, source, right, output)
    if output is not None:
        with lines(as_json, "Converted") as out:
            out.add({"file": str(output), "format": to, "records": source.read, "refused": source.refused})
    raise typer.Exit(1 if source.refused else 0)


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


class _Converted(Iterator[Item]):
    """The records of a file as items to write; what cannot be read is told and counted."""

    def __init__(self, file: Path, code: str) -> None:
        self._found: Iterator[FileRecord] = readings(file, code)
        self._first: Item | None = None
        self.read = self.refused = 0

    def begin_again(self, first: Item) -> None:
        """Give this one once more."""
        self._first = first

    def __next__(self) -> Item:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        for name, _, reading, facts in self._found:
            if reading.record is not None:
                self.read += 1
                return Item(name, reading.record, facts)
            self.refused += 1
            print(f"{name}: {reading.refusal} {reading.refusal_detail}".rstrip(), file=sys.stderr)
        raise StopIteration
