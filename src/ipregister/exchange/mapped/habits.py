"""What each column of a table habitually holds: shapes of texts, words that come again, empty cells.

A text has a shape: its script, whether it is in capitals, about how long it is; of a number or code, its pattern. How
often each shape came in each column tells how likely a cell stands in its own column, or in the one beside it.
"""

import math
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

EMPTY = ""
_PATTERN_LONGEST, _PATTERN_WORDS = 32, 2
_LATIN = 0x250
_LATIN_MORE = range(0x1E00, 0x1F00)
_IDEOGRAPHS = range(0x2E80, 0xA000)
_MOST_TEXTS, _LONGEST_TEXT = 5_000, 80
"""So many different texts of a column are remembered, none longer."""
_EMPTY_CELLS = 0.9
"""The share of empty ones among cells that shift a row."""
_ELSEWHERE = 0.004
"""The share of cells of which a column is taken to hold anything that the table holds: no cell alone tells a shift."""


class Cell(Struct, frozen=True):
    """A cell: its text without blanks around it, and the shape of that."""

    text: str
    shape: str


class Column(Struct):
    """The shapes of a column and how often each came; the same of its texts that are short."""

    shapes: Counter[str]
    texts: Counter[str]
    again: int = 0


def cells_of(texts: Sequence[str], columns: int) -> tuple[Cell, ...]:
    """The cells of a row; those that are missing are empty."""
    bare = [text.strip() for text in texts[:columns]]
    return tuple(Cell(text, shape_of(text)) for text in (*bare, *[""] * (columns - len(bare))))


class Habits:
    """The habits of the columns of one table, learnt row by row."""

    def __init__(self, columns: int) -> None:
        self.rows = 0
        self._columns = [Column(Counter(), Counter()) for _ in range(columns)]
        self._shapes: Counter[str] = Counter()
        self._distinct: Counter[str] = Counter()

    def learn(self, row: Sequence[Cell]) -> None:
        """One more row."""
        self.rows += 1
        for column, cell in zip(self._columns, row, strict=True):
            column.shapes[cell.shape] += 1
            self._shapes[cell.shape] += 1
            if cell.text and len(cell.text) <= _LONGEST_TEXT:
                known = column.texts.get(cell.text, 0)
                if known or len(column.texts) < _MOST_TEXTS:
                    column.texts[cell.text] = known + 1
                    column.again += 2 if known == 1 else known > 1
                    self._distinct[cell.shape] += not known

    def share(self, number: int, cell: Cell) -> float:
        """The share of the other rows (0 to 1) whose cell in a column has the shape of this one."""
        return (self._columns[number].shapes[cell.shape] - 1) / max(1, self.rows - 1)

    def likelihood(self, number: int, cell: Cell, there: Cell) -> float:
        """The logarithm of how likely a cell is in a column, by all rows but its own, whose cell `there` is known."""
        column, shape = self._columns[number], cell.shape
        anywhere = self._anywhere(shape)
        kinds = len(column.shapes)  # so many shapes came anew: about as many more may come
        share = (column.shapes[shape] - (there.shape == shape) + kinds * anywhere) / (self.rows - 1 + kinds)
        if cell.text:
            coded = column.again / (self.rows + 1)
            any_text = 1 / (self._distinct[shape] + 1)
            told = max(0, column.texts.get(cell.text, 0) - (there.text == cell.text)) / self.rows
            share = (1 - coded) * share * any_text + coded * told
            anywhere *= any_text
        return math.log((1 - _ELSEWHERE) * share + _ELSEWHERE * anywhere)

    def inserted(self, cell: Cell) -> float:
        """The logarithm of how likely a cell is as one that does not belong to its row: nearly always empty."""
        if not cell.text:
            return math.log(_EMPTY_CELLS)
        return math.log((1 - _EMPTY_CELLS) * self._anywhere(cell.shape) / (self._distinct[cell.shape] + 1))

    def empty(self, number: int, there: Cell) -> float:
        """The share of the other rows that have an empty cell in a column."""
        return (self._columns[number].shapes[EMPTY] - (not there.text)) / self.rows

    def _anywhere(self, shape: str) -> float:
        """How likely a new shape of a column is this one: by its share of all cells, or as any other."""
        share = max(0, self._shapes[shape] - 1) / (self.rows * len(self._columns))
        return 0.5 * share + 0.5 / len(self._shapes)


def shape_of(text: str) -> str:
    """The shape of a text without blanks around it; empty for an empty one."""
    if not text:
        return EMPTY
    digits = any(map(str.isdecimal, text))
    if digits and len(text) <= _PATTERN_LONGEST and text.count(" ") <= _PATTERN_WORDS:
        return _pattern(text)
    scripts = (
        "l" if text.isascii() else "".join(sorted({_script(sign) for sign in text[:64] if sign.isalpha()}))
    )
    case = "A" if text.isupper() else "a"
    more = f"{'9' if digits else ''}{',' if ',' in text else ''}"
    return f"{scripts}{case}{more}:{len(text).bit_length()}"


def _pattern(text: str) -> str:
    """The pattern of a number or code: `a/9/9` of `TL/2024/17`; of digits alone with their number."""
    if text.isdecimal():
        return f"9*{len(text)}"
    found, last = [], ""
    for sign in text:
        kind = "9" if sign.isdecimal() else _script(sign) if sign.isalpha() else sign
        if kind != last or not (sign.isalnum()):
            found.append(kind)
        last = kind
    return "".join(found)


def _script(letter: str) -> str:
    """A letter's script, by its block."""
    code = ord(letter)
    if code < _LATIN or code in _LATIN_MORE:
        return "l"
    return "z" if code in _IDEOGRAPHS else chr(0x100 + (code >> 7))
