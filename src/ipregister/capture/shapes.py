"""Shapes of rules that the KZ and SG feeds share, over those of `exchange.xml.rules`."""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial

from ipregister.capture.findings import SEVERITY
from ipregister.exchange.xml.rules import Element, Rule
from ipregister.exchange.xml.sheet import Plain, Sheet, TooDeep, path_of
from ipregister.exchange.xml.slices import local_name, parse
from ipregister.exchange.xml.walking import filled
from ipregister.model.class_texts import class_parts
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.finding import Finding
from ipregister.model.legacy import doubtful
from ipregister.model.offices import Office, fold_word
from ipregister.model.repairs import LOOK_ALIKES, unescape, vienna

LAST_NICE, LAST_NATIONAL = 45, 50
_ESCAPED = re.compile(r"&[#A-Za-z][A-Za-z0-9]*;")

SEEN = "_first"
"""Where a reading remembers the first texts of elements that may be repeated; taken out at the end."""

PARTS = "_parts"
"""Where a block of goods remembers that its class number names several classes."""

SetValue = Callable[[Sheet, str, int, Plain, str], None]


def read_own(
    raw: bytes, office: Office, roots: Mapping[str, Rule], finish: Callable[[Sheet], None]
) -> Reading:
    """The record of one raw slice with its evidence; never raises for bad input.

    `roots` are the rules of the elements that may be its root, by local name; `finish` does what needs the whole."""
    parsed = parse(raw, office.encodings, quick=True)
    root = parsed.root
    if root is None:
        return parsed.refused()
    name = local_name(str(root.tag))
    if name not in roots:
        return parsed.refused("not-a-record", f"root element {name}")
    try:
        sheet = filled(parsed, root, roots[name], partial(Sheet, office))
    except TooDeep:
        return parsed.refused("too-deep")
    finish(sheet)
    return sheet.done(parsed)


@cache
def _deleting(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold_word, words))


def deletes(sheet: Sheet, word: str) -> bool:
    """Whether a word of the feed asks for its record to be deleted."""
    words = sheet.office.deletions
    return bool(words) and fold_word(word) in _deleting(words)


def note(sheet: Sheet, code: str, path: str = "", value: str = "", **arguments: str) -> None:
    """A finding of one of this floor's kinds."""
    sheet.findings.append(Finding(code, SEVERITY[code], path, value, arguments))


def aside(sheet: Sheet, element: Element, position: int) -> int:
    """Put what a leaf should not have, attributes and children, beside the record, in the walk with care."""
    if not sheet.careful or not (len(element) or element.keys()):
        return position
    path = path_of(element)
    sheet.spare_attributes(element, position, path)
    for child in element:
        here = position + 1
        position = sheet.unknown(child, here)
        if child.tail and not child.tail.isspace():
            sheet.spare(path, child.tail, f"{here}~")
    return position


def first(field: str, set_value: SetValue) -> Rule:
    """A leaf that the feed may repeat: the first is the value, further ones are kept as duplicates, with a
    finding where they differ."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None:
            sheet.taken += 1
            value = raw.strip()
            if value and _is_first(sheet, element, position, f"{pointer}/{field}", raw, value):
                set_value(sheet, raw, position, draft, pointer)
        return aside(sheet, element, position) if sheet.careful else position

    return take


def _is_first(sheet: Sheet, element: Element, position: int, place: str, raw: str, value: str) -> bool:
    """Whether nothing was delivered for a place before; a further value is kept as a duplicate."""
    seen = sheet.record.get(SEEN)
    if seen is None:
        seen = sheet.record[SEEN] = {}
    if place not in seen:
        seen[place] = value
        return True
    if value != seen[place]:
        sheet.find("repeated-element", place, raw, place=path_of(element))
    sheet.keep(place, raw, "duplicate", position)
    return False


def text(field: str) -> Rule:
    """A text field, entities that were escaped twice undone. The most common rule, so it is written out."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None:
            sheet.taken += 1
            value, place = raw.strip(), f"{pointer}/{field}"
            if value and _is_first(sheet, element, position, place, raw, value):
                if "&" in raw:
                    _put_escaped(sheet, draft, pointer, field, raw, position)
                elif value in sheet.placeholders:
                    sheet.keep(place, raw, "placeholder", position)
                else:
                    draft[field] = value
                    sheet.evidence[place] = position if value == raw else (position, "trim")
        return aside(sheet, element, position) if sheet.careful else position

    return take


def _put_escaped(sheet: Sheet, draft: Plain, pointer: str, field: str, raw: str, position: int) -> None:
    plain = unescape(raw)
    if plain != raw and plain.strip() and plain.strip() not in sheet.placeholders:
        sheet.put(draft, pointer, field, plain, position)
        _prepend(sheet, f"{pointer}/{field}", "unescape")
    else:
        sheet.put(draft, pointer, field, raw, position)


def date(field: str) -> Rule:
    """A date field."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        sheet.put_date(draft, pointer, field, raw, position)

    return first(field, set_value)


def country(field: str) -> Rule:
    """A field with an ST.3 code, from a name; Latin letters in a Cyrillic name are seen through."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        put_country(sheet, draft, pointer, field, raw, position)

    return first(field, set_value)


def put_country(sheet: Sheet, draft: Plain, pointer: str, field: str, raw: str, position: int) -> None:
    """Set a country field from a code or name; mends look-alike letters where only that helps."""
    if sheet.lookups.country(raw) is None and not raw.isascii():
        from_cyrillic = sheet.lookups.country(raw.translate(LOOK_ALIKES))
        if from_cyrillic is not None:
            draft[field] = from_cyrillic
            sheet.evidence[f"{pointer}/{field}"] = (position, "look-alike", "country")
            return
    sheet.put_country(draft, pointer, field, raw, position)


def lines(field: str, lang: str = "", *, collapse: bool = False) -> Rule:
    """An entry of a list of texts; `lang` is the language that the element's name tells."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        raw = element.text
        if raw is not None:
            sheet.taken += 1
            value = raw.strip()
            if value in sheet.placeholders or not _stands(raw, value, collapse):
                if value:
                    put_text(sheet, draft, pointer, field, raw, position, lang, collapse=collapse)
            else:
                texts = draft.get(field)
                if texts is None:
                    texts = draft[field] = []
                place = f"{pointer}/{field}/{len(texts)}/text"
                sheet.evidence[place] = position if value == raw else (position, "trim")
                texts.append({"text": value, "lang": lang} if lang else {"text": value})
        return aside(sheet, element, position) if sheet.careful else position

    return take


def _stands(raw: str, value: str, collapse: bool) -> bool:
    """Whether a text is as it stands: not blank, nothing escaped, no line breaks, no old encoding."""
    if not value or "&" in raw or (collapse and not value.isprintable()):
        return False
    return raw.isascii() or not doubtful(raw)


def put_text(sheet: Sheet, draft: Plain, pointer: str, field: str, raw: str, position: int, lang: str = "",
             *, collapse: bool = False) -> None:  # fmt: skip
    """Add a text to a list of texts, entities that were escaped twice undone."""
    texts: list[Plain] = draft.setdefault(field, [])
    count = len(texts)
    plain = unescape(raw) if "&" in raw else raw
    mended = plain != raw and bool(plain.strip()) and plain.strip() not in sheet.placeholders
    plain = plain if mended else raw
    encoding = "" if plain.isascii() else sheet.legacy(plain, lang)
    if encoding:
        sheet.put_legacy(texts, f"{pointer}/{field}", plain, position, encoding=encoding, language=None,
                         collapse=collapse)  # fmt: skip
    else:
        sheet.put_text(texts, f"{pointer}/{field}", plain, position, language=None, collapse=collapse)
    if len(texts) > count:
        if mended:
            _prepend(sheet, f"{pointer}/{field}/{count}/text", "unescape")
        if lang:
            texts[count]["lang"] = lang
    elif not texts:
        del draft[field]


def _prepend(sheet: Sheet, place: str, repair: str) -> None:
    position, repairs = split_origin(sheet.evidence[place])
    sheet.evidence[place] = (int(position), repair, *repairs)


def put_class(sheet: Sheet, draft: Plain, pointer: str, raw: str, position: int) -> None:
    """Set the class number of a block of goods. Several in one text: the first, with a finding; `part_classes`
    makes blocks of the others."""
    place = f"{pointer}/class_number"
    parts = class_parts(raw)
    if raw.strip() in sheet.placeholders or parts == (0,):
        sheet.keep(place, raw, "placeholder", position)
    elif not parts or not 1 <= min(parts) <= max(parts) <= LAST_NATIONAL:
        sheet.keep(place, raw, "not-a-class", position, "not-a-class")
    elif len(parts) > 1:
        draft["class_number"] = parts[0]
        draft[PARTS] = (parts, position)
        sheet.evidence[place] = (position, "class-part:1")
        sheet.find("classes-in-one", place, raw)
    else:
        draft["class_number"] = parts[0]
        sheet.evidence[place] = position if raw == str(parts[0]) else (position, "class")
        if parts[0] > LAST_NICE:
            draft["scheme"] = "national"


def part_classes(sheet: Sheet, entry: Plain, place: str, blocks: list[Plain]) -> None:
    """Several classes in one block: a block each without text; the text is no class's."""
    several = entry.pop(PARTS, None)
    if several is None:
        return
    parts, position = several
    for number, part in enumerate(parts[1:], start=2):
        sheet.evidence[f"/goods/{len(blocks)}/class_number"] = (position, f"class-part:{number}")
        blocks.append({"class_number": part, **({"scheme": "national"} if part > LAST_NICE else {})})
    for index, goods in enumerate(entry.pop("texts", ())):
        loose: list[Plain] = sheet.record.setdefault("goods_unclassified", [])
        origin = sheet.evidence.pop(f"{place}/texts/{index}/text")
        sheet.evidence[f"/goods_unclassified/{len(loose)}/text"] = origin
        loose.append(goods)


def put_vienna(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """Add a Vienna code to a picture, or keep the text where it is none."""
    code = vienna(raw)
    if code is None:
        placeholder = raw.strip() in sheet.placeholders
        reason = "placeholder" if placeholder else "unknown-code"
        sheet.keep(f"{pointer}/vienna", raw, reason, position, "" if placeholder else "not-a-vienna-code")
        return
    codes: list[str] = draft.setdefault("vienna", [])
    sheet.evidence[f"{pointer}/vienna/{len(codes)}"] = position if code == raw else (position, "vienna")
    codes.append(code)


def into(field: str, number: int, rule: Rule) -> Rule:
    """A rule that fills entry `number` of the list `field`, which is made when it is needed."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        entries: list[Plain] = draft.setdefault(field, [])
        while len(entries) <= number:
            entries.append({})
        return rule(sheet, element, position, entries[number], f"{pointer}/{field}/{number}")

    return take
