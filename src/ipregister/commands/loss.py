"""What of a file's records survives the way into another format and back."""

from pathlib import Path
from typing import Annotated

import typer

from ipregister.commands.printing import Json, Lines, lines
from ipregister.commands.readings import mismatch_of, read_back, readings
from ipregister.exchange.trip import TARGETS, follow
from ipregister.model.errors import RegisterError, UnreadableInput, UsageError
from ipregister.model.evidence import Reading

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", readable=False, help="Deliveries or single records.")
]


def loss(
    files: Files,
    to: Annotated[str, typer.Option("--to", help=f"One of {', '.join(TARGETS)}.")] = "st96",
    office_code: Annotated[
        str, typer.Option("--office", help="Office of the files, where they do not state it.")
    ] = "",
    as_lines: Json = False,
) -> None:
    """Follow the texts of each record into another format and back: a line a record.

    `in` are the distinct texts of the source, `out` those that the written file holds, `back` those that come back
    when it is cut and read as `convert` and `load` do (none for a format without a reader), `missing` those that did not
    arrive.
    A record whose right the format has no form for says so (`refusal`: `format-lacks-right`). One that names an office
    which is not known, or none that the file is of, says so, too (`finding`: `office-mismatch`, `office`: what it names).
    Of a record that cannot be read all texts are missing (`refusal` says why; exit code 1).
    A file that cannot be read (exit code 3), or whose office is not known (2), is told on stderr after the lines of the
    others.
    The records are read whole, with what is not public. Needs no register.
    """
    if to not in TARGETS:
        raise UsageError(
            f"no format {to!r} to follow records into", remedy=f"use one of {', '.join(TARGETS)}"
        )
    wrong: list[RegisterError] = []
    unread = 0
    with lines(as_lines, f"Loss to {to}", ("record", "in", "out", "back", "missing")) as rows:
        for file in files:
            try:
                unread += _follow(file, to, office_code, rows)
            except (UnreadableInput, UsageError) as error:
                wrong.append(error)
    for other in wrong[1:]:
        typer.echo(f"ipregister: {other}", err=True)
    if wrong:
        raise wrong[0]
    if unread:
        raise typer.Exit(1)


def _follow(file: Path, to: str, office_code: str, rows: Lines) -> int:
    """A line for each piece of a file; how many records could not be read. Raises `UnreadableInput` where none could."""
    read = refused = 0
    for name, raw, reading, facts, _ in readings(file, office_code):
        read += reading.record is not None
        refused += reading.record is None
        found = follow(raw, reading, facts, to, read_back)
        rows.add({"record": name, "in": found.source, "out": found.out, "back": found.back,
                  "missing": list(found.missing), **_refused(reading.refusal, found.lacks), **_told(reading)})  # fmt: skip
    if not read:
        raise UnreadableInput("no record in it can be read", place=str(file), remedy="check the file")
    return refused


def _refused(code: str, lacks: str) -> dict[str, str]:
    """Why a record did not go out."""
    return {"refusal": "format-lacks-right", "right": lacks} if lacks else {"refusal": code} if code else {}


def _told(reading: Reading) -> dict[str, str]:
    """That a record names an office which is not the one it was read for."""
    wrong = mismatch_of(reading)
    return {"finding": wrong.code, "office": wrong.value} if wrong else {}
