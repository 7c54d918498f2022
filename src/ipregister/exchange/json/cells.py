"""A row of a table as a line of JSON: how a table is kept, so that each of its cells has a place.

A line is `{"$row": 17, "$cells": {"1 Number": "1", "3 Name": "…"}}`: the number of the row in the sheet as a
spreadsheet counts, then the cells, each under the number and the heading of its column.
`$sheet` names the sheet, `$wrong` says why the row cannot be read.
"""

import re
from collections.abc import Collection, Mapping, Sequence

import msgspec

from ipregister.exchange.json.pointers import name_of, step

MARK = b'{"$row":'
"""What a line begins with; no other JSON does."""
_CELLS = "/$cells/"
_ABOUT = frozenset(["/$row", "/$wrong", "/$sheet"])
_NUMBERED = re.compile(r"[0-9]{1,6} ")


def line(row: int, headings: Sequence[str], cells: Sequence[str], wrong: str = "", sheet: str = "") -> bytes:
    """One row as a line of JSON. A cell beyond the headings has none."""
    names = (*headings, *[""] * (len(cells) - len(headings)))
    held = {f"{n} {name}": cell for n, (name, cell) in enumerate(zip(names, cells, strict=False), 1)}
    more = {name: value for name, value in (("$wrong", wrong), ("$sheet", sheet)) if value}
    return msgspec.json.encode({"$row": row, "$cells": held, **more}) + b"\n"


def is_line(raw: bytes) -> bool:
    """Whether a slice is a row of a table."""
    return raw.startswith(MARK)


def table_cells(texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The cells of a line by `row:column`: heading and text. `texts` are those of `slices.parse`."""
    row = texts.get("/$row", "0")
    found: dict[str, tuple[str, str]] = {}
    for pointer, text in texts.items():
        if pointer.startswith(_CELLS):
            column, _, heading = name_of(pointer.removeprefix(_CELLS)).partition(" ")
            found[f"{row}:{column}"] = heading, text
    return found


def empty_columns(blanks: Sequence[str]) -> dict[int, str]:
    """The headings of the empty cells of a line, by the number of their column."""
    named = [name_of(one.removeprefix(_CELLS)).partition(" ") for one in blanks if one.startswith(_CELLS)]
    return {int(column): heading for column, _, heading in named}


def is_sound(pointers: Collection[str]) -> bool:
    """Whether the values of a line are those that `line` writes."""
    cells = [name_of(one.removeprefix(_CELLS)) for one in pointers if one.startswith(_CELLS)]
    rest = {one for one in pointers if not one.startswith(_CELLS)}
    return "/$row" in rest and rest <= _ABOUT and all(_NUMBERED.match(one) for one in cells)


def wrong_of(texts: Mapping[str, str]) -> str:
    """Why a row cannot be read, as it was told when the table was read; empty where it can."""
    return texts.get(f"/{step('$wrong')}", "")
