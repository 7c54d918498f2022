"""The readers of records: by the shape that a document tells of itself, else by the office's feed."""

from ipregister.capture import answers, kz, sg
from ipregister.capture.slices import Slice
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.exchange.sources import SOURCES, Reader, Source, recognised, source_named
from ipregister.exchange.st66 import reader as st66
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

READERS: dict[str, Reader] = {
    **{source.name: source.read for source in SOURCES},
    "madrid": st66.read,
    "kz": kz.read,
    "sg": sg.read,
}
"""Name of a shape (`feed.reader` in an office's TOML, or one of `exchange.sources`) -> its reader."""
ADAPTED = frozenset({"kz", "sg"})
"""Shapes of one office's own: told by the elements of the office's feed, before any other shape."""


_last: dict[str, tuple[bytes, Source | None, Office]] = {}
"""By office: how the last document that told its shape begins, to where it tells it, and the shape. One that begins
the same tells the same."""

MAPPED = "mapped"
"""What a slice of a mapped source tells as its shape."""


def source_of(head: bytes, office: Office) -> Source | None:
    """The shape that a document tells of itself; None where it is the office's own, or tells none."""
    known = _last.get(office.code)
    if known is not None and head.startswith(known[0]) and known[2] is office:
        return known[1]
    feed = office.feed
    own = frozenset(tag.encode() for tag in feed.record_tags) if feed.reader in ADAPTED else frozenset()
    source, end = recognised(head, own)
    if end:
        _last[office.code] = head[:end], source, office
    return source


def reader_of(data: bytes, office: Office) -> Reader:
    """The reader for a record's bytes."""
    source = source_of(data, office)
    return source.read if source else READERS[office.feed.reader]


def right_of_slice(slice: Slice, office: Office, mapped: MappedReader | None = None) -> str:
    """The right that a slice counts under where no record can be read of it: the first of its shape."""
    if mapped is not None:
        return mapped.mapping.right
    source = source_named(slice.source) or source_of(slice.data, office) or source_named(office.feed.reader)
    return source.rights[0] if source else "trademark"


def read(slice: Slice, office: Office, mapped: MappedReader | None = None) -> Reading:
    """The record of a slice, by its mapping where it has one. Never raises for bad input: then the reading is a
    refusal with its reason."""
    if slice.problem == answers.NONE:
        return answers.told(slice.data)
    if slice.problem:
        return Reading(None, refusal=slice.problem)
    source = source_named(slice.source)
    reader = source.read if source else reader_of(slice.data, office)
    try:
        reading = mapped.read(slice.data) if mapped is not None else reader(slice.data, office)
    except Exception as error:
        return Reading(None, refusal="reader-failed", refusal_detail=f"{type(error).__name__}: {error}")
    if reading.record is None and not reading.refusal:  # never a record, whatever the reader forgot to say
        return Reading(None, refusal="not-a-record", slice_repairs=reading.slice_repairs)
    if mapped is not None:
        return reading
    if reading.refusal == "not-a-record":
        answer = answers.told(slice.data)
        return reading if answer.refusal == answers.NONE else answer
    return reading
