"""Reads raw records in tests, and checks that nothing is lost and every value has its evidence."""

from ipregister.capture import readers
from ipregister.capture.slices import Slice
from ipregister.exchange import loss
from ipregister.model import canonical
from ipregister.model.evidence import Reading
from ipregister.model.mark import Trademark
from ipregister.model.offices import office


def reading(code: str, raw: bytes | str) -> Reading:
    """What the office's reader makes of a raw record."""
    data = raw.encode() if isinstance(raw, str) else raw
    return readers.read(Slice(0, "", 0, len(data), data), office(code))


def read(code: str, raw: bytes | str) -> tuple[Trademark, list[tuple[str, str]]]:
    """The record, and its findings as code and value. Nothing may be lost; evidence must hold."""
    data = raw.encode() if isinstance(raw, str) else raw
    made = reading(code, data)
    assert isinstance(made.record, Trademark), (made.refusal, made.refusal_detail)
    found = loss.check(data, made, office(code))
    assert (found.lost, found.broken) == ((), ())
    assert canonical.decode(canonical.encode(made.record)) == made.record
    return made.record, [(f.code, f.value) for f in made.findings if f.code != "feature-derived"]
