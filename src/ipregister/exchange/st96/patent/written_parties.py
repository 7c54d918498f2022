"""Parties of patents in ST.96, as they are written."""

from collections.abc import Callable

from ipregister.exchange.st96.no_lines import stand_in
from ipregister.exchange.st96.words import COUNTRIES
from ipregister.exchange.xml.quill import Quill
from ipregister.model.party import Party
from ipregister.model.patent import Patent, PatentParty

_APPLICANTS = frozenset({"Applicant", "Applicant_Inventor"})
_DESIGNATIONS = frozenset({"All", "All except US", "US only", "As indicated"})
_PRACTITIONERS = frozenset({"Agent", "Attorney", "Common representative"})
_EXAMINERS = {"primary": "pat:PrimaryExaminer", "assistant": "pat:AssistantExaminer"}
_CORRESPONDENTS = frozenset(
    {"Applicant", "Breeder", "Examiner", "IP Office", "Representative", "Third party"}
)


def write_parties(quill: Quill, record: Patent) -> None:
    """All parties in their bags; the bag of parties must hold one."""

    def every() -> None:
        start = len(quill.out)
        _bag(quill, "pat:ApplicantBag", record.applicants, _applicant)
        _bag(quill, "pat:InventorBag", record.inventors, _inventor)
        _bag(quill, "pat:OwnerBag", tuple(h for h in record.holders if h.role != "assignee"), _owner)
        _bag(quill, "pat:AssigneeBag", tuple(h for h in record.holders if h.role == "assignee"), _assignee)
        _bag(quill, "pat:RegisteredPractitionerBag", record.representatives, _practitioner)
        _bag(quill, "pat:ExaminerBag", record.examiners, _examiner)
        for one in record.correspondents:
            _correspondent(quill, one)
        if len(quill.out) == start:
            quill.out.append("<com:CorrespondenceAddress><com:PartyIdentifier/></com:CorrespondenceAddress>")

    quill.around("pat:PartyBag", every)


def _bag(
    quill: Quill, tag: str, parties: tuple[PatentParty, ...], write: Callable[[Quill, PatentParty, int], None]
) -> None:
    def every() -> None:
        for index, one in enumerate(parties):
            write(quill, one, index + 1)

    quill.around(tag, every)


def _applicant(quill: Quill, one: PatentParty, number: int) -> None:
    quill.out.append(f'<pat:Applicant com:sequenceNumber="{number}">')
    quill.put("com:PartyIdentifier", one.identifier)
    write_contact(quill, one)
    quill.coded("pat:ApplicantCategory", one.role, _APPLICANTS)
    quill.coded("com:NationalityCode", one.nationality, COUNTRIES)
    quill.coded("pat:DesignationCategory", one.designation, _DESIGNATIONS)
    quill.coded("com:ResidenceCountryCode", one.domicile, COUNTRIES)
    quill.out.append("</pat:Applicant>")


def _inventor(quill: Quill, one: PatentParty, number: int) -> None:
    quill.out.append(f'<pat:Inventor com:sequenceNumber="{number}">')
    quill.put("com:PartyIdentifier", one.identifier)
    write_contact(quill, one)
    quill.coded("com:NationalityCode", one.nationality, COUNTRIES)
    quill.out.append("</pat:Inventor>")


def _owner(quill: Quill, one: PatentParty, number: int) -> None:
    quill.out.append(f'<pat:Owner com:sequenceNumber="{number}">')
    quill.put("com:PartyIdentifier", one.identifier)
    write_contact(quill, one)
    quill.out.append("</pat:Owner>")


def _assignee(quill: Quill, one: PatentParty, number: int) -> None:
    quill.out.append(f'<pat:Assignee com:sequenceNumber="{number}">')
    quill.put("com:PartyIdentifier", one.identifier)
    write_contact(quill, one)
    quill.put("pat:EntityCategory", one.legal_entity)
    quill.out.append("</pat:Assignee>")


def _practitioner(quill: Quill, one: PatentParty, number: int) -> None:
    quill.out.append(f'<pat:RegisteredPractitioner com:sequenceNumber="{number}">')
    quill.put("pat:RegisteredPractitionerRegistrationNumber", one.identifier)
    quill.put("pat:RegisteredPractitionerCategory", one.role if one.role in _PRACTITIONERS else "Agent")
    write_contact(quill, one)
    quill.out.append("</pat:RegisteredPractitioner>")


def _examiner(quill: Quill, one: PatentParty, number: int) -> None:
    tag = _EXAMINERS.get(one.role, "pat:PrimaryExaminer")
    quill.out.append(f"<{tag}>")
    _write_name(quill, one)
    quill.out.append(f"</{tag}>")


def _correspondent(quill: Quill, one: PatentParty) -> None:
    quill.out.append("<com:CorrespondenceAddress>")
    quill.coded("com:CorrespondenceAddressPartyCategory", one.role, _CORRESPONDENTS)
    quill.put("com:PartyIdentifier", one.identifier)
    write_contact(quill, one)
    quill.out.append("</com:CorrespondenceAddress>")


def write_contact(quill: Quill, one: Party) -> None:
    """Name, address, numbers of a party."""
    quill.out.append("<com:Contact>")
    _write_name(quill, one)
    quill.around("com:PostalAddressBag", lambda: _write_address(quill, one))
    ways = one.contact
    if ways is not None:
        quill.around("com:FaxNumberBag", lambda: quill.each("com:FaxNumber", ways.fax))
        quill.around("com:EmailAddressBag", lambda: quill.each("com:EmailAddressText", ways.email))
        quill.around("com:PhoneNumberBag", lambda: quill.each("com:PhoneNumber", ways.phone))
    quill.out.append("</com:Contact>")


def _write_name(quill: Quill, one: Party) -> None:
    quill.out.append("<com:Name>")
    start = len(quill.out)
    for name in one.names:
        quill.put("com:EntityName", name.text, quill.tagged(name))
    for name in one.organization_names:
        quill.out.append(f"<com:OrganizationName{quill.tagged(name)}>")
        quill.must("com:OrganizationStandardName", name.text)
        quill.out.append("</com:OrganizationName>")
    for index in range(max(len(one.first_names), len(one.last_names))):
        quill.out.append("<com:PersonName><com:PersonStructuredName>")
        if index < len(one.first_names):
            quill.put("com:FirstName", one.first_names[index].text)
        quill.must("com:LastName", one.last_names[index].text if index < len(one.last_names) else "")
        quill.out.append("</com:PersonStructuredName></com:PersonName>")
    if len(quill.out) == start:
        quill.out.append("<com:EntityName/>")
    quill.out.append("</com:Name>")


def _write_address(quill: Quill, one: Party) -> None:
    if one.country not in COUNTRIES:

        def lines() -> None:
            for text in one.address_lines:
                quill.put("com:PostalAddressText", text.text, quill.tagged(text))

        quill.around("com:PostalAddress", lines)
        return
    quill.out.append("<com:PostalAddress><com:PostalStructuredAddress>")
    for index, text in enumerate(one.address_lines):
        quill.must("com:AddressLineText", text.text, f' com:sequenceNumber="{index + 1}"')
    if not one.address_lines:
        quill.out.append(stand_in(one.country))
    quill.put("com:CityName", one.city)
    quill.put("com:GeographicRegionName", one.region)
    quill.put("com:CountryCode", one.country)
    quill.put("com:PostalCode", one.postal_code)
    quill.out.append("</com:PostalStructuredAddress></com:PostalAddress>")
