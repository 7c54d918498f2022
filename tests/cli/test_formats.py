"""The verbs `formats` and `convert`, and `export` of every format."""

import csv
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ipregister.exchange import st96
from ipregister.exchange.formats import FORMATS
from ipregister.exchange.sources import SOURCES
from ipregister.model.offices import office
from ipregister.web.options import Options
from tests.cli.conftest import Command, command
from tests.cli.test_loss import mixed
from tests.exchange.documents import ipas, record_of


def test_every_format_is_listed(sqlite_database: Options) -> None:
    rows = [json.loads(line) for line in command(sqlite_database)("formats", "--json").out.splitlines()]
    assert {row["format"] for row in rows if row["read"]} == {one.name for one in SOURCES}
    assert {row["format"] for row in rows if row["written"]} == {one.name for one in FORMATS}
    assert all(row["rights"] and row["standard"] for row in rows)
    schema = json.loads(command(sqlite_database)("formats", "--schema").out)
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_a_file_goes_into_every_format_and_back(sqlite_database: Options, tmp_path: Path) -> None:
    (tmp_path / "la.xml").write_bytes(ipas())
    run = command(sqlite_database)
    record = record_of(ipas())
    for name in ("st96", "jsonl"):
        goal = tmp_path / f"out-{name}"
        done = run("convert", tmp_path / "la.xml", "--from", "st66", "--to", name, "-o", goal, "--json")
        assert json.loads(done.out)["records"] == 1
        again = run("convert", goal, "--from", name, "--to", "jsonl", "--office", "LA")
        assert again.code == 0
        line = json.loads(again.out)
        assert line["application_number"] == record.application_number
        assert line["right"] == "trademark"
    made = run("convert", tmp_path / "la.xml", "--to", "xlsx", "-o", tmp_path / "x.xlsx")
    assert made.code == 0
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert sheet is not None
    assert sheet.cell(2, 1).value == "la-37978"
    table = list(csv.DictReader(run("convert", tmp_path / "la.xml", "--to", "csv").out.splitlines()))
    assert table[0]["application_number"] == "37978"


def test_a_file_of_several_rights_gives_a_file_for_each_form(
    sqlite_database: Options, tmp_path: Path
) -> None:
    run = command(sqlite_database)
    source = mixed(tmp_path / "la.jsonl")
    made = run("convert", source, "--to", "st96", "--office", "LA", "-o", tmp_path / "out.xml", "--json")
    assert made.code == 1
    assert [(Path(row["file"]).name, row["rights"], row["records"], row["refused"]) for row in made.rows] == [
        ("out.xml", ["trademark"], 1, 2), ("out.design.xml", ["design"], 1, 2),
    ]  # fmt: skip
    assert [made.err.count(f"no form for the right {right}") for right in ("work", "emblem")] == [1, 1]
    for row in made.rows:
        again = run("convert", row["file"], "--to", "jsonl", "--office", "LA")
        assert (again.code, again.row["right"]) == (0, row["rights"][0])
    piped = run("convert", source, "--to", "st96", "--office", "LA")
    assert (piped.code, "1 of design left out" in piped.err, "<tmk:" in piped.out) == (1, True, True)
    every = run("convert", source, "--to", "jsonl", "--office", "LA")
    assert (every.code, len(every.rows)) == (0, 4)
    tables = run(
        "convert", source, "--to", "xlsx", "--office", "LA", "-o", tmp_path / "t.xlsx", "--json"
    ).rows
    assert len(tables) == 4
    assert all(Path(row["file"]).exists() for row in tables)
    assert run("convert", source, "--to", "st36", "--office", "LA").code == 2


def test_wrong_use_of_convert_is_told(sqlite_database: Options, tmp_path: Path) -> None:
    (tmp_path / "la.xml").write_bytes(ipas())
    (tmp_path / "bad.xml").write_bytes(st96.write(record_of(ipas()), office("LA"))[:400])
    run = command(sqlite_database)
    assert run("convert", tmp_path / "la.xml", "--from", "st96", "--to", "jsonl").code == 2
    assert run("convert", tmp_path / "la.xml", "--from", "word", "--to", "jsonl").code == 2
    assert run("convert", tmp_path / "la.xml", "--to", "word").code == 2
    assert run("convert", tmp_path / "la.xml", "--to", "xlsx").code == 2
    assert run("convert", tmp_path / "bad.xml", "--office", "LA", "--to", "jsonl").code == 3
    assert run("convert", tmp_path / "la.xml", "--to", "csv", "-o", tmp_path / "no" / "x.csv").code == 2


@pytest.mark.parametrize(
    "verb", [("convert", "--to", "jsonl"), ("loss", "--to", "st96")], ids=["convert", "loss"]
)
def test_a_file_that_cannot_be_read_is_no_wrong_use(
    sqlite_database: Options, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    run, name = command(sqlite_database), verb[0]
    for content, told in (
        (None, "no such file"),
        (b"", "cannot be read"),
        (b"a,b\0\1\2\n" * 9, "cannot be read"),
    ):
        file = tmp_path / "nofile.csv"
        if content is not None:
            file.write_bytes(content)
        done = run(name, file, *verb[1:])
        assert (done.code, told in done.err, done.out) == (3, True, "")
    (tmp_path / "table.csv").write_bytes(b"number;name\n1;Mekong\n")
    assert run(name, tmp_path / "table.csv", *verb[1:]).code == 2


def test_an_export_without_a_record_writes_no_document(sqlite_database: Options, tmp_path: Path) -> None:
    run = command(sqlite_database)
    goal, jsonl = tmp_path / "out.xml", tmp_path / "gi.jsonl"
    assert run("init").code == 0
    for right in ("design", "indication", "patent"):
        done = run("export", "--right", right, "--format", "st96", "-o", goal)
        assert (done.code, "0 records" in done.err, goal.exists()) == (2, True, False)
    source = Path(__file__).parent.parent / "samples" / "kh" / "gi.in.xml"
    assert run("load", "KH", source).code in (0, 1)
    for form in ("st36", "st86"):
        done = run("export", "--full", "--format", form, "-o", goal)
        assert (done.code, "has no form for the right indication" in done.err, goal.exists()) == (
            2,
            True,
            False,
        )
    (tmp_path / "la.xml").write_bytes(ipas())
    assert run("load", "LA", tmp_path / "la.xml").code in (0, 1)
    done = run("export", "--full", "--right", "indication", "-o", jsonl)
    assert (done.code, "(KH)" in done.err, "(LA)" in done.err) == (0, True, False)


def linked(kind: str, source: Path) -> Path:
    """Another way to name a file: the same path, a link, the path from the folder of the process."""
    other = source.with_name(f"other{source.suffix}")
    match kind:
        case "symbolic":
            other.symlink_to(source)
        case "hard":
            other.hardlink_to(source)
        case "round about":
            other = source.parent / ".." / source.parent.name / source.name
        case "relative":
            other = Path(source.name)
        case _:
            other = source
    return other


@pytest.mark.parametrize("kind", ["same", "symbolic", "hard", "round about", "relative"])
@pytest.mark.parametrize("name", ["jsonl", "csv", "st96", "xlsx"])
def test_a_source_is_never_written_over(
    sqlite_database: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    monkeypatch.chdir(folder)
    source = folder / "la.xml"
    source.write_bytes(ipas())
    refused = command(sqlite_database)("convert", source, "--to", name, "-o", linked(kind, source))
    assert (refused.code, "nothing was written" in refused.err) == (2, True)
    assert source.read_bytes() == ipas()
    assert {one.name for one in folder.iterdir()} <= {"la.xml", "other.xml"}


@pytest.mark.parametrize(
    "source", ["out.design.xml", "out.xml.part", "out.patent.xml.part", "out.trademark.zip"]
)
def test_nor_a_source_that_bears_the_name_of_a_file_beside(
    sqlite_database: Options, tmp_path: Path, source: str
) -> None:
    (tmp_path / source).write_bytes(ipas())
    refused = command(sqlite_database)(
        "convert", tmp_path / source, "--to", "st96", "-o", tmp_path / "out.xml"
    )
    assert refused.code == 2
    assert (tmp_path / source).read_bytes() == ipas()


def test_nor_a_file_in_a_folder_that_is_the_source(sqlite_database: Options, tmp_path: Path) -> None:
    folder = tmp_path / "delivery"
    folder.mkdir()
    (folder / "la.xml").write_bytes(ipas())
    run = command(sqlite_database)
    assert run("convert", folder, "--to", "st96", "-o", folder / "la.xml", "--office", "LA").code == 2
    assert (folder / "la.xml").read_bytes() == ipas()
    assert run("convert", folder, "--to", "st96", "-o", tmp_path / "new.xml", "--office", "LA").code == 0


def test_a_record_of_an_office_that_is_not_known_is_told(sqlite_database: Options, tmp_path: Path) -> None:
    """As `load` tells it: never silently a record of the file's office."""
    run = command(sqlite_database)
    own = ipas()
    strange = own.replace(b"<RegistrationOfficeCode>LA<", b"<RegistrationOfficeCode>XX<")
    assert strange != own
    (tmp_path / "LA.xml").write_bytes(own)
    (tmp_path / "LA-XX.xml").write_bytes(strange)
    made = run("convert", tmp_path / "LA-XX.xml", "--to", "jsonl", "--office", "LA")
    assert (made.code, made.row["key"]) == (0, "la-37978")
    assert "la-37978: The record names XX as its office" in made.err
    row = run("loss", tmp_path / "LA-XX.xml", "--to", "jsonl", "--office", "LA").row
    assert (row["finding"], row["office"], row["missing"]) == ("office-mismatch", "XX", [])
    assert run("convert", tmp_path / "LA.xml", "--to", "jsonl").err == ""
    assert "finding" not in run("loss", tmp_path / "LA.xml", "--to", "jsonl").row


def test_a_line_of_an_office_that_is_not_known_gets_no_key_of_this_one(
    sqlite_database: Options, tmp_path: Path
) -> None:
    run, source = command(sqlite_database), tmp_path / "two.jsonl"
    mark = {"source": {"data_day": ""}, "right": "trademark", "application_number": "37978"}
    source.write_text("".join(json.dumps({**mark, "office": code}) + "\n" for code in ("XX", "LA")))
    made = run("convert", source, "--to", "jsonl", "--office", "LA")
    assert [(row["key"], row["office"]) for row in made.rows] == [("two.jsonl", "XX"), ("la-37978", "LA")]
    assert made.err.count("names XX as its office") == 1
    rows = run("loss", source, "--to", "jsonl", "--office", "LA").rows
    assert [row.get("finding") for row in rows] == ["office-mismatch", None]


def test_a_record_that_names_another_office_is_of_it_whatever_was_told(
    sqlite_database: Options, tmp_path: Path
) -> None:
    (tmp_path / "x.xml").write_bytes(
        ipas().replace(b"<RegistrationOfficeCode>LA<", b"<RegistrationOfficeCode>TH<")
    )
    run = command(sqlite_database)
    line = run("convert", tmp_path / "x.xml", "--to", "jsonl", "--office", "LA").row
    assert (line["key"], line["office"]) == ("th-37978", "TH")
    assert run("loss", tmp_path / "x.xml", "--to", "jsonl", "--office", "LA").row["record"] == "th-37978"


@pytest.mark.parametrize("told", [["--office", "LA"], []])
def test_a_zip_that_unpacks_itself_is_told_as_such(
    told: list[str], sqlite_database: Options, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "plain.zip", "w") as packed:
        packed.writestr("la.xml", ipas())
    (tmp_path / "x.zip").write_bytes(b"MZ" + b"\x90\0" * 300 + (tmp_path / "plain.zip").read_bytes())
    ran = command(sqlite_database)("convert", tmp_path / "x.zip", "--to", "jsonl", *told)
    assert (ran.code, "zip behind other bytes" in ran.err) == (3, True), ran.err


def test_why_no_record_can_be_read_is_told(run: Command, tmp_path: Path) -> None:
    source = tmp_path / "one.jsonl"
    source.write_text('{"record": {"right": "trademark", "office": "LA"}}\n', encoding="utf-8")
    ran = run("convert", source, "--from", "jsonl", "--to", "st96", "-o", tmp_path / "out.xml")
    assert ran.code == 3
    told = ran.err.partition("no record in it can be read: ")[2]
    assert told.strip()
    assert not told.startswith("What to do")


def test_a_line_of_our_own_is_known_by_what_it_must_have(sqlite_database: Options, tmp_path: Path) -> None:
    """Its own office counts, not that of a document which it cites, and it need not be of an export."""
    cites = {"citations": [{"documents": [{"office": "DE", "number": "1"}]}], "office": "KZ", "right": "patent",
             "application_number": "2015/0209.1"}  # fmt: skip
    run = command(sqlite_database)
    for name, line in (
        ("cites", cites),
        ("least", {"right": "trademark", "office": "LA", "application_number": "1000"}),
    ):
        source = tmp_path / f"{name}.jsonl"
        source.write_text(json.dumps(line) + "\n", encoding="utf-8")
        for told in ((), ("--from", "jsonl")):
            done = run("convert", source, *told, "--to", "jsonl")
            assert (done.code, json.loads(done.out)["application_number"]) == (
                0,
                line["application_number"],
            ), done.err
