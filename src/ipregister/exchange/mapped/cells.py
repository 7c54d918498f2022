"""What a mapping's columns and paths find in one raw record: texts with their positions."""

import re
from collections.abc import Collection, Sequence
from collections.abc import Mapping as Table

from lxml import etree
from msgspec import Struct

from ipregister.exchange.json.cells import table_cells, table_forms, table_formulas
from ipregister.exchange.json.pointers import name_of
from ipregister.exchange.json.slices import Members
from ipregister.exchange.xml.inner import inner_markup
from ipregister.exchange.xml.slices import Parsed, attribute_place, local_name
from ipregister.model.markup import ASIDE, kind_of, readable

_MARKUP = ("{http://www.w3.org/2001/XMLSchema-instance}", "{http://www.w3.org/XML/1998/namespace}space")
_NUMBER = re.compile(r"\d+")


class Cell(Struct, frozen=True):
    """A text of the record: where it stands, under which column or path, and the numbers of the elements of lists
    on the way to it; whether it is a number written with an exponent; the repair that has made its text; the format of
    a spreadsheet's cell that is neither text nor plain number."""

    path: str
    position: int | str
    text: str
    ordinals: tuple[int, ...] = ()
    exponent: bool = False
    repair: str = ""
    form: str = ""


def of_row(members: Members) -> list[Cell]:
    """The cells of a row of a table, in the order of its columns; the path is the heading. Formulas are none."""
    formulas, forms = table_formulas(members.texts), table_forms(members.texts)
    found = table_cells(members.texts).items()
    return [
        Cell(heading, place, text, form=forms.get(place, ("", ""))[1])
        for place, (heading, text) in found
        if place not in formulas
    ]


def formulas_of(members: Members) -> list[Cell]:
    """The formulas of a row that stand where values should be."""
    found = table_formulas(members.texts).items()
    return [Cell(heading, place, text) for place, (heading, text) in found]


def of_members(members: Members) -> list[Cell]:
    """The values of an object: the path is that of the names, `*` for an element of an array."""
    found = []
    for pointer, text in members.texts.items():
        names, ordinals = [], []
        for step in pointer.split("/")[1:]:
            if _NUMBER.fullmatch(step):
                names.append("*")
                ordinals.append(int(step))
            else:
                names.append(name_of(step))
        exponent = pointer in members.exponents
        found.append(Cell("/".join(names), pointer, text, tuple(ordinals), exponent))
    return found


def of_element(parsed: Parsed, record: str, wanted: Collection[str] = ()) -> list[Cell]:
    """The texts of an element: the path is that of local names from the record's element down, `*` after a name
    that comes more than once beside itself, `@` before that of an attribute.

    An element of text with others in it (`THE <b>BIG</b> NAGA`) is one text where its path is `wanted` and none below
    it is; else its pieces are texts of their own."""
    walk = _Walk(record, frozenset(wanted))
    if parsed.root is not None:
        walk.element(parsed.root, "", (), inside=False)
    return walk.found


class _Walk:
    def __init__(self, record: str, wanted: frozenset[str]) -> None:
        self.found: list[Cell] = []
        self._record, self._next = record, 0
        self._wanted = wanted
        self._above = {
            path[:at]
            for path in wanted
            for at, sign in enumerate(path)
            if sign == "/" and path[at + 1] != "@"
        }

    def element(self, element: etree._Element, path: str, ordinals: tuple[int, ...], *, inside: bool) -> None:
        """An element and all in it; what lies around the record's element has a path from the root."""
        here = self._next
        self._next += 1
        self._attributes(element, here, path, ordinals)
        if path in self._wanted and path not in self._above and _is_running(element):
            self.found.append(
                Cell(path, f"{here}*", readable(inner_markup(element)), ordinals, repair="inner")
            )
            for child in element.iterdescendants():
                self._attributes(child, self._next, f"{path}/{local_name(str(child.tag))}", ordinals)
                self._next += 1
            return
        if element.text and element.text.strip():
            self.found.append(Cell(path, here, element.text, ordinals))
        counts: dict[str, int] = {}
        for child in element:
            counts[str(child.tag)] = counts.get(str(child.tag), 0) + 1
        seen: dict[str, int] = {}
        for child in element:
            self._child(child, path, ordinals, counts=counts, seen=seen, inside=inside or self._is(element))

    def _attributes(self, element: etree._Element, here: int, path: str, ordinals: tuple[int, ...]) -> None:
        for name, value in element.items():
            if value.strip() and not str(name).startswith(_MARKUP):
                at = f"{here}@{attribute_place(element, str(name))}"
                self.found.append(
                    Cell(f"{path}/@{local_name(str(name))}".lstrip("/"), at, str(value), ordinals)
                )

    def _child(self, child: etree._Element, path: str, ordinals: tuple[int, ...], *, counts: dict[str, int],
               seen: dict[str, int], inside: bool) -> None:  # fmt: skip
        tag, first = str(child.tag), self._next
        seen[tag] = seen.get(tag, -1) + 1
        if self._is(child) and not inside:
            self.element(child, "", (), inside=True)
        else:
            many = counts[tag] > 1
            below = f"{path}/{local_name(tag)}".lstrip("/")
            self.element(child, below, (*ordinals, seen[tag]) if many else ordinals, inside=inside)
        if child.tail and child.tail.strip():
            self.found.append(Cell(path, f"{first}~", child.tail, ordinals))

    def _is(self, element: etree._Element) -> bool:
        return local_name(str(element.tag)) == self._record


def _is_running(element: etree._Element) -> bool:
    """Whether an element is text with others in it, which are all part of that text."""
    texts = (element.text, *(child.tail for child in element))
    inner = [kind_of(local_name(str(child.tag))) for child in element.iterdescendants()]
    return bool(inner) and any(text and text.strip() for text in texts) and ASIDE.isdisjoint(inner)


def by_source(cells: Sequence[Cell], wanted: Table[str, object]) -> dict[str, list[Cell]]:
    """The cells under each column or path that a mapping names. Headings are compared without blanks around and
    runs of them."""
    found: dict[str, list[Cell]] = {name: [] for name in wanted}
    plain = {folded(name): name for name in wanted}
    for cell in cells:
        name = plain.get(folded(cell.path))
        if name is not None:
            found[name].append(cell)
    return found


def folded(name: str) -> str:
    """A heading as headings are compared."""
    return " ".join(name.split())
