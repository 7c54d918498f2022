"""Several rows of a table in one line of JSON: the rows of one record, as a join or a sheet with a row for each class has them.

The line is that of the first row (`cells`); `$more` holds the lines of the others, each with its own number, so that every
cell keeps its place. `$held` are the numbers of rows of the same record that cannot be read and lie in quarantine by
themselves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ipregister.exchange.json.cells import row_and_place
from ipregister.exchange.json.slices import Members
from ipregister.model.errors import UnreadableInput

MOST = 5_000
"""Rows of one line: more of one number are no rows of one record."""
MOST_HELD = 100
_HELD = "/$held/"
Key = tuple[str, ...]


def grouped(lines: Iterable[bytes], columns: Sequence[str]) -> Iterator[bytes]:
    """The lines of rows, those that stand together and agree in some columns as one. A row that cannot be read stays by
    itself, and so does one whose columns are empty; the line of its group, where it stands beside one, tells of it.

    Raises `UnreadableInput` where the table lacks one of the columns."""
    wanted = {_folded(name) for name in columns}
    group: list[dict[str, Any]] = []
    key: Key = ()
    held: list[tuple[Key, int]] = []
    for line in lines:
        row = msgspec.json.decode(line)
        told = _key(row["$cells"], wanted)
        if "$wrong" in row:
            held = [*held, (told, row["$row"])][-MOST_HELD:]
            yield line
            continue
        _require(wanted, row["$cells"])
        if group and (told != key or not any(told) or len(group) >= MOST):
            yield _line(group, [number for other, number in held if other == key and any(key)])
            held = [one for one in held if one[0] != key]
            group = []
        group.append(row)
        key = told
    if group:
        yield _line(group, [number for other, number in held if other == key and any(key)])


def _require(wanted: set[str], cells: Mapping[str, str]) -> None:
    """Raises `UnreadableInput` where a row has no such column."""
    headings = {_folded(name.partition(" ")[2]) for name in cells}
    if missing := sorted(wanted - headings):
        told = f"no column {', '.join(map(repr, missing))}, which input.group names"
        raise UnreadableInput(
            told, remedy=f"the table has {', '.join(map(repr, sorted(filter(None, headings))))}"
        )


def _key(cells: Mapping[str, str], wanted: set[str]) -> Key:
    return tuple(text.strip() for name, text in cells.items() if _folded(name.partition(" ")[2]) in wanted)


def _folded(name: str) -> str:
    return " ".join(name.split())


def _line(group: list[dict[str, Any]], held: Sequence[int]) -> bytes:
    first, *others = group
    more: dict[str, object] = {"$more": others} if others else {}
    if held:
        more["$held"] = list(held)
    return msgspec.json.encode({**first, **more}) + b"\n"


def rows_in(members: Members) -> list[Members]:
    """The rows of a line, each as the line that it was."""
    if not any(pointer.startswith(("/$more/", _HELD)) for pointer in members.texts):
        return [members]
    found: dict[str, Members] = {"": Members({}, members.parsed)}
    for pointer, text in members.texts.items():
        before, rest = row_and_place(pointer)
        if not rest.startswith(_HELD):
            found.setdefault(before, Members({}, members.parsed)).texts[rest] = text
    blanks: dict[str, list[str]] = {}
    for pointer in members.blanks:
        before, rest = row_and_place(pointer)
        blanks.setdefault(before, []).append(rest)
    for before, one in found.items():
        one.blanks = tuple(blanks.get(before, ()))
    return list(found.values())


def held_of(texts: Mapping[str, str]) -> list[str]:
    """The numbers of the rows of the same record that lie in quarantine."""
    return [text for pointer, text in texts.items() if pointer.startswith(_HELD)]
