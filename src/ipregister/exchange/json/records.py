"""Our own records as lines of JSON: the reader of what `export` writes, and the schema of a line."""

from collections.abc import Iterable
from typing import Any

import msgspec

from ipregister.exchange.json.pointers import name_of
from ipregister.exchange.json.slices import parse
from ipregister.model import canonical
from ipregister.model.date_places import is_date_place
from ipregister.model.dates import is_date, is_day
from ipregister.model.evidence import Origin, Reading
from ipregister.model.offices import Office, codes
from ipregister.model.record import RIGHTS

ABOUT = ("key", "source")
"""Members of a line that are not of the record: its key, and whose data it is."""


class Source(msgspec.Struct, frozen=True):
    """Whose data a record is: name of the office, the day of its data, what it says of them."""

    office: str
    data_day: str
    notice: str


class _About(msgspec.Struct, frozen=True):
    key: str
    source: Source


_about = msgspec.json.Decoder(_About)
_USUAL = 1 << 20
"""Longer lines are held against all limits of a record."""


class _Day(msgspec.Struct, frozen=True):
    data_day: str


class _Dated(msgspec.Struct, frozen=True):
    source: _Day


_dated = msgspec.json.Decoder(_Dated)


def data_day(raw: bytes) -> str:
    """The day of the data that a line of ours tells; empty where it tells none."""
    try:
        day = _dated.decode(raw).source.data_day
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ""
    return day if is_day(day) else ""


def read(raw: bytes, office: Office) -> Reading:
    """The reading of one line: the record as it was written, each value at its own pointer."""
    return _as_written(raw, office) or _any(raw, office)


def _as_written(raw: bytes, office: Office) -> Reading | None:
    """The reading of a line that is byte for byte as we write it: what else it could be needs no look. None for any
    other."""
    try:
        record, about = canonical.decode(raw), _about.decode(raw)
        body = canonical.encode(record)
        head = msgspec.json.encode(about)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    if raw != head[:-1] + b"," + body[1:] or len(raw) > _USUAL or record.office != office.code:
        return None
    values, blank, plain = list[str](), list[str](), msgspec.json.decode(body)
    _note(plain, "", values, blank)
    if _odd_date(plain, (*values, *blank)):
        return None
    values.remove("/right")
    evidence: dict[str, Origin] = dict(zip(values, values, strict=True))
    if "/deleted" in evidence:
        evidence["/deleted"] = _origin("/deleted")
    used: list[str] = []
    _note(msgspec.to_builtins(about), "", used, [])
    return Reading(record, evidence, used=(*used, "/right"))


def _odd_date(plain: dict[str, Any], pointers: Iterable[str]) -> str:
    """The first pointer of a record where a date should stand and something else does; empty where there is none."""
    right = plain["right"]
    for pointer in pointers:
        if is_date_place(right, pointer) and not is_date(canonical.resolve(plain, pointer)):
            return pointer
    return ""


def _note(value: Any, pointer: str, found: list[str], blank: list[str]) -> None:
    """The pointers of all values in an object or array, in their order, those of blank texts apart."""
    for name, inner in value.items() if type(value) is dict else enumerate(value):
        kind = type(inner)
        if kind is dict or kind is list:
            _note(inner, f"{pointer}/{name}", found, blank)
        elif inner is not None:
            (found if kind is not str or inner.strip() else blank).append(f"{pointer}/{name}")


def _any(raw: bytes, office: Office) -> Reading:
    found = parse(raw)
    if not found.texts:
        return found.refused()
    try:
        plain = msgspec.json.decode(raw)
        body = {name: value for name, value in plain.items() if name not in ABOUT}
        record = canonical.decode(msgspec.json.encode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, AttributeError, RecursionError) as error:
        return found.refused("not-a-record", str(error)[:300])
    another = (
        record.office != office.code and record.office in codes()
    )  # one without facts has no other reader
    if another:
        return found.refused("not-a-record", f"a record of {record.office}")
    whole = msgspec.to_builtins(record)
    known = {pointer for pointer, _ in canonical.leaves(whole)}
    about = tuple(pointer for pointer in found.texts if name_of(pointer.split("/")[1]) in ABOUT)
    values = [pointer for pointer in found.texts if pointer not in (*about, "/right")]
    defaults = tuple(one for one in values if one not in known and _is_default(body, one))
    for pointer in values:
        if pointer not in known and pointer not in defaults:
            return found.refused("not-a-record", f"no field {pointer}")
    if odd := _odd_date(whole, sorted(known)):
        return found.refused("not-a-record", f"no date at {odd}: {canonical.resolve(whole, odd)}"[:300])
    evidence = {pointer: _origin(pointer) for pointer in values if pointer in known}
    return Reading(record, evidence, used=(*about, *defaults, "/right"))


_NO_VALUE: dict[str, Any] = {"": [[]]}
"""What is the value of no field."""


def _is_default(body: dict[str, Any], pointer: str) -> bool:
    """Whether a value that canonical bytes leave out is that of a field which has it anyway, such as `"deleted": false`:
    a field would not take what is no value, an unknown member is not looked at."""
    *way, name = [name_of(step) for step in pointer.split("/")[1:]]
    holder: Any = body
    for step in way:
        holder = holder[int(step)] if isinstance(holder, list) else holder.get(step)
        if not isinstance(holder, dict | list):
            return False
    if not isinstance(holder, dict) or name not in holder:
        return False
    kept, holder[name] = holder[name], _NO_VALUE
    try:
        canonical.decode(msgspec.json.encode(body))
    except msgspec.ValidationError:
        return True
    finally:
        holder[name] = kept
    return False


def _origin(pointer: str) -> Origin:
    return (pointer, "deletion") if pointer == "/deleted" else pointer


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line of our records."""
    kinds = tuple(RIGHTS.values())
    refs, components = msgspec.json.schema_components((*kinds, Source), ref_template="#/$defs/{name}")
    for name in ("key", "source"):
        for kind in kinds:
            about: Any = {"type": "string"} if name == "key" else refs[-1]
            components[kind.__name__]["properties"][name] = about
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of ipregister",
        "description": "One line of `ipregister export`: a right as one office holds it. `right` tells which kind.",
        "anyOf": list(refs[:-1]),
        "$defs": components,
    }
