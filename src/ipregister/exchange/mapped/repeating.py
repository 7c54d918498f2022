"""Numbers that stand in several rows of a table: perhaps a join, or a row for each class, of which one record is to be made."""

from collections.abc import Iterator, Sequence

from ipregister.exchange.mapped.cells import folded
from ipregister.exchange.mapped.mapping import TABULAR, Input, Mapping
from ipregister.exchange.mapped.profile import Column, Profile
from ipregister.exchange.mapped.proposing import Proposal

NUMBERS = ("application_number", "registration_number", "international_number")
"""The fields of which one names a record, the surest first."""
_LEAST = 0.02
"""So many of the rows must say a number again: fewer are mistakes of the table."""


def group_of(told: Input, profile: Profile, proposed: Sequence[Proposal]) -> tuple[str, ...]:
    """The column whose number comes again in rows that stand together, where the rows differ otherwise; empty for none."""
    if told.kind not in TABULAR or told.group:
        return ()
    fields = {one.to: one.column for one in proposed if one.sure}
    column = next((fields[name] for name in NUMBERS if name in fields), None)
    if column is None or again(column) < max(1, _LEAST * profile.records):
        return ()
    return (column.name,) if _stand_together(profile, column.name) else ()


def again(column: Column) -> int:
    """How many texts of a column, as far as it was looked at, say what another said."""
    return column.texts.total() - len(column.texts)


def _stand_together(profile: Profile, name: str) -> bool:
    """Whether rows beside each other agree in a column and differ in another."""
    pairs = zip(profile.rows, profile.rows[1:], strict=False)
    return any(
        one.get(name, "").strip() and one.get(name) == other.get(name) and one != other
        for one, other in pairs
    )


def told_of(mapping: Mapping, profile: Profile) -> Iterator[str]:
    """What is to be said of rows and records: how many rows make how many, and numbers that come again without `group`."""
    if mapping.input.kind not in TABULAR:
        return
    columns = {folded(name): column for name, column in profile.columns.items()}
    if mapping.input.group:
        named = ", ".join(f"“{name}”" for name in mapping.input.group)
        yield f"{profile.records} rows were looked at; those that stand together and agree in {named} are one record."
        return
    for field in mapping.fields:
        column = columns.get(folded(field.source))
        if field.to == NUMBERS[0] and column is not None and again(column):
            most, times = column.texts.most_common(1)[0]
            yield (f"“{column.name}” says {again(column)} numbers again ({most!r} stands in {times} rows). Where such rows are one "
                   f'record, write group = ["{column.name}"] in [input] and sort the table by it: else one of them is stored and '
                   "the others go to quarantine.")  # fmt: skip
