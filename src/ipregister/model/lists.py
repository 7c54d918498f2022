"""Lists in one text, as a database gives an array or a document: JSON, of which each value is a text of its own."""

import json
import re
from functools import lru_cache

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=4)  # a list of many values is asked for one after the other
def items(document: str) -> tuple[str, ...] | None:
    """The values of a list of plain ones, or the one of a document that is no list; numbers as they are written, `null` as
    an empty text. None for an object, for a list of lists or objects, and for what is no JSON."""
    try:
        value = json.loads(document, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    values = value if isinstance(value, list) else [value]
    if any(isinstance(one, dict | list) for one in values):
        return None
    return tuple(_text(one) for one in values)


def _text(value: str | bool | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else _CONTROL.sub("\ufffd", value)


def item(document: str, number: str) -> str:
    """One value of a list, counted from 1. Raises `ValueError` where there is none."""
    found = items(document) or ()
    if not 0 < int(number) <= len(found):
        raise ValueError(f"{document!r} has no value {number}")
    return found[int(number) - 1]
