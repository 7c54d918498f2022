"""Panels of industrial designs. What designs say of parties, priorities, publications and events stands in those panels."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.fields import (
    Field,
    Form,
    Plain,
    country,
    day,
    inside,
    listed,
    one,
    rows_of,
    texts,
    tongue,
)
from ipregister.portal.parties import party_panel
from ipregister.portal.tables import placed
from ipregister.portal.values import Panel, Row, Value, rows


def _products(items: Any, pointer: str) -> list[Row]:
    out = []
    for index, item in enumerate(items):
        place = f"{pointer}/{index}"
        number, scheme = item.get("number", ""), item.get("scheme", "locarno")
        link = f"locarno:{number}" if number and scheme == "locarno" else ""
        note = ", ".join(
            text for text in ("" if scheme == "locarno" else scheme, item.get("version", "")) if text
        )
        named = _("Locarno class") if scheme == "locarno" else _("Classification")
        shown = (Value(number, f"{place}/number", link=link, note=note),) if number or note else ()
        out += [
            Row(named, shown, "51"),
            Row(
                _("Indication of the product"),
                texts(item, "texts", place, "") if item.get("texts") else (),
                "54",
            ),
        ]
    return out


def _view(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """Views by what they are called: number, kind, else place in the order, else the file without its folder."""
    found = []
    for n, view in enumerate(item[name]):
        called = " ".join(view[key] for key in ("number", "kind") if view.get(key))
        called = called or view.get("sequence", "") or view.get("filename", "").rpartition("/")[2]
        told = ", ".join(view[key] for key in ("form", "colour", "published") if view.get(key))
        if called:
            found.append(Value(called, f"{place}/{name}/{n}/filename", note=told))
        found += texts(view, "texts", f"{place}/{name}/{n}", lang) if view.get("texts") else ()
    return tuple(found)


CITATION: Form = inside(
    Field("office", "", country), Field("number", "", one), Field("kind", "", one), Field("name", "", one),
    Field("date", "", day), Field("text", "", one),
)  # fmt: skip
SPECIMEN: Form = inside(
    Field("kind", "", one), Field("identifier", "", one), Field("colour", "", one), Field("texts", "", texts)
)
DEFERMENT: tuple[Field, ...] = (
    Field("deferment_requested", lazy("Deferment of publication asked for"), one),
    Field("deferment_period", lazy("Period of deferment"), one),
    Field("deferment_unit", lazy("Unit of the period"), one),
)
COMMON: tuple[Field, ...] = (
    Field("descriptions", lazy("Description"), texts, "57"),
    Field("claims", lazy("Claims"), texts),
    Field("deferred_until", lazy("Publication deferred until"), day),
    *DEFERMENT,
    Field("effective_date", lazy("Takes effect"), day),
    Field("views", lazy("Views"), _view, "55"),
    Field("views_count", lazy("Number of views"), one),
    Field("flags", lazy("Indicators"), listed),
    Field("correspondence_language", lazy("Language of correspondence"), tongue),
)
EXHIBITION: tuple[Field, ...] = (
    Field("name", "", one),
    Field("place", "", one),
    Field("country", "", country),
    Field("date", "", day),
    Field("first_shown", "", day),
    Field("texts", "", texts),
    Field("status", "", one),
    Field("status_date", "", day),
)
NUMBERS: tuple[Field, ...] = (
    Field("reference", lazy("Reference"), one),
    Field("registration_number", lazy("Registration number"), one, "11"),
    Field("registration_date", lazy("Registration date"), day, "15"),
    Field("effective_date", lazy("Takes effect"), day),
    Field("expiry_date", lazy("Term ends"), day, "18"),
    Field("office_status", lazy("Status as the office writes it"), one),
    Field("status_date", lazy("Date of that status"), day),
    Field("descriptions", lazy("Description"), texts, "57"),
    Field("claims", lazy("Claims"), texts),
    Field("novelty_statements", lazy("Statement of novelty"), texts),
    Field("novelty_exceptions", lazy("Exception to novelty"), texts),
    Field("disclaimers", lazy("Disclaimer"), texts),
    Field("colour_claims", lazy("Colours claimed"), texts),
    Field("dimensions", lazy("Dimensions"), listed),
    Field("specimens", lazy("Samples"), SPECIMEN),
    Field("views", lazy("Views"), _view, "55"),
    Field("principal", lazy("Main design"), listed),
    Field("citations", lazy("Documents cited"), CITATION, "56"),
    *DEFERMENT,
    Field("flags", lazy("Indicators"), listed),
)
"""What is said of a single design beside its title and its products."""


def application(record: Plain, lang: str) -> Panel | None:
    """What is said once for all designs."""
    several = len(record.get("designs", ())) > 1
    count = one(record, "designs_count") or ((Value(str(len(record["designs"]))),) if several else ())
    found = (
        *rows_of(record, "", (Field("titles", _("Title"), texts, "54"),), lang),
        *rows(*_products(record.get("products", ()), "/products"), Row(_("Number of designs"), count)),
        *rows_of(record, "", COMMON, lang),
        *rows(*(Row(_("Exhibition"), _exhibition(entry.item, entry.place, lang) + entry.designs, "23")
                for entry in placed(record, "exhibitions"))),
    )  # fmt: skip
    return Panel("design", _("Common to all designs"), found) if found else None


def _exhibition(item: Plain, place: str, lang: str) -> tuple[Value, ...]:
    return tuple(value for field in EXHIBITION for value in field.values(item, place, lang))


def designers(record: Plain, lang: str) -> Panel | None:
    """Designers, also those of single designs."""
    return party_panel(record, "designers", _("Designer"), "72", lang)


def designs(record: Plain, lang: str) -> Panel | None:
    """Each design with its title, class, numbers, state and views."""
    items = tuple(_card(item, index, lang) for index, item in enumerate(record.get("designs", ())))
    return Panel("designs", _("Designs"), (), "cards", items) if items else None


def _card(item: Plain, index: int, lang: str) -> dict[str, Any]:
    place = f"/designs/{index}"
    called = _("Design %(number)s") % {"number": item.get("identifier") or index + 1}
    return {
        "title": (Value(called, f"{place}/identifier"),),
        "rows": (
            *rows_of(item, place, (Field("titles", _("Title"), texts, "54"),), lang),
            *rows(*_products(item.get("products", ()), f"{place}/products")),
            *rows_of(item, place, NUMBERS, lang),
        ),
    }
