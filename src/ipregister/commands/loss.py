"""What of a file's records survives the way into another format and back."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ipregister.capture import readers
from ipregister.capture.delivery import open_delivery
from ipregister.commands.printing import Json, lines
from ipregister.exchange.trip import TARGETS, follow
from ipregister.model.errors import NotFound, UnreadableInput, UsageError
from ipregister.model.evidence import Reading
from ipregister.model.numbers import key_of
from ipregister.model.offices import Office, office

_STATED = re.compile(rb"<(?:\w+:)?RegistrationOfficeCode[^>]*>\s*([A-Z]{2})\s*<")
_HEAD = 1 << 20


def loss(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Deliveries or single records.")],
    to: Annotated[str, typer.Option("--to", help=f"One of {', '.join(TARGETS)}.")] = "st96",
    office_code: Annotated[
        str, typer.Option("--office", help="Office of the files, where they do not state it.")
    ] = "",
    as_lines: Json = False,
) -> None:
    """Follow the texts of each record into another format and back: a line a record.

    `in` are the distinct texts of the source, `out` those that the written document holds, `back` those that
    come back when it is read (none for a format without a reader), `missing` those that did not arrive.
    The records are read whole, with what is not public. Needs no register.
    """
    if to not in TARGETS:
        raise UsageError(
            f"no format {to!r} to follow records into", remedy=f"use one of {', '.join(TARGETS)}"
        )
    unread: list[Path] = []
    with lines(as_lines, f"Loss to {to}", ("record", "in", "out", "back", "missing")) as rows:
        for file in files:
            read = 0
            for name, raw, reading, facts in _records(file, office_code):
                read += reading.record is not None
                found = follow(raw, reading, facts, to)
                rows.add(
                    {"record": name, "in": found.source, "out": found.out, "back": found.back,
                     "missing": list(found.missing), **({"refusal": reading.refusal} if reading.refusal else {})}
                )  # fmt: skip
            unread += [file] if not read else []
    if unread:
        raise UnreadableInput("no record in it can be read", place=str(unread[0]), remedy="check the file")


def _records(file: Path, code: str) -> Iterator[tuple[str, bytes, Reading, Office]]:
    head = b""
    if file.is_file():
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    facts = _office(file, head, code)
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_delivery(file, facts, scratch=Path(scratch)) as delivery,
    ):
        for one in delivery.slices():
            reading = readers.read(one, facts)
            yield _name(reading, facts, file), one.data, reading, facts


def _office(file: Path, head: bytes, code: str) -> Office:
    stated = _STATED.search(head)
    found = code or (stated[1].decode() if stated else "") or file.name[:2]
    try:
        return office(found)
    except NotFound as error:
        raise UsageError(f"{file}: the office is not known", remedy="name it with --office") from error


def _name(reading: Reading, facts: Office, file: Path) -> str:
    keyed = key_of(reading.record, facts) if reading.record else None
    return keyed.key if keyed else file.name
