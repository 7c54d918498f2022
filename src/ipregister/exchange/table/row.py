"""A record as a row: of CSV, or of a sheet in a spreadsheet's own format."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from ipregister.exchange.table.columns import COLUMNS
from ipregister.model.cell import guarded
from ipregister.model.record import Record, right_of
from ipregister.model.sheets import Texts

_BARE = re.compile(r'(?!\s)[^",\r\n]*(?<!\s)')
"""A cell that needs no quotation marks."""


def headings(right: str) -> list[str]:
    """The names of the columns of a right's table."""
    return ["key", *COLUMNS[right], "data_day", "notice"]


def row(key: str, record: Record, data_day: str = "", notice: str = "", *, safe: bool = True) -> list[str]:
    """The cells of a record, key first, day of the data and notice last; `safe`: nothing is run as a formula."""
    fills = COLUMNS[right_of(record)].values()
    cells = [key, *(str(value) if (value := fill(record)) else "" for fill in fills), data_day, notice]
    return [guarded(cell) for cell in cells] if safe else cells


def _line(cells: list[str]) -> str:
    """A line of CSV; a cell that begins or ends with a blank is quoted, too, so that no reader takes it off."""
    return ",".join(cell if _BARE.fullmatch(cell) else _quoted(cell) for cell in cells) + "\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def heading(right: str = "trademark") -> str:
    """The heading as a line of CSV (RFC 4180)."""
    return _line(headings(right))


def line(key: str, record: Record, data_day: str = "", notice: str = "") -> str:
    """A record as a line of CSV."""
    return _line(row(key, record, data_day, notice))


def workbook(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a sheet of texts, none of which is run as a formula or cut; the number of rows below the heading.

    A text too long for a cell goes on in a sheet of its own (`model.sheets`). Raises `NotWritten` where a sheet has no
    more rows."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False})
    try:
        sheet, texts = book.add_worksheet("records"), Texts(book)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(heading):
            texts.write(sheet, 0, column, name, bold)
        sheet.freeze_panes(1, 1)
        count = 0
        for count, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                if cell:
                    texts.write(sheet, count, column, cell)
        return count
    finally:
        book.close()
