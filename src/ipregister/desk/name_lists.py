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
from ipregister.exchange.mapped import encodings, workbooks
from ipregister.model.errors import UnreadableInput
from ipregister.model.mark import NICE_CLASSES

MOST_NAMES, LONGEST = 1_000, 200
READ_AS = "read-as"
"""The finding on a list that does not say how its letters are written: argument is the encoding that was found."""
_OF_NAMES = frozenset(
    "name names mark marks brand brands word trademark trademarks ຊື່ ເຄື່ອງໝາຍ ឈ្មោះ ម៉ាក ชื่อ เครื่องหมาย tên nhãn nama merek имя "
    "название наименование знак атауы атау белгі".split()
) | {
    "trade mark",
    "trade name",
    "tên nhãn hiệu",
    "nhãn hiệu",
    "товарный знак",
    "ชื่อเครื่องหมาย",
    "тауар белгісі",
}
_OF_CLASSES = frozenset(
    "class classes nice ໝວດ ຊັ້ນ ថ្នាក់ จำพวก nhóm lớp kelas класс классы мкту сынып".split()
) | {"nice class", "nice classes", "class number"}
_OF_APPLICANTS = frozenset(
    "applicant applicants owner owners holder holders proprietor ຜູ້ຍື່ນ ຜູ້ຍື່ນຄຳຂໍ ເຈົ້າຂອງ អ្នកដាក់ពាក្យ ម្ចាស់ ผู้ขอ ผู้ยื่นคำขอ เจ้าของ pemohon pemilik "
    "заявитель владелец правообладатель иесі".split()
) | {
    "applicant name",
    "name of applicant",
    "người nộp đơn",
    "chủ đơn",
    "chủ sở hữu",
    "өтінім беруші",
    "өтініш беруші",
}
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: XLSX, and XLS of old programs."""
_FAULT = re.compile(r"#(?:REF!|DIV/0!|NAME\?|VALUE!|N/A|NULL!|NUM!)")
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


class _Columns(Struct):
    """The places of names, of classes and of applicants in a row, from 0; applicants stand only where a heading says."""

    name: int = 0
    classes: int = 1
    applicant: int | None = None

    @property
    def read(self) -> set[int]:
        """The places of all that is read."""
        return {self.name, self.classes} | ({self.applicant} if self.applicant is not None else set())


def read_names(content: bytes) -> NameList:
    """The names of an XLSX, XLS, CSV or text file. Raises `UnreadableList` and `BadList`.

    A first row that names a column of names or of classes (in the languages of the region) is a heading, and may name
    one of applicants; without one the names stand in the first column and their classes in the second. Empty rows are passed over; what is no class,
    no name, or a formula without a value is refused with its row, never left out; all such rows are told at once."""
    findings: tuple[tuple[str, str], ...] = ()
    if content.startswith(_SHEETS):
        rows: Iterable[Row] = _sheet(content)
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
    columns = _Columns()
    for number, row, formulas in rows:
        cells = [" ".join(cell.split()) for cell in row]
        if number == 1 and (headed := _headed(cells)):
            columns = headed
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
    numbers = _classes(classes)
    if numbers is None:
        return Fault("no-class", row, classes[:LONGEST])
    return Listed(name, row, numbers, applicant)


def _headed(cells: Sequence[str]) -> _Columns | None:
    """The columns that a first row names; None where it is no heading."""
    told = [cell.casefold().strip(".: ") for cell in cells]
    named = [place for place, cell in enumerate(told) if cell in _OF_NAMES]
    classes = [place for place, cell in enumerate(told) if cell in _OF_CLASSES]
    if not named and not (classes and classes[0] > 0):
        return None
    name = named[0] if named else 0
    beside = name + 1 if not any(told[name + 1 : name + 2]) else len(cells)
    applicants = [place for place, cell in enumerate(told) if cell in _OF_APPLICANTS and place != name]
    return _Columns(name, classes[0] if classes else beside, applicants[0] if applicants else None)


def _sheet(content: bytes) -> Iterator[Row]:
    """The rows of the first sheet, read by a child process with limits."""
    with _held(content) as path:
        try:
            for row in workbooks.rows_of(path, ""):
                yield row.number, row.cells, row.formulas
        except UnreadableInput as error:  # its own text names a file of this process
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


def _lines(content: bytes) -> tuple[Iterator[Row], str]:
    """The rows of a text, and the encoding that was found where the text does not tell it."""
    encoding = encodings.encoding_of(content)
    try:
        text = content.decode(encodings.codec_of(encoding))
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise UnreadableList(Fault("letters", row)) from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableList(Fault("no-csv")) from error
    told = "" if encoding.startswith("utf") or content.isascii() else encoding
    return ((number, row, ()) for number, row in enumerate(rows, 1)), told


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
