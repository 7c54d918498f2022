"""The panel of the countries that an international registration designates, with the acts that concern each of them."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from msgspec import Struct

from ipregister.portal.dates import show_date
from ipregister.portal.fields import Field, Plain, coded, country, day, listed, one
from ipregister.portal.inid import inid
from ipregister.portal.labels import label
from ipregister.portal.tables import Entry, drawn, placed
from ipregister.portal.values import Panel, Value

DESIGNATION: tuple[Field, ...] = (
    Field("country", lazy("Country"), country, "831"),
    Field("state", lazy("State there"), coded("designation")),
    Field("date", lazy("Since"), day),
    Field("acts", lazy("Recorded acts"), lambda item, name, place, lang: tuple(item[name])),
    Field("expiry_date", lazy("Term ends"), day),
    Field("classes", lazy("Classes"), listed),
    Field("under", lazy("Under"), one),
)


DAYS = ("date", "effective_date", "notification_date")
"""The days of an act; the first that is told stands beside it."""


class _Act(Struct, frozen=True):
    """An act of one country: its day as ISO text, and what is shown of it."""

    date: str
    value: Value


def designations(record: Plain, lang: str) -> Panel | None:
    """Countries designated in an international registration (Madrid, Hague, Lisbon): the state where it is told, and what
    was recorded for each of them alone, in the order of the days."""
    told = list(_acts(record, lang))
    entries = [
        Entry(entry.item | {"acts": _of(told, entry.item.get("country", ""))}, entry.place)
        for entry in placed(record, "designations")
    ]
    columns = [field for field in DESIGNATION if any(entry.item.get(field.name) for entry in entries)]
    title = _("Designated countries")
    return drawn("designations", title, columns, entries, lang, partial(inid, record))


def _of(acts: list[tuple[str, _Act]], code: str) -> list[Value]:
    found = sorted((act for where, act in acts if where == code), key=lambda act: act.date)
    return [act.value for act in found]


def _acts(record: Plain, lang: str) -> Iterator[tuple[str, _Act]]:
    """Recorded acts and events, with each country that they name."""
    for entry in placed(record, "recordals"):
        for code in entry.item.get("offices", ()):
            yield code, _act(entry, "recordal", lang)
    for entry in placed(record, "events"):
        if code := entry.item.get("country"):
            yield code, _act(entry, "event", lang)


def _act(entry: Entry, table: str, lang: str) -> _Act:
    item = entry.item
    date = next((item[name] for name in DAYS if item.get(name)), "")
    kind = item.get("kind", "")
    text = label(table, kind) if kind else item.get("word") or item.get("office_name") or item.get("code", "")
    return _Act(date, Value(text, f"{entry.place}/kind", note=show_date(date, lang)))
