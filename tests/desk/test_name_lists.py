"""Lists of names: spreadsheets and texts of all sorts, refused where they cannot be understood."""

import io
import os
import re
import zipfile

import pytest
import xlsxwriter

from ipregister.desk.list_faults import MOST_TOLD, BadList
from ipregister.desk.name_lists import LONGEST, MOST_NAMES, OTHER_SHEETS, READ_AS, NameList, read_names
from ipregister.model.errors import RegisterError, UnreadableInput, UsageError


def book(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def without_values(content: bytes) -> bytes:
    """The workbook as programs write it that do not calculate: its formulas have no values."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text) if "sheet1" in name else text)
    return out.getvalue()


def told(found: NameList) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.name, one.classes) for one in found.names]


@pytest.mark.parametrize("content", [
    "Name,Class\nSumo,30\n\nກາເຟ ລາວ,\"3, 25\"\n".encode(),
    "Sumo;30\n\n\nກາເຟ  ລາວ;3 25".encode("utf-8-sig"),
    "mark\tclasses\r\nSumo\t30\r\nກາເຟ ລາວ\t3,25\r\n".encode("utf-16"),
    book([["Mark", "Class"], ["Sumo", 30], [], [" ກາເຟ ລາວ ", "25;3"]]),
    book([["No.", "Nice class", "ชื่อ"], [1, 30, "Sumo"], [], [], [2, "3,25", "ກາເຟ ລາວ"], [None, None, None]]),
    "№;Название;МКТУ\n1;Sumo;30\n2;ກາເຟ ລາວ;3 25\n".encode(),
])  # fmt: skip
def test_names_with_their_classes(content: bytes) -> None:
    found = read_names(content)
    assert told(found) == [("Sumo", (30,)), ("ກາເຟ ລາວ", (3, 25))]
    assert found.names[0].row < found.names[1].row
    assert found.findings == ()


def test_columns_that_are_neither_are_not_read() -> None:
    assert told(read_names(b"Name,Owner,Class\nLotus,Somchai,30\n")) == [("Lotus", (30,))]
    assert told(read_names(b"Name,Owner\nLotus,Somchai\n")) == [("Lotus", ())]


@pytest.mark.parametrize("content", [
    b"Name,Class,Applicant\nSumo,30,Dao Heuang Co.\nLotus,,\n",
    "เจ้าของ;ชื่อ\nDao Heuang Co.;Sumo\n;Lotus\n".encode(),
    book([["Chủ sở hữu", "Nhãn hiệu"], ["Dao Heuang Co.", "Sumo"], ["", "Lotus"]]),
])  # fmt: skip
def test_applicants_stand_where_a_heading_says(content: bytes) -> None:
    found = read_names(content).names
    assert [(one.name, one.applicant) for one in found] == [("Sumo", "Dao Heuang Co."), ("Lotus", "")]


def test_without_a_heading_a_third_column_is_nobody() -> None:
    assert [one.applicant for one in read_names(b"Sumo,30,Somebody\n").names] == [""]


def test_all_rows_that_cannot_be_understood_are_told_at_once() -> None:
    rows = [
        "Name,Class,Applicant",
        "Sumo,30,",
        "Lotus,99,",
        ",25,",
        "#REF!,5,",
        ",,Dao",
        f"{'a' * 201},,",
        f"Tea,,{'b' * 201}",
    ]
    with pytest.raises(BadList) as caught:
        read_names("\n".join(rows).encode())
    assert [(one.code, one.row) for one in caught.value.faults] == [
        ("no-class", 3), ("no-name", 4), ("fault", 5), ("no-name", 6), ("long", 7), ("long", 8)
    ]  # fmt: skip
    assert all(f"ow {row}" in str(caught.value) for row in range(3, 9))
    with pytest.raises(BadList) as many:
        read_names(b"Sumo,x\n" * (MOST_TOLD + 5))
    assert str(many.value).count("“x”") == MOST_TOLD
    assert "More rows with faults: 5" in str(many.value)


def test_one_name_a_line_is_a_list() -> None:
    assert told(read_names(b"Lotus\nGolden River\n")) == [("Lotus", ()), ("Golden River", ())]
    assert told(read_names(b"Name of nobody\nLotus")) == [("Name of nobody", ()), ("Lotus", ())]


@pytest.mark.parametrize(("encoding", "name"), [
    ("cp874", "กาแฟดอยช้าง"), ("cp1251", "Золотая река"), ("cp1252", "Café Fraîcheur"),
])  # fmt: skip
def test_lists_of_old_programs_tell_how_they_were_read(encoding: str, name: str) -> None:
    content = f"{name},30\r\nSumo,25\r\n{name} Plus,30\r\n".encode(encoding)
    found = read_names(content)
    assert told(found) == [(name, (30,)), ("Sumo", (25,)), (f"{name} Plus", (30,))]
    assert found.findings == ((READ_AS, encoding),)


def test_formulas_with_values_are_values_and_others_are_refused() -> None:
    content = book([["Lotus", 30], ["=A1", "=B1"]])
    with pytest.raises(UsageError, match="Row 2 has a formula without a value"):
        read_names(without_values(content))
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as one:
        page = one.add_worksheet()
        page.write_formula(0, 0, '="Lo"&"tus"', value="Lotus")
        page.write_formula(0, 2, "=1+1")  # a column that is not read
    assert told(read_names(made.getvalue().replace(b"fullCalcOnLoad", b"fullCalcOnLoaD"))) == [("Lotus", ())]


@pytest.mark.parametrize(("content", "kind", "message"), [
    (b"", BadList, "no name"), (b"name\n\n", BadList, "no name"), (book([[], ["", ""]]), BadList, "no name"),
    (b"Sumo,46\n", BadList, "Row 1"), (b"Sumo,x\n", BadList, "Row 1"), (b"Sumo\n,30\n", BadList, "Row 2"),
    (b"a" * (LONGEST + 1), BadList, "Row 1"), (b"Sumo\n#REF!\n", UsageError, "row 2"),
    (b"a\n" * (MOST_NAMES + 1), UsageError, "1000"), (book([["a"]] * (MOST_NAMES + 1)), UsageError, "1000"),
    (b"\xff\xfe\xff", RegisterError, "letters"), (b"PK\x03\x04 no book", UnreadableInput, "cannot be read"),
    (b"\xd0\xcf\x11\xe0 no book", UnreadableInput, "cannot be read"),
])  # fmt: skip
def test_what_is_no_list_is_refused(content: bytes, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message) as caught:
        read_names(content)
    assert "/proc" not in str(caught.value)


def test_a_thousand_names_are_taken() -> None:
    assert len(read_names(b"a\n" * MOST_NAMES).names) == MOST_NAMES
    assert len(read_names(book([["a"]] * MOST_NAMES)).names) == MOST_NAMES


def test_no_handle_is_left_open() -> None:
    read_names(book([["a"]]))
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _ in range(3):
        read_names(book([["a"]]))
    assert not before or len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    "heading",
    [
        "Brand name",
        "Trademark name",
        "Name of mark",
        "ຊື່ເຄື່ອງໝາຍ",
        "ชื่อแบรนด์",
        "Наименование знака",
        "What it is called",
    ],
)
def test_a_count_of_rows_is_never_taken_for_the_names(heading: str) -> None:
    found = read_names(book([["No", heading, "Class"], [1, "Chang", 32], [2, "Starbucks", 43]]))
    assert told(found) == [("Chang", (32,)), ("Starbucks", (43,))]


def test_a_heading_that_leaves_open_where_the_names_are_is_refused() -> None:
    with pytest.raises(
        BadList, match="none of its columns is called one of names: No, Foo, Bar, Class"
    ) as caught:
        read_names(book([["No", "Foo", "Bar", "Class"], [1, "Chang", "x", 32]]))
    assert [(one.code, one.row) for one in caught.value.faults] == [("no-names-column", 1)]


def test_the_first_sheet_that_is_shown_is_read_and_the_others_are_told() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        pages = {name: made.add_worksheet(name) for name in ("Old", "Empty", "List", "More")}
        pages["Old"].write(0, 0, "Zzyx")
        pages["List"].write(0, 0, "Chang")
        pages["More"].write(0, 0, "Singha")
        pages["List"].activate()
        pages["Old"].hide()
    found = read_names(out.getvalue())
    assert told(found) == [("Chang", ())]
    assert found.findings == ((OTHER_SHEETS, "“Old”, “More”"),)


@pytest.mark.parametrize(
    "content",
    [
        b'name,class\n"Chang,32\nStarbucks,43\nHonda,12',
        b'name,class\n"Chang,32\nStarbucks",43\nHonda,12',
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_no_names(content: bytes) -> None:
    with pytest.raises(RegisterError):
        read_names(content)


@pytest.mark.parametrize("name", ["---", "\u200b", "!?", "2026-03-01"])
def test_what_cannot_be_compared_is_refused_with_its_row(name: str) -> None:
    with pytest.raises(BadList) as caught:
        read_names(f"Sumo,30\n{name},25\n".encode())
    assert [one.row for one in caught.value.faults] == [2]


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.4\nx", b"\x89PNG\r\n\x1a\nx", b"  <html><table><tr><td>Sumo</td></tr></table>", b"GIF89a"],
)
def test_other_files_are_no_lists(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match="is no list of names"):
        read_names(content)


def test_a_line_that_names_the_separator_is_no_name() -> None:
    assert told(read_names(b"sep=;\r\nSumo, the big;30\r\n")) == [("Sumo, the big", (30,))]
