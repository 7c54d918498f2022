"""Backup and restore on another machine, from one database to the other; upgrade."""

import hashlib
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import zstandard

from ipregister.demonstration import DemonstrationDelivery
from ipregister.publication.log.ledger import Ledger
from ipregister.web.options import Options
from tests.cli.conftest import Command, command
from tests.portal.releasing import release


def test_a_backup_is_restored_elsewhere(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    run = command(sqlite_database)
    run("load", "LA", *[one.path for one in laos])
    run("user", "add", "anna", "--role", "admin", "--password-stdin", given="correct horse battery\n")
    status = run("status", "--digest").row
    made = run("backup", tmp_path / "copy")
    assert made.row["digest"] == status["digest"]
    assert run("backup", tmp_path / "copy").code == 2

    other = command(Options(data=tmp_path / "other"))
    assert other("restore", tmp_path / "copy").row["digest"] == status["digest"]
    restored = other("status", "--digest").row
    assert restored == status
    assert other("user", "list").row["roles"] == ["admin *"]
    key = json.loads(run("export").out.splitlines()[0])["key"]
    assert other("show", key).out == run("show", key).out
    assert other("search", "office:LA").row == run("search", "office:LA").row
    assert other("load", "LA", laos[0].path).row["stored"] == 0
    assert other("restore", tmp_path / "copy").code == 2
    assert other("upgrade").code == 0


@pytest.mark.slow
def test_a_publisher_is_restored_elsewhere_with_its_keys_log_and_lists(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    run = command(sqlite_database)
    run("load", "LA", *[one.path for one in laos])
    release(sqlite_database.data)
    run("publish", "--full")
    key = json.loads(run("export").out.splitlines()[0])["key"]
    run("withhold", key, "--ground", "Court order 7/2026", "--day", "2026-01-31")
    (tmp_path / "totals.csv").write_text("right,stage,year,total\ntrademark,applications,2024,3\n")
    run("ledger", "--office", "LA", "--declare", tmp_path / "totals.csv", "--signed-by", "The Registrar")
    run("webhooks", "add", "https://93.184.216.34/hook")
    run("publish", "--delta")
    assert run("backup", tmp_path / "copy", "--with-keys", "--with-publications").row["keys"] is True
    assert run("backup", tmp_path / "light").row["keys"] is False

    other = command(Options(data=tmp_path / "other"))
    told = other("restore", tmp_path / "copy").row
    here, there = sqlite_database.data, tmp_path / "other"
    with closing(Ledger(here)) as ours, closing(Ledger(there)) as theirs:
        assert told["tree"] == {"size": ours.tree().size, "root": ours.tree().root}
        assert theirs.heads(9) == ours.heads(9)
        assert theirs.register_tree() == ours.register_tree()
    assert all((there / "keys" / f"{name}.key").stat().st_mode & 0o077 == 0 for name in ("node", "salts"))
    for name in ("release.toml", "secret.key", "publications/index.json", "keys/node.key", "keys/salts.key"):
        assert (there / name).read_bytes() == (here / name).read_bytes(), name
    assert other("webhooks", "list").row["address"] == "https://93.184.216.34/hook"
    assert '"signed"' in other("ledger", "--office", "LA").out
    assert other("verify", there / "publications", "--key", here / "keys" / "node.pub").code == 0
    anew, again = run("publish", "--full").row, other("publish", "--full").row
    assert {name: again[name] for name in _ROOTS} == {name: anew[name] for name in _ROOTS}
    assert "withholding" in other("show", key).out
    before = {
        path: path.read_bytes()
        for path in there.rglob("*")
        if path.is_file() and path.parent.name in _LASTING
    }
    assert other("upgrade").code == 0
    assert {path: path.read_bytes() for path in before} == before


_LASTING = {"keys", "publications"}
_ROOTS = ("name", "manifest", "tree_size", "tree_root", "register_root")


@pytest.mark.slow
def test_without_private_keys_nothing_is_signed_anew(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    run = command(sqlite_database)
    run("load", "LA", *[one.path for one in laos])
    release(sqlite_database.data)
    run("publish", "--full")
    run("backup", tmp_path / "light")
    assert not list((tmp_path / "light").rglob("*.key"))
    other = command(Options(data=tmp_path / "other"))
    told = other("restore", tmp_path / "light").row
    with closing(Ledger(sqlite_database.data)) as ours:
        assert told["tree"]["root"] == ours.tree().root
    run("load", "LA", laos[0].path)
    refused = other("publish", "--full")
    assert refused.code == 2
    assert not list((tmp_path / "other" / "keys").glob("*.key"))
    for name in ("node.key", "salts.key"):
        shutil.copyfile(sqlite_database.data / "keys" / name, tmp_path / "other" / "keys" / name)
    assert other("publish", "--full").code == 0


def test_a_file_of_a_backup_is_checked_and_stays_in_the_data_folder(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    run = command(sqlite_database)
    run("load", "LA", laos[1].path)
    release(sqlite_database.data)
    run("backup", tmp_path / "copy")
    manifest = tmp_path / "copy" / "manifest.json"
    (tmp_path / "copy" / "files" / "release.toml").write_text("[[release]]\n")
    other = command(Options(data=tmp_path / "other"))
    assert other("restore", tmp_path / "copy").code == 5
    release(tmp_path / "copy" / "files")
    manifest.write_text(
        manifest.read_text().replace('"name": "release.toml"', '"name": "../files/release.toml"')
    )
    assert other("restore", tmp_path / "copy").code == 5
    assert not (tmp_path / "files").exists()


def test_only_their_owner_reads_a_backup_and_a_new_data_folder(
    sqlite_database: Options, tmp_path: Path
) -> None:
    command(sqlite_database)("backup", tmp_path / "copy")
    command(Options(data=tmp_path / "new"))("init")
    assert [(tmp_path / name).stat().st_mode & 0o077 for name in ("copy", "new")] == [0, 0]


def _copied(options: Options, delivery: Path, copy: Path) -> tuple[Command, dict[str, Any]]:
    """The commands of an installation with one delivery, and what its backup told."""
    run = command(options)
    run("load", "LA", delivery)
    return run, run("backup", copy).row


def test_a_damaged_backup_is_refused(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    _copied(sqlite_database, laos[1].path, tmp_path / "copy")
    pack = tmp_path / "copy" / "packs" / "000001.pack"
    pack.write_bytes(pack.read_bytes()[:-1] + b"x")
    other = command(Options(data=tmp_path / "other"))
    assert other("restore", tmp_path / "copy").code == 5
    assert other("restore", tmp_path / "nothing").code == 3
    assert not (tmp_path / "other").exists()


@pytest.mark.postgresql
def test_a_register_moves_to_postgresql_and_back(
    sqlite_database: Options,
    new_postgresql_url: Callable[[], str],
    laos: list[DemonstrationDelivery],
    tmp_path: Path,
) -> None:
    run = command(sqlite_database)
    run("load", "LA", laos[0].path)
    run("user", "add", "anna", "--password-stdin", given="correct horse battery\n")
    digest = run("backup", tmp_path / "one").row["digest"]
    address = new_postgresql_url()
    large = command(Options(data=tmp_path / "large", database_url=address))
    assert large("restore", tmp_path / "one").row["digest"] == digest
    assert large("load", "LA", laos[1].path).row["stored"] > 0
    assert large("user", "add", "otto", "--password-stdin", given="correct horse battery\n").code == 0
    moved = large("backup", tmp_path / "two").row["digest"]
    over = command(Options(data=tmp_path / "new folder", database_url=address))("restore", tmp_path / "one")
    assert (over.code, "the database holds a register already" in over.err) == (2, True)
    assert large("status", "--digest").row["digest"] == moved
    back = command(Options(data=tmp_path / "back"))
    assert back("restore", tmp_path / "two").row["digest"] == moved
    assert back("status", "--digest").row["digest"] == moved
    assert [row["user"] for row in back("user", "list").rows] == ["anna", "otto"]


_LATER = {"register_store.Record": {"withheld", "told", "told_at", "switched", "switched_at"},
          "register_store.Tally": {"records"}, "register_store.Delivery": {"dated"}}  # fmt: skip
"""Columns of the register's tables that came with 0006, 0007 and 0008."""


def _as_of_an_older_program(copy: Path, *, lost: bool = False) -> None:
    """Make a backup what the program before `register_store.0006` would have made; with `lost`, what none made."""
    manifest = json.loads((copy / "manifest.json").read_text())
    del manifest["state"]
    for table in manifest["tables"]:
        path, gone = copy / table["file"], _LATER.get(table["name"], set())
        if lost and table["name"] == "register_store.Version":
            gone = {"cause"}
        lines = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().splitlines()
        names = json.loads(lines[0])
        kept = [at for at, name in enumerate(names) if name not in gone]
        rows = [json.dumps([json.loads(line)[at] for at in kept]) for line in lines]
        path.write_bytes(zstandard.ZstdCompressor().compress("\n".join(rows).encode() + b"\n"))
        table["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (copy / "manifest.json").write_text(json.dumps(manifest))


def test_a_backup_of_an_older_program_is_restored_and_brought_up_to_date(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    run, made = _copied(sqlite_database, laos[0].path, tmp_path / "copy")
    _as_of_an_older_program(tmp_path / "copy")
    other = command(Options(data=tmp_path / "other"))
    assert other("restore", tmp_path / "copy").row["digest"] == made["digest"]
    assert other("status", "--digest").row == run("status", "--digest").row
    assert other("export").out == run("export").out
    assert other("load", "LA", laos[0].path).row["stored"] == 0
    assert other("upgrade").code == 0


def test_a_backup_whose_tables_nobody_knows_is_refused_before_anything_is_made(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    _copied(sqlite_database, laos[0].path, tmp_path / "copy")
    _as_of_an_older_program(tmp_path / "copy", lost=True)
    refused = command(Options(data=tmp_path / "other"))("restore", tmp_path / "copy")
    assert (refused.code, "restore it with the version that made it" in refused.err) == (3, True)
    assert not (tmp_path / "other" / "register.sqlite3").exists()
