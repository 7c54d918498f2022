"""Mirrors: a node made from what another publishes holds the same, proves it, follows it, and refuses what is changed."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ipregister.publication import editions
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.keys import new, signer
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.edition import pack, unpack
from ipregister.publication.verify.proving import verify
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.publication.conftest import deliver, marks
from tests.publication.served import served
from tests.publication.test_verify import files_of, flipped


@pytest.fixture
def address(shelf: Path) -> Iterator[str]:
    """The same folder on the web."""
    with served(shelf) as address:
        yield address


def command(folder: Path, *arguments: str) -> list[str]:
    """The program on an installation of its own."""
    return [sys.executable, "-m", "ipregister.cli", "--data", str(folder), *arguments]


def run(folder: Path, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    """Run it: exit code, lines of JSON, errors."""
    settings = Options(data=folder).environment()
    done = subprocess.run(
        command(folder, *arguments), check=False, capture_output=True, text=True, env=settings
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture
def node(tmp_path: Path, node_template: Path) -> Path:
    """An empty installation that shall be a mirror."""
    return Path(shutil.copytree(node_template, tmp_path / "node"))


def keys_of(node: Path) -> dict[str, bool]:
    """The records of a node, and whether each is deleted."""
    with closing(sqlite3.connect(node / "register.sqlite3")) as database:
        found = database.execute("SELECT key, deleted FROM register_store_record ORDER BY key").fetchall()
    return {key: bool(deleted) for key, deleted in found}


def kept_of(node: Path) -> Path:
    """The folder in which a node keeps what it mirrors of its one publisher."""
    (found,) = (one for one in (node / "mirror").iterdir() if one.is_dir())
    return found


def test_a_mirror_holds_the_same_and_both_roots(address: str, shelf: Path, node: Path) -> None:
    code, rows, errors = run(node, "mirror", address)
    assert code == 0, errors
    manifest = json.loads((shelf / rows[0]["publication"] / "manifest.json").read_text())
    assert rows[0]["records"] == 3
    assert rows[0]["differing"] == 0
    assert rows[0]["tree_root"] == manifest["tree"]["root"]
    assert rows[0]["register_root"] == manifest["register_root"]
    assert keys_of(node) == {"la-1": False, "la-2": False, "la-3": False}
    code, again, errors = run(node, "mirror", address)
    assert code == 0, errors
    assert again == [{"publication": rows[0]["publication"], "new": False, "until": 3, "records": 3,
                      "tree_root": rows[0]["tree_root"], "register_root": rows[0]["register_root"]}]  # fmt: skip


@pytest.mark.slow
def test_it_follows_deltas_and_deletions(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    assert run(node, "mirror", address)[0] == 0
    deliver(register, "2026-02-01", marks("4") + marks("2", words="OTHER")[0:1])
    deliver(register, "2026-03-01", marks("3", deleted=True))
    publish(register, data, shelf, "delta", processes=1)
    code, rows, errors = run(node, "mirror", address)
    assert code == 0, errors
    assert len(rows) == 1
    assert keys_of(node) == {"la-1": False, "la-2": False, "la-3": True, "la-4": False}
    code, verified, errors = run(node, "verify", str(kept_of(node)))
    assert code == 0, (verified, errors)


@pytest.mark.slow
def test_what_is_withheld_there_is_withheld_here(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    deliver(register, "2026-02-01", marks("7", words="CANARYWORD"))
    publish(register, data, shelf, "delta", processes=1)
    assert run(node, "mirror", address)[0] == 0
    assert holds(node, b"CANARYWORD")
    withhold(register, data, Order("la-7", "Order 1/2026", "2026-03-01"))
    publish(register, data, shelf, "delta", processes=1)
    code, rows, errors = run(node, "mirror", address)
    assert code == 0, errors
    assert rows[0]["withdrawn"] == ["la-7"]
    assert not holds(node, b"CANARYWORD")
    assert keys_of(node).keys() >= {"la-1", "la-7"}


def holds(node: Path, word: bytes) -> bool:
    """Whether what a node gives out of a record holds a word."""
    _code, rows, _errors = run(node, "show", "la-7")
    return word.decode() in json.dumps(rows)


@pytest.mark.slow
def test_what_was_changed_is_refused(address: str, shelf: Path, node: Path) -> None:
    (file,) = shelf.glob("*/LA-trademark*.jsonl.zst")
    whole = file.read_bytes()
    file.write_bytes(whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:])
    code, rows, errors = run(node, "mirror", address)
    assert code != 0
    assert rows == []
    assert "is not the file that was published" in errors
    assert keys_of(node) == {}
    file.write_bytes(whole)
    assert run(node, "mirror", address)[0] == 0


@pytest.mark.slow
def test_what_a_mirror_keeps_as_evidence_cannot_be_changed(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    """Of all publications manifest, signature and leaves stay: a changed byte of them is told, offline, years later."""
    deliver(register, "2026-02-01", marks("4"))
    publish(register, data, shelf, "delta", processes=1)
    assert run(node, "mirror", address)[0] == 0
    (state,) = (node / "mirror").glob("*/mirror.json")
    key = signer(data).public
    shutil.rmtree(data)
    assert verify(str(state.parent), key).faults == []
    kept = [
        path for path in files_of(state.parent) if path.parent != state.parent and path.parent.name != "log"
    ]
    assert {path.name for path in kept} == {"manifest.json", "manifest.sig", "log.jsonl.zst"}
    missed = [
        (path.name, at) for path in kept for at in flipped(path) if verify(str(state.parent), key).holds
    ]
    assert missed == []
    assert not verify(str(state.parent), new(node, "other")).holds


@pytest.mark.slow
def test_another_key_is_refused(address: str, node: Path, shelf: Path, tmp_path: Path) -> None:
    assert run(node, "keys", "new")[0] == 0
    own = next(iter(run(node, "keys", "show")[1]))
    text = own.get("key") or own.get("public")
    code, _rows, errors = run(node, "mirror", address, "--key", str(text))
    assert code != 0
    assert "another key" in errors


@pytest.mark.slow
def test_only_one_office(shelf: Path, node: Path) -> None:
    code, rows, _errors = run(node, "mirror", str(shelf), "--office", "TH")
    assert code == 0
    assert rows[0]["records"] == 0
    assert keys_of(node) == {}


@pytest.mark.slow
def test_two_processes_make_the_same_mirror(shelf: Path, node: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert run(other, "init")[0] == 0
    done = [
        run(folder, "mirror", str(shelf), "--processes", number)
        for folder, number in ((node, "1"), (other, "2"))
    ]
    assert done[0] == done[1]
    assert done[0][0] == 0
    digests = [run(folder, "status", "--digest")[1][0]["digest"] for folder in (node, other)]
    assert digests[0] == digests[1]


@pytest.mark.slow
@pytest.mark.parametrize("processes", ["1", "2"])
def test_thirty_kills_and_the_same_roots(
    address: str, node: Path, data: Path, register: Register, shelf: Path, processes: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    deliver(register, "2026-02-01", marks(*map(str, range(100, 400))))
    publish(register, data, shelf, "delta", processes=1)
    calm, settings = tmp_path / "calm", Options(data=node).environment()
    run(calm, "init")
    begun = time.monotonic()
    assert run(calm, "mirror", address, "--processes", processes)[0] == 0
    span = time.monotonic() - begun
    chance = random.Random(5)
    for _kill in range(30):
        words = command(node, "mirror", address, "--processes", processes)
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=settings)
        time.sleep(span * chance.uniform(0.2, 1))
        process.kill()
        process.wait()
    code, _rows, errors = run(node, "mirror", address, "--processes", processes)
    assert code == 0, errors
    head = json.loads((shelf / "index.json").read_text())["publications"][-1]
    manifest = json.loads((shelf / head["name"] / "manifest.json").read_text())
    (state,) = (node / "mirror").glob("*/mirror.json")
    assert head["name"] in json.loads(state.read_text())["loaded"]
    code, verified, errors = run(node, "verify", str(state.parent))
    assert code == 0, errors
    assert manifest["register_root"] in json.dumps(verified)
    assert len(keys_of(node)) == 303
    digests = [run(folder, "status", "--digest")[1][0]["digest"] for folder in (node, calm)]
    assert digests[0] == digests[1]


def test_what_is_withheld_leaves_the_editions_that_were_made_here(
    data: Path, register: Register, tmp_path: Path
) -> None:
    """Those of the office; what was unpacked of them as well. A file that is another one by now stays."""
    publish(register, data, tmp_path / "out", processes=1)
    inside, outside, other, fresh = (
        data / "la.edition", tmp_path / "la.edition", tmp_path / "kh.edition", tmp_path / "new.edition")  # fmt: skip
    with closing(Ledger(data)) as ledger:
        for code, file in (("LA", inside), ("LA", outside), ("KH", other), ("LA", fresh)):
            pack(data, file, code, signer(data))
            editions.remember(ledger, code, file)
    there = unpack(inside, data / "editions").data
    fresh.write_bytes(b"something else")
    done = withhold(register, data, Order("la-2", "Order 1/2026", "2026-03-01"))
    assert done.editions == (str(inside), str(outside))
    assert not any(path.exists() for path in (inside, outside, there))
    assert other.is_file()
    assert fresh.is_file()
    with closing(Ledger(data)) as ledger:
        assert [one.office for one in editions.known(ledger)] == ["KH"]
