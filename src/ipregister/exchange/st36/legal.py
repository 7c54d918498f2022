"""Legal events as the European Patent Office exchanges them (`ops:legal`, elements `L001EP` to `L525EP`)."""

from ipregister.exchange.xml.setters import country, day, entry, leaf, line, noted, text
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.walking import Element, Rule


def _code(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """The code of the event, and our kind by the office's table."""
    if "code" not in draft and not sheet.put_word(
        draft, pointer, "kind", raw, position, table="patent/events"
    ):
        sheet.evidence.pop(f"{pointer}/kind", None)
    text("code")(sheet, raw, position, draft, pointer)


class _Detail(Shape):
    """One more fact of an event, by the name of its element; what the element's name means is told once a list."""

    __slots__ = ()

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the fact."""
        name = str(element.tag).rpartition("}")[2]
        attributes: dict[str, Set] = {"desc": noted, "desc-data": line("texts"), "infl": noted, "type": noted}
        made = entry("details", {}, attributes, value=line("texts"), constants={"kind": name})
        return made(sheet, element, position, draft, pointer)


class _Details(Shape):
    """All further facts of an event."""

    __slots__ = ()

    def _inside(self, sheet: NotingSheet, element: Element, position: int, inner: Plain, place: str) -> int:
        for child in element:
            name = str(child.tag).rpartition("}")[2]
            rule = _EFFECTIVE if name == "L525EP" and "effective_date" not in inner else _DETAIL
            position = rule(sheet, child, position + 1, inner, place)
        return position


_DETAIL = _Detail()
_EFFECTIVE = leaf(day("effective_date"), {"desc": noted})
_NAMED: dict[str, Set] = {"desc": noted}


def _put(field: str) -> Rule:
    return leaf(text(field), _NAMED)


LEGAL = entry(
    "events",
    {
        "pre": leaf(line("office_description"), {"line": noted}),
        "L001EP": leaf(country("country"), _NAMED),
        "L002EP": _put("stage"),
        "L003EP": _put("document"),
        "L004EP": _put("kind_code"),
        "L005EP": _put("right_type"),
        "L006EP": _put("number"),
        "L007EP": leaf(day("date"), _NAMED),
        "L008EP": leaf(_code, _NAMED),
        "L013EP": _DETAIL,
        "L018EP": _put("changed"),
        "L019EP": _put("recorded"),
        "L500EP": _Details(),
    },
    {"code": _code, "desc": text("office_name"), "infl": text("influence"), "date-migr": noted},
)
"""One legal event."""
