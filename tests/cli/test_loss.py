"""The verb `loss`: the texts of records followed into other formats and back."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ipregister.exchange import st96
from ipregister.exchange.formats import FORMATS
from ipregister.exchange.st86.reader import ROOTS
from ipregister.exchange.trip import TARGETS
from ipregister.exchange.writers import WRITERS, document
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.patent import Patent
from ipregister.model.text import Text
from ipregister.web.options import Options
from tests.cli.conftest import command
from tests.exchange.documents import ipas, record_of

FITTING = sorted(one.name for one in FORMATS if one.name in TARGETS and "trademark" in one.rights)
READ_BACK = {"jsonl", *(one.format for one in WRITERS)}


@pytest.mark.parametrize("to", FITTING)
def test_a_line_a_record(to: str, sqlite_database: Options, tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_bytes(ipas())
    (tmp_path / "two.xml").write_bytes(st96.write(record_of(ipas()), office("LA")))
    run = command(sqlite_database)
    made = run("loss", tmp_path / "one.xml", tmp_path / "two.xml", "--to", to, "--json")
    rows = [json.loads(line) for line in made.out.splitlines()]
    assert [row["record"] for row in rows] == ["la-37978", "la-37978"]
    for row in rows:
        assert list(row) == ["record", "in", "out", "back", "missing"]
        if to in READ_BACK:
            assert (row["in"], row["missing"]) == (row["out"], [])
            assert row["back"] == row["in"]
        else:
            assert row["back"] is None
            assert len(row["missing"]) == row["in"] - row["out"]


def test_a_bulk_file_is_followed_record_by_record(sqlite_database: Options, tmp_path: Path) -> None:
    record, facts = record_of(ipas()), office("LA")
    text = st96.bulk_start() + st96.bulk_entry(record, facts) * 3 + st96.bulk_end()
    (tmp_path / "bulk.xml").write_text(text, encoding="utf-8")
    rows = command(sqlite_database)("loss", tmp_path / "bulk.xml").out.splitlines()
    assert [json.loads(row)["missing"] for row in rows] == [[], [], []]


MIXED: list[dict[str, Any]] = [
    {"right": "work", "office": "LA", "application_number": "7", "titles": [{"text": "Song"}]},
    {"right": "trademark", "office": "LA", "application_number": "37978", "mark": {"verbal": [{"text": "CHAMPA"}]}},
    {"right": "design", "office": "LA", "application_number": "D7"},
    {"right": "emblem", "office": "LA", "names": [{"text": "Star"}]},
]  # fmt: skip


def mixed(path: Path) -> Path:
    """A file of records of several rights."""
    path.write_text(
        "".join(json.dumps({"source": {"data_day": ""}, **one}) + "\n" for one in MIXED), encoding="utf-8"
    )
    return path


def test_each_record_goes_to_the_form_of_its_right(sqlite_database: Options, tmp_path: Path) -> None:
    run = command(sqlite_database)
    made = run("loss", mixed(tmp_path / "la.jsonl"), "--office", "LA", "--to", "st96", "--json")
    assert made.code == 0, made.err
    rows = made.rows
    assert [row.get("right", "") for row in rows] == ["work", "", "", "emblem"]
    for row in rows:
        lacks = "right" in row
        assert row.get("refusal", "") == ("format-lacks-right" if lacks else "")
        assert (row["out"] == 0) == lacks
        assert len(row["missing"]) == (row["in"] if lacks else 0)
    assert all(row["missing"] == [] for row in run("loss", tmp_path / "la.jsonl", "--to", "jsonl").rows)


def test_the_usual_kind_of_an_indication_comes_back(sqlite_database: Options, tmp_path: Path) -> None:
    members = {"EA_Name": "Vermut", "EA_FileNumber": "PGI-IT-02305", "EA_Type": "Geographical indication (GI)",
               "DEF_OriginalOrder": 3060, "EA_Country": "Italia", "EA_Status": "Registered"}  # fmt: skip
    (tmp_path / "list.json").write_text(json.dumps([members]), encoding="utf-8")
    run = command(sqlite_database)
    for code in ("", "EU", "WO"):
        row = run("loss", tmp_path / "list.json", "--to", "st96", *(["--office", code] if code else [])).row
        assert (row["in"], row["out"], row["back"], row["missing"]) == (6, 6, 6, [])
    told = run("loss", tmp_path / "list.json", "--office", "EM")
    assert (told.code, "use --office EU" in told.err) == (2, True)


RIGHTS_OF_FORMS = [(one.format, right) for one in WRITERS for right in one.rights]


@pytest.mark.parametrize(("to", "right"), RIGHTS_OF_FORMS)
def test_what_comes_back_is_read_from_the_file_that_convert_writes(
    to: str, right: str, sqlite_database: Options, tmp_path: Path
) -> None:
    one = {"right": right, "office": "LA", "application_number": "7", "application_date": "2020-01-31"}
    (tmp_path / "one.jsonl").write_text(json.dumps({"source": {"data_day": ""}, **one}) + "\n")
    run = command(sqlite_database)
    row = run("loss", tmp_path / "one.jsonl", "--to", to).row
    assert (row["in"], row["out"], row["back"], row["missing"]) == (3, 3, 3, [])
    assert run("convert", tmp_path / "one.jsonl", "--to", to, "-o", tmp_path / "one.xml").code == 0
    again = run("convert", tmp_path / "one.xml", "--to", "jsonl", "--office", "LA").row
    assert {name: again[name] for name in one} == one


def test_a_file_that_is_not_read_back_is_a_loss(
    sqlite_database: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = {"right": "design", "office": "BN", "application_number": "7", "application_date": "2020-01-31"}
    (tmp_path / "one.jsonl").write_text(json.dumps({"source": {"data_day": ""}, **one}) + "\n")
    for name in [name for name in ROOTS if name.endswith("Transactions")]:
        monkeypatch.delitem(ROOTS, name)
    row = command(sqlite_database)("loss", tmp_path / "one.jsonl", "--office", "BN", "--to", "st86").row
    assert (row["in"], row["back"], len(row["missing"])) == (3, 0, 3)


def test_wrong_use_is_told(sqlite_database: Options, tmp_path: Path) -> None:
    (tmp_path / "q.xml").write_bytes(b"<TradeMark/>")
    (tmp_path / "st96.xml").write_bytes(b"<TrademarkBag><Trademark>")
    run = command(sqlite_database)
    assert run("loss", tmp_path / "q.xml").code == 2
    assert run("loss", tmp_path / "q.xml", "--office", "LA", "--to", "pdf").code == 2
    assert run("loss", tmp_path / "st96.xml", "--office", "LA").code == 3
    assert run("loss", tmp_path / "no.xml", "--office", "LA").code == 3


def test_records_of_several_offices_keep_theirs(sqlite_database: Options, tmp_path: Path) -> None:
    run = command(sqlite_database)
    marks = [
        Trademark(office=code, application_number="37978", mark=Mark(verbal=(Text("TAYA"),)))
        for code in ("ID", "LA")
    ]
    text = (
        st96.bulk_start()
        + "".join(st96.bulk_entry(one, office(one.office)) for one in marks)
        + st96.bulk_end()
    )
    file = tmp_path / "two.xml"
    file.write_text(text)
    assert run("convert", file, "--to", "jsonl", "-o", tmp_path / "out.jsonl").code == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(one["office"], one["key"]) for one in found] == [("ID", "id-37978"), ("LA", "la-37978")]


def test_pieces_without_a_number_are_told_apart_and_name_no_path(
    sqlite_database: Options, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "LA_20260131.zip", "w") as packed:
        packed.writestr("../../évil one.xml", ipas().replace(b"37978", b"../../../37978?"))
        packed.writestr("a/two.xml", "<x>bad</x>")
        packed.writestr("b/three.xml", "<x>bad</x>")
    rows = command(sqlite_database)("loss", tmp_path / "LA_20260131.zip").out.splitlines()
    names = [json.loads(row)["record"] for row in rows]
    assert names == ["évil-one.xml-1", "two.xml-2", "three.xml-3"]


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    sqlite_database: Options, tmp_path: Path
) -> None:
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "none.xml").write_bytes(b"<x/>")
    (tmp_path / "one.xml").write_bytes(ipas())
    os.mkfifo(tmp_path / "pipe")
    files = [tmp_path / name for name in ("empty.xml", "one.xml", "pipe", "none.xml")]
    unknown = command(sqlite_database)("loss", tmp_path / "none.xml", tmp_path / "one.xml")
    assert (unknown.code, json.loads(unknown.out)["record"]) == (2, "la-37978")
    ran = command(sqlite_database)("loss", *files, "--office", "LA")
    assert [json.loads(row)["record"] for row in ran.out.splitlines()] == [
        "empty.xml",
        "la-37978",
        "none.xml",
    ]
    assert ran.code == 3
    for name, why in (
        ("empty.xml", "no record in it"),
        ("pipe", "is no file"),
        ("none.xml", "no record in it"),
    ):
        assert any(name in line and why in line for line in ran.err.splitlines()), ran.err


@pytest.mark.parametrize("told", ["LA", "EP", ""])
def test_a_document_that_states_its_office_is_of_that_office(
    told: str, sqlite_database: Options, tmp_path: Path
) -> None:
    run, source = command(sqlite_database), tmp_path / "us.xml"
    patent = Patent(office="US", application_number="13797521", application_date="2013-03-12")
    source.write_bytes(document("st36", patent, office("US")))
    (row,) = run("loss", source, "--to", "jsonl", "--office", told).rows
    assert (row["record"], row["back"], row["missing"]) == ("us-pat-13797521", row["in"], [])
    (line,) = run("convert", source, "--to", "jsonl", "--office", told).rows
    assert (line["key"], line["office"], line["source"]["office"]) == (
        "us-pat-13797521",
        "US",
        office("US").name,
    )


def test_a_record_that_cannot_be_read_is_lost_whole(sqlite_database: Options, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    whole = ipas()
    (folder / "1.xml").write_bytes(whole)
    (folder / "2.xml").write_bytes(whole.replace(b"Transaction", b"Letter"))
    (folder / "3.xml").write_bytes(whole[: len(whole) // 2])
    archive = tmp_path / "LA_20260131.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for one in sorted(folder.iterdir()):
            made.write(one, one.name)
    ran = command(sqlite_database)("loss", archive, "--json")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 1
    assert [bool(row.get("refusal")) for row in rows] == [False, True, True]
    for row in rows[1:]:
        assert row["in"] == len(row["missing"]) > 0
        assert (row["out"], row["back"]) == (0, 0)
