"""What offices declare: lists of published numbers (ST.37), and totals by right, year and stage.

Each stands in `DATA/declarations/<CC>/` as it came, beside what was read of it. A declaration says who signed
it for the office; without that it is a draft, and the ledger says so. Of a right and stage the latest holds,
and a signed one before every draft.
"""

import csv
import datetime as dt
import hashlib
import io
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from ipregister.exchange.st37.entry import Entry
from ipregister.exchange.st37.reader import Refused, read
from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.model.record import RIGHTS
from ipregister.publication.files import write_whole

FOLDER = "declarations"
Stage = Literal["applications", "publications", "registrations"]
STAGES: tuple[Stage, ...] = ("applications", "publications", "registrations")
COLUMNS = ("right", "stage", "year", "total")
"""Heading of a table of totals."""


class Total(Struct, frozen=True, gc=False):
    """So many of a right reached a stage in a year, as the office counts."""

    right: str
    stage: Stage
    year: str
    total: int


class Declaration(Struct, frozen=True):
    """One declaration. `numbers` belong to `right` and `stage`; a table of totals names both in each line.
    `received` is the time it was taken in (ISO 8601), `signed_by` who signed it for the office, `source` where it comes from
    (a gazette, a letter), `digest` the SHA-256 of the file."""

    office: str
    digest: str
    name: str
    received: str
    right: str = ""
    stage: Stage = "publications"
    numbers: tuple[Entry, ...] = ()
    totals: tuple[Total, ...] = ()
    refused: tuple[Refused, ...] = ()
    signed_by: str = ""
    source: str = ""


class Said(Struct, frozen=True):
    """What is said about a file that is taken in."""

    office: str
    right: str = ""
    stage: Stage = "publications"
    signed_by: str = ""
    source: str = ""


def take(data: Path, path: Path, said: Said, now: dt.datetime) -> Declaration:
    """Take a file in and keep it. Raises `UnreadableInput`, `UsageError`."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    refused: tuple[Refused, ...] = ()
    numbers: tuple[Entry, ...] = ()
    totals: tuple[Total, ...] = ()
    if _is_table(content):
        totals, refused = _totals(content, path.name)
    else:
        if said.right not in RIGHTS:
            raise UsageError("a list of numbers needs its right", remedy=f"give --right: {', '.join(RIGHTS)}")
        found = read(content, path.name)
        numbers, refused = _of_office(found.entries, found.refused, said.office)
    made = Declaration(
        said.office, digest, path.name, now.isoformat(), said.right, said.stage, numbers, totals, refused,
        said.signed_by, said.source,
    )  # fmt: skip
    _keep(data, made, content)
    return made


def _is_table(content: bytes) -> bool:
    first = content.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].strip().lower()
    return first.replace(b";", b",").replace(b"\t", b",") == ",".join(COLUMNS).encode()


def _totals(content: bytes, name: str) -> tuple[tuple[Total, ...], tuple[Refused, ...]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            "the table is not UTF-8", place=name, remedy="save it as CSV in UTF-8"
        ) from error
    mark = max((",", ";", "\t"), key=text.partition("\n")[0].count)
    totals: list[Total] = []
    refused: list[Refused] = []
    for place, cells in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
        if place == 1 or not any(cells):
            continue
        reason = _wrong(cells)
        if reason:
            refused.append(Refused(place, mark.join(cells), reason))
            continue
        right, stage, year, total = (cell.strip() for cell in cells)
        totals.append(Total(right, msgspec.convert(stage, Stage), year, int(total)))
    return tuple(totals), tuple(refused)


def _wrong(cells: list[str]) -> str:
    if len(cells) != len(COLUMNS):
        return f"{len(cells)} cells instead of {len(COLUMNS)}"
    right, stage, year, total = (cell.strip() for cell in cells)
    if right not in RIGHTS:
        return f"{right!r} is no right"
    if stage not in STAGES:
        return f"{stage!r} is none of {', '.join(STAGES)}"
    if not (year.isascii() and year.isdigit() and len(year) == len("2026")):
        return f"{year!r} is no year"
    return "" if total.isascii() and total.isdigit() else f"{total!r} is no number"


def _of_office(
    entries: tuple[Entry, ...], refused: tuple[Refused, ...], office: str
) -> tuple[tuple[Entry, ...], tuple[Refused, ...]]:
    mine = tuple(one for one in entries if one.office == office)
    others = tuple(
        Refused(0, f"{one.office} {one.number} {one.kind_code}", f"of office {one.office}, not {office}")
        for one in entries if one.office != office
    )  # fmt: skip
    return mine, (*refused, *others)


def _keep(data: Path, made: Declaration, content: bytes) -> None:
    folder = data / FOLDER / made.office
    write_whole(folder / f"{made.digest}.raw", content)
    write_whole(folder / f"{made.digest}.json", msgspec.json.encode(made))


def declared(data: Path, office: str) -> list[Declaration]:
    """All declarations of an office, the one that holds last: drafts before signed ones, then the older first."""
    found = [
        msgspec.json.decode(path.read_bytes(), type=Declaration)
        for path in (data / FOLDER / office).glob("*.json")
    ]
    return sorted(found, key=lambda one: (bool(one.signed_by), one.received, one.digest))
