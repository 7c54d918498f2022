"""Proves the evidence of a stored record: the delivered bytes at each position, repaired, are the value."""

import msgspec

from ipregister.capture.kept import read_slice
from ipregister.exchange.origin import raw_value
from ipregister.model import canonical, repairs
from ipregister.model.evidence import split_origin, version_of
from ipregister.model.offices import office
from ipregister.store.register import Register
from ipregister.store.rows import Version


def proved(register: Register, key: str) -> Version:
    """The present version of a record, every value of it found in the delivered bytes."""
    version = register.get(key)
    assert version is not None
    plain = msgspec.json.decode(version.body)
    for pointer, origin in version.evidence.items():
        told, codes = split_origin(origin)
        number, position = version_of(told)
        held = register.get(key, number) if number else version
        assert held is not None
        with register.open_container(held.raw.blob) as container:
            raw = read_slice(container, held.raw.member, held.raw.offset, held.raw.length)
        text = raw_value(raw, held.slice_repairs, position)[1]
        assert repairs.apply(text, codes, office(version.office)) == str(canonical.resolve(plain, pointer)), (
            pointer
        )
    return version
