"""Parties of designs in ST.96, as they are read."""

from ipregister.exchange.st96.carried import use
from ipregister.exchange.st96.contacts import CONTACT, NAME
from ipregister.exchange.st96.words import HOLDER
from ipregister.exchange.xml.rules import Container, Element, Rule, country, each, group, lines, text
from ipregister.exchange.xml.sheet import Plain, Sheet

_ENTITLED: dict[str, Rule] = {
    "EntitlementNationalityCode": country("nationality"),
    "EntitlementEstablishment": group({"EntitlementEstablishmentCode": country("establishment")}),
    "EntitlementDomiciled": group({"EntitlementDomiciledCode": country("domicile")}),
}
_PARTY: dict[str, Rule] = {
    "NationalityCode": country("nationality"),
    "LegalEntityName": text("legal_entity"),
    "IncorporationCountryCode": country("incorporation"),
    "IncorporationState": text("incorporation_state"),
    "RepresentativeCategory": text("role"),
    "OfficialTitleText": text("role"),
    "StaffName": lines("names"),
    "ApplicantContractingParty": country("contracting_party"),
    "PartyIdentifier": text("identifier"),
    "Contact": CONTACT,
    "PublicationContact": group(
        {
            "Name": NAME,
            "CityName": text("city"),
            "GeographicRegionName": text("region"),
            "CountryCode": country("country"),
            "PostalCode": text("postal_code"),
        }
    ),
    "CorrespondenceAddressPartyCategory": text("role"),
    "ConfidentialIndicator": text("hidden"),
    "Entitlement": group(
        {**_ENTITLED, "HabitualResidence": group({"HabitualResidenceCode": country("residence")})}
    ),
}
_OF_DESIGNS = ("IncorporationState", "ApplicantContractingParty", "ConfidentialIndicator")

_COMMENT = lines("texts")


def _comment(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """A comment; `Holder` says that an applicant is one."""
    if element.text != HOLDER or "/holders/" not in pointer:
        return _COMMENT(sheet, element, position, draft, pointer)
    sheet.taken += 1
    use(sheet, position)
    return position


def _enter(field: str, *, holders: bool = False, role: str = "") -> Rule:
    rules: dict[str, Rule] = {**_PARTY, "CommentText": _comment}
    if role:  # a party of a recorded act has less to say
        rules = {name: rule for name, rule in _PARTY.items() if name not in _OF_DESIGNS}
        rules["Entitlement"] = group(_ENTITLED)

    def enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
        name = "holders" if holders and element.findtext("CommentText") == HOLDER else field
        entries: list[Plain] = draft.setdefault(name, [])
        entries.append({})
        number = element.get("sequenceNumber")
        if number is not None and len(number) < 6 and number.isdecimal() and int(number) == len(entries):
            sheet.taken += 1
            sheet.taken_attributes = ("sequenceNumber",)
            use(sheet, f"{position}@sequenceNumber")
        return entries[-1], f"{pointer}/{name}/{len(entries) - 1}"

    def leave(sheet: Sheet, draft: Plain, pointer: str, entry: Plain, place: str) -> None:
        name = place.rpartition("/")[0].rpartition("/")[2]
        if not entry:
            draft[name].pop()
            if not draft[name]:
                del draft[name]
        elif role:
            entry.setdefault("role", role)

    return Container(rules, enter, leave)


def party(field: str) -> Rule:
    """An element that is one party of a list."""
    return _enter(field)


def parties(field: str, tag: str, *, holders: bool = False, role: str = "") -> Rule:
    """A bag of parties; with `holders`, one with the comment `Holder` is a holder."""
    return group(
        {
            tag: _enter(field, holders=holders, role=role),
            "PartyIdentifierBag": each(field, {"PartyIdentifier": text("identifier")}),
        }
    )
