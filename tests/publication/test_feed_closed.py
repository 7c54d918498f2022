"""What a feed told and its publisher then closed, hid or withheld before he published: no lie, and nothing stays."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ipregister.model import canonical, offices
from ipregister.model.canonical import SCHEMA
from ipregister.model.offices import Office
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.mirroring.confirming import confirmations
from ipregister.publication.switching import tell_switches
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.store.upcast import decode
from tests.publication.conftest import deliver, marks
from tests.publication.test_feed import address, mirrored, words_of
from tests.publication.test_mirror import node

__all__ = ["address", "node"]
SECOND = b"SECOND"


@pytest.fixture
def told(address: str, shelf: Path, node: Path, register: Register) -> str:
    """A mirror that has from the feed two versions of a record which no publication holds yet."""
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("2", words="SECOND"))
    deliver(register, "2026-03-01", marks("2", words="THIRD"))
    (row,) = mirrored(node, address)
    assert row["changes"] == 2
    return address


def contents(node: Path) -> Iterator[bytes]:
    """The deliveries that a node keeps, opened, member by member."""
    for path in (node / "packs").rglob("*"):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as kept:
                yield from (kept.read(name) for name in kept.namelist())


@pytest.mark.slow
@pytest.mark.parametrize("by_feed", [False, True])
def test_a_past_version_that_is_withheld_before_it_is_published_is_withheld_here(
    told: str, shelf: Path, node: Path, data: Path, register: Register, by_feed: bool
) -> None:
    done = withhold(register, data, Order("la-2", "Order 1/2026", "2026-03-01", version=2))
    assert done.leaf is not None
    if by_feed:
        (row,) = mirrored(node, told)
        assert row["withdrawn"] == ["la-2"]
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, told)
    assert (row["findings"], row["differing"]) == ([], 0)
    assert by_feed or row["withdrawn"] == ["la-2"]
    (said,) = confirmations(node)
    done_here = said.confirmation
    assert (done_here.withdrawal.version, done_here.versions, done_here.kept_files) == (2, 1, 1)
    assert not any(SECOND in content for content in contents(node))
    assert any(b"THIRD" in content for content in contents(node))
    assert [row["new"] for row in mirrored(node, told)] == [False]


@pytest.mark.slow
def test_what_other_switches_hide_before_it_is_published_is_no_lie(
    told: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    switches = data / "release.toml"
    switches.write_text(f'{switches.read_text()}hidden = ["goods"]\n')
    tell_switches(register, data, dt.datetime.now(dt.UTC))
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, told)
    assert {(one["code"], one["value"]) for one in row["findings"]} == {("feed-other-rules", "la-2")}
    assert row["differing"] == 0
    assert "cables" not in words_of(node, "la-2")


@pytest.mark.slow
def test_a_past_version_that_other_rules_close_is_no_lie(
    told: str, shelf: Path, node: Path, data: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The present version stays open: that the past one is closed stands nowhere in the log, which never had it."""
    (slice_,) = marks("4")
    record = msgspec.structs.replace(decode(slice_.body, SCHEMA), publications=())
    deliver(register, "2026-04-01", [msgspec.structs.replace(slice_, body=canonical.encode(record))])
    deliver(register, "2026-05-01", marks("4", words="FOURTH"))
    mirrored(node, told)
    usual = offices.office

    def stricter(code: str) -> Office:
        facts = usual(code)
        rules = {
            right: msgspec.structs.replace(one, record="after-publication")
            for right, one in facts.publicity.items()
        }
        return msgspec.structs.replace(facts, publicity=rules) if code == "LA" else facts

    monkeypatch.setattr(offices, "office", stricter)
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, told)
    assert [(one["code"], one["value"]) for one in row["findings"]] == [("feed-other-rules", "la-4")]
    assert row["differing"] == 0
