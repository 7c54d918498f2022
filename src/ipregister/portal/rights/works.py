"""Panels of copyright deposits, and of emblems under Article 6ter."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.fields import (
    Field,
    Plain,
    country,
    day,
    inside,
    listed,
    one,
    rows_of,
    texts,
    tongues,
    words,
)
from ipregister.portal.parties import party_panel
from ipregister.portal.sign import picture_rows
from ipregister.portal.tables import table
from ipregister.portal.values import Panel, Row, Value

WORK: tuple[Field, ...] = (
    Field("titles", lazy("Title"), texts),
    Field("kinds", lazy("Kind of work"), words),
    Field("descriptions", lazy("Description"), texts),
    Field("languages", lazy("Language"), tongues),
    Field("created", lazy("Made"), day),
    Field("published", lazy("First published"), day),
    Field("publication_place", lazy("Place of publication"), one),
    Field("publication_country", lazy("Country of publication"), country),
    Field("derived_from", lazy("Made after"), texts),
    Field("identifiers", lazy("Identifiers of the work"), listed),
)
GOODS = inside(
    Field("class_number", "", one), Field("texts", "", texts), Field("status", "", one), Field("scheme", "", one),
    Field("status_date", "", day), Field("first_use", "", day), Field("first_commercial_use", "", day),
)  # fmt: skip
EMBLEM: tuple[Field, ...] = (
    Field("names", lazy("Name"), texts),
    Field("owners", lazy("State or organisation"), texts),
    Field("country", lazy("Country"), country),
    Field("organisation", lazy("Organisation"), one),
    Field("descriptions", lazy("Description"), texts),
    Field("goods", lazy("Protected for"), texts),
    Field("goods_lists", lazy("Protected for"), GOODS),
    Field("circular", lazy("Circular"), one),
    Field("communicated", lazy("Communicated on"), day),
)
OBJECTION: tuple[Field, ...] = (
    Field("country", lazy("Country"), country),
    Field("date", lazy("Date"), day),
    Field("withdrawn", lazy("Withdrawn"), day),
    Field("texts", lazy("Text"), texts),
)


def work(record: Plain, lang: str) -> Panel | None:
    """The deposited work. A deposit proves that the work was deposited, not who has the rights."""
    told = _("A record that a copy was deposited on that day. It does not prove who has the rights.")
    found = (*rows_of(record, "", WORK, lang), Row(_("What a deposit is"), (Value(told),)))
    return Panel("work", _("Work"), found)


def authors(record: Plain, lang: str) -> Panel | None:
    """Authors."""
    return party_panel(record, "authors", _("Author"), "", lang)


def emblem(record: Plain, lang: str) -> Panel | None:
    """The emblem, whose it is, and when it was communicated."""
    found = rows_of(record, "", EMBLEM, lang) + picture_rows(record, "", lang)
    return Panel("emblem", _("Emblem"), found) if found else None


def objections(record: Plain, lang: str) -> Panel | None:
    """Objections of members."""
    return table(record, "objections", _("Objections"), OBJECTION, lang)
