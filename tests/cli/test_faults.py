"""Errors that are nobody's wrong use never look like a result."""

import contextlib
import errno
import io
import sqlite3
import sys
from pathlib import Path

import msgspec
import pytest
from django.db import OperationalError

from ipregister import cli
from ipregister.model.errors import UsageError
from ipregister.web import databases, serving
from ipregister.web.options import Options
from tests.cli.conftest import Command


def test_an_error_of_the_program_is_not_the_exit_code_of_quarantine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(options: Options, verb: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "application", broken)
    assert cli.run(["status"]) == cli.FAULT
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error",
    [OperationalError("database or disk is full"), ValueError("Internal error: 'No space left on device (os error 28)'"),
     ValueError("An IO error: File too large (os error 27)")],
)  # fmt: skip
def test_a_full_disk_is_told_whoever_met_it(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(options: Options, verb: str) -> None:
        raise RuntimeError("while committing") from error

    monkeypatch.setattr(cli, "application", full)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert cli.run(["status"]) == cli.NO_ROOM
    sys.stdout.close()
    assert capsys.readouterr().err == "ipregister: no room is left to write the register or its index\n"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, cli.NO_ROOM), (errno.EFBIG, cli.NO_ROOM), (errno.EIO, cli.FAULT)]
)
def test_a_full_disk_is_told_in_a_line(
    number: int, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(options: Options, verb: str) -> None:
        raise OSError(number, "told")

    monkeypatch.setattr(cli, "application", full)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert cli.run(["status"]) == code
    sys.stdout.close()
    assert (capsys.readouterr().err == "ipregister: no room is left to write the result\n") == (
        code == cli.NO_ROOM
    )


def test_a_data_folder_of_an_older_version_says_what_to_run(run: Command, sqlite_database: Options) -> None:
    """Where a migration of the store is not applied yet, as after an installation of a newer version."""
    data = sqlite_database.data
    with contextlib.closing(sqlite3.connect(data / "register.sqlite3")) as base, base:
        base.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'register_store')"
        )
    for verb in (["similar", "Lotus"], ["status"]):
        told = run(*verb)
        assert (told.code, "older version" in told.err) == (2, True)
        assert f"ipregister --data {data} upgrade" in told.err
        assert "no such column" not in told.err


def test_a_database_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreached(options: Options, verb: str) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(cli, "application", unreached)
    assert cli.run(["status"]) == cli.UNREACHED
    assert capsys.readouterr().err == "ipregister: the database does not answer: connection refused\n"


def test_a_missing_driver_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "find_spec", lambda name: None)
    options = msgspec.structs.replace(Options(data=tmp_path), database_url="postgresql://a@b/c")
    with pytest.raises(UsageError, match="driver"):
        databases.databases(options)


def test_a_role_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no role 'clerk'"):
        serving.serve(Options(data=tmp_path), role="clerk")
