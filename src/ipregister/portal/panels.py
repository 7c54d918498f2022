"""From the public part of a record to the panels of its page. One function a panel, one visible list."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.model import offices
from ipregister.portal.acts import events, notes, recordals
from ipregister.portal.designated import designations
from ipregister.portal.fields import (
    Field,
    Plain,
    coded,
    country,
    day,
    documents,
    listed,
    one,
    rows_of,
    texts,
    tongue,
)
from ipregister.portal.inid import inid
from ipregister.portal.labels import label
from ipregister.portal.parties import party_panel
from ipregister.portal.sign import mark
from ipregister.portal.tables import table
from ipregister.portal.values import Panel, Row, Value, rows

Builder = Callable[[Plain, str], Panel | None]

NUMBERS: tuple[Field, ...] = (
    Field("application_number", lazy("Application number"), one, "210"),
    Field("application_date", lazy("Application date"), day, "220"),
    Field("registration_number", lazy("Registration number"), one, "111"),
    Field("registration_date", lazy("Registration date"), day, "151"),
    Field("international_number", lazy("International registration"), one),
    Field("expiry_date", lazy("Term ends"), day, "180"),
    Field("termination_date", lazy("Protection ended"), day),
    Field("duration_years", lazy("Term in years"), one),
    Field("opposition_start", lazy("Opposition possible from"), day),
    Field("opposition_end", lazy("Opposition possible until"), day),
    Field("office_status", lazy("Status as the office writes it"), one),
    Field("status_date", lazy("Date of that status"), day),
    Field("subtype", lazy("Kind of right"), coded("right")),
)
OF_FILING: tuple[Field, ...] = (
    Field("filing_place", lazy("Place of filing"), one),
    Field("receiving_office", lazy("Receiving office"), one),
    Field("receiving_date", lazy("Received by the office"), day),
    Field("identifier", lazy("Number in the office's system"), one),
    Field("file_reference", lazy("Reference"), one),
    Field("application_language", lazy("Language of the application"), tongue),
    Field("second_language", lazy("Second language"), tongue),
)
PRIORITY: tuple[Field, ...] = (
    Field("country", lazy("Country"), country, "330"),
    Field("number", lazy("Number"), one, "310"),
    Field("date", lazy("Date"), day, "320"),
    Field("kind", lazy("Kind"), coded("priority")),
    Field("kind_code", lazy("Kind of document"), one),
    Field("classes", lazy("Classes"), listed),
    Field("texts", lazy("Text"), texts),
    Field("access_code", lazy("Access code"), one),
    Field("identifier", lazy("Reference"), one),
    Field("status", lazy("Status"), one),
    Field("status_date", lazy("Date of that status"), day),
    Field("form", lazy("Form of the number"), one),
    Field("linkage", lazy("Connection"), one),
    Field("documents", lazy("Other forms of the number"), documents),
)
PUBLICATION: tuple[Field, ...] = (
    Field("date", lazy("Date"), day, "450"),
    Field("identifier", lazy("Gazette"), one),
    Field("section", lazy("Section"), one),
    Field("page", lazy("Page"), one),
    Field("kind", lazy("What was published"), coded("publication")),
)
GOODS: tuple[Field, ...] = (
    Field("status", lazy("Status"), one),
    Field("status_date", lazy("Date of that status"), day),
    Field("first_use", lazy("First use"), day),
    Field("first_commercial_use", lazy("First use in commerce"), day),
)
"""What is said of a class of goods beside its number and its texts."""


def numbers(record: Plain, lang: str) -> Panel | None:
    """Numbers and dates."""
    code = partial(inid, record)
    named = _("Kind of mark") if record["right"] == "trademark" else _("Kind")
    found = (*rows_of(record, "", NUMBERS, lang, code), *rows(Row(named, _kinds(record), _inid_of_kinds(record))),
             *rows_of(record, "", OF_FILING, lang, code))  # fmt: skip
    return Panel("numbers", _("Numbers and dates"), found) if found else None


USUAL = "Individual"
"""The kind of mark that feeds of trademarks give to all that comes in them: of an indication or emblem it tells nothing."""
JOINT = ("Collective", "Certificate")
"""The kinds of marks that have INID (551)."""


def _kinds(record: Plain) -> tuple[Value, ...]:
    found = enumerate(record.get("kinds", ()))
    of_mark = record["right"] == "trademark"
    return tuple(
        Value(label("kind", kind), f"/kinds/{index}") for index, kind in found if of_mark or kind != USUAL
    )


def _inid_of_kinds(record: Plain) -> str:
    return inid(record, "551") if set(record.get("kinds", ())) & set(JOINT) else ""


def goods(record: Plain, lang: str) -> Panel | None:
    """Goods and services by class, as delivered."""
    items = tuple(_class(block, index, lang) for index, block in enumerate(record.get("goods", ())))
    loose = rows_of(record, "", (
        Field("goods_unclassified", _("Without a class"), texts),
        Field("goods_version", _("Edition of the classification"), one),
    ), lang)  # fmt: skip
    if not items and not loose:
        return None
    return Panel("goods", _("Goods and services"), loose, "goods", items)


def _class(block: Plain, index: int, lang: str) -> dict[str, Any]:
    place, number, scheme = f"/goods/{index}", block.get("class_number"), block.get("scheme", "nice")
    other = (Row(_("Classification"), (Value(scheme, f"{place}/scheme"),)),) if scheme != "nice" else ()
    return {
        "number": (Value(str(number), f"{place}/class_number"),) if number else (),
        "label": label("class", str(number)) if number and scheme == "nice" else "",
        "texts": texts(block, "texts", place, lang) if block.get("texts") else (),
        "rows": other + rows_of(block, place, GOODS, lang),
    }


def priorities(record: Plain, lang: str) -> Panel | None:
    """Priorities claimed."""
    return table(record, "priorities", _("Priority"), PRIORITY, lang, partial(inid, record))


def publications(record: Plain, lang: str) -> Panel | None:
    """Publications: what was published, where and when."""
    return table(record, "publications", _("Publications"), PUBLICATION, lang, partial(inid, record))


def _linked(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """The number of another right, with a link where this register may hold it."""
    held = item.get("office", "") in offices.codes() or item.get("kind") == "international-registration"
    return (Value(item[name], f"{place}/{name}", link=f"r:{item[name]}" if held else ""),)


REFERENCE: tuple[Field, ...] = (
    Field("kind", lazy("Relation"), coded("reference")),
    Field("office", lazy("Office"), country),
    Field("number", lazy("Number"), _linked),
    Field("date", lazy("Date"), day),
    Field("registration_number", lazy("Registration number"), _linked),
    Field("registration_date", lazy("Registration date"), day),
    Field("kind_code", lazy("Kind of document"), one),
    Field("language", lazy("Language"), tongue),
    Field("status", lazy("Status"), one),
    Field("gazette", lazy("Gazette"), one),
    Field("form", lazy("Form of the number"), one),
    Field("texts", lazy("Text"), texts),
    Field("documents", lazy("Other forms of the number"), documents),
)


def references(record: Plain, lang: str) -> Panel | None:
    """Other rights this one rests on or belongs to."""
    return table(record, "references", _("Related rights"), REFERENCE, lang)


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
