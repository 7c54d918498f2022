"""Pages of records in the order of their recording, as they go out: for harvesters and mirrors."""

import datetime as dt

import msgspec
from msgspec import Struct

from ipregister.portal.giving import Giving
from ipregister.publication.released import Released
from ipregister.store import notices
from ipregister.store.causes import WITHHOLDING
from ipregister.store.harvest import Harvested, Place, Span

PAGE = 500
MOST_LOOKED_AT = 20 * PAGE
"""Records that are looked at for one page that is not empty: those not released are passed over."""


class Item(Struct, frozen=True):
    """A record of a page; `side` is None where it is deleted."""

    key: str
    office: str
    right: str
    recorded_at: dt.datetime
    change: int
    side: Released | None


def pages(giving: Giving, span: Span, after: Place | None, size: int) -> tuple[list[Item], bool]:
    """The next records of a span, and whether there are more behind the last."""
    found: list[Item] = []
    looked = 0
    while len(found) <= size:
        rows = giving.site.register.harvest(span, after, size + 1)
        logged = giving.logged([row.key for row in rows if _is_closed(giving, row)])
        for row in rows:
            item = _item(giving, row, row.key in logged)
            if item is not None:
                found.append(item)
        looked += len(rows)
        if len(rows) <= size:
            return found[:size], len(found) > size
        after = rows[-1].place
        if found and looked >= MOST_LOOKED_AT:
            return found[:size], True
    return found[:size], True


def item(giving: Giving, key: str) -> Item | None:
    """The same of one record."""
    row = giving.site.register.present(key)
    if row is None:
        return None
    if not _is_closed(giving, row):
        return _item(giving, row, False)
    told = notices.of_key(giving.site.register.alias, key, notices.SWITCHES)
    if told:
        row = msgspec.structs.replace(row, recorded_at=told[-1].recorded_at, change=told[-1].change)
    return _item(giving, row, key in giving.logged([key]))


def _is_closed(giving: Giving, row: Harvested) -> bool:
    """Whether nothing goes out of the office and right of a record."""
    return not giving.terms(row.office, row.right).allows("api")


def _item(giving: Giving, row: Harvested, logged: bool) -> Item | None:
    """A record of a page. Of what is closed only what stands in the log is told: as deleted."""
    if _is_closed(giving, row):
        return Item(row.key, row.office, row.right, row.recorded_at, row.change, None) if logged else None
    side = giving.side(row, row.office, row.right)
    if giving.is_untold(side, row):
        return None
    gone = row.deleted or row.cause == WITHHOLDING
    return Item(row.key, row.office, row.right, row.recorded_at, row.change, None if gone else side)
