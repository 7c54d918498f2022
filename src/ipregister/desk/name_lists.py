"""Lists of names to be cleared: a column of a spreadsheet or of a CSV or text file, with classes in another."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from ipregister.exchange.mapped import encodings, workbooks
from ipregister.model.errors import UnreadableInput, UsageError

MOST_NAMES, LONGEST = 1_000, 200
READ_AS = "read-as"
"""The finding on a list that does not say how its letters are written: argument is the encoding that was found."""
CLASSES = range(1, 46)
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
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: XLSX, and XLS of old programs."""
_FAULT = re.compile(r"#(?:REF!|DIV/0!|NAME\?|VALUE!|N/A|NULL!|NUM!)")
Row = tuple[int, Sequence[str], Iterable[int]]
"""A row: its number from 1, its cells, and the columns (from 1) with a formula that nobody has calculated."""


class Listed(Struct, frozen=True):
    """One name of a list with its classes, and the row it stands in (from 1)."""

    name: str
    row: int
    classes: tuple[int, ...] = ()


class NameList(Struct, frozen=True):
    """A list as it was read; `findings` are codes with arguments of what a person should look at."""

    names: tuple[Listed, ...]
    findings: tuple[tuple[str, str], ...] = ()


class _Columns(Struct):
    """The places of names and of classes in a row, from 0."""

    name: int = 0
    classes: int = 1


def read_names(content: bytes) -> NameList:
    """The names of an XLSX, XLS, CSV or text file. Raises `UnreadableInput` and `UsageError`.

    A first row that names a column of names or of classes (in the languages of the region) is a heading; without one
    the names stand in the first column and their classes in the second. Empty rows are passed over; what is no class,
    no name, or a formula without a value is refused with its row, never left out."""
    findings: tuple[tuple[str, str], ...] = ()
    if content.startswith(_SHEETS):
        rows: Iterable[Row] = _sheet(content)
    else:
        rows, encoding = _lines(content)
        findings = ((READ_AS, encoding),) if encoding else ()
    found: list[Listed] = []
    for one in _listed(rows):
        found.append(one)
        if len(found) > MOST_NAMES:
            raise UsageError(f"more than {MOST_NAMES} names", remedy="divide the list")
    if not found:
        raise UsageError("no name in the list", remedy="write one name a row, in the first column")
    return NameList(tuple(found), findings)


def _listed(rows: Iterable[Row]) -> Iterator[Listed]:
    columns = _Columns()
    for number, row, formulas in rows:
        cells = [" ".join(cell.split()) for cell in row]
        if number == 1 and (headed := _headed(cells)):
            columns = headed
            continue
        if any(column - 1 in {columns.name, columns.classes} for column in formulas):
            raise UsageError(f"row {number} has a formula without a value",
                             remedy="open the list in a spreadsheet program and save it, or save it as CSV")  # fmt: skip
        name, classes = (
            cells[place] if place < len(cells) else "" for place in (columns.name, columns.classes)
        )
        if name or classes:
            yield _one(name, classes, number)


def _one(name: str, classes: str, row: int) -> Listed:
    if not name:
        raise UsageError(f"row {row} has classes and no name", remedy="write the name, or delete the row")
    if _FAULT.fullmatch(name):
        raise UsageError(
            f"the name in row {row} is the fault {name}", remedy="mend the formula, or write the name"
        )
    if len(name) > LONGEST:
        raise UsageError(f"the name in row {row} has more than {LONGEST} characters", remedy="shorten it")
    return Listed(name, row, _classes(classes, row))


def _headed(cells: Sequence[str]) -> _Columns | None:
    """The columns that a first row names; None where it is no heading."""
    told = [cell.casefold().strip(".: ") for cell in cells]
    named = [place for place, cell in enumerate(told) if cell in _OF_NAMES]
    classes = [place for place, cell in enumerate(told) if cell in _OF_CLASSES]
    if not named and not (classes and classes[0] > 0):
        return None
    name = named[0] if named else 0
    beside = name + 1 if not any(told[name + 1 : name + 2]) else len(cells)
    return _Columns(name, classes[0] if classes else beside)


def _sheet(content: bytes) -> Iterator[Row]:
    """The rows of the first sheet, read by a child process with limits."""
    with _held(content) as path:
        try:
            for row in workbooks.rows_of(path, ""):
                yield row.number, row.cells, row.formulas
        except UnreadableInput as error:  # its own text names a file of this process
            raise UnreadableInput(
                "the spreadsheet cannot be read", remedy="save it as XLSX or CSV"
            ) from error


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
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise UnreadableInput(
            f"the letters of row {row} cannot be read",
            remedy="write it anew, or save the list as UTF-8 or as XLSX",
        ) from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableInput("the list is no CSV that can be read", remedy="save it as XLSX") from error
    told = "" if encoding.startswith("utf") or content.isascii() else encoding
    return ((number, row, ()) for number, row in enumerate(rows, 1)), told


def _classes(text: str, row: int) -> tuple[int, ...]:
    words = text.replace(",", " ").replace(";", " ").split()
    numbers = [word.removesuffix(".0") for word in words]
    if any(
        not (word.isascii() and word.isdecimal() and len(word) < 4 and int(word) in CLASSES)
        for word in numbers
    ):
        raise UsageError(
            f"row {row}: {' '.join(words)!r} are no classes", remedy="write numbers from 1 to 45"
        )
    return tuple(sorted({int(word) for word in numbers}))
