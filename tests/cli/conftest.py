"""The command line, in this process and as a program, on either database."""

import contextlib
import io
import json
import os
import subprocess
import sys
import unittest.mock
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from ipregister import cli
from ipregister.demonstration import DemonstrationDelivery, write_office
from ipregister.web import bootstrap
from ipregister.web.options import Options
from tests.installations import point


class Ran(Struct):
    """A command that ended: exit code, output as it is, output as rows."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        """The only line."""
        (row,) = self.rows
        return row


Command = Callable[..., Ran]


def command(options: Options) -> Command:
    """A function that runs `ipregister` on an installation, in this process."""

    def run(*words: str | Path, data: Path | None = None, given: str = "") -> Ran:
        there = options if data is None else msgspec.structs.replace(options, data=data)
        out, err, before = io.StringIO(), io.StringIO(), dict(os.environ)
        bootstrap.hand_down(there)
        point(there)
        try:
            with (
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
                unittest.mock.patch("sys.stdin", io.StringIO(given)),
            ):
                code = cli.run(["--data", str(there.data), *map(str, words)])
        finally:
            os.environ.clear()
            os.environ.update(before)
        return Ran(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def run(sqlite_database: Options) -> Command:
    """`ipregister` on a new installation on SQLite, in this process."""
    return command(sqlite_database)


def process(options: Options) -> Command:
    """The same, as a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("IPREGISTER_")}

    def run(*words: str | Path, given: str = "") -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "ipregister.cli", *map(str, words)], input=given, capture_output=True,
            text=True, check=False, env=clean | options.environment(), timeout=120)  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def ipregister(database: Options) -> Command:
    """`ipregister` on an empty installation, once on each database."""
    return command(database)


@pytest.fixture
def small(sqlite_database: Options) -> Command:
    """`ipregister` on an empty installation on SQLite."""
    return command(sqlite_database)


@pytest.fixture(scope="session")
def laos(tmp_path_factory: pytest.TempPathFactory) -> list[DemonstrationDelivery]:
    """Deliveries of Laos."""
    return write_office(tmp_path_factory.mktemp("feeds"), "LA", 60)
