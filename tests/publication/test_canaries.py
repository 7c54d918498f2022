"""What is restricted stands in no publication, in no copy, in no leaf of the log."""

from pathlib import Path

import msgspec

from ipregister.publication.bulk.publishing import publish
from ipregister.publication.extract import copy
from ipregister.publication.paper import paper
from ipregister.store.register import Register
from tests.portal.test_canaries import CANARIES, KEY, planted
from tests.publication.conftest import deliver, marks
from tests.publication.test_withholding import texts


def test_nothing_restricted_goes_out(register: Register, data: Path, tmp_path: Path) -> None:
    for day, status in (("2026-02-01", "Filed"), ("2026-03-01", "Registered")):
        (one,) = marks(KEY.partition("-")[2])
        deliver(register, day, [msgspec.structs.replace(one, key=KEY, body=planted(status), content=b"")])
        publish(register, data, tmp_path / "out", processes=1)
    whole = [text for path in (tmp_path / "out").rglob("*") if path.is_file()
             for text in texts(path.read_bytes(), path.name)]  # fmt: skip
    made = copy(register, data, KEY)
    whole += [made.content(), paper(made)]
    assert any(b"RIVERBIRD" in text for text in whole)
    assert [canary for canary in CANARIES for text in whole if canary.encode() in text] == []
