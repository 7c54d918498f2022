"""What of a file's records survives the way into another format and back."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from lxml import etree

from ipregister.capture import readers
from ipregister.capture.delivery import open_delivery
from ipregister.capture.slices import Slice
from ipregister.commands.printing import Json, lines
from ipregister.exchange import st96
from ipregister.exchange.trip import TARGETS, follow
from ipregister.exchange.xml.slices import MAX_BYTES, parse
from ipregister.model.errors import NotFound, UnreadableInput, UsageError
from ipregister.model.evidence import Reading
from ipregister.model.numbers import key_of
from ipregister.model.offices import Office, office

_STATED = re.compile(rb"<(?:\w+:)?RegistrationOfficeCode[^>]*>\s*([A-Z]{2})\s*<")
_ST96 = re.compile(rb"<(?:\w+:)?Trademark(?:Application|Bag|Transaction|TransactionBody)?[\s>]")
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
    with lines(as_lines, f"Loss to {to}", ("record", "in", "out", "back", "missing")) as rows:
        for file in files:
            for name, raw, reading, facts in _records(file, office_code):
                found = follow(raw, reading, facts, to)
                rows.add(
                    {"record": name, "in": found.source, "out": found.out, "back": found.back,
                     "missing": list(found.missing), **({"refusal": reading.refusal} if reading.refusal else {})}
                )  # fmt: skip


def _records(file: Path, code: str) -> Iterator[tuple[str, bytes, Reading, Office]]:
    head = b""
    if file.is_file():
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    facts = _office(file, head, code)
    if _ST96.search(head[:4096]):
        for raw in _documents(file):
            reading = st96.read(raw, facts)
            yield _name(reading, facts, file), raw, reading, facts
        return
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_delivery(file, facts, scratch=Path(scratch)) as delivery,
    ):
        for one in delivery.slices():
            reading = _read(one, facts)
            yield _name(reading, facts, file), one.data, reading, facts


def _read(one: Slice, facts: Office) -> Reading:
    return readers.read(one, facts)


def _documents(file: Path) -> Iterator[bytes]:
    """The trademarks of a file of ST.96, each as a document of its own where there are several."""
    raw = file.read_bytes()
    parsed = parse(raw, limit=max(len(raw), MAX_BYTES))
    if parsed.root is None:
        raise UnreadableInput(f"cannot be read ({parsed.refusal})", place=str(file), remedy="check the file")
    found = list(parsed.root.iter("{*}Trademark"))
    if len(found) < 2:
        yield raw
        return
    for one in found:
        yield etree.tostring(one, encoding="utf-8", with_tail=False)


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
