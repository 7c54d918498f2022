"""The one encoding of a record: sorted JSON without defaults, and what is counted over it."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from ipregister.model.record import Record, decoder

SCHEMA = 1
"""Number of the record schema; a version stored under an older one is read through `upcast`."""

_encoder = msgspec.json.Encoder(order="sorted")


def encode(record: Record) -> bytes:
    """Canonical bytes of a record: UTF-8 JSON, keys sorted, defaults left out."""
    return _encoder.encode(record)


def decode(body: bytes) -> Record:
    """The record of canonical bytes. Raises `msgspec.ValidationError` on anything else."""
    return decoder.decode(body)


def content_hash(body: bytes) -> str:
    """SHA-256 of canonical bytes, 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, str | int | bool]]:
    """Every leaf of a plain JSON value with its JSON pointer (RFC 6901), in document order."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{pointer}/{name}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{pointer}/{index}")
    elif value is not None:
        yield pointer, value


def resolve(value: Any, pointer: str) -> Any:
    """The value at a JSON pointer in a plain JSON value. Raises `KeyError` where there is none."""
    for part in pointer.split("/")[1:]:
        try:
            value = value[int(part)] if isinstance(value, list | tuple) else value[part]
        except (IndexError, ValueError, TypeError) as error:
            raise KeyError(pointer) from error
    return value
