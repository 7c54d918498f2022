"""The loss report of a written document: every value that does not come back as it was."""

import re
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from ipregister.model import canonical
from ipregister.model.right import Right

_RIGHT = TypeVar("_RIGHT", bound=Right)
_MAYBE = re.compile(rb"\\u00[01]|\\[bf]|\xef\xbf[\xbe\xbf]")
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Lost(Struct, frozen=True):
    """A value that the document holds in another form: its pointer in the record, the value, why."""

    pointer: str
    value: str
    why: str


def writable(record: _RIGHT) -> tuple[_RIGHT, tuple[Lost, ...]]:
    """The record with what XML cannot hold replaced by U+FFFD, and the list of those values."""
    if not _MAYBE.search(msgspec.json.encode(record)):
        return record, ()
    lost: list[Lost] = []
    plain: Any = msgspec.to_builtins(record)
    for pointer, value in list(canonical.leaves(plain)):
        if isinstance(value, str) and (found := _FORBIDDEN.search(value)):
            lost.append(Lost(pointer, value, f"XML 1.0 cannot hold U+{ord(found[0]):04X}"))
            plain = _replaced(plain, pointer.split("/")[1:], _FORBIDDEN.sub("\ufffd", value))
    return (msgspec.convert(plain, type(record)), tuple(lost)) if lost else (record, ())


def _replaced(value: Any, path: list[str], leaf: str) -> Any:
    if not path:
        return leaf
    name, *rest = path
    if isinstance(value, dict):
        return {**value, name: _replaced(value[name], rest, leaf)}
    at = int(name)
    return [*value[:at], _replaced(value[at], rest, leaf), *value[at + 1 :]]
