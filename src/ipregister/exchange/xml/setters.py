"""What the tables of `shapes` do with a text: into a field, an entry of a list, beside the record."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain
from ipregister.exchange.xml.walking import Element, Rule
from ipregister.model.dates import parse as parse_date
from ipregister.model.digits import to_ascii
from ipregister.model.evidence import Origin

_PART_OF_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_PARTIAL = re.compile(r"\d{4}(?:0[0-9]|1[0-2])00")
_LONGEST = 12


def noted(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """A text that says how the document is made."""
    sheet.used.append(position)


def text(field: str) -> Set:
    """A text field."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        value = raw.strip()
        place = f"{pointer}/{field}"
        if field in draft:
            sheet.again(place, value, draft, raw, position)
        elif value in sheet.placeholders:
            sheet.keep(place, raw, "placeholder", position)
        else:
            draft[field] = value
            sheet.evidence[place] = position if value == raw else (position, "trim")

    return set_value


def day(field: str) -> Set:
    """A date; years and months alone are taken too."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        place = f"{pointer}/{field}"
        iso, repairs = parse_date(raw, "iso")
        bare = raw.strip()
        if iso is None and _PART_OF_DATE.fullmatch(bare) and "1000" <= bare < "2400":
            iso, repairs = bare, (() if bare == raw else ("trim",))
        elif iso is None and _PARTIAL.fullmatch(raw) and raw[:4] != "0000":
            iso, repairs = raw[:4] if raw[4:6] == "00" else f"{raw[:4]}-{raw[4:6]}", ("partial-day",)
        if field in draft and iso is not None:
            sheet.again(place, iso, draft, raw, position)
        elif iso is not None:
            draft[field] = iso
            sheet.evidence[place] = (position, *repairs) if repairs else position
        elif bare in sheet.placeholders:
            sheet.keep(place, raw, "placeholder", position)
        else:
            sheet.keep(place, raw, "not-a-date", position, "not-a-date")

    return set_value


def country(field: str) -> Set:
    """A country or office by its ST.3 code or name."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        if field in draft:
            sheet.again(f"{pointer}/{field}", sheet.lookups.country(raw), draft, raw, position)
        else:
            sheet.put_country(draft, pointer, field, raw, position)

    return set_value


def number(field: str) -> Set:
    """A whole number."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        place = f"{pointer}/{field}"
        digits = to_ascii(raw).strip()
        if not digits.isdecimal() or len(digits) > _LONGEST:
            sheet.keep(place, raw, "not-a-number", position, "not-a-number")
        elif not sheet.again(place, int(digits), draft, raw, position):
            draft[field] = int(digits)
            sheet.evidence[place] = position if raw == str(int(digits)) else (position, "integer")

    return set_value


def language(field: str) -> Set:
    """A language by its code."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        place = f"{pointer}/{field}"
        tag = tag_of(sheet, raw, "")
        if tag is None:
            sheet.keep(place, raw, "unknown-code", position, "unknown-language")
        elif not sheet.again(place, tag, draft, raw, position):
            draft[field] = tag
            sheet.evidence[place] = position if tag == raw else (position, f"lang:{tag}")

    return set_value


def word(field: str, table: str) -> Set:
    """A field with our code for the office's word; the word itself where the table lacks it."""
    plain = text(field)

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        if field in draft or not sheet.put_word(draft, pointer, field, raw, position, table=table):
            plain(sheet, raw, position, draft, pointer)

    return set_value


def spoken(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """The language of the texts inside an element."""
    sheet.spoken = raw, position
    sheet.languages.append(position)


def tag_of(sheet: NotingSheet, code: str, words: str) -> str | None:
    """The tag of a language by the office's code for it."""
    tags = sheet.office.language_tags.get(code.strip().lower(), ())
    if tags and not words:
        return tags[0]
    return sheet.lookups.language(code, words or "a")


def say(
    sheet: NotingSheet, value: str, origin: Origin, draft: Plain, pointer: str, *, field: str = "texts"
) -> None:
    """Add a text in the language spoken to the list `field` of a draft."""
    texts = draft.setdefault(field, [])
    place = f"{pointer}/{field}/{len(texts)}"
    entry: Plain = {"text": value}
    texts.append(entry)
    sheet.evidence[f"{place}/text"] = origin
    if sheet.spoken is None:
        return
    code, position = sheet.spoken
    tag = tag_of(sheet, code, value)
    if tag is None:
        if f"lang {position}" not in sheet.told:
            sheet.told.add(f"lang {position}")
            sheet.keep(f"{place}/lang", code, "unknown-code", position, "unknown-language")
    elif tag != "und":
        entry["lang"] = tag
        sheet.evidence[f"{place}/lang"] = position if tag == code else (position, f"lang:{tag}")


def line(field: str) -> Set:
    """An entry of a list of texts with languages."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        value = raw.strip()
        if value in sheet.placeholders:
            sheet.keep(f"{pointer}/{field}/{len(draft.get(field, ()))}/text", raw, "placeholder", position)
        elif "\n" in value or "\t" in value or "\r" in value:
            say(sheet, " ".join(value.split()), (position, "space"), draft, pointer, field=field)
        else:
            say(sheet, value, position if value == raw else (position, "trim"), draft, pointer, field=field)

    return set_value


def item(field: str) -> Set:
    """An entry of a list of plain texts."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        value = raw.strip()
        entries = draft.setdefault(field, [])
        sheet.evidence[f"{pointer}/{field}/{len(entries)}"] = position if value == raw else (position, "trim")
        entries.append(value)

    return set_value


def within(field: str, set_value: Set) -> Set:
    """A field of the object `field` of a draft."""

    def set_inside(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        set_value(sheet, raw, position, draft.setdefault(field, {}), f"{pointer}/{field}")

    return set_inside


def remark(kind: str) -> Set:
    """A statement that has no field of its own, under the name by which the standard knows it."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        remarks = sheet.record.setdefault("remarks", [])
        entry: Plain = {"kind": kind}
        remarks.append(entry)
        line("texts")(sheet, raw, position, entry, f"/remarks/{len(remarks) - 1}")
        if "texts" not in entry:
            remarks.pop()

    return set_value


def leaf(set_value: Set, attributes: Mapping[str, Set] | None = None) -> Shape:
    """An element with a text alone."""
    return Shape({}, attributes, text=set_value)


def entry(
    field: str,
    children: Mapping[str, Rule] | None = None,
    attributes: Mapping[str, Set] | None = None,
    *,
    value: Set | None = None,
    constants: Mapping[str, str] = MappingProxyType({}),
) -> Shape:
    """An element that is one entry of the list `field`; `constants` are what its name says."""

    def enter(
        sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
    ) -> tuple[Plain, str]:
        entries = draft.setdefault(field, [])
        entries.append({})
        return entries[-1], f"{pointer}/{field}/{len(entries) - 1}"

    def leave(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        close(draft, field, inner, constants)

    return Shape(children, attributes, text=value, enter=enter, leave=leave)


def close(draft: Plain, field: str, inner: Plain, constants: Mapping[str, str]) -> None:
    """Leave out an entry that stayed empty; else add what the element's name says."""
    if inner:
        for name, constant in constants.items():
            inner.setdefault(name, constant)
        return
    draft[field].pop()
    if not draft[field]:
        del draft[field]
