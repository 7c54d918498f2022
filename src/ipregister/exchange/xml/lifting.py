"""Rules for documents in which one record holds several parts: what is said of the only part is said of the record.

A reader notes in its draft under `SOLE` that there is one part only.
"""

from ipregister.exchange.xml.rules import Children, Element, Rule, lines
from ipregister.exchange.xml.sheet import Plain, Sheet, path_of

SOLE = "_sole"
"""The place in the record, taken out at the end, that says that it has one part only."""


def lifted(rule: Rule) -> Rule:
    """A rule that fills the record where there is one part only, else the part."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        if SOLE in sheet.record:
            return rule(sheet, element, position, sheet.record, "")
        return rule(sheet, element, position, draft, pointer)

    return take


def all_lifted(children: Children) -> dict[str, Rule]:
    """The same for every rule of a table."""
    return {name: lifted(rule) for name, rule in children.items()}


def numbered(field: str, *, collapse: bool = True) -> Rule:
    """A text with its language whose number (`sequenceNumber`) tells no more than its place where they agree."""
    line = lines(field, collapse=collapse)

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        number = element.get("sequenceNumber")
        if number is None:
            return line(sheet, element, position, draft, pointer)
        place = len(draft.get(field, ())) + 1
        careful, sheet.careful = sheet.careful, False
        line(sheet, element, position, draft, pointer)
        sheet.careful = careful
        agrees = len(number) < 6 and number.isdecimal() and int(number) == place
        if agrees:
            sheet.taken += 1
            sheet.used.append(f"{position}@sequenceNumber")
        if not careful:
            return position
        return aside(sheet, element, position, "languageCode", "sequenceNumber" if agrees else "")

    return take


def aside(sheet: Sheet, element: Element, position: int, *but: str) -> int:
    """Put a leaf's unread attributes and unexpected children beside the record, in the walk with care."""
    path = path_of(element)
    sheet.spare_attributes(element, position, path, *but)
    for child in element:
        here = position + 1
        position = sheet.unknown(child, here)
        if child.tail and not child.tail.isspace():
            sheet.spare(path, child.tail, f"{here}~")
    return position
