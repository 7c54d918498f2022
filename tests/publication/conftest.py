"""A small register for the tests of publications: three marks of Laos, released without limits."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from ipregister.model import canonical
from ipregister.model.mark import Goods, Mark, Trademark
from ipregister.model.right import Publication
from ipregister.model.text import Text
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.release import release_all
from ipregister.store.register import Register
from ipregister.store.rows import Incoming, NewDelivery, RawRef
from ipregister.web import bootstrap
from ipregister.web.options import Options

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def body_of(number: str, words: str = "TA YA", deleted: bool = False) -> bytes:
    """The canonical bytes of a small mark."""
    record = Trademark(
        office="LA",
        application_number=number,
        office_status="Registered",
        deleted=deleted,
        mark=Mark(verbal=(Text(words),)),
        goods=(Goods(class_number=9, texts=(Text("cables"),)),),
        publications=(Publication(date="2025-03-01"),),
    )
    return canonical.encode(record)


def marks(*numbers: str, words: str = "TA YA", deleted: bool = False) -> list[Incoming]:
    """Slices with marks on their way in."""
    return [
        Incoming(index=index, key=f"la-{number}", right="trademark", office="LA",
                 raw=RawRef("0" * 64, f"{number}.xml", 0, 10), body=body_of(number, words, deleted), deleted=deleted,
                 spellings=(("application", number),))
        for index, number in enumerate(numbers)
    ]  # fmt: skip


def deliver(register: Register, day: str, slices: list[Incoming]) -> None:
    """Take a delivery in."""
    head = register.begin(
        NewDelivery("LA", f"{day}-{len(slices)}", f"{day}.zip", "delta", day, "0" * 64), NOW
    )
    register.put(head.id, slices, next_index=len(slices), now=NOW)
    register.finish(head.id, NOW)


@pytest.fixture
def data(sqlite_database: Options) -> Path:
    """The data folder of an installation that releases all; this process works on it."""
    release_all(sqlite_database.data)
    return sqlite_database.data


@pytest.fixture(scope="session")
def node_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty installation with keys of its own, to copy for a node beside the publisher."""
    folder = tmp_path_factory.mktemp("node-template") / "node"
    shutil.copytree(sqlite_template, folder, ignore=shutil.ignore_patterns("*.key"))
    bootstrap.prepare(Options(data=folder))
    return folder


@pytest.fixture
def register(data: Path) -> Register:
    """A register with three marks."""
    found = Register(packs=data / "packs")
    deliver(found, "2026-01-01", marks("1", "2", "3"))
    return found


@pytest.fixture
def shelf(data: Path, register: Register, tmp_path: Path) -> Path:
    """A folder with one full publication of three marks."""
    folder = tmp_path / "published"
    publish(register, data, folder, "full", processes=1)
    return folder
