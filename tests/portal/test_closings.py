"""What was closed after it had gone out is told as taken away, once and by every door; what never went out stays silent."""

import datetime as dt
import re
from typing import Any

import msgspec
import pytest
from django.test import Client

from ipregister.portal import oai as door
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.switching import tell_switches
from ipregister.store import notices
from ipregister.store.register import Register
from ipregister.store.rows import NewNotice
from ipregister.web.options import Options
from tests.portal.releasing import EVERYTHING, release
from tests.portal.test_changes import public
from tests.store.filings import deliver, slice_of

MARKS, CLOSING, LATER = (dt.datetime(2026, month, 1, 12, tzinfo=dt.UTC) for month in (1, 3, 4))
PATENTS = '[[release]]\noffice = "LA"\nright = "patent"\nchannels = ["page"]\n'
CLOSED = f'{EVERYTHING}\n[[release]]\noffice = "LA"\nright = "trademark"\nchannels = ["page"]\n{PATENTS}'
GIVEN = {"la-1", "la-2", "la-3"}


def patent(key: str) -> Any:
    """A published patent, of a right that its office never released."""
    said = {"right": "patent", "office": "LA", "application_number": "7", "application_date": "2020-01-02",
            "publications": [{"date": "2022-01-02"}], "office_status": "Granted"}  # fmt: skip
    one = slice_of(3, key, msgspec.json.encode(said))
    return type(one)(**{**{name: getattr(one, name) for name in one.__struct_fields__}, "right": "patent"})


@pytest.fixture
def register(sqlite_database: Options) -> Register:
    """Three marks, of which one has two versions, and a patent; the marks were published, then closed. Later a
    term ends, one mark changes, one comes that was never given, and the closed patents get other terms."""
    data = sqlite_database.data
    release(data, f"{EVERYTHING}\n{PATENTS}")
    found = Register(packs=sqlite_database.path("packs"))
    first = [slice_of(n, f"la-{n}", public(f"{n}")) for n in (1, 2, 3)]
    deliver(found, "a", "2026-01-01", [*first, patent("la-77")], now=MARKS)
    deliver(found, "b", "2026-01-02", [slice_of(0, "la-1", public("1", "Refused"))], now=MARKS)
    tell_switches(found, data, MARKS)
    publish(found, data, sqlite_database.path("publications"), "full", processes=1)
    release(data, CLOSED)
    tell_switches(found, data, CLOSING)
    found.tell([NewNotice("la-2", "LA", "trademark", notices.TERM, "2026-04-01")], LATER)
    later = [slice_of(0, "la-1", public("1", "Expired")), slice_of(1, "la-8", public("8"))]
    deliver(found, "c", "2026-04-01", later, now=LATER)
    release(data, f'{CLOSED}licence = "CC-BY-4.0"\n')
    tell_switches(found, data, LATER)
    return found


def headers(client: Client, **asked: str) -> list[tuple[str, str, str]]:
    """Key, datestamp and status of every header of a list, token by token."""
    found, told = [], {"metadataPrefix": "oai_dc", **asked}
    while True:
        text = client.get("/oai", {"verb": "ListIdentifiers", **told}).content.decode()
        for status, key, stamp in re.findall(
            r'<header( status="deleted")?><identifier>oai:[^:]*:([^<]*)</identifier><datestamp>([^<]*)<', text
        ):
            found.append((key, stamp, status.strip()))
        token = re.search("<resumptionToken[^>]*>([^<]+)<", text)
        if token is None:
            return found
        told = {"resumptionToken": token[1]}


@pytest.mark.parametrize("asked", [{}, {"set": "LA"}, {"set": "LA:trademark"}, {"from": "2026-03-01"},
                                   {"from": "2026-03-01", "set": "LA", "until": "2026-03-01"}])  # fmt: skip
def test_a_harvest_tells_what_was_closed_with_the_time_of_the_closing(
    register: Register, client: Client, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [(key, "2026-03-01T12:00:00Z", 'status="deleted"') for key in sorted(GIVEN)]
    assert headers(client, **asked) == expected
    monkeypatch.setattr(door, "PAGE", 2)
    assert headers(client, **asked) == expected


def test_one_record_has_the_same_header(register: Register, client: Client) -> None:
    for key in GIVEN:
        asked = {
            "verb": "GetRecord",
            "metadataPrefix": "oai_dc",
            "identifier": f"oai:ipregister.localhost:{key}",
        }
        text = client.get("/oai", asked).content.decode()
        assert 'status="deleted"' in text
        assert "2026-03-01T12:00:00Z" in text
        assert "<metadata>" not in text


@pytest.mark.parametrize("asked", [{"set": "LA:patent"}, {"from": "2026-03-02"}, {"until": "2026-02-28"}])
def test_what_never_went_out_and_what_came_later_is_silent(
    register: Register, client: Client, asked: dict[str, str]
) -> None:
    assert headers(client, **asked) == []


def test_the_set_of_what_was_closed_is_still_listed(register: Register, client: Client) -> None:
    text = client.get("/oai", {"verb": "ListSets"}).content.decode()
    assert "<setSpec>LA:trademark</setSpec>" in text
    assert "<setSpec>LA:patent</setSpec>" not in text


def test_the_feed_tells_one_withdrawal_of_each_record_and_nothing_more(
    register: Register, client: Client
) -> None:
    told = client.get("/changes?include=record").json()["changes"]
    assert [(one["key"], one["kind"], one["cause"], one["version"]) for one in told] == [
        ("la-1", "withdrawal", "switches", 2), ("la-2", "withdrawal", "switches", 1),
        ("la-3", "withdrawal", "switches", 1)]  # fmt: skip
    assert {one["recordedAt"] for one in told} == {CLOSING.isoformat()}


def test_what_is_opened_again_is_given_again(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    release(sqlite_database.data)
    tell_switches(register, sqlite_database.data, LATER)
    found = headers(client, set="LA:trademark")
    assert {key for key, _stamp, status in found if not status} == {*GIVEN, "la-8"}
