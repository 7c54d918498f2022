"""The verbs that scripts call."""

import csv
import io
import json
import runpy
import shutil
import sys
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from ipregister import __version__, cli
from ipregister.demonstration import DemonstrationDelivery
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.cli.conftest import Command, command, process

Deliveries = list[DemonstrationDelivery]
COUNTS = ["delivery", "office", "in", "stored", "unchanged", "quarantined", "findings"]


def test_from_delivery_to_answers(ipregister: Command, laos: Deliveries) -> None:
    loaded = ipregister("load", "LA", *[one.path for one in laos])
    assert loaded.code == 1
    assert [list(row) for row in loaded.rows] == [COUNTS] * len(laos)
    assert all(row["in"] == row["stored"] + row["unchanged"] + row["quarantined"] for row in loaded.rows)

    again = ipregister("load", "la", laos[0].path)
    assert again.row["stored"] == 0
    assert again.row["unchanged"] == loaded.rows[0]["stored"] + loaded.rows[0]["unchanged"]

    status = ipregister("status", "--digest").row
    assert status["indexed"] == status["change"] > 0
    assert len(status["digest"]) == 64
    assert status["records"] == status["offices"]["LA"]["records"]

    assert_the_same_everywhere(ipregister, status)

    held = ipregister("quarantine", "list").rows
    assert len(held) == status["quarantined"] > 0
    assert ipregister("quarantine", "show", str(held[0]["number"])).row["reason"] == held[0]["reason"]
    assert ipregister("quarantine", "retry").code == 1
    assert len(ipregister("quarantine", "list").rows) == len(held)

    listed = ipregister("deliveries").rows
    assert [row["name"] for row in listed] == [one.path.name for one in reversed(laos)]
    assert ipregister("reload").rows[0]["changed"] == 0
    assert ipregister("status", "--digest").row["digest"] == status["digest"]


def assert_the_same_everywhere(ipregister: Command, status: Any) -> None:
    """Export, show and search tell of the records that the status counts."""
    exported = [json.loads(line) for line in ipregister("export", "--office", "LA").out.splitlines()]
    assert 0 < len(exported) <= status["records"]
    assert "contact" not in json.dumps(exported)
    first = exported[0]
    shown = ipregister("show", first["application_number"])
    assert first["key"] in {row["key"] for row in shown.rows}
    assert ipregister("show", first["key"], "--as-of", "1999-01-01").code == 2
    assert ipregister("show", first["key"], "--as-of", "2999-01-01").row["current"]

    found = ipregister("search", "office:LA", "--limit", "3", "--facets").row
    lines = [
        json.loads(line) for line in ipregister("search", "office:LA", "--format", "jsonl").out.splitlines()
    ]
    assert len(lines) == found["total"] == len({line["key"] for line in lines})
    assert found["total"] == status["records"] - status["tombstones"]
    assert len(found["hits"]) == 3
    assert found["facets"]["office"] == [{"value": "LA", "count": found["total"]}]


def test_check_tells_findings_then_counts(small: Command, laos: Deliveries) -> None:
    checked = small("check", "LA", laos[0].path)
    *findings, counts = checked.rows
    assert checked.code == 1
    assert len(findings) == counts["findings"] > 0
    assert {"code", "severity", "office", "record", "path", "value", "message", "remedy"} <= set(findings[0])
    assert small("deliveries").rows == []
    dry = small("load", "LA", laos[0].path, "--dry-run")
    assert dry.rows[-1] == counts
    assert small("deliveries").rows == []


def test_check_needs_no_register(tmp_path: Path, laos: Deliveries) -> None:
    run = command(Options(data=tmp_path / "none"))
    assert run("check", "LA", laos[0].path).code == 1
    assert not (tmp_path / "none" / "register.sqlite3").exists()


def test_exit_codes(small: Command, tmp_path: Path, laos: Deliveries) -> None:
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    assert small("load", "LA", tmp_path / "bad.zip").code == 3
    both = small("load", "LA", tmp_path / "bad.zip", laos[1].path)
    assert both.code == 3
    assert len(both.rows) == 1
    assert small("load", "XX", laos[0].path).code == 2
    assert small("load").code == 2
    assert small("nothing").code == 2
    assert small("show", "12345678").code == 2
    assert small("export", "--format", "papyrus").code == 2
    assert small("search", "office:(").code == 2
    away = small("status", data=tmp_path / "elsewhere")
    assert away.code == 2
    assert "init" in away.err
    assert "Traceback" not in away.err


def test_init_can_be_repeated(tmp_path: Path) -> None:
    run = command(Options(data=tmp_path / "new"))
    assert run("init").code == 0
    secret = (tmp_path / "new" / "secret.key").read_text(encoding="ascii")
    assert run("init").code == 0
    assert (tmp_path / "new" / "secret.key").read_text(encoding="ascii") == secret
    assert run("status").row["records"] == 0


def test_the_data_folder_stands_before_the_verb() -> None:
    assert cli.data_folder(["--data", "x", "init"]) == Path("x")
    assert cli.data_folder(["--data=x", "init"]) == Path("x")
    assert cli.data_folder(["init", "--data", "x"]) is None


@pytest.mark.slow
def test_the_program_as_a_process(sqlite_database: Options, laos: Deliveries, tmp_path: Path) -> None:
    run = process(sqlite_database)
    assert run("settings").rows[0] == {"setting": "IPREGISTER_DATA", "value": str(sqlite_database.data)}
    assert run("load", "LA", laos[1].path).rows
    assert run("--data", tmp_path / "y", "settings").rows[0]["value"] == str(tmp_path / "y")
    refused = run("load", "XX", laos[0].path)
    assert refused.code == 2
    assert "Traceback" not in refused.err


def test_exports_have_their_layouts(small: Command, laos: Deliveries) -> None:
    small("load", "LA", laos[0].path)
    gbd = [json.loads(line) for line in small("export", "--format", "gbd", "--office", "LA").out.splitlines()]
    assert all(row["registrationOfficeCode"] == "LA" for row in gbd)
    assert {"applicationNumber", "st13", "gbdStatus", "officeStatus"} <= set(gbd[0])
    table = small("export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert len(rows) == len(gbd)
    assert "Source:" in table.err
    assert small("export", "--office", "KH").out == ""
    assert small("export", "--right", "trademark", "--office", "LA").out
    refused = small("export", "--right", "nonsense")
    assert (refused.code, refused.out) == (2, "")
    assert "no right 'nonsense'. What to do: use one of design, emblem" in refused.err
    assert not table.out.startswith("\ufeff")


def test_the_delivery_report_is_written(small: Command, laos: Deliveries, tmp_path: Path) -> None:
    small("load", "LA", laos[0].path)
    (told,) = small("report", "1", "--lang", "en").out.splitlines()
    (again,) = small("report", "1", "--lang", "en", "--json").out.splitlines()
    assert told == again
    report = json.loads(told)
    assert report["samples_at_most"] >= max(len(one["samples"]) for one in report["findings"])
    assert report["facts"]["taken"] > 0
    assert report["findings"]
    assert report["fill"]
    for ending in ("csv", "xlsx", "json"):
        assert small("report", "1", "--to", tmp_path / f"report.{ending}").code == 0
        assert (tmp_path / f"report.{ending}").stat().st_size > 500
    assert (tmp_path / "report.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert small("report", "1", "--to", tmp_path / "report.doc").code == 2


def test_users_get_roles(small: Command) -> None:
    assert small("user", "add", "anna", "--role", "operator", "--office", "LA", "--password-stdin",
                 given="correct horse battery\n").code == 0  # fmt: skip
    assert small("user", "add", "anna", "--role", "clerk").row == {
        "user": "anna",
        "role": "clerk",
        "office": "*",
    }
    assert small("user", "list").row["roles"] == ["clerk *", "operator LA"]
    assert small("user", "add", "otto", "--password-stdin", given="short\n").code == 2
    assert small("user", "add", "otto", "--role", "king").code == 2


def test_the_inbox_is_emptied(sqlite_database: Options, laos: Deliveries) -> None:
    run = command(sqlite_database)
    folder = sqlite_database.path("inbox") / "LA"
    folder.mkdir(parents=True)
    (folder / laos[1].path.name).write_bytes(laos[1].path.read_bytes())
    watched = run("watch-inbox", "--once", "--settle", "0")
    assert watched.row["stored"] > 0
    assert (folder / "done" / laos[1].path.name).exists()
    assert run("status").row["indexed"] > 0


def test_the_version_is_told(small: Command) -> None:
    assert small("--version").out == f"ipregister {__version__}\n"


def test_the_package_is_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m ipregister` runs what the script `ipregister` runs."""
    monkeypatch.setattr(cli, "main", lambda: sys.exit(7))
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("ipregister", run_name="__main__")
    assert ended.value.code == 7


def test_an_unknown_field_is_named(small: Command) -> None:
    asked = small("search", "foo:bar")
    assert asked.code == 2
    assert "field 'foo'" in asked.err


def test_every_verb_explains_itself(small: Command) -> None:
    assert small("--help").code == 0
    for verb in ("load", "check", "quarantine", "show", "export", "search", "serve", "demo", "backup"):
        helped = small(verb, "--help")
        assert helped.code == 0
        assert "Usage" in helped.out


def test_reload_says_what_it_did_not_find(
    small: Command, laos: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    small("load", "LA", laos[0].path)
    done = small("reload")
    assert done.code == 0
    assert done.row["read"] == done.row["unchanged"] > 0 == done.row["not_found"] == done.row["refused"]
    assert "would now be cut" not in done.err
    real = Register.places
    monkeypatch.setattr(Register, "places", lambda register, delivery: [
        msgspec.structs.replace(one, member="gone.xml") for one in real(register, delivery)])  # fmt: skip
    lost = small("reload")
    assert lost.code == 1
    assert (lost.row["read"], lost.row["not_found"]) == (0, done.row["read"])
    assert "would now be cut" in lost.err


def test_fill_rates_are_those_of_the_rights_delivered(small: Command, tmp_path: Path) -> None:
    samples = Path(__file__).parents[1] / "samples" / "wo"
    (tmp_path / "in").mkdir()
    for name in ("design-hague.in.xml", "gi-lisbon.in.xml", "registered.in.xml"):
        shutil.copy(samples / name, tmp_path / "in")
    assert small("load", "WO", tmp_path / "in").row["stored"] == 3
    report = json.loads(small("report", "1").out)
    rates = {(row["right"], row["field"]): (row["filled"], row["records"]) for row in report["fill"]}
    assert {right for right, _ in rates} == {"trademark", "design", "indication"}
    assert (rates["design", "views"], rates["indication", "names"]) == ((1, 1), (1, 1))
    assert ("design", "mark/verbal") not in rates
    assert small("report", "1", "--to", tmp_path / "report.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx").worksheets[0]
    told = {(row[4], row[0]) for row in sheet.iter_rows(values_only=True) if len(row) > 4}
    assert {("design", "views"), ("indication", "areas")} <= told
