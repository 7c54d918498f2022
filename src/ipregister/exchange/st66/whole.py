"""What follows from the whole of an ST.66 record: kinds, deletion, international number."""

from typing import Any

from ipregister.exchange.st66.indications import is_indication, turn
from ipregister.exchange.st96.carried import CarryingSheet, use
from ipregister.exchange.st96.words import CARRIED
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.evidence import split_origin
from ipregister.model.numbers import international_number, international_number_in
from ipregister.model.offices import Office
from ipregister.model.right import Transaction

DELETE = frozenset({"delete", "deleted"})


def finish(sheet: Sheet) -> None:
    """Everything that needs more than one element."""
    record = sheet.record
    header = record.get("transaction")
    if header:
        _from_header(sheet, record, header)
    mark = record.get("mark")
    if mark and sheet.office.significant_is_description and "significant" in mark:
        _move(sheet, mark, "significant", "descriptions")
    status = record.get("office_status")
    if status and sheet.lookups.word("statuses", status) is None:
        sheet.find("unknown-status", "/office_status", status)
    if "international_number" not in record:
        _find_international(sheet, record)
    if _says_indication(sheet) or is_indication(record, sheet.office):
        turn(sheet)


def _says_indication(sheet: Sheet) -> bool:
    """Whether a document of ours says that its mark is an indication, where nothing of the feed tells it."""
    if not isinstance(sheet, CarryingSheet):
        return False
    said = [
        one
        for one in sheet.carried
        if (one.kind, one.pointer, one.value) == (CARRIED, "/right", "indication")
    ]
    for one in said:
        sheet.carried.remove(one)
        for _, _, position in one.texts:
            use(sheet, position)
    return bool(said)


def act_of(header: Transaction | None, office: Office) -> str:
    """The recorded act that the header of a record says by itself, empty where it says none."""
    words = (header.sub_code, header.code) if header and not _deletes(header, office) else ()
    return next((found for word in words if word and (found := office.word("acts", word))), "")


def subtype_of(header: Transaction | None, office: Office) -> str:
    """The subtype that the header of a record says."""
    words = (header.sub_code, header.code) if header and not _deletes(header, office) else ()
    return next((found for word in words if word and (found := office.word("subtypes", word))), "TRADEMARK")


def _deletes(header: Transaction, office: Office) -> bool:
    words = (header.operation, header.sub_code, header.code)
    return any(word and (word.casefold() in DELETE or word.casefold() in office.deletions) for word in words)


def _from_header(sheet: Sheet, record: Plain, header: Plain) -> None:
    if "operation" in header and header["operation"].casefold() in DELETE:
        record["deleted"] = True
        sheet.evidence["/deleted"] = (split_origin(sheet.evidence["/transaction/operation"])[0], "deletion")
    if "deleted" not in record and _derive_deletion(sheet, record, header):
        return
    word, place, acted = "", "", False
    for name in ("sub_code", "code"):
        if name not in header or (name == "code" and header.get("sub_code") == header[name]):
            continue  # the same word tells no more
        origin = f"/transaction/{name}"
        word, place = word or header[name], place or origin
        holder: Plain = {}
        if "kinds" not in record and _derive(sheet, holder, "/kinds", "0", header[name], origin, "kinds"):
            record["kinds"] = [holder["0"]]
        if "subtype" not in record:
            _derive(sheet, record, "", "subtype", header[name], origin, "subtypes")
        act: Plain = {}
        acts: list[Plain] = record.get("recordals", [])
        if not acted and _derive(sheet, act, f"/recordals/{len(acts)}", "kind", header[name], origin, "acts"):
            record["recordals"] = [*acts, act]
            acted = True
    is_kept = any(kept["field"] == "/kinds/0" for kept in sheet.kept)
    if word and not is_kept and ("kinds" not in record or not _knows(sheet, word)):
        sheet.find("unknown-kind", place, word)


def _knows(sheet: Sheet, word: str) -> bool:
    """Whether a table of the office has the word of a header: what the other word of the header says is no answer to
    what this one means."""
    return any(sheet.lookups.word(table, word) is not None for table in ("kinds", "subtypes", "acts"))


def _derive_deletion(sheet: Sheet, record: Plain, header: Plain) -> bool:
    """Whether a word of the header asks for the record to be deleted."""
    for name in ("sub_code", "code"):
        word = header.get(name, "").casefold()
        if word in DELETE or (word and word in sheet.office.deletions):
            position, _ = split_origin(sheet.evidence[f"/transaction/{name}"])
            record["deleted"] = True
            sheet.evidence["/deleted"] = (int(position), "deletion")
            return True
    return False


def _derive(sheet: Sheet, draft: Plain, pointer: str, field: str, word: str, origin: str, table: str) -> bool:
    ours = sheet.lookups.word(table, word)
    if ours is None:
        return False
    position: Any
    position, _ = split_origin(sheet.evidence[origin])
    position = int(position) if position.isdigit() else position
    draft[field] = ours
    sheet.evidence[f"{pointer}/{field}"] = position if ours == word else (position, f"word:{table}")
    return True


def _move(sheet: Sheet, mark: Plain, source: str, target: str) -> None:
    """Texts of one field to the end of another, with their evidence."""
    entries: list[Plain] = mark.setdefault(target, [])
    for index, text in enumerate(mark.pop(source)):
        for name in ("text", "lang"):
            origin = sheet.evidence.pop(f"/mark/{source}/{index}/{name}", None)
            if origin is not None:
                sheet.evidence[f"/mark/{target}/{len(entries)}/{name}"] = origin
        entries.append(text)


def _find_international(sheet: Sheet, record: Plain) -> None:
    """The international number inside the application number, or named by an event."""
    number = record.get("application_number", "")
    found = international_number(number, sheet.office) if number else ""
    pointer = "/application_number"
    if not found:
        for index, event in enumerate(record.get("events", ())):
            if event.get("kind") != "designated":
                continue
            number = event.get("office_name", "")
            found = international_number_in(number)
            if found:
                pointer = f"/events/{index}/office_name"
                break
    if found:
        origin = sheet.evidence[pointer]
        first, *repairs = origin if isinstance(origin, tuple) else (origin,)
        record["international_number"] = found
        sheet.evidence["/international_number"] = (
            (first, *repairs, "ir-number") if found != number else origin
        )
