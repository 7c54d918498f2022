"""Days of what has been done that lie years ahead, or before there were registers: no such day is credible, and where most are,
the years are of another era (Bikram Sambat, Buddhist; Solar Hijri, Hijri)."""

import datetime as dt
from collections import Counter

from ipregister.model.dates import parse as parse_date

PAST = frozenset(["application_date", "registration_date", "receiving_date", "examination_date", "national_phase_date",
                  "publications/*/date", "priorities/*/date", "events/*/date", "created", "published"])  # fmt: skip
"""Fields whose day has been when the data are made, or is at most near."""
_YEARS = 2
_FIRST = 1600
"""No office has days of earlier years; those of the Hijri eras lie there."""


def is_far(iso: str, day: dt.date) -> bool:
    """Whether a day (ISO) lies more than two years after another, or before 1600."""
    return not _FIRST <= int(iso[:4]) <= day.year + _YEARS


def mostly_far(texts: Counter[str], form: str, day: dt.date) -> bool:
    """Whether most of the days that texts are, in a form, lie years after a day, or before 1600."""
    days = [(iso, count) for text, count in texts.items() if (iso := parse_date(text, form)[0])]
    return 2 * sum(count for iso, count in days if is_far(iso, day)) > sum(count for _, count in days)
