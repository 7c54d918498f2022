"""The panels of what happened to a right: recorded acts, events, remarks."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.fields import (
    Field,
    Plain,
    countries,
    country,
    day,
    inside,
    listed,
    one,
    rows_of,
    several,
    texts,
    word,
)
from ipregister.portal.labels import label
from ipregister.portal.parties import details, names_of
from ipregister.portal.tables import Entry, placed
from ipregister.portal.values import Panel, Row, Value, distinct, rows, text_values

RECORDAL: tuple[Field, ...] = (
    Field("date", lazy("Date"), day),
    Field("effective_date", lazy("Takes effect"), day),
    Field("notification_date", lazy("Notified on"), day),
    Field("end_date", lazy("Ends"), day),
    Field("word", lazy("Office's word"), one),
    Field("category", lazy("Category"), word),
    Field("identifier", lazy("Number"), one),
    Field("offices", lazy("Offices"), countries),
    Field("numbers", lazy("Numbers"), listed),
    Field("decision", lazy("Decision"), one),
    Field("decision_date", lazy("Decision"), day),
    Field("status", lazy("Status"), one),
    Field("status_date", lazy("Date of that status"), day),
    Field("classes", lazy("Classes"), listed),
    Field("publication", lazy("Publication"), one),
    Field("texts", lazy("Text"), texts),
)
"""What is said of a recorded act beside its kind and its parties."""
DETAIL = (Field("kind", lazy("Kind"), one), Field("texts", lazy("Text"), texts))
EVENT: tuple[Field, ...] = (
    Field("document", lazy("Document"), one),
    Field("effective_date", lazy("Takes effect"), day),
    Field("response_date", lazy("Answer due until"), day),
    Field("influence", lazy("Effect on the right"), one),
    Field("number", lazy("Number"), one),
    Field("kind_code", lazy("Kind of document"), one),
    Field("right_type", lazy("Kind of right"), one),
    Field("stage", lazy("Stage"), one),
    Field("recorded", lazy("Recorded"), one),
    Field("changed", lazy("Changed"), one),
    Field("details", lazy("Detail"), inside(*DETAIL)),
)
"""What is said of an event beside its day, its words and its country."""


def recordals(record: Plain, lang: str) -> Panel | None:
    """Recorded acts: transfers, licences, renewals, oppositions, decisions, with all their parties."""
    items = tuple(_act(entry, lang) for entry in placed(record, "recordals"))
    return Panel("recordals", _("Recorded acts"), (), "cards", items) if items else None


def _act(entry: Entry, lang: str) -> dict[str, Any]:
    item, place = entry.item, entry.place
    told = rows_of(item, place, RECORDAL, lang)
    for n, party in enumerate(item.get("parties", ())):
        at = f"{place}/parties/{n}"
        told += (*rows(Row(_("Party"), names_of(party, at))), *details(party, at, lang))
    kind = (Value(label("recordal", item["kind"]), f"{place}/kind"),) if item.get("kind") else ()
    return {
        "title": kind or one(item, "word", place),
        "rows": told + rows(Row(_("Of design"), entry.designs)),
    }


def events(record: Plain, lang: str) -> Panel | None:
    """The life of the right, oldest first; events without a date stand at the end."""
    items = [_event(entry, lang) for entry in placed(record, "events")]
    items.sort(key=lambda event: event["iso"] or "9999")
    return Panel("events", _("Events"), (), "events", tuple(items)) if items else None


def _event(entry: Entry, lang: str) -> dict[str, Any]:
    item, place = entry.item, entry.place
    kind = item.get("kind", "")
    return {
        "iso": item.get("date") or "",
        "date": day(item, "date", place, lang) if item.get("date") else (),
        "title": (Value(label("event", kind), f"{place}/kind"),) if kind else (),
        "word": distinct(
            several(*(one(item, name, place) for name in ("office_name", "office_code", "code")))
        ),
        "texts": text_values(item.get("office_description"), f"{place}/office_description"),
        "country": country(item, "country", place, lang) if item.get("country") else (),
        "rows": rows_of(item, place, EVENT, lang) + rows(Row(_("Of design"), entry.designs)),
    }


def notes(record: Plain, lang: str) -> Panel | None:
    """Remarks of the office and public values that have no field of their own."""
    kept = tuple(Value(item["text"], note=item["field"]) for item in record.get("kept", ()))
    extra = tuple(Value(item["text"], f"/extra/{index}/text", note=item["path"])
                  for index, item in enumerate(record.get("extra", ())))  # fmt: skip
    found = rows(
        Row(_("Remarks"), text_values(record.get("notes"), "/notes")),
        Row(_("Delivered, but not a valid value"), kept),
        Row(_("Further values"), extra),
    )
    return Panel("notes", _("Remarks"), found) if found else None
