"""What a day opens, and what other switches close, is told by every machine door to those who ask for what is new."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.test import Client

from ipregister.intake import indexer
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.switching import tell_switches
from ipregister.store.register import Register
from ipregister.watch import matching
from ipregister.watch.keeping import add_watch
from ipregister.watch.kinds import Wanted
from ipregister.watch.models import Match
from ipregister.web.options import Options
from ipregister.web.telling import Teller
from ipregister.web.urls import site
from tests.portal.releasing import EVERYTHING, release
from tests.portal.test_changes import public
from tests.store.filings import deliver, slice_of

BEFORE = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
OPENS = "2026-03-01"
CLOSED = EVERYTHING + '\n[[release]]\noffice = "LA"\nright = "trademark"\nchannels = ["page"]\n'


def embargoed(key: str) -> Any:
    """A patent whose publication is set for a day to come."""
    patent = {"right": "patent", "office": "LA", "application_number": "7", "application_date": "2025-01-02",
              "office_status": "Filed", "titles": [{"text": "Heron press"}], "publications": [{"date": OPENS}]}  # fmt: skip
    one = slice_of(1, key, msgspec.json.encode(patent))
    return type(one)(**{**{name: getattr(one, name) for name in one.__struct_fields__}, "right": "patent"})


@pytest.fixture
def at(sqlite_database: Options, monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], int]:
    """A register with a mark and an embargoed patent, and a function that sets the clock and lets the worker follow; it
    gives the last change number."""
    release(sqlite_database.data)
    register = Register(packs=sqlite_database.path("packs"))
    deliver(register, "a", "2026-01-01", [slice_of(0, "la-1", public("1")), embargoed("la-7")], now=BEFORE)
    tell_switches(register, sqlite_database.data, BEFORE)

    def set_to(now: dt.datetime) -> int:
        monkeypatch.setattr(site(), "clock", lambda: now)
        indexer.catch_up(register, sqlite_database.path("index"), clock=lambda: now)
        return register.last_change()

    set_to(BEFORE)
    return set_to


def keys_of(client: Client, since: int) -> list[str]:
    return [one["key"] for one in client.get(f"/changes?since={since}").json()["changes"]]


def harvested(client: Client, since: str) -> str:
    return client.get(f"/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&from={since}").content.decode()


def test_a_record_that_a_day_opens_is_told_by_every_door(
    sqlite_database: Options, at: Callable[[dt.datetime], int], client: Client
) -> None:
    last = at(BEFORE)
    assert "la-7" not in keys_of(client, 0)
    assert client.get("/api/v1/records/la-7").status_code == 404
    assert "la-7" not in harvested(client, "2026-01-01")
    at(AFTER)
    told = client.get(f"/changes?since={last}&include=record").json()["changes"]
    assert [(one["key"], one["kind"], one["cause"], one["day"]) for one in told] == [
        ("la-7", "version", "calendar", OPENS)
    ]
    assert told[0]["record"]["application_number"] == "7"
    assert client.get("/api/v1/records/la-7").status_code == 200
    text = harvested(client, "2026-03-02")
    assert "la-7" in text
    assert "la-1<" not in text
    feed = client.get("/feeds/atom?q=").content.decode()
    first = feed.partition("<entry>")[2].partition("</entry>")[0]
    assert "/r/la-7" in first
    assert "<updated>2026-03-02" in first


def test_a_watch_is_told_of_what_a_day_opens(
    sqlite_database: Options, at: Callable[[dt.datetime], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = at(BEFORE)
    watch = add_watch("me", "patents", Wanted("query", "office:LA"), last, BEFORE)
    now = at(AFTER)
    teller = Teller(sqlite_database)
    monkeypatch.setattr(teller._site, "clock", lambda: AFTER)
    assert matching.match_all(teller.ground(), teller.source, now) == 1
    (match,) = Match.objects.filter(watch=watch)
    assert (match.key, match.told["cause"]) == ("la-7", "calendar")


def test_what_other_switches_close_is_withdrawn_and_told_again_when_opened(
    sqlite_database: Options, at: Callable[[dt.datetime], int], client: Client
) -> None:
    register = Register(packs=sqlite_database.path("packs"))
    publish(register, sqlite_database.data, sqlite_database.path("publications"), "full", processes=1)
    last = at(BEFORE)
    release(sqlite_database.data, CLOSED)
    tell_switches(register, sqlite_database.data, BEFORE)
    told = client.get(f"/changes?since={last}").json()["changes"]
    assert [(one["key"], one["kind"], one["cause"]) for one in told] == [("la-1", "withdrawal", "switches")]
    text = client.get(
        "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:ipregister.localhost:la-1"
    ).content.decode()
    assert 'status="deleted"' in text or "idDoesNotExist" in text
    last = register.last_change()
    release(sqlite_database.data)
    tell_switches(register, sqlite_database.data, AFTER)
    told = client.get(f"/changes?since={last}").json()["changes"]
    assert [(one["key"], one["kind"]) for one in told] == [("la-1", "version")]
