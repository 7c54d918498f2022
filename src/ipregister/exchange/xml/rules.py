"""The rules that readers' tables are made of: where an element's text goes."""

from collections.abc import Callable

from ipregister.exchange.xml.sheet import Plain, Sheet, path_of
from ipregister.exchange.xml.walking import (
    Children,
    Container,
    Element,
    Rule,
    children_of,
    group,
    table,
    walk,
)

__all__ = [
    "Children", "Container", "Element", "Rule", "country", "date", "each", "flag", "group", "inside", "leaf", "lines",
    "listed", "single", "table", "text", "walk", "word",
]  # fmt: skip

After = Callable[[Sheet, Plain, str], None]
SetValue = Callable[[Sheet, str, int, Plain, str], None]


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
    constants = {name: value for name, value in (("kind", kind), ("role", role)) if value}
    rules = table(children)

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        entries = draft.get(field)
        if entries is None:
            entries = draft[field] = []
        entry: Plain = {}
        place = f"{pointer}/{field}/{len(entries)}"
        entries.append(entry)
        if sheet.careful:
            position = walk(sheet, element, position, entry, place, rules)
        else:
            for child in children_of(element):
                position = rules[child.tag](sheet, child, position + 1, entry, place)
        if entry:
            if constants:
                for name, value in constants.items():
                    entry.setdefault(name, value)
            if after is not None:
                after(sheet, entry, place)
            return position
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


def leaf(set_value: SetValue) -> Rule:
    """An element with a text of its own and nothing else."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None:
            sheet.taken += 1
            if not raw.isspace():
                set_value(sheet, raw, position, draft, pointer)
        if sheet.careful and (len(element) or element.keys()):
            return _aside(sheet, element, position)
        return position

    return take


def single(field: str, set_value: SetValue) -> Rule:
    """A leaf of which the record holds one; further ones go beside the record."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None:
            sheet.taken += 1
            if raw.isspace():
                pass
            elif field in draft:
                _repeated(sheet, element, position, f"{pointer}/{field}", raw)
            else:
                set_value(sheet, raw, position, draft, pointer)
        if sheet.careful and (len(element) or element.keys()):
            return _aside(sheet, element, position)
        return position

    return take


def _repeated(sheet: Sheet, element: Element, position: int, place: str, raw: str) -> None:
    path = path_of(element)
    sheet.find("repeated-element", place, raw, place=path)
    sheet.spare(path, raw, position)


def text(field: str) -> Rule:
    """A text field. The most common rule, so it is written out."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None:
            sheet.taken += 1
            value = raw.strip()
            if not value:
                pass
            elif field in draft:
                _repeated(sheet, element, position, f"{pointer}/{field}", raw)
            elif value in sheet.placeholders:
                sheet.keep(f"{pointer}/{field}", raw, "placeholder", position)
            else:
                draft[field] = value
                sheet.evidence[f"{pointer}/{field}"] = position if value == raw else (position, "trim")
        if sheet.careful and (len(element) or element.keys()):
            return _aside(sheet, element, position)
        return position

    return take


def date(field: str) -> Rule:
    """A date field."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None:
            sheet.taken += 1
            if raw.isspace():
                pass
            elif field in draft:
                _repeated(sheet, element, position, f"{pointer}/{field}", raw)
            else:
                sheet.put_date(draft, pointer, field, raw, position)
        if sheet.careful and (len(element) or element.keys()):
            return _aside(sheet, element, position)
        return position

    return take


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


def _language_alone(sheet: Sheet, code: str, position: int, place: str) -> None:
    """The language of a text that is empty."""
    if code and not code.isspace():
        sheet.keep(f"{place}/lang", code, "placeholder", f"{position}@languageCode")


def lines(field: str, *, collapse: bool = True, language: str = "languageCode") -> Rule:
    """An entry of a list of texts with languages. As common as `text`, so it is written out too."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        code = element.get(language)
        value = "" if raw is None else raw.strip()
        sheet.taken += (raw is not None) + (code is not None)
        if raw is not None and value:
            texts = draft.get(field)
            if texts is None:
                texts = draft[field] = []
            place = f"{pointer}/{field}/{len(texts)}"
            if not value.isascii() and (encoding := sheet.legacy(raw, code)):
                sheet.put_legacy(texts, f"{pointer}/{field}", raw, position, encoding=encoding, language=code,
                                 collapse=collapse)  # fmt: skip
            elif value in sheet.placeholders or (collapse and not value.isprintable()):
                sheet.put_odd_text(texts, place, raw, position, language=code)
                if not texts:
                    del draft[field]
            else:
                sheet.evidence[place + "/text"] = position if value == raw else (position, "trim")
                entry: Plain = {"text": value}
                texts.append(entry)
                tag = sheet.tags.get(code) if code and value.isascii() else None
                if tag is not None:  # what `put_language` would say
                    where = f"{position}@languageCode"
                    if tag != "und":
                        entry["lang"] = tag
                    sheet.evidence[place + "/lang"] = where if tag == code else (where, "lang:" + tag)
                elif code:
                    sheet.put_language(entry, place + "/lang", code, value, position=position)
        elif code is not None:
            _language_alone(sheet, code, position, f"{pointer}/{field}/{len(draft.get(field, ()))}")
        if sheet.careful and (len(element) or element.keys()):
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
