"""Texts and parties in the layout of the Global Brand Database."""

from collections.abc import Iterable
from typing import Any

from ipregister.model.event import Recordal
from ipregister.model.party import Party
from ipregister.model.text import Text

Plain = dict[str, Any]


def full(value: Any) -> Any:
    """A plain value without its empty parts."""
    if isinstance(value, dict):
        parts = ((name, full(inner)) for name, inner in value.items())
        return {name: inner for name, inner in parts if inner not in (None, "", [], {})}
    if isinstance(value, list):
        return [inner for inner in map(full, value) if inner not in (None, "", [], {})]
    return value


def texts(entries: Iterable[Text]) -> list[Plain]:
    """Texts with their languages."""
    return [{"languageCode": text.lang, "text": text.text} for text in entries]


def terms(text: str) -> list[str]:
    """The terms of a list of goods: split at semicolons outside brackets, as written otherwise."""
    found, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}" and depth > 0)
        if letter == ";" and not depth:
            found.append(text[start:index])
            start = index + 1
    last = text[start:].strip()
    found.append(last[:-1] if last.endswith(".") and not last.endswith("..") else last)
    return [term.strip() for term in found if term.strip()]


def terms_by_language(entries: Iterable[Text]) -> dict[str, list[str]]:
    """The terms of texts, by language."""
    out: dict[str, list[str]] = {}
    for text in entries:
        out.setdefault(text.lang, []).extend(terms(text.text))
    return out


def party(entry: Party) -> Plain:
    """A party."""
    contact = entry.contact
    reach = {
        name: ", ".join(getattr(contact, name))
        for name in ("phone", "fax", "email", "url")
        if contact is not None
    }
    return {
        "identifier": entry.identifier,
        "kind": "Legal entity" if entry.legal_entity or entry.kind == "legal" else entry.kind,
        "fullName": texts(entry.names),
        "firstName": texts(entry.first_names),
        "lastName": texts(entry.last_names),
        "organizationName": texts(entry.organization_names),
        "fullAddress": texts(entry.address_lines),
        "detailedAddress": [
            {
                "cityName": entry.city,
                "geographicRegionName": entry.region,
                "postalCode": entry.postal_code,
                "countryCode": entry.country if entry.city or entry.region or entry.postal_code else "",
            }
        ],
        "contact": reach,
        "countryCode": entry.country,
    }


def licence(entry: Recordal) -> Plain:
    """A recorded licence."""
    return {
        "licenceCategory": entry.category or entry.word,
        "goodsServicesLimitation": texts(entry.texts),
        "periodLimitationEndDate": entry.end_date,
        "licenceDate": entry.date,
        "licenceStatus": entry.status,
        "effectiveDate": entry.effective_date,
        "licensee": [party(one) for one in entry.parties if one.role in ("licensee", "")],
    }
