"""Workbooks: what is refused before the reader of sheets sees it, and the rows of a sheet.

The reader of sheets holds a whole sheet, from its first cell to its last: a workbook of a few bytes that has one cell far
off would take all memory. So the sheets' own XML is looked at first.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import python_calamine as calamine

from ipregister.exchange.mapped.formulas import DAMAGES, number_of, uncalculated
from ipregister.model.errors import UnreadableInput

EXPANDED = 1 << 30
"""The most bytes that a workbook may unpack to."""
CELLS = 1 << 24
"""The most cells, from the first to the last."""
Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta | None
_SHEETS = re.compile(r"xl/.*sheets/[^/]+\.xml", re.IGNORECASE)
_PLACE = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*(?<!/)>")
_CHUNK, _LAP = 1 << 20, 256


def names_of(path: Path) -> list[str]:
    """The names of the sheets that hold more than a row. Raises `UnreadableInput`."""
    book = _opened(path)
    try:
        return [str(name) for name in book.sheet_names if book.get_sheet_by_name(name).height > 1]
    except (calamine.CalamineError, calamine.WorksheetNotFound) as error:
        raise _no_sheet(path, error) from error


def rows_of(path: Path, sheet: str) -> Iterator[tuple[int, list[str], dict[int, str]]]:
    """Every row of a sheet, the first where none is named: its number, its cells, and the formulas that nobody has
    calculated, by column. Raises `UnreadableInput`."""
    book = _opened(path)
    try:
        name = sheet or book.sheet_names[0]
        found = book.get_sheet_by_name(name)
    except (calamine.CalamineError, calamine.WorksheetNotFound, IndexError) as error:
        raise _no_sheet(path, error) from error
    formulas = uncalculated(path, str(name))
    left = found.start[1] if found.start else 0  # the rows above are given, the columns on the left are not
    for number, row in enumerate(found.iter_rows(), 1):
        given = formulas.pop(number, {})
        cells = [*[""] * left, *map(_text, row)]
        yield number, [cell if n not in given else "" for n, cell in enumerate(cells, 1)], given
    for number in sorted(formulas):
        yield number, [], formulas[number]


def _opened(path: Path) -> calamine.CalamineWorkbook:
    try:
        if zipfile.is_zipfile(path):
            _require_bounds(path)
        return calamine.CalamineWorkbook.from_path(str(path))
    except (calamine.CalamineError, *DAMAGES) as error:
        raise UnreadableInput(f"is no workbook: {error}", place=str(path), remedy="save it as CSV") from error


def _no_sheet(path: Path, error: Exception) -> UnreadableInput:
    return UnreadableInput(f"is no spreadsheet with this sheet: {error}", place=str(path),
                           remedy="check the file and input.sheet")  # fmt: skip


def _require_bounds(path: Path) -> None:
    """Raises `UnreadableInput` for a workbook that would take too much memory, and for one whose formulas cannot be
    looked at."""
    with zipfile.ZipFile(path) as packed:
        members = packed.infolist()
        if sum(member.file_size for member in members) > EXPANDED:
            raise UnreadableInput("would expand beyond the limit", place=str(path), remedy="save it as CSV")
        if "xl/workbook.xml" not in packed.namelist():
            raise UnreadableInput("is a workbook of another kind", place=str(path), remedy="save it as XLSX")
        for member in members:
            if _SHEETS.fullmatch(member.filename) and _extent(packed, member) > CELLS:
                told = f"{member.filename} has cells too far off"
                raise UnreadableInput(told, place=str(path), remedy="delete them, or save the sheet as CSV")


def _extent(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """How many cells lie between the first of a sheet and its last, empty ones included."""
    letters: set[bytes] = set()
    lines: set[bytes] = set()
    before = b""
    with packed.open(member) as opened:
        while chunk := opened.read(_CHUNK):
            for column, row in _PLACE.findall(before + chunk):
                letters.add(column)
                lines.add(row)
            before = chunk[-_LAP:]
    columns = [number_of(one.decode()) for one in letters]
    rows = [int(one) for one in lines]
    return max(columns, default=0) * max(rows, default=0)


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
