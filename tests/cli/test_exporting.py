"""`export` without a right: what each format does with a register of several rights."""

import csv
import json
import os
import threading
from pathlib import Path

import pytest

from ipregister.web.options import Options
from tests.cli.conftest import Command, command
from tests.exchange.documents import ipas

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def several(sqlite_database: Options, tmp_path: Path) -> Command:
    """A register with a mark, an indication, a design and a petty patent."""
    run = command(sqlite_database)
    assert run("init").code == 0
    (tmp_path / "mark.xml").write_bytes(ipas())
    for code, path in (
        ("LA", tmp_path / "mark.xml"),
        ("KH", SAMPLES / "kh" / "gi.in.xml"),
        ("LA", SAMPLES / "la" / "design-registered.in.xml"),
        ("LA", SAMPLES / "la" / "patent-petty.in.xml"),
    ):
        assert run("load", code, path).code == 0
    return run


def test_gbd_writes_what_it_has_a_form_for_and_tells_the_rest(several: Command, tmp_path: Path) -> None:
    done = several("export", "--full", "--format", "gbd")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, len(rows)) == (0, 3)
    assert "left out: 1 of the right utility-model; gbd has no form for them" in done.err
    goal = tmp_path / "out.jsonl"
    told = json.loads(several("export", "--full", "--format", "gbd", "-o", goal).out)
    assert told == {"file": str(goal), "format": "gbd", "rights": ["trademark", "design", "indication"],
                    "records": 3, "left_out": {"utility-model": 1}}  # fmt: skip
    assert len(goal.read_text().splitlines()) == 3


def test_a_table_of_each_right_stands_beside_the_first(several: Command, tmp_path: Path) -> None:
    goal = tmp_path / "out.csv"
    done = several("export", "--full", "--format", "csv", "-o", goal)
    told = [json.loads(line) for line in done.out.splitlines()]
    assert [(Path(one["file"]).name, one["rights"], one["records"], one["left_out"]) for one in told] == [
        ("out.csv", ["trademark"], 1, {}),
        ("out.utility-model.csv", ["utility-model"], 1, {}),
        ("out.design.csv", ["design"], 1, {}),
        ("out.indication.csv", ["indication"], 1, {}),
    ]
    assert all(len(list(csv.reader(Path(one["file"]).read_text().splitlines()))) == 2 for one in told)


@pytest.mark.parametrize("verb", [("export", "--full", "--format", "csv"), ("search", "", "--format", "csv")])
def test_a_pipe_or_device_keeps_its_place(several: Command, verb: tuple[str, ...], tmp_path: Path) -> None:
    """Written to as root, `/dev/null` became a file."""
    goal, got = tmp_path / "pipe", list[str]()
    os.mkfifo(goal)
    reader = threading.Thread(target=lambda: got.append(goal.read_text(encoding="utf-8")))
    reader.start()
    done = several(*verb, "-o", goal)
    reader.join(20)
    assert done.code == 0, done.err
    assert goal.is_fifo()
    assert got[0].count("\n") > 1
    assert not [one.name for one in tmp_path.iterdir() if "part" in one.name]


def test_stdout_gets_the_table_of_the_first_right(several: Command) -> None:
    done = several("export", "--full", "--format", "csv")
    assert (done.code, len(list(csv.reader(done.out.splitlines())))) == (0, 2)
    assert "left out: 1 of the right design; each right has a file with -o FILE" in done.err
    assert several("export", "--full", "--format", "csv", "-o", "-").out == done.out
    assert not Path("-").exists()


def test_what_is_not_public_is_not_counted_as_left_out(
    several: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    from ipregister.store.register import Register
    from tests.publication.test_statistics import SECRET, fill

    fill(Register(packs=sqlite_database.path("packs")), SECRET)
    done = several("export", "--format", "gbd", "-o", tmp_path / "out.jsonl")
    assert (done.code, json.loads(done.out)["left_out"]) == (0, {"utility-model": 1})
    assert "right patent" not in done.err
    done = several("export", "--full", "--format", "gbd", "-o", tmp_path / "out.jsonl")
    assert json.loads(done.out)["left_out"] == {"patent": 1, "utility-model": 1}
