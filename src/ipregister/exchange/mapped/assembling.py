"""The record of a mapped source put together: values at their places, elements of lists side by side."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from ipregister.exchange.mapped import deferring
from ipregister.exchange.mapped.cells import Cell
from ipregister.exchange.mapped.mapping import Field, Mapping
from ipregister.exchange.mapped.spoilt import sound
from ipregister.exchange.mapped.targets import Target
from ipregister.exchange.mapped.values import Made, Row, made, parted
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.class_texts import class_parts
from ipregister.model.evidence import Origin
from ipregister.model.languages import written_in
from ipregister.model.offices import Office

_LISTS = ("text", "strings", "integers")


class Part(Struct, frozen=True):
    """One value on its way: the element of the list it belongs to, its place, its text, the repairs before its own."""

    label: str
    cell: Cell
    text: str
    repair: str = ""

    def origin(self, repairs: tuple[str, ...]) -> Origin:
        """The position with all repairs."""
        codes = (*(code for code in (self.cell.repair, self.repair) if code), *repairs)
        return (self.cell.position, *codes) if codes else self.cell.position


class Assembly:
    """Puts values on a sheet. Elements of one list are told apart by label or by number; a list of another length
    than the first of its kind is kept beside the record, since nobody can say what belongs to what."""

    def __init__(self, sheet: Sheet, mapping: Mapping, office: Office) -> None:
        self._sheet, self._mapping, self._office = sheet, mapping, office
        self._indices: dict[tuple[str, ...], dict[str, int]] = {}
        self._lengths: dict[str, int] = {}
        self._constants: set[str] = set()

    def add(self, field: Field, cells: Sequence[Cell]) -> None:
        """The values of one column or path."""
        target = self._mapping.target(field)
        rule = Row(self._mapping, self._office, field, target)
        parts = self._parts(sound(cells, rule, self._sheet), rule)
        if not parts:
            return
        group = group_of(target)
        if not group:
            if len(parts) > 1 and target.kind not in _LISTS:
                for part in parts[1:]:
                    self._spare_part(part, field)
                parts = parts[:1]
            for part in parts:
                self._put(part, rule)
            return
        length = self._lengths.setdefault(group, len(parts))
        if field.each and len(parts) == 1:
            labels = list(self._indices.get(tuple(group.split("/")), {})) or ["0"]
            parts = [Part(label, parts[0].cell, parts[0].text, parts[0].repair) for label in labels]
        elif len(parts) != length and _counted(cells):
            self._unmatched(parts, rule, length)
            return
        for part in parts:
            self._put(part, rule)

    def finish(self) -> None:
        """The constants: of the record, and of every element that the source filled."""
        for constant in self._mapping.constants:
            target = self._mapping.target(constant)
            record: Any = self._sheet.record
            steps = list(target.steps)
            if target.lists:
                known = self._indices.get(tuple(steps[: target.lists[0]]), {})
                labels = known if steps[target.lists[0]] == "*" else [steps[target.lists[0]]]
                for label in labels:
                    if label in known:
                        element = record[steps[0]] if target.lists[0] == 1 else record[steps[0]][steps[1]]
                        element[known[label]].setdefault(steps[-1], constant.value)
                continue
            for step in steps[:-1]:
                record = record.setdefault(step, {})
            value: Any = [constant.value] if target.kind in _LISTS else constant.value
            record.setdefault(steps[-1], value)

    def _parts(self, cells: Sequence[Cell], rule: Row) -> list[Part]:
        """The values in the cells of one column or path; placeholders are kept apart."""
        parts: list[Part] = []
        for cell in cells:
            split = parted(cell.text, rule.field.split)
            if rule.target.kind == "class" and len(split) == 1 and len(numbers := class_parts(cell.text)) > 1:
                split = [(f"class-part:{n}", cell.text) for n in range(1, len(numbers) + 1)]
                self._sheet.find("classes-in-one", f"/{rule.target.generic}", cell.text)
            for repair, text in split:
                label = str(cell.ordinals[0] if cell.ordinals and len(split) == 1 else len(parts))
                if text.strip() or repair or cell.repair.startswith("item:"):
                    parts.append(Part(label, cell, text, repair))
        return parts

    def _put(self, part: Part, rule: Row) -> None:
        if part.repair.startswith("class-part:"):
            number = class_parts(part.text)[int(part.repair.partition(":")[2]) - 1]
            result = Made(number)
        elif not part.text.strip():
            return
        else:
            as_shown = part.cell.repair.startswith("shown:")
            result = made(part.text, rule, exponent=part.cell.exponent, as_shown=as_shown)
        if result.reason:
            pointer = f"/{rule.target.generic.replace('/*', '')}"
            self._sheet.keep(pointer, part.text, result.reason, part.cell.position, result.finding)
            if part.repair or part.cell.repair:
                last = f"/kept/{len(self._sheet.kept) - 1}/text"
                self._sheet.evidence[last] = part.origin(())
            return
        draft, pointer = self._draft(rule.target, part.label)
        self._set(draft, pointer, part, result, rule)

    def _set(self, draft: Plain, pointer: str, part: Part, result: Made, rule: Row) -> None:
        name, origin = rule.target.steps[-1], part.origin(result.repairs)
        if rule.target.kind in _LISTS:
            values: list[Any] = draft.setdefault(name, [])
            place = f"{pointer}/{name}/{len(values)}"
            if rule.target.kind == "text":
                said = rule.field.lang or self._mapping.lang
                lang = said if written_in(str(result.value), said) else "und"
                values.append({"text": result.value, **({"lang": lang} if lang != "und" else {})})
                place += "/text"
            else:
                values.append(result.value)
        elif name in draft:
            self._spare_part(part, rule.field)
            return
        else:
            draft[name] = result.value
            place = f"{pointer}/{name}"
            if (
                place == "/office_status"
                and self._office.word(f"{self._mapping.right}/statuses", str(result.value)) is None
            ):
                self._sheet.find("unknown-status", place, part.text)
        self._sheet.evidence[place] = origin
        if result.finding == "legacy-converted":
            encoding = next(code for code in result.repairs if code.startswith("legacy:")).partition(":")[2]
            self._sheet.find(result.finding, place, part.text, encoding=encoding)

    def _draft(self, target: Target, label: str) -> tuple[Plain, str]:
        """The object that a value goes into, made where it is not there yet, and its pointer."""
        draft: Any = self._sheet.record
        pointer = ""
        steps = target.steps
        first = target.lists[0] if target.lists else -1
        for at, step in enumerate(steps[:-1]):
            if at in target.lists:
                known = self._indices.setdefault(steps[:at], {})
                named = (label if at == first else "0") if step == "*" else step
                index = known.setdefault(named, len(known))
                while len(draft) <= index:
                    draft.append({})
                draft, pointer = draft[index], f"{pointer}/{index}"
            else:
                draft = draft.setdefault(step, [] if at + 1 in target.lists else {})
                pointer = f"{pointer}/{step}"
        return draft, pointer

    def _unmatched(self, parts: Sequence[Part], rule: Row, length: int) -> None:
        loose = rule.target.generic == "goods/*/texts"
        for part in parts:
            if loose and part.text.strip():
                unclassified = Row(rule.mapping, rule.office, rule.field, self._mapping.target(
                    Field(rule.field.source, "goods_unclassified")))  # fmt: skip
                self._put(part, unclassified)
            else:
                self._spare_part(part, rule.field, told=False)
        self._sheet.find("lists-differ", f"/{rule.target.steps[0]}", place=rule.field.source,
                         values=str(len(parts)), elements=str(length))  # fmt: skip

    def _spare_part(self, part: Part, field: Field, *, told: bool = True) -> None:
        if (
            name := self._mapping.target(field).steps[-1]
        ) in deferring.FIELDS:  # a second day: neither is sure
            place = f"/kept/{len(self._sheet.kept)}"
            self._sheet.keep(f"/{name}", part.text, deferring.REPEATED, part.cell.position)
            self._sheet.evidence[f"{place}/text"] = part.origin(())
            self._sheet.find("repeated-element", place, part.text, place=field.source)
            return
        place = f"/extra/{len(self._sheet.extra)}"
        self._sheet.spare(field.source, part.text, part.cell.position)
        self._sheet.evidence[f"{place}/text"] = part.origin(())
        if told:
            self._sheet.find("repeated-element", place, part.text, place=field.source)


def group_of(target: Target) -> str:
    """The list whose elements are told apart by number; empty where there is none."""
    if not target.lists or target.steps[target.lists[0]] != "*":
        return ""
    return "/".join(target.steps[: target.lists[0]])


def _counted(cells: Sequence[Cell]) -> bool:
    """Whether the values are told apart by their number alone, not by where they stand."""
    return not any(cell.ordinals for cell in cells)
