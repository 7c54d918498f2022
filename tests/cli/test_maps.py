"""`ipregister map`: a source looked at, mapped, tried, loaded, read again; the same twice changes nothing."""

import csv
import json
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
import xlsxwriter

from ipregister.model import offices
from ipregister.web.options import Options
from tests import postgresql
from tests.cli.conftest import Command, command

HEADINGS = ["Application No", "Filing date", "Mark", "Class", "Owner name", "Owner country", "Status"]
ROWS = [
    ["20241", "17/08/2024", "CHAMPA", "30", "Champa Co., Ltd.", "LA", "Registered"],
    ["20242", "18/08/2024", "DOK\nPHENG", "9", "Somchai", "Thailand", "Pending"],
    ["20243", "", "19/08/2024", "NAGA", "25", "Somchai", "TH"],
    ["20244", "20/08/2024", "MEKONG", "35", "Mekong, Ltd.", "VN", "Registered", "odd"],
    ["20245", "31/02/2024", "KHENE", "15", "Kham", "LA", "Pending"],
]  # fmt: skip


def write_csv(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows([HEADINGS, *ROWS])
    return path


def write_xlsx(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Marks")
    for number, cells in enumerate([HEADINGS, *ROWS]):
        sheet.write_row(number, 0, cells)
    book.close()
    return path


def test_a_table_goes_the_whole_way(run: Command, tmp_path: Path) -> None:
    source, mapping = write_csv(tmp_path / "marks_20260131.csv"), tmp_path / "marks.toml"
    proposed = {
        row["column"]: row["field"] for row in run("map", "new", source, "--office", "LA", "-o", mapping).rows
    }
    assert proposed == {
        "Application No": "application_number", "Filing date": "application_date", "Mark": "mark/verbal",
        "Class": "goods/*/class_number", "Owner name": "holders/*/names", "Owner country": "holders/*/country",
        "Status": "office_status",
    }  # fmt: skip
    text = mapping.read_text(encoding="utf-8")
    assert 'dates = "dmy"' in text
    assert "# 75 % filled, 3 different" in text
    tried = run("map", "check", source, mapping)
    assert tried.code == 1
    assert tried.rows[-1] | {"delivery": ""} == {"delivery": "", "office": "LA", "in": 5, "stored": 3, "unchanged": 0,
                                                 "quarantined": 2, "findings": tried.rows[-1]["findings"]}  # fmt: skip
    codes = [row["code"] for row in tried.rows[:-1]]
    assert {"shifted-row", "row-shape", "not-a-date"} <= set(codes)
    loaded = run("map", "load", source, mapping)
    assert (loaded.row["in"], loaded.row["stored"], loaded.row["quarantined"]) == (5, 3, 2)
    assert run("map", "load", source, mapping).row["unchanged"] == 3
    shown = run("show", "20242", "--evidence").row
    assert shown["record"]["mark"]["verbal"] == [{"text": "DOK PHENG"}]
    assert shown["record"]["holders"][0]["country"] == "TH"
    assert shown["evidence"]["/application_date"] == ["3:2", "date:dmy"]
    assert shown["extracted"].startswith("2026-01-31")
    held = run("quarantine", "list").rows
    assert [row["reason"] for row in held] == ["shifted-row", "row-shape"]
    raw = run("quarantine", "show", str(held[0]["number"])).row["raw"]
    assert "NAGA" in raw
    assert run("quarantine", "retry").row["quarantined"] == 2
    again = run("reload").row
    assert (again["read"], again["unchanged"], again["refused"]) == (3, 3, 0)


def test_a_row_of_texts_alone_is_held_by_the_mapping_in_a_table_of_three(
    run: Command, tmp_path: Path
) -> None:
    mapping = tmp_path / "marks.toml"
    source = tmp_path / "marks_20260131.csv"
    rows = [
        "1001;CHAMPA;Kham Sisavath;Registered;",
        "1002;;NAGA;Naga Trading Co., Ltd.;Pending",
        "1003;KHENE;Som Phet;Pending;",
    ]
    source.write_text("\n".join(["Application No;Mark;Owner;Status;Remark", *rows]), encoding="utf-8")
    run("map", "new", source, "--office", "LA", "-o", mapping)
    done = run("map", "load", source, mapping).row
    assert (done["in"], done["stored"], done["quarantined"]) == (3, 2, 1)
    assert [row["reason"] for row in run("quarantine", "list").rows] == ["shifted-row"]
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace("[input]", "[input]\nin_place = [3]"), encoding="utf-8"
    )
    assert run("map", "load", source, mapping).row["quarantined"] == 0


def test_a_column_without_a_field_is_told_once(run: Command, tmp_path: Path) -> None:
    mapping = tmp_path / "marks.toml"
    source = tmp_path / "marks_20260131.csv"
    rows = "".join(f"2024{n},NAGA {n},blue {n}\n" for n in range(4))
    source.write_text(f"Application No,Mark,Shelf\n{rows}", encoding="utf-8")
    run("map", "new", source, "--office", "LA", "-o", mapping)
    tried = run("map", "check", source, mapping).rows
    told = [(row["code"], row["record"]) for row in tried[:-1] if row["arguments"].get("place") == "Shelf"]
    assert told == [("column-unmapped", "")]
    loaded = run("map", "load", source, mapping).row
    assert loaded["findings"] == tried[-1]["findings"] >= 4
    assert [
        row["count"]
        for row in json.loads(run("report", "1").out)["findings"]
        if row["code"] == "unknown-element"
    ] == [4]


def test_a_proposal_of_a_sound_table_gives_no_findings_of_its_own(run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / "marks_20260131.csv", tmp_path / "marks.toml"
    headings = ["Application No", "Filing date", "Mark", "Class", "Goods", "Owner", "Country"]
    rows = [[f"2024{n}", "17/08/2024", "CHAMPA", "30", "Coffee", "Champa Co., Ltd.", "LA"] for n in range(3)]
    with source.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([headings, *rows])
    run("map", "new", source, "--office", "LA", "-o", mapping)
    codes = [row["code"] for row in run("map", "check", source, mapping).rows[:-1]]
    assert not {code for code in codes if "party" in code or "country" in code or "address" in code}, codes


def test_a_table_in_the_letters_of_an_old_system_is_proposed_in_its_encoding(
    run: Command, tmp_path: Path
) -> None:
    source, mapping = tmp_path / "знаки_20260131.csv", tmp_path / "marks.toml"
    text = "Номер заявки;Название;Владелец\n1001;Дала;«Қазақ даласы» ЖШС\n1002;Сүт;Өтеген Әлиұлы\n"
    source.write_bytes(text.encode("kz1048"))
    proposed = {
        row["column"]: row["field"] for row in run("map", "new", source, "--office", "KZ", "-o", mapping).rows
    }
    assert proposed == {
        "Номер заявки": "application_number", "Название": "mark/verbal", "Владелец": "holders/*/names",
    }  # fmt: skip
    assert 'encoding = "kz1048"' in mapping.read_text(encoding="utf-8")
    assert run("map", "load", source, mapping).row["stored"] == 2
    assert run("show", "1002").row["record"]["holders"][0]["names"][0]["text"] == "Өтеген Әлиұлы"


def test_a_quotation_mark_that_is_not_closed_costs_its_row_alone(run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / "marks_20260131.csv", tmp_path / "marks.toml"
    rows = ["Application No,Mark,Owner", '1001,"CHAMPA,Kham', '1002,"DOK, KHAM",Somchai', "1003,NAGA,Kham"]
    source.write_text("\n".join(rows) + "\n", encoding="utf-8")
    run("map", "new", source, "--office", "LA", "-o", mapping)
    checked = run("map", "check", source, mapping).rows
    assert (checked[-1]["in"], checked[-1]["stored"], checked[-1]["quarantined"]) == (3, 2, 1)
    assert "unclosed-quote" in {row["code"] for row in checked[:-1]}
    assert run("map", "load", source, mapping).row["stored"] == 2
    assert [row["reason"] for row in run("quarantine", "list").rows] == ["unclosed-quote"]


def test_a_spreadsheet_gives_the_same_records(run: Command, tmp_path: Path) -> None:
    source, mapping = write_xlsx(tmp_path / "marks.xlsx"), tmp_path / "m.toml"
    assert run("map", "new", source, "--office", "LA", "-o", mapping).code == 0
    done = run("map", "load", source, mapping, "--day", "2026-01-31")
    assert done.row["stored"] == 3
    assert {"shifted-row", "row-shape"} <= {row["reason"] for row in run("quarantine", "list").rows}
    assert run("show", "20241").row["record"]["application_date"] == "2024-08-17"


def test_a_new_office_is_drafted_and_its_database_loaded(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    path = tmp_path / "ipas.sqlite"
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE v (app_no TEXT, filing_date DATE, mark TEXT, owner TEXT)")
        connection.exec_driver_sql("INSERT INTO v VALUES ('TL/1', '2024-08-17', 'Kafe', 'Maun')")
    engine.dispose()
    address, mapping = f"sqlite:///{path}", tmp_path / "tl.toml"
    new = run("map", "new", address, "--query", "SELECT * FROM v", "--office", "TL", "--name", "Office of Timor-Leste",
              "--zone", "Asia/Dili", "-o", mapping)  # fmt: skip
    assert (new.code, new.err.count("offices/tl.toml")) == (0, 1)
    assert {row["column"]: row["field"] for row in new.rows}["app_no"] == "application_number"
    assert run("map", "load", address, mapping).row["stored"] == 1
    assert run("show", "TL/1").row["key"] == "tl-tl-1"
    assert "TL" in {row["office"] for row in run("offices").rows}
    assert run("backup", tmp_path / "copy").code == 0
    assert run("restore", tmp_path / "copy", data=tmp_path / "other").code == 0
    drafted = sqlite_database.path("offices") / "tl.toml"
    assert (tmp_path / "other" / "offices" / "tl.toml").read_bytes() == drafted.read_bytes()
    offices.use_folder(tmp_path / "none")
    assert "TL" not in offices.codes()


def test_objects_and_elements_are_looked_at_and_loaded(run: Command, tmp_path: Path) -> None:
    items = [{"applicationNumber": f"77{n}", "title": "Pump", "inventors": [{"name": "A"}]} for n in range(3)]
    (tmp_path / "p.json").write_text(json.dumps({"items": items}), encoding="utf-8")
    (tmp_path / "p.xml").write_text(
        "<list>" + "".join(f"<row><applicationNumber>88{n}</applicationNumber><title>Pump</title></row>" for n in range(3))
        + "</list>", encoding="utf-8")  # fmt: skip
    for name in ("p.json", "p.xml"):
        mapping = tmp_path / f"{name}.toml"
        rows = run("map", "new", tmp_path / name, "--office", "LA", "--right", "work", "-o", mapping).rows
        fields = {row["column"]: row["field"] for row in rows}
        assert (fields["applicationNumber"], fields["title"]) == ("application_number", "titles")
        done = run("map", "load", tmp_path / name, mapping)
        assert (done.row["in"], done.row["stored"] + done.row["quarantined"]) == (3, 3)


def test_wrong_use_is_told(run: Command, tmp_path: Path) -> None:
    source, mapping = write_csv(tmp_path / "marks.csv"), tmp_path / "m.toml"
    assert run("map", "new", source, "--office", "LAO").code == 2
    assert run("map", "new", source, "--office", "LA", "--right", "song").code == 2
    assert run("map", "new", tmp_path / "none.csv", "--office", "LA").code == 3
    assert run("map", "new", source, "--office", "LA", "-o", mapping).code == 0
    assert run("map", "new", source, "--office", "LA", "-o", mapping).code == 2
    assert run("map", "load", source, tmp_path / "none.toml").code == 2
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace('"Mark"', '"Brand"'), encoding="utf-8")
    told = run("map", "check", source, mapping)
    assert told.code == 2
    assert "no column 'Brand'" in told.err


def write_russian_register(source: Path) -> None:
    """A spreadsheet with a title, a heading of two rows, numbered columns, a shifted row and a total."""
    book = xlsxwriter.Workbook(str(source))
    sheet = book.add_worksheet("Реестр")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.merge_range(0, 0, 0, 7, "Реестр товарных знаков")
    sheet.write_row(
        2,
        0,
        ["№ заявки", "Дата подачи", "Товарный знак", "Класс МКТУ", "Товары", "Правообладатель", "", "Статус"],
    )
    sheet.write_row(3, 5, ["Наименование", "Страна"])
    sheet.write_row(4, 0, list(range(1, 9)))
    for number, cells in enumerate([
        ["MGU 1", "17 августа 2024 г.", "OLMA", "32; 30", "соки; кофе", "ООО «Олма»", "Узбекистан", "Действует"],
        ["MGU 2", "", "ЧОЙХОНА", "43", "кафе", "Каримов А.; Каримова Б.", "UZ; KZ", "Экспертиза"],
        ["MGU 3", "", "20.08.2024", "NAVBAHOR", "25", "обувь", "Навбахор", "UZ"],
    ]):  # fmt: skip
        sheet.write_row(5 + number, 0, cells)
    sheet.write_number(6, 1, 45522, day)
    sheet.write_row(8, 0, ["Итого", "", "", 3])
    book.close()


def test_a_register_in_russian_with_a_title_and_a_heading_of_two_rows(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    source, mapping = tmp_path / "знаки_20260131.xlsx", tmp_path / "uz.toml"
    write_russian_register(source)
    new = run(
        "map", "new", source, "--office", "UZ", "--zone", "Asia/Tashkent", "--language", "ru", "-o", mapping
    )
    assert [row["field"] for row in new.rows] == [
        "application_number", "application_date", "mark/verbal", "goods/*/class_number", "goods/*/texts", "holders/*/names",
        "holders/*/country", "office_status"]  # fmt: skip
    assert "row 3 and the next 1" in new.err
    facts = sqlite_database.path("offices") / "uz.toml"
    text = facts.read_text(encoding="utf-8")
    assert '# "Действует" = "registered"' in text
    facts.write_text(
        text.replace('# "Действует"', '"Действует"').replace('# "Экспертиза"', '"Экспертиза"'),
        encoding="utf-8",
    )
    offices.forget()
    tried = run("map", "check", source, mapping)
    codes = [row["code"] for row in tried.rows[:-1]]
    assert (tried.rows[-1]["in"], tried.rows[-1]["stored"], tried.rows[-1]["quarantined"]) == (5, 2, 3)
    assert codes.count("column-mapped") == 8
    assert {"shifted-row", "not-a-row"} <= set(codes)
    assert not {"unknown-status", "not-a-country", "not-a-date"} & set(codes)
    assert run("map", "load", source, mapping).row["stored"] == 2
    record = run("show", "MGU 1").row["record"]
    assert record["application_date"] == "2024-08-17"
    assert [(one["class_number"], one["texts"][0]["text"]) for one in record["goods"]] == [
        (32, "соки"),
        (30, "кофе"),
    ]
    assert record["holders"] == [{"names": [{"text": "ООО «Олма»", "lang": "ru"}], "country": "UZ"}]
    second = run("show", "MGU 2").row["record"]
    assert second["application_date"] == "2024-08-18"
    assert [one["country"] for one in second["holders"]] == ["UZ", "KZ"]


def test_a_state_that_is_none_is_told_with_its_file(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    source, mapping = tmp_path / "знаки_20260131.xlsx", tmp_path / "uz.toml"
    write_russian_register(source)
    assert run("map", "new", source, "--office", "UZ", "--language", "ru", "-o", mapping).code == 0
    facts = sqlite_database.path("offices") / "uz.toml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace('# "Действует" = "registered"', '"Действует" = "good"'), encoding="utf-8")
    offices.forget()
    wrong = run("map", "check", source, mapping)
    assert (wrong.code, "no such state" in wrong.err, "uz.toml" in wrong.err) == (2, True, True)


def test_designs_in_lao_are_loaded_as_they_are_written(run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / "designs_20260131.csv", tmp_path / "la.toml"
    rows = [
        ["ລ/ດ", "ເລກທີຄຳຮ້ອງ", "ວັນທີຍື່ນ", "ຊື່ແບບ", "ໝວດ Locarno", "ຜູ້ຍື່ນຄຳຮ້ອງ", "ປະເທດ", "ຜູ້ອອກແບບ", "ຮູບພາບ"],
        ["໑", "໒໐໑", "໑໗/໐໘/໒໕໖໗", "ຕັ່ງໄມ້", "06-01", "ທ້າວ ຄຳ", "ລາວ", "ນາງ ດາ", "201-1.jpg;201-2.jpg"],
        ["໒", "໒໐໒", "18 ສິງຫາ 2024", "ແກ້ວນ້ຳ", "07-01;09-03", "ບໍລິສັດ ແກ້ວ", "ໄທ", "ທ້າວ ບຸນ", "202.jpg"],
    ]  # fmt: skip
    with source.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened, delimiter="\t").writerows(rows)
    new = run("map", "new", source, "--office", "LA", "--right", "design", "-o", mapping)
    assert [row["field"] for row in new.rows][1:] == [
        "application_number", "application_date", "titles", "products/*/number", "applicants/*/names", "applicants/*/country",
        "designers/*/names", "views/*/filename"]  # fmt: skip
    assert "“ລ/ດ”" in new.err
    checked = run("map", "check", source, mapping).rows
    assert [row["arguments"]["place"] for row in checked if row.get("code") == "column-unmapped"] == ["ລ/ດ"]
    assert run("map", "load", source, mapping).row["stored"] == 2
    record = run("show", "201").row["record"]
    assert (record["application_date"], record["applicants"][0]["country"]) == ("2024-08-17", "LA")
    assert [one["filename"] for one in record["views"]] == ["201-1.jpg", "201-2.jpg"]
    assert record["extra"] == [{"path": "ລ/ດ", "text": "໑"}]


def test_two_columns_of_one_field_are_told_by_new_and_by_check(run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / "m_20260131.csv", tmp_path / "m.toml"
    source.write_text("Application No,Mark,Owner,Holder name,Fee\n1,NAGA,A,B,5\n", encoding="utf-8")
    new = run("map", "new", source, "--office", "LA", "-o", mapping)
    assert "“Owner” has it, “Holder name” has no field" in new.err
    assert "No field is proposed for “Fee”" in new.err
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace('# [[field]]\n# from = "Holder name"\n# to =', '[[field]]\nfrom = "Holder name"\nto ='),
                       encoding="utf-8")  # fmt: skip
    told = {row["code"]: row for row in run("map", "check", source, mapping).rows[:-1]}
    assert told["shared-target"]["arguments"] == {
        "place": "“Owner”, “Holder name”",
        "field": "holders/*/names",
    }
    assert "another field" in told["shared-target"]["remedy"]
    assert told["column-unmapped"]["arguments"]["place"] == "Fee"


def test_a_wrong_mapping_says_where(run: Command, tmp_path: Path) -> None:
    source, mapping = write_csv(tmp_path / "marks.csv"), tmp_path / "m.toml"
    assert run("map", "new", source, "--office", "LA", "-o", mapping).code == 0
    text = mapping.read_text(encoding="utf-8")
    for right, wrong, told in (
        ("application_date", "application_day", "did you mean"), ('"LA"', '"ZZ"', "no office 'ZZ'"), ("[[field]]", "[[field]", "line "),
    ):  # fmt: skip
        mapping.write_text(text.replace(right, wrong), encoding="utf-8")
        for verb in ("check", "load"):
            ran = run("map", verb, source, mapping)
            assert (ran.code, told in ran.err, "Traceback" in ran.err) == (2, True, False), ran.err
    assert (
        run("map", "new", source, "--office", "TL", "--zone", "Mars/Base", "-o", tmp_path / "n.toml").code
        == 2
    )


@pytest.mark.postgresql
def test_a_view_of_postgresql_is_read_and_cannot_be_written(
    run: Command, sqlite_database: Options, postgresql_server: postgresql.Server, tmp_path: Path
) -> None:
    engine = sa.create_engine(postgresql_server.url("postgres").replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        for statement in (
            "CREATE SCHEMA ipas",
            "CREATE TABLE ipas.mark (no BIGINT, filed DATE, seen TIMESTAMP, name TEXT, fee NUMERIC(10,2), note BYTEA)",
            "INSERT INTO ipas.mark VALUES (1001, '2024-08-17', '2024-08-18 10:00', 'ຈຳປາ', 12.50, 'a'), "
            "(1002, NULL, NULL, 'DOK; KHAM', NULL, NULL)",
            'CREATE VIEW ipas."marks of the day" AS SELECT no AS "Application No", filed AS "Filing date", name AS '
            '"Mark", seen AS "Seen", fee AS "Fee", note AS "Note" FROM ipas.mark ORDER BY no',
            "CREATE FUNCTION ipas.leak() RETURNS INT LANGUAGE SQL AS 'DELETE FROM ipas.mark; SELECT 1'",
        ):
            connection.exec_driver_sql(statement)
    trusted = command(msgspec.structs.replace(sqlite_database, allow_private_hosts=True))
    address, mapping = postgresql_server.url("postgres"), tmp_path / "m.toml"
    query = 'SELECT * FROM ipas."marks of the day"'
    assert trusted("map", "new", address, "--query", query, "--office", "LA", "-o", mapping).code == 0
    assert trusted("map", "load", address, mapping).row["stored"] == 2
    record = trusted("show", "1001").row["record"]
    assert (record["application_date"], record["mark"]["verbal"][0]["text"]) == ("2024-08-17", "ຈຳປາ")
    assert {one["text"] for one in record["extra"]} == {"2024-08-18 10:00:00", "12.50", "a"}
    assert trusted("map", "load", address, mapping).row["unchanged"] == 2
    text = mapping.read_text(encoding="utf-8")
    for wrong in ("SELECT ipas.leak()", "SELECT * FROM ipas.none", "WITH a AS (DELETE FROM ipas.mark RETURNING no) SELECT * FROM a"):  # fmt: skip
        mapping.write_text(text.replace(json.dumps(query), json.dumps(wrong)), encoding="utf-8")
        told = trusted("map", "load", address, mapping)
        assert (told.code, "Traceback" in told.err) == (3, False), told.err
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM ipas.mark").scalar() == 2
    engine.dispose()
    alone = run("map", "load", address, mapping)
    assert (alone.code, "private network" in alone.err) == (2, True)


@pytest.mark.parametrize("right", ["patent", "utility-model"])
def test_a_column_of_classification_symbols_is_proposed_so_that_it_loads(
    right: str, run: Command, tmp_path: Path
) -> None:
    source, mapping, target = tmp_path / "p_20260131.csv", tmp_path / "p.toml", tmp_path / "o.jsonl"
    source.write_text(
        "Application No,Filing date,Title,Applicant,IPC\n"
        "BT/1,2024-01-11,Pump,A Ltd.,A01B 1/00\nBT/2,2024-02-11,Valve,B Ltd.,A01B 1/00; A01C 3/02\n",
        encoding="utf-8",
    )
    made = run("map", "new", source, "--office", "BT", "--name", "Bhutan", "--right", right, "-o", mapping)
    assert made.code == 0
    assert run("map", "load", source, mapping).code == 0
    assert run("export", "--full", "-o", target).code == 0
    found = [json.loads(line)["classifications"] for line in target.read_text(encoding="utf-8").splitlines()]
    assert [[(one["scheme"], one["symbol"]) for one in each] for each in found] == [
        [("ipc", "A01B 1/00")],
        [("ipc", "A01B 1/00"), ("ipc", "A01C 3/02")],
    ]


def test_a_name_that_reads_like_no_name_is_told(run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / "m_20260131.csv", tmp_path / "m.toml"
    source.write_text(
        "Application No,Filing date,Mark,Applicant\n1001,2024-01-11,NULL,A Ltd.\n"
        "1002,2024-02-11,-,B Ltd.\n1003,2024-02-12,Lotus,N/A\n",
        encoding="utf-8",
    )
    assert run("map", "new", source, "--office", "KH", "--right", "trademark", "-o", mapping).code == 0
    rows = [json.loads(line) for line in run("map", "check", source, mapping).out.splitlines()]
    told = [row for row in rows if row.get("code") == "placeholder-name"]
    assert [(row["value"], row["path"]) for row in told] == [("NULL", "/mark/verbal")]
