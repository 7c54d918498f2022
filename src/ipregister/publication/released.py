"""A record as it goes out to machines: the only way in which API, harvesting, bulk, log and copies read a record.

It is the public projection (`model.publicity`) without what the office does not release, as a record and as
canonical bytes. The bytes are the same in every channel: the leaves of the log are hashes over them.
"""

import datetime as dt
from functools import cache
from typing import Any, Protocol, get_args, get_type_hints

import msgspec
from msgspec import Struct

from ipregister.model import canonical
from ipregister.model.offices import Office
from ipregister.model.party import Party
from ipregister.model.publicity import project
from ipregister.model.record import RIGHTS, Record
from ipregister.publication.release import Channel, Terms
from ipregister.store.rows import Present
from ipregister.store.upcast import decode, ruling

ADDRESS = frozenset({"address_lines", "city", "region", "postal_code", "contact"})
"""Fields of a party that go out only where its office releases addresses."""
Plain = dict[str, Any]


class Stored(Protocol):
    """A version as the register gives it: `Version`, `CurrentBody` or `Listed` of `store.rows`."""

    @property
    def body(self) -> bytes:
        """Canonical bytes of the whole record."""

    @property
    def schema(self) -> int:
        """The schema they were stored under."""

    @property
    def present(self) -> Present | None:
        """The content of the current version, where this is a former one that it rules."""


class Released(Struct, frozen=True):
    """The released side of a version: its record, and the canonical bytes of it."""

    record: Record
    body: bytes


def released(stored: Stored, facts: Office, day: dt.date, terms: Terms, channel: Channel) -> Released | None:
    """What of a version goes out by a channel on a day; None where nothing does."""
    if not terms.allows(channel):
        return None
    return side_of(decode(stored.body, stored.schema), facts, day, terms, *ruling(stored))


def side_of(record: Record, facts: Office, day: dt.date, terms: Terms, *present: Record) -> Released | None:
    """The same of a record, whatever the channel; None where the law has made nothing of it public. `present` is the
    record as it stands now, where this is a former version (`project`)."""
    side = record_of(record, facts, day, terms, *present)
    return None if side is None else Released(side, canonical.encode(side))


def record_of(record: Record, facts: Office, day: dt.date, terms: Terms, *present: Record) -> Record | None:
    """The same without its bytes."""
    plain = project(record, facts, day, *present)
    if plain is None:
        return None
    hidden = _hidden(terms.hidden)
    if hidden:
        _hide(plain, hidden)
    addresses = terms.allows("addresses")
    if not addresses:
        _hide_addresses(plain, parties_of(plain["right"]))
    if "kept" in plain and (hidden or not addresses):
        plain["kept"] = [kept for kept in plain["kept"] if not _is_hidden(kept["field"], hidden, addresses)]
    side: Record = msgspec.convert(plain, Record)
    return side


@cache
def _hidden(paths: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Paths of fields without the stars that stand for entries of lists."""
    return frozenset(tuple(name for name in path.strip("/").split("/") if name != "*") for path in paths)


def _hide(value: Any, paths: frozenset[tuple[str, ...]]) -> None:
    if isinstance(value, list | tuple):
        for item in value:
            _hide(item, paths)
    elif isinstance(value, dict):
        for path in paths:
            first, *rest = path
            if not rest:
                value.pop(first, None)
            elif first in value:
                _hide(value[first], frozenset({tuple(rest)}))


@cache
def parties_of(right: str) -> frozenset[str]:
    """Names of the fields, anywhere in a record of a right, that hold parties."""
    return frozenset(_party_fields(RIGHTS[right], set()))


def _party_fields(kind: type[Struct], seen: set[type]) -> set[str]:
    seen.add(kind)
    found: set[str] = set()
    for name, hint in get_type_hints(kind).items():
        for inner in _structs(hint):
            if issubclass(inner, Party):
                found.add(name)
            elif inner not in seen:
                found |= _party_fields(inner, seen)
    return found


def _structs(hint: Any) -> list[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return [hint]
    return [one for part in get_args(hint) for one in _structs(part)]


def _hide_addresses(value: Any, parties: frozenset[str], *, party: bool = False) -> None:
    if isinstance(value, list | tuple):
        for item in value:
            _hide_addresses(item, parties, party=party)
    elif isinstance(value, dict):
        if party:
            for name in ADDRESS & value.keys():
                del value[name]
        for name, inner in value.items():
            if isinstance(inner, list | tuple | dict):
                _hide_addresses(inner, parties, party=name in parties)


def _is_hidden(pointer: str, hidden: frozenset[tuple[str, ...]], addresses: bool) -> bool:
    """Whether a kept value belongs to a field that does not go out."""
    names = tuple(name for name in pointer.split("/")[1:] if not name.isdigit())
    if not addresses and ADDRESS.intersection(names):
        return True
    return any(names[: len(path)] == path for path in hidden)
