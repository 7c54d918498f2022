"""The day on which the deferment of a publication ends, where an office tells its length only."""

import datetime as dt
import re

from ipregister.model.status import add_months

_UNITS = {
    "inday": "D", "day": "D", "days": "D", "inweek": "W", "week": "W", "weeks": "W",
    "inmonth": "M", "month": "M", "months": "M", "inyear": "Y", "year": "Y", "years": "Y",
}  # fmt: skip
"""Words for the unit of a period (ST.86 `periodCode`, ST.96 `periodCategory`), without blanks and in lower case."""
_LENGTH = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_DURATION = re.compile(r"P([1-9]\d{0,3})([DWMY])", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def duration(length: str, unit: str) -> str:
    """A period as ISO 8601 writes it (`P30M`); empty where its length or its unit is not known."""
    letter = _UNITS.get("".join(unit.split()).casefold(), "")
    return f"P{length.strip()}{letter}" if letter and _LENGTH.fullmatch(length.strip()) else ""


def after(day: str, period: str) -> str:
    """The ISO day that is a duration after another. Raises `ValueError` for anything that is no full day or duration."""
    found = _DURATION.fullmatch(period)
    if found is None or not _DAY.fullmatch(day):
        raise ValueError(f"no day and duration: {day!r}, {period!r}")
    number, unit = int(found[1]), found[2]
    if unit in "MY":
        return dt.date.fromisoformat(add_months(day, number if unit == "M" else 12 * number)).isoformat()
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(number if unit == "D" else 7 * number)).isoformat()
    except OverflowError as error:
        raise ValueError(f"no day: {day!r} and {period}") from error
