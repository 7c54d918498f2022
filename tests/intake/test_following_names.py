"""The worker keeps the index of names: what is new is found after its turn, what is not public never, and a killed worker
is taken up again."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from django.db import connections

from ipregister.intake import names
from ipregister.model import canonical, offices
from ipregister.model.mark import Mark, Trademark
from ipregister.model.right import Publication
from ipregister.model.text import Text
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.folder import NameShelf, read_contents
from ipregister.search.similarity.trained import encoder
from ipregister.store.register import Register
from ipregister.store.rows import Change
from ipregister.web import worker
from ipregister.web.options import Options
from tests.intake.test_indexer import Shelf, clock
from tests.store.filings import deliver, slice_of

PATIENCE_S = 30.0
RECORDS, EACH = 120, 10


def found(folder: Path, name: str) -> list[str]:
    shelf = NameShelf(folder, None, Ranking())
    return [one.key for one in similar_names(shelf, name) if one.score > 0.9]


def soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE_S
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


@contextmanager
def running(duty: Callable[[threading.Event], None]) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=duty, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_a_new_record_is_found_after_the_turn_of_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "POLL_SECONDS", 0.05)
    register = Shelf()
    with running(lambda stop: names.follow(register, tmp_path, None, stop)):
        register.put("la-1", "ກາເຟ")
        assert soon(lambda: found(tmp_path, "ກາເຟ") == ["la-1"])
        register.put("la-2", "Tiger Beer")
        assert soon(lambda: found(tmp_path, "tiger beer") == ["la-2"])
        register.put("la-1", deleted=True)
        register.put("la-2", "Lion Beer")
        assert soon(lambda: found(tmp_path, "lion beer") == ["la-2"])
        assert found(tmp_path, "ກາເຟ") == found(tmp_path, "tiger beer") == []


def test_a_withdrawn_or_embargoed_record_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = offices.office("LA")
    rule = msgspec.structs.replace(facts.publicity["trademark"], record="after-publication")
    office = msgspec.structs.replace(facts, publicity={"trademark": rule})
    real = offices.office
    monkeypatch.setattr(offices, "office", lambda code: office if code == "LA" else real(code))
    register, seen = Shelf(), []
    register.put("la-1", "Lion", publications=(Publication(date="2026-01-05"),))
    register.put("la-2", "Tiger", publications=(Publication(date="2025-01-05"),))
    register.put("la-3", "Zebra")
    for day in ("2026-01-01", "2026-01-04", "2026-01-05"):
        names.catch_up(register, tmp_path, None, clock=clock(day))
        seen.append((found(tmp_path, "lion"), found(tmp_path, "tiger"), found(tmp_path, "zebra")))
    assert seen == [([], ["la-2"], []), ([], ["la-2"], []), (["la-1"], ["la-2"], [])]
    register.put("la-2", "Tiger")
    names.catch_up(register, tmp_path, None, clock=clock("2026-01-06"))
    assert found(tmp_path, "tiger") == []


class Slow(Shelf):
    """A register that takes its time."""

    def withdrawn(self, since: int) -> list[str]:
        """Nothing was withheld."""
        return []

    def changes(self, since: int, limit: int = 1000) -> list[Change]:
        time.sleep(0.05)
        return super().changes(since, limit)


def _name(number: int) -> str:
    return f"{'bdfgklmnprst'[number % 12]}a{'bdfgklmnprst'[number // 12 % 12]}{'aeiou'[number % 5]}xo"


def _worker(folder: Path) -> None:
    register = Slow()
    for number in range(RECORDS):
        register.put(f"la-{number}", _name(number))
    names.CHUNK = names.COMMIT_NAMES = EACH
    names.catch_up(register, folder, None)


def test_a_killed_worker_is_taken_up_where_it_was(tmp_path: Path) -> None:
    for after in (0, 2, 4):
        process = multiprocessing.get_context("fork").Process(target=_worker, args=(tmp_path,))
        process.start()
        assert soon(lambda after=after: _change(tmp_path) > after * EACH)  # type: ignore[misc]  # a default binds the turn
        process.kill()
        process.join()
        assert _change(tmp_path) < RECORDS
    before = _change(tmp_path)
    assert before >= 5 * EACH
    _worker(tmp_path)
    assert _change(tmp_path) == RECORDS
    contents = read_contents(tmp_path)
    assert contents is not None
    assert sum(part.alive for part in contents.parts) == RECORDS
    for number in range(0, RECORDS, 7):
        assert f"la-{number}" in found(tmp_path, _name(number))
    assert {path.name for path in tmp_path.glob("s[0-9]*")} == {
        name for part in contents.parts for name in (part.name, part.dead) if name
    }


def _change(folder: Path) -> int:
    contents = read_contents(folder)
    return contents.change if contents is not None else 0


def _named(number: str, status: str = "Registered") -> bytes:
    sign = Mark(verbal=(Text(_name(int(number))),))
    return canonical.encode(
        Trademark(office="LA", application_number=number, mark=sign, office_status=status)
    )


def test_the_duty_of_the_worker_follows_the_real_register(
    database: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "POLL_SECONDS", 0.05)
    register, folder = Register(packs=database.path("packs")), database.path("names")
    first = [slice_of(place, f"la-{place + 1}", _named(f"{place + 1}")) for place in range(2)]
    deliver(register, "one", "2020-01-01", first)

    def duty(stop: threading.Event) -> None:
        worker.follow_names(database, stop)
        connections.close_all()

    with running(duty):
        assert soon(lambda: NameShelf(folder, encoder(), Ranking()).change == register.last_change())
        deliver(register, "two", "2020-02-01", [slice_of(0, "la-1", _named("1", "Deleted"), deleted=True)])
        assert soon(lambda: NameShelf(folder, encoder(), Ranking()).change == register.last_change())
    shelf = NameShelf(folder, encoder(), Ranking())
    assert [one.key for one in similar_names(shelf, _name(2))] == ["la-2"]
    assert [one.key for one in similar_names(shelf, _name(1))] == ["la-2"]
