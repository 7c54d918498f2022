"""A delivery that another process reads ahead comes to the same, finding by finding, as one that is read here."""

import datetime as dt
import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ipregister.commands.following import processes_for, reading_ahead
from ipregister.demonstration import DemonstrationDelivery
from ipregister.intake import documents, indexer
from ipregister.intake.ahead import Ahead
from ipregister.intake.documents import Built, Foreseen, InHand
from ipregister.intake.loading import load
from ipregister.model import canonical
from ipregister.model.errors import Damaged, UnreadableInput
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.party import Party
from ipregister.model.text import Text
from ipregister.quality.checks.collisions import REGISTRATION_TAKEN, SAME
from ipregister.search.document import IndexDocument
from ipregister.search.writer import TantivyWriter
from ipregister.store.register import Register
from ipregister.store.rows import CurrentBody, StoredFinding
from ipregister.web.beside import begin
from ipregister.web.options import Options
from tests.installations import point
from tests.sparing import few

Deliveries = list[DemonstrationDelivery]


def line(number: int, words: str, registration: str) -> bytes:
    """A line of our JSON: a mark of Laos."""
    record = Trademark(
        office="LA", application_number=str(number), application_date="2020-01-02", registration_number=registration,
        office_status="Registered", mark=Mark(verbal=(Text(words),)),
        applicants=(Party(names=(Text("Somchai"),)),),
    )  # fmt: skip
    source = {"office": "Lao PDR", "data_day": "2026-01-01", "notice": "made for a test"}
    plain = msgspec.json.decode(canonical.encode(record))
    return msgspec.json.encode({"key": f"la-{number}", "source": source, **plain})


@pytest.fixture(scope="session")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Deliveries:
    """Two deliveries of one office with the same marks of the same owner, and registration numbers that come twice: in
    one batch, in another one of the same delivery, and in the delivery before."""
    folder = tmp_path_factory.mktemp("twice")
    found: Deliveries = []
    for turn, day in enumerate((dt.date(2026, 1, 1), dt.date(2026, 2, 1))):
        path = folder / f"LA.{day:%Y%m%d}_01.jsonl"
        numbers = range(70001 + turn * 60, 70121 + turn * 60)
        rows = [line(n, f"KAFE {n % 7 if n % 3 else n}", str(n % 90 + 1000)) for n in numbers]
        path.write_bytes(b"\n".join(rows) + b"\n")
        found.append(DemonstrationDelivery("LA", path, "delta", day, len(rows)))
    return found


@pytest.fixture
def ahead(sqlite_database: Options) -> Iterator[Ahead]:
    """A process that reads ahead."""
    with Ahead(partial(begin, sqlite_database)) as made:
        yield made


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """The values that the index was given last, by record."""
    found: dict[str, dict[str, Any]] = {}
    apply = TantivyWriter.apply

    def noted(self: TantivyWriter, documents: Iterable[IndexDocument], deletions: Iterable[str] = ()) -> None:
        given = list(documents)
        found.update({one.key: one.values for one in given})
        apply(self, given, deletions)

    monkeypatch.setattr(TantivyWriter, "apply", noted)
    return found


def told(register: Register) -> list[StoredFinding]:
    """All findings, in their order."""
    return register.findings(limit=1_000_000)


def outcome(options: Options, deliveries: Deliveries, ahead: Ahead | None) -> dict[str, Any]:
    """What a register holds after deliveries, but for clock times."""
    point(options)
    register = Register(packs=options.path("packs"))
    with indexer.abreast(register, options.path("index")) as follower:
        results = [load(register, office(one.office), one.path, scratch=options.path("scratch"), batch=37,
                        follower=follower, ahead=ahead) for one in deliveries]  # fmt: skip
    keys = register.keys(limit=1_000_000)
    versions = register.get_many(keys, evidence=True)
    return {
        "results": results, "digest": register.digest(), "findings": told(register),
        "bodies": {key: (one.body, one.evidence, one.slice_repairs, one.raw) for key, one in versions.items()},
        "pictures": {key: one.media for key in keys if (one := register.get(key)) is not None},
        "quarantine": [(one.key, one.reason, one.detail) for one in register.quarantine(limit=0)],
        "numbers": {key: register.resolve(key) for key in keys[::10]},
        "indexed": indexer.reached(options.path("index")) - register.last_change(),
    }  # fmt: skip


@pytest.mark.parametrize("feed", few(["twice", "laos", "world"], 1))
def test_it_comes_to_the_same(
    feed: str, request: pytest.FixtureRequest, sqlite_database: Options, sqlite_template: Path, tmp_path: Path,
    ahead: Ahead,
) -> None:  # fmt: skip
    deliveries: Deliveries = request.getfixturevalue(feed)
    shutil.copytree(sqlite_template, tmp_path / "here")
    here = outcome(Options(data=tmp_path / "here"), deliveries, None)
    there = outcome(sqlite_database, deliveries, ahead)
    assert len(here["bodies"]) > 100
    for what, value in here.items():
        assert there[what] == value, what
    if feed == "twice":  # the register was asked, and answered
        assert {SAME.code, REGISTRATION_TAKEN.code} <= {one.finding.code for one in here["findings"]}


@pytest.mark.parametrize("foresees", few([True, False, None], 1))
def test_documents_that_were_foreseen_are_those_made_here(
    foresees: bool | None, sqlite_database: Options, sqlite_template: Path, tmp_path: Path, laos: Deliveries,
    written: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    shutil.copytree(sqlite_template, tmp_path / "here")
    deliveries = laos[:1] if foresees else laos
    outcome(Options(data=tmp_path / "here"), deliveries, None)
    here = dict(written)
    written.clear()
    if foresees:  # none is made here
        monkeypatch.setattr(documents, "_source", None)
    with Ahead(partial(begin, sqlite_database), foresees=foresees) as ahead:
        outcome(sqlite_database, deliveries, ahead)
    assert len(written) > 100
    assert written == here


def test_a_document_that_was_foreseen_for_another_day_is_made_anew() -> None:
    body = canonical.encode(Trademark(office="LA", application_number="1"))
    days = {"LA": dt.date(2026, 1, 2)}
    stored = CurrentBody("la-1", 1, "LA", canonical.SCHEMA, False, "2026-01-01", body)
    for foreseen, taken in (
        (Foreseen(days["LA"], "2026-01-01", Built("la-1", None, "x")), True),
        (Foreseen(dt.date(2026, 1, 1), "2026-01-01", Built("la-1", None)), False),
        (Foreseen(days["LA"], "2026-01-02", Built("la-1", None)), False),
        (Foreseen(days["LA"], "2026-01-01", Built("la-2", None)), False),
    ):
        hand = {b"": InHand(None, body, (), foreseen)}
        (made,) = documents.build_many([stored], days, hand)
        assert (made.due == "x") == taken
        assert taken == (made.document is None)


@pytest.mark.slow
def test_a_load_that_was_cut_off_goes_on(
    sqlite_database: Options, laos: Deliveries, ahead: Ahead, scratch: Path
) -> None:
    register, one = Register(packs=sqlite_database.path("packs")), laos[0]
    taken: list[int] = []

    def stop(count: int, _all: int | None) -> None:
        taken.append(count)
        if len(taken) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(register, office("LA"), one.path, scratch=scratch, batch=20, progress=stop, ahead=ahead)
    again = load(register, office("LA"), one.path, scratch=scratch, batch=20, progress=stop, ahead=ahead)
    assert taken[:3] == [20, 40, 60]
    assert again.counts.taken == taken[-1] > 100
    assert again.counts.stored == len(register.keys(limit=1000))


def test_a_file_that_changes_is_told(
    sqlite_database: Options, laos: Deliveries, ahead: Ahead, tmp_path: Path, scratch: Path
) -> None:
    path = tmp_path / laos[0].path.name
    shutil.copy(laos[0].path, path)

    def change(_count: int, _all: int | None) -> None:
        path.write_bytes(b"another")

    register = Register(packs=sqlite_database.path("packs"))
    with pytest.raises(UnreadableInput, match="changed while it was read"):
        load(register, office("LA"), path, scratch=scratch, batch=10, progress=change, ahead=ahead)


def test_a_process_that_ends_is_told(
    sqlite_database: Options, laos: Deliveries, ahead: Ahead, scratch: Path
) -> None:
    def kill(_count: int, _all: int | None) -> None:
        with suppress(ProcessLookupError):  # what it had read ahead is taken yet
            os.kill(next(iter(ahead.processes)), signal.SIGKILL)

    register = Register(packs=sqlite_database.path("packs"))
    with pytest.raises(Damaged, match="has ended"):
        load(register, office("LA"), laos[0].path, scratch=scratch, batch=10, progress=kill, ahead=ahead)


def test_few_records_are_read_here(sqlite_database: Options) -> None:
    assert processes_for(10) == 1
    assert processes_for(1_000_000) == (2 if (os.cpu_count() or 1) > 1 else 1)
    assert (processes_for(1_000_000, 1), processes_for(10, 2)) == (1, 2)
    with reading_ahead(sqlite_database, 1) as none:
        assert none is None
    with reading_ahead(sqlite_database, 2) as one:
        assert isinstance(one, Ahead)
