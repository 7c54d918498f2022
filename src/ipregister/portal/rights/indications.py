"""Panels of geographical indications and appellations of origin."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.fields import Field, Plain, countries, country, day, inside, one, rows_of, texts, word
from ipregister.portal.parties import party_panel
from ipregister.portal.rights.outlines import outline
from ipregister.portal.values import Panel, Row, Value

SPECIFICATION: tuple[Field, ...] = (
    Field("identifier", "", one),
    Field("kind", "", word),
    Field("date", "", day),
    Field("address", "", one),
    Field("texts", "", texts),
)
INDICATION: tuple[Field, ...] = (
    Field("names", lazy("Name"), texts),
    Field("transliterations", lazy("Transliteration"), texts),
    Field("translations", lazy("Translation"), texts),
    Field("homonym", lazy("Told apart from names that are written the same"), texts),
    Field("origins", lazy("Country of origin"), countries),
    Field("home_number", lazy("Number in the country of origin"), one),
    Field("home_date", lazy("Date in the country of origin"), day),
    Field("agreement", lazy("Protected under"), one),
    Field("legal_basis", lazy("Legal basis"), texts),
    Field("list_name", lazy("List"), one),
    Field("descriptions", lazy("Description"), texts),
    Field("link", lazy("What is due to the place"), texts),
    Field("features", lazy("Features"), inside(Field("kind", "", word), Field("texts", "", texts))),
)
AREA: tuple[Field, ...] = (
    Field("texts", lazy("Area"), texts),
    Field("kind", lazy("Kind"), word),
    Field("region", lazy("Region"), one),
    Field("country", lazy("Country"), country),
    Field("polygon", lazy("Boundary (GeoJSON)"), one),
)


def indication(record: Plain, lang: str) -> Panel | None:
    """The name and what protects it."""
    found = (*rows_of(record, "", INDICATION, lang), *_specifications(record, lang))
    return Panel("indication", _("Indication"), found) if found else None


def _specifications(record: Plain, lang: str) -> tuple[Row, ...]:
    out = []
    for index, item in enumerate(record.get("specifications", ())):
        place = f"/specifications/{index}"
        values = tuple(value for field in SPECIFICATION for value in field.values(item, place, lang))
        out += [Row(_("Specification"), values)] if values else []
    return tuple(out)


def products(record: Plain, lang: str) -> Panel | None:
    """The products, with the class in the scheme that the source names."""
    out = []
    for index, item in enumerate(record.get("products", ())):
        place = f"/products/{index}"
        number = item.get("number") or item.get("scheme", "")
        more = (item.get("scheme") if item.get("number") else "", item.get("version"), item.get("status"))
        note = ", ".join(text for text in more if text)
        found = texts(item, "texts", place, lang) if item.get("texts") else ()
        if note or number:
            found = (*found, Value(number, f"{place}/number", note=note))
        out += [Row(_("Product"), found)] if found else []
    return Panel("products", _("Products"), tuple(out)) if out else None


def area(record: Plain, lang: str) -> Panel | None:
    """The area of production, and its shape where the source has one."""
    areas = record.get("areas", ())
    found = tuple(row for n, item in enumerate(areas) for row in rows_of(item, f"/areas/{n}", AREA, lang))
    drawn = (outline(item.get("polygon", "")) for item in areas)
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
