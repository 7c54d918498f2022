"""Datestamps: UTC, a day or a second exact; both ends of a span belong to it."""

import datetime as dt
import re

from ipregister.exchange.oai.faults import BadArgument

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def written(moment: dt.datetime) -> str:
    """A time as a datestamp, cut to the second."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if moment.year > 999 else "0001-01-01T00:00:00Z"


def span(since: str, until: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The time that `from` and `until` mean: from its first moment on, before the second one.

    Raises `BadArgument`: unreadable, of two granularities, or the wrong way round."""
    if since and until and len(since) != len(until):
        raise BadArgument("from and until have different granularities")
    first = _moment(since, "from") if since else None
    last = _moment(until, "until") if until else None
    if first and last and first > last:
        raise BadArgument("from is later than until")
    return first, _after(last, len(until)) if last else None


def _moment(text: str, name: str) -> dt.datetime:
    if not _DAY.fullmatch(text) and not _SECOND.fullmatch(text):
        raise BadArgument(f"{name} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ")
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise BadArgument(f"{name} is no time of the calendar") from error


def _after(moment: dt.datetime, letters: int) -> dt.datetime | None:
    """The first moment after a day or a second; None at the end of the calendar."""
    step = dt.timedelta(days=1) if letters == len("YYYY-MM-DD") else dt.timedelta(seconds=1)
    try:
        return moment + step
    except OverflowError:
        return None
