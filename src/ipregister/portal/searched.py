"""What a check of a name looks at: the published marks of each office, and what of it cannot be seen yet."""

import time
from collections.abc import Sequence

from ipregister.desk import blind_period
from ipregister.desk.blind_period import BlindPeriod
from ipregister.desk.name_check import PROTECTED, Searched, Sources
from ipregister.desk.sides import Look
from ipregister.model import offices
from ipregister.portal import publicly
from ipregister.portal.coverage import facet
from ipregister.portal.publicly import data_day
from ipregister.portal.site import Site
from ipregister.search.indications.book import shield_of
from ipregister.search.tree import And, Query, Range, Word

KEEP_S = 6 * 3600.0
"""How long a measured delay is kept: publication does not get faster within hours."""
_MARKS = {"right": ["trademark", "slogan"]}


def sources_of(site: Site, look: Look | None = None, *, shielded: bool = True) -> Sources:
    """What the desk works with, of this site. `look` gives the records (else as on pages); without the book of
    indications these are found among all names. Raises `Busy` until the index of names is made."""
    shelf, shield = site.shelf(), shield_of(site.data / "indications") if shielded else None
    seen = look or (lambda keys: publicly.many(site, list(keys)))
    return Sources(shelf, site.index, seen, shelf.change, shield)


def searched(site: Site, chosen: Sequence[str] = ()) -> list[Searched]:
    """The offices (all that hold published marks, or the chosen ones) with their records and blind periods."""
    fresh = site.register.freshness()
    counts = {code.upper(): count for code, count in facet(site, Query(), _MARKS, "office")}
    codes = [code for code in offices.codes() if (code in chosen if chosen else counts.get(code))]
    return [
        Searched(code, counts.get(code, 0), _blind(site, code, data_day(fresh.get(code, ""))))
        for code in codes
    ]


def others(site: Site, chosen: Sequence[str] = ()) -> dict[str, int]:
    """How many public records there are of names that nobody can have as a mark, by kind, of all offices or the chosen ones;
    kinds of none are told as 0."""
    counts = dict(
        facet(site, Query(), {"office": [code.lower() for code in chosen]} if chosen else {}, "right")
    )
    return {kind: counts.get(kind, 0) for kind in PROTECTED}


def _blind(site: Site, code: str, day: str) -> BlindPeriod:
    name, moment = f"blind {code} {day}", time.monotonic()
    made, kept = site.kept.get(name, (-KEEP_S, []))
    if kept and moment - made < KEEP_S:
        return _of_today(site, kept[0])
    found = _measured(site, code, day)
    for old in [one for one in site.kept if one.startswith(f"blind {code} ")]:
        site.kept.pop(old, None)
    site.kept[name] = moment, [found]
    return found


def _of_today(site: Site, found: BlindPeriod) -> BlindPeriod:
    since = blind_period.six_months_before(site.today()).isoformat()
    return found if found.priority_since == since else BlindPeriod(
        found.office, found.data_day, found.median, found.most, found.measured, found.unpublished, found.seen_to, since)  # fmt: skip


def _measured(site: Site, code: str, day: str) -> BlindPeriod:
    today = site.today(offices.office(code))
    found = blind_period.measured(code, day, today, [])
    for span in blind_period.windows(day):
        query = Query(And((Range("filed", *span), Word(code, "office"))))
        hits = site.index.search(query, filters=_MARKS, sort="-filed", limit=blind_period.SAMPLE).hits
        sides = publicly.many(site, [hit.key for hit in hits])
        found = blind_period.measured(code, day, today, [side.plain for side in sides])
        if found.median is not None:
            break
    return found
