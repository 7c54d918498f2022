"""Emblems of Article 6ter in Singapore's feed of marks: the record that was read as a mark becomes an emblem."""

import re

import msgspec

from ipregister.exchange.xml.sheet import Plain, Sheet

WORDS = {"verbal": "names", "descriptions": "descriptions", "images": "images"}
"""What of the sign is the emblem's own; the rest stays with the sign."""

_POINTER = re.compile(r"/(mark|goods)(?:/(.*))?")


def place_of(pointer: str) -> str:
    """Where an emblem has what a mark has at a pointer."""
    found = _POINTER.fullmatch(pointer)
    if found is None:
        return pointer
    rest = found[2] or ""
    if found[1] == "goods":
        return f"/goods_lists/{rest}".rstrip("/")
    name, _, inner = rest.partition("/")
    own = WORDS.get(name)
    return f"/{own}/{inner}".rstrip("/") if own else f"/sign/{rest}"


def turn(sheet: Sheet) -> None:
    """Make the record on the sheet an emblem; evidence, findings and what was kept go with their values."""
    record = sheet.record
    record["right"] = "emblem"
    mark: Plain = record.pop("mark", {})
    for theirs, ours in WORDS.items():
        if theirs in mark:
            record[ours] = mark.pop(theirs)
    if mark:
        record["sign"] = mark
    if "goods" in record:
        record["goods_lists"] = record.pop("goods")
    for pointer in [pointer for pointer in sheet.evidence if _POINTER.fullmatch(pointer)]:
        sheet.evidence[place_of(pointer)] = sheet.evidence.pop(pointer)
    for kept in sheet.kept:
        kept["field"] = place_of(kept["field"])
    sheet.findings[:] = [msgspec.structs.replace(one, path=place_of(one.path)) for one in sheet.findings]
