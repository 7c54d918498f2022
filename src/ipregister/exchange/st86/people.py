"""Parties of an ST.86 design document, and the oppositions that name them."""

from collections.abc import Sequence

from ipregister.exchange.st86.page import Page, bag
from ipregister.model.design import DesignParty
from ipregister.model.event import Recordal
from ipregister.model.party import Party
from ipregister.model.right import Designation


def write_parties(page: Page, prefix: str, parties: Sequence[DesignParty]) -> None:
    """The group of one role."""
    bag(page, f"{prefix}Details", prefix, parties, lambda one: _write_party(page, prefix, one))


def _write_party(page: Page, prefix: str, one: DesignParty) -> None:
    page.fields(
        one,
        {
            f"{prefix}Identifier": "identifier",
            f"{prefix}KindCode": "role",
            f"{prefix}NationalityCode": "nationality",
            f"{prefix}LegalEntity": "legal_entity",
            f"{prefix}IncorporationCountryCode": "incorporation",
            f"{prefix}IncorporationState": "incorporation_state",
            f"{prefix}ContractingParty": "contracting_party",
        },
    )
    page.lines("Comment", one.texts)
    page.group(f"{prefix}AddressBook", lambda: _write_book(page, one))

    def entitlement() -> None:
        page.group("HabitualResidence", lambda: page.put("HabitualResidenceCode", one.residence))
        page.group(
            "EntitlementEstablishment", lambda: page.put("EntitlementEstablishmentCode", one.establishment)
        )
        page.group("EntitlementDomiciled", lambda: page.put("EntitlementDomiciledCode", one.domicile))

    page.group(f"{prefix}Entitlement", entitlement)


def _write_book(page: Page, one: Party) -> None:
    page.group("FormattedNameAddress", lambda: _write_name_address(page, one))
    ways = one.contact
    if ways is not None:

        def contact() -> None:
            for tag, texts in (
                ("Phone", ways.phone),
                ("Fax", ways.fax),
                ("Email", ways.email),
                ("URL", ways.url),
            ):
                page.each(tag, texts)

        page.group("ContactInformationDetails", contact)


def _write_name_address(page: Page, one: Party) -> None:
    def free() -> None:
        page.put("NameKind", one.kind)
        page.group("FreeFormatNameDetails", lambda: page.lines("FreeFormatNameLine", one.names))

    def formatted() -> None:
        page.lines("FirstName", one.first_names)
        page.lines("LastName", one.last_names)
        page.lines("OrganizationName", one.organization_names)

    def name() -> None:
        page.group("FreeFormatName", free)
        page.group("FormattedName", formatted)

    def address() -> None:
        page.put("AddressCountryCode", one.country)
        page.group("FreeFormatAddress", lambda: page.lines("FreeFormatAddressLine", one.address_lines))
        page.group(
            "FormattedAddress",
            lambda: page.fields(
                one, {"AddressCity": "city", "AddressState": "region", "AddressPostcode": "postal_code"}
            ),
        )

    page.group("Name", name)
    page.group("Address", address)


def write_designations(page: Page, designations: Sequence[Designation]) -> None:
    """Designated countries."""
    bag(
        page,
        "DesignatedCountryDetails",
        "DesignatedCountry",
        designations,
        lambda one: page.put("DesignatedCountryCode", one.country),
    )


def write_correspondents(page: Page, parties: Sequence[DesignParty]) -> None:
    """Addresses for correspondence."""
    for one in parties:

        def write(one: DesignParty = one) -> None:
            page.fields(
                one, {"CorrespondenceAddressIdentifier": "identifier", "CorrespondenceAddressParty": "role"}
            )
            page.group("CorrespondenceAddressBook", lambda: _write_book(page, one))

        page.group("CorrespondenceAddress", write)


def write_staff(page: Page, parties: Sequence[DesignParty]) -> None:
    """Staff of the office."""

    def write(one: DesignParty) -> None:
        page.put("StaffIdentifier", one.identifier)
        page.lines("StaffName", one.names)
        page.put("OfficialTitle", one.role)

    bag(page, "StaffDetails", "Staff", parties, write)


def write_oppositions(page: Page, recordals: Sequence[Recordal]) -> None:
    """Oppositions; other recorded acts have no place in the offices' exports."""

    def write(one: Recordal) -> None:
        page.fields(one, {"OppositionIdentifier": "identifier", "OppositionDate": "date"})
        page.each("OppositionReference", one.numbers)
        page.put("OppositionBasisCode", one.category)
        page.lines("OppositionGroundText", one.texts)
        page.fields(
            one,
            {"OppositionCurrentStatusCode": "status", "OppositionCurrentStatusDate": "status_date"},
        )
        opponents = [DesignParty(**{n: getattr(p, n) for n in p.__struct_fields__}) for p in one.parties]
        opponents = [p for p in opponents if p.role == "opponent"]
        bag(
            page,
            "OpponentDetails",
            "Opponent",
            opponents,
            lambda p: _write_party(page, "Opponent", _without_role(p)),
        )

    found = [one for one in recordals if one.kind == "opposition"]
    bag(page, "OppositionDetails", "Opposition", found, write)


def _without_role(one: DesignParty) -> DesignParty:
    values = {name: getattr(one, name) for name in one.__struct_fields__ if name != "role"}
    return DesignParty(**values)
