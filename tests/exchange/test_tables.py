"""Tables that are not as they should be: open quotation marks, formulas without values, unnamed encodings."""

import io
import json
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ipregister.exchange import loss
from ipregister.exchange.json.cells import line
from ipregister.exchange.mapped import mapping, rows
from ipregister.exchange.mapped.encodings import encoding_of
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.quotes import rows_of
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.exchange.origin import raw_value
from ipregister.model.errors import UnreadableInput
from ipregister.model.evidence import split_origin
from ipregister.model.offices import office


def _rows(text: str, quote: str = '"') -> list[tuple[list[str], bool]]:
    return [(cells, bool(wrong)) for cells, wrong in rows_of(io.StringIO(text, newline=""), ",", quote)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1,"a,x\n2,b,x\n', [(["1", "a,x\n"], True), (["2", "b", "x"], False)]),
        ('1,"a,x\n2,"b",x\n3,c,x\n', [(["1", "a,x\n"], True), (["2", "b", "x"], False), (["3", "c", "x"], False)]),
        ('1,"a "b" c",x\n2,b,x\n', [(["1", 'a b" c"', "x"], True), (["2", "b", "x"], False)]),
        ('1,"a\nc",x\n2,b,x\n', [(["1", "a\nc", "x"], False), (["2", "b", "x"], False)]),
        ('1,"say ""a""",x\n2,5" pipe,x', [(["1", 'say "a"', "x"], False), (["2", '5" pipe', "x"], False)]),
        ('1,"a,x\n2,b",x\n', [(["1", "a,x\n"], True), (["2", 'b"', "x"], True)]),
        ('1,a,"x\n2,"b\n3,"c\n', [(["1", "a", "x\n"], True), (["2", "b\n"], True), (["3", "c\n"], True)]),
        ("", []),
    ],
)  # fmt: skip
def test_no_row_swallows_the_next(text: str, expected: list[tuple[list[str], bool]]) -> None:
    assert _rows(text) == expected


def test_where_nothing_is_quoted_marks_are_letters() -> None:
    assert _rows('1,"a,x\n2,"b",x\n', "") == [(["1", '"a', "x"], False), (["2", '"b"', "x"], False)]


@given(
    st.lists(st.lists(st.text(st.sampled_from('a1",\n\r é'), max_size=6), min_size=3, max_size=3), max_size=6)
)
def test_every_line_is_in_some_row(table: list[list[str]]) -> None:
    text = "\n".join(",".join(cells) for cells in table)
    found = "".join("".join(cells) for cells, _ in rows_of(io.StringIO(text, newline=""), ","))
    letters = [sign for sign in text if sign in "a1é"]
    assert [sign for sign in found if sign in "a1é"] == letters


def test_many_open_marks_are_looked_through_once() -> None:
    text = "".join(f'{n},"open\n' if n % 1000 == 0 else f"{n},shut\n" for n in range(20_000))
    assert sum(wrong for _, wrong in _rows(text)) == 20


def test_a_heading_with_an_open_mark_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('No,"Name\n1,a\n', encoding="utf-8")
    with pytest.raises(UnreadableInput, match="quotation mark"):
        list(rows.lines_of(tmp_path / "t.csv", Input()))


def test_a_line_beyond_the_limit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipregister.exchange.mapped.quotes.LONGEST", 100)
    monkeypatch.setattr("csv.field_size_limit", lambda limit: limit)  # of the whole process: it would stay
    (tmp_path / "t.csv").write_text("No,Name\n1," + "a" * 200, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="limit"):
        list(rows.lines_of(tmp_path / "t.csv", Input()))


# ----------------------------------------------------------------------------------------------- formulas
LA = office("LA")
MAPPING = mapping.load(b"""
office = "LA"
ignore = ["Helper"]
[input]
kind = "xlsx"
[[field]]
from = "No"
to = "application_number"
[[field]]
from = "Mark"
to = "mark/verbal"
""", "x")  # fmt: skip


def _workbook(path: Path, cells: str, *, anew: bool = False) -> Path:
    """A workbook whose one sheet has these rows of XML."""
    made = path / "made.xlsx"
    book = xlsxwriter.Workbook(str(made))
    book.add_worksheet("Other")
    book.add_worksheet("Marks")
    book.close()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path / "t.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                data = (
                    f'<x:worksheet xmlns:x="{main}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'.encode()
                )
            if name == "xl/workbook.xml" and not anew:
                data = data.replace(b' fullCalcOnLoad="1"', b"")
            new.writestr(name, data)
    return path / "t.xlsx"


def _text(place: str, text: str) -> str:
    return f'<x:c r="{place}" t="inlineStr"><x:is><x:t>{text}</x:t></x:is></x:c>'


HEAD = f'<x:row r="1">{_text("A1", "No")}{_text("B1", "Mark")}{_text("C1", "Helper")}</x:row>'


def _lines(path: Path) -> list[Any]:
    return [json.loads(one) for one in rows.lines_of(path, Input("xlsx", sheet="Marks"))]


def test_a_formula_that_nobody_has_calculated_is_told(tmp_path: Path) -> None:
    path = _workbook(tmp_path, HEAD + (
        f'<x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c><x:c r="B2"><x:f>D2&amp;E2</x:f></x:c>{_text("C2", "z")}</x:row>'
        '<x:row r="3"><x:c r="A3"><x:f>A2+1</x:f><x:v>8</x:v></x:c><x:c r="B3" t="str"><x:f>IF(1,"")</x:f><x:v></x:v></x:c></x:row>'
        '<x:row r="5"><x:c r="A5"><x:f>A2+2</x:f><x:v/></x:c></x:row>'
    ))  # fmt: skip
    assert _lines(path) == [
        {"$row": 2, "$cells": {"1 No": "7", "2 Mark": "", "3 Helper": "z"}, "$sheet": "Marks", "$formulas": {"2 Mark": "=D2&E2"}},
        {"$row": 3, "$cells": {"1 No": "8", "2 Mark": "", "3 Helper": ""}, "$sheet": "Marks"},
        {"$row": 5, "$cells": {"1 No": ""}, "$wrong": "row-shape: 1 cells under 3 headings", "$sheet": "Marks",
         "$formulas": {"1 No": "=A2+2"}},
    ]  # fmt: skip


@pytest.mark.parametrize(("anew", "count"), [(True, 1), (False, 0)])
def test_a_nought_that_a_program_wrote_for_a_formula_is_no_value(
    tmp_path: Path, anew: bool, count: int
) -> None:
    cells = '<x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c><x:c r="B2"><x:f>D2</x:f><x:v>0</x:v></x:c></x:row>'
    (found,) = _lines(_workbook(tmp_path, HEAD + cells, anew=anew))
    assert len(found.get("$formulas", {})) == count


def test_a_record_keeps_the_formula_and_says_what_to_do() -> None:
    headings = ["No", "Mark", "Helper", "More"]
    raw = line(2, headings, ["7", "", "", ""], formulas={2: "=D2&E2", 3: "=1", 4: "=2"})
    reading = MappedReader(MAPPING, LA).read(raw)
    assert [(one.code, one.path, one.value) for one in reading.findings] == [
        ("not-calculated", "/mark/verbal", "=D2&E2"), ("not-calculated", "/extra/1", "=2"),
    ]  # fmt: skip
    assert reading.record is not None
    assert [(one.field, one.text) for one in reading.record.kept] == [("/mark/verbal", "=D2&E2")]
    found = loss.check(raw, reading, LA)
    assert (found.lost, found.broken) == ((), ())
    for origin in reading.evidence.values():
        assert raw_value(raw, (), split_origin(origin)[0])[1]


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        _lines(_workbook(tmp_path, HEAD + '<x:row r="2"><x:c r="A2"><x:f>A1</x:f></x:row>'))


@pytest.mark.parametrize("place", ["XFD1048576", "xfd1048576", "XFD9999999"])
def test_a_cell_far_off_takes_no_memory_and_ends_no_process(tmp_path: Path, place: str) -> None:
    path = _workbook(tmp_path, f'{HEAD}<x:row r="{place[3:]}">{_text(place, "x")}</x:row>')
    with pytest.raises(UnreadableInput):
        _lines(path)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(UnreadableInput):
        _lines(tmp_path / "t.xlsx")
    with pytest.raises(UnreadableInput):
        _lines(tmp_path / "none.xlsx")


def test_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    cells = f'<x:row r="3">{_text("B3", "No")}{_text("C3", "Mark")}</x:row><x:row r="5">{_text("C5", "x")}</x:row>'
    found = list(rows.lines_of(_workbook(tmp_path, cells), Input("xlsx", sheet="Marks", header=3)))
    assert [json.loads(one)["$cells"] for one in found] == [{"1 column 1": "", "2 No": "", "3 Mark": "x"}]
    assert json.loads(found[0])["$row"] == 5


def test_workbooks_of_other_kinds_are_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as packed:
        packed.writestr("content.xml", "<a/>")
    with pytest.raises(UnreadableInput, match="another kind"):
        _lines(tmp_path / "t.xlsx")


# ---------------------------------------------------------------------------------------------- encodings
RUSSIAN = "1;Степь;ТОО «Казахская степь»;Алматы\n2;МОЛОКО;Иванов Иван\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"
WORDS = {
    "utf-8": "1;ຈຳປາ;Champa\n",
    "utf-16-le": "1;Champa;Kham\n2;ຈຳປາ;Kham\n",
    "cp1251": RUSSIAN,
    "koi8-r": RUSSIAN.replace("«", "").replace("»", ""),
    "cp866": RUSSIAN.replace("«", "").replace("»", ""),
    "kz1048": "1;Дала;«Қазақ даласы» ЖШС;Алматы қаласы\n2;СҮТ;Өтеген Әлиұлы\n",
    "cp874": "1;ช้าง;บริษัท ไทยเบฟเวอเรจ จำกัด (มหาชน)\n",
    "cp1252": "1;Café;Société Générale\n2;Müller;Straße 5, München\n3;ÉTÉ;Peña\n",
    "cp1258": "1;Cà phê Trung Nguyên;Công ty Cổ phần Tập đoàn\n2;Phở Thìn;Hà Nội, Việt Nam\n",
}


def _tones_apart(sign: str) -> str:
    """A letter and its tone as two signs, as the Vietnamese code page has them."""
    parts = unicodedata.normalize("NFD", sign)
    letter = "".join(part for part in parts if part not in TONES)
    return unicodedata.normalize("NFC", letter) + "".join(part for part in parts if part in TONES)


def _encoded(text: str, encoding: str) -> bytes:
    return ("".join(map(_tones_apart, text)) if encoding == "cp1258" else text).encode(encoding)


@pytest.mark.parametrize("encoding", sorted(WORDS))
def test_the_encoding_shows_by_its_letters(encoding: str) -> None:
    assert encoding_of(_encoded(WORDS[encoding], encoding)) == encoding


@pytest.mark.parametrize(
    "text", ["1;FOO® bar’s “x”\n", "1;Crème brûlée – 5\n", "1;À la carte\n", "No;Señor\n"]
)
def test_a_few_signs_of_the_west_are_no_other_script(text: str) -> None:
    assert encoding_of(text.encode("cp1252")) == "cp1252"


@given(st.binary(max_size=300))
def test_any_bytes_have_an_encoding_that_can_be_named(head: bytes) -> None:
    head.decode(encoding_of(head), "replace")
