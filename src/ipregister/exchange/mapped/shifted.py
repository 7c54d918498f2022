"""Rows whose cells stand one column off: seen by what the columns can hold, and by what they habitually hold."""

import math
from collections.abc import Mapping as Table
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from ipregister.exchange.mapped.habits import Cell, Habits
from ipregister.exchange.mapped.values import Row, fits

FEWEST = 5
"""Fewer rows have no habits: the mapping alone tells."""
SMALL = 100
"""Of fewer rows each is looked at; of more, those that have an odd cell; two for two columns off."""
_MOST, _LEAST = 4.0, 1.0
"""So much likelier (logarithm) must a row be one column off at most, by the rows of its table alone; and at least."""
_BY_TEXT = 1.25
"""So much of it must come of its texts: rows of which more is empty than of the others are often sound."""
_BY_GAPS = 5.0
"""In a table that is not small, that much is enough without the texts, if they do not gainsay it."""
_DOUBT, _DOUBT_BY_TEXT = 1.5, 0.5
"""From here on a row is told."""
_PLACES = 50
"""For so many shifts that a row may have, the numbers above are meant; that is, for seven or eight columns."""
_STEPS = (1, 2)
_RARER = {1: 1, 2: 16}
"""A row so many columns off is so much rarer, and asks for as much more."""
_LOST = 0.06
"""How likely a value was left out where a shift ends, at least."""


class Shift(Struct, frozen=True):
    """That a row seems to stand one column off: `told` is the step and the columns, such as `+1: 3-5`. It is `sure` where
    the row is to be held; else it is in doubt."""

    told: str
    sure: bool


class _Judged(NamedTuple):
    """A row with the habits of its table; of each of its cells how likely it is in its own column, how much likelier as one
    too many, and how likely the value of its column was lost."""

    habits: Habits
    row: Sequence[Cell]
    own: Sequence[float]
    begun: Sequence[float]
    lost: Sequence[float]


class _Found(NamedTuple):
    """The likeliest shift along a row: what it gains over none, its step, and its first place and last in an order of the
    columns."""

    gain: float
    step: int
    order: Sequence[int] = ()
    first: int = 0
    last: int = 0


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


def unlike_others(habits: Habits, row: Sequence[Cell]) -> Shift | None:
    """How a row that was learnt stands off its columns by the habits of its table and by what is expected of its columns:
    whether it is a step or two too far to the right (`+1`, `+2`) or left, from which column to which; None where it does not.

    Two readings of the row are compared: each cell in its own column, and the cells from one column to another each
    in the column beside, with a cell that does not belong there on one side and a value left out on the other."""
    columns = range(len(row))
    if habits.rows < FEWEST and not habits.expected:
        return None
    odd = sum(habits.odd(number, row[number]) for number in columns) if habits.rows >= SMALL else len(row)
    if not odd:
        return None
    own = [habits.likelihood(number, cell, cell) for number, cell in enumerate(row)]
    begun = [habits.inserted(cell) - own[number] for number, cell in enumerate(row)]
    lost = [math.log(max(habits.empty(number, cell), _LOST)) for number, cell in enumerate(row)]
    judged = _Judged(habits, row, own, begun, lost)
    told = [_told(judged, _likeliest_of(judged, step)) for step in _STEPS if step <= odd]
    return next((one for one in told if one and one.sure), next((one for one in told if one), None))


def _likeliest_of(judged: _Judged, step: int) -> _Found:
    """The likeliest shift of so many columns to the right or left."""
    columns = range(len(judged.row))
    return max(
        (_likeliest(judged, order, step) for order in (columns, columns[::-1])), key=lambda one: one.gain
    )


def _told(judged: _Judged, found: _Found) -> Shift | None:
    """A shift as it is told; None of one of which too little tells."""
    columns = len(judged.row)
    more = math.log(max(2, columns * (columns - 1)) * _RARER[found.step] / _PLACES)
    if found.gain < min(_LEAST, _DOUBT):
        return None
    moved = range(found.first + found.step, found.last + 1)
    by_text = sum(_by_text(judged, found.order[place], found.order[place - found.step]) for place in moved)
    sure = _is_sure(found.gain, by_text, judged.habits.rows, more)
    sure = sure and (found.step == 1 or by_text >= _BY_TEXT)
    if not sure and (found.gain < _DOUBT + max(0.0, more) or by_text < _DOUBT_BY_TEXT):
        return None
    first, last = sorted((found.order[found.first] + 1, found.order[found.last] + 1))
    return Shift(f"{'+' if found.order[0] == 0 else '-'}{found.step}: {first}-{last}", sure)


def _is_sure(gain: float, by_text: float, rows: int, more: float) -> bool:
    """Whether a row is held that gains so much, where so much `more` is asked for the columns that it has: the more
    rows and columns there are, the likelier a sound row looks shifted somewhere. A row held in vain costs a look, one loaded
    a column off is wrong in every value: a tie is held in a table of few rows, where it costs few looks."""
    least = max(_LEAST, min(_MOST, 2 + math.log10(rows)) + more)
    if gain >= least and by_text >= _BY_TEXT:
        return True
    return rows >= SMALL and gain >= _BY_GAPS + more and by_text >= 0


def _likeliest(judged: _Judged, order: Sequence[int], step: int) -> _Found:
    """The likeliest shift of so many columns along the columns in an order."""
    habits, row, own, begun, lost = judged
    best = _Found(-math.inf, step, order)
    gain, first = -math.inf, 0
    for place, column in enumerate(order):
        if place >= step and gain > -math.inf:
            there = order[place - step]
            gain += habits.likelihood(there, row[column], row[there]) - own[column]
            whole = gain + sum(lost[other] for other in order[place - step + 1 : place + 1])
            if whole > best.gain:
                best = _Found(whole, step, order, first, place)
        start = sum(begun[other] for other in order[max(0, place - step + 1) : place + 1])
        if place >= step - 1 and start > gain:
            gain, first = start, place - step + 1
    return best


def _by_text(judged: _Judged, column: int, there: int) -> float:
    """What the text of a cell tells for its belonging into another column. One that its own column surely holds, as one
    of dates a date, tells nothing for it."""
    habits, cell = judged.habits, judged.row[column]
    if not cell.text:
        return 0.0
    told = habits.content(there, cell, judged.row[there]) - habits.content(column, cell, cell)
    return min(told, 0.0) if habits.expected and habits.expected.suits(column, cell.text) else told
