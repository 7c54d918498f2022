"""Applicants, inventors, owners, practitioners, examiners in ST.96 patents."""

from ipregister.exchange.st96.no_lines import stands_in
from ipregister.exchange.xml.setters import close, country, item, leaf, line, noted, spoken, text, within
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain
from ipregister.exchange.xml.walking import Element, Rule

_SPOKEN: dict[str, Set] = {
    "languageCode": spoken,
    "entityNameCategory": noted,
    "partyIdentifierCategory": noted,
    "postalAddressCategory": noted,
    "officeCode": noted,
}
_STRUCTURED: dict[str, Rule] = {
    "NamePrefix": leaf(line("first_names"), _SPOKEN),
    "FirstName": leaf(line("first_names"), _SPOKEN),
    "MiddleName": leaf(line("first_names"), _SPOKEN),
    "LastName": leaf(line("last_names"), _SPOKEN),
    "FirstLastName": leaf(line("last_names"), _SPOKEN),
    "SecondLastName": leaf(line("last_names"), _SPOKEN),
    "NameSuffix": leaf(line("last_names"), _SPOKEN),
}
NAME = Shape(
    {
        "EntityName": leaf(line("names"), _SPOKEN),
        "PersonName": Shape(
            {"PersonFullName": leaf(line("names"), _SPOKEN), "PersonStructuredName": Shape(_STRUCTURED)},
            _SPOKEN,
        ),
        "OrganizationName": Shape(
            {
                "OrganizationStandardName": leaf(line("organization_names"), _SPOKEN),
                "OrganizationOtherName": leaf(line("organization_names"), _SPOKEN),
            },
            _SPOKEN,
        ),
    }
)
_line_of_text = line("address_lines")


def _line(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """A line of an address; nothing where it only stands for none."""
    take = noted if sheet.element is not None and stands_in(sheet.element) else _line_of_text
    take(sheet, raw, position, draft, pointer)


_PLACE: dict[str, Rule] = {
    "CityName": leaf(text("city")),
    "GeographicRegionName": leaf(text("region"), {"geographicRegionCategory": noted, "languageCode": noted}),
    "CountryCode": leaf(country("country")),
    "PostalCode": leaf(text("postal_code")),
}
_LINE = leaf(_line, _SPOKEN)
CONTACT = Shape(
    {
        "Name": NAME,
        **_PLACE,
        "PostalAddressBag": Shape(
            {
                "PostalAddress": Shape(
                    {
                        "PostalAddressText": _LINE,
                        "PostalStructuredAddress": Shape({"AddressLineText": _LINE, **_PLACE}, _SPOKEN),
                    }
                )
            }
        ),
        "PhoneNumberBag": Shape(
            {"PhoneNumber": leaf(within("contact", item("phone")), {"phoneNumberCategory": noted})}
        ),
        "FaxNumberBag": Shape({"FaxNumber": leaf(within("contact", item("fax")))}),
        "EmailAddressBag": Shape(
            {
                "EmailAddressText": leaf(
                    within("contact", item("email")), {"emailAddressPurposeCategory": noted}
                )
            }
        ),
        "WebAddressBag": Shape({"WebAddressURI": leaf(within("contact", item("url")))}),
    },
    _SPOKEN,
)
_PARTY: dict[str, Rule] = {
    "PartyIdentifier": leaf(text("identifier"), _SPOKEN),
    "RegisteredPractitionerRegistrationNumber": leaf(text("identifier"), _SPOKEN),
    "Contact": CONTACT,
    "PublicationContact": CONTACT,
    "Name": NAME,
    "ApplicantCategory": leaf(text("role")),
    "RegisteredPractitionerCategory": leaf(text("role")),
    "CorrespondenceAddressPartyCategory": leaf(text("role")),
    "EntityCategory": leaf(text("legal_entity")),
    "NationalityCode": leaf(country("nationality")),
    "ResidenceCountryCode": leaf(country("domicile")),
    "DesignationCategory": leaf(text("designation")),
    "ConfidentialIndicator": leaf(text("hidden")),
}


def party(field: str, role: str = "") -> Shape:
    """One party of the list `field` of the record."""

    def enter(
        sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
    ) -> tuple[Plain, str]:
        entries = sheet.record.setdefault(field, [])
        entries.append({})
        return entries[-1], f"/{field}/{len(entries) - 1}"

    def leave(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        close(sheet.record, field, inner, {"role": role} if role else {})

    return Shape(_PARTY, {"languageCode": spoken}, enter=enter, leave=leave)


PARTIES = Shape(
    {
        "ApplicantBag": Shape({"Applicant": party("applicants")}),
        "InventorBag": Shape({"Inventor": party("inventors"), "DeceasedInventor": party("inventors")}),
        "OwnerBag": Shape({"Owner": party("holders")}),
        "AssigneeBag": Shape({"Assignee": party("holders", "assignee")}),
        "RegisteredPractitionerBag": Shape({"RegisteredPractitioner": party("representatives")}),
        "ExaminerBag": Shape(
            {
                "PrimaryExaminer": party("examiners", "primary"),
                "AssistantExaminer": party("examiners", "assistant"),
                "AuthorizedOfficer": party("examiners", "officer"),
            }
        ),
        "CorrespondenceAddress": party("correspondents"),
    }
)
"""The rule of `PartyBag`."""
