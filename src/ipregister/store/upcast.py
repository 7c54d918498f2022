"""Reading versions stored under older record schemas. Stored bytes are never rewritten."""

from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from ipregister.model import canonical
from ipregister.model.errors import Damaged
from ipregister.model.record import Record
from ipregister.store.rows import Present

UPCASTS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Schema number -> function that turns plain values of that schema into those of the next."""


def decode(body: bytes, schema: int = canonical.SCHEMA) -> Record:
    """The record of stored bytes. Raises `Damaged` where they are none."""
    try:
        if schema == canonical.SCHEMA:
            return canonical.decode(body)
        plain = msgspec.json.decode(body)
        for number in range(schema, canonical.SCHEMA):
            plain = UPCASTS[number](plain)
        record: Record = msgspec.convert(plain, Record)
        return record
    except (msgspec.MsgspecError, KeyError) as error:
        raise Damaged(f"a stored record of schema {schema} cannot be read: {error}") from error


class Judged(Protocol):
    """A version as the register hands it out."""

    @property
    def present(self) -> Present | None:
        """The content of the current version where that rules it (`store.former`)."""


def ruling(version: Judged) -> tuple[Record, ...]:
    """The current records that rule what of a version may be seen, each of them; none where its own content does."""
    found: list[Record] = []
    present = version.present
    while present is not None:
        found.append(decode(present.body, present.schema))
        present = present.moved
    return tuple(found)
