"""Mapped sources: places, values, rows that do not fit, and that nothing of any row is lost."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ipregister.exchange import loss
from ipregister.exchange.json.cells import About, line
from ipregister.exchange.mapped import database, mapping, overview, rows
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.exchange.mapped.targets import places, target_of
from ipregister.exchange.origin import raw_value
from ipregister.model import canonical
from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.model.record import RIGHTS

LA = office("LA")
TEXT = """
office = "LA"
dates = "dmy"
lang = "en"
ignore = ["Remark"]
[codes.kinds]
"Ind." = "Individual"
[[field]]
from = "No"
to = "application_number"
[[field]]
from = "Filed"
to = "application_date"
[[field]]
from = "Mark"
to = "mark/verbal"
[[field]]
from = "Mark (Lao)"
to = "mark/verbal"
lang = "lo"
[[field]]
from = "Class"
to = "goods/*/class_number"
split = ";"
[[field]]
from = "Goods"
to = "goods/*/texts"
split = ";"
[[field]]
from = "Owners"
to = "applicants/*/names"
split = "|"
[[field]]
from = "Country"
to = "applicants/*/country"
split = "|"
[[field]]
from = "Type"
to = "kinds"
codes = "kinds"
[[field]]
from = "Status"
to = "office_status"
[[field]]
from = "Granted"
to = "events/granted/date"
[[constant]]
to = "events/granted/kind"
value = "registration"
"""
MAPPING = mapping.load(TEXT.encode(), "x.toml")
READER = MappedReader(MAPPING, LA)
HEADINGS = ["No", "Filed", "Mark", "Mark (Lao)", "Class", "Goods", "Owners", "Country", "Type", "Status", "Granted",
            "Remark", "Other"]  # fmt: skip
WHOLE = ["37978", "17/08/2559", "CHAMPA", "ຈຳປາ", "30;32", "coffee;beer", "Champa Co.|Kham", "LA|Thailand", "Ind.",
         "Registered", "15/08/2017", "seen", "more"]  # fmt: skip


def row(cells: list[str], number: int = 2) -> bytes:
    return line(number, HEADINGS, cells, About(rows.misfit(HEADINGS, cells)))


def read(cells: list[str]) -> Reading:
    return READER.read(row(cells))


def sound(raw: bytes, reading: Reading) -> None:
    """Nothing is lost, all evidence holds, every position leads to its text."""
    found = loss.check(raw, reading, LA)
    assert (found.lost, found.broken) == ((), ())
    for origin in reading.evidence.values():
        assert raw_value(raw, (), split_origin(origin)[0])[1]


def test_a_row_becomes_a_record() -> None:
    reading = read(WHOLE)
    record = reading.record
    assert isinstance(record, Trademark)
    sound(row(WHOLE), reading)
    plain = json.loads(canonical.encode(record))
    assert (record.application_number, record.application_date) == ("37978", "2016-08-17")
    assert plain["mark"]["verbal"] == [{"text": "CHAMPA", "lang": "en"}, {"text": "ຈຳປາ", "lang": "lo"}]
    assert [(g.class_number, g.texts[0].text) for g in record.goods] == [(30, "coffee"), (32, "beer")]
    assert [(p.names[0].text, p.country) for p in record.applicants] == [("Champa Co.", "LA"), ("Kham", "TH")]
    assert record.kinds == ("Individual",)
    assert plain["events"] == [{"kind": "registration", "date": "2017-08-15"}]
    assert reading.evidence["/application_date"] == ("2:2", "date:dmy", "era")
    assert reading.evidence["/goods/1/class_number"] == (
        "2:5",
        "listed:2:;",
    )
    assert reading.evidence["/kinds/0"] == ("2:9", "mapped:Individual")
    assert [(one.path, one.text) for one in record.extra] == [("Remark", "seen"), ("Other", "more")]
    assert [f.code for f in reading.findings] == ["unknown-element"]


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({"Filed": "31/02/2020"}, ["not-a-date"]),
        ({"Filed": "-"}, []),
        ({"Class": "30;99x"}, ["not-a-class"]),
        ({"Class": "30"}, ["lists-differ"]),
        ({"Class": "9, 35", "Goods": "coffee"}, ["classes-in-one", "lists-differ"]),
        ({"Country": "LA"}, ["lists-differ"]),
        ({"Country": "LA|Atlantis"}, ["not-a-country"]),
        ({"Type": "Odd"}, ["unknown-word"]),
        ({"Mark": "a\nb  c"}, []),
        ({"Granted": ""}, []),
        ({"Owners": "|Kham"}, []),
    ],
)
def test_what_is_odd_is_found_and_nothing_is_lost(change: dict[str, str], findings: list[str]) -> None:
    cells = [change.get(name, cell) for name, cell in zip(HEADINGS, WHOLE, strict=True)]
    reading = read(cells)
    sound(row(cells), reading)
    assert [f.code for f in reading.findings if f.code != "unknown-element"] == findings


def test_a_text_whose_class_nobody_knows_is_given_to_none() -> None:
    cells = [
        {"Class": "9, 35", "Goods": "all of them"}.get(n, c) for n, c in zip(HEADINGS, WHOLE, strict=True)
    ]
    record = read(cells).record
    assert isinstance(record, Trademark)
    assert [(g.class_number, g.texts) for g in record.goods] == [(9, ()), (35, ())]
    assert [t.text for t in record.goods_unclassified] == ["all of them"]


@pytest.mark.parametrize("at", range(1, 9))
def test_a_row_one_column_off_is_never_read(at: int) -> None:
    right = [*WHOLE[:at], "", *WHOLE[at:]]
    assert read(right).refusal == "row-shape"
    assert read(right[:-1]).refusal in ("shifted-row", "row-shape")
    left = [*WHOLE[: at - 1], *WHOLE[at:]]
    assert read(left).refusal == "row-shape"
    assert read([*left, ""]).refusal in ("shifted-row", "row-shape")


def test_a_row_is_off_where_its_class_is_empty_and_stands_under_the_goods() -> None:
    text = """
office = "LA"
right = "trademark"
[input]
kind = "csv"
[[field]]
from = "No"
to = "application_number"
[[field]]
from = "Class"
to = "goods/*/class_number"
[[field]]
from = "Goods"
to = "goods/*/texts"
[[field]]
from = "Country"
to = "holders/*/country"
[[field]]
from = "Status"
to = "office_status"
"""
    reader = MappedReader(mapping.load(text.encode(), "x"), LA)
    headings = ["No", "Class", "Goods", "Country", "Status"]
    assert reader.read(line(2, headings, ["1", "", "24", "Lotus Co., Ltd.", "LA"])).refusal == "shifted-row"
    assert reader.read(line(2, headings, ["1", "23", "", "Lotus Co., Ltd.", "LA"])).refusal == "shifted-row"
    assert not reader.read(line(2, headings, ["1", "", "Hats", "LA", "Registered"])).refusal
    assert not reader.read(line(2, headings, ["1", "23", "Hats", "Atlantis", "Registered"])).refusal


def test_a_wrong_date_beside_a_right_one_is_no_shift() -> None:
    text = TEXT.replace('from = "Mark"\n', 'from = "Published"\n').replace(
        '"mark/verbal"', '"opposition_start"', 1
    )
    headings = ["No", "Filed", "Published"]
    reader = MappedReader(mapping.load(text.encode(), "x"), LA)
    reading = reader.read(line(2, headings, ["1", "31/02/2020", "01/03/2020"]))
    assert [f.code for f in reading.findings] == ["not-a-date"]


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(WHOLE)


@given(st.lists(CELLS, min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_no_cell_of_any_row_is_lost(cells: list[str]) -> None:
    raw = row(cells)
    reading = READER.read(raw)
    if reading.record is not None:
        found = loss.check(raw, reading, LA)
        assert (found.lost, found.broken) == ((), ())
    else:
        assert reading.refusal in ("shifted-row", "empty", "not-well-formed") or not any(
            map(str.strip, cells)
        )


PATHS = """
office = "LA"
right = "patent"
[input]
kind = "KIND"
records = "item"
[[field]]
from = "no"
to = "application_number"
[[field]]
from = "title"
to = "titles"
[[field]]
from = "PEOPLE/name"
to = "inventors/*/names"
[[field]]
from = "PEOPLE/land"
to = "inventors/*/country"
"""


def _patent(text: str, kind: str, people: str) -> MappedReader:
    return MappedReader(mapping.load(text.replace("KIND", kind).replace("PEOPLE", people).encode(), "x"), LA)


def test_objects_are_read_by_their_names() -> None:
    raw = json.dumps(
        {"no": 17, "title": "Pump", "who": [{"name": "A"}, {"name": "B", "land": "TH"}], "x": [True]}
    ).encode()
    reading = _patent(PATHS, "json", "who/*").read(raw)
    sound(raw, reading)
    assert reading.record is not None
    plain = json.loads(canonical.encode(reading.record))
    assert plain["application_number"] == "17"
    assert [(p["names"][0]["text"], p.get("country")) for p in plain["inventors"]] == [
        ("A", None),
        ("B", "TH"),
    ]
    assert reading.evidence["/inventors/1/country"] == "/who/1/land"
    assert plain["extra"] == [{"path": "x/*", "text": "true"}]


@pytest.mark.parametrize("around", [("", ""), ("<list about='1'>", "</list>")])
def test_elements_are_read_by_their_paths(around: tuple[str, str]) -> None:
    item = "<item no='17'><title>Pump</title><who><name>A</name></who><who><name>B</name><land>TH</land></who>loose</item>"
    raw = "".join((around[0], item, around[1])).encode()
    reading = _patent(PATHS.replace('from = "no"', 'from = "@no"'), "xml", "who").read(raw)
    sound(raw, reading)
    assert reading.record is not None
    plain = json.loads(canonical.encode(reading.record))
    assert plain["application_number"] == "17"
    assert [(p["names"][0]["text"], p.get("country")) for p in plain["inventors"]] == [
        ("A", None),
        ("B", "TH"),
    ]
    assert {one["text"] for one in plain["extra"]} == ({"loose", "1"} if around[0] else {"loose"})


def test_bad_xml_and_bad_json_are_refused() -> None:
    assert _patent(PATHS, "xml", "who").read(b"<item>").record is None
    assert _patent(PATHS, "json", "who/*").read(b'{"no": ').refusal == "not-well-formed"


@pytest.mark.parametrize("right", sorted(RIGHTS))
def test_every_place_of_a_right_can_be_mapped(right: str) -> None:
    found = places(right)
    assert len(found) > 30
    for path in found:
        assert target_of(path, right).path == path


@pytest.mark.parametrize(
    "wrong",
    ["nothing", "applicants", "applicants/*", "mark", "office", "kept/*/text", "application_number/x", "a b"],
)
def test_what_is_no_place_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        target_of(wrong, "trademark")


@pytest.mark.parametrize(
    "wrong",
    [
        "office = 1", 'office = "LA"', 'office = "LA"\nnovel = 1', "[[field]", 'office = "LA"\nright = "song"',
        TEXT.replace('"goods/*/texts"', '"goods/texts"'), TEXT.replace('split = "|"', 'split = "and"'),
        TEXT.replace('codes = "kinds"', 'codes = "other"'), TEXT.replace('lang = "lo"', 'lang = "!"'),
        TEXT.replace('to = "office_status"', 'to = "office_status"\nlegacy = "limon9"'),
        TEXT.replace('to = "events/granted/kind"', 'to = "events/granted/date"'),
        TEXT.replace('to = "office_status"', 'to = "office_status"\nsplit = ","'),
        'input = {kind = "sql"}\n' + TEXT, 'input = {kind = "xml"}\n' + TEXT, "input = {header = 0}\n" + TEXT,
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_told(wrong: str) -> None:
    with pytest.raises(UsageError):
        mapping.load(wrong.encode(), "x.toml")


SHORT = """office = "LA"
dates = "dmy"
[input]
kind = "csv"

[[field]]
from = "No"
to = "application_number"

# [[field]]
[[field]]
from = "Filed"
to = "application_date"
"""


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('dates = "dmy"', "dates = dmy", ["line 2 cannot be read", "dates = dmy"]),
        ('dates = "dmy"', 'dates = "dym"', ["line 2: dates", "'dym' is none of iso, dmy, mdy"]),
        ("dates", "date", ["line 2", "no word 'date' here", "did you mean 'dates'?"]),
        ("application_date", "application_dat", ["line 11, [[field]] number 2 (from = 'Filed')", "mean 'application_date'?"]),
        ("mark", "", []),
        ('from = "Filed"', 'form = "Filed"', ["line 12, [[field]] number 2", "'form'", "did you mean 'from'?"]),
        ('from = "Filed"\n', "", ["line 11, [[field]] number 2", "the word 'from' is missing"]),
        ('[[field]]\nfrom = "F', '[field]\nfrom = "F', ["line 11", "twice"]),
        ('"csv"', '"cvs"', ["line 4 ([input])", "'cvs' is none of csv, xlsx, xml, json, sql"]),
        ('"csv"', '"csv"\nencoding = "cp99"', ["input.encoding", "cp99"]),
        ('"csv"', '"csv"\nheader = "two"', ["line 5 ([input])", "header: must be a whole number"]),
        ('"csv"', '"csv"\nheader_rows = 0', ["count from 1"]),
        ('date"\n', 'date"\nsplit = 3\n', ["line 14, [[field]] number 2", "must be a text in quotation marks"]),
        ('date"\n', 'date"\nsplit = ";"\n', ["holds one value, and is split"]),
        ('date"\n', 'date"\ncodes = "kind"\n[codes.kinds]\n', ["no table [codes.kind]; did you mean 'kinds'?"]),
        ('date"\n', 'date"\n[codes.c]\na = 1\n', ["[codes]", "both texts in quotation marks"]),
        ('date"\n', 'date"\n[[field]]\nfrom="T"\nto="kinds"\ncodes="k"\n[codes.k]\na = "Indivdual"\n',
         ["line 14, [[field]] number 3", "[codes.k]: kinds cannot be 'Indivdual'"]),
        ('date"\n', 'date"\n[[field]]\nfrom="T"\nto="holders/*/country"\ncodes="k"\n[codes.k]\na = "Laos"\n', ["'Laos'"]),
        ('date"\n', 'date"\n[[constant]]\nto = "office_status"\nvalue = "x"\n', ["line 14, [[constant]] number 1"]),
        ('"No"', '"No', ["line 7 cannot be read", 'from = "No']),
        ("office", "offce", ["line 1", "did you mean 'office'?"]),
        ('"LA"', '"LA"\nright = "tradmark"', ["did you mean 'trademark'?"]),
        ('"LA"', '"LA"\nlang = "english"', ["lang", "no language tag"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_was_meant(right: str, wrong: str, told: list[str]) -> None:
    text = SHORT.replace(right, wrong)
    if not told:
        assert mapping.load(SHORT.encode("utf-8-sig"), "m.toml").fields
        return
    with pytest.raises(UsageError) as caught:
        mapping.load(text.encode(), "m.toml")
    assert [part for part in ("m.toml", *told) if part not in str(caught.value)] == [], str(caught.value)


def test_a_mapping_that_is_not_in_utf_8_says_the_line() -> None:
    with pytest.raises(UsageError, match="line 14 is not in UTF-8"):
        mapping.load(SHORT.encode() + b"# \xe4\n", "m.toml")


def test_columns_that_share_a_field_are_told() -> None:
    text = SHORT + '[[field]]\nfrom = "Filed on"\nto = "application_date"\n'
    (found,) = overview.shared(mapping.load(text.encode(), "x"))
    assert (found.code, found.severity, found.path) == ("shared-target", "warning", "/application_date")
    assert found.arguments == {"place": "“Filed”, “Filed on”", "field": "application_date"}
    assert overview.shared(MAPPING) == []  # a mark in two languages
    same = TEXT.replace('lang = "lo"', 'lang = "en"')
    assert [one.path for one in overview.shared(mapping.load(same.encode(), "x"))] == ["/mark/verbal"]


# ------------------------------------------------------------------------------------------------- tables
def _lines(path: Path, told: Input) -> list[Any]:
    return [json.loads(one) for one in rows.lines_of(path, told)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "tis-620"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_csv_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    word = {"cp1251": "Степь", "tis-620": "ช้าง"}.get(encoding, "ຈຳປາ")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["No", "Name"], ["1", f"{word}{delimiter}\n“x”"], [], ["2", ""]])
    (tmp_path / "t.csv").write_bytes(out.getvalue().encode(encoding, "replace"))
    told = Input(encoding="utf-8" if encoding.startswith("utf") else encoding)
    (first, second) = _lines(tmp_path / "t.csv", told)
    assert first["$row"] == 2
    assert first["$cells"]["1 No"] == "1"
    assert first["$cells"]["2 Name"].startswith(f"{word}{delimiter}\n")
    assert second == {"$row": 4, "$cells": {"1 No": "2", "2 Name": ""}}


def test_rows_that_do_not_fit_say_so(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"a,b\n1,2,\n1,2,3\n1\n\xff,2\n")
    wrong = [one.get("$wrong", "") for one in _lines(tmp_path / "t.csv", Input())]
    assert [one.partition(":")[0] for one in wrong] == ["", "row-shape", "row-shape", "undecodable-row"]


def test_a_spreadsheet_is_read(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet("Marks")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(1, 0, ["No", "Filed", "Fee", "Ok"])
    sheet.write_row(2, 0, [37978, None, 1.5, True])
    sheet.write_datetime(2, 1, dt.datetime(2016, 8, 17), day)
    book.close()
    told = Input("xlsx", sheet="Marks", header=2)
    assert _lines(tmp_path / "t.xlsx", told) == [
        {"$row": 3, "$cells": {"1 No": "37978", "2 Filed": "2016-08-17", "3 Fee": "1.5", "4 Ok": "true"},
         "$sheet": "Marks"}
    ]  # fmt: skip
    for other in (Input("xlsx", sheet="Other"), Input("xlsx", header=9)):
        with pytest.raises(UnreadableInput):
            _lines(tmp_path / "t.xlsx", other)


def test_a_database_is_read_and_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "ipas.sqlite"
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE mark (no INTEGER, name TEXT, filed DATE)")
        connection.exec_driver_sql("INSERT INTO mark VALUES (1, 'ຈຳປາ', '2016-08-17'), (2, NULL, NULL)")
    engine.dispose()
    found = list(database.lines_of(f"sqlite:///{path}", "SELECT * FROM mark ORDER BY no", private=False))
    assert json.loads(found[0])["$cells"] == {"1 no": "1", "2 name": "ຈຳປາ", "3 filed": "2016-08-17"}
    asked = "-- marks\n/* of all */ SELECT no, ' :no 50%' AS a FROM mark WHERE name LIKE '%ປ%'"
    found = list(database.lines_of(f"sqlite:///{path}", asked, private=False))
    assert [json.loads(one)["$cells"] for one in found] == [{"1 no": "1", "2 a": " :no 50%"}]
    for query in (
        "WITH a AS (SELECT 1) DELETE FROM mark",
        "WITH a AS (SELECT 1) INSERT INTO mark (no) SELECT 5 RETURNING no",
    ):
        with pytest.raises(UnreadableInput):
            list(database.lines_of(f"sqlite:///{path}", query, private=False))
    for query in (
        "DELETE FROM mark",
        "SELECT 1; DELETE FROM mark",
        "",
        "UPDATE mark SET no = 1",
        "/* SELECT */ DELETE FROM mark",
    ):
        with pytest.raises(UsageError):
            list(database.lines_of(f"sqlite:///{path}", query, private=False))
    for address, error in (
        (f"sqlite:///{path}x", UnreadableInput),
        ("novel://x/y", UsageError),
        ("postgresql+psycopg://u:p@127.0.0.1:9/x", UsageError),
    ):
        with pytest.raises(error):
            list(database.lines_of(address, "SELECT 1", private=False))
    with pytest.raises(UnreadableInput):
        list(database.lines_of(f"sqlite:///{path}", "SELECT * FROM other", private=False))
    assert database.name_of("postgresql://user:secret@db.example/ipas") == "db-example-ipas"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:SECRET@db.example:port/ipas",
        "postgresql://db.example:SECRET/ipas",
        "postgresql://u:SECRET@[::1/ipas",
        "postgresql:/SECRET",
        "postgresql://u:p@127.0.0.1/ipas",
        "postgresql:///ipas?host=127.0.0.1&password=SECRET",
        "postgresql://u:SECRET@8.8.8.8/ipas?hostaddr=10.0.0.1",
        "postgresql://u:SECRET@8.8.8.8/ipas?host=8.8.4.4,192.168.1.1:5432",
        "postgresql:///ipas?host=/var/run/postgresql",
        "postgresql:///ipas?service=SECRET",
        "postgresql:///ipas",
    ],
)
def test_an_address_that_is_wrong_or_private_is_refused_without_a_word_of_its_password(address: str) -> None:
    with pytest.raises(UsageError) as told:
        list(database.lines_of(address, "SELECT 1", private=False))
    assert "SECRET" not in f"{told.value} {told.value.remedy} {told.value.place} {told.value.__cause__}"


def test_an_address_in_capitals_is_one() -> None:
    assert database.is_address("PostgreSQL://u:p@db.example/ipas")
    assert not database.is_address("C:/marks.csv")


def test_old_encodings_and_digits_are_named_repairs() -> None:
    text = TEXT.replace('to = "office_status"', 'to = "file_reference"\ndigits = true')
    reader = MappedReader(mapping.load(text.encode(), "x"), LA)
    raw = line(2, ["No", "Status", "Mark"], ["1", "\u0ed1\u0ed2", "AC/DC\u00a0 "])
    reading = reader.read(raw)
    sound(raw, reading)
    assert reading.evidence["/file_reference"] == ("2:2", "digits")


_OBJECTS = mapping.load(
    b"""office = "LA"
[input]
kind = "json"
[[field]]
from = "no"
to = "application_number"
[[field]]
from = "mark"
to = "mark/verbal"
""",
    "x",
)


@pytest.mark.parametrize("number", ["1e400", "-1E999", "1.5e10", "1e-400"])
def test_a_number_that_no_machine_holds_is_kept_as_it_is_written(number: str) -> None:
    raw = f'{{"no":{number},"mark":{number},"other":{number}}}'.encode()
    reading = MappedReader(_OBJECTS, LA).read(raw)
    sound(raw, reading)
    assert isinstance(reading.record, Trademark)
    assert [(one.field, one.text, one.reason) for one in reading.record.kept] == [
        ("/application_number", number, "precision-lost")
    ]
    assert [text.text for text in reading.record.mark.verbal] == [number]
    assert [one.text for one in reading.record.extra] == [number]
    assert [one.code for one in reading.findings] == ["precision-lost", "unknown-element"]


def test_a_text_that_looks_like_such_a_number_is_one() -> None:
    raw = b'{"no":"12E4","mark":NaN,"other":Infinity,"more":123456789012345678901234567890.10}'
    reading = MappedReader(_OBJECTS, LA).read(raw)
    sound(raw, reading)
    assert isinstance(reading.record, Trademark)
    assert reading.record.application_number == "12E4"
    assert [one.text for one in reading.record.extra] == ["Infinity", "123456789012345678901234567890.10"]


@pytest.mark.parametrize("name", ["json", "jsonb"])
def test_a_column_of_json_is_taken_as_its_text(name: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    engine = database._engine(sa.make_url("postgresql://reader@db.example/ipas"))
    adapters = engine.dialect._psycopg_adapters_map  # type: ignore[attr-defined]  # what connections are given
    kind = adapters.types[name].oid
    loader = adapters.get_loader(kind, psycopg.pq.Format.TEXT)
    assert loader(kind, None).load(b'{"a": 1e400, "b": 1.10}') == '{"a": 1e400, "b": 1.10}'


def running(raw: str, *fields: tuple[str, str]) -> Reading:
    """A record of XML under paths, with nothing lost."""
    lines = ['office = "LA"', "[input]", 'kind = "xml"', 'records = "r"']
    lines += [
        f'[[field]]\nfrom = "{path}"\nto = "{place}"'
        for path, place in (("no", "application_number"), *fields)
    ]
    reading = MappedReader(mapping.load("\n".join(lines).encode(), "x"), LA).read(raw.encode())
    sound(raw.encode(), reading)
    return reading


@pytest.mark.parametrize(
    ("inside", "place", "value"),
    [
        ("THE <b>BIG</b> NAGA", "mark/verbal", "THE BIG NAGA"),
        ("Kham <i>and <b>Keo</b></i> Sons", "applicants/*/names", "Kham and Keo Sons"),
        ("<i>Kham</i> Sons", "applicants/*/names", "Kham Sons"),
        ("Reg<b>ist</b>ered", "office_status", "Registered"),
        ("Thai<b>land</b>", "applicants/*/country", "TH"),
        ("2016-<b>08</b>-17", "application_date", "2016-08-17"),
        ("12/<b>x</b>/2020", "application_date", "12/x/2020"),
    ],
)
def test_a_text_with_elements_in_it_is_one(inside: str, place: str, value: str) -> None:
    reading = running(f'<r><no>1</no><t a="7">{inside}</t></r>', ("t", place))
    plain = json.dumps(json.loads(canonical.encode(reading.record)), ensure_ascii=False)  # type: ignore[arg-type]
    assert f'"{value}"' in plain
    assert [(one.path, one.text) for one in reading.record.extra] == [("t/@a", "7")]  # type: ignore[union-attr]
    assert any(split_origin(origin)[0] == "2*" for origin in reading.evidence.values())


def test_where_its_elements_are_mapped_too_the_pieces_stand_apart() -> None:
    raw = "<r><no>1</no><g><c>5</c>coffee<c>6</c>tea</g></r>"
    record = running(raw, ("g/c", "goods/*/class_number"), ("g", "goods/*/texts")).record
    assert isinstance(record, Trademark)
    assert [(one.class_number, one.texts[0].text) for one in record.goods] == [(5, "coffee"), (6, "tea")]


def test_text_around_the_elements_of_a_record_and_names_of_files_in_a_text_are_kept() -> None:
    raw = "<r>head<no>1</no>mid<t>X <image>a.png</image> Z</t>tail</r>"
    record = running(raw, ("t", "mark/verbal")).record
    assert isinstance(record, Trademark)
    assert [text.text for text in record.mark.verbal] == ["X", "Z"]
    assert [one.text for one in record.extra] == ["head", "mid", "a.png", "tail"]
