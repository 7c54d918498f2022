"""Where the dates of a record stand: what is no date there would stop whoever counts with it."""

import re
from collections.abc import Iterable
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from ipregister.model.record import RIGHTS

_INDEX = re.compile(r"/[0-9]+(?=/|$)")


@cache
def places_of(right: str) -> frozenset[str]:
    """The pointers of all dates of a record of a right, `*` for a place in a list. The model has them as texts that may be
    missing (`str | None`), and no other text."""
    return frozenset(_below(RIGHTS[right], ""))


@cache
def _names(right: str) -> frozenset[str]:
    return frozenset(place.rpartition("/")[2] for place in places_of(right))


def _below(kind: Any, pointer: str) -> Iterable[str]:
    if get_origin(kind) in (Union, UnionType):
        kinds = [one for one in get_args(kind) if one is not type(None)]
        if kinds == [str]:
            yield pointer
        for one in kinds:
            yield from _below(one, pointer)
    elif get_origin(kind) is tuple:
        yield from _below(get_args(kind)[0], f"{pointer}/*")
    elif isinstance(kind, type) and issubclass(kind, Struct):
        for name, inner in get_type_hints(kind).items():
            yield from _below(inner, f"{pointer}/{name}")


def is_date_place(right: str, pointer: str) -> bool:
    """Whether a date stands at a pointer of a record of a right."""
    if pointer[pointer.rfind("/") + 1 :] not in _names(right):
        return False
    return _INDEX.sub("/*", pointer) in places_of(right)
