"""Path and raw text of a value, made from the raw bytes by its position alone, without any reader."""

from collections.abc import Sequence

from lxml import etree

from ipregister.exchange.json.cells import table_cells
from ipregister.exchange.json.pointers import name_of
from ipregister.exchange.json.slices import parse as parse_json
from ipregister.exchange.xml.inner import inner_markup
from ipregister.exchange.xml.slices import attribute_place, local_name, parse
from ipregister.model.errors import Damaged


def raw_value(raw: bytes, slice_repairs: Sequence[str], position: str) -> tuple[str, str]:
    """The path (local names, `[n]` among like siblings) and the delivered text at a position.

    `/names/0` is a place in JSON, `17:3` a cell of a table, whose path is the heading of its column. `12` is the text of element 12 in document order, `12@name` its attribute (`12@{namespace}name` where two
    bear one name), `12~` the text after it, `12*` all that stands inside it, as plain markup (`model.markup`).
    Raises `Damaged` where the slice has no such place.
    """
    if position.startswith("/") or ":" in position.partition("@")[0]:
        return _member(raw, position)
    encodings = tuple(code.partition(":")[2] for code in slice_repairs if code.startswith("encoding:"))
    root = parse(raw, encodings, limit=len(raw), named_type=True).root
    if root is None:
        raise Damaged("the raw record cannot be parsed", place=f"position {position}")
    number, mark, attribute = _split(position)
    element = next((e for n, e in enumerate(root.iter()) if n == number), None)
    if element is None:
        raise Damaged("the raw record has no such position", place=f"position {position}")
    path = _path(element)
    if mark == "*":
        return _path(element), inner_markup(element)
    if mark == "~":
        return f"{path}~", element.tail or ""
    if mark == "@":
        values = {attribute_place(element, str(name)): str(value) for name, value in element.items()}
        if attribute not in values:
            raise Damaged("the element has no such attribute", place=f"position {position}")
        return f"{path}/@{attribute}", values[attribute]
    return path, element.text or ""


def _member(raw: bytes, position: str) -> tuple[str, str]:
    """The path and the text at a JSON pointer, or of a cell."""
    texts = parse_json(raw, limit=len(raw)).texts
    if ":" in position.partition("/")[0]:
        cells = table_cells(texts)
        if position in cells:
            return cells[position]
    elif position in texts:
        return "/".join(name_of(part) for part in position.split("/")[1:]), texts[position]
    raise Damaged("the raw record has no such position", place=f"position {position}")


def _split(position: str) -> tuple[int, str, str]:
    head, at, attribute = position.partition("@")
    if at:
        return int(head), at, attribute
    return (int(head[:-1]), head[-1], "") if head[-1:] in "~*" else (int(head), "", "")


def _path(element: etree._Element) -> str:
    steps = []
    for step in (element, *element.iterancestors()):
        name = local_name(str(step.tag))
        parent = step.getparent()
        like = [c for c in parent if c.tag == step.tag] if parent is not None else [step]
        steps.append(f"{name}[{like.index(step) + 1}]" if len(like) > 1 else name)
    return "/".join(reversed(steps))
