"""The tutorial on a new office, followed to the letter."""

import re
import shlex
from pathlib import Path

import pytest

from ipregister.model import offices
from ipregister.web import bootstrap
from ipregister.web.options import Options
from tests.cli.conftest import Ran, command

PAGE = Path(__file__).parent.parent.parent / "docs" / "tutorials" / "on-board-an-office.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def changed(text: str, diff: str) -> str:
    """A text with the change that a block of `-` and `+` lines says."""
    old = "".join(line[1:] for line in diff.splitlines(keepends=True) if line[0] in " -")
    new = "".join(line[1:] for line in diff.splitlines(keepends=True) if line[0] in " +")
    assert text.count(old) == 1, diff
    return text.replace(old, new)


def test_the_tutorial_works_as_it_is_written(
    sqlite_database: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bootstrap.init(sqlite_database)
    run = command(sqlite_database)
    ran: list[Ran] = []
    for kind, text in BLOCKS:
        if kind == "csv":
            Path("marks_20260131.csv").write_text(text, encoding="utf-8")
        elif kind == "diff":
            files = (Path("tl.toml"), sqlite_database.path("offices") / "tl.toml")
            first = next(line[1:] for line in text.splitlines() if line[0] in " -")
            (file,) = [file for file in files if first in file.read_text(encoding="utf-8")]
            file.write_text(changed(file.read_text(encoding="utf-8"), text), encoding="utf-8")
            offices.forget()  # as the next command does, in a process of its own
        else:
            for line in text.splitlines():
                words = shlex.split(line)
                assert words[:3] == ["ipregister", "--data", "register"]
                ran.append(run(*words[3:]))
    new, check, load, quarantine, show = ran
    assert [(one.code, one.err) for one in (new, check) if not one.rows] == []
    assert all(row["field"] for row in new.rows)
    assert (check.rows[-1]["in"], check.rows[-1]["stored"], check.rows[-1]["quarantined"]) == (6, 4, 2)
    codes = {row["code"] for row in check.rows[:-1]}
    assert {"row-shape", "shifted-row", "not-a-date", "unknown-status"} <= codes
    assert (load.row["stored"], load.row["quarantined"]) == (4, 2)
    assert {row["reason"] for row in quarantine.rows} == {"row-shape", "shifted-row"}
    assert {row["detail"] for row in quarantine.rows} == {"9 cells under 8 headings", "+1: 2-8"}
    assert show.row["evidence"]["/application_date"] == ["4:2", "date:dmy"]
    assert "unknown-status" not in {one["code"] for one in run("show", "TL/T/2024/5").row["findings"]}
    holders = show.row["record"]["holders"]
    assert [(one["names"][0]["text"], one["country"]) for one in holders] == [
        ("Maria Soares", "TL"), ("João Soares", "PT"),
    ]  # fmt: skip
