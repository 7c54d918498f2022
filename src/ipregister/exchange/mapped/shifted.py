"""Rows whose cells stand one column off: seen by what the columns can hold."""

from collections.abc import Mapping as Table
from collections.abc import Sequence

from ipregister.exchange.mapped.values import Row, fits


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
