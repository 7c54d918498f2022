"""What the history of an international registration repeats of its present state.

A text that stands at the same place in the present state says nothing new; another one stands beside the record.
"""

from ipregister.exchange.st96.carried import use
from ipregister.exchange.xml.rules import Element
from ipregister.exchange.xml.sheet import MARKUP, Plain, Sheet, path_of

KNOWN = "_known"
"""The place in the record, taken out at the end, of the texts of the present state."""


def _below(path: str, child: Element) -> str:
    name = str(child.tag)
    return f"{path}/{name}"


def _texts(element: Element, path: str) -> list[tuple[str, str]]:
    """All texts and attributes below an element with their paths from it."""
    found = [(path, element.text)] if element.text and not element.text.isspace() else []
    found += [
        (f"{path}@{name}", str(value))
        for name, value in zip(map(str, element.keys()), element.values(), strict=True)
    ]
    for child in element:
        found += _texts(child, _below(path, child))
    return found


def repeated(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """A registration as the history holds it: only what differs from the present state says something."""
    known = sheet.record.get(KNOWN)
    if known is None:
        root = element.getroottree().getroot()
        current = root.find(".//HagueCurrent/HagueRegistration")
        known = sheet.record[KNOWN] = frozenset(_texts(current, "") if current is not None else ())
    return _compare(sheet, element, position, "", known)


def _compare(
    sheet: Sheet, element: Element, position: int, path: str, known: frozenset[tuple[str, str]]
) -> int:
    text = element.text
    if text is not None:
        sheet.taken += 1
        if not text.isspace():
            _place(sheet, (path, text), element, position, known)
    for full, value in element.items():
        name = str(full)
        if not name.startswith(MARKUP):
            sheet.taken += 1
            if value and not value.isspace():
                _place(sheet, (f"{path}@{name}", str(value)), element, f"{position}@{name}", known)
    for child in element:
        position = _compare(sheet, child, position + 1, _below(path, child), known)
    return position


def _place(
    sheet: Sheet,
    found: tuple[str, str],
    element: Element,
    position: int | str,
    known: frozenset[tuple[str, str]],
) -> None:
    if found in known:
        use(sheet, position)
    else:
        sheet.spare(path_of(element), found[1], position)
