"""Parties in ST.96: identifiers, names, addresses, contacts; read by the tables, written by the functions."""

from ipregister.exchange.st96.carried import use
from ipregister.exchange.st96.contacts import CONTACT, write_contact
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import COUNTRIES, HOLDER, OFFICES
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    country,
    group,
    leaf,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.party import Party

PARTY: dict[str, Rule] = {
    "LegalEntityName": text("legal_entity"),
    "PartyIdentifier": text("identifier"),
    "Contact": CONTACT,
    "NationalityCode": country("nationality"),
    "IncorporationCountryCode": country("incorporation"),
    "CorrespondenceAddressPartyCategory": text("role"),
}


def _comment(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if raw == HOLDER:
        use(sheet, position)
    else:
        sheet.spare("CommentText", raw, position)


def party(field: str, *, role: str = "", holders: str = "") -> Rule:
    """An element that is one party of the list `field`; one with the comment `Holder` of the list `holders`."""

    def enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
        name = holders if holders and element.findtext("CommentText") == HOLDER else field
        entries: list[Plain] = draft.setdefault(name, [])
        entries.append({})
        return entries[-1], f"{pointer}/{name}/{len(entries) - 1}"

    def leave(sheet: Sheet, draft: Plain, pointer: str, entry: Plain, place: str) -> None:
        name = place.rpartition("/")[0].rpartition("/")[2]
        if not entry:
            draft[name].pop()
            if not draft[name]:
                del draft[name]
        elif role:
            entry.setdefault("role", role)

    rules = {**PARTY, "CommentText": leaf(_comment)} if holders else PARTY
    return Container(rules, enter, leave)


def parties(field: str, tag: str, *, role: str = "", holders: str = "") -> Rule:
    """A bag of parties."""
    return group({tag: party(field, role=role, holders=holders)})


UNPLACED = ("kind", "establishment", "domicile", "from_date", "to_date")
"""Fields of a party for which the standard has no element."""


def write_party(pen: Pen, one: Party, pointer: str, *, role: str = "", holder: bool = False) -> None:
    """The inside of an applicant, representative or claimant."""
    start = len(pen.out)
    pen.text("com:LegalEntityName", one.legal_entity, f"{pointer}/legal_entity")
    pen.text("com:PartyIdentifier", one.identifier, f"{pointer}/identifier")
    write_contact(pen, one, pointer)
    if len(pen.out) == start:
        pen.out.append("<com:LegalEntityName/>")
    pen.country("com:NationalityCode", one.nationality, f"{pointer}/nationality", COUNTRIES)
    pen.country(
        "com:IncorporationCountryCode", one.incorporation, f"{pointer}/incorporation", COUNTRIES | OFFICES
    )
    if holder:
        pen.out.append(f"<com:CommentText>{HOLDER}</com:CommentText>")
    _carry_rest(pen, one, pointer, role)


def _carry_rest(pen: Pen, one: Party, pointer: str, role: str) -> None:
    """What the standard has no element for."""
    for name in UNPLACED:
        value = getattr(one, name)
        if value:
            pen.carry(f"{pointer}/{name}", value)
    if one.role != role:
        pen.carry(f"{pointer}/role", one.role)
