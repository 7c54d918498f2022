"""A row of a table as a line of JSON: how a table is kept, so that each of its cells has a place.

A line is `{"$row": 17, "$cells": {"1 Number": "1", "3 Name": "…"}}`: the number of the row in the sheet as a
spreadsheet counts, then the cells, each under the number and the heading of its column.
`$sheet` names the sheet, `$wrong` says why the row cannot be read, `$doubt` how it may stand one column off, `$formulas` holds the formulas of cells that nobody
has calculated, which are empty in `$cells`, `$forms` the formats of cells that are neither text nor plain number (`model.number_formats`), or
what a database gives as more than one value (`LIST`, `OBJECT`). Of `$more`, `$held`, `$beside`, `$apart` and `$disagree` tells `grouped`.
"""

import re
from collections.abc import Collection, Mapping, Sequence

import msgspec
from msgspec import Struct

from ipregister.exchange.json.pointers import name_of, step

MARK = b'{"$row":'
"""What a line begins with; no other JSON does."""
LIST, OBJECT = "list", "object"
"""The form of a list of plain values, in JSON, and of any other value that has parts."""
NOT_A_ROW = "not-a-row"
"""Why a row is held that is no record: a total, a remark, the heading once more."""
_CELLS, _FORMULAS, _FORMS = "/$cells/", "/$formulas/", "/$forms/"
_ABOUT = frozenset(["/$row", "/$wrong", "/$sheet", "/$doubt"])
_MORE = re.compile(r"/\$more/[0-9]{1,6}(?=/)")
"""Where the other rows of a line lie that holds several (`grouped`)."""
_ASIDE = (_CELLS, _FORMULAS, _FORMS, "/$held/", "/$beside/", "/$apart/", "/$disagree/")
_NUMBERED = re.compile(r"[0-9]{1,6} ")


class About(Struct, frozen=True):
    """What is told of a row beside its cells: why it cannot be read, its sheet, how it may stand one column off."""

    wrong: str = ""
    sheet: str = ""
    doubt: str = ""


_NOTHING = About()


def line(
    row: int, headings: Sequence[str], cells: Sequence[str], about: About = _NOTHING, *,
    formulas: Mapping[int, str] | None = None, forms: Mapping[int, str] | None = None,
) -> bytes:  # fmt: skip
    """One row as a line of JSON. A cell beyond the headings has none."""
    names = (*headings, *[""] * (len(cells) - len(headings)))
    held = {f"{n} {name}": cell for n, (name, cell) in enumerate(zip(names, cells, strict=False), 1)}
    told = (("$wrong", about.wrong), ("$sheet", about.sheet), ("$doubt", about.doubt))
    more: dict[str, object] = {name: value for name, value in told if value}
    for name, texts in (("$formulas", formulas), ("$forms", forms)):
        if texts:
            more[name] = {f"{n} {names[n - 1]}": text for n, text in sorted(texts.items())}
    return msgspec.json.encode({"$row": row, "$cells": held, **more}) + b"\n"


def with_wrong(raw: bytes, wrong: str) -> bytes:
    """The line of a row with why it cannot be read; one that tells a reason already is left as it is."""
    told = msgspec.json.decode(raw)
    return raw if "$wrong" in told else msgspec.json.encode({**told, "$wrong": wrong}) + b"\n"


def is_line(raw: bytes) -> bool:
    """Whether a slice is a row of a table."""
    return raw.startswith(MARK)


def table_cells(texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The cells of a line by `row:column`: heading and text, or the formula that stands there. `texts` are those of
    `slices.parse`."""
    return {**_cells(texts, _CELLS), **_cells(texts, _FORMULAS)}


def table_formulas(texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The formulas without a value of a line by `row:column`: heading and formula."""
    return _cells(texts, _FORMULAS)


def table_forms(texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The formats of a line's cells by `row:column`: heading and format."""
    return _cells(texts, _FORMS)


def _cells(texts: Mapping[str, str], under: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for pointer, text in texts.items():
        before, place = row_and_place(pointer)
        if place.startswith(under):
            column, _, heading = name_of(place.removeprefix(under)).partition(" ")
            found[f"{texts.get(f'{before}/$row', '0')}:{column}"] = heading, text
    return found


def row_and_place(pointer: str) -> tuple[str, str]:
    """Which of several rows of a line (`grouped`) a pointer leads into, empty for the first; the pointer inside of it."""
    match = _MORE.match(pointer) if pointer.startswith("/$more/") else None
    return (match[0], pointer[match.end() :]) if match else ("", pointer)


def empty_columns(blanks: Sequence[str]) -> dict[int, str]:
    """The headings of the empty cells of a line, by the number of their column."""
    named = [name_of(one.removeprefix(_CELLS)).partition(" ") for one in blanks if one.startswith(_CELLS)]
    return {int(column): heading for column, _, heading in named}


def is_sound(pointers: Collection[str]) -> bool:
    """Whether the values of a line are those that `line` writes."""
    places = [row_and_place(one)[1] for one in pointers]
    cells = [
        name_of(one[len(start) :])
        for one in places
        for start in (_CELLS, _FORMULAS, _FORMS)
        if one.startswith(start)
    ]
    rest = {one for one in places if not one.startswith(_ASIDE)}
    return "/$row" in rest and rest <= _ABOUT and all(_NUMBERED.match(one) for one in cells)


def row_of(texts: Mapping[str, str]) -> int:
    """The number of the row that a line is; 0 where it has none."""
    text = texts.get("/$row", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def wrong_of(texts: Mapping[str, str]) -> str:
    """Why a row cannot be read, as it was told when the table was read; empty where it can."""
    return texts.get(f"/{step('$wrong')}", "")


def doubt_of(texts: Mapping[str, str]) -> str:
    """How a row may stand one column off, as it was told when the table was read; empty where nothing tells that."""
    return texts.get(f"/{step('$doubt')}", "")
