"""The dates that lie ahead of the records of a query, as a calendar. Of more records than a calendar holds it has those
whose next dates come first, and says from which day on dates are missing: programs that read calendars cannot page."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TypeGuard

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from msgspec import Struct

from ipregister.model import offices
from ipregister.model.errors import UsageError
from ipregister.model.offices import office
from ipregister.model.status import add_months
from ipregister.portal.asking import strictly_asked
from ipregister.portal.calendars import Missing, calendar, dates
from ipregister.portal.giving import Giving, add_link
from ipregister.portal.publicly import Shown
from ipregister.portal.render import absolute
from ipregister.portal.site import Site
from ipregister.search.days import BUDDHIST
from ipregister.search.query import parse
from ipregister.search.tree import Node, Or, Query, Range, all_of

MOST = 1000
"""Records of a calendar."""
FROM = "from"
DAY, YEAR, MONTH = dt.timedelta(days=1), dt.timedelta(days=366), dt.timedelta(days=31)
LONGEST_OPPOSITION, LONGEST_DEFERMENT = YEAR, 3 * YEAR
"""No such period ends later behind a publication, and behind a filing."""
Filters = Mapping[str, Sequence[str]]


class Agenda(Struct, frozen=True):
    """The records of a calendar. `missing_from` is the day from which on dates are missing; `partly` says that ends of
    opposition and deferment were looked for in those filed last alone, since no order of the index tells them."""

    sides: list[Shown]
    missing_from: dt.date | None = None
    partly: bool = False


class _Look(Struct, frozen=True):
    """A part of the query in the order of its next dates, which come `months` after the end of the term at the soonest;
    None where the index has no such order."""

    part: Node
    sort: str
    months: int | None = None


def agenda_calendar(site: Site, request: HttpRequest) -> HttpResponse:
    """The dates from today on, or from the day `from`, of the records of a query. Raises `UsageError`, `QueryError`."""
    ask, since = strictly_asked(request, FROM), _since(request)
    giving = Giving(site)
    first = max(since or dt.date.min, site.today() - DAY)
    agenda = agenda_of(giving, giving.within(parse(ask.line)), ask.filters, first)
    sides = agenda.sides
    missing = None
    if agenda.missing_from or agenda.partly:
        page = absolute(site, request, ask.address())
        missing = Missing(page, len(sides), agenda.missing_from, agenda.partly)
    answer = calendar(giving, request, sides, since=first, missing=missing)
    if agenda.missing_from and agenda.missing_from - first > DAY:
        following = f"{reverse('calendar')}?{ask.parameters(sort='')}&{FROM}={agenda.missing_from}"
        add_link(answer, absolute(site, request, following), "next")
    return answer


def _since(request: HttpRequest) -> dt.date | None:
    text = request.GET.get(FROM, "")
    try:
        day = dt.datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError as error:
        raise _no_day() from error
    if day and day.year >= BUDDHIST:
        raise _no_day()
    return day


def _no_day() -> UsageError:
    return UsageError(f"{FROM} is no day of the calendar", remedy="write 2026-01-31, or leave it out")


def agenda_of(giving: Giving, query: Query, filters: Filters, first: dt.date) -> Agenda:
    """The records of a query for a calendar from a day on: all where they are few, else those with the next dates."""
    index = giving.site.index
    keys, following = index.walk(query, filters=filters, limit=MOST)
    if following is None:
        return Agenda(giving.many_bare(keys))
    found: dict[str, tuple[dt.date, Shown]] = {}
    ends: list[dt.date] = []
    partly = False
    for look in _looks(first):
        part = msgspec.structs.replace(query, root=all_of([query.root, look.part]))
        keys, following = index.walk(part, filters=filters, sort=look.sort, limit=MOST)
        sides = giving.many_bare(keys)
        found |= {side.key: (day, side) for side in sides if (day := _next(giving, side, first))}
        if following is not None and look.months is None:
            partly = True
        elif following is not None:
            last = max(
                filter(_is_day, (side.record.expiry_date for side in sides)), default=first.isoformat()
            )
            ends.append(dt.date.fromisoformat(add_months(last, look.months or 0)))
    ordered = sorted(found.values(), key=lambda one: (one[0], one[1].key))
    if len(ordered) > MOST:
        ends.append(ordered[MOST][0])
    end = min(ends, default=None)
    kept = [side for day, side in ordered[:MOST] if end is None or day <= end]
    return Agenda(kept, end, partly)


def _looks(first: dt.date) -> Iterator[_Look]:
    """Terms that end from a day on; terms that ended and can be renewed late; what was published or filed so lately that
    opposition or deferment may end from that day on."""
    yield _Look(Range("expires", low=first.isoformat()), "+expires", 0)
    shortest, longest = _graces()
    late = first - longest * MONTH - DAY
    yield _Look(
        Range("expires", low=late.isoformat(), high=(first - DAY).isoformat()),
        "+expires",
        shortest,
    )
    published = Range("published", low=(first - LONGEST_OPPOSITION).isoformat())
    filed = Range("filed", low=(first - LONGEST_DEFERMENT).isoformat())
    yield _Look(Or((published, filed)), "-filed")


def _is_day(date: str | None) -> TypeGuard[str]:
    return date is not None and len(date) == len("2026-01-31")


@cache
def _graces() -> tuple[int, int]:
    """The shortest and the longest time in which an office renews late, in months."""
    held = [term.grace_months for code in offices.codes() for term in office(code).terms if term.grace_months]
    return min(held), max(held)


def _next(giving: Giving, side: Shown, first: dt.date) -> dt.date | None:
    """The first date of a record that a calendar from a day on holds."""
    begin = max(first, giving.day(side.office))
    return min((day for _kind, day in dates(side) if day >= begin), default=None)
