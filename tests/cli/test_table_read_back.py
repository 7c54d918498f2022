"""The whole records of a register as a table (`export --full`), read back with the mapping that is proposed: what was
closed stays closed, and who was not to be named is not named."""

import csv
import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ipregister.web.options import Options
from tests.cli.conftest import command

OWNER = {"names": [{"text": "Acme Ltd"}], "country": "LA"}
SECRET = {"names": [{"text": "Nobody Tobenamed"}], "hidden": "true"}
AHEAD = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=300)).isoformat()
CLOSED: tuple[dict[str, Any], ...] = (
    {"deferred_until": AHEAD},
    {"deferment_requested": "true", "deferment_period": "30", "deferment_unit": "InMonth"},
    {"kinds": ["SEALED"]},
    {"designs": [{"identifier": "1", "deferment_requested": "true"}]},
    {"publications": [{"identifier": "G9", "date": AHEAD}]},
)


def design(number: int, more: dict[str, Any]) -> dict[str, Any]:
    return {
        "office": "LA", "right": "design", "application_number": f"I/{number}", "application_date": "2024-03-01",
        "registration_number": f"{number}", "registration_date": "2024-09-01", "titles": [{"text": f"Basket {number}"}],
        "applicants": [OWNER], "designers": [{"names": [{"text": "Keo Named"}]}, SECRET], **more,
    }  # fmt: skip


def shown(options: Options, target: Path) -> str:
    assert command(options)("export", "--right", "design", "-o", target).code == 0
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_closed_stays_closed(
    sqlite_database: Options, sqlite_template: Path, tmp_path: Path, ending: str
) -> None:
    rows = [design(number, more) for number, more in enumerate((*CLOSED, {}), 101)]
    source, table, mapping = (
        tmp_path / "LA_20260131.jsonl",
        tmp_path / f"whole_20260131.{ending}",
        tmp_path / "m.toml",
    )
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    run = command(sqlite_database)
    assert run("load", "LA", source).row["stored"] == len(rows)
    assert run("export", "--full", "--right", "design", "--format", ending, "-o", table).code == 0
    other = msgspec.structs.replace(sqlite_database, data=tmp_path / "other")
    shutil.copytree(sqlite_template, other.data)
    again = command(other)
    proposed = again("map", "new", table, "--office", "LA", "--right", "design", "-o", mapping)
    assert proposed.code == 0
    assert "Take the records as jsonl or st96 instead" in proposed.err
    assert again("map", "load", table, mapping).row["stored"] == len(rows)
    for options in (sqlite_database, other):
        told = shown(options, tmp_path / "public.jsonl")
        assert [json.loads(line)["application_number"] for line in told.splitlines()] == ["I/106"]
        assert "Keo Named" in told
        assert "Tobenamed" not in told


def test_a_table_of_designs_holds_what_single_designs_say(sqlite_database: Options, tmp_path: Path) -> None:
    one = {"identifier": "1", "registration_number": "77", "registration_date": "2024-09-01", "applicants": [OWNER],
           "publications": [{"identifier": "G1", "date": "2024-10-01"}],
           "events": [{"kind": "registered", "date": "2024-09-01"}]}  # fmt: skip
    other = {**one, "identifier": "2", "registration_number": "78"}
    source, table = tmp_path / "LA_20260131.jsonl", tmp_path / "designs.csv"
    whole = {"office": "LA", "right": "design", "application_number": "I/9", "application_date": "2024-03-01"}
    source.write_text(json.dumps({**whole, "designs": [one, other]}), encoding="utf-8")
    run = command(sqlite_database)
    assert run("load", "LA", source).row["stored"] == 1
    assert run("export", "--right", "design", "--format", "csv", "-o", table).code == 0
    with table.open(encoding="utf-8", newline="") as opened:
        (row,) = csv.DictReader(opened)
    wanted = {"registration_number": "77 | 78", "registration_date": "2024-09-01", "applicants": "Acme Ltd",
              "applicant_countries": "LA", "publications": "G1 2024-10-01", "publication_date": "2024-10-01",
              "events": "2024-09-01 registered"}  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
