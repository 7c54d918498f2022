"""The same on PostgreSQL: published, verified, withheld."""

from pathlib import Path

import pytest

from ipregister.publication.bulk.lines import read_lines
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.keys import signer
from ipregister.publication.release import release_all
from ipregister.publication.verify.proving import verify
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.publication.conftest import deliver, marks

pytestmark = pytest.mark.postgresql


def test_published_and_withheld_on_postgresql(postgresql_database: Options, tmp_path: Path) -> None:
    data, out = postgresql_database.data, tmp_path / "out"
    release_all(data)
    register = Register(packs=data / "packs")
    deliver(register, "2026-01-01", marks("1", "2", "10"))
    deliver(register, "2026-02-01", marks("2", words="NEW"))
    full = publish(register, data, out, processes=1)
    assert full.manifest.records == 3
    withhold(register, data, Order("la-2", "Order 7/2026", "2026-07-01"))
    assert verify(str(out), signer(data).public).faults == []
    kept = b"".join(line for path in full.folder.glob("LA-*.zst") for line in read_lines(path))
    assert b"TA YA" in kept
    assert b"NEW" not in kept
    publish(register, data, out, processes=1)
    assert verify(str(out), signer(data).public).faults == []
