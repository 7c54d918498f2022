"""How results are printed: a table on a terminal, JSON lines when piped or asked for."""

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import msgspec
import typer
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

Json = Annotated[bool, typer.Option("--json", help="JSON lines, also on a terminal.")]
"""The option that every verb with a result has."""
Row = dict[str, Any]
Step = Callable[[int, int | None], None]
_GAP, _WRAPPED = 2, 24
"""Room between two columns; the least width of a column whose values are wrapped."""
_SHORT = {"delivery": 12, "extracted": 10}
"""So much of a value tells enough in a table; the whole is in the JSON lines."""


class Lines:
    """Rows of a result: printed at once as JSON lines, or collected for the terminal.

    With `columns` the terminal shows a table of these, the most important first, as many as there is room
    for; with `whole` all of them. Without, or where there is no room for all, each row is written as a list of
    its values.
    """

    def __init__(
        self, as_json: bool, title: str = "", columns: Sequence[str] = (), *, whole: bool = False
    ) -> None:
        self.plain = as_json or not sys.stdout.isatty()
        self._title = title
        self._columns = columns
        self._whole = whole
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        """One row."""
        if self.plain:
            sys.stdout.write(line(row) + "\n")
        else:
            self._rows.append(row)

    def end(self) -> None:
        """Print what was collected for the terminal."""
        if not self.plain:
            console = Console(highlight=False)
            if not self._rows:
                console.print("Nothing.")
            elif (made := self._table(console.width)) is not None:
                console.print(made)
            else:
                _list(console, self._rows, self._title)
        sys.stdout.flush()

    def _table(self, width: int) -> Table | None:
        """The rows as a table; None where they are to be a list each."""
        if not self._columns:
            return None
        made = table(self._rows, self._columns, width, self._title)
        return None if self._whole and len(made.columns) < len(self._columns) else made


@contextmanager
def lines(
    as_json: bool, title: str = "", columns: Sequence[str] = (), *, whole: bool = False
) -> Iterator[Lines]:
    """Rows of a result, printed at the end."""
    rows = Lines(as_json, title, columns, whole=whole)
    yield rows
    rows.end()


def line(row: Row) -> str:
    """A row as one line of JSON."""
    return msgspec.json.encode(row).decode()


def table(rows: Sequence[Row], columns: Sequence[str], width: int, title: str = "") -> Table:
    """The rows as a table: of the columns, most important first, those that fit into the width."""
    cells = [{name: cell(row.get(name))[: _SHORT.get(name)] for name in columns} for row in rows]
    made = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False,
                 pad_edge=False, padding=(0, 1, 0, 0))  # fmt: skip
    shown: list[str] = []
    room = width
    for name in columns:
        wanted = max(cell_len(part) for row in cells for part in (name, *row[name].splitlines()))
        room -= min(wanted, _WRAPPED) + _GAP
        if shown and room < 0:
            break
        shown.append(name)
        made.add_column(name, overflow="fold", no_wrap=wanted <= _WRAPPED, justify=_side(rows[0].get(name)))
    for row in cells:
        made.add_row(*(Text(row[name]) for name in shown))
    return made


def _side(value: Any) -> Any:
    return "right" if isinstance(value, int) and not isinstance(value, bool) else "left"


def _list(console: Console, rows: Sequence[Row], title: str) -> None:
    for number, row in enumerate(rows):
        console.print(Text(title if number == 0 else "", style="italic"))
        names = Table(box=None, show_header=False, show_edge=False, pad_edge=False)
        names.add_column(style="bold", no_wrap=True)
        names.add_column(overflow="fold")
        for name, value in row.items():
            names.add_row(Text(name), Text(cell(value)))
        console.print(names)


def cell(value: Any) -> str:
    """A value as a person reads it; delivered control characters cannot steer the terminal."""
    if value is None:
        return ""
    if isinstance(value, list | tuple) and all(isinstance(one, str | int) for one in value):
        return ", ".join(map(cell, value))
    if isinstance(value, dict | list | tuple | msgspec.Struct):
        return _visible(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
    return _visible(str(value))


def _visible(text: str) -> str:
    return "".join(
        f"\\x{ord(sign):02x}" if unicodedata.category(sign) == "Cc" and sign not in "\n\t" else sign
        for sign in text
    )


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """A progress bar on stderr; on no terminal a line now and then."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_steps(title)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _plain_steps(title: str) -> Step:
    told = [0]

    def step(done: int, total: int | None) -> None:
        if done >= told[0] + 10_000:
            told[0] = done
            print(f"{title}: {done}{f' of {total}' if total else ''}", file=sys.stderr, flush=True)

    return step
