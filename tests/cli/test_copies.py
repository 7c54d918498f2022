"""Backup and restore on another machine, from one database to the other; upgrade."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ipregister.demonstration import DemonstrationDelivery
from ipregister.web.options import Options
from tests.cli.conftest import command


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


def test_only_their_owner_reads_a_backup_and_a_new_data_folder(
    sqlite_database: Options, tmp_path: Path
) -> None:
    command(sqlite_database)("backup", tmp_path / "copy")
    command(Options(data=tmp_path / "new"))("init")
    assert [(tmp_path / name).stat().st_mode & 0o077 for name in ("copy", "new")] == [0, 0]


def test_a_damaged_backup_is_refused(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    run = command(sqlite_database)
    run("load", "LA", laos[1].path)
    run("backup", tmp_path / "copy")
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
    large = command(Options(data=tmp_path / "large", database_url=new_postgresql_url()))
    assert large("restore", tmp_path / "one").row["digest"] == digest
    assert large("load", "LA", laos[1].path).row["stored"] > 0
    assert large("user", "add", "otto", "--password-stdin", given="correct horse battery\n").code == 0
    moved = large("backup", tmp_path / "two").row["digest"]
    back = command(Options(data=tmp_path / "back"))
    assert back("restore", tmp_path / "two").row["digest"] == moved
    assert back("status", "--digest").row["digest"] == moved
    assert [row["user"] for row in back("user", "list").rows] == ["anna", "otto"]
