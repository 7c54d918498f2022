"""How a document of ST.96 becomes a reading, for the tables of any right: versions, namespaces, carried values.

Elements are known by their local names, whatever their namespace; then come the values that a document of ours
carries beside them.
"""

from collections.abc import Callable
from functools import partial

import msgspec
from msgspec import Struct

from ipregister.exchange.st96.carried import CarryingSheet, restore, spare_document, use
from ipregister.exchange.xml.rules import Element
from ipregister.exchange.xml.sheet import Plain, Sheet, TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, parse
from ipregister.exchange.xml.walking import Table, bare, filled
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office


class Shape(Struct, frozen=True):
    """The documents of one right: rules of the elements that may be their root, the name of the element that is
    the record, and what follows from the whole, done before (`finish`) what is carried is put in its place."""

    right: str
    roots: Table
    record: str
    done: Callable[[CarryingSheet], None]
    finish: Callable[[CarryingSheet], None] | None = None


class Several(Exception):
    """A document holds more than one record."""


def only_one(sheet: Sheet, draft: Plain) -> bool:
    """The guard of the element that is the record: a second one in the same document is refused."""
    if draft.get("_seen"):
        raise Several
    draft["_seen"] = True
    return True


def take_version(sheet: Sheet, element: Element, position: int, taken: list[str]) -> None:
    """The version says how to read the file."""
    for name in ("st96Version", "ipoVersion"):
        if element.get(name) is not None:
            sheet.taken += 1
            taken.append(name)
            use(sheet, f"{position}@{name}")
    sheet.taken_attributes = tuple(taken)


def enter_root(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    """Enter an element that may be the root of a document."""
    take_version(sheet, element, position, [])
    return draft, pointer


def read_document(raw: bytes, office: Office, shape: Shape, limit: int = MAX_BYTES) -> Reading:
    """The record of one document with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit, quick=True)
    if parsed.root is None:
        return parsed.refused()
    bare(parsed.root)
    tag = str(parsed.root.tag)
    if tag not in shape.roots:
        return parsed.refused("not-a-record", f"root element {tag}")
    try:
        sheet = _filled(parsed, office, shape)
    except TooDeep:
        return parsed.refused("too-deep")
    except Several:
        return parsed.refused("several-records")
    if not sheet.record.pop("_seen", False):
        return parsed.refused("not-a-record", f"no {shape.record}")
    return _finished(sheet, parsed, office, shape)


def _filled(parsed: Parsed, office: Office, shape: Shape) -> CarryingSheet:
    """A sheet with everything of a tree, and with what follows from the whole."""
    make = partial(CarryingSheet, office, shape.right)
    root = parsed.root
    if root is None:
        return make()
    sheet = filled(parsed, root, shape.roots[str(root.tag)], make)
    if shape.finish is not None:
        shape.finish(sheet)
    return sheet


def _finished(sheet: CarryingSheet, parsed: Parsed, office: Office, shape: Shape) -> Reading:
    if not sheet.carried:
        return _done(sheet, parsed, shape)
    sheet.record["kept"], sheet.record["extra"] = sheet.kept, sheet.extra
    try:
        restore(sheet)
        return _done(sheet, parsed, shape)
    except msgspec.ValidationError:  # what is carried makes no record: it goes beside the record instead
        plain = _filled(parsed, office, shape)
        plain.record.pop("_seen", None)
        for one in plain.carried:
            spare_document(plain, one)
        return _done(plain, parsed, shape)


def _done(sheet: CarryingSheet, parsed: Parsed, shape: Shape) -> Reading:
    shape.done(sheet)
    return sheet.done(parsed)
