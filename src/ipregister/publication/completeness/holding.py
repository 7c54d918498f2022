"""What the register holds of an office's rights: years of every stage, and which of the declared numbers are there.

Of public records alone. A taker of a walk (`statistics.walking`): it keeps years, and of numbers only those that a
declaration makes it look for, so that its memory is that of the declarations.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ipregister.exchange.st37.entry import Entry
from ipregister.model.offices import Office
from ipregister.model.patent import Patent, PatentPublication
from ipregister.model.record import Record
from ipregister.publication.completeness.declarations import Declaration, list_that_holds
from ipregister.publication.completeness.listed import Listed
from ipregister.publication.completeness.totals import STAGES, Stage
from ipregister.publication.statistics.walking import Seen, seen_of
from ipregister.quality.fill import FillCount, FillRate
from ipregister.store.register import Register

Numbered = tuple[Stage, tuple[str, ...], str]
"""A stage, the numbers as printed under any of which an office may list what came to it, and its day (ISO 8601, may be
empty)."""


class Holding(Struct):
    """Of one right: public records by stage and year, how many there are, and numbers by stage where the office
    declared a list of them; the last day of the office's data that holds any of them."""

    years: dict[Stage, Counter[str]]
    numbers: dict[Stage, Listed]
    published: int = 0
    data_day: str = ""


class Holder:
    """Looks at the records of an office, one after another, for the numbers that it declared, and counts their fields
    that are filled. `unpublished` are those that are not public, of all rights together."""

    def __init__(self, said: Sequence[Declaration]) -> None:
        self._said = said
        self._rights: dict[str, Holding] = {}
        self._fills = FillCount()
        self.unpublished = 0

    def of(self, right: str) -> Holding:
        """The holding of a right, made at its first record."""
        if right not in self._rights:
            self._rights[right] = self._empty(right)
        return self._rights[right]

    def fills(self) -> tuple[FillRate, ...]:
        """How many of the public records of each right have which field."""
        return self._fills.rates()

    def _empty(self, right: str) -> Holding:
        lists = {stage: found for stage in STAGES if (found := list_that_holds(self._said, right, stage))}
        numbers = {
            stage: Listed((entry.number for entry in one.numbers), one.office) for stage, one in lists.items()
        }
        return Holding({stage: Counter() for stage in STAGES}, numbers)

    def take(self, seen: Seen) -> None:
        """Look at one record."""
        if seen.public is None:
            self.unpublished += 1
            return
        holding = self.of(seen.right)
        holding.published += 1
        holding.data_day = max(holding.data_day, seen.data_day[: len("2026-01-31")])
        self._fills.add(seen.public)
        for stage, numbers, date in numbered(seen.public):
            if date:
                holding.years[stage][date[:4]] += 1
            if looked_for := holding.numbers.get(stage):
                looked_for.take(numbers)


def numbered(record: Record) -> Iterator[Numbered]:
    """The numbers of a record at each stage. A publication without a number of its own is known by a number of the
    record: what is registered was published, whether or not the record says when; the years count a record once a stage."""
    filed, registered = record.application_number, record.registration_number
    yield "applications", (filed,), record.application_date or ""
    if registered or record.registration_date:
        yield "registrations", (registered,), record.registration_date or ""
    first = min((one.date for one in record.publications if one.date), default="")
    documents = [
        one.identifier for one in record.publications if isinstance(record, Patent) and one.identifier
    ]
    if record.publications or record.registration_date:
        yield "publications", () if documents else (registered, filed), first
    yield from (("publications", (number,), "") for number in documents)


def entries(register: Register, office: Office, right: str, day: dt.date) -> list[Entry]:
    """The entries of an authority file of what is held of a right, for the office to check and sign."""
    sides = (seen.public for seen in seen_of(register, office, day, right))
    return [entry for public in sides if public for entry in entries_of(public)]


def entries_of(record: Record) -> Iterator[Entry]:
    """The entries of an authority file for a record: of a patent each published document; of another right its
    registration, or the publication of its application."""
    if isinstance(record, Patent):
        for one in record.publications:
            if isinstance(one, PatentPublication) and one.identifier:
                yield Entry(record.office, one.identifier, one.kind_code, _whole(one.date))
        return
    number = record.registration_number or record.application_number
    first = min((one.date for one in record.publications if one.date), default="")
    date = record.registration_date or first
    if number and date:
        yield Entry(record.office, number, "", _whole(date))


def _whole(date: str | None) -> str:
    return date if date and len(date) == len("2026-01-01") else ""
