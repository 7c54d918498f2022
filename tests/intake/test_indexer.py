"""The index follows the register: nothing missed, nothing twice, nothing early."""

import datetime as dt
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ipregister.intake import indexer
from ipregister.model import canonical, offices
from ipregister.model.errors import Busy
from ipregister.model.mark import Mark, Trademark
from ipregister.model.right import Publication
from ipregister.model.text import Text
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from ipregister.search.writer import TantivyWriter
from ipregister.store.register import Register
from ipregister.store.rows import Change, CurrentBody, NewNotice
from ipregister.web.options import Options
from tests.store.filings import deliver, mark, slice_of


class Shelf:
    """A register of a list."""

    def __init__(self) -> None:
        self.log: list[Change] = []
        self.now: dict[str, CurrentBody] = {}
        self.told: list[NewNotice] = []

    def put(self, key: str, mark: str = "lion", *, deleted: bool = False, **fields: Any) -> None:
        number = len(self.log) + 1
        record = Trademark(office="LA", application_number=key[3:], mark=Mark(verbal=(Text(mark),)), **fields)
        self.log.append(Change(number, key, 1, "LA", "trademark", deleted, "office-correction"))
        body = canonical.encode(record)
        self.now[key] = CurrentBody(key, number, "LA", canonical.SCHEMA, deleted, "2025-12-31", body)

    def tell(self, fresh: Sequence[NewNotice], now: dt.datetime) -> list[int]:
        """What was told is kept."""
        self.told += fresh
        return []

    def withdrawn(self, since: int) -> list[str]:
        """Nothing was withheld."""
        return []

    def changes(self, since: int, limit: int = 1000) -> list[Change]:
        return self.log[since : since + limit]

    def last_change(self) -> int:
        return len(self.log)

    def current_bodies(self, keys: Sequence[str], in_hand: Mapping[bytes, bytes] = {}) -> list[CurrentBody]:
        return [self.now[key] for key in keys if key in self.now]


def clock(day: str) -> indexer.Clock:
    moment = dt.datetime.fromisoformat(f"{day}T05:00:00+00:00")
    return lambda: moment


def found(folder: Path, line: str) -> list[str]:
    return sorted(hit.key for hit in TantivyIndex(folder).search(parse(line)).hits)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_it_follows_changes_and_deletions(tmp_path: Path, shelf: Shelf) -> None:
    shelf.put("la-1")
    shelf.put("la-2")
    assert indexer.catch_up(shelf, tmp_path) == 2 == indexer.reached(tmp_path)
    assert found(tmp_path, "lion") == ["la-1", "la-2"]
    shelf.put("la-1", "tiger")
    shelf.put("la-2", deleted=True)
    indexer.catch_up(shelf, tmp_path)
    assert (found(tmp_path, ""), found(tmp_path, "tiger")) == (["la-1"], ["la-1"])
    assert found(tmp_path, "number:1") == ["la-1"]


def test_small_steps_end_where_one_step_ends(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        shelf.put(f"la-{number % 11}", f"mark {number}", deleted=number % 7 == 0)
    indexer.catch_up(shelf, tmp_path / "one")
    monkeypatch.setattr(indexer, "CHUNK", 4)
    monkeypatch.setattr(indexer, "COMMIT_DOCUMENTS", 3)
    indexer.catch_up(shelf, tmp_path / "many")
    for line in ("", "mark", "mark:2"):
        assert found(tmp_path / "one", line) == found(tmp_path / "many", line)


def test_a_crash_anywhere_is_made_good(tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        shelf.put(f"la-{number}")
    monkeypatch.setattr(indexer, "CHUNK", 6)
    monkeypatch.setattr(indexer, "COMMIT_DOCUMENTS", 6)
    commits = 0
    write = TantivyWriter.commit

    def broken(self: TantivyWriter, change: int, day: str) -> None:
        nonlocal commits
        commits += 1
        if commits % 2:
            raise OSError("power cut")
        write(self, change, day)

    monkeypatch.setattr(TantivyWriter, "commit", broken)
    for _ in range(20):
        try:
            indexer.catch_up(shelf, tmp_path)
        except OSError:
            continue
        break
    assert indexer.reached(tmp_path) == 20
    assert len(found(tmp_path, "lion")) == 20


def test_a_new_record_is_found_within_a_second(tmp_path: Path, shelf: Shelf) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=indexer.follow, args=(shelf, tmp_path, stop))
    thread.start()
    try:
        shelf.put("la-1")
        assert indexer.wait_until(tmp_path, 1, 20)
        started = time.monotonic()
        shelf.put("la-2", "tiger")
        assert indexer.wait_until(tmp_path, 2, 20)
        assert found(tmp_path, "tiger") == ["la-2"]
        assert time.monotonic() - started < 5  # 0.3 s on an idle machine
    finally:
        stop.set()
        thread.join()


def test_a_load_waits_for_the_process_that_writes(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "LOCK_SECONDS", 0.1)
    shelf.put("la-1")
    with TantivyWriter(tmp_path), pytest.raises(Busy):
        indexer.catch_up(shelf, tmp_path, timeout=0.1)
    stop = threading.Event()
    thread = threading.Thread(target=indexer.follow, args=(shelf, tmp_path, stop))
    thread.start()
    try:
        assert indexer.wait_until(tmp_path, 1, 20)
        shelf.put("la-2")
        assert indexer.catch_up(shelf, tmp_path, timeout=20) >= 2
    finally:
        stop.set()
        thread.join()


def test_the_clock_moves_states_and_publicity(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No change comes on the day a term ends or an application is published; the index moves all the same."""
    facts = offices.office("LA")
    rule = msgspec.structs.replace(facts.publicity["trademark"], record="after-publication")
    office = msgspec.structs.replace(facts, publicity={"trademark": rule})
    real = offices.office
    monkeypatch.setattr(offices, "office", lambda code: office if code == "LA" else real(code))
    shelf.put("la-1", registration_date="2016-01-03", expiry_date="2026-01-03", registration_number="1")
    shelf.put("la-2", publications=(Publication(date="2026-01-05"),))
    shelf.put("la-3")
    seen = []
    for day in ("2026-01-01", "2026-01-03", "2026-01-04", "2026-01-05", "2026-02-01"):
        indexer.catch_up(shelf, tmp_path, clock=clock(day))
        seen.append(
            (found(tmp_path, "status:registered"), found(tmp_path, "status:term-ended"), found(tmp_path, ""))
        )
    assert seen == [
        (["la-1"], [], ["la-1"]),
        (["la-1"], [], ["la-1"]),
        ([], ["la-1"], ["la-1"]),
        ([], ["la-1"], ["la-1", "la-2"]),
        ([], ["la-1"], ["la-1", "la-2"]),
    ]
    told = {(one.key, one.kind, one.day) for one in shelf.told}
    assert told == {("la-1", "term", "2026-01-03"), ("la-2", "calendar", "2026-01-05")}


def test_a_rebuild_gives_the_same_answers(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        shelf.put(f"la-{number % 23}", f"mark {number % 5}", deleted=number % 9 == 0)
        if number % 6 == 0:
            indexer.catch_up(shelf, tmp_path)
    indexer.catch_up(shelf, tmp_path)
    lines = ("", "mark", "mark:3", "office:la")
    index = TantivyIndex(tmp_path)
    before = [index.search(parse(line), facets=["office", "status"], limit=100) for line in lines]
    monkeypatch.setattr(indexer, "MANY", 10)
    assert indexer.rebuild(shelf, tmp_path, processes=2) == 40
    after = [index.search(parse(line), facets=["office", "status"], limit=100) for line in lines]
    assert before == after


def test_it_follows_the_real_register(database: Options) -> None:
    """A load, a correction and a deletion, on both databases."""
    register, folder = Register(packs=database.path("packs")), database.path("index")
    marks = [mark("1", application_date="2019-03-07"), mark("2", "Refused"), mark("3")]
    deliver(register, "one", "2020-01-01", [slice_of(n, f"la-{n + 1}", body) for n, body in enumerate(marks)])
    assert indexer.catch_up(register, folder) == register.last_change()
    assert found(folder, "office:la") == ["la-1", "la-2", "la-3"]
    assert found(folder, "filed:2019-03") == found(folder, "la-1") == ["la-1"]
    assert found(folder, "status:refused") == ["la-2"]
    deliver(
        register,
        "two",
        "2020-02-01",
        [slice_of(0, "la-2", mark("2")), slice_of(1, "la-3", mark("3", "Deleted"), deleted=True)],
    )
    indexer.catch_up(register, folder)
    assert (found(folder, ""), found(folder, "status:refused")) == (["la-1", "la-2"], [])
