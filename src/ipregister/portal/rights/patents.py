"""Panels of patents and utility models."""

from typing import Any

from django.utils.translation import gettext as _

from ipregister.portal.fields import Plain, coded, country, day, one
from ipregister.portal.parties import party_panel
from ipregister.portal.values import Panel, Row, Value, rows, text_values


def invention(record: Plain, lang: str) -> Panel | None:
    """Title and abstract, and what the office counts."""
    found = rows(
        Row(_("Title"), text_values(record.get("titles"), "/titles"), "54"),
        Row(_("Kind of document"), one(record, "kind_code"), "13"),
        Row(_("Abstract"), text_values(record.get("abstracts"), "/abstracts"), "57"),
        Row(_("Number of claims"), one(record, "claims_count")),
        Row(_("Number of drawings"), one(record, "drawings_count")),
        Row(_("Date of the international application"), day(record, "international_date", lang), "86"),
        Row(_("Entry into the national phase"), day(record, "national_phase_date", lang), "85"),
        Row(_("Date of the search"), day(record, "search_date", lang)),
        Row(_("Kind of search"), one(record, "search_type")),
        Row(_("Date of the examination"), day(record, "examination_date", lang)),
    )
    return Panel("invention", _("Invention"), found) if found else None


def inventors(record: Plain, lang: str) -> Panel | None:
    """Inventors."""
    return party_panel(record, "inventors", _("Inventor"), "72", lang)


def classifications(record: Plain, lang: str) -> Panel | None:
    """Classification symbols, by scheme."""
    inid = {"ipc": "51", "cpc": "51", "national": "52"}
    found: dict[tuple[str, str], list[Value]] = {}
    for index, item in enumerate(record.get("classifications", ())):
        link = f"ipc:{_word(item['symbol'])}" if item["scheme"] == "ipc" and item.get("symbol") else ""
        value = Value(item.get("symbol", ""), f"/classifications/{index}/symbol", note=item.get("version", ""),
                      link=link)  # fmt: skip
        if value.text:
            found.setdefault((item["scheme"], item.get("use", "")), []).append(value)
    shown = rows(*(Row(_scheme(*key), tuple(values), inid.get(key[0], "")) for key, values in found.items()))
    return Panel("classification", _("Classification"), shown) if shown else None


def _word(symbol: str) -> str:
    return "".join(symbol.split()).upper()


def _scheme(scheme: str, use: str) -> str:
    words = {"ipc": _("International Patent Classification"), "cpc": _("Cooperative Patent Classification"),
             "national": _("National classification")}  # fmt: skip
    name = words.get(scheme, scheme.replace("-", " "))
    return f"{name} ({_('fields searched')})" if use == "search-field" else name


def claims(record: Plain, lang: str) -> Panel | None:
    """The claims, each with its number."""
    items = _passages(record, "claims")
    return Panel("claims", _("Claims"), (), "passages", items) if items else None


def description(record: Plain, lang: str) -> Panel | None:
    """The description, in paragraphs."""
    items = _passages(record, "description")
    return Panel("description", _("Description of the invention"), (), "passages", items) if items else None


def _passages(record: Plain, name: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "number": part.get("number", ""),
            "heading": part.get("kind") == "heading",
            "texts": text_values(part.get("texts"), f"/{name}/{index}/texts"),
        }
        for index, part in enumerate(record.get(name, ()))
        if part.get("texts")
    )


def publications(record: Plain, lang: str) -> Panel | None:
    """Published documents."""
    items = []
    for index, item in enumerate(record.get("publications", ())):
        place = f"/publications/{index}"
        items.append({"cells": (country(item, "office", lang, place), one(item, "identifier", place),
                                one(item, "kind_code", place), day(item, "date", lang, place),
                                coded(item, "kind", "publication", place))})  # fmt: skip
    heads = ({"heads": ((_("Office"), "19"), (_("Number"), "11"), (_("Kind"), "13"), (_("Date"), "45"),
                        (_("What was published"), ""))},)  # fmt: skip
    return Panel("publications", _("Publications"), (), "table", heads + tuple(items)) if items else None


def priorities(record: Plain, lang: str) -> Panel | None:
    """Priorities claimed."""
    items = []
    for index, item in enumerate(record.get("priorities", ())):
        place = f"/priorities/{index}"
        items.append({"cells": (country(item, "country", lang, place), one(item, "number", place),
                                day(item, "date", lang, place))})  # fmt: skip
    heads = ({"heads": ((_("Country"), "33"), (_("Number"), "31"), (_("Date"), "32"))},)
    return Panel("priorities", _("Priority"), (), "table", heads + tuple(items)) if items else None


def family(record: Plain, lang: str) -> Panel | None:
    """Members of the patent family."""
    items = []
    for index, member in enumerate(record.get("family", ())):
        place = f"/family/{index}"
        items.append({"cells": (_documents(member, "publications", place, lang),
                                _documents(member, "applications", place, lang),
                                one(member, "family", place))})  # fmt: skip
    heads = ({"heads": ((_("Publications"), ""), (_("Applications"), ""), (_("Family"), ""))},)
    return Panel("family", _("Patent family"), (), "table", heads + tuple(items)) if items else None


def _documents(part: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """Documents as numbers with office and kind."""
    return tuple(
        Value(
            " ".join(filter(None, (item.get("office", ""), item.get("number", ""), item.get("kind_code", "")))),
            f"{place}/{name}/{index}/number",
        )
        for index, item in enumerate(part.get(name, ()))
        if item.get("number")
    )  # fmt: skip


def citations(record: Plain, lang: str) -> Panel | None:
    """Cited documents and literature."""
    items = []
    for index, item in enumerate(record.get("citations", ())):
        place = f"/citations/{index}"
        letters = tuple(Value(c, f"{place}/categories/{n}") for n, c in enumerate(item.get("categories", ())))
        named = _documents(item, "documents", place, lang) + text_values(item.get("texts"), f"{place}/texts")
        items.append({"cells": (named, letters, one(item, "phase", place))})
    heads = ({"heads": ((_("Document"), "56"), (_("Category"), ""), (_("Cited by"), ""))},)
    return Panel("citations", _("Documents cited"), (), "table", heads + tuple(items)) if items else None


def deposits(record: Plain, lang: str) -> Panel | None:
    """Deposits of biological material."""
    items = []
    for index, item in enumerate(record.get("deposits", ())):
        place = f"/deposits/{index}"
        items.append({"cells": (one(item, "institution", place), one(item, "number", place),
                                day(item, "date", lang, place))})  # fmt: skip
    heads = ({"heads": ((_("Institution"), "83"), (_("Number"), ""), (_("Date"), ""))},)
    return (
        Panel("deposits", _("Deposits of biological material"), (), "table", heads + tuple(items))
        if items
        else None
    )
