"""Panels of industrial designs."""

from typing import Any

from django.utils.translation import gettext as _

from ipregister.portal.fields import Plain, day, one
from ipregister.portal.parties import party_panel
from ipregister.portal.values import Panel, Row, Value, rows, text_values


def application(record: Plain, lang: str) -> Panel | None:
    """What is said once for all designs."""
    count = one(record, "designs_count") or (
        (Value(str(len(record["designs"]))),) if len(record.get("designs", ())) > 1 else ()
    )
    found = rows(
        Row(_("Title"), text_values(record.get("titles"), "/titles"), "54"),
        *_products(record.get("products", ()), "/products"),
        Row(_("Description"), text_values(record.get("descriptions"), "/descriptions"), "57"),
        Row(_("Claims"), text_values(record.get("claims"), "/claims")),
        Row(_("Number of designs"), count),
        Row(_("Publication deferred until"), day(record, "deferred_until", lang)),
        Row(_("Takes effect"), day(record, "effective_date", lang)),
        *(Row(_("Exhibition"), _exhibition(item, index, lang), "23")
          for index, item in enumerate(record.get("exhibitions", ()))),
    )  # fmt: skip
    return Panel("design", _("Design"), found) if found else None


def _exhibition(item: Plain, index: int, lang: str) -> tuple[Value, ...]:
    place = f"/exhibitions/{index}"
    return one(item, "name", place) + one(item, "place", place) + day(item, "date", lang, place)


def _products(items: Any, pointer: str) -> list[Row]:
    out = []
    for index, item in enumerate(items):
        place = f"{pointer}/{index}"
        number = item.get("number", "")
        link = f"locarno:{number}" if number and item.get("scheme", "locarno") == "locarno" else ""
        out += [
            Row(_("Locarno class"), (Value(number, f"{place}/number", link=link),) if number else (), "51"),
            Row(_("Indication of the product"), text_values(item.get("texts"), f"{place}/texts"), "54"),
        ]
    return out


def designers(record: Plain, lang: str) -> Panel | None:
    """Designers of the whole application."""
    return party_panel(record, "designers", _("Designer"), "72", lang)


def designs(record: Plain, lang: str) -> Panel | None:
    """Each design with its title, class, numbers, state and views."""
    items = tuple(_card(item, index, lang) for index, item in enumerate(record.get("designs", ())))
    return Panel("designs", _("Designs"), (), "cards", items) if items else None


def _called(view: Plain) -> str:
    """What a view is called: its kind, else its number, else its file without the folder."""
    name: str = view.get("kind") or view.get("number") or view.get("filename", "").rpartition("/")[2]
    return name


def _card(item: Plain, index: int, lang: str) -> dict[str, Any]:
    place = f"/designs/{index}"
    views = tuple(
        Value(_called(view), f"{place}/views/{n}/filename")
        for n, view in enumerate(item.get("views", ()))
        if _called(view)
    )
    people = tuple(
        Value(name["text"], f"{place}/designers/{n}/names/{m}/text", name.get("lang", ""))
        for n, party in enumerate(item.get("designers", ()))
        for m, name in enumerate(party.get("names", ()))
    )
    texts = {name: text_values(item.get(name), f"{place}/{name}") for name in (
        "titles", "descriptions", "claims", "novelty_statements", "disclaimers", "colour_claims")}  # fmt: skip
    return {
        "title": _("Design %(number)s") % {"number": item.get("identifier") or index + 1},
        "rows": rows(
            Row(_("Title"), texts["titles"], "54"),
            *_products(item.get("products", ()), f"{place}/products"),
            Row(_("Registration number"), one(item, "registration_number", place), "11"),
            Row(_("Registration date"), day(item, "registration_date", lang, place), "15"),
            Row(_("Term ends"), day(item, "expiry_date", lang, place), "18"),
            Row(_("Status as the office writes it"), one(item, "office_status", place)),
            Row(_("Description"), texts["descriptions"], "57"),
            Row(_("Claims"), texts["claims"]),
            Row(_("Statement of novelty"), texts["novelty_statements"]),
            Row(_("Disclaimer"), texts["disclaimers"]),
            Row(_("Colours claimed"), texts["colour_claims"]),
            Row(_("Designer"), people, "72"),
            Row(_("Views"), views, "55"),
        ),
    }
