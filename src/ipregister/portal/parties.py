"""The panel of one role of parties."""

from typing import Any

from django.utils.translation import gettext as _

from ipregister.portal.dates import country_name, show_date
from ipregister.portal.values import Panel, Row, Value, distinct, rows, text_values

Plain = dict[str, Any]
_NAMES = ("names", "organization_names", "first_names", "last_names")


def party_panel(record: Plain, role: str, title: str, inid: str, lang: str) -> Panel | None:
    """One card a party: names as written, address, country."""
    items = tuple(
        _card(party, f"/{role}/{index}", inid, lang) for index, party in enumerate(record.get(role, ()))
    )
    items = tuple(item for item in items if item["names"] or item["rows"])
    return Panel(role, title, (), "parties", items) if items else None


def _card(party: Plain, place: str, inid: str, lang: str) -> dict[str, Any]:
    names = distinct(v for name in _NAMES for v in text_values(party.get(name), f"{place}/{name}"))
    lines = text_values(party.get("address_lines"), f"{place}/address_lines")
    lines += tuple(_part(party, name, place) for name in ("city", "region", "postal_code") if party.get(name))
    return {
        "names": names,
        "inid": inid,
        "rows": rows(
            Row(_("Address"), distinct(lines)),
            Row(_("Country"), _country(party, "country", place, lang)),
            Row(_("Nationality"), _country(party, "nationality", place, lang)),
            Row(_("Legal form"), _text(party, "legal_entity", place)),
            Row(_("Incorporated in"), _text(party, "incorporation", place)),
            Row(_("From"), _date(party, "from_date", place, lang)),
            Row(_("Until"), _date(party, "to_date", place, lang)),
        ),
    }


def _part(party: Plain, name: str, place: str) -> Value:
    return Value(party[name], f"{place}/{name}")


def _text(party: Plain, name: str, place: str) -> tuple[Value, ...]:
    return (_part(party, name, place),) if party.get(name) else ()


def _country(party: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    code = party.get(name)
    return (Value(f"{country_name(code, lang)} ({code})", f"{place}/{name}"),) if code else ()


def _date(party: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    return (Value(show_date(party[name], lang), f"{place}/{name}"),) if party.get(name) else ()
