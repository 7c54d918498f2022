"""Sources that are no spreadsheets: databases that nothing is written to, XML and JSON of many shapes."""

import datetime as dt
import decimal
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ipregister.capture import looking
from ipregister.exchange import loss
from ipregister.exchange.mapped import database, mapping
from ipregister.exchange.mapped.database import _forbid_writing, _text
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model import canonical
from ipregister.model.offices import office

LA = office("LA")


@pytest.fixture
def address(tmp_path: Path) -> str:
    path = tmp_path / "ipas.sqlite"
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for statement in (
            "CREATE TABLE mark (id INTEGER PRIMARY KEY, name TEXT, filed TIMESTAMP, fee NUMERIC, logo BLOB, owner INTEGER)",
            "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, note BLOB)",
            "INSERT INTO person VALUES (1, 'ທ້າວ ຄຳ', X'E0BA81'), (2, NULL, X'FF00')",
            "INSERT INTO mark VALUES (1, 'NAGA', '2016-08-17 00:00:00', 12.50, X'89504E47', 1)",
            "INSERT INTO mark VALUES (9007199254740993, NULL, NULL, NULL, NULL, 2)",
            "CREATE VIEW v AS SELECT m.id, m.name, m.filed, m.fee, m.logo, p.id, p.name, p.note FROM mark m "
            "LEFT JOIN person p ON p.id = m.owner",
        ):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return f"sqlite:///{path}"


def rows(address: str, query: str) -> list[dict[str, str]]:
    return [json.loads(one)["$cells"] for one in database.lines_of(address, query, private=False)]


def test_a_join_with_two_columns_of_a_name_nulls_and_bytes(address: str) -> None:
    query = "SELECT m.id, m.name, m.filed, m.logo, p.id, p.name, p.note FROM mark m LEFT JOIN person p ON p.id = m.owner ORDER BY m.id"
    first, second = rows(address, query)
    assert first == {
        "1 id": "1", "2 name": "NAGA", "3 filed": "2016-08-17 00:00:00", "4 logo": "\\x89504e47", "5 id [2]": "1",
        "6 name [2]": "ທ້າວ ຄຳ", "7 note": "ກ"}  # fmt: skip
    assert (second["1 id"], second["2 name"], second["7 note"]) == ("9007199254740993", "", "\\xff00")
    assert len(rows(address, "WITH a AS (SELECT * FROM v) SELECT * FROM a")) == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "true"), (0.1, "0.1"), (3.0, "3"), (1e300, "1e+300"), (decimal.Decimal("1E+3"), "1000"),
        (decimal.Decimal("12.50"), "12.50"), (dt.date(2016, 8, 17), "2016-08-17"),
        (dt.datetime(2016, 8, 17), "2016-08-17"), (dt.datetime(2016, 8, 17, 9, 5), "2016-08-17 09:05:00"),
        (dt.time(9, 5), "09:05:00"), (b"\xe0\xba\x81", "ກ"), (b"\xff\x00", "\\xff00"), (b"a\x00b", "\\x610062"),
        (memoryview(b"x\ty"), "x\ty"), (["a", 1], '["a",1]'), ({"a": decimal.Decimal(1)}, '{"a":"1"}'), (7, "7"),
    ],
)  # fmt: skip
def test_a_value_of_a_database_is_a_text_that_loses_nothing(value: Any, text: str) -> None:
    assert _text(value) == text


def test_nothing_can_be_written_over_the_connection(address: str) -> None:
    url = sa.make_url(address)
    engine = database._engine(url)
    before = Path(url.database or "").read_bytes()
    for forbidden in (True, False):  # by the connection's own mode, and by the file's
        with engine.connect() as connection:
            if forbidden:
                _forbid_writing(connection)
            for statement in (
                "DELETE FROM mark",
                "CREATE TABLE t (a)",
                "UPDATE person SET name = 'x'",
                "DROP VIEW v",
            ):
                with pytest.raises(sa.exc.OperationalError, match=r"readonly|read-only"):
                    connection.exec_driver_sql(statement)
    engine.dispose()
    assert Path(url.database or "").read_bytes() == before


JSON = """
office = "LA"
[input]
kind = "json"
[[field]]
from = "number"
to = "application_number"
[[field]]
from = "owners/*/name"
to = "holders/*/names"
[[field]]
from = "owners/*/addresses/*/line"
to = "holders/*/address_lines"
[[field]]
from = "classes/*/nice"
to = "goods/*/class_number"
[[field]]
from = "classes/*/terms/*"
to = "goods/*/texts"
"""
ITEM = {
    "number": "17",
    "owners": [{"name": "A", "addresses": [{"line": "x"}, {"line": "y"}]}, {"name": "B", "addresses": []}],
    "classes": [
        {"nice": 30, "terms": ["coffee", "tea"]},
        {"nice": 32, "terms": []},
        {"nice": 33, "terms": ["wine"]},
    ],
    "deep": {"er": [[1, [2]]], "nothing": None, "yes": True},
    "a/b": {"c~d": "odd"},
}


def plain(text: str, raw: bytes) -> dict[str, Any]:
    reading = MappedReader(mapping.load(text.encode(), "x"), LA).read(raw)
    assert reading.record is not None, reading.refusal
    found = loss.check(raw, reading, LA)
    assert (found.lost, found.broken) == ((), ())
    told: dict[str, Any] = json.loads(canonical.encode(reading.record))
    return told


def test_lists_in_lists_stay_with_their_elements() -> None:
    record = plain(JSON, json.dumps(ITEM).encode())
    assert [(one["names"][0]["text"], [line["text"] for line in one.get("address_lines", [])]) for one in record["holders"]] == [
        ("A", ["x", "y"]), ("B", [])]  # fmt: skip
    assert [(one["class_number"], [text["text"] for text in one.get("texts", [])]) for one in record["goods"]] == [
        (30, ["coffee", "tea"]), (32, []), (33, ["wine"])]  # fmt: skip
    assert {one["text"] for one in record["extra"]} == {"1", "2", "true", "odd"}


XML = """
office = "LA"
[input]
kind = "xml"
records = "Mark"
[[field]]
from = "@no"
to = "application_number"
[[field]]
from = "Owner/Name"
to = "holders/*/names"
[[field]]
from = "Owner/@country"
to = "holders/*/country"
[[field]]
from = "Class/Number"
to = "goods/*/class_number"
[[field]]
from = "Class/Terms/Term"
to = "goods/*/texts"
"""
MARK = (
    '<t:Mark xmlns:t="urn:t" xmlns:o="urn:o" no="17"><o:Owner country="LA"><o:Name>A</o:Name></o:Owner>'
    '<o:Owner country="TH"><o:Name>B</o:Name></o:Owner>'
    "<t:Class><t:Number>30</t:Number><t:Terms><t:Term>coffee</t:Term><t:Term>tea</t:Term></t:Terms></t:Class>"
    "<t:Class><t:Number>33</t:Number><t:Terms><t:Term>wine</t:Term></t:Terms></t:Class>"
    "<!-- seen --><t:Note t:by='x'><![CDATA[a < b]]></t:Note></t:Mark>"
)


BARE = MARK.replace(' xmlns:t="urn:t"', "")
"""The namespace is declared around the records."""


def test_groups_of_xml_with_namespaces_and_attributes_stay_together() -> None:
    record = plain(XML, MARK.encode())
    assert record["application_number"] == "17"
    assert [(one["names"][0]["text"], one["country"]) for one in record["holders"]] == [
        ("A", "LA"),
        ("B", "TH"),
    ]
    assert [(one["class_number"], [text["text"] for text in one["texts"]]) for one in record["goods"]] == [
        (30, ["coffee", "tea"]), (33, ["wine"])]  # fmt: skip
    assert {one["text"] for one in record["extra"]} == {"a < b", "x"}


@pytest.mark.parametrize(
    ("name", "text", "records"),
    [
        ("a.json", json.dumps([ITEM, ITEM]), ""),
        ("b.json", json.dumps({"meta": {"n": 2}, "items": [ITEM, ITEM]}), "items"),
        ("c.jsonl", json.dumps(ITEM) + "\n" + json.dumps(ITEM) + "\n", ""),
        ("d.json", "\ufeff" + json.dumps([ITEM, ITEM], indent=1), ""),
        ("e.xml", f"<Marks>{MARK}{MARK}</Marks>", "Mark"),
        ("g.xml", f"<t:Marks xmlns:t='urn:t'>{BARE}{BARE}</t:Marks>", "Mark"),
        ("f.xml", f"<?xml version='1.0'?><a><head><b>1</b></head><Marks>{MARK}{MARK}{MARK}</Marks></a>", "Mark"),
    ],
)  # fmt: skip
def test_where_the_records_are_is_seen(name: str, text: str, records: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    told = looking.told_of(tmp_path / name)
    assert told.records == records
    seen = looking.look(tmp_path / name, told)
    assert seen.records == text.count("coffee")
    names = set(seen.columns)
    assert {"owners/*/name", "classes/*/terms/*"} <= names or {
        "@no",
        "Owner/Name",
        "Class/Terms/Term",
    } <= names
