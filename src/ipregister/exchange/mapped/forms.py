"""The number formats of a workbook's cells: which cells hold something else than a text or a plain number.

The reader of sheets gives a value, not the format that the cell shows it in. Here the sheet's own XML is read for it, row by
row beside the reader.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from lxml import etree

from ipregister.exchange.mapped.formulas import (
    CELL,
    CHUNK,
    DAMAGES,
    MAIN,
    column_number,
    member_of,
    small,
    tree_of,
)
from ipregister.model.errors import UnreadableInput
from ipregister.model.number_formats import BUILT_IN, DAY, TRUTH, is_general

_STYLES = "xl/styles.xml"
_STYLED = re.compile(rb"[\s\"']s\s*=\s*[\"']([0-9]{1,6})[\"']")
_TYPED = re.compile(rb"[\s\"']t\s*=\s*[\"'][bd][\"']")
_BEFORE = 64
"""So many bytes of a chunk are looked at again with the next."""
_KINDS = {"b": TRUTH, "d": DAY}
"""What the types of cells tell that hold a truth value or a day as text."""
_TELLING = etree.XPath("*[@t='b' or @t='d' or contains($known, concat(' ', @s, ' '))]", smart_strings=False)
"""The cells of a row that have one of these types, or of the styles known."""
Forms = dict[int, str]
"""The formats of a row's cells by column, from 1."""


class Beside:
    """The formats of a sheet's rows, asked for in the order of their numbers."""

    def __init__(self, rows: Iterator[tuple[int, Forms]]) -> None:
        self._rows = rows
        self._next: tuple[int, Forms] | None = (0, {})

    def at(self, number: int) -> Forms:
        """Those of a row. Raises `UnreadableInput` where the workbook is damaged."""
        while self._next and self._next[0] < number:
            self._next = next(self._rows, None)
        return self._next[1] if self._next and self._next[0] == number else {}


def forms_of(path: Path, sheet: str) -> Iterator[tuple[int, Forms]]:
    """The rows of a sheet, by number, in which a cell holds a truth value, a day, or a number in a format of its own.

    Nothing for what is no workbook of XML. Raises `UnreadableInput` where the workbook is damaged."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as packed:
            member, _ = member_of(packed, sheet)
            styles = _styles(packed) if member else {}
            if member and _has_forms(packed, member, styles):
                with packed.open(member) as opened:
                    yield from _forms(opened, styles)
    except (etree.XMLSyntaxError, KeyError, ValueError, *DAMAGES) as error:
        raise UnreadableInput(
            f"the workbook is damaged: {error}", place=str(path), remedy="save it as CSV"
        ) from error


def _styles(packed: zipfile.ZipFile) -> dict[str, str]:
    """The formats that are no plain ones, by the number of the style that cells name."""
    if _STYLES not in packed.namelist():
        return {}
    tree = tree_of(small(packed, _STYLES))
    own = {
        int(one.get("numFmtId", 0)): str(one.get("formatCode") or "") for one in tree.iter(f"{MAIN}numFmt")
    }
    found: dict[str, str] = {}
    for styles in tree.iter(f"{MAIN}cellXfs"):
        for number, one in enumerate(styles.iter(f"{MAIN}xf")):
            named = int(one.get("numFmtId") or 0)
            code = own.get(named, BUILT_IN.get(named, f"? {named}"))
            if not is_general(code):
                found[str(number)] = code
    return found


def _has_forms(packed: zipfile.ZipFile, member: str, styles: dict[str, str]) -> bool:
    """A quick look, so that a sheet of texts and plain numbers is not read twice."""
    before, known = b"", {number.encode() for number in styles}
    with packed.open(member) as opened:
        while chunk := opened.read(CHUNK):
            part = before + chunk
            if _TYPED.search(part) or not known.isdisjoint(_STYLED.findall(part)):
                return True
            before = chunk[-_BEFORE:]
    return False


def _forms(opened: IO[bytes], styles: dict[str, str]) -> Iterator[tuple[int, Forms]]:
    rows = etree.iterparse(opened, events=("end",), tag=f"{MAIN}row", resolve_entities=False, no_network=True,
                           load_dtd=False, huge_tree=False)  # fmt: skip
    number = 0
    for _, row in rows:
        own = _number(row) or number + 1
        if own <= number:
            raise ValueError(f"row {own} stands after row {number}")
        number = own
        if found := _of_row(row, styles):
            yield number, found
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]


def _number(row: etree._Element) -> int:
    """The number of a row, which it or its first cell tells; 0 where neither does."""
    place = CELL.fullmatch(str(row[0].get("r") or "")) if len(row) and not row.get("r") else None
    return int(place[2] if place else row.get("r") or 0)


def _of_row(row: etree._Element, styles: dict[str, str]) -> Forms:
    found: Forms = {}
    for cell in cast("list[etree._Element]", _TELLING(row, known=f" {' '.join(styles)} ")):
        kind = cell.get("t", "n")
        style = styles.get(cell.get("s") or "", "") if kind in "nd" else ""
        code = style or _KINDS.get(kind, "")
        if code and len(cell):
            found[_column(cell)] = code
    return found


def _column(cell: etree._Element) -> int:
    """The number of a cell's column, which it or the next before it tells, from 1."""
    after = 0
    while (place := CELL.fullmatch(cell.get("r") or "")) is None:
        after += 1
        before = cell.getprevious()
        if before is None:
            return after
        cell = before
    return column_number(place[1]) + after
