"""What statistics want to know of one record, read from its public projection."""

import datetime as dt
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from ipregister.model.codelists import table
from ipregister.model.design import Design
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office
from ipregister.model.patent import Patent
from ipregister.model.record import Record, right_of
from ipregister.model.status import derive

UNKNOWN = "unknown"
DIRECT, INTERNATIONAL = "direct", "international"
ROUTES = {
    "trademark": "madrid",
    "design": "hague",
    "patent": "pct",
    "utility-model": "pct",
    "indication": "lisbon",
}
"""The international system of each right: the route of a record that carries an international number."""
OF_MANY_STATES = frozenset({"WO", "EP", "EU"})
"""Offices of more than one state: the country alone makes nobody resident there."""
PUBLICATION, REGISTRATION = "publication", "registration"
RESIDENT, NON_RESIDENT = "resident", "non-resident"


class Span(Struct, frozen=True, gc=False):
    """Days from filing to a stage (`publication`, `registration`), and the year in which the stage was reached."""

    stage: str
    year: str
    days: int


class Particulars(Struct, frozen=True):
    """One record as statistics see it.

    Years have four digits, or are `unknown` (no date, or one still to come); `registered` is empty where there is no registration.
    `classes` are Nice classes, Locarno classes or IPC subclasses, each once; `items` counts the classes of a mark
    and the designs of an application, and is 0 for other rights. `live` is yes, no or open (`codes/states.csv`), and
    empty where there is no registration."""

    right: str
    route: str
    origin: str
    residence: str
    filed: str
    registered: str
    classes: tuple[str, ...]
    items: int
    live: str
    spans: tuple[Span, ...]


def particulars(public: Record, office: Office, day: dt.date, data_day: str) -> Particulars:
    """What counts of a record, by its public projection of a day (`walking.public_on`)."""
    classes, origin = classes_of(public), origin_of(public)
    registered = _year(public.registration_date, day)
    return Particulars(
        right=right_of(public),
        route=route_of(public, office),
        origin=origin,
        residence=_residence(origin, office),
        filed=_year(public.application_date, day) or UNKNOWN,
        registered=registered,
        classes=classes,
        items=_items(public, classes),
        live=table("states")[derive(public, office, day, data_day).state]["live"] if registered else "",
        spans=tuple(_spans(public, day)),
    )


def route_of(record: Record, office: Office) -> str:
    """How the application came: direct, by an international system, or held by the international bureau itself."""
    if office.code == "WO":
        return INTERNATIONAL
    of_system = record.international_number or any(
        one.kind in ("international-registration", "pct-application") for one in record.references
    )
    return ROUTES.get(right_of(record), DIRECT) if of_system else DIRECT


def origin_of(record: Record) -> str:
    """The country (ST.3) of the first-named applicant, or of the first-named holder; `unknown` without one."""
    for parties in (record.applicants, record.holders):
        for party in parties[:1]:
            country = party.country or party.domicile or party.nationality
            if country:
                return country if country in table("st3") else UNKNOWN
    return UNKNOWN


def _residence(origin: str, office: Office) -> str:
    if origin == UNKNOWN or office.code in OF_MANY_STATES:
        return UNKNOWN
    return RESIDENT if origin == office.code else NON_RESIDENT


def classes_of(record: Record) -> tuple[str, ...]:
    """Nice classes, Locarno classes, or IPC subclasses of a record, sorted, each once."""
    found: set[str] = set()
    if isinstance(record, Trademark):
        found = {
            f"{one.class_number:02d}" for one in record.goods if one.class_number and one.scheme == "nice"
        }
    elif isinstance(record, Design):
        products = (*record.products, *(product for one in record.designs for product in one.products))
        found = {_locarno(one.number) for one in products if one.scheme == "locarno"}
    elif isinstance(record, Patent):
        symbols = (one.symbol for one in record.classifications if one.scheme == "ipc")
        found = {symbol[:4] for symbol in symbols if len(symbol) >= 4}
    return tuple(sorted(found - {""}))


@cache
def _locarno(number: str) -> str:
    main = number.split("-", maxsplit=1)[0].split(".", maxsplit=1)[0].strip()
    return f"{int(main):02d}" if main.isdigit() and 0 < int(main) < 100 else ""


def _items(record: Record, classes: tuple[str, ...]) -> int:
    if isinstance(record, Design):
        return record.designs_count or len(record.designs) or 1
    return len(classes) if isinstance(record, Trademark) else 0


def _year(date: str | None, day: dt.date) -> str:
    """The year of a date; a day that is still to come cannot be counted in its year."""
    if not date:
        return ""
    return date[:4] if date <= day.isoformat() else UNKNOWN


def _spans(record: Record, day: dt.date) -> Iterator[Span]:
    filed = record.application_date or ""
    if len(filed) != len("2026-01-01"):
        return
    first = min((p.date for p in record.publications if p.date and len(p.date) == len(filed)), default="")
    for stage, reached in ((PUBLICATION, first), (REGISTRATION, record.registration_date or "")):
        if len(reached) == len(filed) and filed <= reached <= day.isoformat():
            days = (dt.date.fromisoformat(reached) - dt.date.fromisoformat(filed)).days
            yield Span(stage, reached[:4], days)
