"""The fields of each right whose filling a delivery report tells: path in the record, INID code, and how to look.

Without a way to look, a field is what stands at its path. INID codes are those of WIPO ST.60 (marks), ST.9 (patents) and
ST.80 (designs); indications have those of marks, emblems and deposits of works none of their own.
"""

from collections.abc import Callable
from typing import Any

Look = Callable[[Any], Any]
Row = tuple[str, str, Look | None]
"""Path, INID code, how to look."""


def _first(role: str, part: str) -> Look:
    """A part of the first party in a role."""

    def look(record: Any) -> Any:
        parties = getattr(record, role)
        return parties and getattr(parties[0], part)

    return look


def _any(group: str, part: str) -> Look:
    """A part of any entry of a list."""
    return lambda record: any(getattr(entry, part) for entry in getattr(record, group))


def _of_designs(part: str) -> Look:
    """A part of an application, or of any design in it."""
    return lambda r: getattr(r, part) or any(getattr(design, part) for design in r.designs)


TRADEMARK: tuple[Row, ...] = (
    ("application_number", "210", None),
    ("application_date", "220", None),
    ("registration_number", "111", None),
    ("registration_date", "151", None),
    ("expiry_date", "180", None),
    ("office_status", "", None),
    ("status_date", "", None),
    ("kinds", "551", None),
    ("mark/feature", "550", None),
    ("mark/verbal", "541", None),
    ("mark/transliterations", "561", None),
    ("mark/translations", "566", None),
    ("mark/disclaimers", "526", None),
    ("mark/descriptions", "571", None),
    ("mark/images", "540", None),
    ("mark/images/vienna", "531", lambda r: any(i.vienna for i in r.mark.images)),
    ("mark/images/colour_claims", "591", lambda r: any(i.colour_claims for i in r.mark.images)),
    ("goods", "511", None),
    ("goods/texts", "511", _any("goods", "texts")),
    ("goods_version", "511", None),
    ("priorities", "300", None),
    ("publications", "450", None),
    ("references", "600", None),
    ("designations", "811", None),
    ("applicants", "730", None),
    ("applicants/country", "730", _first("applicants", "country")),
    ("applicants/address_lines", "730", _first("applicants", "address_lines")),
    ("holders", "732", None),
    ("representatives", "740", None),
    ("events", "", None),
    ("recordals", "", None),
)
PATENT: tuple[Row, ...] = (
    ("application_number", "21", None),
    ("application_date", "22", None),
    ("registration_number", "11", None),
    ("registration_date", "", None),
    ("kind_code", "13", None),
    ("expiry_date", "18", None),
    ("office_status", "", None),
    ("status_date", "", None),
    ("titles", "54", None),
    ("abstracts", "57", None),
    ("classifications", "51", None),
    ("claims", "", None),
    ("claims_count", "", None),
    ("description", "", None),
    ("drawings", "", None),
    ("citations", "56", None),
    ("priorities", "30", None),
    ("publications", "40", None),
    ("references", "60", None),
    ("family", "", None),
    ("international_number", "86", None),
    ("national_phase_date", "85", None),
    ("designations", "81", None),
    ("applicants", "71", None),
    ("applicants/country", "71", _first("applicants", "country")),
    ("applicants/address_lines", "71", _first("applicants", "address_lines")),
    ("inventors", "72", None),
    ("holders", "73", None),
    ("representatives", "74", None),
    ("events", "", None),
    ("recordals", "", None),
)
DESIGN: tuple[Row, ...] = (
    ("application_number", "21", None),
    ("application_date", "22", None),
    ("registration_number", "11", None),
    ("registration_date", "15", None),
    ("expiry_date", "18", None),
    ("office_status", "", None),
    ("status_date", "", None),
    ("deferred_until", "45", None),
    ("titles", "54", _of_designs("titles")),
    ("products", "51", _of_designs("products")),
    ("designs", "28", None),
    ("views", "55", _of_designs("views")),
    ("descriptions", "57", _of_designs("descriptions")),
    ("claims", "57", _of_designs("claims")),
    ("priorities", "30", None),
    ("publications", "40", None),
    ("references", "60", None),
    ("designations", "81", None),
    ("applicants", "71", None),
    ("applicants/country", "71", _first("applicants", "country")),
    ("applicants/address_lines", "71", _first("applicants", "address_lines")),
    ("designers", "72", _of_designs("designers")),
    ("holders", "73", None),
    ("representatives", "74", None),
    ("events", "", None),
    ("recordals", "", None),
)
INDICATION: tuple[Row, ...] = (
    ("application_number", "210", None),
    ("application_date", "220", None),
    ("registration_number", "111", None),
    ("registration_date", "151", None),
    ("expiry_date", "180", None),
    ("office_status", "", None),
    ("status_date", "", None),
    ("names", "540", None),
    ("transliterations", "561", None),
    ("translations", "566", None),
    ("kinds", "551", None),
    ("products", "511", None),
    ("products/texts", "511", _any("products", "texts")),
    ("areas", "", None),
    ("areas/polygon", "", _any("areas", "polygon")),
    ("origins", "", None),
    ("specifications", "", None),
    ("link", "", None),
    ("descriptions", "571", None),
    ("agreement", "", None),
    ("legal_basis", "", None),
    ("home_number", "", None),
    ("home_date", "", None),
    ("publications", "450", None),
    ("designations", "811", None),
    ("producers", "", None),
    ("control_bodies", "", None),
    ("authorised_users", "", None),
    ("applicants", "730", None),
    ("applicants/country", "730", _first("applicants", "country")),
    ("holders", "732", None),
    ("representatives", "740", None),
    ("events", "", None),
    ("recordals", "", None),
)
WORK: tuple[Row, ...] = (
    ("application_number", "", None),
    ("application_date", "", None),
    ("registration_number", "", None),
    ("registration_date", "", None),
    ("office_status", "", None),
    ("status_date", "", None),
    ("titles", "", None),
    ("kinds", "", None),
    ("descriptions", "", None),
    ("languages", "", None),
    ("created", "", None),
    ("published", "", None),
    ("publication_country", "", None),
    ("identifiers", "", None),
    ("copies", "", None),
    ("authors", "", None),
    ("authors/country", "", _first("authors", "country")),
    ("applicants", "", None),
    ("holders", "", None),
    ("representatives", "", None),
    ("events", "", None),
    ("recordals", "", None),
)
EMBLEM: tuple[Row, ...] = (
    ("registration_number", "", None),
    ("registration_date", "", None),
    ("office_status", "", None),
    ("status_date", "", None),
    ("names", "", None),
    ("owners", "", None),
    ("country", "", None),
    ("organisation", "", None),
    ("kinds", "", None),
    ("images", "", None),
    ("images/vienna", "", _any("images", "vienna")),
    ("goods", "", None),
    ("descriptions", "", None),
    ("circular", "", None),
    ("communicated", "", None),
    ("objections", "", None),
    ("publications", "", None),
    ("events", "", None),
    ("recordals", "", None),
)
FIELDS: dict[str, tuple[Row, ...]] = {
    "trademark": TRADEMARK,
    "patent": PATENT,
    "utility-model": PATENT,
    "design": DESIGN,
    "indication": INDICATION,
    "work": WORK,
    "emblem": EMBLEM,
}
"""The fields that are counted, by right."""
