"""The reader of a mapped record: one row, element or object under its mapping."""

from collections.abc import Mapping as Table
from collections.abc import Sequence

from msgspec.structs import replace

from ipregister.exchange.findings import SEVERITY
from ipregister.exchange.json import cells as lines
from ipregister.exchange.json.slices import parse as parse_json
from ipregister.exchange.mapped import deferring
from ipregister.exchange.mapped.assembling import Assembly
from ipregister.exchange.mapped.cells import (
    Cell,
    by_source,
    folded,
    formulas_of,
    of_element,
    of_members,
    of_row,
)
from ipregister.exchange.mapped.mapping import TABULAR, Mapping
from ipregister.exchange.mapped.shifted import shift_of
from ipregister.exchange.mapped.values import Row
from ipregister.exchange.xml.sheet import Sheet
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, parse
from ipregister.model.evidence import Reading
from ipregister.model.finding import Finding
from ipregister.model.offices import Office

_SHOWN = 60
"""So many cells of a row are shown, and so many letters of each."""


class MappedReader:
    """Reads the records of a source under its mapping. Never raises for bad input."""

    def __init__(self, mapping: Mapping, office: Office) -> None:
        self.mapping, self._office = mapping, office
        self._headings: dict[str, list[Row]] = {}
        for field in mapping.fields:
            rule = Row(mapping, office, field, mapping.target(field))
            self._headings.setdefault(folded(field.source), []).append(rule)

    def read(self, raw: bytes) -> Reading:
        """The reading of one record; a row that does not fit its heading is refused."""
        if self.mapping.input.kind == "xml":
            parsed = parse(raw, self._office.encodings, MAX_BYTES)
            if parsed.root is None:
                return parsed.refused()
            return self._filled(of_element(parsed, self.mapping.input.records, self._headings), parsed)
        members = parse_json(raw)
        if not members.texts:
            return members.refused()
        if self.mapping.input.kind not in TABULAR:
            return self._filled(of_members(members), members.parsed)
        if not lines.is_sound((*members.texts, *members.blanks)):
            return members.refused("not-a-record", "no row of a table")
        wrong = lines.wrong_of(members.texts)
        if wrong:
            code, _, detail = wrong.partition(": ")
            return members.refused(code, detail)
        cells = of_row(members)
        formulas = formulas_of(members)
        looked_at = lines.row_of(members.texts) in self.mapping.input.in_place
        shift = "" if looked_at else self._shift(cells, lines.empty_columns(members.blanks), formulas)
        if shift:
            return members.refused("shifted-row", shift)
        reading = self._filled(cells, members.parsed, formulas)
        doubt = lines.doubt_of(members.texts)
        if not doubt or looked_at:
            return reading
        return _doubted(reading, doubt, beside(cells, lines.empty_columns(members.blanks)))

    def _shift(self, cells: Sequence[Cell], empty: Table[int, str], formulas: Sequence[Cell]) -> str:
        columns = {_column(cell): cell for cell in cells}
        unknown = {_column(cell) for cell in formulas}
        empty = {number: name for number, name in empty.items() if number not in unknown}
        headings = {**empty, **{number: cell.path for number, cell in columns.items()}}
        rules = {number: self._headings.get(folded(name), []) for number, name in headings.items()}
        return shift_of({number: cell.text for number, cell in columns.items()}, rules)

    def _filled(self, cells: Sequence[Cell], parsed: Parsed, formulas: Sequence[Cell] = ()) -> Reading:
        mapping = self.mapping
        sheet = Sheet(self._office, right=mapping.right)
        found = by_source(cells, {field.source: field for field in mapping.fields})
        taken = {cell.position for group in found.values() for cell in group}
        assembly = Assembly(sheet, mapping, self._office)
        for field in mapping.fields:
            assembly.add(field, found[field.source])
        assembly.finish()
        ignored = {folded(name) for name in mapping.ignore}
        for cell in cells:
            if cell.position not in taken and not self._deferring(sheet, cell, ignored):
                _spare(sheet, cell, quiet=folded(cell.path) in ignored)
        for cell in formulas:
            self._hold(sheet, cell, quiet=folded(cell.path) in ignored)
        return sheet.done(parsed)

    def _deferring(self, sheet: Sheet, cell: Cell, ignored: set[str]) -> bool:
        """Keep what tells of a deferment under its field though the mapping has none for it: the record stays closed."""
        field = "" if folded(cell.path) in ignored else deferring.field_of(cell.path, self.mapping.right)
        if not field or not cell.text.strip():
            return False
        empty = cell.text.strip() in self._office.placeholders
        sheet.keep(f"/{field}", cell.text, "placeholder" if empty else deferring.REASON, cell.position)
        if not empty:
            sheet.find("unknown-element", f"/kept/{len(sheet.kept) - 1}", place=cell.path)
        return True

    def _hold(self, sheet: Sheet, cell: Cell, *, quiet: bool) -> None:
        """Keep a formula whose value nobody has calculated, or the error that it came to, under the field of its
        column where it has one."""
        code = "not-calculated" if cell.text.startswith("=") else "cell-error"
        rules = self._headings.get(folded(cell.path), [])
        if rules:
            pointer = f"/{rules[0].target.generic.replace('/*', '')}"
            sheet.keep(pointer, cell.text, code, cell.position, code)
            return
        if not quiet and self._deferring(sheet, cell, set()):
            return
        sheet.spare(cell.path, cell.text, cell.position)
        if not quiet:
            sheet.find(code, f"/extra/{len(sheet.extra) - 1}", cell.text)


def beside(cells: Sequence[Cell], empty: Table[int, str]) -> str:
    """The cells of a row, each after its heading, for a person to look at; long ones cut."""
    named = {**{number: (name, "") for number, name in empty.items()},
             **{_column(cell): (cell.path, " ".join(cell.text.split())) for cell in cells}}  # fmt: skip
    shown = [f"{named[n][0]}: {_cut(named[n][1])}".rstrip() for n in sorted(named)]
    return " | ".join(shown[:_SHOWN])


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _doubted(reading: Reading, shift: str, shown: str) -> Reading:
    """A reading that tells that its row may stand one column off."""
    finding = Finding("perhaps-shifted", SEVERITY["perhaps-shifted"], "", shown, {"shift": shift})
    return replace(reading, findings=(*reading.findings, finding))


def _column(cell: Cell) -> int:
    """The number of the column that a cell of a table stands in."""
    return int(str(cell.position).partition(":")[2])


def _spare(sheet: Sheet, cell: Cell, *, quiet: bool) -> None:
    sheet.spare(cell.path, cell.text, cell.position)
    if not quiet and cell.path not in sheet.told:
        sheet.told.add(cell.path)
        sheet.find("unknown-element", f"/extra/{len(sheet.extra) - 1}", place=cell.path)
