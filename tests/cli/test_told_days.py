"""The day of a delivery on the command line: every verb that takes one refuses the same, with the same exit code."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.exchange import mapped_fields
from tests.exchange.documents import ipas

MAPPING = 'office = "LA"\n' + mapped_fields.fields({"No": "application_number"})


@pytest.fixture
def told(run: Command, tmp_path: Path) -> Command:
    """A register with one delivery of Laos that tells its day."""
    (tmp_path / "LA.20260131_01.xml").write_bytes(ipas())
    assert run("load", "LA", tmp_path / "LA.20260131_01.xml").row["stored"] == 1
    return run


@pytest.mark.parametrize("words", [("load",), ("check",), ("load", "--dry-run")], ids=" ".join)
def test_a_file_without_a_day_is_refused(words: tuple[str, ...], told: Command, tmp_path: Path) -> None:
    path = tmp_path / "latm2.xml"
    path.write_bytes(ipas(("37978", "37979")))
    refused = told(*words, "LA", path)
    assert (refused.code, refused.err.startswith("ipregister: latm2.xml: its name tells no day")) == (3, True)
    assert "--day YYYY-MM-DD" in refused.err
    assert told(*words, "LA", path, "--day", "2026-01-30").code == 0
    ahead = told(*words, "LA", path, "--day", "2099-01-01")
    assert (ahead.code, "latm2.xml: is dated 2099-01-01, which is after today" in ahead.err) == (3, True)


def test_of_several_the_others_are_loaded(told: Command, tmp_path: Path) -> None:
    names = ("a.xml", "LA.20990101_01.xml", "LA.20260201_01.xml")
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(ipas(("37978", f"{number}")))
    ran = told("load", "LA", *(tmp_path / name for name in names))
    assert (ran.code, ran.row["stored"], len(ran.err.splitlines())) == (3, 1, 2)


@pytest.mark.parametrize("verb", ["check", "load"])
def test_so_is_a_mapped_source(verb: str, told: Command, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "marks.csv").write_text("No\n555\n", encoding="utf-8")
    words = ("map", verb, tmp_path / "marks.csv", tmp_path / "m.toml")
    refused = told(*words)
    assert (refused.code, "ipregister: marks.csv: its name tells no day" in refused.err) == (3, True)
    assert told(*words, "--day", "2099-01-01").code == 3
    assert told(*words, "--day", "2026-01-30").code == 0
