"""Rows of text one column off: seen by what the other rows of the table hold in each column."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.shifted import TABLES, Counts, counts_of, narrow, wide
from ipregister.exchange.mapped import mapping, rows
from ipregister.exchange.mapped.habits import shape_of
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.offices import office

HEADINGS = ["No", "Mark", "Owner", "Remark"]


def table(path: Path, lines: Sequence[Sequence[str]], heading: Sequence[str] = HEADINGS) -> Path:
    text = "\n".join(";".join(line) for line in (heading, *lines))
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def wrong_in(path: Path, **told: object) -> dict[int, str]:
    """The rows that are held, by their number, with the reason."""
    found = [json.loads(one) for one in rows.lines_of(path, Input("csv", delimiter=";", **told))]  # type: ignore[arg-type]
    return {one["$row"]: one["$wrong"] for one in found if "$wrong" in one}


def of_texts(count: int) -> list[list[str]]:
    dice = random.Random(7)
    return [narrow(dice, number) for number in range(count)]


def test_a_row_of_texts_with_an_empty_cell_too_many_is_held(tmp_path: Path) -> None:
    lines = of_texts(100)
    lines[20] = [lines[20][0], "", *lines[20][1:3]]
    lines[30] = [*lines[30][1:], ""]
    assert wrong_in(table(tmp_path / "t.csv", lines)) == {
        22: "shifted-row: +1: 2-4",
        32: "shifted-row: -1: 1-3",
    }
    assert not wrong_in(table(tmp_path / "t.csv", of_texts(100)))


def test_a_held_row_is_refused_by_the_reader_and_let_in_where_it_was_looked_at(tmp_path: Path) -> None:
    lines = of_texts(40)
    lines[20] = [lines[20][0], "", *lines[20][1:3]]
    path = table(tmp_path / "t.csv", lines)
    text = 'office = "LA"\n[[field]]\nfrom = "No"\nto = "application_number"\n[input]\nin_place = [22]\n'
    chosen = mapping.load(text.encode(), "x")
    reader = MappedReader(mapping.load(text.replace("[22]", "[]").encode(), "x"), office("LA"))
    held = [
        reader.read(one.rstrip(b"\n")).refusal for one in rows.lines_of(path, Input("csv", delimiter=";"))
    ]
    assert held[20] == "shifted-row"
    assert not any(held[:20] + held[21:])
    assert not wrong_in(path, in_place=chosen.input.in_place)


def test_a_row_that_a_person_looked_at_is_let_in_though_its_cells_do_not_fit(tmp_path: Path) -> None:
    text = b"""office = "LA"
dates = "dmy"
[input]
in_place = [3]
[[field]]
from = "Filed"
to = "application_date"
[[field]]
from = "Class"
to = "goods/*/class_number"
"""
    reader = MappedReader(mapping.load(text, "x"), office("LA"))
    path = table(tmp_path / "t.csv", [["", "31/12/2020", "9"]] * 2, ["Filed", "Class", "Remark"])
    found = [reader.read(one.rstrip(b"\n")) for one in rows.lines_of(path, Input("csv", delimiter=";"))]
    assert [one.refusal for one in found] == ["shifted-row", ""]


@pytest.mark.parametrize(("name", "least"), [("wide", 0.85), ("narrow", 0.75), ("lao", 0.9)])
def test_most_shifted_rows_are_held_and_none_in_vain(name: str, least: float) -> None:
    dice = random.Random(3)
    lines = [TABLES[name](dice, number) for number in range(1000)]
    found = counts_of(lines, 20, dice)
    assert found.in_vain == 0
    assert found.held >= least * found.shifted > 0


def test_a_cell_too_many_with_nothing_in_the_last_one(tmp_path: Path) -> None:
    """A comma inside of a text: the row has a cell more than all others, and its last one is empty."""
    lines = of_texts(20)
    lines[4] = [lines[4][0], "KAFE", " TAIS", lines[4][2], ""]
    path = table(tmp_path / "t.csv", lines)
    assert wrong_in(path) == {6: "row-shape: 5 cells under 4 headings"}
    assert not wrong_in(path, in_place=(6,))
    spare = [[*line, ""] for line in of_texts(20)]
    assert not wrong_in(table(tmp_path / "t.csv", spare))


def test_rows_unlike_the_others_that_are_not_shifted(tmp_path: Path) -> None:
    """Marks of pictures alone, a number of another series, a remark, an owner in another script: all in their places."""
    lines = of_texts(60)
    lines[3][1] = ""
    lines[9][0] = "M/1998/77"
    lines[14][3] = "publication asked for in two languages, see the letter of the agent"
    lines[21] = ["", *lines[21][1:]]
    lines[33][2] = "ບໍລິສັດ ຈຳປາ ຈຳກັດ"
    lines[40] = ["77", "", "", ""]
    assert not wrong_in(table(tmp_path / "t.csv", lines))


def test_few_rows_have_no_habits(tmp_path: Path) -> None:
    assert not wrong_in(table(tmp_path / "t.csv", [["1", "A", "B", ""], ["2", "", "A", "B"]]))


def test_a_table_longer_than_what_is_read_ahead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ipregister.exchange.mapped.others.AHEAD", 50)
    dice = random.Random(5)
    lines = [wide(dice, number) for number in range(300)]
    lines[250] = [*lines[250][:1], "", *lines[250][1:-1]]
    path = table(tmp_path / "t.csv", lines, "No Mark Owner Address Goods Status Agent Notes".split())
    found = [json.loads(one) for one in rows.lines_of(path, Input("csv", delimiter=";"))]
    assert [one["$row"] for one in found] == list(range(2, 302))
    assert [one["$row"] for one in found if "$wrong" in one] == [252]


@pytest.mark.parametrize(
    ("text", "shape"),
    [("", ""), ("TL/2024/17", "l/9/9"), ("0012", "9*4"), ("KAFE", "lA:3"), ("Kafe, Lda.", "lT,:4"), ("Kafe of the hill", "la:5"), ("ຈຳປາ", "\u011da:3"),
     ("12 Rua A", "9 l l"), ("12 Rua A, Dili", "lT9,:4"), ("银行", "za:2")],
)  # fmt: skip
def test_the_shape_of_a_text(text: str, shape: str) -> None:
    assert shape_of(text) == shape


def test_the_measure_counts_only_rows_in_which_a_text_moved() -> None:
    empty = [["1", "", "", ""]] * 6
    assert counts_of(empty, 6, random.Random(1)) == Counts(6, 0, 0, 0, 0, 0)
