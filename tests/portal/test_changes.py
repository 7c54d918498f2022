"""The change feed, feeds of queries, calendars, and the record's address as XML."""

import datetime as dt
import re
import threading
import time
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from django.test import Client
from icalendar import Calendar
from lxml import etree

from ipregister.intake import indexer
from ipregister.model import canonical
from ipregister.model.offices import office
from ipregister.model.status import add_months
from ipregister.portal import agendas, feeds
from ipregister.portal.changes import ChangesAnswer
from ipregister.portal.publicly import shown
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.installations import Fill
from tests.portal.releasing import EVERYTHING, release
from tests.store.filings import deliver, mark, slice_of

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def public(number: str, status: str = "Registered", **more: str) -> bytes:
    dates = {"application_date": "2020-01-02", "registration_date": "2021-01-02", "expiry_date": "2030-01-02"}
    return mark(number, status, registration_number=number, **(dates | more))


def hidden(index: int, key: str, status: str) -> Any:
    """A patent that was never published."""
    patent = msgspec.json.encode(
        {"right": "patent", "office": "LA", "application_number": "7", "office_status": status}
    )
    one = slice_of(index, key, patent)
    return type(one)(**{**{name: getattr(one, name) for name in one.__struct_fields__}, "right": "patent"})


def _fill(options: Options) -> None:
    """Three marks and a patent that is not public; then one changed, one deleted, the patent changed."""
    release(options.data)
    found = Register(packs=options.path("packs"))
    first = [slice_of(n, f"la-{n}", public(f"{n}")) for n in (1, 2, 3)]
    deliver(found, "a", "2026-01-01", [*first, hidden(3, "la-77", "Filed")], now=NOW)
    second = [
        slice_of(0, "la-1", public("1", "Refused")),
        slice_of(1, "la-2", public("2", "x"), deleted=True),
    ]
    deliver(
        found, "b", "2026-01-02", [*second, hidden(2, "la-77", "Granted")], now=NOW + dt.timedelta(days=1)
    )
    indexer.catch_up(found, options.path("index"))


@pytest.fixture
def register(filled_by: Callable[[Fill], Options]) -> Register:
    return Register(packs=filled_by(_fill).path("packs"))


def ask(client: Client, query: str = "", status: int = 200) -> Any:
    answer = client.get(f"/changes{query}")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_all_released_changes_in_the_order_of_commit(register: Register, client: Client) -> None:
    answer = client.get("/changes")
    told = msgspec.json.decode(answer.content, type=ChangesAnswer)
    assert sorted((c.key, c.version, c.kind) for c in told.changes) == [
        ("la-1", 1, "version"), ("la-1", 2, "version"), ("la-2", 1, "version"), ("la-2", 2, "deletion"),
        ("la-3", 1, "version")]  # fmt: skip
    assert [c.change for c in told.changes] == sorted(c.change for c in told.changes)
    assert told.next == told.last == register.last_change()
    assert b"la-77" not in answer.content
    assert answer["Link"].startswith("<https://spdx.org/licenses/CC0-1.0.html>; rel=license")


def test_page_after_page_is_the_whole(register: Register, client: Client) -> None:
    whole, paged, since = ask(client)["changes"], [], 0
    while True:
        page = ask(client, f"?since={since}&limit=1")
        if not page["changes"]:
            break
        paged += page["changes"]
        since = page["next"]
    assert paged == whole


def test_a_change_comes_with_the_record_where_it_is_asked_for(register: Register, client: Client) -> None:
    for change in ask(client, "?include=record")["changes"]:
        if change["kind"] == "version":
            version = register.get(change["key"], change["version"])
            assert version is not None
            side = shown(site(), version)
            assert side is not None
            assert canonical.encode(side.record) == msgspec.json.encode(change["record"], order="sorted")
        else:
            assert "record" not in change


def test_what_goes_out_no_longer_is_withdrawn(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    body = canonical.decode(public("3"))
    later = canonical.encode(msgspec.structs.replace(body, office_status="Secret"))
    deliver(register, "c", "2026-01-03", [slice_of(0, "la-3", later)], now=NOW)
    facts = office("LA")
    rules = facts.publicity["trademark"]
    assert rules.record == "public" or rules.record.startswith("after")
    release(sqlite_database.data, EVERYTHING.replace("[[release]]", '[[release]]\nright = "patent"'))
    assert ask(client)["changes"] == []


@pytest.mark.parametrize("query", ["?since=-1", "?since=x", "?limit=0", "?limit=1001", "?wait=26", "?sinse=1",
                                   "?include=all", "?since=99999999999999999999"])  # fmt: skip
def test_what_cannot_be_is_refused(register: Register, client: Client, query: str) -> None:
    assert ask(client, query, 400)["status"] == 400


@pytest.mark.parametrize(("moment", "told"), [
    ("version=99", "la-1 has no version 99"),
    ("asOf=2025-01-01", "la-1 did not stand in this register on 2025-01-01"),
])  # fmt: skip
def test_a_key_with_namesakes_and_no_such_version_says_so(
    register: Register, client: Client, moment: str, told: str
) -> None:
    namesake = msgspec.structs.replace(
        slice_of(0, "la-901", public("1")), spellings=(("application", "1"), ("key", "la-901"))
    )
    deliver(register, "c", "2026-01-03", [namesake], now=NOW)
    assert client.get("/api/v1/records/1").status_code == 300
    assert client.get("/api/v1/records/la-1").status_code == 200
    answer = client.get(f"/api/v1/records/la-1?{moment}")
    assert answer.status_code == 404
    assert (answer.json()["code"], answer.json()["detail"]) == ("no-version", told)
    assert "la-1/history" in answer.json()["remedy"]
    hidden_one = client.get(f"/api/v1/records/la-77?{moment}")
    assert (hidden_one.status_code, hidden_one.json()["code"]) == (404, "not-found")


def test_a_number_ahead_of_the_register_is_refused(register: Register, client: Client) -> None:
    last = register.last_change()
    assert ask(client, f"?since={last}")["next"] == last
    told = ask(client, f"?since={last + 1}", 400)
    assert f"last change is {last}" in told["detail"]
    assert ask(client, f"?since={2**63 - 1}&wait=20", 400)["status"] == 400


def test_a_reader_who_waits_is_told_at_once(register: Register, client: Client) -> None:
    last = register.last_change()
    assert ask(client, f"?since={last}&wait=0")["changes"] == []

    def later() -> None:
        time.sleep(0.5)
        deliver(register, "d", "2026-01-04", [slice_of(0, "la-4", public("4"))], now=NOW)

    writer = threading.Thread(target=later)
    begun = time.monotonic()
    writer.start()
    told = ask(client, f"?since={last}&wait=20")
    writer.join()
    assert [change["key"] for change in told["changes"]] == ["la-4"]
    assert time.monotonic() - begun < 15


def entries(client: Client, query: str) -> list[Any]:
    answer = client.get(f"/feeds/atom?{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = etree.fromstring(answer.content)
    for name in ("title", "id", "updated"):
        assert root.findtext(f"a:{name}", namespaces=ATOM)
    return list(root.findall("a:entry", ATOM))


def test_a_feed_tells_what_changed_last(register: Register, client: Client) -> None:
    found = [entry.findtext("a:id", namespaces=ATOM) for entry in entries(client, "q=")]
    assert found == ["http://testserver/r/la-1", "http://testserver/r/la-3"]
    assert [e.findtext("a:id", namespaces=ATOM)[-4:] for e in entries(client, "q=status:refused")] == ["la-1"]
    assert entries(client, "q=nothingatall") == []
    (one,) = entries(client, "q=&status=refused")
    assert one.findtext("a:rights", namespaces=ATOM) == "CC0-1.0. Test region & friends. Law <1>"
    assert one.findtext("a:updated", namespaces=ATOM) == "2026-01-02T12:00:00+00:00"
    assert client.get("/feeds/atom?q=(a").status_code == 400


def test_a_feed_of_rare_hits_behind_many_changes_holds_the_newest(
    register: Register, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = [slice_of(n, f"la-{n + 100}", public(f"{n + 100}")) for n in range(20)]
    deliver(register, "c", "2026-01-03", later, now=NOW + dt.timedelta(days=2))
    indexer.catch_up(register, site().data / "index")
    monkeypatch.setattr(feeds, "BATCH", 2)
    monkeypatch.setattr(feeds, "MOST_LOOKED_AT", 4)
    monkeypatch.setattr(feeds, "PAGE", 3)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries(client, "q=status:refused")]
    assert ids == ["http://testserver/r/la-1"]
    whole = [str(entry.findtext("a:id", namespaces=ATOM))[20:] for entry in entries(client, "q=")]
    assert whole[:20] == [f"la-{n + 100}" for n in range(19, -1, -1)]
    assert whole[20:] == ["la-1", "la-3"]
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 21)
    assert [str(entry.findtext("a:id", namespaces=ATOM))[20:] for entry in entries(client, "q=")] == whole[
        :21
    ]


def test_what_was_withheld_moves_the_time_of_a_feed(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    def updated() -> str:
        answer = client.get("/feeds/atom?q=status:refused").content
        return str(etree.fromstring(answer).findtext("a:updated", namespaces=ATOM))

    assert updated() == "2026-01-02T12:00:00+00:00"
    withhold(register, sqlite_database.data, Order("la-3", "Order 7/2026", "2026-07-01"))
    assert updated() > "2026-01-02T12:00:00+00:00"


def test_a_calendar_holds_the_dates_of_a_record(register: Register, client: Client) -> None:
    answer = client.get("/r/la-1.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    held = {str(e["summary"]).partition(":")[0]: e.decoded("dtstart") for e in events(answer.content)}
    assert held["Filed"] == dt.date(2020, 1, 2)
    assert held["Term of protection ends"] == dt.date(2030, 1, 2)
    assert answer.content == client.get("/r/la-1.ics").content
    assert client.get("/r/la-77.ics").status_code == 404
    assert client.get("/r/la-2.ics").status_code == 410


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_of_a_list_holds_what_lies_ahead(register: Register, client: Client) -> None:
    found = events(client.get("/feeds/calendar?q=").content)
    assert {e.decoded("dtstart") for e in found} == {dt.date(2030, 1, 2), dt.date(2030, 7, 2)}
    assert len({str(e["uid"]) for e in found}) == len(found)


def test_a_calendar_that_is_cut_holds_the_next_dates_and_says_from_when_dates_are_missing(
    register: Register, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys and next dates run against each other; a term that ended is renewed late before the others end."""
    today = site().today()
    ended, soon = (today - dt.timedelta(days=30)).isoformat(), today + dt.timedelta(days=40)
    marks = [slice_of(n, f"la-{n}", public(f"{n}", expiry_date=f"{2060 - n}-01-02")) for n in range(10, 20)]
    late = slice_of(10, "la-50", public("50", expiry_date=ended))
    opposed = slice_of(
        11, "la-51", public("51", expiry_date="", opposition_end=soon.isoformat(), application_date=ended)
    )
    deliver(register, "c", "2026-01-03", [*marks, late, opposed], now=NOW + dt.timedelta(days=2))
    indexer.catch_up(register, site().data / "index")
    monkeypatch.setattr(agendas, "MOST", 4)
    answer = client.get("/feeds/calendar?q=office:LA")
    made = Calendar.from_ical(answer.content)
    days = sorted((e.decoded("dtstart"), str(e["summary"])[:4]) for e in made.walk("VEVENT"))
    until = dt.date.fromisoformat(add_months(ended, 6))
    assert [one for one in days if one[0].year < 2040] == [
        (soon, "Last"), (until, "Last"), (dt.date(2030, 1, 2), "Term"), (dt.date(2030, 1, 2), "Term"),
        (dt.date(2030, 7, 2), "Last")]  # fmt: skip
    assert (dt.date(2041, 1, 2), "From") in days
    for told in (made["x-wr-caldesc"], made["description"]):
        assert "From 2041-01-02 on dates of other records are missing" in str(told)
    following = next(part for part in answer["Link"].split(", <") if "rel=next" in part).partition(">")[0]
    assert following.endswith("/feeds/calendar?q=office%3ALA&from=2041-01-02")
    more = events(client.get(following.removeprefix("http://testserver")).content)
    assert {"2041-01-02", "2042-01-02"} <= {e.decoded("dtstart").isoformat() for e in more}
    assert min(e.decoded("dtstart") for e in more) == dt.date(2041, 1, 2)


def test_a_calendar_of_a_list_that_fits_says_nothing_of_missing_dates(
    register: Register, client: Client
) -> None:
    answer = client.get("/feeds/calendar?q=")
    assert b"missing" not in answer.content
    assert "rel=next" not in answer["Link"]


@pytest.mark.parametrize(
    "more", ["y=1", "sort=filed", "from=x", "from=2600-01-01", "from=2026-02-30", "q=2&x"]
)
def test_a_feed_refuses_what_it_does_not_know(register: Register, client: Client, more: str) -> None:
    for path in ("atom", "calendar"):
        answer = client.get(f"/feeds/{path}?q=1&{more}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["remedy"]
    assert client.get("/feeds/calendar?q=1&office=LA&from=2030-01-01").status_code == 200
    page = client.get("/search?q=1&sort=filed").content.decode()
    for path in re.findall(r"/feeds/[^\"]+", page):
        assert client.get(unescape(path)).status_code == 200


def test_the_address_of_a_record_gives_three_forms(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    def kind(accept: str) -> str:
        answer = client.get("/r/la-1", headers={"accept": accept})
        return str(answer["Content-Type"]).partition(";")[0]

    assert kind("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8") == "text/html"
    assert kind("*/*") == "text/html"
    assert kind("application/json") == "application/json"
    assert kind("application/xml") == "application/xml"
    answer = client.get("/r/la-1?format=st96")
    assert etree.QName(etree.fromstring(answer.content)).localname == "TrademarkApplication"
    assert "license" in answer["Link"]
    release(sqlite_database.data, '[[release]]\nchannels = ["page"]\n')
    assert client.get("/r/la-1?format=st96").status_code == 404
    assert client.get("/r/la-1").status_code == 200
    for path in ("/r/la-1.ics", f"/feeds/atom?q={quote('1')}", "/feeds/calendar?q="):
        assert client.get(path).status_code == 404
    assert ask(client)["changes"] == []


def test_a_form_that_there_is_not_and_a_form_that_is_refused(register: Register, client: Client) -> None:
    answer = client.get("/r/la-1?format=foo")
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")
    assert answer.json()["arguments"] == {"formats": "page, json, st96"}
    for form in ("", "page"):
        assert client.get(f"/r/la-1?format={form}")["Content-Type"].startswith("text/html")
    for accept, kind in (
        ("text/html;q=0, */*", "application/json"),
        ("text/html;q=0, application/json;q=0, */*", "application/xml"),
        ("*/*", "text/html"),
    ):
        assert client.get("/r/la-1", headers={"accept": accept})["Content-Type"].startswith(kind)


@pytest.mark.parametrize(("accept", "status"), [
    ("text/csv", 406), ("image/png, application/pdf;q=0.5", 406), ("text/html;q=0", 406), ("", 200), ("*/*", 200),
    ("text/csv, */*;q=0.1", 200), ("text/*", 200), ("application/*", 200), ("application/xhtml+xml", 200)])  # fmt: skip
def test_a_header_that_cannot_be_met_is_refused(
    register: Register, client: Client, accept: str, status: int
) -> None:
    answer = client.get("/r/la-1", headers={"accept": accept})
    assert answer.status_code == status
    assert "Accept" in answer["Vary"]
    if status == 406:
        assert answer.json()["code"] == "unknown-format"
        assert client.get("/r/la-1?format=json", headers={"accept": accept}).status_code == 200


def test_content_that_was_withheld_is_told_as_withdrawn_by_every_door(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    withhold(register, sqlite_database.data, Order("la-3", "Order 7/2026", "2026-07-01"))
    lines = [one for one in ask(client, "?include=record")["changes"] if one["key"] == "la-3"]
    assert [(line["kind"], "record" in line) for line in lines] == [("withdrawal", False)] * 2
    answer = client.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:ipregister.localhost:la-3")
    assert b'<header status="deleted">' in answer.content
    assert b"<metadata>" not in answer.content
    for path in ("/api/v1/records/la-3", "/r/la-3.ics", "/r/la-3"):
        assert client.get(path).status_code == 451
    for path in ("/api/v1/records/la-3", "/r/la-3.ics"):
        assert client.get(path).json()["code"] == "withheld"
    assert client.get("/r/la-2.ics").json()["code"] == "deleted"


def test_pages_name_the_terms_and_lead_to_the_other_forms(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    page = client.get("/r/la-1").content.decode()
    for told in (
        "CC0-1.0",
        "Test region &amp; friends",
        "Law &lt;1&gt;",
        "/r/la-1.ics",
        "/r/la-1?format=st96",
    ):
        assert told in page
    assert client.get("/r/la-1?format=json").json()["notice"]["licence"] == "CC0-1.0"
    assert "/feeds/atom?q=status%3Arefused" in client.get("/search?q=status:refused").content.decode()
    moved = client.get("/search?q=status:refused&format=atom", follow=True)
    assert moved["Content-Type"].startswith("application/atom+xml")
    release(sqlite_database.data, '[[release]]\nchannels = ["page"]\n')
    page = client.get("/r/la-1").content.decode()
    assert "/r/la-1.ics" not in page
    assert "/feeds/atom" not in client.get("/search?q=status:refused").content.decode()
