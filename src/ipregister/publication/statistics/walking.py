"""One walk over an office's current records for all that is counted of them: statistics and the ledger together.

Each record is read, and its public projection made, once; whoever counts is handed both, and keeps sums alone, so
that memory does not grow with the register.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from ipregister.model.offices import Office
from ipregister.model.publicity import PUBLIC, public_record, record_state
from ipregister.model.record import Record, right_of
from ipregister.store.register import Register
from ipregister.store.upcast import decode

PAGE = 1_000


class Seen(Struct, frozen=True):
    """A current record that the office has not deleted: its right, its public projection (None where the law has not
    made it public as a whole), and the last day of the office's data that held it."""

    right: str
    public: Record | None
    data_day: str


Taker = Callable[[Seen], None]
Progress = Callable[[int, int | None], None]


def walk(
    register: Register, office: Office, day: dt.date, takers: Sequence[Taker], progress: Progress | None = None
) -> None:  # fmt: skip
    """Hand each current record of an office to all takers, in the order of keys. What `progress` raises ends it."""
    whole = sum(total for code, _right, total, _gone in register.counts() if code == office.code)
    for done, seen in enumerate(seen_of(register, office, day), 1):
        for take in takers:
            take(seen)
        if progress and done % PAGE == 0:
            progress(done, whole)


def seen_of(register: Register, office: Office, day: dt.date, right: str = "") -> Iterator[Seen]:
    """The current records of an office (of one right where it is named), page by page."""
    after = ""
    while keys := register.keys(office=office.code, right=right, after=after, limit=PAGE):
        for stored in register.current_bodies(keys):
            if stored.is_there:
                record = decode(stored.body, stored.schema)
                yield Seen(right_of(record), public_on(record, office, day), stored.day)
        after = keys[-1]


def public_on(record: Record, office: Office, day: dt.date) -> Record | None:
    """The public projection of a record that the law has made public as a whole by a day."""
    if record.deleted or record_state(record, office, day) != PUBLIC:
        return None
    return public_record(record, office, day)
