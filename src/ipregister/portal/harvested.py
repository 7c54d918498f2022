"""Pages of records in the order of their recording, as they go out: for harvesters and mirrors."""

import datetime as dt

from msgspec import Struct

from ipregister.portal.giving import Giving
from ipregister.publication.released import Released
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
        for row in rows:
            item = _item(giving, row)
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
    return None if row is None else _item(giving, row)


def _item(giving: Giving, row: Harvested) -> Item | None:
    side = giving.side(row, row.office, row.right)
    if giving.is_untold(side, row):
        return None
    gone = row.deleted or row.cause == WITHHOLDING
    return Item(row.key, row.office, row.right, row.recorded_at, row.change, None if gone else side)
