"""The readers of the offices' feeds: the one table, and reading a slice by it."""

from collections.abc import Callable

from ipregister.capture import kz, sg
from ipregister.capture.slices import Slice
from ipregister.exchange.st66 import reader as st66
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

Reader = Callable[[bytes, Office], Reading]

READERS: dict[str, Reader] = {"st66": st66.read, "madrid": st66.read, "kz": kz.read, "sg": sg.read}
"""Name of a feed's shape (`feed.reader` in an office's TOML) -> its reader."""


def read(slice: Slice, office: Office) -> Reading:
    """The record of a slice. Never raises for bad input: then the reading is a refusal with its reason."""
    if slice.problem:
        return Reading(None, refusal=slice.problem)
    try:
        return READERS[office.feed.reader](slice.data, office)
    except Exception as error:
        return Reading(None, refusal="reader-failed", refusal_detail=f"{type(error).__name__}: {error}")
