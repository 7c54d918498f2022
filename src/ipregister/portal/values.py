"""What a record page is made of: panels of rows of values, each value with its place in the record."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct


class Value(Struct, frozen=True):
    """One shown value. `pointer` is the JSON pointer of its field, by which its evidence is found."""

    text: str
    pointer: str = ""
    lang: str = ""
    note: str = ""
    link: str = ""


class Row(Struct, frozen=True):
    """One labelled row; `inid` is the INID code of the field."""

    label: str
    values: tuple[Value, ...]
    inid: str = ""


class Panel(Struct, frozen=True):
    """One part of a record page. `shape` names the template that draws `items`; `rows` are drawn as a list.

    `folded` says that a part is left out, since it is very long."""

    name: str
    title: str
    rows: tuple[Row, ...] = ()
    shape: str = ""
    items: tuple[dict[str, Any], ...] = ()
    folded: bool = False


def text_values(texts: Any, pointer: str) -> tuple[Value, ...]:
    """The values of a list of language-tagged texts."""
    return tuple(
        Value(text["text"], f"{pointer}/{index}/text", text.get("lang", ""))
        for index, text in enumerate(texts or ())
        if text.get("text")
    )


def rows(*given: Row | None) -> tuple[Row, ...]:
    """The rows that hold a value."""
    return tuple(row for row in given if row is not None and row.values)


def distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    """The values without those whose text stood before; a text delivered in several languages notes them all."""
    same: dict[str, list[Value]] = {}
    for value in values:
        same.setdefault(value.text.strip(), []).append(value)
    return tuple(_of_languages(found) for found in same.values())


def _of_languages(found: list[Value]) -> Value:
    told = dict.fromkeys(value.lang for value in found if value.lang and value.lang != "und")
    return msgspec.structs.replace(found[0], note=", ".join(told)) if len(told) > 1 else found[0]
