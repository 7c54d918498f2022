"""A record that does not stand in a mirror as it was published: mended, else told at each run until it does."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ipregister.publication.bulk.publishing import publish
from ipregister.publication.mirroring.copying import DIFFERING
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store import retracting
from ipregister.store.register import Register
from tests.publication.conftest import NOW, body_of, deliver, marks
from tests.publication.served import served
from tests.publication.test_feed import Node, mirrored
from tests.publication.test_mirror import kept_of, keys_of, node, run

__all__ = ["node"]


@pytest.fixture
def address(shelf: Path) -> Iterator[str]:
    """A node with its publications and its feed, on the web."""
    Node.lie = []
    with served(shelf, Node) as address:
        yield address


@pytest.mark.slow
def test_a_field_that_was_withheld_in_a_publication_not_taken_yet(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    """The full publication gives nothing of the record any more, the delta behind it gives it without the field, by an
    extraction that is older than the day of the full one."""
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("4", "5"))
    mirrored(node, address)
    publish(register, data, shelf, "full", processes=1)
    withhold(register, data, Order("la-3", "Order 1/2026", "2026-03-01", field="mark/verbal"))
    full, _feed = mirrored(node, address)
    assert full["findings"] == []
    publish(register, data, shelf, "delta", processes=1)
    (delta,) = mirrored(node, address)
    assert (delta["differing"], delta["mended"]) == (0, 1)
    assert not keys_of(node)["la-3"]
    (shown,) = run(node, "show", "la-3")[1]
    assert (shown["record"]["mark"], shown["deleted"]) == ({}, False)
    assert [row["new"] for row in mirrored(node, address)] == [False]


@pytest.mark.slow
def test_a_full_publication_behind_the_feed_is_no_silence(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("4"))
    mirrored(node, address)
    publish(register, data, shelf, "full", processes=1)
    (row,) = mirrored(node, address)
    assert (row["findings"], row["differing"]) == ([], 0)


@pytest.mark.slow
def test_the_deletion_of_what_was_never_published_is_no_lie(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("7", deleted=True))
    deliver(register, "2026-02-02", marks("4"))
    mirrored(node, address)
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, address)
    assert (row["findings"], row["differing"]) == ([], 0)


@pytest.mark.slow
def test_what_the_feed_told_and_was_withheld_before_it_was_published_is_no_lie(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("3", words="SECOND"))
    mirrored(node, address)
    deliver(register, "2026-02-02", marks("3", deleted=True))
    withhold(register, data, Order("la-3", "Order 1/2026", "2026-03-01", field="mark/verbal"))
    publish(register, data, shelf, "delta", processes=1)
    row = mirrored(node, address)[0]
    assert (row["findings"], row["differing"]) == ([], 0)
    assert keys_of(node)["la-3"]
    assert "SECOND" not in json.dumps(run(node, "show", "la-3")[1])


def spoil(node: Path, key: str) -> None:
    """Take a record out of the register of a node, behind its back, as if it had differed before."""
    with closing(sqlite3.connect(node / "register.sqlite3")) as database, database:
        for table in ("version", "record", "spelling"):
            database.execute(f"DELETE FROM register_store_{table} WHERE key = ?", (key,))
    (kept_of(node) / DIFFERING).write_text(json.dumps([key]))


@pytest.mark.slow
def test_what_differed_is_taken_again_from_the_last_publication_that_has_it(
    shelf: Path, node: Path, data: Path, register: Register
) -> None:
    assert run(node, "mirror", str(shelf))[0] == 0
    deliver(register, "2026-02-01", marks("2", words="SECOND"))
    publish(register, data, shelf, "delta", processes=1)
    assert run(node, "mirror", str(shelf))[0] == 0
    spoil(node, "la-2")
    code, (row,), errors = run(node, "mirror", str(shelf))
    assert code == 0, errors
    assert row["publication"].startswith("again-")
    assert (row["records"], row["differing"]) == (1, 0)
    assert "SECOND" in json.dumps(run(node, "show", "la-2")[1])
    assert not (kept_of(node) / DIFFERING).exists()
    assert not list(kept_of(node).glob("*/LA-*.jsonl.zst"))


@pytest.mark.slow
def test_what_differs_is_told_as_long_as_it_does(shelf: Path, node: Path) -> None:
    assert run(node, "mirror", str(shelf))[0] == 0
    spoil(node, "la-2")
    (file,) = shelf.glob("*/LA-*.jsonl.zst")
    aside = file.rename(file.with_name("aside"))
    for _time in range(2):
        code, rows, errors = run(node, "mirror", str(shelf))
        assert (code != 0, rows) == (True, [])
        assert "1 records here differ from what was published (la-2" in errors
    aside.rename(file)
    assert run(node, "mirror", str(shelf))[0] == 0
    assert "la-2" in keys_of(node)


def test_a_version_is_made_to_stand(register: Register) -> None:
    """One of the same extraction goes before it, a later one that was made here goes."""
    deliver(register, "2026-02-01", marks("1", words="ONE"))
    deliver(register, "2026-02-01", marks("1", "9", words="OTHER"))
    deliver(register, "2026-03-01", marks("1", words="OTHER", deleted=True))
    for words in ("OTHER", "ONE", "OTHER"):
        body = body_of("1", words)
        assert retracting.stand(register.alias, "la-1", hashlib.sha256(body).hexdigest(), NOW)
        assert register.require("la-1").body == body
    assert not retracting.stand(register.alias, "la-1", "00" * 32, NOW)
