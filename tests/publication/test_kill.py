"""Publishing that is killed at random moments: nothing half is seen, nothing is lost, the bytes are those of a calm run."""

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
from ipregister.intake.loading import load
from ipregister.model.offices import office
from ipregister.publication.bulk.shelf import INDEX, Shelf
from ipregister.publication.keys import Salts, new, signer
from ipregister.publication.verify.proving import verify
from ipregister.store.packs import file_digest
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.intake.killing import run, start

KILLS = 6


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): file_digest(path) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_killed_publication_is_that_of_a_calm_run(data: Path, tmp_path: Path) -> None:
    register = Register(packs=data / "packs")
    for one in write_office(tmp_path / "feeds", "LA", 400, day=dt.date(2026, 6, 30)):
        load(register, office("LA"), one.path, scratch=data / "scratch", kind=one.kind)
    new(data)
    Salts.of(data)
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    shutil.copytree(data, calm)
    begun = time.monotonic()
    run(Options(data=calm), "publish", str(tmp_path / "calm-out"))
    span = time.monotonic() - begun
    shutil.copytree(data, killed)
    out, chance, kills = tmp_path / "killed-out", random.Random(5), 0
    while kills < KILLS:
        process = start(Options(data=killed), "publish", str(out))
        try:
            process.wait(timeout=span * chance.uniform(0.2, 1.0))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()  # type: ignore[union-attr]  # it was asked for
        kills += 1
        if (out / INDEX).is_file():
            assert verify(str(out), signer(killed).public).faults == []
            assert len(Shelf(out).index().publications) == 1
    run(Options(data=killed), "publish", str(out))
    assert contents(out) == contents(tmp_path / "calm-out")
    assert verify(str(out), signer(data).public).faults == []
    assert verify(str(killed), signer(data).public).faults == []
