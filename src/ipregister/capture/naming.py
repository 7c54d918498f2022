"""What the name of a delivery says: its day, its number on that day, whether it is full; and the latest day that it may have."""

import datetime as dt
import re
from typing import Literal

from ipregister.model.offices import Feed

Kind = Literal["full", "delta"]
DIGITS = 5


def kind_of(name: str, feed: Feed) -> Kind:
    """Full where one of the feed's patterns is found in the name, else delta."""
    full = any(re.search(pattern, name, re.IGNORECASE) for pattern in feed.full_patterns)
    return "full" if full else "delta"


def moment_of(name: str, feed: Feed) -> str:
    """Extraction day and number from the name, `2026-01-31#00002`, so that they sort; else empty."""
    for pattern in feed.name_patterns:
        found = re.search(pattern, name, re.IGNORECASE)
        if found is None:
            continue
        parts = found.groupdict()
        try:
            day = dt.date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
        except (KeyError, TypeError, ValueError):
            continue
        return numbered(day, parts.get("number"))
    return ""


def latest_day() -> dt.date:
    """The day that it is by now somewhere: no office has one after it."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(hours=14)).date()


def numbered(day: dt.date, number: str | None) -> str:
    """Day and number of a delivery as one sortable text."""
    return f"{day.isoformat()}#{int(number):0{DIGITS}d}" if number else day.isoformat()
