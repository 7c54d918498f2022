"""Rows of one number without `group`: what one of them says is closed never becomes public by another."""

import csv
import json
from pathlib import Path

import pytest

from ipregister.web.options import Options
from tests.cli.conftest import Command
from tests.cli.test_map_deferred import shown
from tests.exchange import mapped_fields

HEADINGS = ["Application No", "Title", "Registration date", "Deferred until"]
FIELDS = {"Application No": "application_number", "Title": "titles", "Registration date": "registration_date",
          "Deferred until": "deferred_until"}  # fmt: skip
OPEN, CLOSED = ["702", "Basket", "2024-01-05", ""], ["702", "Basket", "2024-01-05", "2099-01-05"]
OTHERS = [["701", "Bowl", "2024-01-05", ""], ["703", "Chair", "2024-01-05", ""]]


def loaded(
    run: Command, folder: Path, rows: list[list[str]], right: str = "design", head: str = ""
) -> dict[str, int]:
    """The counts of a table of these rows."""
    source, mapping = folder / f"{right}_20260131.csv", folder / f"{right}.toml"
    headings = HEADINGS[: 3 if right == "patent" else 4]
    with source.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([headings, *rows])
    chosen = {name: FIELDS[name] for name in headings}
    mapping.write_text(
        f'office = "LA"\nright = "{right}"\n' + head + mapped_fields.fields(chosen), encoding="utf-8"
    )
    row = run("map", "load", source, mapping).row
    return {name: row[name] for name in ("in", "stored", "quarantined")}


@pytest.mark.parametrize("second", ["702", " 702", "໗໐໒"])
@pytest.mark.parametrize("closed_first", [False, True])
def test_a_design_that_one_row_defers_is_held(
    closed_first: bool, second: str, run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    two = [OPEN, [second, *CLOSED[1:]]] if not closed_first else [CLOSED, [second, *OPEN[1:]]]
    counts = loaded(run, tmp_path, [two[0], *OTHERS, two[1]])
    assert shown(sqlite_database, tmp_path) == "701 703"
    assert counts == {"in": 4, "stored": 2, "quarantined": 2}
    held = run("quarantine", "list").rows
    assert [(row["reason"], row["detail"]) for row in held] == [("rows-disagree", "2, 5")] * 2


@pytest.mark.parametrize("closed_first", [False, True])
@pytest.mark.parametrize(("unread", "why"), [([*CLOSED, "x"], "row-shape"), (["702", "Basket", "2099-01-05"], "rows-held"),
                         (["702;Basket;2024-01-05;2099-01-05"], "rows-held"),
                         (["Basket", "702", "2099-01-05", "2024-01-05"], "rows-held")])  # fmt: skip
def test_a_design_is_held_with_a_row_of_its_number_that_cannot_be_read(
    unread: list[str], why: str, closed_first: bool, run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    rows = [unread, *OTHERS, OPEN] if closed_first else [OPEN, *OTHERS, unread]
    assert loaded(run, tmp_path, rows) == {"in": 4, "stored": 2, "quarantined": 2}
    assert shown(sqlite_database, tmp_path) == "701 703"
    held = {row["reason"]: row["detail"] for row in run("quarantine", "list").rows}
    assert held.keys() >= {"rows-held", why}
    assert held["rows-held"].startswith("2 (" if closed_first else "5 (")


@pytest.mark.parametrize("closed_first", [False, True])
def test_items_of_json_that_disagree_are_closed(
    closed_first: bool, run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    items = [dict(zip("ntrd", row, strict=True)) for row in (OPEN, *OTHERS, CLOSED)]
    source, mapping = tmp_path / "design_20260131.json", tmp_path / "m.toml"
    source.write_text(json.dumps(items[::-1] if closed_first else items), encoding="utf-8")
    fields = dict(zip("ntrd", FIELDS.values(), strict=True))
    head = 'office = "LA"\nright = "design"\n[input]\nkind = "json"\n'
    mapping.write_text(head + mapped_fields.fields(fields), encoding="utf-8")
    said = run("map", "check", source, mapping).rows[-1]
    row = run("map", "load", source, mapping).row
    assert (row["in"], row["stored"], row["quarantined"]) == ((4, 3, 1) if closed_first else (4, 4, 0))
    assert {name: said[name] for name in ("in", "stored", "quarantined")} == {
        name: row[name] for name in ("in", "stored", "quarantined")
    }
    assert shown(sqlite_database, tmp_path) == "701 703"


@pytest.mark.parametrize("second", [["2027-01-05", ""], ["not yet", ""], ["2024-01-05", "2099-01-05"]])
def test_rows_of_one_record_that_disagree_are_held(
    second: list[str], run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    first = ["702", "Basket", "2024-01-05", "2026-06-01" if second[1] else ""]
    more = ["703", "", "", ""]
    rows = [OTHERS[0], first, ["702", "Basket", *second], OTHERS[1], more]
    counts = loaded(run, tmp_path, rows, head='[input]\ngroup = ["Application No"]\n')
    assert (counts["stored"], shown(sqlite_database, tmp_path)) == (2, "701 703")
    held = run("quarantine", "list").rows
    assert [(row["reason"], row["detail"]) for row in held] == [("rows-disagree", "3, 4")]


def test_a_patent_that_one_row_does_not_publish_is_held(run: Command, tmp_path: Path) -> None:
    rows = [["702", "Pump", "2024-01-05"], ["702", "Pump", ""], ["701", "Bowl", "2024-01-05"]]
    assert loaded(run, tmp_path, rows, "patent") == {"in": 3, "stored": 1, "quarantined": 2}
    assert {row["reason"] for row in run("quarantine", "list").rows} == {"rows-disagree"}


def test_rows_that_agree_about_the_day_are_told_as_before(run: Command, tmp_path: Path) -> None:
    same = [OPEN, ["702", "Other basket", *OPEN[2:]], *OTHERS]
    assert loaded(run, tmp_path, same) == {"in": 4, "stored": 3, "quarantined": 1}
    assert [row["reason"] for row in run("quarantine", "list").rows] == ["key-collision"]


def test_marks_are_public_whatever_their_rows_say(run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / "marks_20260131.csv", tmp_path / "m.toml"
    source.write_text("No,Name,Registered\n7,ONE,2024-01-05\n7,TWO,\n", encoding="utf-8")
    mapping.write_text('office = "LA"\n' + mapped_fields.fields({"No": "application_number", "Name": "mark/verbal",
                       "Registered": "registration_date"}), encoding="utf-8")  # fmt: skip
    assert run("map", "load", source, mapping).row["stored"] == 1
    assert [row["reason"] for row in run("quarantine", "list").rows] == ["key-collision"]
