"""The readers of records: by the shape that a document tells of itself, else by the office's feed."""

from ipregister.capture import kz, sg
from ipregister.capture.slices import Slice
from ipregister.exchange.sources import SOURCES, Reader, recognise
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
"""Shapes of one office's own: told by the office's feed, whatever elements a document has."""


def reader_of(data: bytes, office: Office) -> Reader:
    """The reader for a record's bytes."""
    if office.feed.reader in ADAPTED:
        return READERS[office.feed.reader]
    source = recognise(data)
    return source.read if source else READERS[office.feed.reader]


def read(slice: Slice, office: Office) -> Reading:
    """The record of a slice. Never raises for bad input: then the reading is a refusal with its reason."""
    if slice.problem:
        return Reading(None, refusal=slice.problem)
    try:
        return reader_of(slice.data, office)(slice.data, office)
    except Exception as error:
        return Reading(None, refusal="reader-failed", refusal_detail=f"{type(error).__name__}: {error}")
