"""Names, addresses and numbers of parties in ST.96; read by the tables, written by the functions."""

from ipregister.exchange.st96.carried import aside, use
from ipregister.exchange.st96.no_lines import stand_in, stands_in
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import COUNTRIES
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    country,
    group,
    inside,
    lines,
    listed,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.party import Party
from ipregister.model.text import Text


def _tagged(sheet: Sheet, element: Element, position: int, draft: Plain) -> None:
    """Take the language that an element says for the names or lines inside it."""
    code = element.get("languageCode")
    if code is not None:
        sheet.taken += 1
        sheet.taken_attributes = ("languageCode",)
        draft["_language"] = (code, position)


def _grouped(fields: tuple[str, ...], children: dict[str, Rule]) -> Rule:
    """An element whose language is that of the texts inside it, of the fields named."""

    def enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
        _tagged(sheet, element, position, draft)
        if "_language" in draft:
            draft["_starts"] = [len(draft.get(field, ())) for field in fields]
        return draft, pointer

    def leave(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        said = draft.pop("_language", None)
        if said is None:
            return
        code, position = said
        told = False
        for field, start in zip(fields, draft.pop("_starts"), strict=True):
            for index, entry in enumerate(draft.get(field, [])[start:], start=start):
                where = f"{pointer}/{field}/{index}/lang"
                if where not in sheet.evidence:
                    sheet.put_language(entry, where, code, entry["text"], position=position)
                    told = True
        if not told and not code.isspace():
            sheet.spare("languageCode", code, f"{position}@languageCode")

    return Container(children, enter, leave)


def _address_line(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """A line of an address; its number tells no more than its place where they agree."""
    if stands_in(element):
        sheet.taken += 2
        use(sheet, position)
        use(sheet, f"{position}@sequenceNumber")
        return aside(sheet, element, position, "sequenceNumber")
    number = element.get("sequenceNumber")
    agrees = number == str(len(draft.get("address_lines", ())) + 1)
    careful, sheet.careful = sheet.careful, False
    _LINE(sheet, element, position, draft, pointer)
    sheet.careful = careful
    if agrees:
        sheet.taken += 1
        use(sheet, f"{position}@sequenceNumber")
    return aside(sheet, element, position, "languageCode", "sequenceNumber" if agrees else "")


_LINE = lines("address_lines")

NAME: Rule = group(
    {
        "EntityName": lines("names"),
        "PersonName": _grouped(
            ("names", "first_names", "last_names"),
            {
                "PersonFullName": lines("names"),
                "PersonStructuredName": group(
                    {
                        "FirstName": lines("first_names"),
                        "MiddleName": lines("first_names"),
                        "LastName": lines("last_names"),
                        "SecondLastName": lines("last_names"),
                    }
                ),
            },
        ),
        "OrganizationName": _grouped(
            ("organization_names",), {"OrganizationStandardName": lines("organization_names")}
        ),
    }
)

ADDRESS: Rule = group(
    {
        "PostalAddress": group(
            {
                "PostalAddressText": lines("address_lines"),
                "PostalStructuredAddress": _grouped(
                    ("address_lines",),
                    {
                        "AddressLineText": _address_line,
                        "CityName": text("city"),
                        "GeographicRegionName": text("region"),
                        "CountryCode": country("country"),
                        "PostalCode": text("postal_code"),
                    },
                ),
            }
        )
    }
)

CONTACT: Rule = group(
    {
        "Name": NAME,
        "PostalAddressBag": ADDRESS,
        "FaxNumberBag": inside("contact", group({"FaxNumber": listed("fax")})),
        "EmailAddressBag": inside("contact", group({"EmailAddressText": listed("email")})),
        "WebAddressBag": inside("contact", group({"WebAddressURI": listed("url")})),
        "PhoneNumberBag": inside("contact", group({"PhoneNumber": listed("phone")})),
    }
)


def write_contact(pen: Pen, one: Party, pointer: str) -> None:
    """Name, address and numbers of a party."""
    before = pen.count
    start = len(pen.out)
    pen.out.append("<com:Contact><com:Name>")
    _write_names(pen, one, pointer)
    pen.out.append("</com:Name>")
    _write_address(pen, one, pointer)
    ways = one.contact
    if ways is not None:
        place = f"{pointer}/contact"

        def numbers() -> None:
            pen.wrapped(
                "com:FaxNumberBag", lambda: pen.plain_lines("com:FaxNumber", ways.fax, f"{place}/fax")
            )
            pen.wrapped(
                "com:EmailAddressBag",
                lambda: pen.plain_lines("com:EmailAddressText", ways.email, f"{place}/email"),
            )
            for index, url in enumerate(ways.url):
                pen.carry(f"{place}/url/{index}", url)
            pen.wrapped(
                "com:PhoneNumberBag", lambda: pen.plain_lines("com:PhoneNumber", ways.phone, f"{place}/phone")
            )

        pen.entry(ways, place, numbers)
    pen.out.append("</com:Contact>")
    if pen.count == before:
        del pen.out[start:]


def _write_names(pen: Pen, one: Party, pointer: str) -> None:
    start = len(pen.out)
    pen.lines("com:EntityName", one.names, f"{pointer}/names")
    for index, name in enumerate(one.organization_names):
        place = f"{pointer}/organization_names/{index}"
        if index and not _sound(pen, one.organization_names[:index]):
            pen.carry_text(name, place)
            continue
        _grouped_line(pen, "com:OrganizationName", "com:OrganizationStandardName", name, place)
    _write_structured(pen, one, pointer)
    if len(pen.out) == start:
        pen.out.append("<com:EntityName/>")


def _sound(pen: Pen, texts: tuple[Text, ...]) -> bool:
    return all(pen.keeps_line(text) for text in texts)


def _grouped_line(pen: Pen, outer: str, inner: str, text: Text, pointer: str) -> None:
    if not pen.keeps_line(text):
        pen.carry_text(text, pointer)
        return
    attribute = pen.language(text.lang, text.text) if text.lang != "und" else ""
    if text.lang != "und" and not attribute:
        pen.carry(f"{pointer}/lang", text.lang)
    pen.out.append(f"<{outer}{attribute}>")
    pen.put(inner, text.text)
    pen.out.append(f"</{outer}>")


def _write_structured(pen: Pen, one: Party, pointer: str) -> None:
    """First and last names in pairs; a last name must stand, so it may be empty."""
    for field, texts in (("first_names", one.first_names), ("last_names", one.last_names)):
        for index, name in enumerate(texts):
            if not _sound(pen, texts[: index + 1]):
                pen.carry_text(name, f"{pointer}/{field}/{index}")
            elif name.lang != "und":
                pen.carry(f"{pointer}/{field}/{index}/lang", name.lang)
    firsts, lasts = _whole(pen, one.first_names), _whole(pen, one.last_names)
    for index in range(max(firsts, lasts)):
        pen.out.append("<com:PersonName><com:PersonStructuredName>")
        if index < firsts:
            pen.put("com:FirstName", one.first_names[index].text)
        if index < lasts:
            pen.put("com:LastName", one.last_names[index].text)
        else:
            pen.out.append("<com:LastName/>")
        pen.out.append("</com:PersonStructuredName></com:PersonName>")


def _whole(pen: Pen, texts: tuple[Text, ...]) -> int:
    """How many texts from the first on the reader takes as they are."""
    return next((index for index, text in enumerate(texts) if not pen.keeps_line(text)), len(texts))


def _write_address(pen: Pen, one: Party, pointer: str) -> None:
    structured = pen.names(one.country, COUNTRIES)
    start, before = len(pen.out), pen.count
    if structured:
        _write_structured_address(pen, one, pointer)
    else:
        pen.out.append("<com:PostalAddressBag><com:PostalAddress>")
        pen.lines("com:PostalAddressText", one.address_lines, f"{pointer}/address_lines")
        pen.out.append("</com:PostalAddress></com:PostalAddressBag>")
        for name in ("city", "region", "postal_code", "country"):
            if getattr(one, name):
                pen.carry(f"{pointer}/{name}", getattr(one, name))
    if pen.count == before:
        del pen.out[start:]


def _write_structured_address(pen: Pen, one: Party, pointer: str) -> None:
    rows = one.address_lines
    whole = _whole(pen, rows)
    tags = {pen.language(text.lang, text.text) or text.lang for text in rows[:whole]}
    tag = tags.pop() if len(tags) == 1 else ""
    attribute = tag if tag.startswith(" ") else ""
    pen.out.append(f"<com:PostalAddressBag><com:PostalAddress><com:PostalStructuredAddress{attribute}>")
    for index, line in enumerate(rows):
        place = f"{pointer}/address_lines/{index}"
        if index >= whole:
            pen.carry_text(line, place)
            continue
        pen.put("com:AddressLineText", line.text, f' com:sequenceNumber="{index + 1}"')
        if not attribute and line.lang != "und":
            pen.carry(f"{place}/lang", line.lang)
    if not whole:
        pen.out.append(stand_in(one.country))
    pen.text("com:CityName", one.city, f"{pointer}/city")
    pen.text("com:GeographicRegionName", one.region, f"{pointer}/region")
    pen.put("com:CountryCode", one.country)
    pen.text("com:PostalCode", one.postal_code, f"{pointer}/postal_code")
    pen.out.append("</com:PostalStructuredAddress></com:PostalAddress></com:PostalAddressBag>")
