"""Life cycles: what happens to a mark between its filing and today. Days are ordinals (``date.toordinal``)."""

from datetime import date
from functools import cache
from random import Random
from typing import NamedTuple

YEARS_SHOWN = 15
GRACE = 183

# Weight; then the steps after filing with the least and the most days since the step before.
COURSES: tuple[tuple[int, tuple[tuple[str, int, int], ...]], ...] = (
    (56, (("examined", 40, 200), ("published", 40, 160), ("registered", 60, 200))),
    (6, (("examined", 40, 200), ("published", 40, 160), ("registered", 60, 200), ("transferred", 90, 2500))),
    (5, (("examined", 40, 200), ("published", 40, 160), ("opposed", 20, 90), ("registered", 200, 700))),
    (2, (("examined", 40, 200), ("published", 40, 160), ("opposed", 20, 90), ("refused", 200, 700))),
    (7, (("examined", 60, 300), ("refused", 60, 300))),
    (3, (("examined", 60, 300), ("refused", 60, 200), ("appealed", 20, 90), ("registered", 200, 600))),
    (2, (("examined", 60, 300), ("refused", 60, 200), ("appealed", 20, 90))),
    (4, (("withdrawn", 30, 400),)),
    (3, (("examined", 60, 300), ("abandoned", 120, 400))),
    (2, (("examined", 60, 300), ("suspended", 30, 200))),
    (2, (("examined", 60, 300), ("suspended", 30, 200), ("registered", 200, 900))),
    (3, (("published", 90, 300), ("registered", 60, 200), ("cancelled", 400, 2500))),
    (2, (("published", 90, 300), ("registered", 60, 200), ("invalidated", 400, 2500))),
    (2, (("published", 90, 300), ("registered", 60, 200), ("surrendered", 400, 2500))),
    (1, (("examined", 60, 300),)),
)
TRACK = tuple(course for weight, course in COURSES for _ in range(weight))
FULL = COURSES[0][1]


class Event(NamedTuple):
    """Something that happened to a mark on a day."""

    kind: str
    day: int


@cache
def iso(day: int) -> str:
    """An ordinal day as YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()


@cache
def slashed(day: int) -> str:
    """An ordinal day as DD/MM/YYYY."""
    return date.fromordinal(day).strftime("%d/%m/%Y")


@cache
def year(day: int) -> int:
    """The year of an ordinal day."""
    return date.fromordinal(day).year


@cache
def years_later(day: int, years: int) -> int:
    """The same day some years later; 29 February becomes 28."""
    then = date.fromordinal(day)
    if then.month == 2 and then.day == 29:
        then = then.replace(day=28)
    return then.replace(year=then.year + years).toordinal()


def filing_day(rng: Random, today: int) -> int:
    """A day of filing: mostly of the last 15 years, more in later ones; one in twenty is older."""
    chance, share = rng.random(), rng.random()
    if chance < 0.05:
        return today - int(365.25 * (YEARS_SHOWN + share * 20))
    return today - int(365.25 * YEARS_SHOWN * (1 - share**0.5))


def life(
    rng: Random, filed: int, today: int, *, term_from: str, late_publication: bool, full: bool
) -> list[Event]:
    """The events of a mark from its filing up to today."""
    events = [Event("filed", filed)]
    day = filed
    for kind, least, most in FULL if full else TRACK[int(rng.random() * len(TRACK))]:
        day += least + int(rng.random() * (most - least))
        events.append(Event(kind, day))
    if late_publication:
        events = _published_late(events)
    if events[-1].kind in ("registered", "transferred", "published"):
        events += _terms(rng, events, today, term_from)
    return sorted((event for event in events if event.day <= today), key=lambda event: event.day)


def _published_late(events: list[Event]) -> list[Event]:
    kinds = {event.kind: event.day for event in events}
    if not {"published", "registered"} <= kinds.keys() or "opposed" in kinds:
        return events
    swap = {"published": kinds["registered"], "registered": kinds["published"]}
    return [Event(event.kind, swap.get(event.kind, event.day)) for event in events]


def _terms(rng: Random, events: list[Event], today: int, term_from: str) -> list[Event]:
    """Renewals every ten years, or the expiry."""
    base = next((event.day for event in events if event.kind == term_from), events[0].day)
    last = max(event.day for event in events)
    listed, end = [], years_later(base, 10)
    while end < today:
        if rng.random() < 0.3 and end > last:
            listed.append(Event("expired", end + GRACE))
            break
        listed.append(Event("renewed", max(end - int(rng.random() * 180), last + 1)))
        end = years_later(end, 10)
    return listed


def term_end(events: list[Event], term_from: str) -> int:
    """The day on which the current term ends, 0 if the mark was never registered."""
    if not any(event.kind == "registered" for event in events):
        return 0
    base = next(event.day for event in events if event.kind == term_from)
    renewals = sum(event.kind == "renewed" for event in events)
    return years_later(base, 10 * (renewals + 1))


def international_life(rng: Random, filed: int, today: int, *, full: bool) -> list[Event]:
    """The events at the International Bureau, where registration has the day of filing."""
    events = [Event("filed", filed), Event("registered", filed)]
    day = filed
    for kind, share in (("granted", 0.6), ("refused", 0.15), ("limited", 0.15), ("transferred", 0.08)):
        if full or rng.random() < share:
            day += 60 + int(rng.random() * 300)
            events.append(Event(kind, day))
    events += _terms(rng, events, today, "filed")
    return sorted((event for event in events if event.day <= today), key=lambda event: event.day)
