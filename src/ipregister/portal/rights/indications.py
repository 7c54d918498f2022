"""Panels of geographical indications and appellations of origin."""

from django.utils.translation import gettext as _

from ipregister.portal.dates import country_name
from ipregister.portal.fields import Plain, country, day, one
from ipregister.portal.parties import party_panel
from ipregister.portal.rights.outlines import outline
from ipregister.portal.values import Panel, Row, Value, rows, text_values


def indication(record: Plain, lang: str) -> Panel | None:
    """The name and what protects it."""
    origins = tuple(Value(f"{country_name(code, lang)} ({code})", f"/origins/{index}")
                    for index, code in enumerate(record.get("origins", ())))  # fmt: skip
    found = rows(
        Row(_("Name"), text_values(record.get("names"), "/names")),
        Row(_("Transliteration"), text_values(record.get("transliterations"), "/transliterations")),
        Row(_("Translation"), text_values(record.get("translations"), "/translations")),
        Row(
            _("Told apart from names that are written the same"),
            text_values(record.get("homonym"), "/homonym"),
        ),
        Row(_("Country of origin"), origins),
        Row(_("Number in the country of origin"), one(record, "home_number")),
        Row(_("Date in the country of origin"), day(record, "home_date", lang)),
        Row(_("Protected under"), one(record, "agreement")),
        Row(_("Legal basis"), text_values(record.get("legal_basis"), "/legal_basis")),
        Row(_("List"), one(record, "list_name")),
        Row(_("Description"), text_values(record.get("descriptions"), "/descriptions")),
        Row(_("What is due to the place"), text_values(record.get("link"), "/link")),
        *_specifications(record, lang),
    )
    return Panel("indication", _("Indication"), found) if found else None


def _specifications(record: Plain, lang: str) -> list[Row]:
    out = []
    for index, item in enumerate(record.get("specifications", ())):
        place = f"/specifications/{index}"
        values = one(item, "identifier", place) + day(item, "date", lang, place) + one(item, "address", place)
        out.append(Row(_("Specification"), values + text_values(item.get("texts"), f"{place}/texts")))
    return out


def products(record: Plain, lang: str) -> Panel | None:
    """The products."""
    found = rows(
        *(
            Row(
                item.get("number") or _("Product"), text_values(item.get("texts"), f"/products/{index}/texts")
            )
            for index, item in enumerate(record.get("products", ()))
        )
    )
    return Panel("products", _("Products"), found) if found else None


def area(record: Plain, lang: str) -> Panel | None:
    """The area of production, and its shape where the source has one."""
    out: list[Row] = []
    for index, item in enumerate(record.get("areas", ())):
        place = f"/areas/{index}"
        out += [
            Row(_("Area"), text_values(item.get("texts"), f"{place}/texts")),
            Row(_("Region"), one(item, "region", place)),
            Row(_("Country"), country(item, "country", lang, place)),
            Row(_("Boundary (GeoJSON)"), one(item, "polygon", place)),
        ]
    found = rows(*out)
    drawn = (outline(item.get("polygon", "")) for item in record.get("areas", ()))
    shapes = tuple(one for one in drawn if one)
    return (
        Panel("area", _("Area of production"), found, "outline" if shapes else "", shapes) if found else None
    )


def producers(record: Plain, lang: str) -> Panel | None:
    """The group of producers."""
    return party_panel(record, "producers", _("Producers"), "", lang)


def control_bodies(record: Plain, lang: str) -> Panel | None:
    """Who controls that the specification is kept."""
    return party_panel(record, "control_bodies", _("Control body"), "", lang)


def authorised_users(record: Plain, lang: str) -> Panel | None:
    """Who may use the indication."""
    return party_panel(record, "authorised_users", _("Authorised users"), "", lang)
