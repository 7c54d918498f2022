"""Singapore's own format: one record is a `Trademark`, an `Article6ter` (emblem) or an `R13` (slogan)."""

from ipregister.capture.sg_acts import ACTS, party
from ipregister.capture.sg_emblems import turn
from ipregister.capture.shapes import (
    SEEN,
    country,
    date,
    deletes,
    lines,
    note,
    part_classes,
    put_class,
    read_own,
    text,
)
from ipregister.capture.shapes import first as first_of
from ipregister.exchange.xml.rules import (
    Children,
    Element,
    Rule,
    each,
    flag,
    group,
    inside,
    leaf,
)
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

SUBTYPES = {"Trademark": "", "Article6ter": "EMBLEM", "R13": "SLOGAN"}
"""Root element -> subtype; empty for the usual one."""

SHAPES = ("three_dimensional_shape", "aspect_of_packaging")
DRAWN_WORDS = "tif"
"""Pictures of this type are the office's own drawing of the word."""

YES = frozenset({"y", "yes", "true", "1"})


def _set_kind(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    holder: Plain = {}
    if sheet.put_word(holder, "/kinds", "0", raw, position, table="kinds"):
        draft["kinds"] = [holder["0"]]
        return
    placeholder = raw.strip() in sheet.placeholders
    reason = "placeholder" if placeholder else "unknown-code"
    sheet.keep("/kinds/0", raw, reason, position, "" if placeholder else "unknown-kind")


def _set_status(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    sheet.put(draft, pointer, "office_status", raw, position)
    if deletes(sheet, raw):
        draft["deleted"] = True
        sheet.evidence["/deleted"] = (position, "deletion")


def _set_previous(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """A status that the mark had before, without a day."""
    events: list[Plain] = draft.setdefault("events", [])
    entry: Plain = {}
    if sheet.put(entry, f"/events/{len(events)}", "office_name", raw, position):
        events.append({**entry, "code": "previous-status"})
    elif not events:
        del draft["events"]


def _set_unconventional(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """`non_conventional_mark`: the kind of sign in words, or a mere yes."""
    flags: list[str] = draft.setdefault("flags", [])
    sheet.evidence[f"{pointer}/flags/{len(flags)}"] = (position, "flag:non_conventional_mark")
    flags.append(f"non_conventional_mark={raw}")
    if sheet.lookups.word("features", raw) is not None:
        sheet.put_word(draft, pointer, "feature", raw, position, table="features")


def _set_class(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    put_class(sheet, draft, pointer, raw, position)


def _block(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """A class with its goods; the priorities claimed for it go to the record with its number."""
    first = len(draft.get("goods", ()))
    before = len(draft.get("priorities", ()))
    position = _BLOCK(sheet, element, position, draft, pointer)
    blocks = draft.get("goods", ())[first:]
    for index in range(before, len(draft.get("priorities", ()))):
        numbers = [block["class_number"] for block in blocks if "class_number" in block]
        for number in range(len(numbers)):
            origin = sheet.evidence[f"/goods/{first + number}/class_number"]
            sheet.evidence[f"/priorities/{index}/classes/{number}"] = origin
        if numbers:
            draft["priorities"][index]["classes"] = numbers
    return position


def _claim(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    return _CLAIM(sheet, element, position, sheet.record, "")


_CLAIM = each(
    "priorities",
    {
        "country": country("country"),
        "date": date("date"),
        "number": text("number"),
        "priority_no": text("number"),
        "priority_number": text("number"),
        "remarks": lines("texts"),
        "part_goods_services": lines("texts"),
        "goods_services": lines("texts"),
    },
)


def _claims(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """`priority_claims` is a claim, or holds several `priority_claim`."""
    if any(child.tag == "priority_claim" for child in element):
        return _SEVERAL(sheet, element, position, draft, pointer)
    return _claim(sheet, element, position, draft, pointer)


_SEVERAL = group({"priority_claim": _claim})


def _part_classes(sheet: Sheet, entry: Plain, place: str) -> None:
    part_classes(sheet, entry, place, sheet.record["goods"])


_BLOCK = each(
    "goods",
    {
        "class_no": first_of("class_number", _set_class),
        "class_status": text("status"),
        "goods_services": lines("texts", "en"),
        "priority_claims": _claims,
        "priority_claim": _claim,
    },
    after=_part_classes,
)


def _each_publication() -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        entries: list[Plain] = draft.setdefault("publications", [{}])
        sheet.put_date(entries[0], "/publications/0", "date", raw, position)

    return first_of("publications", set_value)


_AGENT = each("representatives", party("agent_"))

RECORD: Children = {
    "tm_no": text("application_number"),
    "application_type": first_of("kinds", _set_kind),
    "application_date": date("application_date"),
    "publication_date": _each_publication(),
    "registration_completion_date": date("registration_date"),
    "registration_date": date("registration_date"),
    "expiry_date": date("expiry_date"),
    "mark_status": first_of("office_status", _set_status),
    "status_date": date("status_date"),
    "previous_status": leaf(_set_previous),
    "international_registration_no": text("international_number"),
    "ir_no": text("international_number"),
    "mark_description": inside("mark", lines("verbal", collapse=True)),
    "mark_translation": inside("mark", lines("translations", "en")),
    "translation": inside("mark", lines("translations", "en")),
    "mark_transliteration": inside("mark", lines("transliterations")),
    "transliteration": inside("mark", lines("transliterations")),
    "mark_index": inside(
        "mark",
        group(
            {
                "words_in_mark": lines("significant", collapse=True),
                "device_description": lines("descriptions", "en"),
                "chinese_characters": lines("significant"),
            }
        ),
    ),
    "logo_details": inside("mark", each("images", {"file_name": text("filename"), "type": text("format")})),
    "mark_lodge_in_color": inside("mark", flag("mark_lodge_in_color")),
    "three_dimensional_shape": inside("mark", flag("three_dimensional_shape")),
    "aspect_of_packaging": inside("mark", flag("aspect_of_packaging")),
    "color_as_a_trademark": inside("mark", flag("color_as_a_trademark")),
    "non_conventional_mark": inside("mark", leaf(_set_unconventional)),
    "series_mark": inside("mark", flag("series_mark")),
    "well_known_mark": inside("mark", flag("well_known_mark")),
    "clause_details": inside("mark", group({"clause": lines("disclaimers", "en")})),
    "clause": inside("mark", lines("disclaimers", "en")),
    "classes_details": group({"class_details": _block}),
    "class_details": _block,
    "company_details": each("applicants", party("company_")),
    "agent_afs_details": group({"agent_details": _AGENT}),
    "agent_details": _AGENT,
    **ACTS,
}
"""Where each element goes."""


def _root(subtype: str) -> Rule:
    """The element of a record; its name tells the subtype."""
    record = group(RECORD)

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        if subtype:
            draft["subtype"] = subtype
        return record(sheet, element, position, draft, pointer)

    return take


ROOTS = {name: _root(subtype) for name, subtype in SUBTYPES.items()}


def read(raw: bytes, office: Office) -> Reading:
    """The record of one raw slice with its evidence; never raises for bad input."""
    return read_own(raw, office, ROOTS, _finish)


def _finish(sheet: Sheet) -> None:
    record = sheet.record
    record.pop(SEEN, None)
    if not any(record.get("publications", ())):
        record.pop("publications", None)
    if "registration_date" in record and "application_number" in record:
        record["registration_number"] = record["application_number"]
        sheet.evidence["/registration_number"] = sheet.evidence["/application_number"]
    status = record.get("office_status")
    if status and sheet.lookups.word("statuses", status) is None:
        sheet.find("unknown-status", "/office_status", status)
    mark = record.get("mark")
    if mark and "feature" not in mark:
        _derive_feature(sheet, mark)
    if record.get("subtype") == "EMBLEM":
        turn(sheet)


def _derive_feature(sheet: Sheet, mark: Plain) -> None:
    """The kind of sign from the flags, else from what there is of the mark; the feed does not tell it."""
    flags = dict(text.partition("=")[::2] for text in mark.get("flags", ()))
    yes = {name for name, word in flags.items() if word.strip().casefold() in YES}
    words = bool(mark.get("verbal") or mark.get("significant"))
    pictures = [image for image in mark.get("images", ()) if not _drawn(image)]
    if yes.intersection(SHAPES):
        feature = "Three dimensional"
    elif "color_as_a_trademark" in yes:
        feature = "Colour"
    elif "non_conventional_mark" in yes:
        feature = "Other"
    elif pictures or (not words and mark.get("images")):
        feature = "Combined" if words else "Figurative"
    elif words:
        feature = "Word"
    else:
        return
    mark["feature"] = feature
    note(sheet, "feature-derived", "/mark/feature", feature)


def _drawn(image: Plain) -> bool:
    names = (image.get("format", ""), image.get("filename", "").rpartition(".")[2])
    return any(name.casefold().startswith(DRAWN_WORDS) for name in names)
