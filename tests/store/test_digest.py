"""The register digest: the same on both databases and for every size of batches."""

import pytest

from ipregister.model.finding import Finding
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import point
from tests.store.filings import deliver, mark, slice_of


def _fill(options: Options, batch: int) -> Register:
    point(options)
    register = Register(packs=options.path("packs"))
    keys = ["la-10", "la-1-0", "la-1", "la-a", "la-2"]
    for number, day in enumerate([1, 3, 2, 3, 4]):
        slices = [
            slice_of(i, keys[i % 5], mark(keys[i % 5], f"{number % 3}{i // 6}"),
                     findings=(Finding("odd", "warning", "/x", "ກ"),) * (i % 3),
                     quarantine="no-number" if i == 11 else "")
            for i in range(13)
        ]  # fmt: skip
        deliver(register, f"{number}", f"2020-01-0{day}", slices, batch=batch)
    return register


@pytest.mark.postgresql
def test_the_digest_is_the_same_on_both_databases(
    sqlite_database: Options, postgresql_database: Options
) -> None:
    small = _fill(sqlite_database, 2).digest()
    assert _fill(postgresql_database, 1000).digest() == small


def test_the_digest_tells_every_change(sqlite_database: Options) -> None:
    register = _fill(sqlite_database, 1000)
    seen = {register.digest()}
    deliver(register, "more", "2020-01-05", [slice_of(0, "la-1", mark("1", "Other"))])
    seen.add(register.digest())
    deliver(register, "held", "2020-01-06", [slice_of(0, "la-x", quarantine="no-number")])
    seen.add(register.digest())
    assert len(seen) == 3
    change = register.last_change()
    assert [c.number for c in register.changes(0, 1000)] == list(range(1, change + 1))
