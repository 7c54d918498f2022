"""Whether the day of a delivery was told: found out once for a register of an older program."""

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from ipregister.model.finding import Finding
from ipregister.store import models
from ipregister.store.register import Register
from ipregister.store.rows import NewDelivery
from ipregister.web.options import Options
from tests.store.filings import CONTAINER, NOW, deliver, mark, slice_of

APP = "register_store"
GUESSED = Finding("day-guessed", "notice", value="2026-01-01")


@pytest.fixture
def register(database: Options) -> Register:
    return Register(packs=database.path("packs"))


def _dated(register: Register) -> dict[str, bool]:
    return dict(models.Delivery.objects.using(register.alias).values_list("name", "dated"))


def test_days_of_an_older_register_are_told_unless_a_finding_says_otherwise(register: Register) -> None:
    deliver(register, "told", "2026-01-01", [slice_of(0, "la-0", mark("0"))])
    new = NewDelivery("LA", "e" * 64, "guessed", "delta", "2026-01-01", CONTAINER, dated=False)
    register.finish(register.begin(new, NOW).id, NOW, findings=[GUESSED])
    loading = NewDelivery("LA", "f" * 64, "loading", "delta", "2026-01-02", CONTAINER)
    register.begin(loading, NOW)
    digest = register.digest()
    for change in ("0007_order_of_telling", "0008_told_days"):
        MigrationExecutor(connections[register.alias]).migrate([(APP, change)])
    assert _dated(register) == {"told": True, "guessed": False, "loading": False}
    register.begin(loading, NOW)
    assert _dated(register) == {"told": True, "guessed": False, "loading": True}
    assert register.digest() == digest


def test_a_delivery_is_held_once_it_is_begun(register: Register) -> None:
    new = NewDelivery("LA", "e" * 64, "one", "delta", "2026-01-01", CONTAINER)
    assert not register.holds(new)
    register.begin(new, NOW)
    assert register.holds(new)
    for other in (("KH", "e", "2026-01-01"), ("LA", "f", "2026-01-01"), ("LA", "e", "2026-01-02")):
        assert not register.holds(NewDelivery(other[0], other[1] * 64, "one", "delta", other[2], CONTAINER))
