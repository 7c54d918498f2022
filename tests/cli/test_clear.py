"""`check-name` and `clear`: answers, reports in three forms, lists of names, asked again."""

import json
from pathlib import Path

import openpyxl
import pytest

from ipregister.demonstration import DemonstrationDelivery
from tests.cli.conftest import Command


@pytest.fixture
def loaded(small: Command, laos: list[DemonstrationDelivery]) -> str:
    """An installation with marks of one office; the name of one of them."""
    small("init")
    for delivery in laos:
        assert small("load", "LA", delivery.path).code in (0, 1)
    return str(small("search", "right:trademark", "--limit", "1", "--json").row["hits"][0]["title"])


def test_a_name_is_checked(small: Command, loaded: str) -> None:
    told = small("check-name", loaded, "--json").row
    assert told["verdict"] in {"identical", "ended-only"}
    assert told["close"][0]["closeness"] == "identical"
    assert [one["office"] for one in told["offices"]] == ["LA"]
    assert told["records"] == told["offices"][0]["records"] > 0
    nothing = small("check-name", "Xyqwzrtvk", "--json").row
    assert nothing["verdict"] == "none-close"
    assert nothing["not_checked"]
    assert small("check-name", "...").code == 2
    assert small("check-name", "a", "--office", "QQ").code == 2
    assert small("check-name", loaded, "--class", "99").code == 2


def test_a_mark_is_cleared_and_asked_again(small: Command, loaded: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = small("clear", loaded, "--class", "30", "-o", report, "--json").row
    held = json.loads(report.read_text())
    assert done["hits"] == len(held["hits"]) > 0
    assert held["hits"][0]["closeness"] == "identical"
    assert small("clear", loaded, "--json").row["question"]["names"] == [loaded]
    same = small("clear", "--again", report, "--json").row
    assert (same["new"], same["gone"], same["changed"]) == ([], [], [])
    assert same["same"] == len(held["hits"])
    gone = held["hits"].pop()
    report.write_text(json.dumps(held))
    assert [hit["key"] for hit in small("clear", "--again", report, "--json").row["new"]] == [gone["key"]]


def test_what_asks_for_nothing_is_refused(small: Command, loaded: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert small("clear", "!!!").code == 2
    assert small("clear", loaded, "!!!").code == 2
    assert small("clear", loaded, "-o", report).code == 0
    held = json.loads(report.read_text())
    for names in ([], [""], ["!!!"]):
        held["question"]["names"] = names
        report.write_text(json.dumps(held))
        assert small("clear", "--again", report).code == 3


@pytest.mark.slow
def test_rights_of_the_applicant_are_told(small: Command, loaded: str, tmp_path: Path) -> None:
    hit = small("clear", loaded, "--json").row["hits"][0]
    told = small("clear", loaded, "--applicant", hit["owner"], "--json").row
    assert told["hits"][0]["same_owner"] == "same"
    assert "same-owner" in {reason["code"] for reason in told["hits"][0]["reasons"]}
    names = tmp_path / "names.csv"
    names.write_text(f'name,applicant\n"{loaded}","{hit["owner"]}"\n"{loaded}",\n', encoding="utf-8")
    assert small("clear", "--batch", names, "-o", tmp_path / "r.json").code == 0
    first, second = json.loads((tmp_path / "r.json").read_text())["reports"]
    assert first["hits"][0]["same_owner"] == "same"
    assert "same_owner" not in second["hits"][0]
    assert small("clear", loaded, "--applicant", "a" * 201).code == 2


@pytest.mark.slow
def test_reports_are_written_as_spreadsheet_and_paper(small: Command, loaded: str, tmp_path: Path) -> None:
    assert small("clear", loaded, "-o", tmp_path / "r.pdf").code == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    names = tmp_path / "names.csv"
    names.write_text(f'name,class\n"{loaded}",30\nກາເຟ,\n', encoding="utf-8")
    done = small("clear", "--batch", names, "-o", tmp_path / "r.xlsx", "--json").row
    assert done["names"] == 2
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert [row[0].value for row in book["Names"].iter_rows(min_row=2)] == [loaded, "ກາເຟ"]
    assert book["Hits"].max_row == done["hits"] + 1


@pytest.mark.slow
def test_a_list_is_asked_again(small: Command, loaded: str, tmp_path: Path) -> None:
    names, report = tmp_path / "names.csv", tmp_path / "r.json"
    names.write_text(f'name,class\n"{loaded}",30\nXyqwzrtvk,\n', encoding="utf-8")
    assert small("clear", "--batch", names, "-o", report).code == 0
    rows = small("clear", "--again", report, "--json").rows
    assert [row["asked"] for row in rows] == [loaded, "Xyqwzrtvk"]
    assert all((row["new"], row["gone"], row["changed"]) == ([], [], []) for row in rows)
    assert rows[0]["same"] > rows[1]["same"] == 0
    held = json.loads(report.read_text())
    gone = held["reports"][0]["hits"].pop(0)
    report.write_text(json.dumps(held))
    again = small("clear", "--again", report, "-o", tmp_path / "r.xlsx", "--json").rows
    assert [hit["key"] for hit in again[0]["new"]] == [gone["key"]]
    assert openpyxl.load_workbook(tmp_path / "r.xlsx")["Names"].max_row == 3
    assert small("clear", "--again", report, "-o", tmp_path / "r.pdf").code == 2
    held["reports"][1]["question"]["limit"] = 10**9
    report.write_text(json.dumps(held))
    assert small("clear", "--again", report).code == 3


@pytest.mark.parametrize("words", [
    ["a"] * 9, ["a" * 201], ["a", "--goods", "b" * 2001], [], ["a", "--office", "QQ"], ["a", "--class", "46"], ["a", "--script", "Nope"], ["a", "--day", "1.2.2026"], ["a", "-o", "r.doc"],
    ["--batch", "none.csv", "-o", "r.xlsx"], ["--batch", "none.csv"], ["--again", "none.json"], ["--image", "none.png"],
])  # fmt: skip
def test_what_cannot_be_cleared_is_refused(small: Command, words: list[str]) -> None:
    small("init")
    ran = small("clear", *words)
    assert ran.code == 2
    assert "What to do" in ran.err
