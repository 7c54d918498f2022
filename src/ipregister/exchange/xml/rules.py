"""The shapes of a reader's tables: where an element's text goes, and how the tree is walked once.

A rule is a function that takes an element at a position into a draft and returns the last position inside
it. Tables map local names to rules; `table` expands them over the namespaces in use.
"""

from collections.abc import Callable, Mapping

from lxml import etree

from ipregister.exchange.xml.sheet import Plain, Sheet, path_of

Element = etree._Element
Rule = Callable[[Sheet, Element, int, Plain, str], int]
After = Callable[[Sheet, Plain, str], None]

NAMESPACES = (
    "",
    "{http://www.wipo.int/standards/XMLSchema/trademarks}",
    "{http://www.wipo.int/standards/XMLSchema/wo-trademarks}",
)
"""Namespaces in which the elements of a table may stand; offices mix them."""

Children = Mapping[str, Rule]


def table(children: Children) -> dict[str, Rule]:
    """A table by full tag, for the walk."""
    return {space + name: rule for space in NAMESPACES for name, rule in children.items()}


def walk(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str, rules: dict[str, Rule]
) -> int:
    """Take every child of an element by its rule; what has no rule or place goes beside the record."""
    text = element.text
    if text is not None and not text.isspace():
        sheet.spare(path_of(element), text, position)
    if element.keys():
        sheet.spare_attributes(element, position, path_of(element))
    for child in element:
        here = position + 1
        rule = rules.get(child.tag)
        position = sheet.unknown(child, here) if rule is None else rule(sheet, child, here, draft, pointer)
        tail = child.tail
        if tail is not None and not tail.isspace():
            sheet.spare(path_of(element), tail, f"{here}~")
    return position


def group(children: Children) -> Rule:
    """An element that only holds others."""
    rules = table(children)

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        return walk(sheet, element, position, draft, pointer, rules)

    return take


def inside(field: str, rule: Rule) -> Rule:
    """A rule that fills the nested object `field`."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        inner = draft.setdefault(field, {})
        position = rule(sheet, element, position, inner, f"{pointer}/{field}")
        if not inner:
            del draft[field]
        return position

    return take


def each(
    field: str, children: Children, after: After | None = None, *, kind: str = "", role: str = ""
) -> Rule:
    """An element that is one entry of the list `field`; an entry that stays empty is left out.

    `kind` and `role` are what the element's name itself says of the entry.
    """
    rules = table(children)
    constants = {name: value for name, value in (("kind", kind), ("role", role)) if value}

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        entries: list[Plain] = draft.setdefault(field, [])
        place = f"{pointer}/{field}/{len(entries)}"
        entry: Plain = {}
        entries.append(entry)
        position = walk(sheet, element, position, entry, place, rules)
        if entry:
            for name, value in constants.items():
                entry.setdefault(name, value)
            if after is not None:
                after(sheet, entry, place)
        else:
            entries.pop()
            if not entries:
                del draft[field]
        return position

    return take


def _aside(sheet: Sheet, element: Element, position: int, *, but: str = "") -> int:
    """Put a leaf's unread attributes and unexpected children beside the record."""
    path = path_of(element)
    sheet.spare_attributes(element, position, path, but)
    for child in element:
        here = position + 1
        position = sheet.unknown(child, here)
        if child.tail and not child.tail.isspace():
            sheet.spare(path, child.tail, f"{here}~")
    return position


def leaf(set_value: Callable[[Sheet, str, int, Plain, str], None]) -> Rule:
    """An element with a text of its own and nothing else."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None and not raw.isspace():
            set_value(sheet, raw, position, draft, pointer)
        if len(element) or element.keys():
            return _aside(sheet, element, position)
        return position

    return take


def single(field: str, set_value: Callable[[Sheet, str, int, Plain, str], None]) -> Rule:
    """A leaf of which the record holds one; further ones go beside the record."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None and not raw.isspace():
            if field in draft:
                path = path_of(element)
                sheet.find("repeated-element", f"{pointer}/{field}", raw, place=path)
                sheet.spare(path, raw, position)
            else:
                set_value(sheet, raw, position, draft, pointer)
        if len(element) or element.keys():
            return _aside(sheet, element, position)
        return position

    return take


def text(field: str) -> Rule:
    """A text field."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        sheet.put(draft, pointer, field, raw, position)

    return single(field, set_value)


def date(field: str) -> Rule:
    """A date field."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        sheet.put_date(draft, pointer, field, raw, position)

    return single(field, set_value)


def country(field: str) -> Rule:
    """A field with an ST.3 code."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        sheet.put_country(draft, pointer, field, raw, position)

    return single(field, set_value)


def listed(field: str) -> Rule:
    """An entry of a list of plain texts."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        entries: list[str] = draft.setdefault(field, [])
        holder: Plain = {}
        if sheet.put(holder, f"{pointer}/{field}", str(len(entries)), raw, position):
            entries.extend(holder.values())
        elif not entries:
            del draft[field]

    return leaf(set_value)


def flag(name: str) -> Rule:
    """An indicator, an entry of `flags` with its name."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        entries: list[str] = draft.setdefault("flags", [])
        sheet.evidence[f"{pointer}/flags/{len(entries)}"] = (position, f"flag:{name}")
        entries.append(f"{name}={raw}")

    return leaf(set_value)


def lines(field: str, *, collapse: bool = True, language: str = "languageCode") -> Rule:
    """An entry of a list of texts with languages."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        code = None
        if raw is not None and not raw.isspace():
            code = element.get(language)
            texts = draft.get(field)
            if texts is None:
                texts = draft[field] = []
            sheet.put_text(texts, f"{pointer}/{field}", raw, position, language=code, collapse=collapse)
            if not texts:
                del draft[field]
        if len(element) or len(element.keys()) > (code is not None):
            return _aside(sheet, element, position, but=language if code is not None else "")
        return position

    return take


def word(field: str, kinds: str, code: str) -> Rule:
    """A field with our code for the office's word, by the office's table `kinds`; else the word is kept."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        if not sheet.put_word(draft, pointer, field, raw, position, table=kinds):
            placeholder = raw.strip() in sheet.placeholders
            reason = "placeholder" if placeholder else "unknown-code"
            sheet.keep(f"{pointer}/{field}", raw, reason, position, "" if placeholder else code)

    return single(field, set_value)
