"""Parties in ST.86: the elements of ST.66, and what designs have beside them."""

from ipregister.exchange.st66.parties import BOOK, IDENTIFIER, party
from ipregister.exchange.xml.rules import (
    Children,
    Element,
    Rule,
    country,
    each,
    group,
    lines,
    single,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet

_RESIDENCE: Rule = group({"HabitualResidenceCode": country("residence")})


def _set_sequence(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """A party's number tells no more than its place where they agree."""
    number = raw.strip()
    place = int(pointer.rpartition("/")[2]) + 1
    if number.isdecimal() and len(number) < 6 and int(number) == place:
        sheet.used.append(position)
    else:
        sheet.spare("SequenceNumber", raw, position)


def _elements(prefix: str, role: str) -> Children:
    if role:  # a party of a recorded act has less to say
        return party(prefix)
    return {
        **party(prefix),
        f"{prefix}SequenceNumber": single("_sequence", _set_sequence),
        f"{prefix}IncorporationState": text("incorporation_state"),
        f"{prefix}ContractingParty": country("contracting_party"),
        f"{prefix}Entitlement": group({**_entitlement(), "HabitualResidence": _RESIDENCE}),
        "Comment": lines("texts"),
    }


def _entitlement() -> dict[str, Rule]:
    return {
        "EntitlementNationalityCode": country("nationality"),
        "EntitlementEstablishment": group({"EntitlementEstablishmentCode": country("establishment")}),
        "EntitlementDomiciled": group({"EntitlementDomiciledCode": country("domicile")}),
    }


def parties(field: str, prefix: str, role: str = "") -> Rule:
    """The group `…Details` of one role."""

    def keyed(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        if len(element) or element.keys():
            return _KEYED(sheet, element, position, draft, pointer)
        raw = element.text
        if raw is None:
            return position
        sheet.taken += 1
        if not raw.isspace():
            noted: list[tuple[str, str, str, int]] = sheet.record.setdefault("_keys", [])
            noted.append((pointer, field, raw, position))
        return position

    _KEYED = each(field, {"Identifier": IDENTIFIER}, role=role)
    return group({prefix: each(field, _elements(prefix, role), role=role), f"{prefix}Key": keyed})


CORRESPONDENCE: Rule = each(
    "correspondents",
    {
        "CorrespondenceAddressIdentifier": IDENTIFIER,
        "CorrespondenceAddressParty": text("role"),
        "CorrespondenceAddressBook": BOOK,
    },
)

STAFF: Rule = group(
    {
        "Staff": each(
            "examiners",
            {"StaffIdentifier": IDENTIFIER, "StaffName": lines("names"), "OfficialTitle": text("role")},
        )
    }
)


def settle_keys(sheet: Sheet) -> None:
    """Give every party that is told by its number alone its place: the number of one who is described says only
    who is meant; any other number is a party of its own."""
    for pointer, field, raw, position in sheet.record.pop("_keys", ()):
        number = raw.strip()
        named = [
            *sheet.record.get(field, ()),
            *(p for d in sheet.record.get("designs", ()) for p in d.get(field, ())),
        ]
        place = int(number) if number.isdecimal() and len(number) < 6 else 0
        if 0 < place <= len(named) or any(one.get("identifier") == number for one in named):
            sheet.used.append(position)
            continue
        draft = sheet.record if not pointer else sheet.record["designs"][int(pointer.rpartition("/")[2])]
        entries: list[Plain] = draft.setdefault(field, [])
        entry: Plain = {}
        if sheet.put(entry, f"{pointer}/{field}/{len(entries)}", "identifier", raw, position):
            entries.append(entry)
        elif not entries:
            del draft[field]
