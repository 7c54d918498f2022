"""`kill -9` at any moment of a load, then the same command: the same register. Two loads at once."""

import datetime as dt
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ipregister.demonstration import DemonstrationDelivery, write_office
from ipregister.store.packs import Packs
from ipregister.web.options import Options
from tests.intake import killing

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def thailand(tmp_path_factory: pytest.TempPathFactory) -> DemonstrationDelivery:
    """One delivery with pictures."""
    return write_office(tmp_path_factory.mktemp("feeds"), "TH", 700, day=dt.date(2026, 6, 30))[0]


@pytest.fixture
def new(sqlite_template: Path, tmp_path: Path) -> Callable[[str], Options]:
    """A function that makes an empty installation on SQLite."""

    def make(name: str) -> Options:
        shutil.copytree(sqlite_template, tmp_path / name)
        return Options(data=tmp_path / name)

    return make


def test_a_killed_load_ends_as_if_nothing_had_been(
    new: Callable[[str], Options], thailand: DemonstrationDelivery
) -> None:
    undisturbed, seconds = killing.load_undisturbed(new("calm"), "TH", thailand.path)
    chance = random.Random(7)
    for number in range(4):
        options, words = new(f"killed{number}"), ("--processes", "2") if number % 2 else ()
        killed = killing.load_killed(
            options, "TH", thailand.path, chance=chance, seconds=seconds, words=words
        )
        assert killed.is_like(undisturbed)
        assert killed.line["in"] == undisturbed.line["in"]
        assert Packs(options.path("packs")).verify() == []


@pytest.mark.postgresql
def test_the_same_on_postgresql(
    new: Callable[[str], Options],
    new_postgresql_url: Callable[[], str],
    thailand: DemonstrationDelivery,
    tmp_path: Path,
) -> None:
    undisturbed, seconds = killing.load_undisturbed(new("calm"), "TH", thailand.path)
    options = Options(data=tmp_path / "large", database_url=new_postgresql_url())
    killing.run(options, "init")
    chance = random.Random(8)
    killed = killing.load_killed(options, "TH", thailand.path, chance=chance, seconds=seconds, kills=2)
    assert killed.is_like(undisturbed)


def test_two_loads_at_once(new: Callable[[str], Options], tmp_path: Path) -> None:
    for code in ("LA", "KH"):
        write_office(tmp_path / "feeds", code, 300, day=dt.date(2026, 6, 30))
    paths = {code: str(sorted((tmp_path / "feeds" / code).iterdir())[0]) for code in ("LA", "KH")}
    options, calm = new("busy"), new("calm")
    running = [(code, killing.start(options, "load", code, paths[code])) for code in ("LA", "KH", "LA")]
    for _, process in running:
        line = json.loads(process.communicate(timeout=120)[0])
        assert line["in"] == line["stored"] + line["unchanged"] + line["quarantined"]
    for code in ("LA", "KH"):
        killing.run(calm, "load", code, paths[code])
    assert killing.digest(options) == killing.digest(calm)
    status = json.loads(killing.run(options, "status"))
    assert status["indexed"] == status["change"]
