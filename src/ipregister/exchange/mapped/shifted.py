"""Rows whose cells stand one column off: seen by what the columns can hold, and by what they habitually hold."""

import math
from collections.abc import Mapping as Table
from collections.abc import Sequence

from ipregister.exchange.mapped.habits import Cell, Habits
from ipregister.exchange.mapped.values import Row, fits

LEAST = 5.0
"""The logarithm of how much likelier a row must be one column off. Tables in which nothing is shifted came to 4.0 at
most (`benchmarks/shifted.py`)."""
FEWEST = 5
"""Fewer rows have no habits."""
_ODD = 0.05
"""A row is looked at where the shape of one of its cells is that of so few others in its column."""
_LOST = 0.03
"""How likely a value was left out where a shift ends, at least."""


def shift_of(cells: Table[int, str], rules: Table[int, Sequence[Row]]) -> str:
    """Why a row stands one column off: the columns that tell it; empty where none does.

    A column tells it whose cell it cannot hold, while it could hold the cell beside, which is not in its place
    either as far as is told. An empty cell beside what it should hold counts half. A wrong date beside a right one
    tells nothing: both columns hold dates. A row held in vain costs a look; one loaded a column off would be wrong
    in every value."""
    for step in (1, -1):
        told: dict[int, float] = {}
        wrong = False
        for column in rules:
            own = _fits(cells.get(column, ""), rules[column])
            if own is True or _fits(cells.get(column + step, ""), rules[column]) is not True:
                continue
            there = _fits(cells[column + step], rules.get(column + step, ()))
            silent = own is None and cells.get(column, "").strip() != ""
            if there is True or (silent and not _is_word(rules[column])):
                continue
            told[column] = 1.0 if own is False else 0.5
            wrong |= own is False
        if wrong and sum(told.values()) >= 1.0:
            return f"{'+' if step > 0 else '-'}1: {', '.join(map(str, sorted(told)))}"
    return ""


def _is_word(rules: Sequence[Row]) -> bool:
    """Whether a column holds words of a table, which stand nowhere else by accident."""
    return any(rule.field.codes or rule.field.words or rule.target.words for rule in rules)


def _fits(text: str, rules: Sequence[Row]) -> bool | None:
    """Whether a text can stand in a column; None where its rules do not tell."""
    told = [fitting for rule in rules if (fitting := fits(text, rule)) is not None]
    return all(told) if told else None


def unlike_others(habits: Habits, row: Sequence[Cell]) -> str:
    """Why a row that was learnt stands one column off by the habits of its table: whether it is a step too far to the
    right (`+1`) or left, from which column to which; empty where it does not.

    Two readings of the row are compared: each cell in its own column, and the cells from one column to another each
    in the column beside, with a cell that does not belong there on one side and a value left out on the other."""
    columns = range(len(row))
    if habits.rows < FEWEST or not any(habits.share(number, row[number]) < _ODD for number in columns):
        return ""
    own = [habits.likelihood(number, cell, cell) for number, cell in enumerate(row)]
    for sign, order in (("+", columns), ("-", columns[::-1])):
        gain, first, last = _likeliest(habits, row, own, order)
        if gain >= LEAST:
            return f"{sign}1: {min(first, last) + 1}-{max(first, last) + 1}"
    return ""


def _likeliest(
    habits: Habits, row: Sequence[Cell], own: Sequence[float], order: Sequence[int]
) -> tuple[float, int, int]:
    """The likeliest shift along the columns in an order: what it gains over none, its first column and its last."""
    best = (-math.inf, 0, 0)
    gain, first = -math.inf, 0
    before = -1
    for column in order:
        if before >= 0:
            gain += habits.likelihood(before, row[column], row[before]) - own[column]
            whole = gain + math.log(max(habits.empty(column, row[column]), _LOST))
            best = max(best, (whole, first, column))
        begun = habits.inserted(row[column]) - own[column]
        if begun > gain:
            gain, first = begun, column
        before = column
    return best
