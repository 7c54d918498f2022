"""Rows of a table beside the others: read ahead, so that each is judged by the habits of many."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ipregister.exchange.mapped.expected import Expected
from ipregister.exchange.mapped.habits import Cell, Habits, cells_of
from ipregister.exchange.mapped.shifted import unlike_others

AHEAD, CHARACTERS = 5_000, 8 << 20
"""So many rows, or letters, are read ahead."""


class Candidate(Struct, frozen=True):
    """A row that waits for its judgement: its number, its cells, why it cannot be read, the formulas in it, the formats of its
    cells that are neither text nor plain number; how it may stand one column off, where that is in `doubt`. One that stands `alone` is not held against the others, nor they
    against it; `learnt` are the cells as habits know them."""

    number: int
    cells: list[str]
    wrong: str = ""
    formulas: Mapping[int, str] = {}
    alone: bool = False
    learnt: tuple[Cell, ...] = ()
    doubt: str = ""
    forms: Mapping[int, str] = {}


class Others:
    """The rows of a table; `width` is how many cells its heading has, those without a name, too. What is `expected` of its
    columns is a mapping's word."""

    def __init__(self, columns: int, width: int, expected: Expected | None = None) -> None:
        self._columns, self._width = columns, width
        self._habits = Habits(columns, expected)
        self._widths: Counter[int] = Counter()

    def judged(self, rows: Iterable[Candidate]) -> Iterator[Candidate]:
        """The rows in their order, each with the reason why it is held, where the others gainsay it."""
        waiting: deque[Candidate] = deque()
        letters = 0
        for row in rows:
            waiting.append(self._learnt(row))
            letters += sum(map(len, row.cells))
            while len(waiting) > AHEAD or (letters > CHARACTERS and waiting):
                first = waiting.popleft()
                letters -= sum(map(len, first.cells))
                yield self._judged(first)
        yield from map(self._judged, waiting)

    def _learnt(self, row: Candidate) -> Candidate:
        if row.alone:
            return row
        cells = cells_of(row.cells, self._columns)
        self._habits.learn(cells)
        self._widths[len(row.cells)] += 1
        return replace(row, learnt=cells)

    def _judged(self, row: Candidate) -> Candidate:
        if row.alone:
            return row
        if wrong := self._too_wide(row.cells):
            return replace(row, wrong=wrong)
        shift = unlike_others(self._habits, row.learnt)
        if shift is None:
            return row
        return (
            replace(row, wrong=f"shifted-row: {shift.told}") if shift.sure else replace(row, doubt=shift.told)
        )

    def _too_wide(self, cells: Sequence[str]) -> str:
        """Why a row has a cell too many, though the last ones are empty: neither its heading nor half of the rows has
        as many."""
        count = len(cells)
        if count <= self._width or 2 * self._widths[count] >= self._widths.total():
            return ""
        return f"row-shape: {count} cells under {self._columns} headings"
