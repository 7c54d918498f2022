"""The counts of records with a finding move from the severity column, where they stood, to a column of their own."""

from typing import Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from ipregister.model.finding import Finding
from ipregister.store import models
from ipregister.store.register import Register
from ipregister.store.tallies import Amount, count_tally
from ipregister.web.options import Options
from tests.store.filings import deliver, mark, slice_of

APP = "register_store"
ODD, BAD = Finding("odd", "warning"), Finding("bad", "error")


def _migrated(alias: str, to: str) -> Any:
    executor = MigrationExecutor(connections[alias])
    return executor.migrate([(APP, to)]).apps


@pytest.fixture
def register(database: Options) -> Register:
    return Register(packs=database.path("packs"))


def test_counts_of_an_older_register_are_moved(register: Register) -> None:
    slices = [slice_of(i, f"la-{i}", mark(str(i)), findings=(ODD, ODD, BAD)) for i in range(3)]
    head = deliver(register, "one", "2020-01-01", slices)
    told, digest = register.tally(head.id), register.digest()
    before = _migrated(register.alias, "0005_notice").get_model(APP, "Tally").objects.using(register.alias)
    assert before.count() == 2
    before.create(delivery_id=head.id, code="odd", severity="records", amount=3)
    _migrated(register.alias, "0006_tally_of_records")
    assert register.touched(head.id) == {"odd": 3}
    assert register.tally(head.id) == told
    assert register.finding_counts() == [("LA", "odd", "warning", 6), ("LA", "bad", "error", 3)]
    assert register.digest() == digest


def test_where_no_records_were_counted_none_are_added(register: Register) -> None:
    """An older program's count of a delivery that is taken further stays unknown rather than too low."""
    head = deliver(register, "one", "2020-01-01", [slice_of(0, "la-0", mark("0"), findings=(ODD,))])
    models.Tally.objects.using(register.alias).update(records=None)
    count_tally(register.alias, head.id, {("odd", "warning"): Amount(2, 2), ("bad", "error"): Amount(1, 1)})
    assert register.tally(head.id) == [("odd", "warning", 3), ("bad", "error", 1)]
    assert register.touched(head.id) == {"bad": 1}
