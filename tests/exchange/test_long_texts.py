"""Texts of any length in a workbook: none is cut, and none gets what is another's."""

import json
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ipregister.capture import looking
from ipregister.commands.readings import read_back
from ipregister.exchange import formats, table
from ipregister.exchange.json import records
from ipregister.exchange.mapped import rows, workbooks
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.sheets import rows_in
from ipregister.exchange.trip import follow
from ipregister.model import sheets
from ipregister.model.errors import NotWritten
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.model.text import Text

LA = office("LA")

LONG = "ก𝄞x" * 30_000
HEADING = ["No", "Mark", "Goods"]


def _read(path: Path) -> list[list[str]]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    return [cells for cells, *_ in rows_in(book, "records")][1:]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 32_767, "a" * 32_768, LONG, " \n" + "b" * 40_000 + "\r\n ", "𝄞" * 16_383 + "a", "𝄞" * 16_384 + "a", "c" * 200_000,
        "a [… continued 1]", "[… continued 1]", " [… continued 12] ", "_x0041_" * 9_000, "\ta\x01" * 20_000, "=1" * 20_000,
    ],
)  # fmt: skip
def test_a_text_of_any_length_comes_back(tmp_path: Path, text: str) -> None:
    table.workbook(tmp_path / "t.xlsx", HEADING, [["1", text, "b"], ["2", "", text], ["3", "x", ""]])
    assert [[*cells, ""][:3] for cells in _read(tmp_path / "t.xlsx")] == [
        ["1", text, "b"],
        ["2", "", text],
        ["3", "x", ""],
    ]


@given(
    texts=st.lists(st.text(st.sampled_from("a𝄞 ก"), min_size=1, max_size=9), min_size=1, max_size=4),
    times=st.integers(1, 9000),
)
@settings(max_examples=15)
def test_any_texts_come_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str], times: int) -> None:
    path = tmp_path_factory.mktemp("t") / "t.xlsx"
    made = [[str(n), text * times + text] for n, text in enumerate(texts)]
    table.workbook(path, HEADING[:2], made)
    assert _read(path) == made


def test_no_cell_is_longer_than_a_spreadsheet_allows(tmp_path: Path) -> None:
    table.workbook(tmp_path / "t.xlsx", HEADING, [["1", LONG, LONG]])
    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "t.xlsx")
    cells = [
        str(cell)
        for name in ("records", sheets.CONTINUED)
        for row in book.get_sheet_by_name(name).iter_rows()
        for cell in row
    ]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) == sheets.CELL
    assert [cell[-16:] for cell in cells if "…" in cell] == [" [… continued 1]", " [… continued 2]"]
    assert [row.cells for row in workbooks.rows_of(tmp_path / "t.xlsx", "records")][1] == ["1", LONG, LONG]


def test_rows_that_a_person_has_sorted_or_taken_out_keep_their_texts(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    first, second, third = ("x" * 40_000, "y" * 70_000, "z" * 50_000)
    table.workbook(tmp_path / "made.xlsx", HEADING[:2], [["1", first], ["2", second], ["3", third]])
    raw = {"1": f"{'x' * 32_751} [… continued 1]", "3": f"{'z' * 32_751} [… continued 3]"}
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, more = book.add_worksheet("records"), book.add_worksheet("continued")
        sheet.write_row(0, 0, HEADING[:2])
        for row, number in enumerate(("3", "1"), 1):
            sheet.write_row(row, 0, [number, raw[number]])
        more.write_row(0, 0, ["number", "text"])
        for row, part in enumerate(((1, "x" * 7_249), (3, "z" * 17_249)), 1):
            more.write_row(row, 0, part)
    assert _read(path) == [["3", third], ["1", first]]
    assert _read(tmp_path / "made.xlsx")[1] == ["2", second]


def test_a_sheet_of_others_with_that_name_is_their_own(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
        sheet, more = book.add_worksheet("records"), book.add_worksheet("continued")
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ["1", "a [… continued 1]", "b"])
        more.write_row(0, 0, ["No", "Mark"])
        more.write_row(1, 0, [1, "c"])
    assert _read(tmp_path / "t.xlsx") == [["1", "a [… continued 1]", "b"]]
    assert workbooks.names_of(tmp_path / "t.xlsx") == ["records", "continued"]


def test_what_had_no_room_is_no_sheet_to_map(tmp_path: Path) -> None:
    table.workbook(tmp_path / "t.xlsx", HEADING, [["1", LONG, "b"]])
    told = looking.told_of(tmp_path / "t.xlsx")
    assert (told.sheet, looking.hidden_in(tmp_path / "t.xlsx", told)) == ("records", "")


def test_a_text_whose_rest_is_not_at_hand_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("No,Mark,Goods\n1,a [… continued 7],b\n2,a,b\n", encoding="utf-8")
    wrong = [json.loads(line).get("$wrong", "") for line in rows.lines_of(path, Input())]
    assert wrong == ["cut-cell: Mark, continued 7", ""]


def test_a_sheet_has_so_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS", 4)
    assert table.workbook(tmp_path / "t.xlsx", HEADING, [["1"]] * 3) == 3
    with pytest.raises(NotWritten, match="4 rows"):
        table.workbook(tmp_path / "t.xlsx", HEADING, [["1"]] * 4)
    with pytest.raises(NotWritten, match="4 rows"):
        table.workbook(tmp_path / "t.xlsx", HEADING, [["1", "a" * 150_000]])


def _mark(text: str) -> bytes:
    record = Trademark(office="LA", application_number="1", goods_unclassified=(Text(text),))
    (line,) = formats.write("jsonl", (formats.Item("la-tm-1", record, LA),))
    return line.encode()


@pytest.mark.parametrize("to", ["xlsx", "csv"])
def test_what_has_no_room_in_a_cell_is_no_loss(to: str) -> None:
    raw = _mark("rice; " * 20_000 + "=end")
    assert follow(raw, records.read(raw, LA), LA, to, read_back).missing == ()


def test_a_workbook_that_cuts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(self: sheets.Texts, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        sheet.write_string(row, column, text[: sheets.CELL], form)

    monkeypatch.setattr(sheets.Texts, "write", cut)
    raw = _mark("rice; " * 20_000 + "end")
    trip = follow(raw, records.read(raw, LA), LA, "xlsx", read_back)
    assert (trip.source - trip.out, [len(text) for text in trip.missing]) == (1, [120_003])
