"""Sound documents that the samples do not have: a record of each right in each format that is written."""

from collections.abc import Iterator
from itertools import cycle, islice
from typing import NamedTuple

from ipregister.capture import readers
from ipregister.capture.readers import source_of
from ipregister.exchange.formats import Item, write
from ipregister.exchange.writers import WRITERS
from ipregister.model.offices import office
from ipregister.model.record import Record, right_of

OFTEN = 6
"""Each reader has so many documents at least, the same ones more than once."""


class Seed(NamedTuple):
    """A sound document to make bad ones of, and its office."""

    name: str
    office: str
    data: bytes


def reader_of(seed: Seed) -> str:
    """The name of the reader that a document comes to."""
    facts = office(seed.office)
    source = source_of(seed.data, facts)
    return source.name if source else facts.feed.reader


def written(samples: list[Seed]) -> Iterator[Seed]:
    """The largest sample of each right, in each format that has a form for it."""
    largest: dict[str, tuple[int, Record]] = {}
    for seed in samples:
        facts = office(seed.office)
        record = readers.reader_of(seed.data, facts)(seed.data, facts).record
        if record is not None and len(seed.data) > largest.get(right_of(record), (0, record))[0]:
            largest[right_of(record)] = len(seed.data), record
    for right, (_, record) in sorted(largest.items()):
        facts = office(record.office)
        for writer in WRITERS:
            if right in writer.rights:
                yield Seed(f"{right} in {writer.format}", record.office, writer.write(record, facts))
        item = Item("K", record, facts, data_day="2026-01-31")
        yield Seed(f"{right} in jsonl", record.office, "".join(write("jsonl", [item])).encode())


def evenly(sound: list[Seed]) -> list[Seed]:
    """The documents, those of a reader that has few more than once."""
    by_reader: dict[str, list[Seed]] = {}
    for seed in sound:
        by_reader.setdefault(reader_of(seed), []).append(seed)
    return [one for own in by_reader.values() for one in islice(cycle(own), max(OFTEN, len(own)))]
