"""What a written document does not say of a record, found by reading it back; and putting it right when read.

A writer writes what the standard has elements for. The document is read back; every value that came back
otherwise is an amendment: a value at its JSON pointer, or the word that there is none. Amendments travel in the
document's place for data of an office's own, so that what is read is the record, every field of it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from ipregister.exchange.st96.carried import MAX_DIGITS, shapes_of
from ipregister.exchange.xml.sheet import Sheet
from ipregister.model.evidence import Origin
from ipregister.model.offices import Office
from ipregister.model.record import RIGHTS, Record
from ipregister.model.right import Right

VALUE, ENTRY, ABSENT = "value", "entry", "absent"
KINDS = (VALUE, ENTRY, ABSENT)
"""A value, an entry of a list or a part that is there with nothing in it, a place where there is nothing."""

_INDEX = re.compile(r"/(?:0|[1-9]\d{0,5})(?=/|$)")
_LISTS, _PARTS = (list, tuple), (list, tuple, dict)
_POINTER = re.compile(r"(?:/[a-z_]+(?:/(?:0|[1-9]\d{0,5}))?)+")


class Amendment(Struct, frozen=True):
    """One value that is put right: its kind and pointer; where it was read, its position and other positions."""

    kind: str
    pointer: str
    value: str = ""
    position: int | str = 0
    beside: tuple[int | str, ...] = ()


class AmendedSheet(Sheet):
    """A sheet that also holds the amendments of a document of ours."""

    __slots__ = ("amending", "amendments")

    def __init__(self, office: Office, right: str = "patent", *, amending: bool = True) -> None:
        super().__init__(office, right)
        self.amending = amending
        self.amendments: list[Amendment] = []


def amendments(record: Right, back: Record | None) -> list[Amendment]:
    """What must be put right in the record that was read back, to be the record that was written."""
    left: dict[str, Any] = msgspec.to_builtins(record)
    right: dict[str, Any] = msgspec.to_builtins(back) if back is not None else {}
    return list(_different(left, right, ""))


def _different(left: Any, right: Any, pointer: str) -> Iterator[Amendment]:
    if isinstance(left, dict) and isinstance(right, dict):
        for name in right:  # in its order, not in that of a set, so that the same record is the same document
            if name not in left:
                yield Amendment(ABSENT, f"{pointer}/{name}")
        for name, value in left.items():
            if name in right:
                yield from _different(value, right[name], f"{pointer}/{name}")
            else:
                yield from _all(value, f"{pointer}/{name}")
    elif isinstance(left, _LISTS) and isinstance(right, _LISTS) and len(left) >= len(right):
        for index, one in enumerate(left):
            place = f"{pointer}/{index}"
            yield from _different(one, right[index], place) if index < len(right) else _all(one, place)
    elif isinstance(left, _PARTS) or isinstance(right, _PARTS):
        yield Amendment(ABSENT, pointer)
        yield from _all(left, pointer)
    elif left != right:
        yield Amendment(VALUE, pointer, str(left))


def _all(value: Any, pointer: str) -> Iterator[Amendment]:
    if isinstance(value, _LISTS):
        for index, one in enumerate(value):
            yield from _all(one, f"{pointer}/{index}")
    elif not isinstance(value, dict):
        yield Amendment(VALUE, pointer, str(value))
    elif value:
        for name, one in value.items():
            yield from _all(one, f"{pointer}/{name}")
    else:
        yield Amendment(ENTRY, pointer)


def amend(sheet: Sheet, found: Iterable[Amendment]) -> list[Amendment]:
    """Put right what is on a sheet; returns the amendments that name no place of a record."""
    left: list[Amendment] = []
    for one in sorted(found, key=_order):
        if not _done(sheet, one):
            left.append(one)
            continue
        sheet.used.extend(one.beside)
        if one.kind != VALUE or one.pointer == "/right" or not one.value or one.value.isspace():
            sheet.used.append(one.position)
        else:
            sheet.evidence[one.pointer] = one.position
    return left


def _order(one: Amendment) -> tuple[bool, bool, list[str]]:
    """First the kind of right, then what is not there, then the values, the entries of a list in their order."""
    parts = [part.zfill(6) if part.isdecimal() else part for part in one.pointer.split("/")]
    return one.pointer != "/right", one.kind != ABSENT, parts


def _done(sheet: Sheet, one: Amendment) -> bool:
    if one.pointer == "/right":
        if one.value in RIGHTS:
            sheet.record["right"] = one.value
        return one.value in RIGHTS
    if not _POINTER.fullmatch(one.pointer):
        return False
    if one.kind == ABSENT:
        return _removed(sheet, one.pointer)
    shape = shapes_of(sheet.record["right"]).get(_INDEX.sub("/*", one.pointer))
    if shape is None or (shape is dict) != (one.kind == ENTRY):
        return False
    value = {} if one.kind == ENTRY else _typed(one.value, shape)
    return value is not None and _set(sheet, one.pointer, value)


def _typed(text: str, shape: type) -> Any:
    if shape is int:
        plain = text.removeprefix("-").isdecimal() and len(text) <= MAX_DIGITS and str(int(text)) == text
        return int(text) if plain else None
    if shape is bool:
        return {"True": True, "False": False}.get(text)
    return text


def _removed(sheet: Sheet, pointer: str) -> bool:
    *parents, last = pointer.split("/")[1:]
    place: Any = sheet.record
    for name in parents:
        place = _inside(place, name)
    if not isinstance(place, dict) or last not in place:
        return False
    del place[last]
    forget(sheet.evidence, pointer, sheet)
    return True


def _inside(place: Any, name: str) -> Any:
    if isinstance(place, list):
        return place[int(name)] if name.isdecimal() and int(name) < len(place) else None
    return place.get(name) if isinstance(place, dict) else None


def forget(evidence: dict[str, Origin], pointer: str, sheet: Sheet) -> None:
    """Texts whose values were put right hold no value."""
    for name in [name for name in evidence if name == pointer or name.startswith(pointer + "/")]:
        origin = evidence.pop(name)
        sheet.used.append(origin[0] if isinstance(origin, tuple) else origin)


def _set(sheet: Sheet, pointer: str, value: Any) -> bool:
    parts = pointer.split("/")[1:]
    place: Any = sheet.record
    for name, after in zip(parts, [*parts[1:], ""], strict=True):
        last = after == ""
        new: Any = value if last else ([] if after.isdecimal() else {})
        if isinstance(place, list):
            at = int(name) if name.isdecimal() else -1
            if not 0 <= at <= len(place):
                return False
            if at == len(place):
                place.append(new)
            elif last:
                place[at] = value
            place = place[at]
        elif isinstance(place, dict):
            if last:
                place[name] = value
            place = place.setdefault(name, new)
        else:
            return False
    forget(sheet.evidence, pointer, sheet)
    return True
