"""Where a mapped value goes: a place in a record, checked against the record's own type."""

import re
import types
import typing
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import Struct

from ipregister.model.record import RIGHTS
from ipregister.model.text import Text

Kind = Literal["string", "date", "integer", "class", "country", "text", "strings", "integers", "flag"]
COUNTRIES = frozenset(["country", "nationality", "establishment", "domicile", "incorporation", "publication_country",
                       "receiving_office"])  # fmt: skip
"""Fields that hold a code of ST.3."""
WORDS = {"mark/feature": "features", "kinds": "kinds", "subtype": "subtypes", "events/*/kind": "events",
         "recordals/*/kind": "recordals"}  # fmt: skip
"""Fields that hold a code of ours, and the office's table of words for it."""
SAID = ("kind", "subtype", "role", "scheme", "feature", "code")
"""Fields that say what a value is: these alone may be constant, since no document delivers them."""
_CLASSES = frozenset(["class_number", "classes"])
_STEP = re.compile(r"[a-z][a-z0-9_-]*|\*|\d+")


class Target(Struct, frozen=True):
    """A place: its steps with the names of the fields, `*` or a label where a list is; what it holds.

    `lists` are the indices of the steps that are elements of a list, before the last."""

    path: str
    steps: tuple[str, ...]
    lists: tuple[int, ...]
    kind: Kind
    words: str = ""

    @property
    def generic(self) -> str:
        """The path with `*` for every element of a list."""
        return "/".join("*" if n in self.lists else step for n, step in enumerate(self.steps))


@cache
def target_of(path: str, right: str) -> Target:
    """The target that a mapping names. Raises `ValueError` with the reason where the record has no such place."""
    steps = tuple(path.strip("/").split("/"))
    odd = [step for step in steps if not _STEP.fullmatch(step)]
    if odd:
        raise ValueError(f"{odd[0]!r} is no name of a field")
    kind: Any = RIGHTS[right]
    lists: list[int] = []
    at = 0
    while at < len(steps):
        inner = _field(kind, steps[at], path)
        element = _element(inner)
        if element is not None and _is_struct(element) and element is not Text:
            at += 1
            if at >= len(steps):
                raise ValueError(f"{path} is a list: say {path}/*/… and the field of its elements")
            lists.append(at)
            inner = element
        kind = inner
        at += 1
    generic = "/".join("*" if n in lists else step for n, step in enumerate(steps))
    return Target("/".join(steps), steps, tuple(lists), _leaf(kind, steps[-1], path), WORDS.get(generic, ""))


@cache
def said_beside(path: str, right: str) -> tuple[str, ...]:
    """The paths of what must say what an element is, for every list on the way of a target: `classifications/*/scheme` beside
    `classifications/*/symbol`, since no element is without. Raises `ValueError` as `target_of`."""
    target, found = target_of(path, right), []
    kind: Any = RIGHTS[right]
    for at, step in enumerate(target.steps):
        if at in target.lists:
            inner = target.steps[at + 1] if at + 1 < len(target.steps) else ""
            found += ["/".join((*target.steps[: at + 1], one.name)) for one in msgspec.structs.fields(kind)
                      if one.required and one.name in SAID and one.name != inner]  # fmt: skip
            continue
        kind = _field(kind, step, path)
        kind = _element(kind) or kind
        if not _is_struct(kind):
            break
    return tuple(found)


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _bare(kind: Any) -> Any:
    """A type without `| None`."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return next(one for one in typing.get_args(kind) if one is not type(None))
    return kind


def _field(kind: Any, name: str, path: str) -> Any:
    if not _is_struct(kind):
        raise ValueError(f"{path}: {name!r} lies inside of a value")
    found = {field.name: field.type for field in msgspec.structs.fields(kind)}
    if name not in found or name in ("kept", "extra", "right", "office"):
        raise ValueError(f"{path}: {kind.__name__} has no field {name!r}")
    bare = _bare(found[name])
    return bare if _is_struct(bare) else found[name]


def _element(kind: Any) -> Any:
    """The type of a list's elements; None for what is no list."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def _leaf(kind: Any, name: str, path: str) -> Kind:
    element = _element(kind)
    if element is Text:
        return "text"
    if element in (str, int):
        return "strings" if element is str else "integers"
    bare = _bare(kind)
    if bare is str:
        return "country" if name in COUNTRIES else "date" if bare is not kind else "string"
    if bare is int:
        return "class" if name in _CLASSES else "integer"
    if bare is bool:
        return "flag"
    raise ValueError(f"{path} is no value: say which of its fields")


def places(right: str) -> list[str]:
    """Every place of a right that a mapping can name, one level of lists deep."""
    return sorted(_places(RIGHTS[right], "", 0))


def _places(kind: Any, before: str, depth: int) -> list[str]:
    found: list[str] = []
    for field in msgspec.structs.fields(kind):
        if field.name in ("kept", "extra", "office"):
            continue
        bare, element = _bare(field.type), _element(field.type)
        if _is_struct(bare):
            found += _places(bare, f"{before}{field.name}/", depth)
        elif element is not None and _is_struct(element) and element is not Text:
            found += _places(element, f"{before}{field.name}/*/", depth + 1) if depth < 2 else []
        else:
            found.append(before + field.name)
    return found
