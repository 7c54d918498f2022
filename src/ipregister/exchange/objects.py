"""The texts of a raw JSON record for the loss checker: a walk of its own, that no reader uses."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Place(Struct, frozen=True):
    """A text of the raw document: position, path of names, and the text."""

    position: str
    path: str
    text: str


class _Member(Struct, frozen=True):
    name: str
    value: Any


def places_of(raw: bytes) -> dict[str, Place]:
    """Every non-blank value of a JSON document by its pointer; of a row of a table by its cell.

    Raises `ValueError` for a document that is not well-formed."""
    text = raw.decode(json.detect_encoding(raw), "replace")
    decoder = json.JSONDecoder(
        object_pairs_hook=lambda pairs: tuple(_Member(*pair) for pair in pairs),
        parse_float=str,
        parse_int=str,
        parse_constant=str,
    )
    document, end = decoder.raw_decode(text.removeprefix("\ufeff").lstrip())
    if text.removeprefix("\ufeff").lstrip()[end:].strip():
        raise ValueError("something follows the value")
    if _is_row(document):
        return {place.position: place for place in _cells(document)}
    return {place.position: place for place in _leaves(document, (), "")}


def _is_row(document: Any) -> bool:
    return isinstance(document, tuple) and [member.name for member in document[:2]] == ["$row", "$cells"]


def _cells(document: tuple[_Member, ...]) -> Iterator[Place]:
    named = {member.name: member.value for member in document}
    for cell in (*named["$cells"], *named.get("$formulas", ())):
        number, heading = cell.name.split(" ", 1)
        if cell.value.strip():
            yield Place(f"{named['$row']}:{number}", heading, _NO_TEXT.sub("\ufffd", cell.value))


def _leaves(value: Any, names: tuple[str, ...], pointer: str) -> Iterator[Place]:
    if isinstance(value, tuple):
        seen: Counter[str] = Counter()
        for member in value:
            seen[member.name] += 1
            again = f"#{seen[member.name]}" if seen[member.name] > 1 else ""
            step = member.name.replace("~", "~0").replace("/", "~1") + again
            yield from _leaves(member.value, (*names, member.name), f"{pointer}/{step}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, names, f"{pointer}/{index}")
    elif value is not None:
        text = _NO_TEXT.sub("\ufffd", value) if isinstance(value, str) else str(value).lower()
        if text.strip():
            yield Place(pointer, "/".join(names), text)
