"""Designs of several rows each: what a row that cannot be read says of a deferment never becomes public without it."""

import csv
from pathlib import Path

import openpyxl
import pytest

from ipregister.web.options import Options
from tests.cli.conftest import Command
from tests.cli.test_map_deferred import shown
from tests.exchange import mapped_fields

HEADINGS = ["Application No", "Title", "Registration date", "Deferred until", "View"]
MAPPING = 'office = "LA"\nright = "design"\n[input]\nkind = "{kind}"\ngroup = ["Application No"]\n' + mapped_fields.fields({
    "Application No": "application_number", "Title": "titles", "Registration date": "registration_date",
    "Deferred until": "deferred_until", "View": "views/*/filename"})  # fmt: skip
TELLS = ["702", "Basket 702", "2024-01-05", "2099-01-05", "b.png"]


def rows_of(*, deferred: list[str]) -> list[list[str]]:
    """Three rows of each of five designs, one of which tells the deferment of the second."""
    rows = [
        [f"70{n}", f"Basket 70{n}", "2024-01-05", "", view]
        for n in range(1, 6)
        for view in ("a.png", "b.png", "c.png")
    ]
    return [*rows[:4], deferred, *rows[5:]]


def written(folder: Path, rows: list[list[str]], day: str = "20260131") -> Path:
    path = folder / f"designs_{day}.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADINGS, *rows])
    return path


def workbook(folder: Path, rows: list[list[str]], merged: str) -> Path:
    """The rows as a workbook in which some cells are merged."""
    path = folder / "designs_20260131.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    sheet.merge_cells(merged)
    book.save(path)
    return path


def mapping_in(folder: Path, kind: str = "csv") -> Path:
    path = folder / "m.toml"
    path.write_text(MAPPING.format(kind=kind), encoding="utf-8")
    return path


def spoiled(folder: Path, how: str) -> Path:
    """The table with the telling row made such that it cannot be read."""
    path = written(folder, rows_of(deferred=TELLS))
    sound = ",".join(TELLS).encode()
    said = {
        "row-shape": sound + b",x", "undecodable-row": sound.replace(b"b.png", b"\x81\x8d.png"),
        "unclosed-quote": sound.replace(b"b.png", b'"b.png'),
        "shifted-row": b"702,2024-01-05,2099-01-05,b.png,",
    }[how]  # fmt: skip
    data = path.read_bytes()
    assert data.count(sound) == 1
    path.write_bytes(data.replace(sound, said))
    return path


@pytest.mark.parametrize("how", ["row-shape", "undecodable-row", "unclosed-quote", "shifted-row"])
def test_a_design_is_held_with_a_row_of_it_that_cannot_be_read(
    run: Command, sqlite_database: Options, tmp_path: Path, how: str
) -> None:
    source, mapping = spoiled(tmp_path, how), mapping_in(tmp_path)
    checked = run("map", "check", source, mapping)
    assert "beside-unread" in {row.get("code") for row in checked.rows}
    counts = run("map", "load", source, mapping).row
    assert (counts["stored"], counts["quarantined"]) == (4, 2)
    assert {row["reason"] for row in run("quarantine", "list").rows} == {how, "beside-unread"}
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"
    run("quarantine", "retry")
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"
    again = run("map", "load", written(tmp_path, rows_of(deferred=TELLS), "20260201"), mapping).row
    assert (again["stored"], again["unchanged"], again["quarantined"]) == (1, 4, 0)
    assert run("show", "702").row["record"]["deferred_until"] == "2099-01-05"
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"


def test_merged_cells_of_a_workbook_hold_their_design(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    path = workbook(tmp_path, rows_of(deferred=TELLS), "E6:F6")
    counts = run("map", "load", path, mapping_in(tmp_path, "xlsx")).row
    assert (counts["stored"], counts["quarantined"]) == (4, 2)
    held = {row["reason"]: row for row in run("quarantine", "list").rows}
    assert set(held) == {"merged-cells", "rows-held"}
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"


def test_a_held_design_leaves_the_version_that_is_stored(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    mapping = mapping_in(tmp_path)
    assert (
        run("map", "load", written(tmp_path, rows_of(deferred=TELLS), "20260101"), mapping).row["stored"] == 5
    )
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"
    counts = run("map", "load", spoiled(tmp_path, "row-shape"), mapping).row
    assert (counts["stored"], counts["unchanged"], counts["quarantined"]) == (0, 4, 2)
    assert run("show", "702").row["record"]["deferred_until"] == "2099-01-05"
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"


def test_rows_of_one_design_that_stand_apart_are_held(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    rows, mapping = rows_of(deferred=TELLS), mapping_in(tmp_path)
    apart = [*rows[:4], *rows[5:], TELLS, rows[0], rows[1], rows[2]]
    counts = run("map", "load", written(tmp_path, apart), mapping).row
    assert (counts["in"], counts["stored"], counts["unchanged"], counts["quarantined"]) == (7, 4, 1, 2)
    held = run("quarantine", "list").rows
    assert [(row["reason"], row["detail"]) for row in held] == [("rows-apart", "5, 16")] * 2
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"
    again = run("map", "load", written(tmp_path, rows, "20260201"), mapping).row
    assert (again["stored"], again["unchanged"], again["quarantined"]) == (1, 4, 0)
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"


def test_a_row_that_cannot_be_read_far_from_its_design_holds_it(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    rows = rows_of(deferred=TELLS)
    path = workbook(tmp_path, [*rows[:4], *rows[5:], TELLS], "E16:F16")
    assert run("map", "load", path, mapping_in(tmp_path, "xlsx")).row["stored"] == 4
    assert {row["reason"] for row in run("quarantine", "list").rows} == {"merged-cells", "rows-apart"}
    assert shown(sqlite_database, tmp_path) == "701 703 704 705"
