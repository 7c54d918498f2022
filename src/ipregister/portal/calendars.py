"""The dates of records as a calendar (iCalendar, RFC 5545): what a person has to keep in mind of a right."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from icalendar import Calendar, Event
from msgspec import Struct

from ipregister.model.design import Design
from ipregister.portal.api.life import refusal
from ipregister.portal.giving import Giving, Unreleased, mark_terms
from ipregister.portal.names import notice
from ipregister.portal.oai import domain
from ipregister.portal.publicly import Shown, number, title
from ipregister.portal.render import absolute
from ipregister.portal.site import Site

KINDS = {
    "filed": "Filed",
    "registered": "Registered",
    "published": "Published",
    "opposition-ends": "Last day of opposition",
    "deferment-ends": "Deferment of publication ends",
    "term-ends": "Term of protection ends",
    "late-renewal-ends": "Last day of late renewal",
}
"""What a date is, in words."""


def record_calendar(site: Site, request: HttpRequest, key: str) -> HttpResponse:
    """All dates of one record. Raises `Unreleased`."""
    giving = Giving(site)
    version = site.register.present(key)
    side = giving.given(version) if version else None
    if side is None:
        raise Unreleased("no released record has this key")
    return refusal(side, present=True) or calendar(giving, request, [side])


class Missing(Struct, frozen=True):
    """What a calendar of `records` lacks of the list at an address: dates from a day on (None: none), and whether ends of
    opposition and deferment were looked for in the records filed last alone."""

    address: str
    records: int
    day: dt.date | None
    partly: bool

    def __str__(self) -> str:
        told = []
        if self.day:
            told.append(
                f"This calendar holds the {self.records} records whose next dates come first. From {self.day} on dates of "
                f"other records are missing: ask again with from={self.day}, or for fewer records."
            )
        if self.partly:
            told.append(
                "Ends of opposition and of deferment were looked for in the records that were filed last alone: there are "
                "too many for all."
            )
        return " ".join([*told, f"The whole list: {self.address}"])


def calendar(
    giving: Giving, request: HttpRequest, sides: Sequence[Shown], *, since: dt.date | None = None, missing: Missing | None = None,
) -> HttpResponse:  # fmt: skip
    """The dates of records; with `since` those from that day on that are not past. What is `missing` is told in its
    description, and as an entry of the day from which on dates are missing."""
    made = Calendar()
    made.add("prodid", "-//ipregister//register of intellectual property//EN")
    made.add("version", "2.0")
    made.add("name", "Dates of the register")
    host = domain(giving.site)
    if missing:
        made.add("description", str(missing))
        made.add("x-wr-caldesc", str(missing))
    if missing and missing.day:
        made.add_component(_end(missing, missing.day, host))
    for side in sides:
        first = max(since, giving.day(side.office)) if since else dt.date.min
        for kind, day in dates(side):
            if day >= first:
                made.add_component(_event(giving, request, side, kind, day, host))
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    mark_terms(response, [giving.terms(side.office.code, side.plain["right"]) for side in sides])
    return response


def dates(side: Shown) -> Iterator[tuple[str, dt.date]]:
    """The dates of a record that are whole days, each once, in the order of `KINDS`."""
    record, state = side.record, side.state
    deferred = record.deferred_until if isinstance(record, Design) else None
    told: tuple[tuple[str, Iterable[str | None]], ...] = (
        ("filed", [record.application_date]),
        ("registered", [record.registration_date]),
        ("published", sorted({one.date for one in record.publications if one.date})),
        ("opposition-ends", [record.opposition_end]),
        ("deferment-ends", [deferred]),
        ("term-ends", [state.term_end or record.expiry_date]),
        ("late-renewal-ends", [state.late_renewal_until]),
    )
    for kind, days in told:
        for text in days:
            if text and len(text) == len("2026-01-31"):
                yield kind, dt.date.fromisoformat(text)


def _event(giving: Giving, request: HttpRequest, side: Shown, kind: str, day: dt.date, host: str) -> Event:
    """A whole day. The data day stands for the time of writing, so that the same state gives the same bytes."""
    heading, _lang = title(side)
    said = notice(side.office, "en", side.plain["right"])
    event = Event()
    event.add("uid", f"{side.key}-{kind}-{day.isoformat()}@{host}")
    event.add("dtstamp", dt.datetime.combine(_day(side.state.data_day, day), dt.time(), dt.UTC))
    event.add("dtstart", day)
    event.add("summary", f"{KINDS[kind]}: {heading} ({side.office.code} {number(side)})")
    event.add("url", absolute(giving.site, request, reverse("record", args=[side.key])))
    terms = giving.terms(side.office.code, side.plain["right"])
    told = (
        f"By data to {side.state.data_day}.",
        said["notice"],
        terms.licence,
        terms.attribution,
        terms.source,
    )
    event.add("description", " ".join(filter(None, told)))
    event.add("transp", "TRANSPARENT")
    return event


def _end(missing: Missing, day: dt.date, host: str) -> Event:
    """What stands at the day from which on dates are missing."""
    event = Event()
    event.add("uid", f"missing-{day.isoformat()}@{host}")
    event.add("dtstamp", dt.datetime.combine(day, dt.time(), dt.UTC))
    event.add("dtstart", day)
    event.add("summary", "From here on dates are missing in this calendar")
    event.add("url", missing.address)
    event.add("description", str(missing))
    event.add("transp", "TRANSPARENT")
    return event


def _day(text: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return otherwise
