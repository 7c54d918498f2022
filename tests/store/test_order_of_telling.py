"""The places of records in the order of harvesters: worked out once for a register of an older program, kept by every write."""

import datetime as dt
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from ipregister.store import models, notices
from ipregister.store.harvest import Span
from ipregister.store.register import Register
from ipregister.store.rows import NewNotice
from ipregister.web.options import Options
from tests.store.filings import deliver, mark, slice_of

APP = "register_store"
DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PLACES = ("key", "told", "told_at", "switched", "switched_at")


def _migrate(alias: str, to: str) -> None:
    MigrationExecutor(connections[alias]).migrate([(APP, to)])


def _notice(key: str, kind: str, day: str) -> NewNotice:
    return NewNotice(key, "LA", "trademark", kind, day)


@pytest.fixture
def register(database: Options) -> Register:
    """Five marks: one as it came, one changed, one with a notice of its switches, one changed after that, one with both kinds."""
    register = Register(packs=database.path("packs"))
    deliver(register, "a", "2026-01-01", [slice_of(n, f"la-{n}", mark(f"{n}")) for n in range(1, 6)], now=DAY)
    switches = [_notice(f"la-{n}", notices.SWITCHES, "2026-01-02") for n in (3, 4, 5)]
    register.tell(switches, DAY.replace(day=2))
    changed = [slice_of(n, f"la-{n}", mark(f"{n}", "Refused")) for n in (2, 4)]
    deliver(register, "b", "2026-01-03", changed, now=DAY.replace(day=3))
    register.tell([_notice("la-5", notices.TERM, "2026-01-04")], DAY.replace(day=4))
    return register


def _places(register: Register) -> list[tuple[Any, ...]]:
    return list(models.Record.objects.using(register.alias).order_by("key").values_list(*PLACES))


def test_a_record_stands_where_it_was_told_of_last(register: Register) -> None:
    found = register.harvest(Span((("LA", "trademark"),)))
    assert [(one.key, one.recorded_at.day) for one in found] == [
        ("la-1", 1), ("la-3", 2), ("la-2", 3), ("la-4", 3), ("la-5", 4)]  # fmt: skip
    closed = register.harvest(Span((), closed=(("LA", "trademark"),)))
    assert [(one.key, one.recorded_at.day) for one in closed] == [("la-3", 2), ("la-4", 2), ("la-5", 2)]


def test_places_of_an_older_register_are_those_that_writing_would_have_kept(register: Register) -> None:
    kept = _places(register)
    _migrate(register.alias, "0006_tally_of_records")
    _migrate(register.alias, "0007_order_of_telling")
    assert _places(register) == kept


def test_a_late_delivery_that_changes_nothing_present_moves_no_record(register: Register) -> None:
    kept = _places(register)
    deliver(register, "late", "2025-12-01", [slice_of(0, "la-1", mark("1", "Filed"))], now=DAY.replace(day=9))
    assert _places(register) == kept
    assert models.Version.objects.using(register.alias).filter(key="la-1").count() == 2


def test_every_group_of_a_long_list_is_asked(register: Register) -> None:
    """More offices and rights than one statement takes."""
    many = (*((f"{n:02d}", "patent") for n in range(100)), ("LA", "trademark"))
    assert len(register.harvest(Span(many))) == 5
    assert [one.key for one in register.harvest(Span(many), limit=2)] == ["la-1", "la-3"]


def test_keys_of_notices_come_once_and_page_by_page(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "_PAGE", 2)
    last = register.last_change()
    assert list(notices.keys_between(register.alias, 0, last)) == ["la-3", "la-4", "la-5"]
    assert list(notices.keys_between(register.alias, last - 1, last)) == ["la-5"]
    assert list(notices.keys_between(register.alias, last, last)) == []
