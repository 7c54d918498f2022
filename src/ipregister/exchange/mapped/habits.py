"""What each column of a table habitually holds: shapes of texts, words that come again, empty cells.

A text has a shape: its script, its capitals, about how long it is; of a number or code, its pattern. How often each shape
came in each column tells how likely a cell stands in its own column, or in the one beside it. Of a shape that a column has
not had, the mapping tells (`expected`); so it does of a column that has had few.
"""

import math
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from ipregister.exchange.mapped.expected import Expected

EMPTY = ""
_PATTERN_LONGEST, _PATTERN_WORDS = 32, 2
_LATIN = 0x250
_LATIN_MORE = range(0x1E00, 0x1F00)
_IDEOGRAPHS = range(0x2E80, 0xA000)
_MOST_TEXTS, _LONGEST_TEXT = 5_000, 80
"""So many different texts of a column are remembered, none longer."""
_EMPTY_CELLS = 0.9
"""The share of empty ones among cells that shift a row."""
_EMPTIES, _EMPTY_LEAST, _EMPTY_MOST = 3.0, 0.05, 0.8
"""What is expected of empty cells counts as so many rows; where nothing tells, it is the share in the whole table, within
these bounds."""
_ODD, _CODED = 0.05, 0.5
"""A shape that so few others of a column have is odd; and a text that came once in a column of which so many came again."""
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

    def __init__(self, columns: int, expected: Expected | None = None) -> None:
        self.rows = 0
        self.expected = expected
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

    def odd(self, number: int, cell: Cell) -> bool:
        """Whether few other rows have a cell of this shape in a column; or, where texts come again, none this text."""
        column = self._columns[number]
        if (column.shapes[cell.shape] - 1) / max(1, self.rows - 1) < _ODD:
            return True
        return (
            bool(cell.text) and column.again > _CODED * self._filled(number) and column.texts[cell.text] <= 1
        )

    def likelihood(self, number: int, cell: Cell, there: Cell) -> float:
        """The logarithm of how likely a cell is in a column, by all rows but its own, whose cell `there` is known."""
        empty = self.empty(number, there)
        if not cell.text:
            return math.log((1 - _ELSEWHERE) * empty + _ELSEWHERE * self._empty_anywhere())
        return math.log(1 - empty) + self.content(number, cell, there)

    def content(self, number: int, cell: Cell, there: Cell) -> float:
        """The same of a text, where it is known that the column holds one."""
        column, shape = self._columns[number], cell.shape
        anywhere = self._anywhere(shape)
        expected = anywhere * self.expected.weight(number, cell.text) if self.expected else anywhere
        kinds = max(1, len(column.shapes) - (EMPTY in column.shapes))
        # so many shapes came anew: about as many more may come
        filled = self._filled(number) - bool(there.text)
        share = (column.shapes[shape] - (there.shape == shape) + kinds * min(1.0, expected)) / (
            filled + kinds
        )
        any_text = 1 / (self._distinct[shape] + 1)
        coded = column.again / (filled + 2)
        told = max(0, column.texts.get(cell.text, 0) - (there.text == cell.text)) / (filled + 1)
        share = (1 - coded) * share * any_text + coded * told
        return math.log((1 - _ELSEWHERE) * share + _ELSEWHERE * anywhere * any_text)

    def empty(self, number: int, there: Cell) -> float:
        """How likely a cell of a column is empty, by what is expected and by the other rows."""
        told = self.expected.empty(number) if self.expected else None
        expected = self._empty_anywhere() if told is None else told
        others = self._columns[number].shapes[EMPTY] - (not there.text)
        return (others + _EMPTIES * expected) / (self.rows - 1 + _EMPTIES)

    def inserted(self, cell: Cell) -> float:
        """The logarithm of how likely a cell is as one that does not belong to its row: nearly always empty."""
        if not cell.text:
            return math.log(_EMPTY_CELLS)
        return math.log((1 - _EMPTY_CELLS) * self._anywhere(cell.shape) / (self._distinct[cell.shape] + 1))

    def _filled(self, number: int) -> int:
        """How many rows have a text in a column."""
        return self.rows - self._columns[number].shapes[EMPTY]

    def _empty_anywhere(self) -> float:
        share = self._shapes[EMPTY] / max(1, self.rows * len(self._columns))
        return min(_EMPTY_MOST, max(_EMPTY_LEAST, share))

    def _anywhere(self, shape: str) -> float:
        """How likely a new shape of a column is this one: by its share of all texts, or as any other."""
        filled = self.rows * len(self._columns) - self._shapes[EMPTY]
        share = max(0, self._shapes[shape] - 1) / max(1, filled)
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
    case = "A" if text.isupper() else "T" if _is_titled(text) else "a"
    more = f"{'9' if digits else ''}{',' if ',' in text else ''}"
    return f"{scripts}{case}{more}:{len(text).bit_length()}"


def _is_titled(text: str) -> bool:
    """Whether every word of some length begins with a capital, and one at all: a name, not a sentence."""
    words = text[:96].split()
    return any(word[0].isupper() for word in words) and all(
        word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 3
    )


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
