"""Lists of names to be cleared: the first column of a spreadsheet or of a CSV or text file, with classes beside it."""

import csv
import io
from collections.abc import Iterable, Sequence

from msgspec import Struct
from python_calamine import CalamineError, CalamineWorkbook

from ipregister.model.errors import UnreadableInput, UsageError

MOST_NAMES, LONGEST = 1_000, 200
_HEADINGS = frozenset({"name", "names", "mark", "marks", "brand", "word", "trademark", "trade mark"})
_ZIP = b"PK\x03\x04"
CLASSES = range(1, 46)


class Listed(Struct, frozen=True):
    """One name of a list with its classes, and the row it stands in (from 1)."""

    name: str
    row: int
    classes: tuple[int, ...] = ()


def read_names(content: bytes) -> list[Listed]:
    """The names of an XLSX, CSV or text file. Raises `UnreadableInput` and `UsageError`.

    A first row that reads `name`, `mark` or the like is a heading. Empty rows are passed over; what is no class in
    the second column is refused with its row, not left out."""
    rows = _sheet(content) if content.startswith(_ZIP) else _lines(content)
    found = []
    for number, row in enumerate(rows, 1):
        cells = [" ".join(str(cell).split()) for cell in row]
        if not cells or not cells[0] or (number == 1 and cells[0].casefold() in _HEADINGS):
            continue
        if len(cells[0]) > LONGEST:
            raise UsageError(
                f"the name in row {number} has more than {LONGEST} characters", remedy="shorten it"
            )
        found.append(Listed(cells[0], number, _classes(cells[1:2], number)))
        if len(found) > MOST_NAMES:
            raise UsageError(f"more than {MOST_NAMES} names", remedy="divide the list")
    if not found:
        raise UsageError("no name in the list", remedy="write one name a row, in the first column")
    return found


def _sheet(content: bytes) -> Iterable[Sequence[object]]:
    try:
        return (
            CalamineWorkbook.from_filelike(io.BytesIO(content))
            .get_sheet_by_index(0)
            .to_python(skip_empty_area=False)
        )
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableInput("the spreadsheet cannot be read", remedy="save it as XLSX or CSV") from error


def _lines(content: bytes) -> Iterable[Sequence[object]]:
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput("the list is not in UTF-8", remedy="save it as UTF-8 or as XLSX") from error
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableInput("the list is no CSV that can be read", remedy="save it as XLSX") from error


def _classes(cells: Sequence[str], row: int) -> tuple[int, ...]:
    words = " ".join(cells).replace(",", " ").replace(";", " ").split()
    numbers = [word.removesuffix(".0") for word in words]
    if any(
        not (word.isascii() and word.isdecimal() and len(word) < 4 and int(word) in CLASSES)
        for word in numbers
    ):
        raise UsageError(
            f"row {row}: {' '.join(words)!r} are no classes", remedy="write numbers from 1 to 45"
        )
    return tuple(sorted({int(word) for word in numbers}))
