"""Whether a value fits its field: dates are dates, numbers numbers, wildcards where they can be."""

from ipregister.model import digits
from ipregister.search import days, expression
from ipregister.search.faults import QueryError
from ipregister.search.fields import BY_NAME
from ipregister.search.tree import Expression, Leaf, Near, Pattern, Phrase, Range, Word

MIN_LETTERS, MIN_LETTERS_BEHIND = 2, 3
"""Letters that a pattern needs; more where it begins with a wildcard, since the dictionary cannot be narrowed."""
WORDED = {"text", "names", "group"}
"""Kinds of fields that hold words in their order."""
MOST_COVERED = 4
"""An expression is not looked for in a group of more fields: in each it costs a walk over all words."""
FARTHEST, MOST_NEAR = 10, 5
"""Words between two words that are near each other, and how many words may be; each pair costs a look."""


def check(leaf: Leaf, position: int) -> Leaf:
    """The leaf itself where its value fits its field. Raises `QueryError`."""
    kind = BY_NAME[leaf.field.partition("/")[0]].kind if leaf.field else "group"
    if isinstance(leaf, Range):
        if kind not in {"date", "integer"}:
            raise QueryError("range-not-possible", position, field=leaf.field)
        for end in (leaf.low, leaf.high):
            if end:
                _check_value(end, kind, position)
        _check_order(leaf, kind, position)
    elif isinstance(leaf, Pattern):
        _check_pattern(leaf, kind, position)
    elif isinstance(leaf, Expression):
        _check_expression(leaf, kind, position)
    elif isinstance(leaf, Near) and kind not in WORDED:
        raise QueryError("near-not-possible", position, field=leaf.field)
    elif isinstance(leaf, Near) and leaf.distance > FARTHEST:
        raise QueryError("too-far", position)
    elif isinstance(leaf, Near) and len(leaf.text.split()) > MOST_NEAR:
        raise QueryError("too-many-near", position)
    else:
        _check_value(leaf.text, kind, position)
        _check_known(leaf, position)
    return leaf


def _check_value(text: str, kind: str, position: int) -> None:
    if kind == "date" and days.span(text) is None:
        raise QueryError("not-a-date", position, value=text)
    if kind == "integer" and integer(text) is None:
        raise QueryError("not-a-number", position, value=text)


def _check_known(leaf: Word | Phrase | Near, position: int) -> None:
    known = BY_NAME[leaf.field].only if leaf.field in BY_NAME else frozenset()
    if known and leaf.text.strip().lower() not in known:
        raise QueryError(
            "unknown-value", position, field=leaf.field, value=leaf.text, known=", ".join(sorted(known))
        )


def _check_order(leaf: Range, kind: str, position: int) -> None:
    low, high = span(leaf.low, kind), span(leaf.high, kind)
    if low and high and low[0] > high[1]:
        raise QueryError("range-reversed", position, value=f"{leaf.low} TO {leaf.high}")


def _check_pattern(leaf: Pattern, kind: str, position: int) -> None:
    if kind in {"date", "integer"}:
        raise QueryError("wildcard-not-possible", position, field=leaf.field)
    letters = sum(char.isalnum() for char in leaf.text)
    wanted = MIN_LETTERS_BEHIND if leaf.text[0] in "*?" else MIN_LETTERS
    if kind == "code" or not leaf.text.isascii():
        wanted = 1
    if letters < wanted:
        raise QueryError("wildcard-too-short", position, value=leaf.text)


def _check_expression(leaf: Expression, kind: str, position: int) -> None:
    covered = BY_NAME[leaf.field].covers if kind == "group" and leaf.field else ()
    if kind in {"date", "integer"} or len(covered) > MOST_COVERED:
        raise QueryError("expression-not-possible", position, field=leaf.field)
    try:
        expression.check(leaf.text)
    except QueryError as error:
        raise QueryError(error.code, position, value=leaf.text) from error


def integer(text: str) -> int | None:
    """The whole number of a text in any digits of the region, or None."""
    plain = digits.to_ascii(text.strip())
    return int(plain) if plain.isdigit() and plain.isascii() and len(plain) <= 9 else None


def span(text: str, kind: str) -> tuple[int, int] | None:
    """The first and last value of one end of a range of dates or whole numbers; None where it is open."""
    if not text:
        return None
    if kind == "date":
        return days.span(text)
    value = integer(text)
    return None if value is None else (value, value)
