"""What offices declare: lists of published numbers (ST.37), and totals by right, year and stage.

Each stands in `DATA/declarations/<CC>/` as it came, beside what was read of it. A declaration says who signed
it for the office and on what day; without that it is a draft, and the ledger says so. A draft that names no source (a
gazette, a letter) counts for nothing until it is signed. Of a right and stage the latest holds, and a signed one before
every draft. A signed one is never changed or taken away: a later one takes its place.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from ipregister.exchange.st37.entry import Entry
from ipregister.exchange.st37.reader import AuthorityFile, Refused, read
from ipregister.model.errors import NotFound, UnreadableInput, UsageError
from ipregister.model.offices import office
from ipregister.model.record import RIGHTS
from ipregister.publication.completeness.listed import identity
from ipregister.publication.completeness.totals import COLUMNS, Stage, Total, is_table, read_totals
from ipregister.publication.files import write_whole

FOLDER = "declarations"


class Declaration(Struct, frozen=True):
    """One declaration. `numbers` belong to `right` and `stage`; a table of totals names both in each line.
    `received` is the time it was taken in (ISO 8601), `signed_by` who signed it for the office, `signed_on` the day
    (at the office) on which it was signed, `source` where it comes from
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
    signed_on: str = ""

    @property
    def holds(self) -> bool:
        """Whether the register is held against it: somebody signed it, or it says where it comes from."""
        return bool(self.signed_by or self.source)


class Said(Struct, frozen=True):
    """What is said about a file that is taken in."""

    office: str
    right: str = ""
    stage: Stage = "publications"
    signed_by: str = ""
    source: str = ""


def take(data: Path, content: bytes, name: str, said: Said, now: dt.datetime) -> Declaration:
    """Take the content of a file in and keep it. Raises `UnreadableInput`, `UsageError`."""
    digest = hashlib.sha256(content).hexdigest()
    refused: tuple[Refused, ...] = ()
    numbers: tuple[Entry, ...] = ()
    totals: tuple[Total, ...] = ()
    if is_table(content):
        totals, refused = read_totals(content, name)
    else:
        if said.right not in RIGHTS:
            raise UsageError("a list of numbers needs its right", remedy=f"give --right: {', '.join(RIGHTS)}")
        found = read(content, name)
        numbers, refused = _of_office(found, said.office)
    if not numbers and not totals:
        raise UnreadableInput("nothing is declared in it", place=name, remedy=_remedy(refused))
    made = Declaration(
        said.office, digest, name, now.isoformat(), said.right, said.stage, numbers, totals, refused, source=said.source
    )  # fmt: skip
    _keep(data, made, content)
    return sign(data, said.office, digest, said.signed_by, now) if said.signed_by else made


def _remedy(refused: tuple[Refused, ...]) -> str:
    if not refused:
        return f"give a list of numbers, or a table with {','.join(COLUMNS)}"
    return f"line {refused[0].place}: {refused[0].reason}"


def sign(data: Path, code: str, digest: str, name: str, now: dt.datetime) -> Declaration:
    """Sign a draft for its office, with a name and today's day there. Raises `NotFound`, `UsageError`."""
    one = _draft(data, code, digest)
    if not name.strip():
        raise UsageError("nobody signs", remedy="give a name")
    signed = msgspec.structs.replace(one, signed_by=" ".join(name.split()), signed_on=_day(code, now))
    write_whole(_place(data, code, digest), msgspec.json.encode(signed))
    return signed


def discard(data: Path, code: str, digest: str) -> Declaration:
    """Take a draft away. Raises `NotFound`, `UsageError`."""
    one = _draft(data, code, digest)
    _place(data, code, digest).unlink()
    _place(data, code, digest).with_suffix(".raw").unlink(missing_ok=True)
    return one


def _draft(data: Path, code: str, digest: str) -> Declaration:
    found = next((one for one in declared(data, code) if one.digest == digest), None)
    if found is None:
        raise NotFound("there is no such declaration of this office")
    if found.signed_by:
        raise UsageError("this declaration is signed already", remedy="declare anew; the later one holds")
    return found


def _place(data: Path, code: str, digest: str) -> Path:
    return data / FOLDER / code / f"{digest}.json"


def _day(code: str, now: dt.datetime) -> str:
    return now.astimezone(ZoneInfo(office(code).zone)).date().isoformat()


def _of_office(found: AuthorityFile, office: str) -> tuple[tuple[Entry, ...], tuple[Refused, ...]]:
    """The entries of an office, each number of a kind of document once, in whatever spelling; and what is refused."""
    mine: dict[tuple[str, str], tuple[int, Entry]] = {}
    refused = list(found.refused)
    for place, one in zip(found.places, found.entries, strict=True):
        name = identity(one.number, office), one.kind_code
        reason = f"of office {one.office}, not {office}" if one.office != office else ""
        if not reason and name in mine:
            reason = f"listed twice: {mine[name][1].number} at {mine[name][0]} holds"
        if reason:
            text = " ".join(filter(None, (one.office, one.number, one.kind_code, one.date)))
            refused.append(Refused(place, text, reason))
        else:
            mine[name] = place, one
    return tuple(one for _place, one in mine.values()), tuple(refused)


def _keep(data: Path, made: Declaration, content: bytes) -> None:
    if any(one.signed_by for one in declared(data, made.office) if one.digest == made.digest):
        raise UsageError("the same is declared and signed already", remedy="change what has changed")
    place = _place(data, made.office, made.digest)
    write_whole(place.with_suffix(".raw"), content)
    write_whole(place, msgspec.json.encode(made))


def declared(data: Path, office: str) -> list[Declaration]:
    """All declarations of an office, the one that holds last: drafts before signed ones, then the older first."""
    found = [
        msgspec.json.decode(path.read_bytes(), type=Declaration)
        for path in (data / FOLDER / office).glob("*.json")
    ]
    return sorted(found, key=lambda one: (bool(one.signed_by), one.signed_on, one.received, one.digest))


def list_that_holds(said: Sequence[Declaration], right: str, stage: Stage) -> Declaration | None:
    """The list of numbers that holds of a right and stage, among declarations in the order of `declared`."""
    listed = [one for one in said if one.holds and one.numbers and (one.right, one.stage) == (right, stage)]
    return listed[-1] if listed else None
