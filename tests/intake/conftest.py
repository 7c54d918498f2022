"""Deliveries of the demonstration region for the tests of the belt."""

import datetime as dt
from pathlib import Path

import pytest

from ipregister.demonstration import DemonstrationDelivery, write_office
from ipregister.store.register import Register
from ipregister.web.options import Options


@pytest.fixture(scope="session")
def laos(tmp_path_factory: pytest.TempPathFactory) -> list[DemonstrationDelivery]:
    """Deliveries of Laos: a large one and two small ones after it."""
    return write_office(tmp_path_factory.mktemp("feeds"), "LA", 150, day=dt.date(2026, 6, 30))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> list[DemonstrationDelivery]:
    """Deliveries of WIPO's Madrid registry: bulk files."""
    return write_office(tmp_path_factory.mktemp("feeds"), "WO", 120, day=dt.date(2026, 6, 30))


@pytest.fixture
def register(database: Options) -> Register:
    """An empty register, once on each database."""
    return Register(packs=database.path("packs"))


@pytest.fixture
def small(sqlite_database: Options) -> Register:
    """An empty register on SQLite."""
    return Register(packs=sqlite_database.path("packs"))


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A folder for unpacked files."""
    return tmp_path / "scratch"
