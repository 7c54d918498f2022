"""Parties in ST.66: names and addresses, free or formatted, contacts, entitlement."""

from ipregister.exchange.xml.rules import (
    Children,
    Rule,
    country,
    each,
    group,
    inside,
    lines,
    listed,
    single,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet


def _set_identifier(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if raw.strip() == "0":
        sheet.keep(f"{pointer}/identifier", raw, "placeholder", position)
    else:
        sheet.put(draft, pointer, "identifier", raw, position)


IDENTIFIER = single("identifier", _set_identifier)
"""An office's number for a party; `0` stands for none."""

KEY: Rule = group({"Identifier": IDENTIFIER})

NAME: Rule = group(
    {
        "FreeFormatName": group(
            {"NameKind": text("kind"), "FreeFormatNameDetails": group({"FreeFormatNameLine": lines("names")})}
        ),
        "FormattedName": group(
            {
                "FirstName": lines("first_names"),
                "MiddleName": lines("first_names"),
                "LastName": lines("last_names"),
                "SecondLastName": lines("last_names"),
                "OrganizationName": lines("organization_names"),
                "OrganizationDepartment": lines("organization_names"),
                "PersonRole": text("role"),
            }
        ),
    }
)

ADDRESS: Rule = group(
    {
        "AddressCountryCode": country("country"),
        "FreeFormatAddress": group({"FreeFormatAddressLine": lines("address_lines")}),
        "FormattedAddress": group(
            {
                "AddressLine": lines("address_lines"),
                "AddressMailCode": lines("address_lines"),
                "AddressPostOfficeBox": lines("address_lines"),
                "AddressRoom": lines("address_lines"),
                "AddressFloor": lines("address_lines"),
                "AddressBuilding": lines("address_lines"),
                "AddressStreet": lines("address_lines"),
                "AddressCity": text("city"),
                "AddressCounty": text("region"),
                "AddressState": text("region"),
                "AddressPostcode": text("postal_code"),
                "FormattedAddressCountryCode": country("country"),
            }
        ),
    }
)

CONTACT: Rule = inside(
    "contact",
    group(
        {
            "Phone": listed("phone"),
            "Fax": listed("fax"),
            "Email": listed("email"),
            "URL": listed("url"),
            "OtherElectronicAddress": listed("url"),
        }
    ),
)

BOOK: Rule = group(
    {
        "FreeFormatAddressDetails": group({"FreeFormatNameAddressLine": lines("address_lines")}),
        "FormattedNameAddress": group({"Name": NAME, "Address": ADDRESS}),
        "ContactInformationDetails": CONTACT,
    }
)

ENTITLEMENT: Rule = group(
    {
        "EntitlementNationalityCode": country("nationality"),
        "EntitlementEstablishment": group({"EntitlementEstablishmentCode": country("establishment")}),
        "EntitlementDomiciled": group({"EntitlementDomiciledCode": country("domicile")}),
    }
)


def party(prefix: str) -> Children:
    """The elements of a party whose names begin with its role (`Applicant`, `Opponent`)."""
    return {
        f"{prefix}Identifier": IDENTIFIER,
        f"{prefix}NationalityCode": country("nationality"),
        f"{prefix}LegalEntity": text("legal_entity"),
        f"{prefix}IncorporationCountryCode": country("incorporation"),
        f"{prefix}KindCode": text("role"),
        f"{prefix}AddressBook": BOOK,
        f"{prefix}Entitlement": ENTITLEMENT,
    }


def parties(field: str, prefix: str, role: str = "") -> Rule:
    """The group `…Details` of one role; a party given by its key alone has only its identifier."""
    return group(
        {
            prefix: each(field, party(prefix), role=role),
            f"{prefix}Key": each(field, {"Identifier": IDENTIFIER}, role=role),
        }
    )
