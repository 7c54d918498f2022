"""Several rows that are one record: which cells say something new, and which of a list's elements each belongs to.

Of columns that fill one list (name, country and address of holders) the cells of a row are one element; rows that agree in
all of them tell the same element again. Of any other column each text counts once: a second one of a field that holds
one value is kept beside it, with a finding.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from ipregister.exchange.json.cells import LIST
from ipregister.exchange.mapped.assembling import group_of
from ipregister.exchange.mapped.cells import Cell, by_source
from ipregister.exchange.mapped.mapping import Field, Mapping
from ipregister.exchange.mapped.values import parted
from ipregister.model.class_texts import class_parts


class Joined:
    """The rows of one record under a mapping. `again` are the cells that say what a row before said, with their field."""

    def __init__(self, rows: Sequence[Sequence[Cell]], mapping: Mapping) -> None:
        self._mapping = mapping
        wanted = {field.source: field for field in mapping.fields}
        self._rows = [by_source(row, wanted) for row in rows]
        self._elements = {group: self._counted(fields) for group, fields in self._lists().items()}
        self.again: list[tuple[Field, Cell]] = []

    def cells(self, field: Field) -> list[Cell]:
        """The cells of a field that say something new, each with the number of its element where it is one of a list."""
        elements = None if field.each else self._elements.get(group_of(self._mapping.target(field)))
        found: list[Cell] = []
        seen: set[object] = set()
        for number, row in enumerate(self._rows):
            told = row[field.source]
            marks = {elements[number] if elements else cell.text.strip() for cell in told}
            for cell in told:
                if (elements[number] if elements else cell.text.strip()) in seen:
                    self.again.append((field, cell))
                else:
                    found.append(replace(cell, ordinals=(elements[number],)) if elements else cell)
            seen |= marks
        return found

    def _lists(self) -> dict[str, list[Field]]:
        """The fields of each list whose elements the rows tell: not of one whose cells hold several elements."""
        found: dict[str, list[Field]] = {}
        for field in self._mapping.fields:
            group = group_of(self._mapping.target(field))
            if group and not field.each:
                found.setdefault(group, []).append(field)
        return {group: fields for group, fields in found.items() if not any(map(self._holds_several, fields))}

    def _holds_several(self, field: Field) -> bool:
        texts = [cell.text for row in self._rows for cell in row[field.source]]
        if self._mapping.target(field).kind == "class" and any(len(class_parts(text)) > 1 for text in texts):
            return True
        if any(cell.form == LIST for row in self._rows for cell in row[field.source]):
            return True
        return any(len(parted(text, field.split)) > 1 for text in texts)

    def _counted(self, fields: Sequence[Field]) -> list[int]:
        """The number of the element that each row tells, counted in the order of their first coming."""
        known: dict[tuple[str, ...], int] = {}
        counted = []
        for row in self._rows:
            told = tuple("\n".join(cell.text.strip() for cell in row[field.source]) for field in fields)
            counted.append(known.setdefault(told, len([one for one in known if any(one)])))
        return counted
