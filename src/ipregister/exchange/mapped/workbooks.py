"""Workbooks: what is refused before they are opened, and the rows of a sheet, read by a child process (`sheets`)."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ipregister.exchange.mapped.forms import Beside, Forms, forms_of
from ipregister.exchange.mapped.formulas import DAMAGES, uncalculated
from ipregister.model.errors import UnreadableInput
from ipregister.model.number_formats import is_general, shown

EXPANDED = 1 << 30
"""The most bytes that a workbook may unpack to."""
_CHILD = "ipregister.exchange.mapped.sheets"


class SheetRow(Struct, frozen=True):
    """A row of a sheet: its number, its cells, the formulas without a value and the errors by column, the place of
    a merged cell that it has a part in, and the formats of the cells that are neither text nor plain number by column."""

    number: int
    cells: list[str]
    formulas: dict[int, str]
    merged: str = ""
    forms: dict[int, str] = {}


class Sheet(Struct, frozen=True):
    """A sheet of a workbook: its name, how many rows it has, whether it is shown."""

    name: str
    height: int
    shown: bool


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a workbook, in its order. Raises `UnreadableInput`."""
    return [Sheet(*told) for told in _lines(path)]


def names_of(path: Path) -> list[str]:
    """The names of the sheets that hold more than a row, those that are shown first. Raises `UnreadableInput`."""
    told = [one for one in sheets_of(path) if one.height > 1]
    return [one.name for one in sorted(told, key=lambda one: not one.shown)]


def rows_of(path: Path, sheet: str) -> Iterator[SheetRow]:
    """Every row of a sheet, the first where none is named. Raises `UnreadableInput`."""
    name = sheet or next((one.name for one in sheets_of(path)), "")
    formulas = uncalculated(path, name)
    formats = Beside(forms_of(path, name))
    for number, (cells, merged, kinds) in enumerate(_lines(path, name), 1):
        given = formulas.pop(number, {})
        cells = [cell if n not in given else "" for n, cell in enumerate(cells, 1)]
        yield SheetRow(number, cells, given, merged, _forms(cells, kinds, formats.at(number)))
    for number in sorted(formulas):
        yield SheetRow(number, [], formulas[number])


def _forms(cells: list[str], kinds: dict[str, str], formats: Forms) -> Forms:
    """The formats of a row's cells: as the workbook tells them, else what the reader of sheets took a cell for. None of a
    cell that is shown as it is read."""
    told = {**{int(column): kind for column, kind in kinds.items()}, **formats}
    held = {column: form for column, form in told.items() if column <= len(cells) and cells[column - 1]}
    return {
        n: form for n, form in held.items() if is_general(form) or shown(cells[n - 1], form) != cells[n - 1]
    }


def _lines(path: Path, *sheet: str) -> Iterator[Any]:
    """What the child tells of a workbook. Raises `UnreadableInput` where it refuses, or does not come to its end."""
    _require_workbook(path)
    command = [sys.executable, "-m", _CHILD, str(path.absolute()), *sheet]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as child:  # fmt: skip
        try:
            for line in child.stdout or ():
                told = msgspec.json.decode(line)
                if isinstance(told, dict):
                    raise UnreadableInput(f"is no workbook with this sheet: {told['refused']}", place=str(path),
                                          remedy="check the file and input.sheet")  # fmt: skip
                yield told
            if child.wait():
                raise UnreadableInput("is damaged, or has cells so far off that the sheet takes too much memory",
                                      place=str(path), remedy="save the sheet as CSV")  # fmt: skip
        except msgspec.DecodeError as error:
            raise UnreadableInput("ends early", place=str(path), remedy="save it as CSV") from error
        finally:
            child.kill()


def _require_workbook(path: Path) -> None:
    """Raises `UnreadableInput` for a workbook that would expand too far, and for a kind whose formulas cannot be
    looked at."""
    if not path.is_file():
        raise UnreadableInput("no such file", place=str(path), remedy="check the path")
    try:
        if not zipfile.is_zipfile(path):
            return
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except DAMAGES as error:
        raise UnreadableInput(
            f"cannot be opened: {error}", place=str(path), remedy="save it as CSV"
        ) from error
    if sum(member.file_size for member in members) > EXPANDED:
        raise UnreadableInput("would expand beyond the limit", place=str(path), remedy="save it as CSV")
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise UnreadableInput("is a workbook of another kind", place=str(path), remedy="save it as XLSX")
