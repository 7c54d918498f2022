"""Parties of designs in ST.96, as they are written."""

from collections.abc import Callable, Sequence

from ipregister.exchange.st86.page import Page
from ipregister.exchange.st96.no_lines import stand_in
from ipregister.exchange.st96.words import BOOLEANS, CORRESPONDENTS, COUNTRIES, HOLDER, LANGUAGES, OFFICES
from ipregister.model.design import DesignParty
from ipregister.model.party import Party

NOBODY = "<com:PartyIdentifierBag><com:PartyIdentifier/></com:PartyIdentifierBag>"
"""What stands in a bag that must be there, and holds nobody."""


def write_applicants(
    page: Page, record_applicants: Sequence[DesignParty], holders: Sequence[DesignParty]
) -> None:
    """Applicants and, marked so, holders in the one bag that must be there."""
    page.out.append("<dgn:ApplicantBag>")
    start = len(page.out)
    for one in record_applicants:
        _write_applicant(page, one, holder=False)
    for one in holders:
        _write_applicant(page, one, holder=True)
    if len(page.out) == start:
        page.out.append(NOBODY)
    page.out.append("</dgn:ApplicantBag>")


def write_representatives(page: Page, parties: Sequence[DesignParty]) -> None:
    """A bag of representatives."""
    _bag(page, "com:RepresentativeBag", "com:Representative", parties, _representative)


def write_designers(page: Page, parties: Sequence[DesignParty]) -> None:
    """A bag of designers."""
    _bag(page, "dgn:DesignerBag", "dgn:Designer", parties, _designer)


def _bag(
    page: Page, bag: str, tag: str, parties: Sequence[DesignParty], write: Callable[[Page, DesignParty], None]
) -> None:
    if not parties:
        return
    page.out.append(f"<{bag}>")
    for one in parties:
        page.out.append(f"<{tag}>")
        write(page, one)
        page.out.append(f"</{tag}>")
    page.out.append(f"</{bag}>")


def _write_applicant(page: Page, one: DesignParty, *, holder: bool) -> None:
    page.out.append("<dgn:Applicant>")
    page.coded("com:NationalityCode", one.nationality, COUNTRIES)
    page.put("com:LegalEntityName", one.legal_entity)
    page.coded("com:IncorporationCountryCode", one.incorporation, COUNTRIES | OFFICES)
    page.put("com:IncorporationState", one.incorporation_state)
    if holder:
        page.put("com:CommentText", HOLDER)
    else:
        page.lines("com:CommentText", [text for text in one.texts[:1] if text.text != HOLDER])
    _write_entitlement(page, one)
    page.coded("dgn:ApplicantContractingParty", one.contracting_party, OFFICES)
    _write_reach(page, one)
    page.out.append("</dgn:Applicant>")


def _write_entitlement(page: Page, one: DesignParty) -> None:
    def inside() -> None:
        for outer, tag, code in (
            ("dgn:HabitualResidence", "dgn:HabitualResidenceCode", one.residence),
            ("com:EntitlementEstablishment", "com:EntitlementEstablishmentCode", one.establishment),
            ("com:EntitlementDomiciled", "com:EntitlementDomiciledCode", one.domicile),
        ):
            if code in OFFICES:
                page.out.append(f"<{outer}><{tag}>{code}</{tag}></{outer}>")

    page.group("dgn:Entitlement", inside)


def _representative(page: Page, one: DesignParty) -> None:
    page.put("com:LegalEntityName", one.legal_entity)
    _write_reach(page, one)
    page.coded("com:NationalityCode", one.nationality, COUNTRIES)
    page.coded("com:IncorporationCountryCode", one.incorporation, COUNTRIES | OFFICES)
    page.put("com:IncorporationState", one.incorporation_state)
    page.put("com:RepresentativeCategory", one.role)
    page.lines("com:CommentText", one.texts[:1])


def _designer(page: Page, one: DesignParty) -> None:
    page.coded("com:NationalityCode", one.nationality, COUNTRIES)
    page.lines("com:CommentText", one.texts[:1])
    _write_reach(page, one)
    page.coded("com:ConfidentialIndicator", one.hidden, BOOLEANS)


def write_correspondent(page: Page, parties: Sequence[DesignParty]) -> None:
    """The standard has one address for correspondence."""
    for one in parties[:1]:
        page.out.append("<com:CorrespondenceAddress>")
        page.coded("com:CorrespondenceAddressPartyCategory", one.role, CORRESPONDENTS)
        _write_reach(page, one)
        page.out.append("</com:CorrespondenceAddress>")


def _write_reach(page: Page, one: DesignParty) -> None:
    """Identifier and contact, of which one must be there."""
    start = len(page.out)
    page.put("com:PartyIdentifier", one.identifier)
    page.group("com:Contact", lambda: _write_contact(page, one))
    if len(page.out) == start:
        page.out.append("<com:PartyIdentifier/>")


def _write_contact(page: Page, one: Party) -> None:
    start = len(page.out)
    page.group("com:Name", lambda: _write_names(page, one))
    named = len(page.out) > start
    page.group(
        "com:PostalAddressBag", lambda: page.group("com:PostalAddress", lambda: _write_address(page, one))
    )
    ways = one.contact
    if ways is not None:
        page.group("com:FaxNumberBag", lambda: page.each("com:FaxNumber", ways.fax))
        page.group("com:EmailAddressBag", lambda: page.each("com:EmailAddressText", ways.email))
        page.group("com:PhoneNumberBag", lambda: page.each("com:PhoneNumber", ways.phone))
    if len(page.out) > start and not named:
        page.out.insert(start, "<com:Name><com:EntityName/></com:Name>")


def _write_names(page: Page, one: Party) -> None:
    page.lines("com:EntityName", one.names)
    for name in one.organization_names:
        page.out.append(f"<com:OrganizationName{page.tagged(name)}>")
        page.must("com:OrganizationStandardName", name.text)
        page.out.append("</com:OrganizationName>")
    for index in range(max(len(one.first_names), len(one.last_names))):
        page.out.append("<com:PersonName><com:PersonStructuredName>")
        if index < len(one.first_names):
            page.put("com:FirstName", one.first_names[index].text)
        page.must("com:LastName", one.last_names[index].text if index < len(one.last_names) else "")
        page.out.append("</com:PersonStructuredName></com:PersonName>")


def _write_address(page: Page, one: Party) -> None:
    if one.country not in COUNTRIES:
        page.lines("com:PostalAddressText", one.address_lines)
        return
    tags = {text.lang for text in one.address_lines}
    tag = tags.pop() if len(tags) == 1 else ""
    attributes = {"com:languageCode": tag} if tag in LANGUAGES else {}
    page.begin("com:PostalStructuredAddress", **attributes)
    for number, line in enumerate(one.address_lines, start=1):
        page.put("com:AddressLineText", line.text, f' com:sequenceNumber="{number}"')
    if not any(line.text for line in one.address_lines):
        page.out.append(stand_in(one.country))
    page.put("com:CityName", one.city)
    page.put("com:GeographicRegionName", one.region)
    page.put("com:CountryCode", one.country)
    page.put("com:PostalCode", one.postal_code)
    page.out.append("</com:PostalStructuredAddress>")
