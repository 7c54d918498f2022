"""Panels of copyright deposits, and of emblems under Article 6ter."""

from django.utils.translation import gettext as _

from ipregister.portal.dates import language_name
from ipregister.portal.fields import Plain, country, day, one
from ipregister.portal.parties import party_panel
from ipregister.portal.values import Panel, Row, Value, rows, text_values


def work(record: Plain, lang: str) -> Panel | None:
    """The deposited work. A deposit proves that the work was deposited, not who has the rights."""
    spoken = tuple(
        Value(language_name(code, lang), f"/languages/{n}")
        for n, code in enumerate(record.get("languages", ()))
    )
    kinds = tuple(
        Value(kind.replace("-", " "), f"/kinds/{n}") for n, kind in enumerate(record.get("kinds", ()))
    )
    codes = tuple(Value(code, f"/identifiers/{n}") for n, code in enumerate(record.get("identifiers", ())))
    found = rows(
        Row(_("Title"), text_values(record.get("titles"), "/titles")),
        Row(_("Kind of work"), kinds),
        Row(_("Language"), spoken),
        Row(_("Made"), day(record, "created", lang)),
        Row(_("First published"), day(record, "published", lang)),
        Row(_("Place of publication"), one(record, "publication_place")),
        Row(_("Country of publication"), country(record, "publication_country", lang)),
        Row(_("Made after"), text_values(record.get("derived_from"), "/derived_from")),
        Row(_("Identifiers of the work"), codes),
        Row(_("What a deposit is"), (Value(_("A record that a copy was deposited on that day. It does not prove who has the rights.")),)),
    )  # fmt: skip
    return Panel("work", _("Work"), found)


def authors(record: Plain, lang: str) -> Panel | None:
    """Authors."""
    return party_panel(record, "authors", _("Author"), "", lang)


def emblem(record: Plain, lang: str) -> Panel | None:
    """The emblem, whose it is, and when it was communicated."""
    found = rows(
        Row(_("Name"), text_values(record.get("names"), "/names")),
        Row(_("State or organisation"), text_values(record.get("owners"), "/owners")),
        Row(_("Country"), country(record, "country", lang)),
        Row(_("Organisation"), one(record, "organisation")),
        Row(_("Description"), text_values(record.get("descriptions"), "/descriptions")),
        Row(_("Protected for"), text_values(record.get("goods"), "/goods") + _listed(record)),
        Row(_("Circular"), one(record, "circular")),
        Row(_("Communicated on"), day(record, "communicated", lang)),
    )
    return Panel("emblem", _("Emblem"), found) if found else None


def _listed(record: Plain) -> tuple[Value, ...]:
    return tuple(
        value
        for index, block in enumerate(record.get("goods_lists", ()))
        for value in text_values(block.get("texts"), f"/goods_lists/{index}/texts")
    )


def objections(record: Plain, lang: str) -> Panel | None:
    """Objections of members."""
    items = []
    for index, item in enumerate(record.get("objections", ())):
        place = f"/objections/{index}"
        items.append({"cells": (country(item, "country", lang, place), day(item, "date", lang, place),
                                day(item, "withdrawn", lang, place), text_values(item.get("texts"), f"{place}/texts"))})  # fmt: skip
    heads = ({"heads": ((_("Country"), ""), (_("Date"), ""), (_("Withdrawn"), ""), (_("Text"), ""))},)
    return Panel("objections", _("Objections"), (), "table", heads + tuple(items)) if items else None
