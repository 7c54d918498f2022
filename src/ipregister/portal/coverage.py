"""What the register holds of each office, counted over what is public."""

import datetime as dt
import time

from msgspec import Struct

from ipregister.model import offices
from ipregister.model.errors import Busy
from ipregister.portal.names import notice, office_name, short_name
from ipregister.portal.publicly import data_day
from ipregister.portal.site import Site
from ipregister.search.tree import Query

KEEP_S = 2.0
"""How long counts are kept."""


class Coverage(Struct, frozen=True):
    """An office's public records, the day of its latest data, and how many days that is ago."""

    code: str
    name: str
    short: str
    records: int
    data_day: str
    lag: int | None
    notice: str


def coverage(site: Site, lang: str) -> list[Coverage]:
    """All offices with their counts, by name; counted again after some seconds."""
    moment = time.monotonic()
    made, found = site.kept.get(f"coverage {lang}", (-KEEP_S, []))
    if moment - made < KEEP_S:
        return list(found)
    counts = {code.upper(): count for code, count in facet(site, Query(), {}, "office")}
    fresh = site.register.freshness()
    found = [_of(site, code, counts.get(code, 0), fresh.get(code, ""), lang) for code in offices.codes()]
    found.sort(key=lambda one: one.short)
    site.kept[f"coverage {lang}"] = moment, found
    return list(found)


def _of(site: Site, code: str, records: int, extracted: str, lang: str) -> Coverage:
    facts = offices.office(code)
    day = data_day(extracted)
    return Coverage(
        code,
        office_name(facts, lang),
        short_name(facts, lang),
        records,
        day,
        lag(day, site.today(facts)),
        notice(facts, lang)["notice"],
    )


def lag(day: str, today: dt.date) -> int | None:
    """Days from a data day to today; None where there is no data."""
    try:
        return max(0, (today - dt.date.fromisoformat(day)).days)
    except ValueError:
        return None


def facet(site: Site, query: Query, filters: dict[str, list[str]], name: str) -> list[tuple[str, int]]:
    """The counts of one facet; none while the index is being rebuilt."""
    try:
        return site.index.search(query, filters=filters, limit=0, facets=[name]).facets[name]
    except Busy:
        return []
