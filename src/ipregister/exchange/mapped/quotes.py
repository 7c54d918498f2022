"""Rows of CSV whose quotation marks may be wrong: never one row that has swallowed those after it.

A mark that is opened and not closed makes one long cell of all that follows, to the next mark. Such a row is held with
the reason, and the lines after its first are read again, each as a row of its own.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import IO

from ipregister.model.errors import UnreadableInput

LONGEST = 1 << 24
"""The longest cell and line."""
UNCLOSED = "unclosed-quote"
_SHOWN = 80
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")


class _Lines:
    """The lines of a file, and those that were taken since the last row, to be given once more."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(LONGEST)
        if not line:
            raise StopIteration
        if len(line) >= LONGEST:
            raise UnreadableInput("a line is longer than the limit", remedy="set input.encoding, or cut it")
        self.taken.append(line)
        return line

    def give_back(self) -> str:
        """All lines but the first come again; the first."""
        first, *rest = self.taken
        self._again.extendleft(reversed(rest))
        return first


def rows_of(text: IO[str], delimiter: str, quote: str = '"') -> Iterator[tuple[list[str], str]]:
    """The cells of each row, and why it cannot be read. Without a `quote`, marks are letters like others.

    Raises `UnreadableInput` for a line beyond the limit, `UnicodeError` as the file does."""
    csv.field_size_limit(LONGEST)
    lines = _Lines(text)
    reader = _reader(lines, delimiter, quote)
    while True:
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            first = lines.give_back()
            yield _alone(first, delimiter, quote), f"{UNCLOSED}: {_told(first)} ({error})"
            reader = _reader(lines, delimiter, quote)
            continue
        if len(lines.taken) > 1 and _swallowed(lines.taken, cells, delimiter, quote):
            for line in lines.taken:
                yield _alone(line, delimiter, quote), f"{UNCLOSED}: {_told(line)}"
        else:
            yield _after_blanks(lines.taken, cells, delimiter, quote), ""


def _after_blanks(lines: list[str], cells: list[str], delimiter: str, quote: str) -> list[str]:
    """The cells of a row in which blanks stand before a mark that begins a cell: read as quoted, where all such cells
    of the row are that to their end; else as they stand."""
    blank = f" {quote}"
    if not quote or not any(blank in line for line in lines):
        return cells
    if not any(cell.startswith(" ") and cell.lstrip(" ").startswith(quote) for cell in cells):
        return cells
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True, skipinitialspace=True)
    try:
        found = list(reader)
    except csv.Error:
        return cells
    return found[0] if len(found) == 1 else cells


def _reader(lines: Iterator[str], delimiter: str, quote: str) -> Iterator[list[str]]:
    if not quote:
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)


def _alone(line: str, delimiter: str, quote: str) -> list[str]:
    """The cells of a line by itself, as well as it goes."""
    return next(csv.reader([line], delimiter=delimiter, quotechar=quote or None, strict=False), [])


def _told(line: str) -> str:
    """A line as a reason shows it."""
    text = " ".join(line.split())
    return f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text


def _swallowed(lines: list[str], cells: list[str], delimiter: str, quote: str) -> bool:
    """Whether a row of several lines seems to hold others: a further line is by itself a row of as many cells, and
    begins with a cell of the same shape."""
    if len(cells) < 2 or not cells[0].strip():
        return False
    form = _form(cells[0])
    further = (_alone(line, delimiter, quote) for line in lines[1:])
    return any(len(other) == len(cells) and _form(other[0]) == form for other in further)


def _form(text: str) -> str:
    """The shape of a number or name: runs of letters and of digits as one sign each."""
    return _DIGITS.sub("9", _LETTERS.sub("a", text.strip()))
