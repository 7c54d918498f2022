"""The reader of a mapped record: one row, element or object under its mapping."""

from collections.abc import Mapping as Table
from collections.abc import Sequence

from msgspec.structs import replace

from ipregister.exchange.findings import SEVERITY
from ipregister.exchange.json import cells as lines
from ipregister.exchange.json.grouped import held_of, rows_in
from ipregister.exchange.json.slices import Members
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
from ipregister.exchange.mapped.formulas import is_beyond
from ipregister.exchange.mapped.joining import Joined
from ipregister.exchange.mapped.mapping import TABULAR, Mapping
from ipregister.exchange.mapped.shifted import shift_of
from ipregister.exchange.mapped.spoilt import OF_NUMBER, number_in
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
            return self._filled([of_element(parsed, self.mapping.input.records, self._headings)], parsed)
        members = parse_json(raw)
        if not members.texts:
            return members.refused()
        if self.mapping.input.kind not in TABULAR:
            return self._filled([of_members(members)], members.parsed)
        if not lines.is_sound((*members.texts, *members.blanks)):
            return members.refused("not-a-record", "no row of a table")
        wrong = lines.wrong_of(members.texts)
        if wrong:
            code, _, detail = wrong.partition(": ")
            return members.refused(code, detail)
        code, detail = held_of(members.texts)
        return members.refused(code, detail) if code else self._of_rows(members)

    def cells(self, raw: bytes) -> list[Cell]:
        """What a record holds, as its fields are taken from it; nothing of one that cannot be read."""
        if self.mapping.input.kind == "xml":
            parsed = parse(raw, self._office.encodings, MAX_BYTES)
            return of_element(parsed, self.mapping.input.records, self._headings)
        members = parse_json(raw)
        return of_row(members) if self.mapping.input.kind in TABULAR else of_members(members)

    def shift_in(self, raw: bytes) -> str:
        """Why a row of a table stands one column off, by its mapping alone; empty where it does not."""
        return self._shift_of(parse_json(raw))

    def _of_rows(self, members: Members) -> Reading:
        """The reading of a row, or of several that are one record: refused where one of them stands one column off."""
        rows = rows_in(members)
        doubts = []
        for row in rows:
            if shift := self._shift_of(row):
                return members.refused("shifted-row", shift)
            doubt = lines.doubt_of(row.texts)
            if doubt and lines.row_of(row.texts) not in self.mapping.input.in_place:
                doubts.append((doubt, beside(of_row(row), lines.empty_columns(row.blanks))))
        formulas = [cell for row in rows for cell in formulas_of(row)]
        reading = self._filled([of_row(row) for row in rows], members.parsed, formulas)
        if number := number_in(reading, self._office):
            return members.refused(OF_NUMBER, number)
        for doubt, shown in doubts:
            reading = _doubted(reading, doubt, shown)
        return reading

    def _shift_of(self, row: Members) -> str:
        if lines.row_of(row.texts) in self.mapping.input.in_place:
            return ""
        parted = (lines.LIST, lines.OBJECT)
        columns = {_column(cell): cell for cell in of_row(row) if cell.form not in parted}
        unknown = {_column(cell) for cell in formulas_of(row)}
        blank = lines.empty_columns(row.blanks)
        empty = {number: name for number, name in blank.items() if number not in unknown}
        headings = {**empty, **{number: cell.path for number, cell in columns.items()}}
        rules = {number: self._headings.get(folded(name), []) for number, name in headings.items()}
        return shift_of({number: cell.text for number, cell in columns.items()}, rules)

    def _filled(
        self, rows: Sequence[Sequence[Cell]], parsed: Parsed, formulas: Sequence[Cell] = ()
    ) -> Reading:
        mapping = self.mapping
        sheet = Sheet(self._office, right=mapping.right)
        cells = [cell for row in rows for cell in row]
        found = by_source(cells, {field.source: field for field in mapping.fields})
        taken = {cell.position for group in found.values() for cell in group}
        assembly = Assembly(sheet, mapping, self._office)
        joined = Joined(rows, mapping) if len(rows) > 1 else None
        for field in mapping.fields:
            assembly.add(field, joined.cells(field) if joined else found[field.source])
        assembly.finish()
        if joined:
            _keep_again(sheet, joined, mapping)
        ignored, said = {folded(name) for name in mapping.ignore}, set[tuple[str, str]]()
        for cell in cells:
            if cell.position not in taken and not self._deferring(sheet, cell, ignored):
                _spare(sheet, cell, quiet=folded(cell.path) in ignored or (cell.path, cell.text) in said)
                said.add((cell.path, cell.text))
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
        """Keep a formula whose value nobody has calculated, the error that it came to, or a number that is none, under
        the field of its column where it has one."""
        code = "precision-lost" if is_beyond(cell.text) else "cell-error"
        code = "not-calculated" if cell.text.startswith("=") else code
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


def _keep_again(sheet: Sheet, joined: Joined, mapping: Mapping) -> None:
    """Keep the cells that say again what another row of the record said: nothing of their own, each with its place."""
    told = {str(origin[0] if isinstance(origin, tuple) else origin) for origin in sheet.evidence.values()}
    for field, cell in joined.again:
        if str(cell.position) not in told:
            told.add(str(cell.position))
            pointer = mapping.target(field).generic.replace("/*", "")
            sheet.keep(f"/{pointer}", cell.text, "duplicate", cell.position)


def _doubted(reading: Reading, shift: str, shown: str) -> Reading:
    """A reading that tells that its row may stand one column off."""
    return _with(reading, "perhaps-shifted", shown, shift=shift)


def _with(reading: Reading, code: str, value: str, **arguments: str) -> Reading:
    """A reading with one finding more."""
    finding = Finding(code, SEVERITY[code], "", value, arguments)
    return replace(reading, findings=(*reading.findings, finding))


def _column(cell: Cell) -> int:
    """The number of the column that a cell of a table stands in."""
    return int(str(cell.position).partition(":")[2])


def _spare(sheet: Sheet, cell: Cell, *, quiet: bool) -> None:
    sheet.spare(cell.path, cell.text, cell.position)
    if not quiet and cell.path not in sheet.told:
        sheet.told.add(cell.path)
        sheet.find("unknown-element", f"/extra/{len(sheet.extra) - 1}", place=cell.path)
