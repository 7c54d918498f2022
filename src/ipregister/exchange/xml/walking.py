"""How the tree of a record is walked by tables of rules: quickly, and in doubt once more with care.

A rule takes an element at a position into a draft and returns the last position inside it.

The quick walk does not ask each element for what should not be there; it counts the texts and attributes that
it takes. Where the count differs from the document's, or an element is in no table, it gives up, and the work is
done again on a fresh sheet with care: every element is asked, and nothing is left out.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import TypeVar, cast

from lxml import etree

from ipregister.exchange.xml.sheet import MARKUP, Plain, Sheet, path_of
from ipregister.exchange.xml.slices import (
    DESIGNS,
    OFFICES,
    OFFICES_DESIGNS,
    SHORT,
    SHORT_DESIGNS,
    TRADEMARKS,
    Parsed,
    local_name,
)

Element = etree._Element
Rule = Callable[[Sheet, Element, int, Plain, str], int]
Children = Mapping[str, Rule]
Enter = Callable[[Sheet, Element, int, Plain, str], tuple[Plain, str]]
Leave = Callable[[Sheet, Plain, str, Plain, str], None]
Guard = Callable[[Sheet, Plain], bool]
children_of: Callable[[Element], list[Element]] = itemgetter(slice(None))
"""All children of an element in one list: half the time of going from child to child."""

AnySheet = TypeVar("AnySheet", bound=Sheet)

NAMESPACES = (
    "",
    *(f"{{{uri}}}" for uri in (TRADEMARKS, OFFICES, SHORT, DESIGNS, OFFICES_DESIGNS, SHORT_DESIGNS)),
)
"""Namespaces in which the elements of a table may stand; offices mix them."""


class Doubt(Exception):
    """The quick walk met what only the walk with care can place."""


class Table(dict[str, Rule]):
    """Rules by full tag. A tag that is not in it ends the quick walk."""

    def __missing__(self, tag: str) -> Rule:
        raise Doubt(tag)


def table(children: Children) -> Table:
    """A table by full tag, for the walk."""
    return Table({space + name: rule for space in NAMESPACES for name, rule in children.items()})


def group(children: Children) -> Rule:
    """An element that only holds others."""
    rules = table(children)

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        if sheet.careful:
            return walk(sheet, element, position, draft, pointer, rules)
        for child in children_of(element):
            position = rules[child.tag](sheet, child, position + 1, draft, pointer)
        return position

    return take


class Container:
    """The rule of an element that holds others.

    `enter` gives the draft and pointer for what is inside, from the ones outside; `leave` is told both when
    all inside is taken; an element that `guard` refuses is treated as unknown.
    """

    __slots__ = ("enter", "guard", "leave", "rules")

    def __init__(
        self,
        children: Children,
        enter: Enter | None = None,
        leave: Leave | None = None,
        guard: Guard | None = None,
    ) -> None:
        self.rules = table(children)
        self.enter = enter
        self.leave = leave
        self.guard = guard

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the element and all inside it."""
        if self.guard is not None and not self.guard(sheet, draft):
            if not sheet.careful:
                raise Doubt
            return sheet.unknown(element, position)
        inner, place = draft, pointer
        if self.enter is not None:
            inner, place = self.enter(sheet, element, position, draft, pointer)
        if sheet.careful:
            position = walk(sheet, element, position, inner, place, self.rules)
        else:
            rules = self.rules
            for child in children_of(element):
                position = rules[child.tag](sheet, child, position + 1, inner, place)
        if self.leave is not None:
            self.leave(sheet, draft, pointer, inner, place)
        return position


def walk(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str, rules: Table) -> int:
    """Take every child of an element by its rule; what has no rule or place goes beside the record."""
    if not sheet.careful:
        for child in children_of(element):
            position = rules[child.tag](sheet, child, position + 1, draft, pointer)
        return position
    text = element.text
    if text is not None and not text.isspace():
        sheet.spare(path_of(element), text, position)
    if element.keys():
        sheet.spare_attributes(element, position, path_of(element), *sheet.taken_attributes)
        sheet.taken_attributes = ()
    for child in element:
        here = position + 1
        rule = rules.get(child.tag)
        position = sheet.unknown(child, here) if rule is None else rule(sheet, child, here, draft, pointer)
        tail = child.tail
        if tail is not None and not tail.isspace():
            sheet.spare(path_of(element), tail, f"{here}~")
    return position


_NODES = cast("Callable[[Element], float]", etree.XPath("count(//node())"))
_ATTRIBUTES = cast("Callable[[Element], float]", etree.XPath("count(//@*)"))


def filled(parsed: Parsed, root: Element, rule: Rule, make: Callable[[], AnySheet]) -> AnySheet:
    """A sheet with everything of a tree that the rule of its root takes. `make` gives an empty sheet."""
    if not parsed.blanks:
        sheet = make()
        sheet.careful = False
        try:
            if _is_whole(sheet, root, parsed, rule(sheet, root, 0, sheet.record, "")):
                return sheet
        except Doubt:
            pass
    sheet = make()
    rule(sheet, root, 0, sheet.record, "")
    return sheet


def _is_whole(sheet: Sheet, root: Element, parsed: Parsed, last: int) -> bool:
    """Whether the quick walk has seen every element, text and attribute of the tree."""
    texts = _NODES(root) - last - 1
    names = root.keys()
    taken = sheet.taken + (sum([str(name).startswith(MARKUP) for name in names]) if names else 0)
    return texts + parsed.attributes + len(names) == taken or texts + _ATTRIBUTES(root) == taken


def bare(root: Element) -> None:
    """Take the namespaces off all names: every version and office has its own."""
    for element in root.iter():
        tag = str(element.tag)
        if "}" in tag:
            element.tag = local_name(tag)
        for full, value in element.items():
            name = str(full)
            if name[0] == "{" and not name.startswith(MARKUP):
                del element.attrib[name]
                element.set(local_name(name), value)
