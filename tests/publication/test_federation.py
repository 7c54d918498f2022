"""A regional node takes from the nodes of offices: each office speaks for itself, contradictions are findings."""

import json
import shutil
from pathlib import Path

import pytest

from ipregister.publication import keys
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.verify.proving import verify
from ipregister.store.register import Register
from tests.publication.conftest import deliver, marks
from tests.publication.test_feed import rows, words_of
from tests.publication.test_mirror import node, run

__all__ = ["node"]


@pytest.fixture
def own(data: Path, register: Register, tmp_path: Path) -> Path:
    """What the node of the office publishes."""
    publish(register, data, tmp_path / "own", "full", processes=1)
    return tmp_path / "own"


@pytest.fixture
def other(own: Path, data: Path, register: Register, tmp_path: Path) -> Path:
    """What another publisher gives of the same office: one record is another there, one more is there."""
    del own
    second = tmp_path / "second"
    second.mkdir()
    shutil.copy(data / "release.toml", second)
    deliver(register, "2026-02-01", marks("2", words="CONTRADICTS") + marks("8"))
    publish(register, second, tmp_path / "other", "full", processes=1)
    return tmp_path / "other"


@pytest.mark.slow
def test_an_office_speaks_for_itself(own: Path, other: Path, node: Path) -> None:
    assert run(node, "mirror", str(own), "--node-of", "LA")[0] == 0
    code, (told,), errors = run(node, "mirror", str(other), "--node-of", "TH")
    assert code == 1, errors
    found = [(one["code"], one["value"], one.get("amount")) for one in told["findings"]]
    assert found == [("source-conflict", "la-2", None), ("foreign-office", "LA", "4")]
    assert "CONTRADICTS" not in words_of(node, "la-2")
    kept = rows(node, "SELECT code, value FROM register_store_finding WHERE code LIKE '%-conflict' OR code = "
                "'foreign-office' ORDER BY code")  # fmt: skip
    assert kept == [("foreign-office", "LA"), ("source-conflict", "la-2")]
    assert rows(node, "SELECT key FROM register_store_record ORDER BY key") == [
        ("la-1",),
        ("la-2",),
        ("la-3",),
    ]


@pytest.mark.slow
def test_each_signature_stays(own: Path, other: Path, node: Path, data: Path, tmp_path: Path) -> None:
    """The log and the manifest of each publisher prove themselves with his key, and with no other."""
    for shelf, office in ((own, "LA"), (other, "TH")):
        run(node, "mirror", str(shelf), "--node-of", office)
    signers = {keys.signer(one).public.text for one in (data, tmp_path / "second")}
    kept = {}
    for state in (node / "mirror").glob("*/mirror.json"):
        told = json.loads(state.read_bytes())
        kept[told["key"]] = state.parent
        assert verify(str(state.parent), keys.public_key(told["key"])).faults == []
        (manifest,) = state.parent.glob("*/manifest.json")
        assert verify(str(manifest), keys.public_key(told["key"])).holds
        for another in signers - {told["key"]}:
            assert not verify(str(manifest), keys.public_key(another)).holds
    assert kept.keys() == signers


@pytest.mark.slow
def test_the_first_publisher_of_an_office_holds(own: Path, other: Path, node: Path) -> None:
    """Without saying whose node it is: the second gives findings, and changes nothing."""
    assert run(node, "mirror", str(own))[0] == 0
    code, (told,), _errors = run(node, "mirror", str(other))
    assert code == 1
    assert [one["code"] for one in told["findings"]] == ["source-conflict", "foreign-office"]
    assert "CONTRADICTS" not in words_of(node, "la-2")
