"""The day of a delivery: refused where it lies ahead, or would be guessed among deliveries that tell theirs."""

import datetime as dt
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ipregister.capture.naming import latest_day
from ipregister.intake import dating, rereading
from ipregister.intake.ahead import Ahead
from ipregister.intake.checking import check
from ipregister.intake.dating import DayAhead, DayUntold
from ipregister.intake.loading import LoadResult, load
from ipregister.model.errors import UnreadableInput
from ipregister.model.offices import office
from ipregister.store import models
from ipregister.store.register import Register
from ipregister.web.beside import begin
from ipregister.web.options import Options
from tests.exchange.documents import ipas

LA = office("LA")
TOLD = "LA.20260131_01.xml"
EARLIER = dt.date(2025, 12, 1)


class CutOffError(Exception):
    """Stands for a kill."""


def written(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    path = folder / name
    path.write_bytes(ipas(*changes))
    return path


def filed(folder: Path, name: str = "latm2.xml") -> Path:
    """An older state of the record under a name that tells no day."""
    status = ("CurrentStatusCode>Registered<", "CurrentStatusCode>Filed<")
    return written(folder, name, status)


def said(register: Register) -> str:
    version = register.require(register.keys()[0])
    return register.record(version).office_status


def cut_off(register: Register, path: Path, scratch: Path) -> None:
    """A load that ends before its first batch is counted as done."""

    def stop(_taken: int, _declared: int | None) -> None:
        raise CutOffError

    with pytest.raises(CutOffError):
        load(register, LA, path, scratch=scratch, progress=stop)
    assert [head.state for head in register.deliveries(limit=1)] == ["loading"]


def checked(register: Register | None, path: Path, scratch: Path, day: dt.date | None = None) -> LoadResult:
    return check(register, LA, path, scratch=scratch, report=lambda *_: None, day=day)


def test_among_deliveries_that_tell_their_day_none_is_guessed(
    register: Register, tmp_path: Path, scratch: Path
) -> None:
    load(register, LA, written(tmp_path, TOLD), scratch=scratch)
    older, digest = filed(tmp_path), register.digest()
    kept = sorted(register.packs.folder.rglob("*"))
    for attempt in (load, partial(check, report=lambda *_: None)):
        with pytest.raises(DayUntold) as refused:
            attempt(register, LA, older, scratch=scratch)
        for word in ("latm2.xml", "tells no day", "of LA do", "--day YYYY-MM-DD"):
            assert word in str(refused.value)
    assert (register.digest(), len(register.deliveries())) == (digest, 1)
    assert sorted(register.packs.folder.rglob("*")) == kept
    assert not list(scratch.iterdir())
    load(register, LA, older, scratch=scratch, day=EARLIER)
    assert said(register) == "Registered"
    assert register.freshness() == {"LA": "2026-01-31#00001"}


def test_a_day_said_when_loading_is_told_too(register: Register, tmp_path: Path, scratch: Path) -> None:
    load(register, LA, written(tmp_path, "one.xml"), scratch=scratch, day=dt.date(2026, 1, 31))
    with pytest.raises(DayUntold):
        load(register, LA, filed(tmp_path), scratch=scratch)


def test_an_office_whose_days_are_all_guessed_goes_on_so(
    register: Register, tmp_path: Path, scratch: Path
) -> None:
    for name, number in (("one.xml", "1"), ("two.xml", "2")):
        path = written(tmp_path, name, ("37978", number))
        assert checked(register, path, scratch).counts.taken == 1
        result = load(register, LA, path, scratch=scratch)
        assert ("day-guessed", "notice", 1) in register.tally(result.id)
    load(register, LA, written(tmp_path, TOLD), scratch=scratch)
    with pytest.raises(DayUntold):
        load(register, LA, filed(tmp_path), scratch=scratch)
    assert checked(register, tmp_path / "two.xml", scratch).counts.unchanged == 1
    again = load(register, LA, tmp_path / "two.xml", scratch=scratch)
    assert (again.id, len(register.deliveries())) == (2, 3)


def test_other_offices_do_not_count(register: Register, tmp_path: Path, scratch: Path) -> None:
    load(register, LA, written(tmp_path, TOLD), scratch=scratch)
    path = written(tmp_path, "khtm.xml", ("<RegistrationOfficeCode>LA", "<RegistrationOfficeCode>KH"))
    assert load(register, office("KH"), path, scratch=scratch).counts.taken == 1


def test_a_guess_that_was_interrupted_goes_on(register: Register, tmp_path: Path, scratch: Path) -> None:
    path = filed(tmp_path)
    cut_off(register, path, scratch)
    load(register, LA, written(tmp_path, TOLD), scratch=scratch)
    result = load(register, LA, path, scratch=scratch)
    assert (result.id, result.counts.taken, len(register.deliveries())) == (1, 1, 2)
    assert register.delivery(1).state == "done"
    assert ("day-guessed", "notice", 1) in register.tally(1)


def test_neither_does_an_interrupted_guess_tell_days(
    register: Register, tmp_path: Path, scratch: Path
) -> None:
    cut_off(register, filed(tmp_path), scratch)
    assert not register.tells_days("LA")
    load(register, LA, written(tmp_path, "more.xml", ("37978", "37979")), scratch=scratch)


def test_an_interrupted_delivery_that_tells_its_day_counts(
    register: Register, tmp_path: Path, scratch: Path
) -> None:
    cut_off(register, written(tmp_path, TOLD), scratch)
    with pytest.raises(DayUntold):
        load(register, LA, filed(tmp_path), scratch=scratch)


def test_a_guess_whose_day_is_said_later_counts_as_told(
    register: Register, tmp_path: Path, scratch: Path
) -> None:
    path = filed(tmp_path)
    guessed = load(register, LA, path, scratch=scratch)
    assert not register.tells_days("LA")
    again = load(register, LA, path, scratch=scratch, day=dt.date.fromisoformat(guessed.extracted))
    assert (again.id, register.tells_days("LA")) == (guessed.id, True)


@pytest.mark.parametrize("way", ["name", "day", "file"])
def test_a_day_to_come_is_refused(way: str, register: Register, tmp_path: Path, scratch: Path) -> None:
    day = latest_day() + dt.timedelta(days=1)
    path = written(tmp_path, f"fut_{day:%Y%m%d}.xml" if way == "name" else "fut.xml")
    os.utime(path, (0, dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC).timestamp()))
    said = day if way == "day" else None
    attempts: tuple[Callable[[], object], ...] = (
        lambda: load(register, LA, path, scratch=scratch, day=said),
        lambda: checked(register, path, scratch, said),
        lambda: checked(None, path, scratch, said),
    )
    for attempt in attempts:
        with pytest.raises(DayAhead) as refused:
            attempt()
        for word in (path.name, day.isoformat(), "--day YYYY-MM-DD", "clock"):
            assert word in str(refused.value)
    assert (register.deliveries(), list(register.packs.folder.rglob("*.pack"))) == ([], [])
    assert load(register, LA, path, scratch=scratch, day=latest_day()).counts.stored == 1


def test_what_was_taken_with_a_day_to_come_can_be_read_again(
    register: Register, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "fut_20990601.xml")
    with monkeypatch.context() as patch:
        patch.setattr(dating, "latest_day", lambda: dt.date(2100, 1, 1))
        cut_off(register, path, scratch)
    result = load(register, LA, path, scratch=scratch)
    assert (result.extracted, result.counts.stored) == ("2099-06-01", 1)
    assert rereading.reload(register, register.delivery(result.id), scratch=scratch).read == 1
    with pytest.raises(DayAhead):
        load(register, LA, path, scratch=scratch, day=dt.date(2099, 6, 2))


def test_what_is_refused_stops_no_process_that_reads_ahead(
    sqlite_database: Options, small: Register, tmp_path: Path, scratch: Path
) -> None:
    with Ahead(partial(begin, sqlite_database)) as ahead:
        load(small, LA, written(tmp_path, TOLD), scratch=scratch, ahead=ahead)
        with pytest.raises(UnreadableInput, match="tells no day"):
            load(small, LA, filed(tmp_path), scratch=scratch, ahead=ahead)
        result = load(small, LA, filed(tmp_path, "LA.20260228_01.xml"), scratch=scratch, ahead=ahead)
    assert (result.counts.stored, said(small)) == (1, "Filed")


def test_a_delivery_holds_whether_its_day_was_told(register: Register, tmp_path: Path, scratch: Path) -> None:
    load(register, LA, filed(tmp_path), scratch=scratch)
    load(register, LA, written(tmp_path, TOLD), scratch=scratch)
    held = models.Delivery.objects.using(register.alias).order_by("pk")
    assert list(held.values_list("name", "dated")) == [("latm2.xml", False), (TOLD, True)]
