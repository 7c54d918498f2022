"""Tables as lines of JSON, a row each: CSV of any delimiter and encoding, and spreadsheets."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import python_calamine as calamine

from ipregister.exchange.json.cells import line
from ipregister.exchange.mapped.mapping import Input
from ipregister.model.errors import UnreadableInput

LONGEST = 1 << 24
"""The longest cell."""
EXPANDED = 1 << 30
"""The most bytes that a spreadsheet may unpack to."""
DELIMITERS = ",;\t|"
Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta | None


def headings_of(path: Path, told: Input) -> list[str]:
    """The heading of a table. Raises `UnreadableInput`."""
    return next(iter(_rows(path, told)), (0, [], ""))[1]


def lines_of(path: Path, told: Input) -> Iterator[bytes]:
    """Every row below the heading as a line; one that does not fit says why. Raises `UnreadableInput`."""
    rows = _rows(path, told)
    _, headings, _ = next(rows, (0, [], ""))
    while headings and not headings[-1].strip():
        headings = headings[:-1]
    if not headings:
        raise UnreadableInput(
            f"row {told.header} holds no heading", place=str(path), remedy="set input.header"
        )
    for number, cells, wrong in rows:
        if any(cell.strip() for cell in cells):
            yield line(number, headings, cells, wrong or misfit(headings, cells), told.sheet)


def misfit(headings: Sequence[str], cells: Sequence[str]) -> str:
    """Why a row does not fit its heading; empty where it does. Empty cells after the last column are none."""
    count = len(cells)
    while count > len(headings) and not cells[count - 1].strip():
        count -= 1
    if count == len(headings):
        return ""
    return f"row-shape: {count} cells under {len(headings)} headings"


def _rows(path: Path, told: Input) -> Iterator[tuple[int, list[str], str]]:
    """The heading, then every row: its number as a spreadsheet counts, its cells, why it cannot be read."""
    rows = _sheet(path, told) if told.kind == "xlsx" else _csv(path, told)
    for number, cells, wrong in rows:
        if number >= told.header:
            yield number, cells, wrong


def _csv(path: Path, told: Input) -> Iterator[tuple[int, list[str], str]]:
    csv.field_size_limit(LONGEST)
    try:
        raw: BinaryIO = path.open("rb")
    except OSError as error:
        raise UnreadableInput(
            f"cannot be opened: {error.strerror}", place=str(path), remedy="check the path"
        ) from error
    with raw:
        encoding = "utf-8-sig" if told.encoding.lower() in ("utf-8", "utf8") else told.encoding
        if raw.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            encoding = "utf-16"
        raw.seek(0)
        try:
            text = io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="")
        except LookupError as error:
            raise UnreadableInput(
                f"no encoding {encoding!r}", place=str(path), remedy="set input.encoding"
            ) from error
        delimiter = told.delimiter or _delimiter(text, told.header)
        text.seek(0)
        yield from _records(csv.reader(text, delimiter=delimiter, strict=False), path)


def _records(reader: Iterator[list[str]], path: Path) -> Iterator[tuple[int, list[str], str]]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [str(error)], f"row-shape: {error}"
            continue
        except UnicodeError as error:
            raise UnreadableInput(
                f"is not in its encoding: {error}", place=str(path), remedy="set input.encoding"
            ) from error
        whole = "".join(cells)
        if whole.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in whole):
            yield number, cells, ""
        else:
            plain = [cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for cell in cells]
            yield number, plain, "undecodable-row: bytes that are not in the encoding told"


def _delimiter(text: io.TextIOWrapper, header: int) -> str:
    """The sign that parts the heading most often, outside of quotes."""
    head = "".join(text.readline(1 << 16) for _ in range(header))
    bare = "".join(part for n, part in enumerate(head.split('"')) if n % 2 == 0)
    return max(DELIMITERS, key=bare.count)


def _sheet(path: Path, told: Input) -> Iterator[tuple[int, list[str], str]]:
    _refuse_bomb(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        name = told.sheet or book.sheet_names[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (calamine.CalamineError, calamine.WorksheetNotFound, IndexError, OSError) as error:
        raise UnreadableInput(f"is no spreadsheet with this sheet: {error}", place=str(path),
                              remedy="check the file and input.sheet") from error  # fmt: skip
    for number, cells in enumerate(rows, 1):
        yield number, [_text(cell) for cell in cells], ""


def _refuse_bomb(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        if sum(member.file_size for member in packed.infolist()) > EXPANDED:
            raise UnreadableInput("would expand beyond the limit", place=str(path), remedy="save it as CSV")


def _text(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days and moments by ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
