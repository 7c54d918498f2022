"""The content of an element as plain markup: what the position `12*` names (see `model.markup`)."""

from lxml import etree

from ipregister.exchange.xml.slices import local_name
from ipregister.model.markup import escaped


def inner_markup(element: etree._Element) -> str:
    """All texts inside an element with the local names of the elements between them."""
    parts: list[str] = []
    _write(element, parts)
    return "".join(parts)


def _write(element: etree._Element, parts: list[str]) -> None:
    if element.text:
        parts.append(escaped(element.text))
    for child in element:
        name = local_name(str(child.tag))
        parts.append(f"<{name}>")
        _write(child, parts)
        parts.append(f"</{name}>")
        if child.tail:
            parts.append(escaped(child.tail))
