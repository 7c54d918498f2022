"""From a stored version to its search document: what the indexer does with each record, in any process."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
from msgspec import Struct

from ipregister.model import numbers, offices, publicity, status
from ipregister.model.mark import Trademark
from ipregister.search.analyzer import Analyzer
from ipregister.search.document import IndexDocument, document
from ipregister.store.upcast import decode


class Stored(Struct, frozen=True):
    """What of a stored version makes a search document. `data_day` is the day of the office's data."""

    key: str
    office: str
    body: bytes
    schema: int
    data_day: str


class Built(Struct, frozen=True):
    """The document of a record, None where nothing of it is public; `due` is the day on which that may change."""

    key: str
    document: IndexDocument | None
    due: str = ""


@cache
def _analyzer() -> Analyzer:
    return Analyzer()


def build(stored: Stored, day: dt.date) -> Built:
    """The search document of a record on a day in the office's zone: made of its public projection alone."""
    office = offices.office(stored.office)
    record = decode(stored.body, stored.schema)
    plain = publicity.project(record, office, day)
    if plain is None:
        return Built(stored.key, None, _opening(record, day))
    public = msgspec.convert(plain, Trademark)
    state = status.derive(public, office, day, stored.data_day).state
    spelled = numbers.spellings(public, office)
    return Built(stored.key, document(stored.key, plain, state, spelled, _analyzer()))


def build_many(batch: Sequence[Stored], days: Mapping[str, dt.date]) -> list[Built]:
    """The documents of many records; `days` gives the day of each office."""
    return [build(stored, days[stored.office]) for stored in batch]


def _opening(record: Trademark, day: dt.date) -> str:
    """The first day after this one on which a date of the record may make it public."""
    dates = [record.registration_date, *(publication.date for publication in record.publications)]
    return min((date for date in dates if date and date > day.isoformat()), default="")
