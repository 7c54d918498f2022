"""Change numbers count what is not public, too; a mirror, which never has that, counts only what it was given."""

from pathlib import Path

import pytest

from ipregister.model import canonical
from ipregister.model.patent import Patent
from ipregister.publication.bulk.publishing import publish
from ipregister.store.register import Register
from ipregister.store.rows import Incoming, RawRef
from tests.publication.conftest import deliver, marks
from tests.publication.test_feed import rows
from tests.publication.test_mirror import node, run

__all__ = ["node"]


def secret(number: int) -> Incoming:
    """A patent that is filed and not published."""
    record = Patent(office="LA", application_number=f"P-{number}", office_status="Filed")
    return Incoming(index=number, key=f"la-pat-p-{number}", right="patent", office="LA",
                    raw=RawRef("0" * 64, f"{number}.xml", 0, 10), body=canonical.encode(record))  # fmt: skip


@pytest.mark.slow
def test_a_mirror_counts_only_what_it_was_given(
    shelf: Path, node: Path, data: Path, register: Register
) -> None:
    deliver(register, "2026-02-01", [secret(number) for number in range(5)])
    deliver(register, "2026-03-01", marks("4"))
    publish(register, data, shelf, "delta", processes=1)
    assert register.last_change() == 3 + 5 + 1
    assert run(node, "mirror", str(shelf))[0] == 0
    assert rows(node, "SELECT value FROM register_store_counter WHERE name = 'change'") == [(3 + 1,)]
