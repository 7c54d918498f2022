"""Doors of machines are called at once, without what pages need, and keep nothing that does not go out any more."""

from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from ipregister.intake import indexer
from ipregister.portal import feeds
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.portal.releasing import release
from tests.portal.test_changes import ATOM, NOW, entries, public
from tests.store.filings import deliver, slice_of

TWO_OFFICES = """
[[release]]
office = "LA"
channels = ["page", "api"]
licence = "ODbL-1.0"
attribution = "DIP Laos"

[[release]]
office = "TH"
channels = ["page", "api"]
attribution = "DIP Thailand"
"""
DOORS = ("/api/v1/records/la-1", "/api/v1/search?q=", "/api/v1/nothing", "/changes", "/feeds/atom?q=", "/r/la-1.ics",
         "/oai?verb=Identify")  # fmt: skip


@pytest.fixture
def register(sqlite_database: Options) -> Register:
    """Marks of two offices, released on terms of their own."""
    release(sqlite_database.data, TWO_OFFICES)
    found = Register(packs=sqlite_database.path("packs"))
    deliver(found, "a", "2026-01-01", [slice_of(n, f"la-{n}", public(f"{n}")) for n in (1, 2, 3)], now=NOW)
    thai = replace(slice_of(0, "th-1", public("1").replace(b'"LA"', b'"TH"')), office="TH")
    deliver(found, "b", "2026-01-01", [thai], office="TH", now=NOW)
    indexer.catch_up(found, sqlite_database.path("index"))
    return found


@pytest.mark.parametrize("address", DOORS)
def test_a_door_speaks_english_to_all_and_knows_nobody(
    register: Register, client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: Any) -> None:
        raise AssertionError("a door looked at a session")

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", asked)
    client.cookies["sessionid"] = client.cookies["language"] = "lo"
    answer = client.get(address, headers={"accept-language": "lo"})
    assert answer["Content-Language"] == "en"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Length"] == str(len(answer.content))
    assert "Cookie" not in answer["Vary"]
    assert client.get(address, headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("address", ["/api/v1/", "/r/la-1", "/"])
def test_a_page_keeps_what_it_needs(register: Register, client: Client, address: str) -> None:
    answer = client.get(address, headers={"accept-language": "lo"})
    assert answer["Content-Language"] == "lo"
    assert "Cookie" in answer["Vary"]


def found(client: Client) -> set[str]:
    hits = client.get("/api/v1/search?q=&facets=office").json()
    assert sum(one["count"] for one in hits["facets"]["office"]) == hits["total"]
    return {hit["key"] for hit in hits["hits"]}


def test_what_is_withheld_or_closed_is_in_no_answer_from_then_on(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    for _twice in range(2):
        assert found(client) == {"la-1", "la-2", "la-3", "th-1"}
        assert client.get("/api/v1/records/la-3").status_code == 200
    withhold(register, sqlite_database.data, Order("la-3", "Order 7/2026", "2026-07-01"))
    assert client.get("/api/v1/records/la-3").status_code == 451
    told = {hit["key"]: hit for hit in client.get("/api/v1/search?q=").json()["hits"]}
    assert told["la-1"]["date"] == "2020-01-02"
    assert "la-3" not in told
    release(
        sqlite_database.data,
        TWO_OFFICES.replace('office = "TH"\nchannels = ["page", "api"]', 'office = "TH"'),
    )
    assert found(client) == {"la-1", "la-2"}
    assert client.get("/api/v1/records/th-1").status_code == 404


def test_an_answer_carries_the_terms_of_its_own_office(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    for address in ("/r/la-1/evidence?pointer=/office&format=json", "/office/LA?format=json",
                    "/office/LA/completeness?format=csv", "/r/la-1/copy?format=json"):  # fmt: skip
        answer = client.get(address)
        if answer.status_code == 200:
            assert answer["Attribution"] == "DIP Laos", address
            assert answer["Link"].count("rel=license") == 1
    every = client.get("/health")["Attribution"]
    assert "DIP Laos" in every
    assert "DIP Thailand" in every


def test_a_feed_of_very_many_hits_holds_those_that_changed_last(
    register: Register, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "BATCH", 1)
    monkeypatch.setattr(feeds, "MOST_LOOKED_AT", 1)
    monkeypatch.setattr(feeds, "MOST_WALKED", 2)
    for query in ("q=office:LA", "q=&office=LA"):
        ids = [str(entry.findtext("a:id", namespaces=ATOM))[20:] for entry in entries(client, query)]
        assert ids == ["la-3", "la-2", "la-1"]
    monkeypatch.setattr(feeds, "MOST_OF_OFFICES", 2)
    ids = [str(entry.findtext("a:id", namespaces=ATOM))[20:] for entry in entries(client, "q=office:LA")]
    assert ids == ["la-3", "la-2"]


def test_linked_records_are_told_where_they_go_out(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    later = [
        replace(slice_of(n, f"la-{n + 10}", public(f"{n + 10}", international_number="900123")),
                spellings=(("international", "900123"),))
        for n in range(2)
    ]  # fmt: skip
    deliver(register, "c", "2026-01-02", later, now=NOW)
    assert client.get("/api/v1/records/la-10").json()["linked"] == ["la-11"]


def test_addresses_that_need_quoting_are_whole(register: Register, client: Client) -> None:
    moved = client.get("/api/v1/search?q=caf%C3%A9+OR+1&limit=1").json()["nextPage"]
    assert moved is None or moved.startswith("http://testserver/api/v1/search?q=caf%C3%A9")
    answer = client.get("/api/v1/records/la-1")
    assert answer["Content-Location"] == "http://testserver/api/v1/records/la-1"
