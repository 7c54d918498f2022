"""Reading back what the writer carried beside the standard's elements, by its JSON pointer."""

import re
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from ipregister.exchange.st96.words import ABSENCE, CARRIED, ENTRY, ORDER
from ipregister.exchange.xml.rules import Container, Element, Rule, group
from ipregister.exchange.xml.sheet import Plain, Sheet, path_of
from ipregister.model.date_places import is_date_place
from ipregister.model.dates import is_date
from ipregister.model.evidence import Origin
from ipregister.model.offices import Office
from ipregister.model.record import RIGHTS


def _shapes(kind: Any, pointer: str) -> dict[str, type]:
    """Pointers of all places below a type, with `*` for indexes; a leaf with its type, others with `dict`."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is tuple:
        return _shapes(get_args(kind)[0], f"{pointer}/*")
    if not issubclass(kind, Struct):
        return {pointer: kind}
    found: dict[str, type] = {pointer: dict}
    for name, inner in get_type_hints(kind).items():
        found |= _shapes(inner, f"{pointer}/{name}")
    return found


@cache
def shapes_of(right: str) -> dict[str, type]:
    """Every place of a record of a right that a carried value may name."""
    return _shapes(RIGHTS[right], "")


MAX_DIGITS = 18
"""So long is the longest whole number that is read."""

_INDEX = re.compile(r"/(?:0|[1-9]\d{0,5})(?=/|$)")


class Carried(Struct):
    """A document of the file: what it says, and all its texts with their places."""

    kind: str = ""
    pointer: str = ""
    value: str = ""
    position: int = 0
    lang: str = ""
    texts: list[tuple[str, str, int | str]] = []


class CarryingSheet(Sheet):
    """A sheet that also holds what the documents of the file carry."""

    __slots__ = ("carried",)

    def __init__(self, office: Office, right: str = "trademark") -> None:
        super().__init__(office, right)
        self.form = "iso"
        self.carried: list[Carried] = []


def aside(sheet: Sheet, element: Element, position: int, *but: str) -> int:
    """Put a leaf's unread attributes and unexpected children beside the record, in the walk with care."""
    if not sheet.careful or not (len(element) or element.keys()):
        return position
    path = path_of(element)
    sheet.spare_attributes(element, position, path, *but)
    for child in element:
        here = position + 1
        position = sheet.unknown(child, here)
        if child.tail and not child.tail.isspace():
            sheet.spare(path, child.tail, f"{here}~")
    return position


def use(sheet: Sheet, position: int | str) -> None:
    """Note a text that says how the document is made, and nothing of the right."""
    sheet.used.append(position)


def noted(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The setter of such a text."""
    use(sheet, position)


def _enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
    return {"_path": path_of(element), "_document": Carried(texts=[])}, pointer


def _leave(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    found: Carried = inner["_document"]
    if (
        isinstance(sheet, CarryingSheet)
        and found.kind in (CARRIED, ORDER, ENTRY, ABSENCE)
        and found.pointer.startswith("/")
    ):
        sheet.carried.append(found)
        return
    spare_document(sheet, found)


def spare_document(sheet: Sheet, found: Carried) -> None:
    """Put a document that carries nothing beside the record."""
    before = len(sheet.extra)
    for path, text, position in found.texts:
        if not text.isspace():
            sheet.spare(path, text, position)
    if found.texts and "/TrademarkDocument" not in sheet.told:
        sheet.told.add("/TrademarkDocument")
        sheet.find("unknown-element", f"/extra/{before}", place=found.texts[0][0])


def _part(name: str, field: str) -> Rule:
    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        found: Carried = draft["_document"]
        text, path = element.text, f"{draft['_path']}/{name}"
        if field == "value":
            found.position = position
            code = element.get("languageCode")
            if code is not None:
                sheet.taken += 1
                found.lang = code
                found.texts.append((f"{path}/@languageCode", code, f"{position}@languageCode"))
        if text is not None:
            sheet.taken += 1
            setattr(found, field, text)
            found.texts.append((path, text, position))
        return aside(sheet, element, position, "languageCode" if field == "value" else "")

    return take


def documents(name: str) -> Rule:
    """The rule of a bag of documents, each an element of that name. `ABSENCE` is for those who put right (`amended`)."""
    children = {
        "DocumentName": _part("DocumentName", "pointer"),
        "DocumentKindCategory": _part("DocumentKindCategory", "kind"),
        "CommentText": _part("CommentText", "value"),
    }
    return group({name: Container(children, _enter, _leave)})


_USUAL = {name: one(office="").subtype for name, one in RIGHTS.items()}
"""The subtype that a right has where nobody says another."""


def restore(sheet: CarryingSheet) -> None:
    """Put what is carried in its place: first the order of lists from the outside in, then the values."""
    orders = [one for one in sheet.carried if one.kind == ORDER]
    for one in sorted(orders, key=lambda order: order.pointer.count("/")):
        _settle(sheet, one, _arranged(sheet, one))
    for one in sorted(sheet.carried, key=_in_order):
        if one.kind == ENTRY:
            _settle(sheet, one, _set(sheet, one.pointer, {}, dict))
        elif one.kind == CARRIED:
            _settle(sheet, one, _valued(sheet, one))
        elif one.kind == ABSENCE:
            _settle(sheet, one, done=False)
    if sheet.record.get("subtype") == _USUAL.get(sheet.record["right"]):
        del sheet.record["subtype"]  # a default is never set: canonical bytes leave it out


def _in_order(one: Carried) -> list[str]:
    """The entries of a list come one after the other."""
    return [part.zfill(6) if part.isdecimal() else part for part in one.pointer.split("/")]


def _settle(sheet: CarryingSheet, one: Carried, done: bool) -> None:
    if not done:
        spare_document(sheet, one)
        return
    said = f"{one.position}@languageCode"
    for _, _, position in one.texts:
        valued = one.kind == CARRIED and position in (one.position, said)
        if not valued:
            use(sheet, position)


def _of_office(sheet: CarryingSheet, one: Carried) -> bool:
    """The office of the record, which is the one it is read for; else it is told."""
    if one.value == sheet.office.code:
        sheet.evidence["/office"] = one.position
    else:
        sheet.keep("/office", one.value, "unknown-code", one.position)
    return True


def _valued(sheet: CarryingSheet, one: Carried) -> bool:
    if one.pointer == "/office":
        return _of_office(sheet, one)
    shape = shapes_of(sheet.record["right"]).get(_INDEX.sub("/*", one.pointer))
    value: Any = one.value
    if shape is int:
        if len(value) > MAX_DIGITS or not value.removeprefix("-").isdecimal() or str(int(value)) != value:
            return False
        value = int(value)
    elif shape is bool:
        if value not in ("True", "False"):
            return False
        value = value == "True"
    elif is_date_place(sheet.record["right"], one.pointer) and not is_date(value):
        return False
    if not _set(sheet, one.pointer, value, shape):
        return False
    if one.value and not one.value.isspace():
        sheet.evidence[one.pointer] = one.position
    if one.lang:
        tag = one.pointer.removesuffix("/text") + "/lang"
        if _set(sheet, tag, one.lang, str):
            sheet.evidence[tag] = f"{one.position}@languageCode"
    return True


def _set(sheet: CarryingSheet, pointer: str, value: Any, shape: type | None) -> bool:
    """Set a value at a pointer; False where the record has no such place, or one is taken."""
    if shape is None or shapes_of(sheet.record["right"]).get(_INDEX.sub("/*", pointer)) is not shape:
        return False
    parts = pointer.split("/")[1:]
    place: Any = sheet.record
    for name, after in zip(parts, [*parts[1:], ""], strict=True):
        last = after == ""
        new: Any = value if last else ([] if after.isdecimal() else {})
        if isinstance(place, list):
            at = int(name)
            if at > len(place):
                return False
            if at == len(place):
                place.append(new)
            elif place[at] is None or (last and place[at] == {}):
                place[at] = new
            elif last:
                return False
            place = place[at]
        else:
            if last and name in place:
                return False
            place = place.setdefault(name, new)
    return True


def _arranged(sheet: CarryingSheet, one: Carried) -> bool:
    """Give the entries of a list their places; gaps stay empty until their values come."""
    try:
        places = [int(part) for part in one.value.split()]
    except ValueError:
        return False
    found: Any = sheet.record
    for name in one.pointer.split("/")[1:]:
        try:
            found = found[int(name)] if isinstance(found, list) else found.get(name)
        except (IndexError, ValueError, AttributeError):
            return False
    if not isinstance(found, list) or len(found) != len(places) or len(set(places)) != len(places):
        return False
    if not places or min(places) < 0 or max(places) > len(sheet.carried) + len(places):
        return False
    entries: list[Any] = [None] * (max(places) + 1)
    for entry, at in zip(found, places, strict=True):
        entries[at] = entry
    found[:] = entries
    _rename(sheet.evidence, one.pointer, places)
    return True


def _rename(evidence: dict[str, Origin], pointer: str, places: list[int]) -> None:
    prefix = pointer + "/"
    moved = {}
    for name in [name for name in evidence if name.startswith(prefix)]:
        index, slash, rest = name.removeprefix(prefix).partition("/")
        moved[f"{prefix}{places[int(index)]}{slash}{rest}"] = evidence.pop(name)
    evidence.update(moved)
