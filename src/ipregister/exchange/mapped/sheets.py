"""The reader of sheets, in a process of its own: `python -m ipregister.exchange.mapped.sheets WORKBOOK [SHEET]`.

It holds a whole sheet, from its first cell to its last: a workbook of a few bytes with one cell far off, or a damaged one,
may take all memory or end the process. So it is a child with limits, which writes a line of JSON for each row, or for each
sheet where none is named. The parent is `workbooks`.
"""

import datetime as dt
import resource
import sys
from typing import BinaryIO

import msgspec
import python_calamine as calamine

MEMORY, SECONDS = 3 << 30, 900
"""The most address space and processor time of a child."""
Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta | None


def cell_text(cell: Cell) -> str:
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


def _write_names(book: calamine.CalamineWorkbook, out: BinaryIO) -> None:
    """A line for each sheet: its name, how many rows it has."""
    for name in book.sheet_names:
        out.write(msgspec.json.encode([str(name), int(book.get_sheet_by_name(name).height)]) + b"\n")


def _write_rows(book: calamine.CalamineWorkbook, name: str, out: BinaryIO) -> None:
    """A line for each row from the first of the sheet on, with the cells from column A on."""
    sheet = book.get_sheet_by_name(name)
    left = [""] * (
        sheet.start[1] if sheet.start else 0
    )  # the rows above are given, the columns on the left are not
    for row in sheet.iter_rows():
        out.write(msgspec.json.encode([*left, *map(cell_text, row)]) + b"\n")


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
