"""The verb `sample`: the reading of a record beside it, without a register."""

import json
from pathlib import Path

import pytest

from ipregister.web.options import Options
from tests.cli.conftest import Command, command

RECORD = """<?xml version="1.0" encoding="UTF-8"?>
<Trademark><tm_no>40202000077A</tm_no><application_type>Trade Mark</application_type>
<application_date>05/03/2020</application_date><mark_status>Pending</mark_status></Trademark>
"""


@pytest.fixture
def bare(tmp_path: Path) -> Command:
    """`ipregister` where nothing was ever made."""
    return command(Options(data=tmp_path / "none"))


def test_a_sample_gets_its_outcome(bare: Command, tmp_path: Path) -> None:
    source, outcome = tmp_path / "pending.in.xml", tmp_path / "pending.out.json"
    source.write_text(RECORD, encoding="utf-8")
    first = bare("sample", "SG", source)
    assert (first.code, first.row["outcome"], first.row["changed"]) == (0, outcome.name, True)
    text = outcome.read_text(encoding="utf-8")
    made = json.loads(text)["records"][0]
    assert (made["key"], made["state"]["state"], made["refusal"]) == ("sg-40202000077a", "filed", "")
    assert made["evidence"]["/application_date"] == "3 date:dmy"
    assert not bare("sample", "sg", source).row["changed"]
    assert outcome.read_text(encoding="utf-8") == text
    assert not (tmp_path / "none").exists()


def test_the_day_decides_on_findings(bare: Command, tmp_path: Path) -> None:
    source = tmp_path / "pending.in.xml"
    source.write_text(RECORD, encoding="utf-8")
    printed = bare("sample", "SG", source, "--day", "2019-01-01", "--dry-run")
    codes = [one["code"] for one in json.loads(printed.out)["records"][0]["findings"]]
    assert "date-in-future" in codes
    assert not (tmp_path / "pending.out.json").exists()


def test_a_file_of_another_name_is_printed(bare: Command, tmp_path: Path) -> None:
    source = tmp_path / "cut.xml"
    source.write_text(RECORD[:150], encoding="utf-8")
    (made,) = json.loads(bare("sample", "SG", source).out)["records"]
    assert (made["record"], made["refusal"]) == (None, "truncated")


def test_no_file_no_sample(bare: Command, tmp_path: Path) -> None:
    assert bare("sample", "SG", tmp_path / "none.in.xml").code == 3
