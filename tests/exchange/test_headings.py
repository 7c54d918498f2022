"""Headings of tables: the lists they are known by, and which field each column of a table is proposed to be."""

import contextlib
import csv
import re
import sqlite3
from pathlib import Path

import pytest

from ipregister.capture import looking
from ipregister.exchange import table
from ipregister.exchange.mapped import database, drafting, headings, mapping
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.profile import Profile
from ipregister.exchange.mapped.proposing import SURE, Proposal, proposals
from ipregister.exchange.mapped.targets import target_of
from ipregister.model.patent import Claim, Patent
from ipregister.model.record import RIGHTS
from ipregister.model.text import Text

VOCABULARY = Path(headings.__file__).parent / "vocabulary"
NEEDED = {"application number", "filing date", "registration number", "registration date", "mark name", "owner name",
          "party address", "representative name", "classes", "goods", "status", "expiry date", "priority date",
          "publication date", "image", "party country", "design title", "invention title", "inventor", "abstract",
          "indication name", "area", "producer", "author"}  # fmt: skip
"""What a list of headings of the region must hold."""
SMALL = {"uz": {"abstract", "indication name", "area", "producer"}, "ky": {"abstract", "indication name", "area", "producer"},
         "pt": NEEDED}  # fmt: skip


def proposed(right: str, table: dict[str, list[str]]) -> dict[str, Proposal]:
    profile = Profile(0, {})
    for number in range(max(map(len, table.values()))):
        profile.add((name, cells[number] if number < len(cells) else "") for name, cells in table.items())
    return {one.column.name: one for one in proposals(profile, right)}


def fields(right: str, table: dict[str, list[str]]) -> dict[str, str]:
    return {name: one.to for name, one in proposed(right, table).items() if one.sure}


def test_each_list_is_in_the_table_of_languages() -> None:
    files = {path.stem for path in VOCABULARY.glob("*.csv")}
    assert files == {*headings.LANGUAGES, "fields", "inid", "numbers", "statuses"}


@pytest.mark.parametrize("code", [*headings.LANGUAGES, "fields", "inid", "numbers", "statuses"])
def test_a_list_names_its_source_and_edition(code: str) -> None:
    notes = headings.notes(code)
    assert notes["source"]
    assert re.match(r"20\d\d-\d\d|ST", notes["edition"])


@pytest.mark.parametrize("code", headings.LANGUAGES)
def test_a_list_holds_each_heading_once_and_all_that_is_needed(code: str) -> None:
    rows = headings.table(code)
    known = {row["meaning"] for row in headings.table("fields")}
    assert {row["meaning"] for row in rows} <= known
    names = [headings.plain(row["heading"]) for row in rows]
    again = {name for name in names if names.count(name) > 1}
    by_name = {
        name: {row["meaning"] for row in rows if headings.plain(row["heading"]) == name} for name in again
    }
    assert not {name: meanings for name, meanings in by_name.items() if len(meanings) > 1}
    assert NEEDED - SMALL.get(code, set()) <= {row["meaning"] for row in rows}


def test_every_meaning_is_a_place_of_its_right() -> None:
    for row in headings.table("fields"):
        for right in RIGHTS if row["rights"] == "*" else row["rights"].split():
            field = row["field"].replace("party/", "applicants/")
            assert target_of(field, right).path == field


def test_every_inid_code_has_a_meaning_for_its_rights() -> None:
    for row in headings.table("inid"):
        for right in row["rights"].split():
            assert row["meaning"] in headings.meanings(right) or right in ("indication", "emblem"), row


@pytest.mark.parametrize("code", headings.LANGUAGES)
def test_each_known_heading_is_known(code: str) -> None:
    for row in headings.table(code):
        rights = [right for right in RIGHTS if row["meaning"] in headings.meanings(right)]
        found = headings.guesses(row["heading"], rights[0])
        assert row["meaning"] in {one.meaning.name for one in found if one.score >= SURE} or any(
            one.meaning.field == headings.meanings(rights[0])[row["meaning"]].field for one in found
        ), row


@pytest.mark.parametrize(
    ("right", "table", "expected"),
    [
        ("trademark",
         {"№ заявки": ["20240001"], "Дата подачи": ["17 августа 2024 г."], "Товарный знак": ["ДАЛА"], "Товары": ["кофе"],
          "Классы МКТУ": ["30, 32"], "Правообладатель": ["ООО Дала"], "Адрес": ["Ташкент"], "Страна": ["UZ"],
          "Срок действия до": ["17.08.2034"], "Статус": ["Действует"]},
         ["application_number", "application_date", "mark/verbal", "goods/*/texts", "goods/*/class_number",
          "holders/*/names", "holders/*/address_lines", "holders/*/country", "expiry_date", "office_status"]),
        ("trademark",
         {"เลขที่คำขอ": ["๑๒๓๔"], "วันที่ยื่นคำขอ": ["17 สิงหาคม 2559"], "เครื่องหมายการค้า": ["ช้าง"], "จำพวก": ["30"],
          "รายการสินค้า": ["กาแฟ"], "เจ้าของ": ["บริษัท ช้าง จำกัด"], "ตัวแทน": ["สมชาย"], "ทะเบียนเลขที่": ["ค1234"]},
         ["application_number", "application_date", "mark/verbal", "goods/*/class_number", "goods/*/texts",
          "holders/*/names", "representatives/*/names", "registration_number"]),
        ("trademark",
         {"Talabnoma raqami": ["MGU 12345"], "Topshirilgan sana": ["17.08.2024"], "Tovar belgisi": ["OLMA"],
          "Huquq egasi": ["Olma MChJ"], "Mamlakati": ["UZ"], "MKTU sinfi": ["30"]},
         ["application_number", "application_date", "mark/verbal", "holders/*/names", "holders/*/country",
          "goods/*/class_number"]),
        ("trademark",
         {"Số đơn": ["4-2016-01234"], "Ngày nộp đơn": ["17/08/2016"], "Nhãn hiệu": ["SEN VÀNG"], "Nhóm": ["30"],
          "Chủ đơn": ["Công ty Sen"], "Địa chỉ": ["Hà Nội"], "Số bằng": ["123456"], "Ngày hết hạn": ["17/08/2026"]},
         ["application_number", "application_date", "mark/verbal", "goods/*/class_number", "applicants/*/names",
          "applicants/*/address_lines", "registration_number", "expiry_date"]),
        ("trademark",
         {"(210)": ["1"], "(220)": ["17/08/2020"], "540": ["X"], "(511) Class": ["30"], "732 Holder": ["A"]},
         ["application_number", "application_date", "mark/verbal", "goods/*/class_number", "holders/*/names"]),
        ("trademark", {"app_no": ["17"], "filing_dt": ["2020-08-17"], "mark_nm": ["A"], "owner_ctry_cd": ["LA"]},
         ["application_number", "application_date", "mark/verbal", "applicants/*/country"]),
        ("trademark",
         {"Applicant": ["A"], "Address": ["x"], "Country": ["LA"], "Agent": ["B"], "Address [2]": ["y"]},
         ["applicants/*/names", "applicants/*/address_lines", "applicants/*/country", "representatives/*/names",
          "representatives/*/address_lines"]),
        ("design",
         {"ເລກທີຄຳຮ້ອງ": ["D-1"], "ວັນທີຍື່ນ": ["17/08/2567"], "ຊື່ແບບ / Title": ["ຕັ່ງ"], "ຜູ້ຍື່ນ": ["ທ້າວ ຄຳ"],
          "Locarno": ["06-01"], "ຜູ້ອອກແບບ": ["ນາງ ດາ"], "ຮູບ": ["a.jpg"]},
         ["application_number", "application_date", "titles", "applicants/*/names", "products/*/number",
          "designers/*/names", "views/*/filename"]),
        ("patent",
         {"申请号": ["CN1"], "申请日": ["2020-01-01"], "发明名称": ["泵"], "发明人": ["李"], "分类号": ["A61K 31/00"],
          "申请人": ["x"], "摘要": ["y"]},
         ["application_number", "application_date", "titles", "inventors/*/names", "classifications/*/symbol",
          "applicants/*/names", "abstracts"]),
        ("indication",
         {"Наименование места происхождения товара": ["Дала"], "Место происхождения": ["Ош"], "Производитель": ["A"],
          "Номер свидетельства": ["7"]},
         ["names", "areas/*/texts", "producers/*/names", "registration_number"]),
        ("work", {"Nama pencipta": ["A"], "Judul ciptaan": ["B"], "Tanggal diumumkan": ["17/08/2020"]},
         ["authors/*/names", "titles", "published"]),
        ("trademark", {"Numéro de dépôt": ["12"], "Date de dépôt": ["17/08/2020"], "Marque": ["A"], "Titulaire": ["B"]},
         ["application_number", "application_date", "mark/verbal", "holders/*/names"]),
        ("trademark", {"លេខពាក្យសុំ": ["១២៣"], "ម៉ាក": ["អង្គរ"], "ម្ចាស់": ["សុខ"], "ថ្នាក់": ["៣០"]},
         ["application_number", "mark/verbal", "holders/*/names", "goods/*/class_number"]),
        ("trademark", {"လျှောက်လွှာအမှတ်": ["၁၂"], "ကုန်အမှတ်တံဆိပ်": ["ရွှေ"], "ပိုင်ရှင်": ["မောင်"]},
         ["application_number", "mark/verbal", "holders/*/names"]),
        ("trademark", {"Өтінім нөмірі": ["12"], "Тауар белгісі": ["ДАЛА"], "Тауарлар": ["сүт"], "Құқық иеленуші": ["ЖШС"]},
         ["application_number", "mark/verbal", "goods/*/texts", "holders/*/names"]),
    ],
)  # fmt: skip
def test_the_columns_of_a_table_are_seen(
    right: str, table: dict[str, list[str]], expected: list[str]
) -> None:
    if "owner_ctry_cd" in table:
        table = {"owner": ["A"], **table}
        expected = ["holders/*/names", *expected[:-1], "holders/*/country"]
    assert fields(right, table) == dict(zip(table, expected, strict=True))


def test_a_mark_in_two_scripts_has_two_columns_and_one_field() -> None:
    found = proposed("trademark", {"Mark": ["NAGA"], "Mark (Lao)": ["ນາກ"]})
    assert [(one.to, one.sure, one.lang) for one in found.values()] == [
        ("mark/verbal", True, ""),
        ("mark/verbal", True, "lo"),
    ]


def test_of_two_columns_of_one_field_one_has_it_and_the_other_is_told() -> None:
    found = proposed(
        "trademark", {"Owner": ["A"], "Holder name": ["B"], "(210)": ["1"], "Application No": ["2"]}
    )
    assert found["Owner"].sure
    assert (found["Holder name"].sure, found["Holder name"].rival) == (False, "Owner")
    assert (found["(210)"].sure, found["(210)"].rival) == (False, "Application No")


def test_contents_that_gainsay_the_heading_are_weak_evidence() -> None:
    found = proposed(
        "trademark",
        {"Filing date": ["CHAMPA", "NAGA"], "Class": ["coffee", "beer"], "Application No": ["17/08/2020"]},
    )
    assert not any(one.sure for one in found.values())
    assert found["Filing date"].to == "application_date"
    assert "0 % of the values" in found["Filing date"].why


def test_what_the_contents_alone_tell_is_never_proposed() -> None:
    found = proposed("trademark", {"X": ["01.02.03", "26.01.01"], "Y": ["a", "b"], "Z": ["pic/1.jpg"]})
    assert [(one.to, one.sure) for one in found.values()] == [
        ("mark/images/0/vienna", False), ("", False), ("mark/images/0/filename", False)]  # fmt: skip


def test_cyrillic_letters_that_russian_has_not_are_not_taken_for_russian() -> None:
    found = proposed(
        "trademark",
        {"Товары": ["кофе", "чой ва қаҳва"], "Владелец": ["Нур", "Сауле"], "Тауарлар": ["сүт", "ұн"]},
    )
    assert found["Товары"].lang == ""
    assert found["Владелец"].lang == "ru"


def test_a_heading_has_no_field_where_no_list_knows_it() -> None:
    assert headings.guesses("Zxqw", "trademark") == ()
    assert headings.guesses("", "trademark") == ()


def test_a_heading_that_is_a_text_is_soon_done_with() -> None:
    assert headings.guesses("owner / " * 5000, "trademark") == ()
    assert headings.guesses("x / " * 60 + "owner / name", "trademark")[0].meaning.field == "holders/*/names"


def test_a_draft_can_be_read_whatever_the_source_holds() -> None:
    odd = 'a\x7fb\x00\u2028"\\\n#]]'
    table = {odd: [odd, "x\x1b[2J"], "Mark": [odd], "Filing date\x7f": ["17/08/2020"]}
    profile = Profile(0, {})
    profile.add((name, cells[0]) for name, cells in table.items())
    text = drafting.mapping_text("LA", "trademark", Input(), profile, proposals(profile, "trademark"), odd)
    assert {one.source for one in mapping.load(text.encode(), "draft").fields} == {"Mark", "Filing date\x7f"}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("appno", "application_number"), ("APPNO", "application_number"), ("app_no", "application_number"),
        ("applno", "application_number"), ("AppNo", "application_number"), ("regno", "registration_number"),
        ("REGNUM", "registration_number"), ("reg_no", "registration_number"), ("certno", "registration_number"),
        ("appdate", "application_date"), ("filedate", "application_date"), ("regdate", "registration_date"),
        ("ownername", "holders/*/names"), ("markname", "mark/verbal"), ("niceclass", "goods/*/class_number"),
        ("nomorpermohonan", "application_number"), ("номерзаявки", "application_number"), ("sốđơn", "application_number"),
    ],
)  # fmt: skip
def test_words_written_together_are_known(heading: str, field: str) -> None:
    first, *others = headings.guesses(heading, "trademark")
    assert (first.meaning.field, first.score >= SURE) == (field, True)
    assert all(one.score < SURE for one in others)


@pytest.mark.parametrize("heading", ["nation", "index", "remand", "anode", "date", "appno2", "no", "x" * 40])
def test_other_words_are_not_taken_apart(heading: str) -> None:
    assert headings._language("en").parted(heading) == ""


def test_a_table_and_a_database_get_the_same_proposals(tmp_path: Path) -> None:
    names = ["No.", "appno", "regno", "filed", "mark"]
    cells = [(n, 400 + n, 900 + n, f"2024-01-{n:02}", f"NAGA {n}") for n in range(1, 21)]
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([names, *cells])
    with contextlib.closing(sqlite3.connect(tmp_path / "t.db")) as made, made:
        made.execute(f"CREATE TABLE t ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in names)})")
        made.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", cells)
    file = tmp_path / "t.csv"
    of_rows = looking.look(file, looking.told_of(file))
    address = f"sqlite:///{tmp_path / 't.db'}"
    of_database = looking.look_at_lines(database.lines_of(address, "SELECT * FROM t", private=False))
    expected = {"No.": "", "appno": "application_number", "regno": "registration_number", "filed": "application_date",
                "mark": "mark/verbal"}  # fmt: skip
    for profile in (of_rows, of_database):
        assert {one.column.name: one.to for one in proposals(profile, "trademark")} == expected
        assert [one.sure for one in proposals(profile, "trademark")] == [False, True, True, True, True]


@pytest.mark.parametrize("heading", ["No.", "№", "ID", "№ п/п", "ລຳດັບ", "เลขที่", "Nomor"])
@pytest.mark.parametrize(("first", "score"), [(1, 0.35), (5400, 0.4)])
def test_a_column_that_is_only_a_number_is_named_as_what_it_may_be(
    heading: str, first: int, score: float
) -> None:
    cells = {"Mark": [f"NAGA {n}" for n in range(9)], heading: [str(first + n) for n in range(9)]}
    one = proposed("trademark", cells)[heading]
    assert (one.to, one.sure, one.score) == ("application_number", False, score)
    assert ("count the rows" in one.why) == (first == 1)
    cells["Application No"] = [f"2024/{n}" for n in range(9)]
    assert proposed("trademark", cells)[heading].to == ""


def test_a_column_of_words_is_no_number_whatever_its_heading() -> None:
    assert proposed("trademark", {"No.": ["a", "b", "c"], "Mark": ["x", "y", "z"]})["No."].to == ""
    assert proposed("trademark", {"No.": ["5", "5", "5"], "Mark": ["x", "y", "z"]})["No."].to == ""


def test_the_columns_of_our_own_tables_are_known() -> None:
    wanted = {"office_status": "office_status", "applicant_countries": "applicants/*/country", "application_number": "application_number",
              "registration_date": "registration_date", "holders": "holders/*/names"}  # fmt: skip
    for right, more in {
        "trademark": {
            "mark": "mark/verbal",
            "translations": "mark/translations",
            "classes": "goods/*/class_number",
        },
        "indication": {"names": "names", "areas": "areas/*/texts", "origins": "origins"},
        "patent": {"titles": "titles", "abstracts": "abstracts", "inventors": "inventors/*/names"},
    }.items():
        for column, field in {**wanted, **more}.items():
            assert column in table.headings(right)
            first, *_ = headings.guesses(column, right)
            assert (first.meaning.field, first.score >= SURE) == (field, True), column


def test_what_is_said_beside_a_value_is_not_the_value() -> None:
    """A language, a code, a name by which a value is pointed at: attributes of XML, members of JSON."""
    table = {
        "Mark": ["RICE STAR", "NAGA", "LOTUS"], "Mark/@lang": ["en", "en", "EN"], "Mark/@id": ["m1", "m2", "m3"],
        "Owner/Name": ["Ta Ya Co., Ltd.", "Naga Ltd.", "Lotus Co."], "Owner/Name/@lang": ["en", "lo", "en"],
        "Owner/@code": ["17", "18", "19"], "Goods": ["beer", "tea", "rice"], "Goods/@code": ["A", "B", "C"],
        "title/lang": ["en", "en", "en"],
    }  # fmt: skip
    found = proposed("trademark", table)
    assert found["Mark"].to == "mark/verbal"
    assert {name: one.to for name, one in found.items() if "/@" in name or name.endswith("/lang")} == dict.fromkeys(
        ["Mark/@lang", "Mark/@id", "Owner/Name/@lang", "Owner/@code", "Goods/@code", "title/lang"], ""
    )  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "tags", "lang"),
    [(["RICE", "NAGA"], ["en", "EN"], "en"), (["RICE", "NAGA"], ["en", "vi"], ""), (["RICE", "NAGA"], ["lo", "lo"], ""),
     (["ນາກ", "ເຂົ້າ"], ["lo", "lo"], "lo"), (["RICE", "NAGA"], ["yes", "1"], "")],
)  # fmt: skip
def test_the_one_language_of_the_attribute_is_that_of_the_texts(
    texts: list[str], tags: list[str], lang: str
) -> None:
    assert proposed("trademark", {"Mark": texts, "Mark/@lang": tags})["Mark"].lang == lang


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["35 41 42", "9", "3 5"], " "), (["9, 35", "Class 5"], ","), (["จำพวก 32, 33", "จำพวก 9"], ","), (["9/35", "3"], "/"),
        (["Class 9", "Class 35"], ""), (["Class 9 Class 35", "3"], ""), (["9;35", "3"], ";"),
    ],
)  # fmt: skip
def test_the_sign_that_parts_classes_is_proposed(cells: list[str], sign: str) -> None:
    numbers = [str(2020000 + n) for n in range(len(cells))]
    one = proposed("trademark", {"Application number": numbers, "Class": cells})["Class"]
    assert (one.sure, one.to, one.split) == (True, "goods/*/class_number", sign)


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [("claims", ["12", "3", "1"], "claims_count"), ("Claims", ["1. A pump.", "1. A valve with 3 parts."], "claims/*/texts"),
     ("ข้อถือสิทธิ", ["๑๒", "๓"], "claims_count"), ("Number of claims", ["12", "3"], "claims_count"), ("claims", [""], "claims/*/texts")],
)  # fmt: skip
def test_claims_that_are_only_counted_are_a_number(heading: str, cells: list[str], field: str) -> None:
    one = proposed(
        "patent", {"Application number": ["2020000011", "2020000012", "2020000013"], heading: cells}
    )[heading]
    assert (one.to, one.sure) == (field, True)


def test_the_claims_of_our_own_table_are_their_number() -> None:
    claims = tuple(Claim(number=str(n), texts=(Text(f"A pump {n}"),)) for n in (1, 2, 3))
    record = Patent(office="LA", application_number="2020000011", claims=claims)
    cells = dict(zip(table.headings("patent"), table.row("la-pat-1", record), strict=True))
    assert cells["claims"] == "3"
    assert proposed("patent", {name: [cell] for name, cell in cells.items()})["claims"].to == "claims_count"
