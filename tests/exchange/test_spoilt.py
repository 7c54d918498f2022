"""Cells of which a spreadsheet program has made something else than was typed: told, and never loaded as that."""

import json
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ipregister.capture import looking, mapped
from ipregister.exchange import loss
from ipregister.exchange.mapped import mapping, rows, workbooks
from ipregister.exchange.mapped.drafting import mapping_text
from ipregister.exchange.mapped.proposing import proposals
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.design import Design
from ipregister.model.errors import UnreadableInput
from ipregister.model.evidence import Reading
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.model.publicity import is_deferred

LA = office("LA")
FIELDS = {"No": "application_number", "Filed": "application_date", "Mark": "mark/verbal", "Class": "goods/*/class_number",
          "Reg": "registration_number", "Status": "office_status"}  # fmt: skip
DAY, MONTH, PERCENT = 45968, "mmm-yy", "0%"
FILED = (45523, "d/m/yyyy")


def told(fields: dict[str, str], head: str = "", tail: str = "") -> mapping.Mapping:
    lines = [f'office = "LA"\ndates = "iso"\n[input]\nkind = "xlsx"\nsheet = "Marks"\n{head}']
    lines += [
        f'[[field]]\nfrom = "{name}"\nto = "{place}"\n{tail if name == "Status" else ""}'
        for name, place in fields.items()
    ]
    return mapping.load("\n".join(lines).encode(), "x")


PLAIN = told(FIELDS)
Value = Any


def workbook(path: Path, *table: Sequence[Value]) -> Path:
    """A workbook with a heading and rows; a pair is a number and its format."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Marks")
    sheet.write_row(0, 0, list(FIELDS))
    for row, values in enumerate(table, 1):
        for column, value in enumerate(values):
            if isinstance(value, tuple):
                sheet.write_number(row, column, value[0], book.add_format({"num_format": value[1]}))
            elif value is not None:
                sheet.write(row, column, value)
    book.close()
    return path


def readings(path: Path, under: mapping.Mapping = PLAIN) -> list[Reading]:
    """The readings of a workbook's rows, none of which loses a text."""
    reader = MappedReader(under, LA)
    found = []
    for line in rows.lines_of(path, under.input, under):
        found.append(reader.read(line.rstrip(b"\n")))
        if found[-1].record is not None:
            lost = loss.check(line.rstrip(b"\n"), found[-1], LA)
            assert (lost.lost, lost.broken) == ((), ())
    return found


def read(tmp_path: Path, *values: Value, under: mapping.Mapping = PLAIN) -> tuple[Trademark, Reading]:
    """The record of a row, with its reading."""
    (reading,) = readings(workbook(tmp_path / "t.xlsx", values), under)
    assert isinstance(reading.record, Trademark)
    return reading.record, reading


MADE = [((DAY, "d-mmm"), "2025-11-07", "d-mmm"), (True, "true", "TRUE/FALSE"), ((0.3125, "h:mm"), "07:30:00", "h:mm"),
        ((99, '"$"#,##0.00'), "99", '"$"#,##0.00'), ((0.5, "# ?/?"), "0.5", "# ?/?"), ((100000, "0.00E+00"), "100000", "0.00E+00"),
        ((1000, "#,##0"), "1000", "#,##0"), ((0.125, PERCENT), "0.125", PERCENT), ((30, "[h]:mm:ss"), None, "[h]:mm:ss"),
        (1234567890123456, "1.23456789012346E+15", "0.00000000000000E+00")]  # fmt: skip


@pytest.mark.parametrize(("value", "raw", "form"), MADE)
def test_a_text_that_is_none_any_more_is_kept_and_told(
    tmp_path: Path, value: Value, raw: str | None, form: str
) -> None:
    record, reading = read(tmp_path, "A1", FILED, value, 5)
    assert record.application_date == "2024-08-19"
    assert record.mark is None or not record.mark.verbal
    (one,) = [finding for finding in reading.findings if finding.code == "spreadsheet-made"]
    assert (one.severity, one.path, one.arguments) == ("error", "/mark/verbal", {"form": form})
    assert [(kept.field, kept.text, kept.reason) for kept in record.kept] == [
        ("/mark/verbal", one.value, "spreadsheet-made")
    ]
    assert raw is None or one.value == raw
    assert reading.evidence["/kept/0/text"] == "2:3"


@pytest.mark.parametrize(("value", "text", "form"), [((1, PERCENT), "100%", PERCENT), ((7, "000"), "007", "000"),
                                                     ((12, '"No. "0'), "No. 12", '"No. "0')])  # fmt: skip
def test_what_the_cell_surely_showed_is_read_by_a_named_repair(
    tmp_path: Path, value: Value, text: str, form: str
) -> None:
    record, reading = read(tmp_path, "A1", FILED, value, 5, "12345", "Registered")
    assert record.mark is not None
    assert [one.text for one in record.mark.verbal] == [text]
    assert reading.evidence["/mark/verbal/0/text"] == ("2:3", f"shown:{form}")
    assert not reading.findings


@pytest.mark.parametrize(
    ("value", "number"),
    [(12345, "12345"), ((12345, "#,##0"), "12345"), ((12345, "0"), "12345"), ((5, "dd/mm/yyyy"), "5"), ((123, "00000"), "00123"),
     ((12024, r"0000\/0"), "1202/4"), ((123, "[Red]00000"), "00123"), ((123, "[$-41E]00000"), "00123"), ((123, "* 00000"), "00123"),
     ((12345, "[$-D000000]0"), "12345")],
)  # fmt: skip
def test_whole_numbers_stay_numbers(tmp_path: Path, value: Value, number: str) -> None:
    record, reading = read(tmp_path, value, None, "NAGA", 5)
    assert record.application_number == number
    assert not reading.findings


@pytest.mark.parametrize(("value", "shown"), [((45352, MONTH), "2024-03-01 (mmm-yy)"), (2024.1, "2024.1 (General)"),
                                              (True, "true (TRUE/FALSE)"), ((123, "[<999]00000"), "123 ([<999]00000)"),
                                              ((123, "0,000"), "123 (0,000)"), ((123, "[$฿-41E]0"), "123 ([$฿-41E]0)"), ((20240, "0.00E+00"), "20240 (0.00E+00)")])  # fmt: skip
@pytest.mark.parametrize("registered", [None, "R/7"])
def test_a_record_whose_number_was_made_something_else_is_held(
    tmp_path: Path, value: Value, shown: str, registered: str | None
) -> None:
    (reading,) = readings(workbook(tmp_path / "t.xlsx", [value, FILED, "NAGA", 5, registered]))
    assert (reading.refusal, reading.refusal_detail) == ("spreadsheet-made-number", shown)


def test_another_number_is_kept_and_the_record_loaded(tmp_path: Path) -> None:
    record, reading = read(tmp_path, 12345, None, "NAGA", 5, (45292, MONTH))
    assert (record.application_number, record.registration_number) == ("12345", "")
    assert [(one.code, one.path) for one in reading.findings] == [
        ("spreadsheet-made", "/registration_number")
    ]


def test_a_class_is_a_number_and_no_day(tmp_path: Path) -> None:
    given = [
        (25, '"Class "0'),
        (35, "0.00"),
        (5, "dd/mm/yyyy"),
        (45546, "d-mmm"),
        (0.05, PERCENT),
        (5, PERCENT),
        25.5,
    ]
    path = workbook(tmp_path / "t.xlsx", *(["A1", None, "NAGA", one] for one in given))
    found = [[one.class_number for one in reading.record.goods] if isinstance(reading.record, Trademark) else None
             for reading in readings(path)]  # fmt: skip
    assert found == [[25], [35], [5], [], [], [], []]


@pytest.mark.parametrize(
    "form", ['"Class "0', '"จำพวก "0', '0"."', '[Red]"Class "00', "00", "00.0", "[$-41E]0", "0_)"]
)
@pytest.mark.parametrize("grouped", ["", 'group = ["No"]'])
def test_a_class_is_read_as_its_cell_surely_shows_it(tmp_path: Path, form: str, grouped: str) -> None:
    record, reading = read(tmp_path, "A1", FILED, "NAGA", (9, form), under=told(FIELDS, head=grouped))
    assert [one.class_number for one in record.goods] == [9]
    assert not reading.findings


def test_a_table_of_the_mapping_may_say_what_a_value_means(tmp_path: Path) -> None:
    under = told(FIELDS, tail='codes = "status"\n[codes.status]\n"true" = "Registered"\n')
    record, _ = read(tmp_path, "A1", None, "NAGA", 5, None, True, under=under)
    assert record.office_status == "Registered"
    record, reading = read(tmp_path, "A1", None, "NAGA", 5, None, False, under=under)
    assert record.office_status == ""
    assert "spreadsheet-made" in {one.code for one in reading.findings}


def test_rows_of_a_number_that_was_made_something_else_are_no_record(tmp_path: Path) -> None:
    under = told(FIELDS, head='group = ["No"]')
    march = (45352, MONTH)
    path = workbook(tmp_path / "t.xlsx", ["A1", None, "NAGA", 5], [march, None, "CHAMPA", 5], [march, None, "CHAMPA", 9],
                    ["A2", None, "DOK", 5], ["A3", None, "XANG", 5])  # fmt: skip
    mapped.pack_file(path, under, b"", tmp_path / "t.zip")
    reader = MappedReader(under, LA)
    read = [reader.read(line.rstrip(b"\n")) for line in mapped.rows_in(tmp_path / "t.zip")]
    assert [one.refusal for one in read] == ["beside-unread", *["beside-unread"] * 2, "beside-unread", ""]
    assert "spreadsheet-made-number: 2024-03-01 (mmm-yy)" in read[1].refusal_detail


def test_days_in_columns_of_days_tell_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ["A1", (45523, "d/m/yyyy"), "NAGA", 5])
    (line,) = rows.lines_of(path, PLAIN.input, PLAIN)
    assert "$forms" not in json.loads(line)
    (line,) = rows.lines_of(path, PLAIN.input)
    assert json.loads(line)["$forms"] == {"2 Filed": "d/m/yyyy"}


PARTS = [
    ("mmm-yy", "2024-08"),
    ("yyyy", "2024"),
    ("mm/yyyy", "2024-08"),
    (17, "2024-08"),
    ("[$-41E]mmmm yyyy", "2024-08"),
]


@pytest.mark.parametrize(("form", "iso"), PARTS)
def test_of_a_day_no_more_is_read_than_its_cell_shows(tmp_path: Path, form: str | int, iso: str) -> None:
    record, reading = read(tmp_path, "A1", (45523, form), "NAGA", 5)
    assert record.application_date == iso
    said = "mmm-yy" if form == 17 else form
    assert reading.evidence["/application_date"] == ("2:2", f"shown:{said}")
    assert not reading.findings


@pytest.mark.parametrize(
    ("form", "iso"), [("mmm-yy", "2024-08"), ("yyyy", "2024"), ("dd/mm/yyyy", "2024-08-19")]
)
def test_a_thai_year_is_read_in_a_month_or_year_too(tmp_path: Path, form: str, iso: str) -> None:
    record, reading = read(tmp_path, "A1", (243849, form), "NAGA", 5)
    assert record.application_date == iso
    assert reading.evidence["/application_date"] == (
        "2:2",
        *([f"shown:{form}"] if form != "dd/mm/yyyy" else []),
        "era",
    )


@pytest.mark.parametrize(("number", "form"), [(212984, "mmm-yy"), (212074, "yyyy")])
def test_a_thai_month_or_year_of_which_nobody_can_say_when_it_was(
    tmp_path: Path, number: int, form: str
) -> None:
    record, reading = read(tmp_path, "A1", (number, form), "NAGA", 5)
    assert record.application_date is None
    assert [(kept.field, kept.reason) for kept in record.kept] == [("/application_date", "not-a-date")]
    assert "not-a-date" in {one.code for one in reading.findings}


@pytest.mark.parametrize("form", ["d-mmm", "dd/mm", "dddd", "mmmm", "h:mm", 16, "yyyy dd"])
def test_a_day_whose_cell_shows_no_year_is_kept_and_told(tmp_path: Path, form: str | int) -> None:
    record, reading = read(tmp_path, "A1", (45523, form), "NAGA", 5)
    assert record.application_date is None
    (one,) = reading.findings
    assert (one.code, one.severity, one.path) == ("spreadsheet-made", "error", "/application_date")
    assert [(kept.text, kept.reason) for kept in record.kept] == [("2024-08-19", "spreadsheet-made")]


@pytest.mark.parametrize(
    "form", ["dddd, d mmmm yyyy", "yyyy-mm-dd hh:mm", "[$-404]e/m/d", 14, 22, 58, "TT.MM.JJJJ"]
)
def test_a_day_that_is_shown_whole_or_in_a_way_nobody_knows_is_that_day(
    tmp_path: Path, form: str | int
) -> None:
    record, reading = read(tmp_path, "A1", (45523, form), "NAGA", 5)
    assert (record.application_date, reading.evidence["/application_date"]) == ("2024-08-19", "2:2")
    assert not reading.findings


def test_a_deferment_whose_cell_shows_no_year_stays_closed(tmp_path: Path) -> None:
    under = mapping.load(b"""office = "LA"
right = "design"
dates = "iso"
[input]
kind = "xlsx"
sheet = "Marks"
[[field]]
from = "No"
to = "application_number"
[[field]]
from = "Filed"
to = "deferred_until"
""", "x")  # fmt: skip
    (reading,) = readings(workbook(tmp_path / "t.xlsx", ["A1", (45523, "d-mmm")]), under)
    assert isinstance(reading.record, Design)
    assert is_deferred(reading.record)


def test_a_day_that_is_written_as_text_of_a_cell_has_the_format_of_its_style(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ["A1", (45523, MONTH), "NAGA", 5])
    other = changed(path, SHEET, (r'(<c r="B2" s="[0-9]+")><v>45523', r'\1 t="d"><v>2024-08-19'))
    (reading,) = readings(other)
    assert isinstance(reading.record, Trademark)
    assert reading.record.application_date == "2024-08"


def test_a_new_mapping_says_which_days_are_not_shown_whole(tmp_path: Path) -> None:
    table = [[f"A/{n}/2024", (45523 + n, "d/m/yyyy"), "NAGA", 5] for n in range(5)]
    path = workbook(tmp_path / "t.xlsx", *table, ["A/9/2024", (45523, MONTH), "DOK", 5])
    found = proposals(looking.look(path, looking.told_of(path)), "trademark")
    assert {one.column.name: one.made for one in found if one.made} == {
        "Filed": "cells with days without a day or a year: 1 (mmm-yy)"
    }


def test_a_new_mapping_says_which_columns_have_such_cells(tmp_path: Path) -> None:
    table = [[f"A/{n}/2024", (45523 + n, "d/m/yyyy"), "NAGA", 5] for n in range(5)]
    path = workbook(
        tmp_path / "t.xlsx", *table, ["A/9/2024", FILED, (DAY, "d-mmm"), 5], ["A/8/2024", FILED, True, 5]
    )
    seen = looking.look(path, looking.told_of(path))
    found = proposals(seen, "trademark")
    assert {one.column.name: one.made for one in found if one.made} == {
        "Mark": "cells with a day, a truth value or another quantity: 2 (d-mmm, TRUE/FALSE)"
    }
    assert (
        mapping_text("LA", "trademark", PLAIN.input, seen, found, "t.xlsx").count("# LOOK: cells with a day")
        == 1
    )


def changed(path: Path, member: str, *changes: tuple[str, str]) -> Path:
    """A workbook with a member that was written in another way."""
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == member:
                for pattern, better in changes:
                    text, count = re.subn(pattern.encode(), better.encode(), text)
                    assert count
            new.writestr(name, text)
    return other


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "changes",
    [[(r' r="[0-9]+"', "")], [(r' r="[A-Z]+[0-9]+"', "")], [(r' r="[A-Z]*[0-9]+"', "")], [(r'"', "'")],
     [(r"<(/?)(worksheet|sheetData|row|c|v)\b", r"<\1x:\2"), (r"xmlns=", "xmlns:x=")]],
)  # fmt: skip
def test_a_sheet_may_be_written_in_many_ways(tmp_path: Path, changes: list[tuple[str, str]]) -> None:
    path = workbook(tmp_path / "t.xlsx", ["A1", "x", (DAY, "d-mmm"), 5], ["A2", "x", (1, PERCENT), 5])
    other = changed(path, SHEET, *changes)
    assert [row.forms for row in workbooks.rows_of(other, "Marks")] == [{}, {3: "d-mmm"}, {3: PERCENT}]


def test_rows_out_of_their_order_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ["A1", None, (DAY, "d-mmm"), 5], ["A2", None, "B", 5])
    other = changed(path, SHEET, (r'<row r="3"', '<row r="1"'))
    with pytest.raises(UnreadableInput, match="row 1 stands after row 2"):
        list(workbooks.rows_of(other, "Marks"))


def test_a_style_cut_by_the_end_of_a_chunk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from ipregister.exchange.mapped import forms

    path = workbook(tmp_path / "t.xlsx", ["A1", None, (1, PERCENT), 5])
    for chunk in range(65, 130):
        monkeypatch.setattr(forms, "CHUNK", chunk)
        assert dict(forms.forms_of(path, "Marks")) == {2: {3: PERCENT}}


def test_a_workbook_without_formats_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ["A1", None, (DAY, "d-mmm"), True])
    other = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    assert [row.forms for row in workbooks.rows_of(other, "Marks")][1] == {4: "TRUE/FALSE"}


def test_a_day_in_a_text_cell_is_a_text(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet("Marks")
    sheet.write_row(0, 0, list(FIELDS))
    sheet.write_row(1, 0, [12345, "2024-08-19"])
    sheet.write_string(1, 2, "7-11", book.add_format({"num_format": "d-mmm"}))
    sheet.write_datetime(1, 4, datetime(2024, 3, 1), book.add_format({"num_format": MONTH}))
    book.close()
    (reading,) = readings(tmp_path / "t.xlsx")
    assert isinstance(reading.record, Trademark)
    assert reading.record.mark is not None
    assert reading.record.mark.verbal[0].text == "7-11"
