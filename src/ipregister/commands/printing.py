"""How results are printed: a table on a terminal, JSON lines when piped or asked for."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

Json = Annotated[bool, typer.Option("--json", help="JSON lines, also on a terminal.")]
"""The option that every verb with a result has."""
Row = dict[str, Any]
Step = Callable[[int, int | None], None]


class Lines:
    """Rows of a result: printed at once as JSON lines, or collected for a table."""

    def __init__(self, as_json: bool, title: str = "") -> None:
        self.plain = as_json or not sys.stdout.isatty()
        self._title = title
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        """One row."""
        if self.plain:
            sys.stdout.write(line(row) + "\n")
        else:
            self._rows.append(row)

    def end(self) -> None:
        """Print the table, where there is one."""
        if self._rows:
            table = Table(title=self._title or None)
            for name in self._rows[0]:
                table.add_column(name, overflow="fold")
            for row in self._rows:
                table.add_row(*(cell(value) for value in row.values()))
            Console().print(table)
        elif not self.plain:
            Console().print("Nothing.")
        sys.stdout.flush()


@contextmanager
def lines(as_json: bool, title: str = "") -> Iterator[Lines]:
    """Rows of a result, printed at the end."""
    rows = Lines(as_json, title)
    yield rows
    rows.end()


def line(row: Row) -> str:
    """A row as one line of JSON."""
    return msgspec.json.encode(row).decode()


def cell(value: Any) -> str:
    """A value as a person reads it in a table."""
    if value is None:
        return ""
    if isinstance(value, dict | list | tuple):
        return msgspec.json.encode(value).decode()
    return str(value)


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """A progress bar on stderr; on no terminal a line now and then."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_steps(title)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
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
