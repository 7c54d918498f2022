"""What the office deleted, or `release.toml` closed, is gone at every mirror: whatever came with it, and in what order."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ipregister.publication.bulk.publishing import publish
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.ended import ended_of
from ipregister.publication.mirroring.ended import living as living_of
from ipregister.publication.switching import tell_switches
from ipregister.store.register import Register
from tests.publication.conftest import deliver, marks
from tests.publication.test_differing import address
from tests.publication.test_feed import mirrored
from tests.publication.test_mirror import keys_of, node, run

__all__ = ["address", "node"]
CLOSED = '[[release]]\nchannels = ["page"]\n'


@pytest.mark.slow
def test_content_and_deletion_in_one_publication(
    shelf: Path, node: Path, data: Path, register: Register, tmp_path: Path
) -> None:
    """The history has what the record was, its leaf says that it is deleted: a tombstone, not the record."""
    deliver(register, "2026-03-01", marks("3", deleted=True))
    publish(register, data, tmp_path / "whole", "full", processes=1)
    code, (row,), errors = run(node, "mirror", str(tmp_path / "whole"))
    assert (code, row["differing"]) == (0, 0), errors
    assert keys_of(node) == {"la-1": False, "la-2": False, "la-3": True}


@pytest.mark.slow
def test_closing_wins_over_content_of_the_same_extraction(
    shelf: Path, node: Path, data: Path, register: Register
) -> None:
    """Many records, so that their contents come before and behind the deletions by their hashes."""
    deliver(register, "2026-02-01", marks(*(str(number) for number in range(4, 20))))
    publish(register, data, shelf, "delta", processes=1)
    opened = (data / "release.toml").read_text()
    (data / "release.toml").write_text(CLOSED)
    tell_switches(register, data, dt.datetime.now(dt.UTC))
    publish(register, data, shelf, "delta", processes=1)
    rows = run(node, "mirror", str(shelf))[1]
    assert [row["differing"] for row in rows] == [0, 0, 0]
    assert set(keys_of(node).values()) == {True}
    assert len(keys_of(node)) == 19
    (data / "release.toml").write_text(opened)
    tell_switches(register, data, dt.datetime.now(dt.UTC))
    publish(register, data, shelf, "delta", processes=1)
    (row,) = run(node, "mirror", str(shelf))[1]
    assert row["differing"] == 0
    assert set(keys_of(node).values()) == {False}


@pytest.mark.slow
def test_what_a_mirror_of_an_older_program_kept_is_ended_by_the_next_publication(
    shelf: Path, node: Path, data: Path, register: Register
) -> None:
    deliver(register, "2026-03-01", marks("3", deleted=True))
    publish(register, data, shelf, "delta", processes=1)
    run(node, "mirror", str(shelf))
    assert keys_of(node)["la-3"]
    with closing(sqlite3.connect(node / "register.sqlite3")) as database, database:
        database.execute("DELETE FROM register_store_version WHERE key = 'la-3' AND deleted")
        database.execute(
            "UPDATE register_store_record SET deleted = 0, (current, content_hash, rank, extracted, confirmed) = "
            "(SELECT change, content_hash, rank, extracted, confirmed FROM register_store_version WHERE key = 'la-3') "
            "WHERE key = 'la-3'"
        )
    assert not keys_of(node)["la-3"]
    deliver(register, "2026-04-01", marks("5"))
    publish(register, data, shelf, "delta", processes=1)
    code, (row,), errors = run(node, "mirror", str(shelf))
    assert (code, row["differing"]) == (0, 0), errors
    assert keys_of(node)["la-3"]


@pytest.mark.slow
def test_what_lives_against_the_log_differs_whatever_the_roots(
    shelf: Path, node: Path, data: Path, register: Register
) -> None:
    """A record that cannot be ended here (its row says that it lives, its last version is a deletion)."""
    deliver(register, "2026-03-01", marks("3", deleted=True))
    publish(register, data, shelf, "delta", processes=1)
    run(node, "mirror", str(shelf))
    with closing(sqlite3.connect(node / "register.sqlite3")) as database, database:
        database.execute("UPDATE register_store_record SET deleted = 0 WHERE key = 'la-3'")
    deliver(register, "2026-04-01", marks("5"))
    publish(register, data, shelf, "delta", processes=1)
    code, (row,), _errors = run(node, "mirror", str(shelf))
    assert (code, row["differing"]) == (1, 1)
    assert row["differences"] == [{"key": "la-3", "reason": "lives here, and is deleted there"}]


@pytest.mark.slow
def test_a_record_and_its_deletion_in_one_page_of_the_feed(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("7"))
    deliver(register, "2026-03-01", marks("7", deleted=True))
    mirrored(node, address)
    assert keys_of(node)["la-7"]


def test_the_log_tells_what_has_ended(shelf: Path, data: Path, register: Register) -> None:
    deliver(register, "2026-03-01", marks("3", deleted=True))
    publish(register, data, shelf, "delta", processes=1)
    with closing(Ledger(data)) as ledger:
        assert list(ended_of(ledger, frozenset({"LA"}))) == [("la-3", "deleted")]
        assert list(ended_of(ledger, frozenset({"TH"}))) == []
    lives = [("la-1", "closed"), ("la-2", "deleted"), ("la-3", "deleted"), ("la-99", "deleted")]
    assert [(one.key, one.kind) for one in living_of(register, lives, frozenset({"la-2"}))] == [
        ("la-1", "closed")
    ]


@pytest.mark.slow
def test_closing_reaches_a_mirror_by_the_feed(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    deliver(register, "2026-02-01", marks("4"))
    mirrored(node, address)
    (data / "release.toml").write_text(CLOSED)
    tell_switches(register, data, dt.datetime.now(dt.UTC))
    publish(register, data, shelf, "delta", processes=1)
    mirrored(node, address)
    assert {"la-1", "la-2", "la-3"} <= {key for key, deleted in keys_of(node).items() if deleted}
