"""What the register holds of an office's right: numbers and years of every stage, of public records alone."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from ipregister.exchange.st37.entry import Entry
from ipregister.model.numbers import exact_form
from ipregister.model.offices import Office
from ipregister.model.patent import Patent, PatentPublication
from ipregister.model.publicity import PUBLIC, public_record, record_state
from ipregister.model.record import Record
from ipregister.publication.completeness.declarations import Stage
from ipregister.store.register import Register
from ipregister.store.upcast import decode

PAGE = 2_000
Numbered = tuple[Stage, str, str]
"""A stage, the number given at it as printed, and its day (ISO 8601, may be empty)."""


class Holding(Struct, frozen=True):
    """Of one right: folded numbers by stage with the number as printed, records by stage and year, how many records
    are held and public, and the publications as entries of an authority file."""

    numbers: dict[Stage, dict[str, str]]
    years: dict[Stage, Counter[str]]
    held: int
    published: int
    entries: tuple[Entry, ...]


def holding(register: Register, office: Office, right: str, day: dt.date) -> Holding:
    """Walk the records of an office's right, page by page."""
    numbers: dict[Stage, dict[str, str]] = {"applications": {}, "publications": {}, "registrations": {}}
    years: dict[Stage, Counter[str]] = {stage: Counter() for stage in numbers}
    entries: list[Entry] = []
    held = published = 0
    for record in _records(register, office.code, right):
        held += 1
        public = public_record(record, office, day) if record_state(record, office, day) == PUBLIC else None
        if public is None:
            continue
        published += 1
        entries += entries_of(public)
        for stage, number, date in numbered(public):
            if number:
                numbers[stage][exact_form(number)] = number
            if date:
                years[stage][date[:4]] += 1
    return Holding(numbers, years, held, published, tuple(entries))


def _records(register: Register, code: str, right: str) -> Iterator[Record]:
    after = ""
    while keys := register.keys(office=code, right=right, after=after, limit=PAGE):
        for stored in register.current_bodies(keys):
            if not stored.deleted:
                yield decode(stored.body, stored.schema)
        after = keys[-1]


def numbered(record: Record) -> Iterator[Numbered]:
    """The numbers of a record at each stage. A publication without a number of its own is known by the first number
    of the record; the years count a record once a stage."""
    yield "applications", record.application_number, record.application_date or ""
    if record.registration_number or record.registration_date:
        yield "registrations", record.registration_number, record.registration_date or ""
    first = min((one.date for one in record.publications if one.date), default="")
    if record.publications:
        yield "publications", record.registration_number or record.application_number, first
    if isinstance(record, Patent):
        for one in record.publications:
            if one.identifier:
                yield "publications", one.identifier, ""


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
