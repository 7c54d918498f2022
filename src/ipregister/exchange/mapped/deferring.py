"""Columns and paths that defer publication: one without a field would open what the law keeps closed."""

from collections.abc import Iterable

from ipregister.exchange.mapped.cells import folded
from ipregister.exchange.mapped.headings import guesses
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.model import deferment_words

FIELDS = frozenset(["deferred_until", "deferment_period", "deferment_requested"])
"""The fields of a design that decide when it becomes public."""
REASON = "unmapped"
"""Why a value of such a column is kept."""
REPEATED = "repeated"
"""The same of a second value of such a field."""
_TOLD = 0.5


def field_of(heading: str, right: str) -> str:
    """The field of deferment that a heading or path names, however little of it else is known; empty for none. A column
    too many that is asked for costs a line in the mapping; one too few opens what the law keeps closed."""
    told = (one.meaning.field for one in guesses(heading, right) if one.score >= _TOLD)
    known = next((field for field in told if field in FIELDS), "")
    if known or right != "design":
        return known
    return "deferred_until" if deferment_words.tells(heading) else ""


def unmapped(mapping: Mapping, names: Iterable[str]) -> list[str]:
    """The columns or paths that tell of a deferment, have no field, and are not named in `ignore`."""
    settled = {folded(name) for name in (*mapping.ignore, *(field.source for field in mapping.fields))}
    return [name for name in names if folded(name) not in settled and field_of(name, mapping.right)]
