"""Installations for tests: a data folder with both databases made, on SQLite or PostgreSQL.

Making one takes seconds (migrations), so that one is made per session and copied for each test.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipregister.web import bootstrap
from ipregister.web.databases import databases
from ipregister.web.options import Options
from tests import postgresql

HOSTS = ("testserver", "localhost", "127.0.0.1")
_MAKE = """
import sys
from pathlib import Path
from ipregister.web import bootstrap, options
bootstrap.init(options.Options(data=Path(sys.argv[1]), database_url=sys.argv[2]))
"""


def make(data: Path, url: str = "") -> None:
    """Make a data folder and its databases, in a process of its own."""
    subprocess.run([sys.executable, "-c", _MAKE, str(data), url], check=True)


def point(options: Options) -> None:
    """Let this process work on another installation: Django is started once, its databases are exchanged."""
    bootstrap.setup(options)
    from django.conf import settings
    from django.db import connections

    settings.OPTIONS = options
    fresh = connections.configure_settings(databases(options))
    for alias, configuration in fresh.items():
        connections[alias].close()
        del connections[alias]
        connections.settings[alias] = configuration


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with empty databases, to copy."""
    folder = tmp_path_factory.mktemp("template") / "data"
    make(folder)
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server with an empty installation in the database `template`, to copy."""
    try:
        with postgresql.server() as one:
            yield one
    except LookupError as missing:
        pytest.skip(f"{missing}: install the package postgresql")


@pytest.fixture(scope="session")
def new_postgresql_url(
    postgresql_server: postgresql.Server, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """A function that makes a database with empty tables and gives its address."""
    import psycopg

    def execute(statement: str) -> None:
        with psycopg.connect(postgresql_server.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    execute("CREATE DATABASE template")
    make(tmp_path_factory.mktemp("postgresql") / "data", postgresql_server.url("template"))
    made: list[str] = []

    def new() -> str:
        made.append(f"test{len(made)}")
        execute(f"CREATE DATABASE {made[-1]} TEMPLATE template")
        return postgresql_server.url(made[-1])

    return new


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Options:
    """An empty installation on SQLite; this process works on it."""
    shutil.copytree(sqlite_template, tmp_path / "data")
    options = Options(data=tmp_path / "data", allowed_hosts=HOSTS)
    point(options)
    return options


Fill = Callable[[Options], object]
"""What fills an installation on which this process works."""


@pytest.fixture(scope="session")
def filled_once(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Fill], Path]:
    """A function that gives a data folder that a function filled, once in a run; to copy."""
    from django.db import connections

    made: dict[Fill, Path] = {}

    def folder(fill: Fill) -> Path:
        if fill not in made:
            data = Path(shutil.copytree(sqlite_template, tmp_path_factory.mktemp("filled") / "data"))
            point(Options(data=data, allowed_hosts=HOSTS))
            fill(Options(data=data, allowed_hosts=HOSTS))
            connections.close_all()
            made[fill] = data
        return made[fill]

    return folder


@pytest.fixture
def filled_by(sqlite_database: Options, filled_once: Callable[[Fill], Path]) -> Callable[[Fill], Options]:
    """A function that gives the test's installation filled by a function: a copy of what that made once in a run."""

    def filled(fill: Fill) -> Options:
        folder = filled_once(fill)
        shutil.rmtree(sqlite_database.data)
        shutil.copytree(folder, sqlite_database.data)
        point(sqlite_database)
        return sqlite_database

    return filled


@pytest.fixture
def postgresql_database(
    sqlite_template: Path, new_postgresql_url: Callable[[], str], tmp_path: Path
) -> Options:
    """An empty installation on PostgreSQL; this process works on it."""
    data = tmp_path / "data-postgresql"
    ignored = shutil.ignore_patterns("*.sqlite3*")
    shutil.copytree(sqlite_template, data, ignore=ignored)
    options = Options(data=data, database_url=new_postgresql_url(), allowed_hosts=HOSTS)
    point(options)
    return options


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest) -> Options:
    """An empty installation, once on SQLite and once on PostgreSQL; this process works on it."""
    options: Options = request.getfixturevalue(f"{request.param}_database")
    return options
