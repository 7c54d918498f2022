"""Between publications a mirror follows the change feed; what that told is proved by the next publication."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from ipregister.publication.bulk.publishing import publish
from ipregister.publication.keys import signer
from ipregister.publication.mirroring.confirming import confirmations
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from tests.publication.conftest import deliver, marks
from tests.publication.served import Quiet, served
from tests.publication.test_mirror import keys_of, node, run

__all__ = ["node"]
Lie = Callable[[dict[str, Any]], None]


class Node(Quiet):
    """A node of a publisher: publications from a folder, the change feed from the pages, with what `lie` does to it."""

    lie: list[Lie] = []
    confirmed = b"[]"

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/bulk/confirmations.json":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.confirmed)
            return
        if self.path.startswith("/bulk/"):
            self.path = self.path.removeprefix("/bulk")
            super().do_GET()
            return
        answer = Client(SERVER_NAME="127.0.0.1").get(self.path)
        content = answer.content
        if self.path.startswith("/changes") and self.lie:
            plain = json.loads(content)
            for lie in self.lie:
                lie(plain)
            content = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
        connections.close_all()
        self.send_response(answer.status_code)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def address(shelf: Path) -> Iterator[str]:
    """A node that gives it, and its feed, on the web."""
    Node.lie = []
    with served(shelf, Node) as address:
        yield address


def words_of(node: Path, key: str) -> str:
    """What a node shows of a record."""
    return json.dumps(run(node, "show", key)[1])


def rows(node: Path, statement: str) -> list[tuple[Any, ...]]:
    """Rows of the register of a node."""
    with closing(sqlite3.connect(node / "register.sqlite3")) as database:
        return database.execute(statement).fetchall()


def mirrored(node: Path, address: str, expected: int = 0) -> list[dict[str, Any]]:
    code, rows, errors = run(node, "mirror", address)
    assert code == expected, (rows, errors)
    return rows


@pytest.mark.slow
def test_changes_come_before_the_publication_and_are_proved_by_it(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("4") + marks("2", words="SECOND"))
    deliver(register, "2026-03-01", marks("3", deleted=True))
    (row,) = mirrored(node, address)
    assert (row["changes"], row["until"]) == (3, register.last_change())
    assert keys_of(node) == {"la-1": False, "la-2": False, "la-3": True, "la-4": False}
    assert "SECOND" in words_of(node, "la-2")
    (nothing,) = mirrored(node, address)
    assert (nothing["new"], nothing["until"]) == (False, register.last_change())
    deliver(register, "2026-04-01", marks("2", words="THIRD"))
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, address)
    assert (row["differing"], row["findings"]) == (0, [])
    manifest = json.loads((shelf / row["publication"] / "manifest.json").read_text())
    assert (row["tree_root"], row["register_root"]) == (manifest["tree"]["root"], manifest["register_root"])
    assert "THIRD" in words_of(node, "la-2")


@pytest.mark.slow
def test_a_feed_that_is_ahead_of_the_publication(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("2", words="SECOND"))
    publish(register, data, shelf, "delta", processes=1)
    hidden = shelf / "index.json"
    content = hidden.read_bytes()
    index = json.loads(content)
    index["publications"] = index["publications"][:1]
    hidden.write_text(json.dumps(index))
    deliver(register, "2026-03-01", marks("2", words="THIRD"))
    mirrored(node, address)
    hidden.write_bytes(content)
    (row,) = mirrored(node, address)
    assert (row["differing"], row["findings"]) == (0, [])
    assert "THIRD" in words_of(node, "la-2")
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, address)
    assert (row["differing"], row["findings"]) == (0, [])


def _forge(words: str, day: str) -> Lie:
    def lie(page: dict[str, Any]) -> None:
        for one in page["changes"]:
            if "record" in one and one["key"] == "la-2":
                one["record"]["mark"]["verbal"][0]["text"] = words
                one["extracted"] = one["extraction"] = day

    return lie


def _invent(page: dict[str, Any]) -> None:
    """A record that the publisher does not have."""
    page["changes"] += [{**one, "key": "la-66", "change": one["change"] + 1, "version": 1,
                         "record": {**one["record"], "application_number": "66"}}
                        for one in page["changes"][-1:] if "record" in one]  # fmt: skip


@pytest.mark.slow
def test_a_feed_that_lies_is_found_out(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    """Another content, with a day that would hold it in place, and a record out of nothing: both go again."""
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("2", words="HONEST"))
    Node.lie = [_forge("FORGED", "2026-06-01"), _invent]
    mirrored(node, address)
    assert "FORGED" in words_of(node, "la-2")
    Node.lie = []
    deliver(register, "2026-02-02", marks("5"))
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, address, expected=1)
    assert {(one["code"], one["value"]) for one in row["findings"]} >= {
        ("feed-unproved", "la-2"),
        ("feed-unproved", "la-66"),
    }
    assert row["differing"] == 0
    assert "HONEST" in words_of(node, "la-2")
    assert rows(node, "SELECT count(*) FROM register_store_version WHERE key = 'la-2'") == [(2,)]
    assert "la-66" not in keys_of(node)
    found = rows(
        node, "SELECT code, value FROM register_store_finding WHERE code LIKE 'feed-%' ORDER BY value"
    )
    assert found == [("feed-unproved", "la-2"), ("feed-unproved", "la-66")]
    withhold(register, data, Order("la-2", "Order 3/2026", "2026-03-01", version=2))
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, address)
    assert row["withdrawn"] == ["la-2"], "the version is known by its hash: the numbers differ here"
    assert "HONEST" not in words_of(node, "la-2")


@pytest.mark.slow
def test_a_feed_that_is_silent_is_found_out(
    address: str, shelf: Path, node: Path, data: Path, register: Register
) -> None:
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("2", words="HONEST") + marks("7"))
    Node.lie = [lambda page: page.update(changes=[one for one in page["changes"] if one["key"] != "la-7"])]
    mirrored(node, address)
    assert "la-7" not in keys_of(node)
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, address, expected=1)
    assert [(one["code"], one["value"]) for one in row["findings"]] == [("feed-silent", "la-7")]
    assert "la-7" in keys_of(node)


def both_are_confirmed_unless_tampered_with(
    address: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the mirror confirms of the marks 3 and 2 is told as confirmed; not where it was changed, or is not there."""
    code, rows_told, errors = run(data, "withdrawals", address)
    assert code == 0, errors
    assert [(one["key"], one["confirmed_by"]) for one in rows_told] == [
        ("la-3", [address]),
        ("la-2", [address]),
    ]
    tampered = Node.confirmed.replace(b'"versions": 1', b'"versions": 2', 1)
    assert tampered != Node.confirmed
    monkeypatch.setattr(Node, "confirmed", tampered)
    assert run(data, "withdrawals", address)[0] == 6
    monkeypatch.setattr(Node, "confirmed", b"[]")
    assert run(data, "withdrawals", address)[0] == 1


@pytest.mark.slow
def test_a_signed_withdrawal_needs_no_publication(
    address: str, shelf: Path, node: Path, data: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirrored(node, address)
    order = Order("la-3", "Order 1/2026", "2026-03-01")
    withhold(register, data, order)

    def unsigned(page: dict[str, Any]) -> None:
        for one in page["changes"]:
            one["signature"] = "00" * 64

    Node.lie = [unsigned]
    mirrored(node, address)
    assert "TA YA" in words_of(node, "la-3"), "without the signature it waits for the log"
    publish(register, data, shelf, "delta", processes=1)
    Node.lie = []
    (row,) = mirrored(node, address)
    assert row["withdrawn"] == ["la-3"]
    assert "TA YA" not in words_of(node, "la-3")
    withhold(register, data, Order("la-2", "Order 2/2026", "2026-03-01"))
    (row,) = mirrored(node, address)
    assert row["withdrawn"] == ["la-2"]
    assert "TA YA" not in words_of(node, "la-2"), "with it, it holds at once"
    told = [(one.confirmation.withdrawal.key, one.confirmation.publisher) for one in confirmations(node)]
    publisher = signer(data).public.text
    assert told == [("la-3", publisher), ("la-2", publisher)]
    monkeypatch.setattr(Node, "confirmed", (node / "confirmations.json").read_bytes())
    both_are_confirmed_unless_tampered_with(address, data, monkeypatch)
    publish(register, data, shelf, "delta", processes=1)
    (row,) = mirrored(node, address)
    assert (row["withdrawn"], row["findings"], row["differing"]) == ([], [], 0)


@pytest.mark.slow
def test_a_mirror_that_joins_later_confirms_what_was_withheld_before(
    address: str, shelf: Path, node: Path, data: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never held the content, and says so: nothing was emptied there."""
    withhold(register, data, Order("la-3", "Order 1/2026", "2026-03-01"))
    withhold(register, data, Order("la-2", "Order 2/2026", "2026-03-01", field="office_status"))
    publish(register, data, shelf, "delta", processes=1)
    mirrored(node, address)
    monkeypatch.setattr(Node, "confirmed", (node / "confirmations.json").read_bytes())
    code, told, errors = run(data, "withdrawals", address)
    assert code == 0, errors
    assert [one["confirmed_by"] for one in told] == [[address], [address]]
    assert "la-3" not in keys_of(node) or "TA YA" not in words_of(node, "la-3")


def test_a_page_that_was_cut_off_is_taken_up_again(address: str, node: Path, register: Register) -> None:
    """The page is kept until it is noted: what was loaded before changes nothing the second time."""
    mirrored(node, address)
    deliver(register, "2026-02-01", marks("2", words="SECOND"))
    mirrored(node, address)
    (folder,) = (path for path in (node / "mirror").iterdir() if path.is_dir())
    page = Client(SERVER_NAME="127.0.0.1").get("/changes?since=3&limit=500&include=record").content
    (folder / "feed-page.json").write_bytes(page)
    (row,) = mirrored(node, address)
    assert row["until"] == register.last_change()
    assert rows(node, "SELECT count(*) FROM register_store_version WHERE key = 'la-2'") == [(2,)]
    assert not (folder / "feed-page.json").exists()
