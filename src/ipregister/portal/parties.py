"""The parties of a right: one card each, with all that is public of them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.fields import Field, Plain, coded, country, day, one, rows_of, texts, word
from ipregister.portal.tables import placed
from ipregister.portal.values import Panel, Row, Value, distinct, rows

_NAMES = ("names", "organization_names", "first_names", "last_names")
PARTY: tuple[Field, ...] = (
    Field("role", lazy("Role"), word),
    Field("country", lazy("Country"), country),
    Field("kind", lazy("Kind"), coded("person")),
    Field("nationality", lazy("Nationality"), country),
    Field("establishment", lazy("Establishment"), country),
    Field("domicile", lazy("Domicile"), country),
    Field("residence", lazy("Habitual residence"), country),
    Field("contracting_party", lazy("Member of the Hague Agreement"), country),
    Field("designation", lazy("Designated countries"), one),
    Field("legal_entity", lazy("Legal form"), one),
    Field("incorporation", lazy("Incorporated in"), one),
    Field("incorporation_state", lazy("State of incorporation"), one),
    Field("identifier", lazy("Number"), one),
    Field("from_date", lazy("From"), day),
    Field("to_date", lazy("Until"), day),
    Field("texts", lazy("Text"), texts),
)
"""What is said of a party beside names and address."""


def party_panel(record: Plain, role: str, title: str, inid: str, lang: str) -> Panel | None:
    """One card a party: names as written, address, country; also the parties that single designs have."""
    items = []
    for entry in placed(record, role):
        found = names_of(entry.item, entry.place)
        told = (*details(entry.item, entry.place, lang), *rows(Row(_("Of design"), entry.designs)))
        if found or told:
            items.append({"names": found, "inid": inid, "rows": told})
    return Panel(role, title, (), "parties", tuple[dict[str, Any], ...](items)) if items else None


def names_of(party: Plain, place: str) -> tuple[Value, ...]:
    """The names of a party, each once."""
    return distinct(value for name in _NAMES if party.get(name) for value in texts(party, name, place, ""))


def details(party: Plain, place: str, lang: str) -> tuple[Row, ...]:
    """Address and all else that is said of a party."""
    lines = texts(party, "address_lines", place, lang) if party.get("address_lines") else ()
    parts = (value for name in ("city", "region", "postal_code") for value in one(party, name, place))
    address = Row(_("Address"), distinct((*lines, *parts)))
    return (*rows(address), *rows_of(party, place, PARTY, lang))
