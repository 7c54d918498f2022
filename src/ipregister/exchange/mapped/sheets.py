"""The reader of sheets, in a process of its own: `python -m ipregister.exchange.mapped.sheets WORKBOOK [SHEET]`.

It holds a whole sheet, from its first cell to its last: a workbook of a few bytes with one cell far off, or a damaged one,
may take all memory or end the process. So it is a child with limits, which writes a line of JSON for each row, or for each
sheet where none is named. The parent is `workbooks`.
"""

import datetime as dt
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

import msgspec
import python_calamine as calamine

from ipregister.model import number_formats
from ipregister.model import sheets as long_texts

MEMORY, SECONDS = 3 << 30, 900
"""The most address space and processor time of a child."""
_RIGHT_FROM = dt.datetime(1900, 3, 1)
"""From this day on a spreadsheet counts days as the calendar does."""
_MERGED = 100_000
"""So many rows of one merged cell are told."""
Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta | None


def cell_text(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days and moments by ISO 8601.

    A number of more than 15 digits is written as a spreadsheet shows it (`1.23456789012345E+15`): its last digits are
    lost. A day of January or February 1900 is the number it was made of: a spreadsheet counts a day too many there,
    and what stands there is nearly always a number in the form of a date."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, dt.datetime):
        if cell < _RIGHT_FROM:
            return _early(cell.date())
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date) and cell < _RIGHT_FROM.date():
        return _early(cell)
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def cell_form(cell: Cell) -> str:
    """What a cell holds that is neither a text nor a whole number: a word for a truth value, a day, a time (`number_formats`),
    or the format in which `cell_text` writes a number."""
    if isinstance(cell, bool):
        return number_formats.TRUTH
    if isinstance(cell, dt.date):
        return number_formats.DAY
    if isinstance(cell, dt.time | dt.timedelta):
        return number_formats.TIME
    if isinstance(cell, float) and not (cell.is_integer() and abs(cell) < 1e15):
        return number_formats.LOST if abs(cell) >= 1e15 else number_formats.GENERAL
    return ""


def _number_text(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.14E}" if abs(number) >= 1e15 else f"{number:.15g}"


def _early(day: dt.date) -> str:
    """The serial number of a day before 1 March 1900. The days 59 and 60 are given as one."""
    serial = (day - dt.date(1899, 12, 31)).days
    return "59 or 60" if serial == 59 else str(serial)


def _merged(sheet: calamine.CalamineSheet) -> dict[int, str]:
    """The rows, from 0, that share a cell with others or whose cells are one, with its place as `A2:A4`."""
    found: dict[int, str] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        place = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
        for row in range(top, min(bottom, top + _MERGED) + 1):
            found.setdefault(row, place)
    return found


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _write_names(book: calamine.CalamineWorkbook, out: BinaryIO) -> None:
    """A line for each sheet: its name, how many rows of its own it has, whether it is shown."""
    for told in book.sheets_metadata:
        if told.typ == calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(told.name)
            height = 0 if _is_continuation(sheet) else int(sheet.height)
            shown = told.visible == calamine.SheetVisibleEnum.Visible
            out.write(msgspec.json.encode([str(told.name), height, shown]) + b"\n")


def _is_continuation(sheet: calamine.CalamineSheet) -> bool:
    """Whether a sheet holds what had no room in the cells of the others."""
    return sheet.name == long_texts.CONTINUED and long_texts.is_continuation(
        [cell_text(cell) for cell in next(sheet.iter_rows(), [])]
    )


def _parts(book: calamine.CalamineWorkbook) -> dict[str, list[str]]:
    """What had no room in the cells of a workbook, by its number."""
    if long_texts.CONTINUED not in book.sheet_names:
        return {}
    sheet = book.get_sheet_by_name(long_texts.CONTINUED)
    if not _is_continuation(sheet):
        return {}
    return long_texts.parts_of(list(map(cell_text, row)) for row in islice(sheet.iter_rows(), 1, None))


def rows_in(book: calamine.CalamineWorkbook, name: str) -> Iterator[tuple[list[str], str, dict[int, str]]]:
    """Each row from the first of a sheet on: the cells from column A on, whole, the place of a merged cell that the
    row has a part in, and what is neither text nor whole number, by column from 1."""
    sheet = book.get_sheet_by_name(name)
    merged, parts = _merged(sheet), _parts(book)
    left = [""] * (
        sheet.start[1] if sheet.start else 0
    )  # the rows above are given, the columns on the left are not
    for number, row in enumerate(sheet.iter_rows()):
        cells = (cell_text(cell) for cell in row)
        forms = {n: form for n, cell in enumerate(row, len(left) + 1) if (form := cell_form(cell))}
        yield [*left, *(long_texts.whole_text(cell, parts) for cell in cells)], merged.get(number, ""), forms


def _write_rows(book: calamine.CalamineWorkbook, name: str, out: BinaryIO) -> None:
    """A line for each row."""
    for row in rows_in(book, name):
        out.write(msgspec.json.encode(row) + b"\n")


def main() -> None:
    """The child: limits first, then the lines; exit code 3 with a line that says why there are none."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path, *named = sys.argv[1:]
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        if named:
            _write_rows(book, named[0], sys.stdout.buffer)
        else:
            _write_names(book, sys.stdout.buffer)
    except (calamine.CalamineError, calamine.WorksheetNotFound, OSError, ValueError) as error:
        sys.stdout.buffer.write(msgspec.json.encode({"refused": str(error)}) + b"\n")


if __name__ == "__main__":
    main()
