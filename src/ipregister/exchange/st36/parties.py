"""Applicants, inventors, holders, representatives in ST.36 and its relatives."""

from ipregister.exchange.xml.setters import (
    close,
    country,
    item,
    leaf,
    line,
    noted,
    remark,
    spoken,
    text,
    within,
)
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain
from ipregister.exchange.xml.walking import Element, Rule
from ipregister.model.repairs import COUNTRY_SUFFIX


def _name(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """A name; the country in brackets after it is the party's, where nothing else tells it."""
    line("names")(sheet, raw, position, draft, pointer)
    found = COUNTRY_SUFFIX.search(raw)
    if found and "country" not in draft and sheet.lookups.country(found[1]) == found[1]:
        draft["country"] = found[1]
        sheet.evidence[f"{pointer}/country"] = (position, "suffix-country")


def _file(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """A party's reference for the file."""
    value = raw.strip()
    if "file_reference" not in sheet.record:
        sheet.record["file_reference"] = value
        sheet.evidence["/file_reference"] = position if value == raw else (position, "trim")
    else:
        sheet.again("/file_reference", value, sheet.record, raw, position)


ADDRESS: dict[str, Rule] = {
    "text": leaf(line("address_lines")),
    "address-1": leaf(line("address_lines")),
    "address-2": leaf(line("address_lines")),
    "address-3": leaf(line("address_lines")),
    "address-4": leaf(line("address_lines")),
    "address-5": leaf(line("address_lines")),
    "address-line": leaf(line("address_lines")),
    "mailcode": leaf(line("address_lines")),
    "address-mail-code": leaf(line("address_lines")),
    "pobox": leaf(line("address_lines")),
    "post-box": leaf(line("address_lines")),
    "room": leaf(line("address_lines")),
    "address-room": leaf(line("address_lines")),
    "address-floor": leaf(line("address_lines")),
    "address-building": leaf(line("address_lines")),
    "building": leaf(line("address_lines")),
    "street": leaf(line("address_lines")),
    "str": leaf(line("address_lines")),
    "address-city": leaf(line("address_lines")),
    "county": leaf(line("address_lines")),
    "city": leaf(text("city")),
    "state": leaf(text("region")),
    "province": leaf(text("region")),
    "postcode": leaf(text("postal_code")),
    "pcode": leaf(text("postal_code")),
    "country": leaf(country("country")),
    "ctry": leaf(country("country")),
    "WIPOST3Code": leaf(country("country")),
}
BOOK: dict[str, Rule] = {
    "name": leaf(_name, {"name-type": noted}),
    "snm": leaf(_name),
    "sfx": leaf(line("names")),
    "prefix": leaf(line("names")),
    "suffix": leaf(line("last_names")),
    "first-name": leaf(line("first_names")),
    "middle-name": leaf(line("first_names")),
    "last-name": leaf(line("last_names")),
    "orgname": leaf(line("organization_names")),
    "organization-name": leaf(line("organization_names")),
    "department": leaf(line("organization_names")),
    "role": leaf(text("role")),
    "iid": leaf(text("identifier")),
    "registered-number": leaf(text("identifier")),
    "organization-code": leaf(text("identifier")),
    "irf": leaf(_file),
    "address": Shape(ADDRESS, {"lang": spoken}),
    "adr": Shape(ADDRESS),
    "phone": leaf(within("contact", item("phone"))),
    "fax": leaf(within("contact", item("fax"))),
    "email": leaf(within("contact", item("email"))),
    "url": leaf(within("contact", item("url"))),
}
_AGENCY: dict[str, Rule] = {**BOOK, "name": leaf(line("organization_names"))}
PARTY: dict[str, Rule] = {
    **BOOK,
    "addressbook": Shape(BOOK, {"lang": spoken}),
    "applicant-name": Shape(BOOK),
    "inventor-name": Shape(BOOK),
    "agency": Shape({**_AGENCY, "addressbook": Shape(_AGENCY, {"lang": spoken})}),
    "attorney": Shape(BOOK),
    "nationality": Shape(
        {"country": leaf(country("nationality")), "WIPOST3Code": leaf(country("nationality"))}
    ),
    "residence": Shape({"country": leaf(country("domicile")), "WIPOST3Code": leaf(country("domicile"))}),
    "designated-states": Shape({"country": leaf(text("designation"))}),
}
"""What stands in a party."""


def _spelling(sheet: NotingSheet, element: Element, entries: list[Plain]) -> int:
    """The place of the party that this element names in another spelling, -1 where it is another one."""
    form, number = element.get("data-format"), element.get("sequence")
    if form is None or number is None:
        return -1
    found = (index for index, one in enumerate(entries) if one.get("_sequence") == number)
    return next(found, -1)


def party(field: str, role: str = "") -> Shape:
    """One party of the list `field`; one that is given in several spellings is one party with several names."""

    def enter(
        sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
    ) -> tuple[Plain, str]:
        entries: list[Plain] = sheet.record.setdefault(field, [])
        index = _spelling(sheet, element, entries)
        if index < 0:
            entries.append({})
            index = len(entries) - 1
            if element.get("data-format") is not None and element.get("sequence") is not None:
                entries[index]["_sequence"] = element.get("sequence")
        return entries[index], f"/{field}/{index}"

    def leave(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        if place.endswith(f"/{len(sheet.record[field]) - 1}"):
            close(sheet.record, field, inner, {"role": role} if role and inner else {})

    attributes: dict[str, Set] = {
        "data-format": noted, "app-type": text("role"), "rep-type": text("role"), "kind": text("role"), "lang": spoken,
        "designation": text("designation"), "not-to-be-published-request-by-inventor": text("hidden"),
        "publication-mark": text("hidden"), "role": text("role"), "applicant-authority-category": text("role"),
    }  # fmt: skip
    return Shape(PARTY, attributes, enter=enter, leave=leave)


def settle(sheet: NotingSheet) -> None:
    """Take off the marks by which spellings of one party were put together."""
    for field in ("applicants", "inventors", "holders", "representatives", "correspondents", "examiners"):
        for one in sheet.record.get(field, ()):
            one.pop("_sequence", None)


def _bags(field: str, *names: str) -> dict[str, Rule]:
    one = party(field)
    bag = Shape(
        dict.fromkeys((*names, "text"), one),
        {"representative-is": remark("representative-is"), "representative": remark("representative")},
    )
    return {**{f"{name}s": bag for name in names}, **{f"{name}-details": bag for name in names}}


_AGENT = party("representatives")
PARTIES: dict[str, Rule] = {
    **_bags("applicants", "applicant"),
    **_bags("inventors", "inventor"),
    **_bags("holders", "assignee", "holder", "owner", "grantee"),
    "agents": Shape({"agent": _AGENT, "customer-number": leaf(remark("customer-number"))}),
    "agent-details": Shape({"agent": _AGENT, "customer-number": leaf(remark("customer-number"))}),
    "correspondence-address": party("correspondents"),
    "examiners": Shape({"primary-examiner": party("examiners", "primary"), "examiner": party("examiners"),
                        "assistant-examiner": party("examiners", "assistant"),
                        "authorized-officer": party("examiners")}),
    "applicants-agents-article": Shape(
        {"applicants-agents": Shape({"applicant": party("applicants"), "agent": _AGENT})}
    ),
}  # fmt: skip
"""The bags of parties."""
