"""What an office hides is found by no machine door: two registers that differ in hidden values alone answer the same.

Each question is asked of both, with the value that one of them has and with that of the other. Where nothing is
hidden, the answers differ: so each question could tell.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import NamedTuple
from urllib.parse import quote

import pytest
from django.test import Client
from msgspec.structs import replace

from ipregister.intake import indexer, names
from ipregister.model import canonical
from ipregister.model.event import Event
from ipregister.model.mark import Goods, Mark, Trademark
from ipregister.model.party import Party
from ipregister.model.right import Publication
from ipregister.model.text import Text
from ipregister.portal import agendas
from ipregister.portal.exports import making
from ipregister.portal.exports.asking import Export, Request, ask
from ipregister.portal.given_site import KINDS
from ipregister.search.closing import READ_FROM
from ipregister.search.similarity.shelf.entry import NAME_KINDS
from ipregister.search.similarity.trained import encoder
from ipregister.store.register import Register
from ipregister.watch import matching
from ipregister.watch.keeping import add_watch
from ipregister.watch.kinds import Kind, Wanted
from ipregister.watch.models import Match
from ipregister.web.options import Options
from ipregister.web.telling import Teller
from ipregister.web.urls import site
from tests.installations import HOSTS, point
from tests.portal.releasing import EVERYTHING, release
from tests.store.filings import deliver, slice_of

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
HIDDEN = (
    "applicants", "holders/*/names", "holders/*/country", "mark/verbal", "application_date", "application_number",
    "goods", "events", "office_status", "expiry_date",
)  # fmt: skip
CLOSED = f"""
[[release]]
office = "LA"
channels = ["page", "api", "bulk", "images"]
hidden = [{", ".join(f'"{path}"' for path in HIDDEN)}]
{EVERYTHING.replace("[[release]]", "[[release]]" + chr(10) + 'office = "TH"')}
"""


class Told(NamedTuple):
    """What a mark has in fields that will be hidden."""

    verbal: str
    holder: str
    number: str
    filed: str
    goods: str
    class_number: int
    country: str
    status: str


ONE = Told("QUORBLIX", "Vastermoon", "770101", "2001-04-05", "zithers", 15, "JP", "Registered")
OTHER = Told("FENNDRAVE", "Kolberquist", "880202", "2009-08-07", "lanterns", 11, "BR", "Filed")
SECOND = (
    Told("ARVELON", "Dunmarrow", "990303", "2005-01-01", "anvils", 8, "CH", "Registered"),
    Told("ZIPPERWOLD", "Tessaloom", "660404", "2002-02-02", "umbrellas", 18, "SE", "Withdrawn"),
)


def mark(told: Told, office: str = "LA") -> bytes:
    party = Party(names=(Text(f"{told.holder} Trading"),), country=told.country)
    return canonical.encode(Trademark(
        office=office, application_number=told.number, application_date=told.filed, office_status=told.status,
        expiry_date=f"{int(told.filed[:4]) + 40}{told.filed[4:]}",
        mark=Mark(verbal=(Text(told.verbal),)),
        goods=(Goods(class_number=told.class_number, texts=(Text(told.goods),)),),
        publications=(Publication(date="2010-01-01"),), opposition_end="2090-01-01", applicants=(party,), holders=(party,),
        representatives=(Party(names=(Text("Same Agent"),)),),
        events=(Event(kind="registered" if told is ONE else "opposed", date="2010-02-03"),),
    ))  # fmt: skip


def fill(options: Options, first: Told, second: Told) -> None:
    """Two marks of Laos, and one of Thailand with other words; with both indexes."""
    register = Register(packs=options.path("packs"))
    lao = [slice_of(n, f"la-{n}", mark(told)) for n, told in enumerate((first, second), 1)]
    lao = [replace(one, spellings=(("application", told.number), ("key", one.key)))
           for one, told in zip(lao, (first, second), strict=True)]  # fmt: skip
    deliver(register, "a", "2026-01-01", lao, now=NOW)
    thai = Told("MIDDLEWAY", "Orrin", "5", "2005-01-01", "chairs", 20, "TH", "Registered")
    deliver(register, "b", "2026-01-01", [replace(slice_of(0, "th-1", mark(thai, "TH")), office="TH")],
            office="TH", now=NOW)  # fmt: skip
    indexer.catch_up(register, options.path("index"))
    names.catch_up(register, options.path("names"), encoder())


@pytest.fixture(scope="module")
def worlds(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Options, Options]:
    """Two installations that differ in what the two marks of Laos have in hidden fields."""
    made = []
    for first, second in zip((ONE, OTHER), SECOND, strict=True):
        folder = tmp_path_factory.mktemp("world") / "data"
        copytree(sqlite_template, folder)
        made.append(Options(data=folder, allowed_hosts=HOSTS, anonymous_per_minute=0))
        point(made[-1])
        fill(made[-1], first, second)
    return made[0], made[1]


def each(worlds: tuple[Options, Options], switches: str) -> Iterator[Options]:
    for options in worlds:
        point(options)
        release(options.data, switches)
        yield options


QUERIES = (
    "mark:{verbal}", "mark:{verbal:.3}*", "mark:/{verbal:.4}.*/", 'mark:"{verbal}"', "{verbal}", "{verbal:.5}*",
    '"{holder} trading"', "holder:{holder}", "holder:{holder:.2}*", "applicant:{holder:.2}*", "owner:{holder}",
    'holder:"{holder} trading"~3', "NOT holder:{holder}", "office:LA NOT {holder}", "text:{holder}",
    "goods:{goods}", "goods/{class_number}:{goods}", "class:{class_number}", "number:{number}", "{number}", "number:{number:.3}*",
    "filed:{filed}", "filed:[{filed} TO {filed}]", "year:{filed:.4}", "country:{country}", "status:{status}",
    "office_status:{status}", "expires:[2041 TO 2042]", "expires:[2049 TO 2050]", "event:registered", "event:opposed",
)  # fmt: skip
FILTERS = (
    "class={class_number}",
    "country={country}",
    "year={filed:.4}",
    "status=filed",
    "status=registered",
)
DOORS = (
    "/api/v1/search?{q}&include=record", "/api/v1/search?{q}&limit=1", "/search?{q}&format=json", "/feeds/atom?{q}",
    "/feeds/calendar?{q}",
)  # fmt: skip
ORDERS = [
    f"q=&sort={sign}{name}"
    for name in ("filed", "registered", "expires", "mark", "number")
    for sign in ("-", "%2B")
]
OWN = (
    "/api/v1/parties?name={holder}", "/api/v1/records/{number}", "/r/{number}?format=json", "/api/v1/records/la-1",
    "/api/v1/records?office=LA", "/api/v1/records/la-1/history", "/changes?since=0&include=record",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=LA", "/r/la-1?format=json", "/r/la-1.ics", "/api/v1/coverage",
    "/similar?name={verbal}&format=json", "/similar?name={verbal}&format=jsonl&limit=1",
    "/similar?name={holder}&party=1&format=json", "/similar?name={verbal}&class={class_number}&format=json",
    "/similar?name={holder}+Trading&format=json", "/goods?words={goods}&format=json",
)  # fmt: skip


def addresses() -> list[str]:
    asked = (
        [f"q={quote(query, safe='{}:.')}" for query in QUERIES]
        + [f"q=&{one}" for one in FILTERS]
        + ORDERS
        + ["q="]
    )
    lists = [door.replace("{q}", one) for door in DOORS for one in asked
             if not (door.startswith("/feeds") and one in ORDERS)]  # fmt: skip
    return lists + list(OWN)


def answer(client: Client, address: str) -> tuple[int, bytes, str]:
    """Status, body and tag; a list that is cut is read on to its end."""
    told = client.get(address, headers={"accept": "application/json"} if "format=json" in address else {})
    body = re.sub(b"<responseDate>[^<]*", b"", told.content)
    if (
        address.startswith("/api/")
        and "limit=1" in address
        and told.status_code == 200
        and (after := told.json().get("next"))
    ):
        body += answer(client, f"{address.partition('&after=')[0]}&after={quote(after)}")[1]
    return told.status_code, body, told.headers.get("ETag", "")


def told(worlds: tuple[Options, Options], switches: str, asked: Callable[[], object]) -> list[object]:
    """What each register answers."""
    return [asked() for _ in each(worlds, switches)]


def test_no_address_tells_a_hidden_value(worlds: tuple[Options, Options], client: Client) -> None:
    every = [address.format(**guess._asdict()) for guess in (ONE, OTHER) for address in addresses()]
    one, other = told(worlds, CLOSED, lambda: {address: answer(client, address) for address in every})
    assert isinstance(one, dict)
    assert isinstance(other, dict)
    assert [address for address in every if one[address] != other[address]] == []
    assert {one[address][0] for address in every} == {200, 404}
    silent = [address for address in every if ONE.verbal not in address]
    assert [address for address in silent if ONE.verbal.encode() in one[address][1]] == []


def test_a_calendar_that_is_cut_tells_no_hidden_day(
    worlds: tuple[Options, Options], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agendas, "MOST", 1)
    one, other = told(worlds, CLOSED, lambda: answer(client, "/feeds/calendar?q="))
    assert one == other
    one, other = told(worlds, EVERYTHING, lambda: answer(client, "/feeds/calendar?q="))
    assert one != other


def test_every_address_could_tell(worlds: tuple[Options, Options], client: Client) -> None:
    """Where nothing is hidden the two registers answer otherwise."""
    guesses = [guess._asdict() for guess in (ONE, OTHER)]
    one, other = told(
        worlds, EVERYTHING, lambda: [[answer(client, a.format(**g))[1] for g in guesses] for a in addresses()]
    )
    assert isinstance(one, list)
    assert isinstance(other, list)
    same = {address for address, a, b in zip(addresses(), one, other, strict=True) if a == b}
    assert same <= SAME


SAME = {"/api/v1/coverage", "/api/v1/records/la-1/history"}
"""Counts by office and right, and what changed from version to version, are the same in both."""


def test_what_is_shown_is_found(worlds: tuple[Options, Options], client: Client) -> None:
    """Fields that are not hidden, and records of offices that hide nothing, are found as before."""
    point(worlds[0])
    release(worlds[0].data, CLOSED)
    for query, keys in (("representative:agent", {"la-1", "la-2", "th-1"}), ("holder:Orrin", {"th-1"}),
                        ("NOT holder:Orrin", {"la-1", "la-2"}), ("number:la-1", {"la-1"}), ("la-2", {"la-2"}),
                        ("class:20", {"th-1"}), ("published:2010", {"la-1", "la-2", "th-1"})):  # fmt: skip
        hits = client.get(f"/api/v1/search?q={quote(query)}").json()["hits"]
        assert {hit["key"] for hit in hits} == keys, query
    found = client.get("/api/v1/search?q=").json()
    assert found["total"] == 3
    assert found["facets"]["class"] == [{"value": "20", "count": 1}]
    assert found["facets"]["office"] == [{"value": "LA", "count": 2}, {"value": "TH", "count": 1}]
    page = client.get("/search?q=holder:Vastermoon")
    assert page.context["result"].total == 1
    assert b"Vastermoon" in page.content


def test_a_checked_name_tells_a_program_nothing(worlds: tuple[Options, Options], client: Client) -> None:
    def asked() -> object:
        return [client.post("/check", {"name": name}, headers={"accept": "application/json"}).json()
                for name in (ONE.verbal, OTHER.verbal, f"{ONE.holder} Trading")]  # fmt: skip

    one, other = told(worlds, CLOSED, asked)
    assert one == other
    one, other = told(worlds, EVERYTHING, asked)
    assert one != other


@pytest.mark.parametrize("query", ["holder:Vastermoon", "QUORB*", "filed:2001"])
def test_a_file_of_hits_holds_none_of_hidden_values(worlds: tuple[Options, Options], query: str) -> None:
    def made() -> object:
        request = Request(line=query, filters={}, form="csv", lang="en", owner="x")
        export = ask(site().data, request)
        making.make(site(), export.number)
        now = Export(site().data, export.number).progress()
        return now.state, now.total, now.rows, now.left_out, export.file.read_bytes()

    one, other = told(worlds, CLOSED, made)
    assert one == other
    one, other = told(worlds, EVERYTHING, made)
    assert one != other


@pytest.mark.parametrize(
    ("kind", "text"),
    [("query", "holder:Vastermoon"), ("query", "QUORB*"), ("numbers", "770101\n"), ("party", "Vastermoon Trading"),
     ("name", "QUORBLIX")],
)  # fmt: skip
def test_a_watch_is_told_of_no_hidden_value(worlds: tuple[Options, Options], kind: Kind, text: str) -> None:
    def matched() -> object:
        teller = Teller(options_now())
        watch = add_watch("me", "w", Wanted(kind, text), 0, NOW)
        matching.match_all(teller.ground(), teller.source, 10)
        return sorted(Match.objects.filter(watch=watch).values_list("key", flat=True))

    assert told(worlds, CLOSED, matched) == [[], []]
    assert told(worlds, EVERYTHING, matched) == [["la-1"], []]


def options_now() -> Options:
    """The installation that this process works on."""
    from django.conf import settings

    found: Options = settings.OPTIONS
    return found


def test_every_kind_of_name_has_the_fields_that_close_it() -> None:
    assert KINDS.keys() == set(NAME_KINDS)
    assert {field for fields in KINDS.values() for field in fields} <= READ_FROM.keys()
