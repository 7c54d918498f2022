"""Lists of names to be cleared: a column of a spreadsheet or of a CSV or text file, with classes and applicants in others."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from ipregister.desk.list_faults import BadList, Fault, UnreadableList
from ipregister.desk.list_headings import Columns, headed_by
from ipregister.exchange.mapped import encodings, workbooks
from ipregister.model.errors import UnreadableInput
from ipregister.model.mark import NICE_CLASSES
from ipregister.search.similarity.names import has_letters

MOST_NAMES, LONGEST = 1_000, 200
READ_AS = "read-as"
"""The finding on a list that does not say how its letters are written: argument is the encoding that was found."""
OTHER_SHEETS = "other-sheets"
"""The finding on a workbook with more sheets than the one that was read: argument are their names."""
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: XLSX, and XLS of old programs."""
_FAULT = re.compile(r"#(?:REF!|DIV/0!|NAME\?|VALUE!|N/A|NULL!|NUM!)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?")
_NO_LIST = re.compile(rb"\s*(?:%PDF|\x89PNG|\xff\xd8\xff|GIF8|<!doctype|<html|<table|<\?xml)", re.IGNORECASE)
"""How files begin that are neither a workbook nor a text of rows."""
_SEPARATOR = re.compile(r"sep=(.)\r?\n?")
"""The first line by which a spreadsheet program is told what stands between cells."""
Row = tuple[int, Sequence[str], Iterable[int]]
"""A row: its number from 1, its cells, and the columns (from 1) with a formula that nobody has calculated."""


class Listed(Struct, frozen=True):
    """One name of a list with its classes and applicant, and the row it stands in (from 1)."""

    name: str
    row: int
    classes: tuple[int, ...] = ()
    applicant: str = ""


class NameList(Struct, frozen=True):
    """A list as it was read; `findings` are codes with arguments of what a person should look at."""

    names: tuple[Listed, ...]
    findings: tuple[tuple[str, str], ...] = ()


def read_names(content: bytes) -> NameList:
    """The names of an XLSX, XLS, CSV or text file. Raises `UnreadableList` and `BadList`.

    A first row that names a column of names or of classes (in the languages of the region) is a heading, and may name
    one of applicants; without one the names stand in the first column and their classes in the second. Of a workbook the
    first sheet is read that is shown and holds something. Empty rows are passed over; what is no class, no name, or a
    formula without a value is refused with its row, never left out; all such rows are told at once."""
    rows: Iterable[Row]
    if content.startswith(_SHEETS):
        rows, others = _sheet(content)
        findings = ((OTHER_SHEETS, others),) if others else ()
    elif _NO_LIST.match(content):
        raise UnreadableList(Fault("no-list"))
    else:
        rows, encoding = _lines(content)
        findings = ((READ_AS, encoding),) if encoding else ()
    found: list[Listed] = []
    faults: list[Fault] = []
    for one in _listed(rows):
        if isinstance(one, Fault):
            faults.append(one)
        else:
            found.append(one)
        if len(found) + len(faults) > MOST_NAMES:
            raise BadList(Fault("too-many", argument=str(MOST_NAMES)))
    if faults or not found:
        raise BadList(*(faults or [Fault("empty")]))
    return NameList(tuple(found), findings)


def _listed(rows: Iterable[Row]) -> Iterator[Listed | Fault]:
    columns = Columns()
    for number, row, formulas in rows:
        cells = [" ".join(cell.split()) for cell in row]
        if number == 1 and (headed := headed_by(cells)):
            if headed.name is None:
                yield Fault("no-names-column", number, ", ".join(filter(None, cells))[:LONGEST])
                return
            columns = headed
            continue
        if any("\n" in cell.strip() for place, cell in enumerate(row) if place in columns.read):
            yield Fault("lines", number)
            continue
        if any(column - 1 in columns.read for column in formulas):
            yield Fault("formula", number)
            continue
        name, classes, applicant = (
            cells[place] if place is not None and place < len(cells) else ""
            for place in (columns.name, columns.classes, columns.applicant)
        )
        if name or classes or applicant:
            yield _one(name, classes, applicant, number)


def _one(name: str, classes: str, applicant: str, row: int) -> Listed | Fault:
    if not name:
        return Fault("no-name", row)
    for text in (name, classes, applicant):
        if _FAULT.fullmatch(text):
            return Fault("fault", row, text)
    if max(len(name), len(applicant)) > LONGEST:
        return Fault("long", row, str(LONGEST))
    if _DAY.fullmatch(name):
        return Fault("day", row, name)
    if not has_letters(name):
        return Fault("no-letters", row, name)
    numbers = _classes(classes)
    if numbers is None:
        return Fault("no-class", row, classes[:LONGEST])
    return Listed(name, row, numbers, applicant)


def _sheet(content: bytes) -> tuple[Iterator[Row], str]:
    """The rows of the first sheet that is shown and holds something, and the names of the others that hold something."""
    with _held(content) as path, _told_as_list():
        filled = [one for one in workbooks.sheets_of(path) if one.height]
    sheet = next((one.name for one in filled if one.shown), "")
    others = ", ".join(f"“{one.name}”" for one in filled if sheet and one.name != sheet)
    return _rows_of(content, sheet), others


def _rows_of(content: bytes, sheet: str) -> Iterator[Row]:
    """The rows of a sheet one after the other, read by a child process with limits."""
    with _held(content) as path, _told_as_list():
        for row in workbooks.rows_of(path, sheet):
            yield row.number, row.cells, row.formulas


@contextmanager
def _told_as_list() -> Iterator[None]:
    """Tells of a workbook that cannot be read without its place, which names a file of this process."""
    try:
        yield
    except UnreadableInput as error:
        raise UnreadableList(Fault("no-sheet")) from error


@contextmanager
def _held(content: bytes) -> Iterator[Path]:
    """A path under which a content can be read; in memory where the system can do that, never left on the disk."""
    if hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("names"), "wb") as held:
            held.write(content)
            held.flush()
            yield Path(f"/proc/{os.getpid()}/fd/{held.fileno()}")
    else:
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            yield Path(file.name)


def _lines(content: bytes) -> tuple[list[Row], str]:
    """The rows of a text, and the encoding that was found where the text does not tell it."""
    encoding = encodings.encoding_of(content)
    try:
        text = content.decode(encodings.codec_of(encoding))
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise UnreadableList(Fault("letters", row)) from error
    told_by = _SEPARATOR.match(text)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = told_by[1] if told_by else max(",;\t", key=first.count)
    try:
        rows = list(
            csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator, strict=True)
        )
    except csv.Error as error:
        raise UnreadableList(Fault("no-csv")) from error
    told = "" if encoding.startswith("utf") or content.isascii() else encoding
    return [(number, row, ()) for number, row in enumerate(rows[bool(told_by) :], 1)], told


def _classes(text: str) -> tuple[int, ...] | None:
    """The classes of a cell; None where it holds something else."""
    words = text.replace(",", " ").replace(";", " ").split()
    numbers = [word.removesuffix(".0") for word in words]
    if any(
        not (word.isascii() and word.isdecimal() and len(word) < 4 and int(word) in NICE_CLASSES)
        for word in numbers
    ):
        return None
    return tuple(sorted({int(word) for word in numbers}))
