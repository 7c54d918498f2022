"""Several rows of a table in one line of JSON: the rows of one record, as a join or a sheet with a row for each class has them.

The line is that of the first row (`cells`); `$more` holds the lines of the others, each with its own number, so that every
cell keeps its place. A record is whole or held: `$held` tells the rows of the same record that cannot be read and lie in
quarantine by themselves, `$beside` those beside it of which nobody can say which record they are of, `$apart` those elsewhere in the table (`apart`),
`$disagree` those that tell another day on which the record becomes public.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ipregister.exchange.json.cells import LIST, NOT_A_ROW, OBJECT, row_and_place
from ipregister.exchange.json.slices import Members
from ipregister.model.errors import UnreadableInput
from ipregister.model.number_formats import names

MOST = 5_000
"""Rows of one line: more of one number are no rows of one record."""
MOST_HELD = 10_000
"""So many numbers of rows that cannot be read are remembered, those read last."""
SHOWN, _LETTERS = 20, 80
"""So many of such rows are told, and so much of each reason."""
HELD, _BESIDE, APART, DISAGREE = "$held", "$beside", "$apart", "$disagree"
_TOLD = {"rows-held": HELD, "beside-unread": _BESIDE, "rows-apart": APART, "rows-disagree": DISAGREE}
"""Why a record is held with other rows, and where these are told."""
_CERTAIN = ("merged-cells", "cut-cell")
"""Reasons for which a row cannot be read, and which leave the columns that name its record as they are."""
Key = tuple[str, ...]


def grouped(lines: Iterable[bytes], columns: Sequence[str], numbers: Collection[str] = ()) -> Iterator[bytes]:
    """The lines of rows, those that stand together and agree in some columns as one. A row that cannot be read stays by
    itself, and so does one whose columns are empty; the records that it may be of tell of it. `numbers` are the columns
    of which one names a record, where those that agree are empty.

    Raises `UnreadableInput` where the table lacks one of the columns."""
    groups = _Groups(columns, numbers)
    for line in lines:
        yield from groups.take(line)
    yield from groups.end()


class _Groups:
    """The record whose rows are being read, and the rows that cannot be read: those of a known record by its columns
    (`_keyed`), those that may be of the record before or after them (`_open`)."""

    def __init__(self, columns: Sequence[str], numbers: Collection[str]) -> None:
        self._wanted = {_folded(name) for name in columns}
        self._numbers = self._wanted | {_folded(name) for name in numbers}
        self._rows: list[dict[str, Any]] = []
        self._key: Key = ()
        self._own: list[str] = []
        self._beside: list[str] = []
        self._open: list[str] = []
        self._keyed: OrderedDict[Key, list[str]] = OrderedDict()

    def take(self, line: bytes) -> Iterator[bytes]:
        """Take a row; the lines that are complete by it."""
        row = msgspec.json.decode(line)
        if wrong := row.get("$wrong", ""):
            self._hold(row, wrong)
            yield line
            return
        _require(self._wanted, row["$cells"])
        if unknown := self._is_unknown(row):
            told = told_of(row, unknown)
            _add(self._open, told)
            yield from self.end()
            yield _line([row], [], [told])
            self._open = [told]
            return
        yield from self._join(row, _key(row["$cells"], self._wanted))

    def _join(self, row: dict[str, Any], key: Key) -> Iterator[bytes]:
        """Put a row to those of its record; the line of the record before, where it is of another."""
        same = bool(self._rows) and key == self._key and any(key)
        if same and len(self._rows) < MOST:
            self._rows.append(row)
            for told in self._open:
                _add(self._beside, told)
            self._open = []
            return
        many = told_of(row, f"more than {MOST} rows of one record")
        if same:
            _add(self._own, many)
        before = list(self._open)
        yield from self.end()
        self._rows, self._key = [row], key
        self._own, self._beside = [many] if same else [], before

    def end(self) -> Iterator[bytes]:
        """The line of the record whose rows were read last; what stands open until then may be of it."""
        if self._rows:
            own = [*self._own, *(self._keyed.get(self._key, ()) if any(self._key) else ())]
            yield _line(self._rows, own, [*self._beside, *self._open])
        self._rows, self._own, self._beside, self._open = [], [], [], []

    def _hold(self, row: dict[str, Any], wrong: str) -> None:
        """Remember a row that cannot be read, by its record where that is known."""
        code = wrong.partition(":")[0]
        if code == NOT_A_ROW:
            return
        key = _key(row["$cells"], self._wanted)
        if code not in _CERTAIN or not any(key):
            _add(self._open, told_of(row, wrong))
            return
        _add(self._keyed.setdefault(key, []), told_of(row, wrong))
        self._keyed.move_to_end(key)
        if len(self._keyed) > MOST_HELD:
            _forgotten, told = self._keyed.popitem(last=False)
            for one in told:
                _add(self._open, one)

    def _is_unknown(self, row: dict[str, Any]) -> str:
        """Why nobody can say which record a row is of; empty where its columns tell it, or it is one by itself."""
        formulas = row.get("$formulas", {})
        if lost := [text for name, text in formulas.items() if _heading(name) in self._wanted]:
            return f"no value: {lost[0]}"
        if made := self._made(row):
            return f"spreadsheet-made-number: {made}"
        cells = row["$cells"].items()
        named = any(text.strip() for name, text in cells if _heading(name) in self._numbers)
        return "" if named else "no number"

    def _made(self, row: Mapping[str, Any]) -> str:
        """The number that names a row's record, with its format, where a spreadsheet has made something else of it."""
        cells = row["$cells"]
        forms = [
            (cells.get(name, ""), form)
            for name, form in row.get("$forms", {}).items()
            if _heading(name) in self._wanted
        ]
        return next(
            (
                f"{text} ({form})"
                for text, form in forms
                if form not in (LIST, OBJECT) and not names(text, form)
            ),
            "",
        )


def _add(told: list[str], one: str) -> None:
    """Add to what is told of rows, as far as that is shown."""
    if len(told) < SHOWN:
        told.append(one)


def told_of(row: Mapping[str, Any], why: str) -> str:
    """A row that cannot be read, as the record that it may be of tells it."""
    short = why if len(why) <= _LETTERS else f"{why[: _LETTERS - 1]}…"
    return f"{row['$row']} ({short})"


def key_of(row: Mapping[str, Any], columns: Sequence[str]) -> Key:
    """What the columns of a line say that name its record; nothing where that is not certain."""
    if row.get("$wrong", _CERTAIN[0]).partition(":")[0] not in _CERTAIN:
        return ()
    key = _key(row["$cells"], {_folded(name) for name in columns})
    return key if any(key) else ()


def _require(wanted: set[str], cells: Mapping[str, str]) -> None:
    """Raises `UnreadableInput` where a row has no such column."""
    headings = {_heading(name) for name in cells}
    if missing := sorted(wanted - headings):
        told = f"no column {', '.join(map(repr, missing))}, which input.group names"
        raise UnreadableInput(
            told, remedy=f"the table has {', '.join(map(repr, sorted(filter(None, headings))))}"
        )


def _key(cells: Mapping[str, str], wanted: set[str]) -> Key:
    return tuple(text.strip() for name, text in cells.items() if _heading(name) in wanted)


def _heading(name: str) -> str:
    """The heading of a cell, as headings are compared: what stands after the number of its column."""
    return _folded(name.partition(" ")[2])


def _folded(name: str) -> str:
    return " ".join(name.split())


def _line(rows: list[dict[str, Any]], own: Sequence[str], beside: Sequence[str]) -> bytes:
    first, *others = rows
    told = (("$more", others), (HELD, list(own)[:SHOWN]), (_BESIDE, list(beside)[:SHOWN]))
    return msgspec.json.encode({**first, **{name: value for name, value in told if value}}) + b"\n"


def rows_in(members: Members) -> list[Members]:
    """The rows of a line, each as the line that it was."""
    aside = tuple(f"/{name}/" for name in _TOLD.values())
    if not any(pointer.startswith(("/$more/", *aside)) for pointer in members.texts):
        return [members]
    found: dict[str, Members] = {"": Members({}, members.parsed)}
    for pointer, text in members.texts.items():
        before, rest = row_and_place(pointer)
        if not rest.startswith(aside):
            found.setdefault(before, Members({}, members.parsed)).texts[rest] = text
    blanks: dict[str, list[str]] = {}
    for pointer in members.blanks:
        before, rest = row_and_place(pointer)
        blanks.setdefault(before, []).append(rest)
    for before, one in found.items():
        one.blanks = tuple(blanks.get(before, ()))
    return list(found.values())


def held_of(texts: Mapping[str, str]) -> tuple[str, str]:
    """Why a record is held with other rows, as code and which: they cannot be read and are of it, or may be, stand
    apart, or disagree. Empty where it is not."""
    for code, name in _TOLD.items():
        if told := [text for pointer, text in texts.items() if pointer.startswith(f"/{name}/")]:
            return code, ", ".join(told)
    return "", ""
