"""What transactions of ST.66 and ST.86 have in common: one record in each, its office, numbers, languages, events."""

from ipregister.exchange.xml.rules import Element, Rule, single
from ipregister.exchange.xml.sheet import Plain, Sheet


class Several(Exception):
    """A slice holds more than one record."""


def only(sheet: Sheet, draft: Plain) -> bool:
    """Note that there is a record; a second one in the same slice is no part of it. Raises `Several`."""
    if draft.get("_seen"):
        raise Several
    draft["_seen"] = True
    return True


def enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
    """The record itself: what the transaction asks to be done with it (`operationCode`)."""
    operation = element.get("operationCode")
    if operation is not None:
        sheet.taken += 1
        sheet.taken_attributes = ("operationCode",)
        if operation and not operation.isspace():
            header = draft.setdefault("transaction", {})
            sheet.put(header, "/transaction", "operation", operation, f"{position}@operationCode")
    return draft, pointer


def set_office(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The office that keeps the register."""
    code = raw.strip()
    if "/office" in sheet.evidence:
        sheet.keep("/office", raw, "duplicate", position)
    elif code == sheet.office.code:
        sheet.evidence["/office"] = position if code == raw else (position, "trim")
    elif sheet.lookups.country(raw) == sheet.office.code:
        sheet.evidence["/office"] = (position, "country")
    else:
        reason = "placeholder" if code in sheet.placeholders else "unknown-code"
        sheet.keep("/office", raw, reason, position)


def number(field: str) -> Rule:
    """A number of the register; dashes at its end stand for a part that is missing."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        if raw[-1] == "-" and raw.strip("- ") and raw.rstrip() not in sheet.placeholders:
            draft[field] = raw.rstrip("- ")
            sheet.evidence[f"{pointer}/{field}"] = (position, "strip-dash")
        else:
            sheet.put(draft, pointer, field, raw, position)

    return single(field, set_value)


def language(field: str) -> Rule:
    """The language of a document by the office's code for it."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        tags = sheet.office.language_tags.get(raw.strip().lower(), ())
        tag = tags[0] if tags else sheet.lookups.language(raw, raw)
        if tag is None:
            sheet.keep(f"/{field}", raw, "unknown-code", position, "unknown-language")
            return
        draft[field] = tag
        sheet.evidence[f"/{field}"] = position if tag == raw else (position, f"lang:{tag}")

    return single(field, set_value)


def event_code(words: str) -> Rule:
    """The code of an event, and what it is by a table of the office."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        kind = sheet.lookups.word(words, raw)
        if kind is None:
            if sheet.put(draft, pointer, "code", raw, position):
                sheet.find("unknown-event", f"{pointer}/code", raw)
            return
        code = draft["code"] = raw.strip()
        draft["kind"] = kind
        sheet.evidence[pointer + "/code"] = position if code == raw else (position, "trim")
        sheet.evidence[pointer + "/kind"] = (position, f"word:{words}")

    return single("code", set_value)


def event_name(words: str) -> Rule:
    """The office's own name of an event; it tells what the event is where there is no code."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        if sheet.put(draft, pointer, "office_name", raw, position) and "code" not in draft:
            sheet.put_word(draft, pointer, "kind", raw, position, table=words)

    return single("office_name", set_value)
