"""Writers wait while the register is written anew as a whole; nobody fails by it, and nobody waits for himself."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from ipregister.model.errors import Busy
from ipregister.store import gate, withholding
from ipregister.store.gate import alone, entered
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.publication.conftest import deliver, marks

HELD_S = 1.0


@pytest.fixture
def register(sqlite_database: Options) -> Register:
    """A register whose writers lose patience at once."""
    found = Register(packs=sqlite_database.data / "packs")
    deliver(found, "2026-01-01", marks("1"))
    with connections["register"].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    return found


@pytest.fixture
def file(sqlite_database: Options) -> Path:
    return sqlite_database.data / "register.sqlite3"


def held(file: Path, begun: threading.Event, *, behind_the_gate: bool) -> None:
    """Write the database for a while as VACUUM does: nobody else may."""

    def write() -> None:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as database:
            database.execute("BEGIN IMMEDIATE")
            begun.set()
            time.sleep(HELD_S)
            database.execute("ROLLBACK")

    if not behind_the_gate:
        write()
        return
    with alone("register"):
        write()


@pytest.mark.parametrize("behind_the_gate", [True, False])
def test_a_load_waits_for_who_writes_the_register_anew(
    register: Register, file: Path, behind_the_gate: bool
) -> None:
    """Without the gate it would be told that the register is busy, as soon as its patience ends."""
    begun = threading.Event()
    other = threading.Thread(target=held, args=(file, begun), kwargs={"behind_the_gate": behind_the_gate})
    other.start()
    try:
        assert begun.wait(10)
        if not behind_the_gate:
            with pytest.raises(Busy):
                deliver(register, "2026-02-01", marks("2"))
            return
        deliver(register, "2026-02-01", marks("2"))
    finally:
        other.join()
        connections["register"].close()
    assert list(register.keys()) == ["la-1", "la-2"]


def test_loads_beside_one_who_wants_it_alone_come_to_an_end(register: Register) -> None:
    """Two threads that write again and again, and one that wants the register alone: it gets its turn, they too."""
    with connections["register"].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=30000")
    failed: list[BaseException] = []

    def load(start: int) -> None:
        try:
            for number in range(start, start + 15):
                deliver(register, f"2026-{start // 100:02d}-{number - start + 2:02d}", marks(str(number)))
        except BaseException as error:
            failed.append(error)
        finally:
            connections["register"].close()

    threads = [threading.Thread(target=load, args=(start,)) for start in (100, 200)]
    for one in threads:
        one.start()
    for _ in range(5):
        withholding.wipe("register")
    for one in threads:
        one.join()
    assert failed == []
    assert len(list(register.keys())) == 31


def test_what_is_done_inside_does_not_wait_for_who_waits_outside(register: Register) -> None:
    """A writer that enters again inside must not queue behind the one that waits for it."""
    wanted = threading.Event()

    def want() -> None:
        wanted.set()
        with alone("register"):
            pass

    other = threading.Thread(target=want)
    with entered("register"):
        other.start()
        assert wanted.wait(10)
        time.sleep(0.2)
        with entered("register"):
            pass
    other.join(10)
    assert not other.is_alive()


def test_a_reader_of_an_old_state_is_told(register: Register, file: Path) -> None:
    """The journal cannot be emptied while somebody reads what it holds; then the content is still on the disk."""
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM register_store_record").fetchone()
        deliver(register, "2026-02-01", marks("2"))
        with pytest.raises(Busy, match="old state"):
            withholding.wipe("register")
    withholding.wipe("register")


def test_a_folder_may_be_called_memory(sqlite_database: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sqlite_database.database_url == ""
    settings = connections["register"].settings_dict
    for name, place in (
        ("/srv/memory/register.sqlite3", "/srv/memory/register.sqlite3"),
        ("file:///srv/memory/register.sqlite3?mode=ro", "/srv/memory/register.sqlite3"),
        ("file:memorydb_register?mode=memory&cache=shared", None),
        (":memory:", None),
    ):
        monkeypatch.setitem(settings, "NAME", name)
        assert gate._place("register") == place
