"""Reads an authority file: XML (the DTD's and the schema's element names), or text with one entry a line.

Nothing is guessed: a line that cannot be read is told with its place, and the others are read."""

import csv
import io
import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from ipregister.exchange.st37.entry import Entry
from ipregister.model.dates import parse
from ipregister.model.errors import UnreadableInput

ENTRIES = frozenset({"authority-file-entry", "AuthorityFileEntry"})
FIELDS = {
    "country": "office", "IPOfficeCode": "office", "PublicationOfficeCode": "office",
    "doc-number": "number", "PublicationNumber": "number",
    "kind": "kind_code", "PatentDocumentKindCode": "kind_code",
    "date": "date", "PublicationDate": "date",
    "exception-code": "exception", "ExceptionCode": "exception", "PublicationExceptionCode": "exception",
}  # fmt: skip
"""Local names of elements and the field each fills."""
ELSEWHERE = frozenset(
    {"application-reference", "priority-claims", "ApplicationIdentification", "PriorityClaimBag"}
)
"""Elements of an entry that are about another document."""
LEAST_COLUMNS, MOST_BYTES = 4, 1 << 30
_OFFICE = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


class Refused(Struct, frozen=True):
    """An entry that cannot be read: its place in the file (line or number of the element), its text, and why."""

    place: int
    text: str
    reason: str


class AuthorityFile(Struct, frozen=True):
    """What a file lists, and what of it could not be read. `places` are those of the entries in the file."""

    entries: tuple[Entry, ...]
    refused: tuple[Refused, ...]
    places: tuple[int, ...]


def read(data: bytes, name: str = "") -> AuthorityFile:
    """Read a file. Raises `UnreadableInput` where it is no authority file at all."""
    if len(data) > MOST_BYTES:
        raise UnreadableInput(
            "the file is larger than 1 GiB", place=name, remedy="give it in parts, a year each"
        )
    rows = _from_xml(data, name) if data.lstrip()[:1] == b"<" else _from_text(data, name)
    entries: list[Entry] = []
    places: list[int] = []
    refused: list[Refused] = []
    for place, found, text in rows:
        entry = _entry(found)
        if isinstance(entry, str):
            refused.append(Refused(place, text[:200], entry))
        else:
            entries.append(entry)
            places.append(place)
    if not entries and not refused:
        raise UnreadableInput(
            "no entry of an authority file", place=name, remedy="give a file in the form of ST.37"
        )
    return AuthorityFile(tuple(entries), tuple(refused), tuple(places))


Row = tuple[int, dict[str, str], str]


def _from_xml(data: bytes, name: str) -> Iterator[Row]:
    place = 0
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _event, element in events:
            if etree.QName(element).localname not in ENTRIES:
                continue
            place += 1
            yield place, _fields(element), etree.tostring(element, encoding="unicode")
            element.clear()
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(
            f"the XML cannot be read: {error}", place=name, remedy="ask for the file again"
        ) from error


def _fields(entry: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    open_elements = [entry]
    while open_elements:
        for child in open_elements.pop():
            local = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if local in ELSEWHERE:
                continue
            if local in FIELDS and child.text:
                found.setdefault(FIELDS[local], child.text.strip())
            open_elements.append(child)
    return found


def _from_text(data: bytes, name: str) -> Iterator[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput("the text is not UTF-8", place=name, remedy="save the file as UTF-8") from error
    first = text.partition("\n")[0]
    mark = max(("\t", ";", ",", "|"), key=first.count)
    for place, cells in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
        if not any(cell.strip() for cell in cells):
            continue
        named = ("office", "number", "kind_code", "date", "exception")
        found = {field: cell.strip() for field, cell in zip(named, cells, strict=False)}
        if place == 1 and not _OFFICE.fullmatch(found["office"]):
            continue
        yield place, found if len(cells) >= LEAST_COLUMNS else {}, mark.join(cells)


def _entry(found: dict[str, str]) -> Entry | str:
    """An entry, or why there is none."""
    if not found.get("office") or not found.get("number"):
        return "office, number, kind and date are needed"
    if not _OFFICE.fullmatch(found["office"]):
        return f"{found['office']!r} is no office code"
    day = found.get("date", "")
    if day:
        match = _DAY.fullmatch(day)
        iso = "-".join(match.groups()) if match else ""
        if parse(iso, "iso") != (iso, ()):
            return f"{day!r} is no date"
        day = iso
    return Entry(
        found["office"], found["number"], found.get("kind_code", ""), day, found.get("exception", "")
    )
