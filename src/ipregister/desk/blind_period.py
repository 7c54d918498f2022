"""What a search cannot see yet: applications that are filed and not published, and priorities still to be claimed.

The delay is measured from the register's own records: of applications filed in a window that ends long enough before
the office's latest data, how many days passed until their first publication. Half were published within `median`
days, nine of ten within `most`. What has no publication in the data counts as unpublished.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

PRIORITY_MONTHS = 6
"""A first filing abroad gives priority for six months (Paris Convention, Article 4 C(1))."""
WINDOWS = ((1_095, 365), (3_650, 365))
"""Days of filing before the day of the data that are measured; the second where the first holds too few."""
SAMPLE, LEAST = 300, 10
"""Records measured of an office; fewer than the least tell nothing."""
_DAY = len("2026-01-31")


class BlindPeriod(Struct, frozen=True, omit_defaults=True):
    """What of an office's applications cannot be seen.

    `data_day` is the day of its latest data; `median` and `most` are days from filing to publication (None: not
    measured), of `measured` applications of which `unpublished` have no publication in the data. Applications filed
    after `seen_to` may be missing. Abroad, what was filed since `priority_since` may still claim priority here."""

    office: str
    data_day: str
    median: int | None = None
    most: int | None = None
    measured: int = 0
    unpublished: int = 0
    seen_to: str = ""
    priority_since: str = ""


def windows(data_day: str) -> list[tuple[str, str]]:
    """The first and last days of filing that are measured, the best window first; none without data."""
    try:
        last = dt.date.fromisoformat(data_day)
    except ValueError:
        return []
    ago = [[(last - dt.timedelta(days)).isoformat() for days in window] for window in WINDOWS]
    return [(first, end) for first, end in ago]


def measured(office: str, data_day: str, today: dt.date, records: Iterable[Mapping[str, Any]]) -> BlindPeriod:
    """The blind period of an office, from the public values of records filed in the window."""
    delays, unpublished = [], 0
    for plain in records:
        days = _days_to_publication(plain)
        if days is None:
            unpublished += 1
        else:
            delays.append(days)
    since = six_months_before(today).isoformat()
    if len(delays) < LEAST:
        return BlindPeriod(office, data_day, None, None, len(delays) + unpublished, unpublished, "", since)
    delays.sort()
    most = _share(delays, 0.9)
    seen = dt.date.fromisoformat(data_day) - dt.timedelta(most)
    return BlindPeriod(
        office,
        data_day,
        _share(delays, 0.5),
        most,
        len(delays) + unpublished,
        unpublished,
        seen.isoformat(),
        since,
    )


def _days_to_publication(plain: Mapping[str, Any]) -> int | None:
    filed = str(plain.get("application_date") or "")
    shown = sorted(
        str(one["date"]) for one in plain.get("publications", ()) if len(one.get("date") or "") == _DAY
    )
    if len(filed) != _DAY or not shown:
        return None
    days = (dt.date.fromisoformat(shown[0]) - dt.date.fromisoformat(filed)).days
    return days if days >= 0 else None


def _share(sorted_days: Sequence[int], share: float) -> int:
    return sorted_days[min(len(sorted_days) - 1, int(len(sorted_days) * share))]


def six_months_before(today: dt.date) -> dt.date:
    """The day six months before; the last day of a shorter month."""
    month = today.month - PRIORITY_MONTHS
    year = today.year - (month < 1)
    month = month if month > 0 else month + 12
    for day in range(today.day, 27, -1):
        try:
            return dt.date(year, month, day)
        except ValueError:
            continue
    return dt.date(year, month, today.day)
