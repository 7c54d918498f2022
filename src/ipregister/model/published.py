"""The days on which a record was, or will be, published and registered. A month or a year alone counts with its last day."""

import calendar
from collections import Counter
from collections.abc import Sequence

from ipregister.model.design import Design
from ipregister.model.right import Publication, Right


def first_publication(record: Right, *, of_acts: bool = True) -> str:
    """The day from which all of a record is published; empty where no publication is told. Designs of one application that
    have publications of their own open with the last of them: a record is shown whole. `of_acts`: a publication of a
    recorded act alone counts, too (`_own`)."""
    if isinstance(record, Design):
        own = [min(dates) for one in record.designs if (dates := _days(one.publications))]
        if own:
            return max(own)
    return min(_days(record.publications if of_acts else _own(record)), default="")


def _own(record: Right) -> list[Publication]:
    """Publications of the right itself, not those of recorded acts alone (Hague bulletins): whose number an act names, and
    that stands once. What is published of a change is not the registration."""
    counts = Counter(one.identifier for one in record.publications)
    acts = {act.publication for act in record.recordals if act.publication and counts[act.publication] == 1}
    return [one for one in record.publications if one.identifier not in acts]


def published(record: Right) -> list[str]:
    """The days on which something of the record was, or will be, published."""
    dates = _days(record.publications)
    if isinstance(record, Design):
        dates += [date for one in record.designs for date in _days(one.publications)]
    return dates


def registered(record: Right) -> list[str]:
    """The days on which something of the record was registered."""
    dates = [record.registration_date]
    if isinstance(record, Design):
        dates += [one.registration_date for one in record.designs]
    return [last_day(date) for date in dates if date]


def _days(publications: Sequence[Publication]) -> list[str]:
    return [last_day(one.date) for one in publications if one.date]


def last_day(date: str) -> str:
    """The last day of a date that may be a month or a year alone."""
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]}"
    return date
