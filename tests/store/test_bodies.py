"""What lists read of current versions is the same by either statement."""

from typing import Any

import pytest

from ipregister.store.bodies import current_bodies
from ipregister.store.register import Register
from ipregister.store.upcast import UPCASTS
from ipregister.web.options import Options
from tests.store.filings import deliver, mark, slice_of


def test_the_widest_table_is_read_for_older_schemas_alone(
    sqlite_database: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = Register(packs=sqlite_database.path("packs"))
    keys = [f"la-{number}" for number in range(5)]
    deliver(register, "a", "2026-01-03", [slice_of(n, key, mark(key)) for n, key in enumerate(keys)])
    deliver(register, "b", "2026-01-01", [slice_of(0, "la-1", mark("la-1", "Filed"))])
    deliver(register, "c", "2026-01-04", [slice_of(0, "la-2", mark("la-2", "x"), deleted=True)])
    deliver(register, "d", "2026-01-05", [slice_of(0, "la-3", mark("la-3", "Refused"))])
    deliver(register, "e", "2026-01-06", [slice_of(0, "la-4", mark("la-4"))])

    def told() -> list[Any]:
        return sorted(current_bodies("register", [*keys, "la-404"]), key=lambda one: one.key)

    usual = told()
    assert [one.deleted for one in usual] == [False, False, True, False, False]
    assert [one.day for one in usual] == [
        "2026-01-03",
        "2026-01-03",
        "2026-01-04",
        "2026-01-05",
        "2026-01-06",
    ]
    monkeypatch.setitem(UPCASTS, 0, dict)
    assert told() == usual
