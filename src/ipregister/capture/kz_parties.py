"""Parties in Kazakhstan's feed: INID 730, 732, 740 and 750; a country in Russian, or behind the name."""

import re

from ipregister.capture.shapes import SEEN, country, date, lines, note, put_text, text
from ipregister.exchange.xml.rules import Children, Element, Rule, table, walk
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.places import is_country
from ipregister.model.repairs import COUNTRY_SUFFIX

_NAME = lines("names", collapse=True)

_RULES = table(
    {
        "name": _NAME,
        "address": lines("address_lines", collapse=True),
        "country": country("country"),
        "country_code": country("country"),
        "code": text("identifier"),
        "id": text("identifier"),
        "date": date("from_date"),
    }
)


def _party(field: str) -> Rule:
    """One party; text without elements is its name."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        entries: list[Plain] = draft.setdefault(field, [])
        entry: Plain = {}
        place = f"{pointer}/{field}/{len(entries)}"
        raw = element.text
        if len(element) == 0 and not element.keys() and raw and not raw.isspace():
            sheet.taken += 1
            put_text(sheet, entry, place, "names", raw, position, collapse=True)
        else:
            position = walk(sheet, element, position, entry, place, _RULES)
        _settle_country(sheet, entry, place)
        if entry:
            entries.append(entry)
        elif not entries:
            del draft[field]
        return position

    return take


def _settle_country(sheet: Sheet, entry: Plain, place: str) -> None:
    """Take the country from behind the name: `NAME (DE)`. Where the party has another one both stay."""
    for index, name in enumerate(entry.get("names", ())):
        found = _suffix(name["text"])
        if found is None or not is_country(found[1]):
            continue
        bare = name["text"][: found.start()]
        if not bare or bare.isspace():
            continue
        origin = sheet.evidence[f"{place}/names/{index}/text"]
        position, *codes = origin if isinstance(origin, tuple) else (origin,)
        if "country" not in entry and f"{place}/country" not in sheet.record.get(SEEN, {}):
            entry["country"] = found[1]
            sheet.evidence[f"{place}/country"] = (position, *codes, "suffix-country")
        elif entry.get("country") != found[1]:
            note(sheet, "country-differs", f"{place}/names/{index}/text", name["text"],
                 country=entry.get("country", ""))  # fmt: skip
            continue
        name["text"] = bare
        sheet.evidence[f"{place}/names/{index}/text"] = (position, *codes, "country-suffix")


def _suffix(text: str) -> re.Match[str] | None:
    """The country behind a name: in the last brackets, if anywhere."""
    bracket = text.rfind("(")
    return COUNTRY_SUFFIX.match(text, len(text[:bracket].rstrip())) if bracket >= 0 else None


PARTIES: Children = {
    "inid_730": _party("applicants"),
    "inid_731": _party("applicants"),
    "inid_732": _party("holders"),
    "inid_740": _party("representatives"),
    "inid_750": _party("correspondents"),
}
"""Each role's element; several parties are several elements."""
