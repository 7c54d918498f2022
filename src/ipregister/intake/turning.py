"""What a new day changes: records that the law opens on it, terms that ran out before it. Told among the changes."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from ipregister.model import offices, publicity, status
from ipregister.model.record import right_of
from ipregister.store import notices
from ipregister.store.rows import CurrentBody, NewNotice
from ipregister.store.upcast import decode


def turned(batch: Iterable[CurrentBody], before: dt.date, days: Mapping[str, dt.date]) -> Iterator[NewNotice]:
    """What is to be told of records since a day; `days` gives today at each office."""
    for stored in batch:
        record, office, today = (
            decode(stored.body, stored.schema),
            offices.office(stored.office),
            days[stored.office],
        )
        right = right_of(record)
        if before >= today:
            continue
        if publicity.project(record, office, before) != publicity.project(record, office, today):
            opened = publicity.opening_after(record, office, before)
            yield NewNotice(stored.key, stored.office, right, notices.CALENDAR, opened or today.isoformat())
        elif publicity.record_state(record, office, today) == publicity.PUBLIC:
            was, now = (status.derive(record, office, day, stored.day) for day in (before, today))
            if was.state != now.state:
                ended = now.since or now.term_end or today.isoformat()
                yield NewNotice(stored.key, stored.office, right, notices.TERM, ended[:10])
