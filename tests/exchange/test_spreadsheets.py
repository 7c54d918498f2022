"""Tables as offices really keep them: what a spreadsheet does to dates and numbers, headings of two rows, merged cells."""

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ipregister.capture import looking
from ipregister.exchange import loss
from ipregister.exchange.mapped import mapping, rows, workbooks
from ipregister.exchange.mapped.drafting import mapping_text
from ipregister.exchange.mapped.heads import head_of, names_of, no_record
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.proposing import proposals
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.evidence import Reading
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from tests.exchange.mapped_fields import CLASSES, MARKS, fields
from tests.sparing import few

LA = office("LA")
MAPPING = 'office = "LA"\ndates = "{dates}"\n' + fields(MARKS | {"Class": CLASSES})


def reader(dates: str) -> MappedReader:
    """The reader of the tables here, whose dates have this form."""
    return MappedReader(mapping.load(MAPPING.format(dates=dates).encode(), "x"), LA)


READER = reader("dmy")
HEADINGS = ["No", "Filed", "Mark", "Class"]


class Book:
    """A workbook in the making: cells by `sheet`, then `lines` as it is read."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.path = path
        self.book = xlsxwriter.Workbook(str(path), options)
        self.sheet = self.book.add_worksheet("Marks")
        self.day = self.book.add_format({"num_format": "dd/mm/yyyy"})

    def told(self) -> Input:
        self.book.close()
        return looking.told_of(self.path)

    def lines(self) -> list[dict[str, Any]]:
        told = self.told()
        return [json.loads(one) for one in rows.lines_of(self.path, told)]


def read(line: dict[str, Any]) -> Reading:
    raw = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()
    reading = READER.read(raw)
    if reading.record is not None:
        found = loss.check(raw, reading, LA)
        assert (found.lost, found.broken) == ((), ())
    return reading


SERIALS = {
    1: ("1", "1904-01-02"), 31: ("31", "1904-02-01"), 58: ("58", "1904-02-28"), 59: ("59 or 60", "1904-02-29"),
    60: ("59 or 60", "1904-03-01"), 61: ("1900-03-01", "1904-03-02"), 42599: ("2016-08-17", "2020-08-18"),
    42599.5: ("2016-08-17 12:00:00", "2020-08-18 12:00:00"), 0: ("00:00:00", "00:00:00"),
}  # fmt: skip
"""The serial number of a day, and the day that it is in a workbook that counts from 1900 and from 1904."""


@pytest.mark.parametrize("date_1904", [False, True])
def test_the_serial_number_of_a_day(tmp_path: Path, date_1904: bool) -> None:
    book = Book(tmp_path / "t.xlsx", date_1904=date_1904)
    book.sheet.write_row(0, 0, HEADINGS)
    for row, serial in enumerate(SERIALS, 1):
        book.sheet.write_row(row, 0, [f"A{row}", "", "NAGA", 5])
        book.sheet.write_number(row, 1, serial, book.day)
    for line, expected in zip(book.lines(), SERIALS.values(), strict=True):
        day = expected[date_1904]
        assert line["$cells"]["2 Filed"] == day
        assert [finding.code for finding in read(line).findings] == ([] if len(day) >= 10 else ["not-a-date"])


def _filed(dates: str, line: dict[str, Any]) -> tuple[str | None, list[str]]:
    """The day of filing in a line, and the codes of its findings."""
    reading = reader(dates).read(json.dumps(line).encode())
    assert reading.record is not None
    return reading.record.application_date, [finding.code for finding in reading.findings]


def test_a_day_without_the_form_of_a_date_is_told_and_can_be_read(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, HEADINGS)
    book.sheet.write_row(1, 0, ["A1", 45523, "NAGA", 5])
    book.sheet.write_row(2, 0, ["A2", "", "CHAMPA", 5])
    book.sheet.write_number(2, 1, 45523, book.day)
    book.sheet.write_row(3, 0, ["A3", 12, "CHAMPA", 5])
    plain, dated, odd = book.lines()
    for form, found in (("iso", [(None, ["serial-day"]), ("2024-08-19", []), (None, ["not-a-date"])]),
                        ("serial", [("2024-08-19", []), ("2024-08-19", []), (None, ["not-a-date"])])):  # fmt: skip
        assert [_filed(form, line) for line in (plain, dated, odd)] == found


def test_a_column_of_serial_days_is_proposed_as_such(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, ["Application No", "Filing date", "Registration date", "Mark"])
    for n in range(5):
        book.sheet.write_row(n + 1, 0, [f"LA/{n}/2024", 45523 + n, f"2024-08-1{n}", f"NAGA {n}"])
    told = book.told()
    profile = looking.look(book.path, told)
    found = {one.column.name: one for one in proposals(profile, "trademark")}
    assert (found["Filing date"].to, found["Filing date"].dates) == ("application_date", "serial")
    assert found["Filing date"].sure
    assert (found["Registration date"].dates, found["Application No"].dates) == ("iso", "")
    text = mapping_text("LA", "trademark", told, profile, list(found.values()), "t.xlsx")
    assert 'dates = "serial"' in text
    proposed = MappedReader(mapping.load(text.encode(), "x"), LA)
    days = [proposed.read(line.rstrip(b"\n")).record for line in rows.lines_of(book.path, told)]
    assert [one and one.application_date for one in days] == [f"2024-08-{19 + n}" for n in range(5)]


def test_a_class_that_was_given_the_form_of_a_date_is_the_class(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, HEADINGS)
    book.sheet.write_row(1, 0, ["A1", "17/08/2016", "NAGA"])
    book.sheet.write_number(1, 3, 5, book.day)
    reading = read(book.lines()[0])
    assert reading.record is not None
    assert json.loads(json.dumps(reading.evidence))["/goods/0/class_number"] == "2:4"


def test_a_number_whose_last_digits_are_lost_is_none(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, HEADINGS)
    for row, number in enumerate((1234567890123456, 1.23e15, 12345678901234567890), 1):
        book.sheet.write_row(row, 0, [number, "17/08/2016", "NAGA", 5])
    for line in book.lines():
        reading = read(line)
        assert [finding.code for finding in reading.findings] == ["precision-lost"]
        assert reading.record is not None
        assert not reading.record.application_number
        assert [(one.field, one.reason) for one in reading.record.kept] == [
            ("/application_number", "precision-lost")
        ]


@pytest.mark.parametrize("text", ["1.23E+15", "1,23457E+11", "4E+10"])
def test_the_same_in_csv(text: str) -> None:
    reading = read({"$row": 2, "$cells": {"1 No": text, "2 Mark": "5E+3"}})
    assert [finding.code for finding in reading.findings] == ["precision-lost"]


def test_numbers_keep_what_they_are(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, HEADINGS)
    book.sheet.write_row(1, 0, [123456789012345, 0.1 + 0.2, 1.5, 30.0])
    book.sheet.write_row(2, 0, ["000123", "17/08/2559", "ช้าง", "๓๐"])
    first, second = book.lines()
    assert list(first["$cells"].values()) == ["123456789012345", "0.3", "1.5", "30"]
    assert next(iter(second["$cells"].values())) == "000123"
    assert read(second).evidence["/application_date"] == ("3:2", "date:dmy", "era")
    assert read(second).findings == ()


def test_a_merged_cell_holds_all_rows_that_have_a_part_in_it(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, HEADINGS)
    book.sheet.write_row(1, 0, ["A1", "17/08/2016", "NAGA", 5])
    book.sheet.merge_range(2, 0, 3, 0, "A2")
    book.sheet.write_row(2, 1, ["17/08/2016", "CHAMPA", 5])
    book.sheet.write_row(3, 1, ["17/08/2016", "CHAMPA", 9])
    book.sheet.merge_range(4, 0, 4, 3, "Region of the south")
    refused = [read(line).refusal for line in book.lines()]
    assert refused == ["", "merged-cells", "merged-cells", "merged-cells"]
    assert book_wrong(tmp_path / "t.xlsx")[1:] == [
        "merged-cells: A3:A4",
        "merged-cells: A3:A4",
        "merged-cells: A5:D5",
    ]


def book_wrong(path: Path) -> list[str]:
    return [json.loads(one).get("$wrong", "") for one in rows.lines_of(path, looking.told_of(path))]


def test_a_title_and_a_heading_of_two_rows_are_found(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.merge_range(0, 0, 0, 5, "Register of marks of 2024")
    book.sheet.merge_range(2, 0, 3, 0, "No")
    book.sheet.merge_range(2, 1, 3, 1, "Filed")
    book.sheet.merge_range(2, 2, 2, 3, "Applicant")
    book.sheet.merge_range(2, 4, 2, 5, "Agent")
    book.sheet.write_row(3, 2, ["Name", "Country", "Name", "Country"])
    book.sheet.write_row(4, 0, [1, 2, 3, 4, 5, 6])
    book.sheet.write_row(5, 0, ["A1", "17/08/2016", "Kham", "LA", "Somchai", "TH"])
    book.sheet.write_row(6, 0, ["Total:", "", "", "", "", 1])
    told = book.told()
    assert (told.header, told.header_rows) == (3, 2)
    lines = [json.loads(one) for one in rows.lines_of(book.path, told)]
    assert lines[1]["$cells"] == {
        "1 No": "A1", "2 Filed": "17/08/2016", "3 Applicant / Name": "Kham", "4 Applicant / Country": "LA",
        "5 Agent / Name": "Somchai", "6 Agent / Country": "TH"}  # fmt: skip
    assert [line["$row"] for line in lines] == [5, 6, 7]
    assert [line.get("$wrong", "") for line in lines] == [
        "not-a-row: the numbers of the columns",
        "",
        "not-a-row: Total: 1",
    ]


def test_a_sheet_that_is_hidden_is_not_the_first_and_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, ["a", "b"])
    book.sheet.write_row(1, 0, ["1", "old"])
    book.sheet.hide()
    shown = book.book.add_worksheet("Shown")
    shown.activate()
    shown.set_first_sheet()
    shown.write_row(2, 1, HEADINGS)
    shown.write_row(3, 1, ["A1", "17/08/2016", "NAGA", 5])
    shown.write_row(4, 1, ["A2", "17/08/2016", "CHAMPA", 5])
    shown.set_row(4, None, None, {"hidden": True})
    told = book.told()
    assert (told.sheet, told.header) == ("Shown", 3)
    assert looking.hidden_in(book.path, told).count("1 rows of the sheet are hidden") == 1
    assert "Marks" in looking.hidden_in(book.path, told)
    lines = [json.loads(one) for one in rows.lines_of(book.path, told)]
    assert [line["$cells"]["2 No"] for line in lines] == ["A1", "A2"]


def test_errors_and_rich_text(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    bold = book.book.add_format({"bold": True})
    book.sheet.write_row(0, 0, HEADINGS)
    book.sheet.write_row(1, 0, ["A1", "17/08/2016"])
    book.sheet.write_rich_string(1, 2, bold, "CHAM", "PA", bold, " & CO")
    book.sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    (line,) = book.lines()
    assert line["$cells"]["3 Mark"] == "CHAMPA & CO"
    reading = read(line)
    assert [(finding.code, finding.value) for finding in reading.findings] == [("cell-error", "#N/A")]
    assert reading.record is not None
    assert [(one.text, one.reason) for one in reading.record.kept] == [("#N/A", "cell-error")]


@pytest.mark.parametrize(
    ("table", "head"),
    [
        ([["No", "Mark"], ["1", "A"]], (1, 1)),
        ([[], ["Register"], [], ["No", "Mark", "Owner"], ["1", "A", "B"]], (4, 1)),
        ([["", "", "Owner", ""], ["No", "Mark", "Name", "Country"], ["1", "A", "B", "LA"]], (1, 2)),
        ([["(210)", "(220)", "(540)"], ["1", "17/08/2016", "A"]], (1, 1)),
        ([["1", "17/08/2016", "A"], ["2", "18/08/2016", "B"]], (1, 1)),
        ([["No"], ["1"]], (1, 1)),
        ([["No", "Mark", "Note"], ["1", "A", ""], ["2", "B", "seen"]], (1, 1)),
        ([[], []], (1, 1)),
    ],
)  # fmt: skip
def test_where_the_heading_is(table: list[list[str]], head: tuple[int, int]) -> None:
    assert head_of(table) == head


_GROUPS = ["No", "Filed", "Applicant", "", "Agent", ""]
_ROW = ["A1", "", "Kham", "LA", "Somchai", "TH"]
_PARTS = ["", "", "Name", "Country", "Name", "Country"]


@pytest.mark.parametrize(
    ("place", "header", "held"),
    few([((0, 9), 1, []), ((5, 8), 1, [6]), ((1, 9), 1, []), ((7, 16000), 1, [8]), ((14, 0), 1, [])]),
)
def test_one_cell_far_off_does_not_defeat_a_heading_of_two_rows(
    tmp_path: Path, place: tuple[int, int], header: int, held: list[int]
) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, _GROUPS)
    book.sheet.write_row(1, 0, _PARTS)
    for n in range(8):
        book.sheet.write_row(n + 2, 0, [f"A{n}", f"1{n}/08/2016", "Kham", "LA", "Somchai", "TH"])
    book.sheet.write(*place, "page 1")
    told = book.told()
    assert (told.header, told.header_rows) == (header, 2)
    lines = [json.loads(one) for one in rows.lines_of(book.path, told)]
    assert list(lines[0]["$cells"])[:6] == [
        "1 No", "2 Filed", "3 Applicant / Name", "4 Applicant / Country", "5 Agent / Name", "6 Agent / Country"]  # fmt: skip
    assert list(lines[0]["$cells"].values())[:3] == ["A0", "10/08/2016", "Kham"]
    assert [line["$row"] for line in lines if "$wrong" in line] == held


@pytest.mark.parametrize(
    ("table", "head"),
    [
        ([["Register", "", "", "", "", "", "", "page 1"], _GROUPS, _PARTS, _ROW], (2, 2)),
        ([_GROUPS, ["(1)", "(2)", *_PARTS[2:]], _ROW], (1, 2)),
        ([_GROUPS, ["", "", "Name", "", "Name", "Country"], ["A1"], _ROW], (1, 2)),
        ([["No", "Mark", "", "Status"], ["A/b", "KAFE", "x", "Registered"], ["A/c", "TAIS", "y", "Registered"]], (1, 1)),
    ],
)  # fmt: skip
def test_a_heading_of_two_rows_with_gaps_and_signs(table: list[list[str]], head: tuple[int, int]) -> None:
    assert head_of(table) == head


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (["(210)", "(220)", "(540)"], True), (["INID (210)", "", "(５４０)"], True), (["", "Name", "Country"], True),
        (["ເລກທີຄຳຮ້ອງ", "Filing date", ""], True), (["(210)", "17/08/2016", "NAGA"], False), (["Mark", "17/08/2016", ""], False),
        (["Name", "", ""], False), (["2020", "210", "540"], False),
    ],
)  # fmt: skip
def test_more_rows_of_the_heading_are_no_records(cells: list[str], wrong: bool) -> None:
    assert bool(no_record(cells, first=True)) is wrong
    assert not no_record(cells, first=False)


def test_columns_of_one_name_and_of_none_are_told_apart() -> None:
    assert names_of([["Name", "", "Name ", "Owner", ""]]) == ["Name", "column 2", "Name  [2]", "Owner"]
    assert names_of([[]]) == []


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (["Total", "", "", "12"], True), (["Итого:", "", "", ""], True), (["", "รวม", "", "๑๒"], True),
        (["Всего 12", "", "", ""], True), (["TOTAL", "30", "Total SA", "FR"], False), (["Totally", "x", "", ""], False),
        (["12", "", "", ""], False), (["", "", "", ""], False), (["Total", "x"], False),
    ],
)  # fmt: skip
def test_a_row_of_totals(cells: list[str], wrong: bool) -> None:
    assert bool(no_record(cells, first=False)) is wrong


def test_a_workbook_has_its_rows_at_their_numbers(tmp_path: Path) -> None:
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write(4, 2, "late")
    book.book.close()
    found = [(row.number, row.cells) for row in workbooks.rows_of(book.path, "Marks") if any(row.cells)]
    assert found == [(5, ["", "", "late"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "word"), [("utf-8-sig", "ຈຳປາ"), ("utf-16", "ຈຳປາ"), ("cp1251", "Степь"), ("cp874", "ช้าง"),
                           ("cp1258", "Đồng"), ("kz1048", "Қазақ"), ("cp866", "Степь")]
)  # fmt: skip
def test_csv_of_any_kind_is_looked_at(tmp_path: Path, delimiter: str, encoding: str, word: str) -> None:
    lines = ["Register", "", delimiter.join(["No", "Filed", "Mark"])]
    lines += [delimiter.join([f"A{n}", "17/08/2016", f'"{word}{delimiter}\n{word} ""x"""']) for n in range(9)]
    text = "\r\n".join(lines)
    if encoding == "cp1258":
        text = text.replace("ồ", "ô\u0300")
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    told = looking.told_of(tmp_path / "t.csv")
    assert told.header == 3
    seen = looking.look(tmp_path / "t.csv", told)
    assert seen.records == 9
    assert list(seen.columns) == ["No", "Filed", "Mark"]
    expected = text.split('"')[1].split(delimiter)[0]
    assert next(iter(seen.columns["Mark"].texts)).startswith(expected)


def test_rows_of_csv_with_too_many_or_too_few_cells_or_two_of_one_heading(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "No,Name,Name,\n1,A,B,\n2,A\n3,A,B,C,D\n4,A,B\n\n5,,,\n", encoding="utf-8"
    )
    told = looking.told_of(tmp_path / "t.csv")
    found = [json.loads(one) for one in rows.lines_of(tmp_path / "t.csv", told)]
    assert [one.get("$wrong", "").partition(":")[0] for one in found] == [
        "",
        "row-shape",
        "row-shape",
        "",
        "",
    ]
    assert found[0]["$cells"] == {"1 No": "1", "2 Name": "A", "3 Name [2]": "B", "4 ": ""}


_WIDE = ["No", "Filing\ndate", "Mark", "Applicant / Name", "Status"]


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (["No", "Filing date", "Mark", "Name", "Status"], "the heading once more"),
        (["", "FILING DATE", "", "Applicant", ""], "the heading once more"),
        (["1", "2", "3", "4", "5"], "the numbers of the columns"),
        (["* device mark", "", "", "", ""], "* device mark"),
        (["", "", "", "", "signed by the\nregistrar on 1/2/2026"], "signed by the registrar on 1/2/2026"),
        (["END", "", "", "", ""], "END"),
        (["ឯកសារ", "", "", "", ""], "ឯកសារ"),
        (["A/17", "", "", "", ""], ""),
        (["No", "17/08/2016", "Mark", "", ""], ""),
        (["A/17", "", "* device", "", ""], ""),
        (["", "", "NAGA", "Kham", ""], ""),
    ],
)
def test_rows_between_and_below_the_records_of_a_printed_table(cells: list[str], wrong: str) -> None:
    assert no_record(cells, _WIDE, first=False) == (f"not-a-row: {wrong}" if wrong else "")


def test_a_table_of_two_columns_has_no_remarks() -> None:
    assert not no_record(["", "NAGA"], ["No", "Mark"], first=False)


def proposed(tmp_path: Path, *lines: list[str]) -> dict[str, tuple[str, str, str]]:
    """The fields proposed for the columns of a table, with the sign that parts them, and one that might."""
    book = Book(tmp_path / "t.xlsx")
    for row, line in enumerate(lines):
        book.sheet.write_row(row, 0, line)
    found = proposals(looking.look(book.path, book.told()), "trademark")
    return {one.column.name: (one.to if one.sure else "", one.split, one.unsplit) for one in found}


def test_lines_of_a_cell_are_one_name_unless_as_many_countries_stand_beside(tmp_path: Path) -> None:
    head = ["Application No", "Trade mark", "Class", "Applicant", "Address", "Country"]
    rows_ = [
        [f"A/{n}", f"NAGA {n}", "25\n32", f"Kham {n}\nTrading", "Rue 1\nVientiane", "LA"] for n in range(6)
    ]
    alone = proposed(tmp_path, head, *rows_)
    assert alone["Trade mark"] == ("mark/verbal", "", "")
    assert alone["Applicant"] == ("applicants/*/names", "", "\n")
    assert alone["Address"] == ("applicants/*/address_lines", "", "\n")
    both = proposed(tmp_path, head, *([*line[:-1], "LA\nTH"] for line in rows_))
    assert both["Applicant"] == ("applicants/*/names", "\n", "")
    assert both["Country"][1] == both["Class"][1] == "\n"


def test_classes_on_lines_of_their_own() -> None:
    reading = read({"$row": 2, "$cells": {"1 No": "A1", "4 Class": "25\n32"}})
    assert isinstance(reading.record, Trademark)
    assert [one.class_number for one in reading.record.goods] == [25, 32]


def test_the_form_of_dates_is_that_of_most_dates_though_some_cells_are_none(tmp_path: Path) -> None:
    days = [
        "17/08/2024",
        "18.08.2024г.",
        "2024-08-19",
        "20/08/2024",
        "21/08/2024 00:00",
        "3.8.24",
        "1-8-24",
        "soon",
        "?",
    ]
    book = Book(tmp_path / "t.xlsx")
    book.sheet.write_row(0, 0, ["Application No", "Filing date"])
    for row, day in enumerate(days, 1):
        book.sheet.write_row(row, 0, [f"A/{row}", day])
    found = {one.column.name: one for one in proposals(looking.look(book.path, book.told()), "trademark")}
    assert (found["Filing date"].dates, found["Application No"].dates) == ("dmy", "")
