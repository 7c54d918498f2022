"""The panels of what happened to a right: recorded acts, events, remarks."""

from django.utils.translation import gettext as _

from ipregister.portal.fields import Plain, country, day, one, plain_numbers
from ipregister.portal.labels import label
from ipregister.portal.values import Panel, Row, Value, rows, text_values


def recordals(record: Plain, lang: str) -> Panel | None:
    """Recorded acts: transfers, licences, renewals, oppositions, decisions."""
    items = []
    for index, item in enumerate(record.get("recordals", ())):
        place = f"/recordals/{index}"
        parties = tuple(
            Value(name["text"], f"{place}/parties/{n}/names/{m}/text", name.get("lang", ""))
            for n, party in enumerate(item.get("parties", ()))
            for m, name in enumerate(party.get("names", ()))
        )
        items.append({
            "title": label("recordal", item["kind"]) if item.get("kind") else item.get("word", ""),
            "rows": rows(
                Row(_("Date"), day(item, "date", lang, place)),
                Row(_("Takes effect"), day(item, "effective_date", lang, place)),
                Row(_("Ends"), day(item, "end_date", lang, place)),
                Row(_("Office's word"), one(item, "word", place)),
                Row(_("Number"), one(item, "identifier", place)),
                Row(_("Decision"), one(item, "decision", place) + day(item, "decision_date", lang, place)),
                Row(_("Status"), one(item, "status", place)),
                Row(_("Parties"), parties),
                Row(_("Classes"), plain_numbers(item.get("classes", ()), f"{place}/classes")),
                Row(_("Text"), text_values(item.get("texts"), f"{place}/texts")),
            ),
        })  # fmt: skip
    return Panel("recordals", _("Recorded acts"), (), "cards", tuple(items)) if items else None


def events(record: Plain, lang: str) -> Panel | None:
    """The life of the right, oldest first; events without a date stand at the end."""
    items = []
    for index, item in enumerate(record.get("events", ())):
        place = f"/events/{index}"
        word = item.get("office_name") or item.get("office_code") or item.get("code", "")
        name = (
            "office_name" if item.get("office_name") else "office_code" if item.get("office_code") else "code"
        )
        items.append({
            "iso": item.get("date") or "",
            "date": day(item, "date", lang, place),
            "title": label("event", item["kind"]) if item.get("kind") else "",
            "word": (Value(word, f"{place}/{name}"),) if word else (),
            "texts": text_values(item.get("office_description"), f"{place}/office_description"),
            "country": country(item, "country", lang, place),
        })  # fmt: skip
    items.sort(key=lambda event: event["iso"] or "9999")
    return Panel("events", _("Events"), (), "events", tuple(items)) if items else None


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
