"""What is told of a record without a new version of it reaches everybody who asks for what is new."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from ipregister.intake import indexer
from ipregister.publication.switching import tell_switches
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.portal.releasing import release
from tests.portal.test_changes import public
from tests.store.filings import deliver, slice_of

RECORDED = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
CLOSED = '[[release]]\nchannels = ["page"]\n'


@pytest.fixture
def register(sqlite_database: Options) -> Register:
    """Two released marks."""
    release(sqlite_database.data)
    found = Register(packs=sqlite_database.path("packs"))
    deliver(found, "a", "2026-01-01", [slice_of(n, f"la-{n}", public(f"{n}")) for n in (1, 2)], now=RECORDED)
    indexer.catch_up(found, sqlite_database.path("index"))
    return found


def after(client: Client, since: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/changes?since={since}&include=record").json()["changes"]
    return found


def harvested(client: Client, since: str) -> bytes:
    return client.get(f"/oai?verb=ListRecords&metadataPrefix=oai_dc&from={since}").content


def test_a_withholding_has_ground_day_and_place(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    last = register.last_change()
    done = withhold(register, sqlite_database.data, Order("la-2", "Order 7/2026", "2026-02-27"), now=LATER)
    (line,) = after(client, last)
    told = {name: line.get(name) for name in ("change", "kind", "key", "version", "ground", "day", "record")}
    assert told == {"change": done.change, "kind": "withdrawal", "key": "la-2", "version": 0,
                    "ground": "Order 7/2026", "day": "2026-02-27", "record": None}  # fmt: skip
    page = harvested(client, "2026-03-01")
    assert page.count(b"<record>") == 1
    assert b'status="deleted"' in page
    assert b"la-2" in page
    assert b"<metadata>" not in page
    assert b"2026-03-01T09:00:00Z" in page


def test_a_field_that_was_withheld_comes_with_the_rest(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    last = register.last_change()
    withhold(
        register,
        sqlite_database.data,
        Order("la-2", "Order 8/2026", "2026-02-27", field="office_status"),
        now=LATER,
    )
    (line,) = after(client, last)
    assert (line["kind"], line["field"]) == ("withdrawal", "office_status")
    assert line["record"]["application_number"] == "2"
    assert "office_status" not in line["record"]
    assert b"<metadata>" in harvested(client, "2026-03-01")


def test_changed_switches_are_told_once_and_both_ways(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    data = sqlite_database.data
    assert tell_switches(register, data, RECORDED) == 0
    assert tell_switches(register, data, LATER) == 0
    assert b"noRecordsMatch" in harvested(client, "2026-03-01")
    last = register.last_change()
    release(data, '[[release]]\nchannels = ["page", "api", "addresses"]\nlicence = "CC-BY-4.0"\n')
    assert tell_switches(register, data, LATER) == 2
    assert tell_switches(register, data, LATER) == 0
    assert [(one["key"], one["kind"], one["cause"]) for one in after(client, last)] == [
        ("la-1", "version", "switches"),
        ("la-2", "version", "switches"),
    ]
    assert harvested(client, "2026-03-01").count(b"<metadata>") == 2
    last = register.last_change()
    withheld_at = register.last_change()
    release(data, CLOSED)
    assert tell_switches(register, data, LATER) == 2
    assert withheld_at == last
    assert after(client, last) == [], "a closed door tells nothing"


def test_what_a_day_opens_is_told(register: Register, sqlite_database: Options, client: Client) -> None:
    """The index, which looks at them on the day anyhow, tells them: once, with a place among the changes."""
    folder = sqlite_database.path("index")
    deliver(register, "b", "2026-01-02", [slice_of(0, "la-9", public("9"))], now=RECORDED)
    indexer.catch_up(register, folder, clock=lambda: dt.datetime(2030, 1, 1, 5, tzinfo=dt.UTC))
    last = register.last_change()
    for day in (2, 3, 5):
        indexer.catch_up(register, folder, clock=lambda d=day: dt.datetime(2030, 1, d, 5, tzinfo=dt.UTC))  # type: ignore[misc]
    told = after(client, last)
    assert sorted((one["key"], one["cause"], one["kind"]) for one in told) == [
        (key, "term", "version") for key in ("la-1", "la-2", "la-9")
    ]
    assert indexer.reached(folder) == register.last_change()


def test_what_was_withheld_stands_in_no_list(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    """A right that has ended would be told as living by the numbers that are left of it."""
    ended = public("7").replace(b'"Registered"', b'"Cancelled"')
    deliver(register, "b", "2026-01-02", [slice_of(0, "la-7", ended)], now=RECORDED)
    indexer.catch_up(register, sqlite_database.path("index"))
    lists = ("/api/v1/search?q=", "/api/v1/records?office=LA", "/feeds/atom?q=", "/search?q=&format=json",
             "/search?q=")  # fmt: skip
    assert all(b"la-7" in client.get(one).content for one in lists)
    withhold(register, sqlite_database.data, Order("la-7", "Order 8/2026", "2026-02-27"), now=LATER)
    indexer.catch_up(register, sqlite_database.path("index"))
    assert [one for one in lists if b"la-7" in client.get(one).content] == []
    assert client.get("/api/v1/search?q=").json()["total"] == 2
    for address in ("/r/la-7", "/r/la-7?format=json", "/api/v1/records/la-7"):
        assert client.get(address).status_code == 451
    assert client.get("/r/7", follow=True).status_code == 451
    deliver(register, "c", "2026-04-01", [slice_of(0, "la-7", public("7"))], now=LATER)
    indexer.catch_up(register, sqlite_database.path("index"))
    assert client.get("/r/la-7").status_code == 200
    assert b"la-7" in client.get("/api/v1/search?q=").content
