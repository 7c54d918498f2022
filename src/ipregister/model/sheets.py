"""Texts in the cells of a workbook (Office Open XML): none is run as a formula, none is cut.

A cell holds 32,767 letters. A text that is longer ends, in its cell, with a mark that has a number, ` [… continued 3]`,
and goes on in the sheet `continued`, in the rows of that number. The number stays with the cell where a person sorts rows
or takes some out. `whole_text` puts the parts together again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ipregister.model.errors import NotWritten

CELL, ROWS = 32_767, 1_048_576
"""The most letters in a cell (as UTF-16 counts them) and rows in a sheet."""
CONTINUED, HEADING = "continued", ("number", "text")
"""The sheet with what has no room, and its heading."""
_MARK = re.compile(r" \[… continued ([1-9][0-9]{0,8})\]\Z")


class Texts:
    """Writes texts into the cells of a workbook of xlsxwriter, whatever their length; one of these for a workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._sheet: Any = None
        self._row = self._number = 0

    def write(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        """Put a text into a cell, row and column from 0. Raises `NotWritten` where a sheet has no more rows."""
        if row >= ROWS:
            raise no_room()
        if not _is_long(text) and not _MARK.search(text):
            sheet.write_string(row, column, text, form)
            return
        self._number += 1
        mark = f" [… continued {self._number}]"
        first, *rest = _cut(text, CELL - len(mark))
        sheet.write_string(row, column, first + mark, form)
        for part in rest or [""]:
            self._continue(part)

    def _continue(self, part: str) -> None:
        if self._sheet is None:
            self._sheet = self.book.add_worksheet(CONTINUED)
            self._sheet.write_row(0, 0, HEADING)
        self._row += 1
        if self._row >= ROWS:
            raise no_room()
        self._sheet.write_number(self._row, 0, self._number)
        self._sheet.write_string(self._row, 1, part)


def no_room() -> NotWritten:
    """The error that a sheet has no more rows."""
    return NotWritten(
        f"a sheet has no room for more than {ROWS:,} rows", remedy="choose csv, or fewer records (--office)"
    )


def _is_long(text: str) -> bool:
    return len(text) > CELL // 2 and _units(text) > CELL


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _cut(text: str, first: int) -> list[str]:
    """A text in parts, the first of at most so many letters, the others as long as a cell."""
    if not text or _units(text) <= first:
        return [text]
    parts, start, room = [], 0, first
    while start < len(text):
        end = min(start + room, len(text))
        while _units(text[start:end]) > room:
            end -= max(1, (_units(text[start:end]) - room) // 2)
        parts.append(text[start:end])
        start, room = end, CELL
    return parts


def is_continuation(heading: Sequence[str]) -> bool:
    """Whether the first row of a sheet is that of the sheet with what had no room."""
    return tuple(heading) == HEADING


def parts_of(rows: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """What had no room, by the number of its mark, from the rows of its sheet below the heading."""
    found: dict[str, list[str]] = {}
    for row in rows:
        number, text = [*row, "", ""][:2]
        found.setdefault(number, []).append(text)
    return found


def number_of(text: str) -> str:
    """The number of the mark with which the text of a cell ends; empty where it has none."""
    found = _MARK.search(text)
    return found[1] if found else ""


def whole_text(text: str, parts: Mapping[str, Sequence[str]]) -> str:
    """The text of a cell with what had no room there; as it stands where the parts are not at hand."""
    number = number_of(text)
    return _MARK.sub("", text) + "".join(parts[number]) if number in parts else text
