"""The same on PostgreSQL: published, verified, withheld."""

import datetime as dt
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipregister.publication import switching
from ipregister.publication.bulk.lines import read_lines
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.keys import signer
from ipregister.publication.release import FILE, release_all
from ipregister.publication.verify.proving import verify
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store import retracting
from ipregister.store.harvest import Span
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.publication.conftest import deliver, marks
from tests.publication.test_mirror import command, node

__all__ = ["node"]
pytestmark = pytest.mark.postgresql


def test_published_and_withheld_on_postgresql(postgresql_database: Options, tmp_path: Path) -> None:
    data, out = postgresql_database.data, tmp_path / "out"
    release_all(data)
    register = Register(packs=data / "packs")
    deliver(register, "2026-01-01", marks("1", "2", "10"))
    deliver(register, "2026-02-01", marks("2", words="NEW"))
    full = publish(register, data, out, processes=1)
    assert full.manifest.records == 3
    withhold(register, data, Order("la-2", "Order 7/2026", "2026-07-01"))
    assert verify(str(out), signer(data).public).faults == []
    kept = b"".join(line for path in full.folder.glob("LA-*.zst") for line in read_lines(path))
    assert b"TA YA" in kept
    assert b"NEW" not in kept
    publish(register, data, out, processes=1)
    assert verify(str(out), signer(data).public).faults == []


def test_notices_stand_among_the_changes_on_postgresql(postgresql_database: Options) -> None:
    """Withheld content and changed switches have numbers and a new place for harvesters; a false version goes again."""
    data = postgresql_database.data
    release_all(data)
    register = Register(packs=data / "packs")
    deliver(register, "2026-01-01", marks("1", "2"))
    later = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    assert switching.tell_switches(register, data, later) == 0
    last = register.last_change()
    withhold(register, data, Order("la-2", "Order 7/2026", "2026-07-01"), now=later)
    (data / FILE).write_text('[[release]]\nchannels = ["page", "api"]\n', encoding="utf-8")
    assert switching.tell_switches(register, data, later) == 2
    assert switching.tell_switches(register, data, later) == 0
    told = [(one.number, one.key, one.notice) for one in register.changes(last)]
    assert told == [
        (last + 1, "la-2", "withdrawal"),
        (last + 2, "la-1", "switches"),
        (last + 3, "la-2", "switches"),
    ]
    groups = (("LA", "trademark"),)
    found = register.harvest(Span(groups, since=later))
    assert [(one.key, one.change) for one in found] == [("la-1", last + 2), ("la-2", last + 3)]
    assert register.harvest(Span(groups, before=later)) == []
    present = register.present("la-1")
    assert present is not None
    assert (present.change, present.recorded_at) == (last + 2, later)
    deliver(register, "2026-02-01", marks("1", words="FALSE"))
    assert retracting.retract(register.alias, "la-1", register.require("la-1").content_hash, later) == 1
    assert b"TA YA" in register.require("la-1").body
    assert register.withdrawn(0) == ["la-2"]


def test_a_mirror_on_postgresql_by_two_processes_is_that_on_sqlite(
    shelf: Path,
    data: Path,
    register: Register,
    node: Path,
    new_postgresql_url: Callable[[], str],
    tmp_path: Path,
) -> None:
    """A full publication and a delta with a deletion, taken by two processes into each database: one digest, all roots."""
    large = Options(data=tmp_path / "large", database_url=new_postgresql_url())
    told: dict[str, list[dict[str, Any]]] = {"": [], "large": []}

    def both(*arguments: str) -> None:
        for name, options in (("", Options(data=node)), ("large", large)):
            done = subprocess.run(command(options.data, *arguments), check=False, capture_output=True, text=True,
                                  env=options.environment())  # fmt: skip
            assert done.returncode == 0, done.stderr
            told[name] += [json.loads(line) for line in done.stdout.splitlines()]

    both("init")
    told[""], told["large"] = [], []
    both("mirror", str(shelf), "--processes", "2")
    deliver(register, "2026-02-01", marks(*map(str, range(10, 400))) + marks("2", words="NEW"))
    deliver(register, "2026-03-01", marks("3", deleted=True))
    publish(register, data, shelf, "delta", processes=1)
    both("mirror", str(shelf), "--processes", "2")
    assert [one["differing"] for one in told["large"]] == [0, 0]
    both("status", "--digest")
    assert [rows[-1].pop("database") for rows in told.values()] == ["sqlite", "postgresql"]
    assert told[""] == told["large"]
