"""How the tree of a record is walked by tables of rules: in doubt with care, else in one quick sweep.

A rule takes an element at a position into a draft and returns the last position inside it. A `Container` is
a rule for an element that holds others; any other rule takes a leaf.

`sweep` goes over the elements in document order without asking each for what should not be there, and counts
what it takes. Where the count differs from the document's, or anything is unknown, it gives up, and `walk`
does the work again: it asks every element, and nothing is left out.
"""

from collections.abc import Callable, Mapping

from lxml import etree

from ipregister.exchange.xml.sheet import MARKUP, Plain, Sheet, path_of

Element = etree._Element
Rule = Callable[[Sheet, Element, int, Plain, str], int]
Children = Mapping[str, Rule]
Enter = Callable[[Sheet, Element, int, Plain, str], tuple[Plain, str]]
Leave = Callable[[Sheet, Plain, str, Plain, str], None]
Guard = Callable[[Sheet, Plain], bool]

NAMESPACES = (
    "",
    "{http://www.wipo.int/standards/XMLSchema/trademarks}",
    "{http://www.wipo.int/standards/XMLSchema/wo-trademarks}",
)
"""Namespaces in which the elements of a table may stand; offices mix them."""


def table(children: Children) -> dict[str, Rule]:
    """A table by full tag, for the walk."""
    return {space + name: rule for space in NAMESPACES for name, rule in children.items()}


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
        """Take the element and all inside it with care."""
        if self.guard is not None and not self.guard(sheet, draft):
            return sheet.unknown(element, position)
        inner, place = draft, pointer
        if self.enter is not None:
            inner, place = self.enter(sheet, element, position, draft, pointer)
        position = walk(sheet, element, position, inner, place, self.rules)
        if self.leave is not None:
            self.leave(sheet, draft, pointer, inner, place)
        return position


def walk(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str, rules: dict[str, Rule]
) -> int:
    """Take every child of an element by its rule; what has no rule or place goes beside the record."""
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


_HELD = etree.XPath("count(//text()) + count(//@*)", smart_strings=False)
"""How many texts and attributes a tree without blank texts holds."""


def sweep(sheet: Sheet, root: Element, rules: dict[str, Rule]) -> bool:
    """Take a whole tree quickly. False where it must be walked with care, on a fresh sheet."""
    sheet.careful = False
    draft, pointer = sheet.record, ""
    parent: Element | None = None
    container: Container | None = None
    outside: list[tuple[Element | None, Container | None, dict[str, Rule], Plain, str]] = []
    for position, element in enumerate(root.iter()):
        above = element.getparent()
        while above is not parent:
            if container is None:
                return False
            inner, place = draft, pointer
            leave = container.leave
            parent, container, rules, draft, pointer = outside.pop()
            if leave is not None:
                leave(sheet, draft, pointer, inner, place)
        rule = rules.get(element.tag)
        if rule.__class__ is Container:
            outside.append((parent, container, rules, draft, pointer))
            parent, container = element, rule
            rules = rule.rules
            if rule.guard is not None and not rule.guard(sheet, draft):
                return False
            if rule.enter is not None:
                draft, pointer = rule.enter(sheet, element, position, draft, pointer)
        elif rule is None:
            return False
        else:
            rule(sheet, element, position, draft, pointer)
    while container is not None:
        inner, place = draft, pointer
        leave = container.leave
        parent, container, rules, draft, pointer = outside.pop()
        if leave is not None:
            leave(sheet, draft, pointer, inner, place)
    markup = sum(str(name).startswith(MARKUP) for name, _ in root.items())
    return bool(_HELD(root) == sheet.taken + markup)
