"""What follows from the whole of a design application: parties told by number, deletion, state, what all designs share."""

from typing import Any

from ipregister.exchange.st86.deferment import set_deferred_until
from ipregister.exchange.st86.parties import settle_keys
from ipregister.exchange.xml.lifting import SOLE
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.evidence import split_origin

SHARED = ("registration_number", "registration_date", "expiry_date", "office_status", "status_date")
"""What is said of the application too where all its designs agree in it."""

DELETE = frozenset({"delete", "deleted"})


def finish(sheet: Sheet) -> None:
    """Everything that needs more than one element."""
    record = sheet.record
    record.pop(SOLE, None)
    settle_keys(sheet)
    _derive_deletion(sheet, record)
    deferred = bool(record.get("deferment_requested"))
    share(sheet)
    set_deferred_until(sheet, whole=deferred)
    states = [(record.get("office_status"), "/office_status")]
    states += [
        (one.get("office_status"), f"/designs/{n}/office_status")
        for n, one in enumerate(record.get("designs", ()))
    ]
    for word, place in states:
        if word and sheet.lookups.word("design/statuses", word) is None:
            sheet.find("unknown-status", place, word)


def share(sheet: Sheet) -> None:
    """Say of the application what all its designs agree in, and that a deferred one defers it."""
    record = sheet.record
    designs: list[Plain] = record.get("designs", [])
    for field in SHARED:
        found = {one.get(field) for one in designs}
        if len(found) == 1 and None not in found and field not in record:
            _copy(sheet, record, field, 0)
    for index, one in enumerate(designs):
        if one.get("deferment_requested") and "deferment_requested" not in record:
            _copy(sheet, record, "deferment_requested", index)


def _copy(sheet: Sheet, record: Plain, field: str, index: int) -> None:
    origin = sheet.evidence.get(f"/designs/{index}/{field}")
    if origin is not None:
        record[field] = record["designs"][index][field]
        sheet.evidence[f"/{field}"] = origin


def _derive_deletion(sheet: Sheet, record: Plain) -> None:
    header: Plain = record.get("transaction", {})
    for name in ("operation", "sub_code", "code"):
        word = header.get(name, "").casefold()
        if word in DELETE or (word and word in sheet.office.deletions):
            position: Any
            position, _ = split_origin(sheet.evidence[f"/transaction/{name}"])
            record["deleted"] = True
            sheet.evidence["/deleted"] = (int(position) if position.isdigit() else position, "deletion")
            return
