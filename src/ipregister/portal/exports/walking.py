"""The hits of a query, all of them, page by page in the order of their keys.

A key never changes, so that each hit comes once however the register changes meanwhile, and so that the walk can be
taken up after any page.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from ipregister.model.offices import office
from ipregister.model.record import right_of
from ipregister.model.status import derive
from ipregister.portal import publicly
from ipregister.portal.giving import Giving
from ipregister.portal.publicly import Shown
from ipregister.portal.site import Site
from ipregister.publication.release import Release
from ipregister.publication.released import side_of
from ipregister.search.query import parse
from ipregister.store.rows import Listed
from ipregister.store.upcast import decode, ruling

PAGE = 1000


class Walked(Struct, frozen=True):
    """One page of hits. `left_out` counts those that their office does not release; `cursor` is empty at the end."""

    sides: list[Shown]
    left_out: int
    cursor: str


def walk(
    site: Site, line: str, filters: Mapping[str, Sequence[str]], *, after: str = "", release: Release | None
) -> Iterator[Walked]:
    """The pages of hits after a cursor. With `release` only what goes out to machines, without it all that the law
    makes public. Raises `QueryError`."""
    query = parse(line) if release is None else Giving(site).closing_in(parse(line))
    while True:
        keys, following = site.index.walk(query, filters=filters, after=after or None, limit=PAGE)
        sides = publicly.many(site, keys) if release is None else _released(site, keys, release)
        yield Walked(sides, len(keys) - len(sides), following or "")
        if not following:
            return
        after = following


def _released(site: Site, keys: list[str], release: Release) -> list[Shown]:
    found = site.register.listed(keys)
    sides = (_side(site, found[key], release) for key in keys if key in found)
    return [side for side in sides if side is not None]


def _side(site: Site, held: Listed, release: Release) -> Shown | None:
    facts = office(held.office)
    today: dt.date = site.today(facts)
    record = decode(held.body, held.schema)
    terms = release.terms(held.office, right_of(record))
    side = side_of(record, facts, today, terms, *ruling(held)) if terms.allows("api") else None
    if side is None or held.withheld:
        return None
    plain = {"subtype": side.record.subtype, **msgspec.json.decode(side.body)}
    return Shown(held.key, facts, plain, side.record, derive(side.record, facts, today, held.day), held.media)
