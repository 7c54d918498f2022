"""What the system refuses, a right on a file or a folder that is not there, is one line and never a traceback."""

import errno
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connections

from ipregister import cli
from ipregister.demonstration import write_office
from ipregister.model.errors import UsageError
from ipregister.web.databases import databases
from ipregister.web.options import Options
from ipregister.web.refusals import refusal
from tests.cli.conftest import Command

WITHOUT_ROOT = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""What takes from root that it may read and write everything."""


def _told(monkeypatch: pytest.MonkeyPatch, error: Exception, *words: str) -> int:
    def refused(options: Options, verb: str) -> None:
        raise error

    monkeypatch.setattr(cli, "application", refused)
    return cli.run(words)


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.EACCES, "may not read or write"), (errno.EPERM, "may not read or write"), (errno.EROFS, "a disk that cannot be written to")],
)  # fmt: skip
def test_a_right_that_is_missing_is_told_of_any_file(
    number: int, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "packs"
    place.mkdir()
    assert _told(monkeypatch, OSError(number, "no", str(place)), "status") == 2
    line = capsys.readouterr().err
    assert line.startswith(f"ipregister: {place}: ")
    assert why in line
    assert "What to do: " in line
    assert line.count("\n") == 1


def test_only_what_the_command_line_named_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = FileNotFoundError(errno.ENOENT, "no", str(tmp_path / "made" / "r.csv"))
    assert _told(monkeypatch, missing, "report", "1", "--to", str(tmp_path / "made" / "r.csv")) == 2
    assert "a folder must be there before a file goes into it" in capsys.readouterr().err
    assert _told(monkeypatch, missing, "--data", str(tmp_path), "status") == cli.FAULT
    assert "Traceback" in capsys.readouterr().err


def test_another_error_of_the_system_is_an_error_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _told(monkeypatch, OSError(errno.EIO, "told", "x"), "status", "x") == cli.FAULT
    assert _told(monkeypatch, PermissionError(errno.EPERM, "no process"), "status") == cli.FAULT


def test_an_error_of_the_system_within_that_of_a_library(tmp_path: Path) -> None:
    inside = PermissionError(errno.EACCES, "no", str(tmp_path))
    assert refusal(ValueError(inside), tmp_path, ()).startswith(f"{tmp_path}: ")
    outside = RuntimeError("no workbook")
    outside.__cause__ = inside
    assert refusal(outside, tmp_path, ()).startswith(f"{tmp_path}: ")
    assert refusal(RuntimeError("no workbook"), tmp_path, ()) == ""


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of which this user may not write the register nor a file of the index."""
    for name in ("register.sqlite3", "index/meta.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    allowed = os.access

    def may(place: str | os.PathLike[str], mode: int) -> bool:
        refused = Path(place).name in ("register.sqlite3", "meta.json")
        return not (refused and mode & os.W_OK) and allowed(place, mode)

    monkeypatch.setattr(os, "access", may)
    return tmp_path


@pytest.mark.parametrize(
    ("error", "name"),
    [(OperationalError("attempt to write a readonly database"), "register.sqlite3"),
     (OperationalError("unable to open database file"), "register.sqlite3"),
     (ValueError("An IO error occurred: 'Permission denied (os error 13)'"), "index/meta.json")],
)  # fmt: skip
def test_what_sqlite_and_the_engine_tell_in_words_names_the_file(
    error: Exception, name: str, closed: Path
) -> None:
    assert refusal(error, closed, ()).startswith(f"{closed / name}: the user that runs ipregister may not ")


def test_words_of_the_database_without_a_closed_file_are_no_refusal(tmp_path: Path) -> None:
    assert refusal(OperationalError("unable to open database file"), tmp_path, ()) == ""


def test_a_full_disk_keeps_its_exit_code_whoever_words_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = UsageError("cannot be written: No space left on device", place=str(tmp_path / "o.csv"))
    error.__cause__ = OSError(errno.ENOSPC, "full")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert _told(monkeypatch, error, "export") == cli.NO_ROOM
    sys.stdout.close()
    assert capsys.readouterr().err == f"ipregister: no room is left to write {tmp_path / 'o.csv'}\n"


def test_a_data_folder_that_is_a_file_or_below_one(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for data in (file, file / "data"):
        told = run("init", data=data)
        assert (told.code, told.err.count("\n")) == (2, 1)
        assert told.err.startswith(f"ipregister: {data}: ")


def test_results_that_have_no_place(run: Command, tmp_path: Path) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder.jsonl"
    file.touch()
    folder.mkdir()
    for place in (tmp_path / "none" / "o.jsonl", file / "o.jsonl", folder):
        told = run("export", "-o", place)
        assert (told.code, told.err.count("\n"), str(place) in told.err) == (2, 1, True), told.err


# As a process without the right to everything: what the system itself refuses


def _run(data: Path, *words: str | Path) -> tuple[int, str]:
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root reads everything here: install util-linux (setpriv)")
        prefix = WITHOUT_ROOT
    program = Path(sys.executable).parent / "ipregister"
    done = subprocess.run([*prefix, str(program), "--data", str(data), *map(str, words)], check=False,
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.fixture
def shut() -> Iterator["list[Path]"]:
    """Places without any right, which are opened again at the end."""
    places: list[Path] = []
    yield places
    for place in places:
        place.chmod(0o700)


@pytest.mark.slow
def test_files_and_folders_without_a_right(
    run: Command, sqlite_database: Options, tmp_path: Path, shut: "list[Path]"
) -> None:
    data = sqlite_database.data
    delivery = write_office(tmp_path / "feeds", "LA", 5, seed=3)[0].path
    assert run("load", "LA", delivery).code < 2
    unread = tmp_path / "LA.20260901_01.zip"
    shutil.copy(delivery, unread)
    target = tmp_path / "target"
    target.mkdir()

    def refused(place: Path, code: int, *words: str | Path) -> None:
        shut.append(place)
        place.chmod(0)
        told = _run(data, *words)
        assert (told[0], told[1].count("\n")) == (code, 1), told
        assert str(place) in told[1]
        assert "What to do: " in told[1]
        place.chmod(0o700)

    refused(unread, 3, "load", "LA", unread)
    refused(unread, 3, "check", "LA", unread)
    refused(unread, 3, "convert", unread, "--office", "LA", "--to", "jsonl")
    refused(unread, 3, "verify", unread)
    refused(unread, 2, "clear", "--batch", unread, "-o", tmp_path / "o.xlsx")
    refused(target, 2, "report", "1", "--to", target / "r.xlsx")
    refused(target, 2, "report", "1", "--to", target / "r.csv")
    refused(target, 2, "backup", target / "copy")
    refused(data / "register.sqlite3", 2, "status")
    refused(data / "index", 2, "index")
    refused(data, 2, "status")
    refused(data / "packs", 2, "load", "LA", delivery)
    refused(data / "packs", 2, "backup", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.fixture
def readable(run: Command, sqlite_database: Options, tmp_path: Path) -> Iterator[Path]:
    """A data folder with some records that can only be read."""
    data = sqlite_database.data
    delivery = write_office(tmp_path / "feeds", "LA", 5, seed=3)[0].path
    assert run("load", "LA", delivery).code < 2
    connections.close_all()
    places = [data, *data.rglob("*")]
    for place in places:
        place.chmod(0o500 if place.is_dir() else 0o400)
    yield data
    for place in places:
        place.chmod(0o700)


@pytest.mark.slow
def test_a_folder_that_can_only_be_read_is_read(readable: Path, tmp_path: Path) -> None:
    before = sorted(readable.rglob("*"))
    assert not (readable / "register.sqlite3-wal").exists()
    rows = tmp_path / "all.jsonl"
    for words in (("status",), ("quarantine", "list"), ("export", "--format", "jsonl", "-o", rows)):
        code, told = _run(readable, *words)
        assert code == 0, told
    found = [json.loads(line)["application_number"] for line in rows.read_text().splitlines()]
    assert found
    assert _run(readable, "show", found[0])[0] == 0
    assert sorted(readable.rglob("*")) == before


@pytest.mark.slow
def test_nothing_is_written_to_a_folder_that_can_only_be_read(readable: Path, tmp_path: Path) -> None:
    delivery = next((tmp_path / "feeds").rglob("LA*.zip"))
    before = (readable / "register.sqlite3").read_bytes()
    for words in (("load", "LA", delivery), ("index",), ("search", "office:LA")):
        code, told = _run(readable, *words)
        assert (code, told.count("\n")) == (2, 1), told
        assert str(readable) in told
        assert "What to do: " in told
    assert (readable / "register.sqlite3").read_bytes() == before


def test_a_database_that_somebody_has_open_is_not_taken_for_unchanging(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("register.sqlite3", "service.sqlite3", "service.sqlite3-wal"):
        (tmp_path / name).touch()

    def names() -> dict[str, str]:
        made = databases(Options(data=tmp_path))
        return {alias: str(one["NAME"]).partition("?")[2] for alias, one in made.items()}

    assert names() == {"register": "", "default": ""}
    monkeypatch.setattr(os, "access", lambda place, mode: not mode & os.W_OK)
    assert names() == {"register": "mode=ro&immutable=1", "default": "mode=ro"}
