"""From the public part of a record to the panels of its page. One function a panel, one visible list."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ipregister.model import offices
from ipregister.portal.acts import events, notes, recordals
from ipregister.portal.fields import Plain, coded, country, day, languages, one, plain_numbers
from ipregister.portal.inid import inid
from ipregister.portal.labels import label
from ipregister.portal.parties import party_panel
from ipregister.portal.values import Panel, Row, Value, rows, text_values

Builder = Callable[[Plain, str], Panel | None]


def numbers(record: Plain, lang: str) -> Panel | None:
    """Numbers and dates."""
    found = rows(
        Row(_("Application number"), one(record, "application_number"), inid(record, "210")),
        Row(_("Application date"), day(record, "application_date", lang), inid(record, "220")),
        Row(_("Registration number"), one(record, "registration_number"), inid(record, "111")),
        Row(_("Registration date"), day(record, "registration_date", lang), inid(record, "151")),
        Row(_("International registration"), one(record, "international_number")),
        Row(_("Term ends"), day(record, "expiry_date", lang), inid(record, "180")),
        Row(_("Protection ended"), day(record, "termination_date", lang)),
        Row(_("Term in years"), one(record, "duration_years")),
        Row(_("Status as the office writes it"), one(record, "office_status")),
        Row(_("Date of that status"), day(record, "status_date", lang)),
        Row(_("Kind of right"), coded(record, "subtype", "right")),
        Row(
            _("Kind of mark") if record["right"] == "trademark" else _("Kind"),
            _kinds(record),
            inid(record, "551"),
        ),
        Row(_("Place of filing"), one(record, "filing_place")),
        Row(_("Receiving office"), one(record, "receiving_office")),
        Row(_("Language of the application"), languages(record, "application_language", lang)),
        Row(_("Second language"), languages(record, "second_language", lang)),
    )
    return Panel("numbers", _("Numbers and dates"), found) if found else None


USUAL = "Individual"
"""The kind of mark that feeds of trademarks give to all that comes in them: of an indication or emblem it tells nothing."""


def _kinds(record: Plain) -> tuple[Value, ...]:
    found = enumerate(record.get("kinds", ()))
    of_mark = record["right"] == "trademark"
    return tuple(
        Value(label("kind", kind), f"/kinds/{index}") for index, kind in found if of_mark or kind != USUAL
    )


def mark(record: Plain, lang: str) -> Panel | None:
    """The sign itself; of an indication or emblem what a trademark feed says of its sign."""
    name = "mark" if record["right"] == "trademark" else "sign"
    sign, place = record.get(name, {}), f"/{name}"
    texts = {name: text_values(sign.get(name), f"{place}/{name}") for name in (
        "verbal", "significant", "translations", "transliterations", "descriptions", "disclaimers",
        "conditions")}  # fmt: skip
    found = rows(
        Row(_("Words of the mark"), texts["verbal"], "540"),
        Row(_("Significant words"), texts["significant"]),
        Row(_("Feature of mark"), coded(sign, "feature", "feature", place), "550"),
        Row(_("Transliteration"), texts["transliterations"], "561"),
        Row(_("Translation"), texts["translations"], "566"),
        Row(_("Description"), texts["descriptions"], "571"),
        Row(_("Disclaimer"), texts["disclaimers"], "526"),
        Row(_("Conditions"), texts["conditions"]),
        Row(_("Colours"), one(sign, "colour", place)),
        *_picture_rows(sign.get("images", ()), f"{place}/images"),
    )
    title = _("Mark") if name == "mark" else _("Sign")
    return Panel("mark", title, found) if found else None


def _picture_rows(images: Any, pointer: str) -> list[Row]:
    out: list[Row] = []
    for index, image in enumerate(images):
        place = f"{pointer}/{index}"
        codes = tuple(Value(code, f"{place}/vienna/{n}", note=_vienna(code), link=f"vienna:{code}")
                      for n, code in enumerate(image.get("vienna", ())))  # fmt: skip
        colours = tuple(
            Value(c, f"{place}/colour_codes/{n}") for n, c in enumerate(image.get("colour_codes", ()))
        )
        out += [
            Row(
                _("Colours claimed"), text_values(image.get("colour_claims"), f"{place}/colour_claims"), "591"
            ),
            Row(_("Colour codes"), colours),
            Row(
                _("Description of the picture"),
                text_values(image.get("descriptions"), f"{place}/descriptions"),
            ),
            Row(_("Vienna code"), codes, "531"),
        ]
    return out


def _vienna(code: str) -> str:
    category = code.split(".", maxsplit=1)[0].lstrip("0")
    word = label("vienna", category)
    return "" if word == category else word


def goods(record: Plain, lang: str) -> Panel | None:
    """Goods and services by class, as delivered."""
    items = []
    for index, block in enumerate(record.get("goods", ())):
        place = f"/goods/{index}"
        number = block.get("class_number")
        items.append({
            "number": number,
            "pointer": f"{place}/class_number",
            "label": label("class", str(number)) if number and block.get("scheme", "nice") == "nice" else "",
            "texts": text_values(block.get("texts"), f"{place}/texts"),
            "status": block.get("status", ""),
            "scheme": block.get("scheme", "nice"),
        })  # fmt: skip
    loose = rows(
        Row(_("Without a class"), text_values(record.get("goods_unclassified"), "/goods_unclassified")),
        Row(_("Edition of the classification"), one(record, "goods_version")),
    )
    if not items and not loose:
        return None
    return Panel("goods", _("Goods and services"), loose, "goods", tuple(items))


def priorities(record: Plain, lang: str) -> Panel | None:
    """Priorities claimed."""
    items = [
        {
            "cells": (
                country(item, "country", lang, f"/priorities/{index}"),
                one(item, "number", f"/priorities/{index}"),
                day(item, "date", lang, f"/priorities/{index}"),
                plain_numbers(item.get("classes", ()), f"/priorities/{index}/classes"),
            ),
        }
        for index, item in enumerate(record.get("priorities", ()))
    ]
    heads = (
        {
            "heads": (
                (_("Country"), inid(record, "330")),
                (_("Number"), inid(record, "310")),
                (_("Date"), inid(record, "320")),
                (_("Classes"), ""),
            )
        },
    )
    return Panel("priorities", _("Priority"), (), "table", heads + tuple(items)) if items else None


def publications(record: Plain, lang: str) -> Panel | None:
    """Publications: what was published, where and when."""
    items = []
    for index, item in enumerate(record.get("publications", ())):
        place = f"/publications/{index}"
        items.append({"cells": (day(item, "date", lang, place), one(item, "identifier", place),
                                one(item, "section", place), coded(item, "kind", "publication", place))})  # fmt: skip
    heads = (
        {
            "heads": (
                (_("Date"), inid(record, "450")),
                (_("Gazette"), ""),
                (_("Section"), ""),
                (_("What was published"), ""),
            )
        },
    )
    return Panel("publications", _("Publications"), (), "table", heads + tuple(items)) if items else None


def references(record: Plain, lang: str) -> Panel | None:
    """Other rights this one rests on or belongs to."""
    items = []
    for index, item in enumerate(record.get("references", ())):
        place = f"/references/{index}"
        held = item.get("office", "") in offices.codes() or item.get("kind") == "international-registration"
        number = tuple(
            Value(v.text, v.pointer, link=f"r:{v.text}" if held else "")
            for v in one(item, "number", place) + one(item, "registration_number", place)
        )
        when = day(item, "date", lang, place) + day(item, "registration_date", lang, place)
        items.append({"cells": (coded(item, "kind", "reference", place), country(item, "office", lang, place),
                                number, when)})  # fmt: skip
    heads = ({"heads": ((_("Relation"), ""), (_("Office"), ""), (_("Number"), ""), (_("Date"), ""))},)
    return Panel("references", _("Related rights"), (), "table", heads + tuple(items)) if items else None


def designations(record: Plain, lang: str) -> Panel | None:
    """Countries designated in an international registration (Madrid, Hague, Lisbon)."""
    items = []
    for index, item in enumerate(record.get("designations", ())):
        place = f"/designations/{index}"
        state = coded(item, "state", "designation", place)
        items.append({"cells": (country(item, "country", lang, place), state, day(item, "date", lang, place),
                                one(item, "under", place))})  # fmt: skip
    heads = (
        {
            "heads": (
                (_("Country"), inid(record, "831")),
                (_("State there"), ""),
                (_("Since"), ""),
                (_("Under"), ""),
            )
        },
    )
    return Panel("designations", _("Designated countries"), (), "table",
                 heads + tuple(items)) if items else None  # fmt: skip


def applicants(record: Plain, lang: str) -> Panel | None:
    """Applicants."""
    return party_panel(record, "applicants", _("Applicant"), inid(record, "731"), lang)


def holders(record: Plain, lang: str) -> Panel | None:
    """Holders."""
    return party_panel(record, "holders", _("Holder"), inid(record, "732"), lang)


def representatives(record: Plain, lang: str) -> Panel | None:
    """Representatives."""
    return party_panel(record, "representatives", _("Representative"), inid(record, "740"), lang)


def correspondents(record: Plain, lang: str) -> Panel | None:
    """Addresses for correspondence."""
    return party_panel(record, "correspondents", _("Address for correspondence"), inid(record, "750"), lang)


PANELS: tuple[Builder, ...] = (
    numbers, mark, holders, applicants, representatives, correspondents, goods, priorities, publications,
    references, designations, recordals, events, notes,
)  # fmt: skip
"""All panels of a trademark in the order of the page; those of other rights are in `portal.rights`."""
