"""Mapped sources: tables of CSV, of workbooks, of databases."""

import csv
import datetime as dt
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter

from ipregister.exchange.mapped import database, rows
from ipregister.exchange.mapped.mapping import Input
from ipregister.model.errors import UnreadableInput, UsageError


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
         "$sheet": "Marks", "$forms": {"2 Filed": "yyyy-mm-dd", "3 Fee": "General", "4 Ok": "TRUE/FALSE"}}
    ]  # fmt: skip
    for other in (Input("xlsx", sheet="Other"), Input("xlsx", header=9)):
        with pytest.raises(UnreadableInput):
            _lines(tmp_path / "t.xlsx", other)


@pytest.mark.parametrize("name", ["marks#2026.db", "100%41.db", "a b&mode=rwc.db", "ຈຳປາ.db"])
def test_a_database_of_any_name_is_the_one_that_is_read(tmp_path: Path, name: str) -> None:
    with sqlite3.connect(tmp_path / name) as connection:
        connection.execute("CREATE TABLE mark AS SELECT 7 AS no")
    connection.close()
    address = f"sqlite:///{tmp_path / name.replace('%', '%25')}"
    writing = "WITH a AS (SELECT 1) INSERT INTO mark SELECT 5 RETURNING no"
    found = list(database.lines_of(address, "SELECT * FROM mark", private=False))
    assert json.loads(found[0])["$cells"] == {"1 no": "7"}
    with pytest.raises(UnreadableInput):
        list(database.lines_of(address, writing, private=False))
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.fixture
def marks(tmp_path: Path) -> str:
    """The address of a database with two marks."""
    path = tmp_path / "ipas.sqlite"
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE mark (no INTEGER, name TEXT, filed DATE)")
        connection.exec_driver_sql("INSERT INTO mark VALUES (1, 'ຈຳປາ', '2016-08-17'), (2, NULL, NULL)")
    engine.dispose()
    return f"sqlite:///{path}"


@pytest.mark.parametrize(
    ("query", "cells"),
    [
        ("SELECT * FROM mark ORDER BY no LIMIT 1", {"1 no": "1", "2 name": "ຈຳປາ", "3 filed": "2016-08-17"}),
        ("-- marks\n/* of all */ SELECT no, ' :no 50%' AS a FROM mark WHERE name LIKE '%ປ%'", {"1 no": "1", "2 a": " :no 50%"}),
        ("SELECT no || '; it''s' AS \"a;b\" FROM mark WHERE no = 1;", {"1 a;b": "1; it's"}),
    ],
)  # fmt: skip
def test_a_database_is_read(marks: str, query: str, cells: dict[str, str]) -> None:
    (found,) = database.lines_of(marks, query, private=False)
    assert json.loads(found)["$cells"] == cells


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("WITH a AS (SELECT 1) DELETE FROM mark", UnreadableInput),
        ("WITH a AS (SELECT 1) INSERT INTO mark (no) SELECT 5 RETURNING no", UnreadableInput),
        ("SELECT * FROM other", UnreadableInput),
        ("DELETE FROM mark", UsageError),
        ("SELECT 1; DELETE FROM mark", UsageError),
        ("SELECT 'a;'; DELETE FROM mark", UsageError),
        ("SELECT 'a\\''; DELETE FROM mark; --'", UsageError),
        ("SELECT 1 -- '\n; DELETE FROM mark -- '", UsageError),
        ("SELECT /* /* */ ' */ 1; DELETE FROM mark --'", UsageError),
        ("SELECT $$ ' $$; DELETE FROM mark --'", UsageError),
        ("SELECT 1 AS `'`; DELETE FROM mark --'", UsageError),
        ("SELECT q'!'!'; DELETE FROM mark --'", UsageError),
        ("", UsageError),
        ("UPDATE mark SET no = 1", UsageError),
        ("/* SELECT */ DELETE FROM mark", UsageError),
    ],
)
def test_a_database_cannot_be_written(marks: str, query: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(database.lines_of(marks, query, private=False))
    assert len(list(database.lines_of(marks, "SELECT * FROM mark", private=False))) == 2


def test_a_database_that_cannot_be_reached_is_told(marks: str) -> None:
    for address, error in (
        (f"{marks}x", UnreadableInput),
        ("novel://x/y", UsageError),
        ("postgresql+psycopg://u:p@127.0.0.1:9/x", UsageError),
    ):
        with pytest.raises(error):
            list(database.lines_of(address, "SELECT 1", private=False))
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


@pytest.mark.parametrize("name", ["json", "jsonb"])
def test_a_column_of_json_is_taken_as_its_text(name: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    engine = database._engine(sa.make_url("postgresql://reader@db.example/ipas"))
    adapters = engine.dialect._psycopg_adapters_map  # type: ignore[attr-defined]  # what connections are given
    kind = adapters.types[name].oid
    loader = adapters.get_loader(kind, psycopg.pq.Format.TEXT)
    assert loader(kind, None).load(b'{"a": 1e400, "b": 1.10}') == '{"a": 1e400, "b": 1.10}'
