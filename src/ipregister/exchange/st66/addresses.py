"""Parties on their way into ST.66."""

from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import COUNTRIES, OFFICES
from ipregister.model.party import Contact, Party

ISO = COUNTRIES - {
    "BL",
    "BQ",
    "BU",
    "CS",
    "CW",
    "DD",
    "MF",
    "NT",
    "RH",
    "SS",
    "SU",
    "SX",
    "TP",
    "YD",
    "YU",
    "ZR",
}
"""Countries of the standard's list of 2006."""

WIPO = OFFICES - {
    "BQ",
    "CS",
    "CW",
    "DD",
    "DL",
    "DT",
    "EU",
    "RH",
    "SS",
    "SU",
    "SX",
    "XU",
    "XV",
    "XX",
    "YD",
    "YU",
}
"""Offices and countries of the standard's ST.3 list of 2007."""

WITHOUT_ROLE = ("Applicant", "Holder", "Claimant", "Opponent", "Licensee")
_LATER = ("from_date", "to_date")


def write_party(pen: Pen, one: Party, pointer: str, prefix: str, role: str = "", space: str = "") -> None:
    """A party in elements whose names begin with its role; `role` is what the element's name says of it."""
    tag = f"{space}{prefix}"
    pen.out.append(f"<{tag}>")
    if one.identifier == "0":
        pen.carry(f"{pointer}/identifier", one.identifier)
    else:
        pen.text(f"{tag}Identifier", one.identifier, f"{pointer}/identifier")
    if one.role != role:
        if prefix == "Representative":
            pen.text(f"{tag}KindCode", one.role, f"{pointer}/role")
        elif one.role:
            pen.carry(f"{pointer}/role", one.role)
    pen.country(f"{tag}NationalityCode", one.nationality, f"{pointer}/nationality", ISO)
    pen.text(f"{tag}LegalEntity", one.legal_entity, f"{pointer}/legal_entity")
    pen.country(f"{tag}IncorporationCountryCode", one.incorporation, f"{pointer}/incorporation", ISO)
    write_book(pen, one, pointer, f"{tag}AddressBook", space)
    if prefix in ("Representative", "CorrespondenceAddress"):
        for name in ("establishment", "domicile"):
            if getattr(one, name):
                pen.carry(f"{pointer}/{name}", getattr(one, name))
    else:
        pen.wrapped(f"{tag}Entitlement", lambda: _write_entitlement(pen, one, pointer, space))
    for name in _LATER:
        if getattr(one, name) is not None:
            pen.carry(f"{pointer}/{name}", getattr(one, name))
    pen.out.append(f"</{tag}>")


def _write_entitlement(pen: Pen, one: Party, pointer: str, space: str) -> None:
    for name, word in (("establishment", "Establishment"), ("domicile", "Domiciled")):
        code = getattr(one, name)
        if pen.names(code, ISO):
            pen.out.append(f"<{space}Entitlement{word}>")
            pen.put(f"{space}Entitlement{word}Code", code)
            pen.out.append(f"</{space}Entitlement{word}>")
        elif code:
            pen.carry(f"{pointer}/{name}", code)


def write_book(pen: Pen, one: Party, pointer: str, tag: str, space: str = "") -> None:
    """Name, address and numbers of a party."""

    def book() -> None:
        pen.wrapped(f"{space}FormattedNameAddress", lambda: _write_named(pen, one, pointer, space))
        _write_ways(pen, one.contact, f"{pointer}/contact", space)

    pen.wrapped(tag, book)


def _write_named(pen: Pen, one: Party, pointer: str, space: str) -> None:
    pen.wrapped(f"{space}Name", lambda: _write_name(pen, one, pointer, space))
    pen.wrapped(f"{space}Address", lambda: _write_address(pen, one, pointer, space))


def _write_name(pen: Pen, one: Party, pointer: str, space: str) -> None:
    """The name in lines, else in parts: the standard has one or the other."""
    parts = (
        ("FirstName", "first_names"),
        ("LastName", "last_names"),
        ("OrganizationName", "organization_names"),
    )
    if one.names or one.kind or not any(getattr(one, name) for _, name in parts):
        pen.wrapped(f"{space}FreeFormatName", lambda: _write_lines(pen, one, pointer, space))
        for _, name in parts:
            pen.carry_all(getattr(one, name), f"{pointer}/{name}")
        return

    def named() -> None:
        for tag, name in parts:
            pen.lines(f"{space}{tag}", getattr(one, name), f"{pointer}/{name}", most=1, tagged=False)

    pen.wrapped(f"{space}FormattedName", named)


def _write_lines(pen: Pen, one: Party, pointer: str, space: str) -> None:
    pen.text(f"{space}NameKind", one.kind, f"{pointer}/kind")
    pen.wrapped(
        f"{space}FreeFormatNameDetails",
        lambda: pen.lines(f"{space}FreeFormatNameLine", one.names, f"{pointer}/names"),
    )


def _write_address(pen: Pen, one: Party, pointer: str, space: str) -> None:
    pen.country(f"{space}AddressCountryCode", one.country, f"{pointer}/country", ISO)
    place = f"{pointer}/address_lines"
    if not (one.city or one.region or one.postal_code):
        pen.wrapped(
            f"{space}FreeFormatAddress",
            lambda: pen.lines(f"{space}FreeFormatAddressLine", one.address_lines, place),
        )
        return

    def parts() -> None:
        pen.lines(f"{space}AddressLine", one.address_lines, place)
        pen.text(f"{space}AddressCity", one.city, f"{pointer}/city")
        pen.text(f"{space}AddressState", one.region, f"{pointer}/region")
        pen.text(f"{space}AddressPostcode", one.postal_code, f"{pointer}/postal_code")

    pen.wrapped(f"{space}FormattedAddress", parts)


def _write_ways(pen: Pen, ways: Contact | None, pointer: str, space: str) -> None:
    if ways is None:
        return

    def numbers() -> None:
        pen.out.append(f"<{space}ContactInformationDetails>")
        for tag, name in (("Phone", "phone"), ("Fax", "fax"), ("Email", "email")):
            pen.plain_lines(f"{space}{tag}", getattr(ways, name), f"{pointer}/{name}")
        pen.plain_lines(f"{space}OtherElectronicAddress", ways.url, f"{pointer}/url")
        pen.out.append(f"</{space}ContactInformationDetails>")

    pen.entry(ways, pointer, numbers)
