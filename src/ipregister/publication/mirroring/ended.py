"""What the publisher's log says has ended - deleted by the office, or closed - must not live on here.

A publication tells such a record by its leaf alone, without a day, often together with what it was before. So it is
looked at when all content is loaded, for every record that the copied log knows, and its end is put behind all that
stands: whatever the order of extractions, an end wins over content that was told before.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from ipregister.publication.bulk.lines import Line
from ipregister.publication.bulk.manifest import office_of
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.deliveries import About
from ipregister.store.reading import heads
from ipregister.store.register import Register
from ipregister.store.rows import Head

_PAGE = 500
"""Records that are looked up at once."""
_MOST = 99
"""The greatest number of an extraction on its day that the name of a delivery tells."""


class Living(Struct, frozen=True):
    """A record that lives here, and the kind of leaf by which it has ended there."""

    key: str
    kind: str


def ended_of(ledger: Ledger, offices: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Key and kind of each record of some offices that is deleted or closed by what the log tells last."""
    for part in ledger.parts():
        if office_of(part) in offices:
            yield from ledger.ended(part)


def living(register: Register, ended: Iterable[tuple[str, str]], ahead: frozenset[str]) -> list[Living]:
    """Those that live here all the same; not those of which the change feed told more since (`ahead`)."""
    wanted, found = iter(ended), list[Living]()
    while part := list(islice(wanted, _PAGE)):
        known = heads(register.alias, [key for key, _kind in part if key not in ahead])
        found += [Living(key, kind) for key, kind in part if key in known and not known[key].deleted]
    return found


def ends(register: Register, keys: Iterable[str], offices: frozenset[str], about: About) -> Iterator[Line]:
    """The ends of records that live here, for a delivery, each behind what stands; of those of some offices."""
    wanted = iter(keys)
    while part := list(islice(wanted, _PAGE)):
        known = heads(register.alias, part)
        for key in sorted(known):
            if not known[key].deleted and known[key].office in offices:
                yield Line(
                    key=key,
                    kind="closed",
                    number=0,
                    extracted=_behind(known[key], about.days.get(known[key].office, about.day)),
                )


def _behind(head: Head, day: str) -> str:
    """An extraction behind all that is said of what stands, on the publisher's day where that is behind it."""
    last = max(head.extracted, head.confirmed)
    if day > last[:10]:
        return day
    told, _mark, number = last.partition("#")
    if int(number or 1) < _MOST:
        return f"{told}#{int(number or 1) + 1:05d}"
    return (dt.date.fromisoformat(told) + dt.timedelta(days=1)).isoformat()
