"""Whether what `release.toml` hides can be hidden: a field that the records of a right have, and can be without."""

from collections.abc import Iterable
from functools import cache
from typing import Any, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from ipregister.model.record import RIGHTS

TELLING = frozenset({"office", "right", "subtype"})
"""What says which record it is: terms and lists hang on it."""
REMEDY = "name a field of docs/reference/record.schema.json, such as applicants/*/names"


def fault_of(path: str, right: str) -> str:
    """Why a field cannot be hidden in records of a right (`*`: of any); empty where it can."""
    names = [name for name in path.strip("/").split("/") if name != "*"]
    if not names or names[0] in TELLING:
        return f"{path!r} cannot be hidden: it tells which record it is"
    rights = RIGHTS if right == "*" else {right: RIGHTS[right]}
    fields = [field for kind in rights.values() for field in _fields_at(kind, tuple(names))]
    if not fields:
        return f"no field {path!r} that could be hidden"
    if any(field.required for field in fields):
        return f"{path!r} cannot be hidden alone: what holds it is nothing without it"
    return ""


def with_designs(hidden: Iterable[str], right: str) -> tuple[str, ...]:
    """The paths, and for each the same field of the single designs of an application, where they have it: an office says
    what it says of its designs once for all or of each, and what it hides is hidden in both places."""
    many = tuple(hidden)
    if right not in {"design", "*"}:
        return many
    inside = (f"designs/*/{path.strip('/')}" for path in many)
    return tuple(dict.fromkeys((*many, *(path for path in inside if not fault_of(path, "design")))))


@cache
def _fields_at(kind: type[Struct], names: tuple[str, ...]) -> tuple[FieldInfo, ...]:
    """The fields that a path leads to from a kind of part of a record."""
    first, *rest = names
    here = [field for field in msgspec.structs.fields(kind) if field.encode_name == first]
    if not rest:
        return tuple(here)
    inner = {one for field in here for one in _structs(field.type)}
    return tuple(found for one in inner for found in _fields_at(one, tuple(rest)))


def _structs(hint: Any) -> list[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return [hint]
    return [one for part in get_args(hint) for one in _structs(part)]
