"""What a person at a terminal sees."""

import io
from typing import Any

import pytest
from rich.console import Console

from ipregister.commands.printing import Lines, cell, lines, table
from ipregister.model.errors import NotFound

ROW = {"number": 36, "office": "LA", "name": "LA.20260630_01.zip", "extracted": "2026-06-30#00001", "state": "done",
       "in": 74, "quarantined": 1, "findings": 37, "delivery": "4007e3c388bea94e" * 4}  # fmt: skip


def printed(rows: list[dict[str, Any]], width: int) -> list[str]:
    """The lines of a table with all columns that fit."""
    console = Console(file=io.StringIO(), width=width)
    console.print(table(rows, tuple(ROW), width))
    out = console.file
    assert isinstance(out, io.StringIO)
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_columns_that_do_not_fit_are_left_out(width: int) -> None:
    head, _, *lines = printed([ROW, ROW | {"number": 5}], width)
    assert all(len(line) <= width for line in [head, *lines])
    assert len(lines) == 2
    assert "LA.20260630_01.zip" in lines[0]
    assert ("2026-06-30" in lines[0]) == (width >= 80)
    assert ("4007e3c388be" in lines[0]) == (width == 120)
    assert "4007e3c388bea" not in lines[0]


def test_a_long_value_is_wrapped_not_cut() -> None:
    lines = printed([ROW | {"name": "a" * 50}], 80)
    assert sum(line.count("a" * 10) for line in lines) >= 4


def test_delivered_text_is_no_markup_and_steers_no_terminal() -> None:
    assert "[/bold] \\x1b[2J" in "".join(printed([ROW | {"name": "[/bold] \x1b[2J"}], 80))


def test_values_as_a_person_reads_them() -> None:
    assert cell(None) == ""
    assert cell(["a", "b"]) == "a, b"
    assert cell({"a": [1]}) == '{\n  "a": [\n    1\n  ]\n}'


def test_an_error_is_a_sentence() -> None:
    assert str(NotFound("no record '9'", remedy="check it")) == "no record '9'. What to do: check it"
    assert str(NotFound("Gone.", place="a.zip", remedy="check it")) == "a.zip: Gone. What to do: check it"


@pytest.mark.parametrize(("width", "is_table"), [(40, False), (80, False), (200, True)])
def test_what_is_to_be_seen_whole_is_a_list_where_there_is_no_room(
    width: int, is_table: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    rows = Lines(False, "What was found", tuple(ROW), whole=True)
    rows.add(ROW)
    rows.end()
    told = capsys.readouterr().out
    assert all(name in told for name in ROW)
    assert (len(told.splitlines()) < 8) == is_table
    assert ("4007e3c388bea" in told) == (not is_table)


def test_what_is_told_has_left_the_process_before_the_command_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pipe = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BufferedWriter(pipe, 8192), encoding="utf-8"))
    with lines(as_json=True) as out:
        out.add(ROW)
    assert b"LA.20260630_01.zip" in pipe.getvalue()
