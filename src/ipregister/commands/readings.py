"""The records of a file, read without a register, under the office that the file states."""

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
from msgspec import Struct

from ipregister.capture import readers
from ipregister.capture.cutting import Cutters
from ipregister.capture.delivery import open_delivery
from ipregister.capture.kept import Kept
from ipregister.capture.limits import USUAL
from ipregister.capture.members import Source as Member
from ipregister.capture.saved_as import require_bare_zip
from ipregister.capture.slices import Slice
from ipregister.exchange.formats import day_of_remark
from ipregister.exchange.json import records
from ipregister.exchange.sources import Source, recognise
from ipregister.intake.elsewhere import ELSEWHERE, mismatch
from ipregister.model.errors import NotFound, UnreadableInput, UsageError
from ipregister.model.evidence import Reading
from ipregister.model.finding import Finding
from ipregister.model.numbers import key_of
from ipregister.model.offices import Office, codes, office
from ipregister.model.record import Record
from ipregister.quality.checks.numbers import OFFICE

_CARRIED = re.compile(rb"\bpointer=\"/office\"[^>]*>([A-Z]{2})<")
"""The office that a document of ours carries, where the standard has no code for it."""
_STATED = (
    re.compile(rb"<(?:\w+:)?(?:RegistrationOfficeCode|IPOfficeCode|OfficeCode)[^>]*>\s*([A-Z]{2})\s*<"),
    re.compile(rb"\"office\":\s*\"([A-Z]{2})\""),
    re.compile(rb"<(?:\w+:)?GI(?:Application|Data)\s[^>]*\bofficeCode=\"([A-Z]{2})\""),
    _CARRIED,
    re.compile(
        rb"<(?:\w+:)?(?:[a-z-]+-document|PatentDocumentAndRelated|jp-official-gazette)\s[^>]*\bcountry=\"([A-Z]{2})\""
    ),
)
_ODD = re.compile(r"[^\w.]+")
_HEAD = 1 << 20
_REMARK = 1 << 14
"""The longest remark before a record that is looked for."""
_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_HOMES = {"uspto": "US", "eambrosia": "EU", "st36": "EP", "hague": "WO"}
"""Whose records the documents of a shape are where they do not say it."""


class FileRecord(NamedTuple):
    """A record of a file: its key (its file's name and its place there where it has none), its bytes, what is read of
    them, the day of its data where a file of ours tells it."""

    name: str
    raw: bytes
    reading: Reading
    office: Office
    data_day: str = ""


def readings(file: Path, code: str = "") -> Iterator[FileRecord]:
    """Every record of a delivery, those that cannot be read included, each under the office that it names; a finding
    tells one that names an office which is not known. `code` is the office of those that do not state it. Raises
    `UnreadableInput`, and `UsageError` for an office that is not known."""
    facts = office_of(file, code)
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_delivery(file, facts, scratch=Path(scratch)) as delivery,
        delivery.container.open("rb") as container,
    ):
        days = _Days(container)
        for one in delivery.slices():
            own, reading = facts, readers.read(one, facts, delivery.mapped)
            named = "" if delivery.mapped else _own(reading, facts) or _named(reading, facts)
            if not (named or code or delivery.mapped):
                named = _stated(one.data, reading, facts)
            if named:
                own = office(named)
                reading = readers.read(one, own, delivery.mapped)
            record = reading.record
            wrong = mismatch(one.data, record, own) if record else None
            if wrong:
                reading = msgspec.structs.replace(reading, findings=(*reading.findings, wrong))
            keyed = key_of(record, own) if record and record.office == own.code else None
            name = keyed.key if keyed else _place(one, file)
            yield FileRecord(name, one.data, reading, own, days.of(one))


def mismatch_of(reading: Reading) -> Finding | None:
    """The finding that a record names an office that it is not read for."""
    return next((one for one in reading.findings if one.code in (OFFICE.code, ELSEWHERE)), None)


class _Days:
    """The days of the data of a file's records, as files of ours tell them: in the line, or in the remark before a record."""

    def __init__(self, container: BinaryIO) -> None:
        self._kept = Kept(container)
        self._end = ("", 0)

    def of(self, one: Slice) -> str:
        """The day of a slice, which are asked for in their order; empty where nothing tells it."""
        member, end = self._end
        self._end = one.member, one.offset + one.length
        if one.data[:1] in (b"{", b"["):
            return records.data_day(one.data)
        if not one.offset:
            return day_of_remark(one.data[:_REMARK])
        start = max(end if member == one.member else 0, one.offset - _REMARK)
        return day_of_remark(self._kept.read_member(one.member, start, one.offset - start))


def read_back(file: bytes, facts: Office) -> Record | None:
    """The record of a file that was written, cut and read as `convert` and `load` do; None where they find none in it,
    or more than one."""
    member = Member("", len(file), lambda: file, lambda: iter((file,)))
    pieces = list(Cutters(facts, USUAL, lambda code, value, arguments: None).pieces(member))
    if len(pieces) != 1:
        return None
    one = pieces[0]
    return readers.read(
        Slice(0, "", one.offset, one.length, one.data, one.problem, (), one.source), facts
    ).record


def _place(one: Slice, file: Path) -> str:
    """What a piece without a number is called: by its file, and its place in the delivery. It may name a file."""
    inside = re.split(r"[/\\!]", one.member)[-1] or file.name
    number = f"-{one.index + 1}" if one.member or one.index else ""
    return _ODD.sub("-", inside).strip("-.") + number


def _own(reading: Reading, facts: Office) -> str:
    """The office that a document makes its record one of, whatever office was told for the file; empty where it is that."""
    own = reading.record.office if reading.record is not None else facts.code
    return own if own != facts.code and own in codes() else ""


def _named(reading: Reading, facts: Office) -> str:
    """The office that a record names, where it is known and another one than it was read for."""
    record = reading.record
    if record is None:
        return ""
    said = [
        kept.text.strip().upper()
        for kept in record.kept
        if (kept.field, kept.reason) == ("/office", "unknown-code")
    ]
    return next((one for one in said if one != facts.code and one in codes()), "")


def _stated(data: bytes, reading: Reading, facts: Office) -> str:
    """The office that the bytes of a record carry, or state where it could not be read as one of another office."""
    said = [found[1].decode()] if (found := _CARRIED.search(data)) else []
    if reading.record is None and not said:
        said = _of_line(data) or [
            found[1].decode() for one in _STATED if (found := one.search(data, 0, _HEAD))
        ]
    return next((one for one in said if one != facts.code and one in codes()), "")


class _Line(Struct):
    """What a line of JSON says of itself."""

    office: str


def _of_line(data: bytes) -> list[str]:
    if data.lstrip()[:1] != b"{":
        return []
    try:
        return [msgspec.json.decode(data, type=_Line).office]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return []


def head_of(file: Path) -> bytes:
    """The beginning of a file, of a zip that of its first document; none of a folder."""
    if not file.is_file():
        if file.exists() and not file.is_dir():
            raise UnreadableInput(
                "is no file, and is read more than once", place=str(file), remedy="save it as a file"
            )
        return b""
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError as error:
        raise UnreadableInput(
            f"cannot be read: {error.strerror}", place=str(file), remedy="check the path"
        ) from error
    return _first_inside(file) if head[:4] == _ZIP else head


def _first_inside(file: Path) -> bytes:
    try:
        with zipfile.ZipFile(file) as packed:
            names = [name for name in packed.namelist() if name.lower().endswith((".xml", ".json", ".jsonl"))]
            with packed.open(names[0]) if names else io.BytesIO() as opened:
                return opened.read(_HEAD)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):  # opening the delivery tells it
        return b""


def source_of(file: Path, code: str) -> Source | None:
    """The shape that a file tells of itself."""
    return readers.source_of(head_of(file), office_of(file, code))


def office_of(file: Path, code: str) -> Office:
    """The office that is told, or that the file states, or its name begins with."""
    head = head_of(file)
    stated = _of_line(head.partition(b"\n")[0])
    stated += [found[1].decode() for pattern in _STATED for found in pattern.finditer(head)]
    known = [one for one in stated if one in codes()]
    shape = recognise(head)
    home = _HOMES.get(shape.name, "") if shape and not stated else ""
    try:
        return office(code or (known or stated or [home or file.name[:2]])[0])
    except NotFound as error:
        if code:
            whose = f"; the file's own form is that of {home}" if home else ""
            remedy = f"use --office {home}" if home else f"use one of {', '.join(codes())}"
            raise UsageError(f"{file}: no office {code!r} is known{whose}", remedy=remedy) from error
        _require_readable(file, head)
        raise UsageError(f"{file}: the office is not known", remedy="name it with --office") from error


def _require_readable(file: Path, head: bytes) -> None:
    """Raises `UnreadableInput` for a file that is not there, or holds nothing that any office could have sent."""
    if not file.exists():
        raise UnreadableInput("no such file or folder", place=str(file), remedy="check the path")
    if not file.is_file() or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if not head.strip():
        raise UnreadableInput(
            "cannot be read: there is nothing in it", place=str(file), remedy="check the file"
        )
    require_bare_zip(file, head)
    if b"\0" in head and not head.startswith(_OLD_WORKBOOK):
        raise UnreadableInput(
            "cannot be read: it is neither text nor a workbook", place=str(file), remedy="check the file"
        )
