"""Putting right, on the sheet of a record, what a document of ours carries beside the standard's elements."""

from ipregister.exchange.amended import ABSENT, ENTRY, VALUE, Amendment, amend
from ipregister.exchange.st96 import words
from ipregister.exchange.st96.carried import Carried, CarryingSheet, spare_document
from ipregister.exchange.xml.sheet import Plain
from ipregister.model.evidence import Origin

_KINDS = {words.CARRIED: VALUE, words.ENTRY: ENTRY, words.ABSENCE: ABSENT}


def put_right(sheet: CarryingSheet, *, amending: bool) -> None:
    """Put right what documents of ours carry; what they carry that makes no record goes beside it. That the document
    names another office was found here, and is no part of what was written: it stays."""
    if not sheet.carried:
        return
    if not amending:
        for one in sheet.carried:
            spare_document(sheet, one)
        return
    other = _apart(sheet)
    sheet.record["kept"], sheet.record["extra"] = sheet.kept, sheet.extra
    makes = [(one, _amendment(one)) for one in sheet.carried]
    left = amend(sheet, [made for _, made in makes if made is not None])
    for one, made in makes:
        if made is None or any(made is lost for lost in left):
            spare_document(sheet, one)
    sheet.kept = sheet.record.pop("kept", [])
    sheet.extra = sheet.record.pop("extra", [])
    for spared, position in other:
        sheet.evidence[f"/kept/{len(sheet.kept)}/text"] = position
        sheet.kept.append(spared)


def _apart(sheet: CarryingSheet) -> list[tuple[Plain, Origin]]:
    """Take what is kept of the office off the sheet, with its places; the rest moves up."""
    held = [(one, sheet.evidence.pop(f"/kept/{place}/text")) for place, one in enumerate(sheet.kept)]
    sheet.kept = [one for one, _ in held if one["field"] != "/office"]
    for place, position in enumerate(position for one, position in held if one["field"] != "/office"):
        sheet.evidence[f"/kept/{place}/text"] = position
    return [(one, position) for one, position in held if one["field"] == "/office"]


def _amendment(one: Carried) -> Amendment | None:
    kind = _KINDS.get(one.kind)
    if kind is None:
        return None
    beside = tuple(position for _, _, position in one.texts if position != one.position)
    return Amendment(kind, one.pointer, one.value, one.position, beside)
