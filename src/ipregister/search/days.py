"""Dates as whole numbers that sort, partial dates included: year << 9 | month << 5 | day."""

import datetime as dt
import re
from functools import lru_cache

from ipregister.model import digits

_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
BUDDHIST, BUDDHIST_OFFSET = 2400, 543
LAST = 511
"""The months and days of a year fit below this number."""


@lru_cache(maxsize=50_000)
def number(date: str) -> int:
    """The number of an ISO date (`2019-03-07`, `2019-03`, `2019`); 0 where it is none."""
    match = _DATE.fullmatch(date)
    if not match:
        return 0
    return int(match[1]) << 9 | int(match[2] or 0) << 5 | int(match[3] or 0)


def span(text: str) -> tuple[int, int] | None:
    """First and last number of what a person typed for a day, a month or a year; None where the calendar has no such.

    Any digits of the region; years from 2400 on are of the Buddhist era."""
    match = _DATE.fullmatch(digits.to_ascii(text.strip()))
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None:
        return None
    if year >= BUDDHIST:
        year -= BUDDHIST_OFFSET
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return year << 9, year << 9 | LAST
    low = year << 9 | month << 5
    return (low, low | 31) if day is None else (low | day, low | day)
