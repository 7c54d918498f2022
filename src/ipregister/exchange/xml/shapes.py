"""Tables of elements and attributes by which long documents are read, whatever their namespaces and versions.

A `Shape` says for an element where its text, its attributes and the elements inside it go. Names are compared in
lower case without hyphens, so that `doc-number`, `docNumber` and `DocNumber` are one name. What no table names goes
beside the record, with a finding; nothing is left out.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from ipregister.exchange.xml.inner import inner_markup
from ipregister.exchange.xml.sheet import MARKUP, Plain, Sheet, path_of
from ipregister.exchange.xml.slices import attribute_place
from ipregister.exchange.xml.walking import Element, Rule
from ipregister.model.evidence import Origin
from ipregister.model.markup import ASIDE, kind_of, readable
from ipregister.model.offices import Office

Place = int | str
Set = Callable[["NotingSheet", str, Place, Plain, str], None]
"""Takes a text, of an element or an attribute, at a position into a draft at a pointer."""
Enter = Callable[["NotingSheet", Element, int, Plain, str], tuple[Plain, str]]
Leave = Callable[["NotingSheet", Plain, str, Plain, str], None]

_PREFIXES = ("cn-", "jp-", "us-", "kr-")


class NotingSheet(Sheet):
    """A sheet that also notes texts which hold no value, and knows the language that is spoken."""

    __slots__ = ("element", "languages", "spoken")

    def __init__(self, office: Office, right: str = "patent") -> None:
        super().__init__(office, right)
        self.form = "iso"
        self.spoken: tuple[str, Place] | None = None
        self.languages: list[Place] = []
        self.element: Element | None = None

    def where(self, position: Place) -> str:
        """The path of the text that is being read."""
        path = path_of(self.element) if self.element is not None else ""
        _, at, attribute = str(position).partition("@")
        return f"{path}/@{attribute}" if at else path

    def aside(self, raw: str, position: Place) -> None:
        """Put a text beside the record, one finding a path."""
        path = self.where(position)
        if path not in self.told:
            self.told.add(path)
            self.find("unknown-element", f"/extra/{len(self.extra)}", place=path)
        self.spare(path, raw, position)

    def again(self, pointer: str, value: Any, draft: Plain, raw: str, position: Place) -> bool:
        """Whether a field is filled already: the same value again holds nothing, another goes beside the record."""
        field = pointer.rpartition("/")[2]
        if field not in draft:
            return False
        if draft[field] == value:
            self.used.append(position)
        else:
            path = self.where(position)
            self.find("repeated-element", pointer, raw, place=path)
            self.spare(path, raw, position)
        return True


@lru_cache(maxsize=4096)
def name_of(tag: str) -> str:
    """The name of an element or attribute as tables have it."""
    local = tag.rpartition("}")[2]
    for prefix in _PREFIXES:
        local = local.removeprefix(prefix)
    return kind_of(local)


class Shape:
    """Where the text, the attributes and the inside of an element go."""

    __slots__ = ("attributes", "enter", "leave", "rules", "text")

    def __init__(
        self,
        children: Mapping[str, Rule] | None = None,
        attributes: Mapping[str, Set] | None = None,
        *,
        text: Set | None = None,
        enter: Enter | None = None,
        leave: Leave | None = None,
    ) -> None:
        self.rules: dict[str, Rule] = {name_of(name): rule for name, rule in (children or {}).items()}
        self.attributes = {name_of(name): set_value for name, set_value in (attributes or {}).items()}
        self.text = text
        self.enter = enter
        self.leave = leave

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take an element and all inside it; returns the last position."""
        if not isinstance(sheet, NotingSheet):
            raise TypeError("shapes are read on a NotingSheet")
        spoken = sheet.spoken
        inner, place = draft, pointer
        if self.enter is not None:
            inner, place = self.enter(sheet, element, position, draft, pointer)
        if element.keys():
            take_attributes(sheet, element, position, self.attributes, inner, place)
        raw = element.text
        if raw and not raw.isspace():
            sheet.element = element
            (self.text or _lone)(sheet, raw, position, inner, place)
        if len(element):
            position = self._inside(sheet, element, position, inner, place)
        if self.leave is not None:
            sheet.element = element
            self.leave(sheet, draft, pointer, inner, place)
        sheet.spoken = spoken
        return position

    def _inside(self, sheet: NotingSheet, element: Element, position: int, inner: Plain, place: str) -> int:
        rules = self.rules
        for child in element:
            here = position + 1
            rule = rules.get(name_of(str(child.tag)))
            position = sheet.unknown(child, here) if rule is None else rule(sheet, child, here, inner, place)
            tail = child.tail
            if tail and not tail.isspace():
                sheet.element = element
                sheet.aside(tail, f"{here}~")
        return position


def _lone(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    sheet.aside(raw, position)


def take_attributes(
    sheet: NotingSheet, element: Element, position: int, table: Mapping[str, Set], draft: Plain, pointer: str
) -> None:
    """Take the attributes of an element by a table."""
    for full, value in element.items():
        name = str(full)
        if not value or value.isspace() or name.startswith(MARKUP):
            continue
        place = f"{position}@{attribute_place(element, name) if name[0] == '{' else name}"
        short = name_of(name)
        set_value = table.get(short)
        if set_value is not None:
            sheet.element = element
            set_value(sheet, str(value), place, draft, pointer)
        elif short in NOTED:
            sheet.used.append(place)
        else:
            sheet.element = element
            sheet.aside(str(value), place)


NOTED = frozenset(
    {
        "id", "sequence", "sequencenumber", "dtdversion", "xsdversion", "st96version", "ipoversion", "system", "dataformat",
        "sourcedb", "processingtype", "creator", "createdate", "idref", "idrefs", "dateproduced", "fulltextformat",
    }
)  # fmt: skip
"""Attributes that say how a document is made, what in it belongs together, and in which order."""

LAYOUT = frozenset(
    {
        "align", "valign", "cols", "colsep", "rowsep", "frame", "colnum", "colname", "colwidth", "namest", "nameend",
        "morerows", "spanname", "style", "compact", "liststyle", "olstyle", "pgwide", "tabstyle", "char", "charoff",
        "mathvariant", "display", "width", "height", "depth", "num", "number", "mathnumber", "tablenumber", "orient",
        "headinglevelcode", "inline", "alt", "stretchy", "fence", "separator", "rowspan", "colspan", "columnalign",
        "xmlns", "type", "file", "level",
    }
)  # fmt: skip
"""Attributes that say how the inside of a text is set."""


class Content:
    """An element with running text, in which others may stand (`model.markup`).

    `take` is given the text made of it and its origin; `inside` are rules of elements that are no text (pictures),
    which go to the record as a whole."""

    __slots__ = ("attributes", "enter", "inside", "leave", "take")

    def __init__(
        self,
        take: Callable[[NotingSheet, str, Origin, Plain, str], None],
        attributes: Mapping[str, Set] | None = None,
        inside: Mapping[str, Rule] | None = None,
        *,
        enter: Enter | None = None,
        leave: Leave | None = None,
    ) -> None:
        self.take = take
        self.attributes = {name_of(name): set_value for name, set_value in (attributes or {}).items()}
        self.inside = {name_of(name): rule for name, rule in (inside or {}).items()}
        self.enter, self.leave = enter, leave

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take an element and all inside it; returns the last position."""
        if not isinstance(sheet, NotingSheet):
            raise TypeError("contents are read on a NotingSheet")
        spoken = sheet.spoken
        inner, place = draft, pointer
        if self.enter is not None:
            inner, place = self.enter(sheet, element, position, draft, pointer)
        if element.keys():
            take_attributes(sheet, element, position, self.attributes, inner, place)
        value, origin = said(element, position)
        if value:
            sheet.element = element
            self.take(sheet, value, origin, inner, place)
        if len(element):
            position = self._descend(sheet, element, position)
        if self.leave is not None:
            sheet.element = element
            self.leave(sheet, draft, pointer, inner, place)
        sheet.spoken = spoken
        return position

    def _descend(self, sheet: NotingSheet, element: Element, position: int) -> int:
        for child in element:
            here = position + 1
            name = name_of(str(child.tag))
            rule = self.inside.get(name)
            if rule is not None:
                position = rule(sheet, child, here, sheet.record, "")
            elif name in ASIDE:
                position = sheet.unknown(child, here)
            else:
                if child.keys():
                    take_attributes(sheet, child, here, _SET, sheet.record, "")
                position = self._descend(sheet, child, here)
        return position


def _use(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    sheet.used.append(position)


_SET: Mapping[str, Set] = dict.fromkeys(LAYOUT, _use)


def said(element: Element, position: int) -> tuple[str, Origin]:
    """The text of an element with all inside it, and where it comes from."""
    raw = element.text or ""
    if len(element):
        return readable(inner_markup(element)), (f"{position}*", "inner")
    value = raw.strip()
    if value == raw:
        plain = value.isprintable()
        return (value, position) if plain else _spaced(element, raw, position)
    return (value, (position, "trim")) if value.isprintable() else _spaced(element, raw, position)


def _spaced(element: Element, raw: str, position: int) -> tuple[str, Origin]:
    if "\n" in raw or "\t" in raw or "\r" in raw:
        return " ".join(raw.split()), (position, "space")
    value = raw.strip()
    return value, (position if value == raw else (position, "trim"))
