"""Side by side with the peer itself, where it is installed (IPREGISTER_TEST_PEER = its `gbd-transform` program).

It is only run, on generated records; nothing of it is imported.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ipregister.exchange.gbd import layout
from ipregister.exchange.st66 import read
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from tests.exchange.documents import COLLECTIONS

SAME = ["st13", "type", "kind", "markFeature", "registrationOfficeCode", "designatedCountries", "applicationNumber",
        "applicationDate", "publicationDate", "registrationNumber", "registrationDate", "expiryDate", "terminationDate",
        "gbdStatus", "statusDate", "priorities"]  # fmt: skip
"""Fields in which a clean record is the same in both."""

KNOWN = {"vntm": ("gbdStatus", "terminationDate"), "wotm": ("gbdStatus", "terminationDate")}
"""Where the peer differs knowingly: it does not know the Vietnamese word for refused; it asks the clock for Madrid."""


@pytest.fixture(scope="session")
def peer() -> str:
    program = os.environ.get("IPREGISTER_TEST_PEER", "")
    if not program:
        pytest.skip("the peer is not here: set IPREGISTER_TEST_PEER to its gbd-transform")
    return program


@pytest.mark.data
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_clean_records_come_out_as_from_the_peer(
    peer: str, generated: Path, tmp_path: Path, collection: str
) -> None:
    facts = office(collection[:2])
    for path in sorted((generated / "in" / collection).rglob("*.xml"))[:10]:
        theirs = transformed(peer, path, collection)
        record = read(path.read_bytes(), facts).record
        assert isinstance(record, Trademark)
        ours: dict[str, Any] = json.loads(json.dumps(layout(record, facts)))
        names = [n for n in SAME if n not in KNOWN.get(collection, ())]
        assert {n: ours.get(n) for n in names} == {n: theirs.get(n) for n in names}, path
        assert [e["date"] for e in ours.get("events", [])] == [e["date"] for e in theirs.get("events", [])]


def transformed(peer: str, path: Path, collection: str) -> dict[str, Any]:
    done = subprocess.run([peer, str(path), collection], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") : done.stdout.rindex("}") + 1])
    return found
