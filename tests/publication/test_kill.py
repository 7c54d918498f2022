"""Publishing and withholding that are killed at random moments: nothing half is seen, nothing is lost, and in the end
the bytes are those of a calm run."""

import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from ipregister.demonstration import write_office
from ipregister.intake import indexer
from ipregister.intake.loading import load
from ipregister.model.offices import office
from ipregister.publication.bulk.publishing import FOLDER, publish
from ipregister.publication.bulk.shelf import INDEX, Shelf
from ipregister.publication.keys import Salts, new, signer
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.verify.proving import verify
from ipregister.publication.withholding.planned import unfinished
from ipregister.store.packs import file_digest
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.intake.killing import run, start
from tests.publication.test_withholding import DAY, GROUND, holders, victim

KILLS = 30


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): file_digest(path) for path in folder.rglob("*") if path.is_file()}


def filled(data: Path, tmp_path: Path, *, published: bool) -> Register:
    """A register of one office; `published`: with a full publication in the data folder, and more loaded after it."""
    register = Register(packs=data / "packs")
    new(data)
    Salts.of(data)
    first, *rest = write_office(tmp_path / "feeds", "LA", 400, day=dt.date(2026, 6, 30))
    load(register, office("LA"), first.path, scratch=data / "scratch", kind=first.kind)
    if published:
        publish(register, data, data / FOLDER, "full", processes=1)
    for one in rest:
        load(register, office("LA"), one.path, scratch=data / "scratch", kind=one.kind)
    indexer.catch_up(register, data / "index")
    return register


def calm_and_killed(data: Path, tmp_path: Path, *words: str, kills: int) -> tuple[Path, Path]:
    """Two copies of an installation on which a verb was run: once calmly, and once killed again and again."""
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    shutil.copytree(data, calm)
    shutil.copytree(data, killed)
    begun = time.monotonic()
    run(Options(data=calm), *words)
    span = time.monotonic() - begun
    chance = random.Random(5)
    stood = len(Shelf(killed / FOLDER).index().publications)
    for _kill in range(kills):
        process = start(Options(data=killed), *words)
        try:
            process.wait(timeout=span * chance.uniform(0.3, 1.0))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()  # type: ignore[union-attr]  # it was asked for
        if words[0] == "publish" and (killed / FOLDER / INDEX).is_file():
            assert verify(str(killed / FOLDER), signer(killed).public).faults == []
            assert len(Shelf(killed / FOLDER).index().publications) in (stood, stood + 1)
    run(Options(data=killed), *words)
    return calm, killed


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["full", "delta"])
def test_a_killed_publication_is_that_of_a_calm_run(data: Path, tmp_path: Path, kind: str) -> None:
    filled(data, tmp_path, published=kind == "delta")
    calm, killed = calm_and_killed(data, tmp_path, "publish", f"--{kind}", kills=KILLS)
    assert contents(killed / FOLDER) == contents(calm / FOLDER)
    for place in (killed / FOLDER, killed):
        assert verify(str(place), signer(data).public).faults == []
    assert Ledger(killed).tree() == Ledger(calm).tree()
    assert Ledger(killed).register_tree() == Ledger(calm).register_tree()


@pytest.mark.slow
def test_a_killed_withholding_ends_as_a_calm_one(data: Path, tmp_path: Path) -> None:
    register = filled(data, tmp_path, published=True)
    publish(register, data, data / FOLDER, processes=1)
    key, text = victim(register)
    words = ("withhold", key, "--ground", GROUND, "--day", DAY)
    calm, killed = calm_and_killed(data, tmp_path, *words, kills=KILLS)
    assert unfinished(killed) == []
    assert holders(killed, killed / FOLDER, text.encode()) == []
    assert contents(killed / FOLDER) == contents(calm / FOLDER)
    assert Ledger(killed).tree() == Ledger(calm).tree()
    assert verify(str(killed / FOLDER), signer(data).public).faults == []
