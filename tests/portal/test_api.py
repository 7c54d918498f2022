"""The API: what it gives, what it keeps, how it refuses."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.test import Client

from ipregister.intake import indexer
from ipregister.model import canonical
from ipregister.portal.api import answers
from ipregister.portal.api.service import ANSWERS, openapi
from ipregister.portal.problems import Problem
from ipregister.search.fields import FACETS
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import Fill
from tests.portal.releasing import EVERYTHING, release
from tests.portal.test_canaries import CANARIES, KEY, planted
from tests.store.filings import deliver, slice_of

CAMEL, KEBAB = re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*"), re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OF_RECORDS = {"EventTold", "PersonTold"}
"""Answers that are cut out of canonical records, and spelt as these are."""
OWN_WORDS = {kind.__name__ for kind in ANSWERS} - OF_RECORDS | {"ChangesAnswer", "ChangeLine", "Problem"}
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
PAGE_ONLY = '[[release]]\nchannels = ["page"]\n'
NO_ADDRESS = '[[release]]\nchannels = ["page", "api"]\nlicence = "CC-BY-4.0"\nhidden = ["representatives"]\n'


def _fill(options: Options) -> None:
    release(options.data)
    register = Register(packs=options.path("packs"))
    for day, status in (("2024-01-01", "Filed"), ("2024-02-01", "Registered")):
        deliver(register, day, day, [slice_of(0, KEY, planted(status))], now=NOW)
    indexer.catch_up(register, options.path("index"))


@pytest.fixture
def one(filled_by: Callable[[Fill], Options]) -> Options:
    """One mark in two versions, with restricted values planted in it."""
    return filled_by(_fill)


def get(client: Client, path: str, status: int = 200, **headers: str) -> Any:
    response = client.get(f"/api/v1{path}", headers=headers)
    assert response.status_code == status, response.content[:500]
    return response


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/records?limit=50", answers.RecordsAnswer),
        ("/records?office=LA&right=trademark", answers.RecordsAnswer),
        ("/search?q=&include=record&limit=100", answers.SearchAnswer),
        ("/search?q=tea&facets=office&facets=status", answers.SearchAnswer),
        ("/parties?name=co", answers.PartiesAnswer),
        ("/offices", answers.OfficesAnswer),
        ("/offices/la", answers.OfficeTold),
        ("/coverage", answers.CoverageAnswer),
        ("/code-lists", answers.CodeListsAnswer),
        ("/code-lists/states", answers.CodeListAnswer),
    ],
)
def test_every_answer_is_of_its_type(released: Options, client: Client, path: str, kind: type) -> None:
    msgspec.json.decode(get(client, path).content, type=kind)


@pytest.mark.slow
def test_all_records_are_read_page_by_page_and_each_by_itself(released: Options, client: Client) -> None:
    found, after = [], ""
    while True:
        page = get(client, f"/records?limit=70&after={after}").json()
        found += page["records"]
        if page["next"] is None:
            break
        after = page["next"]
    keys = [line["key"] for line in found]
    register = Register(packs=released.path("packs"))
    assert keys == sorted(key for key in register.keys(limit=9999) if not register.require(key).deleted)
    for line in found[::40]:
        alone = get(client, f"/records/{line['key']}").json()
        assert alone["record"] == line["record"]
        assert alone["state"]["state"] == line["state"]["state"]


def test_the_record_is_the_canonical_bytes(one: Options, client: Client) -> None:
    response = get(client, f"/records/{KEY}")
    answer = msgspec.json.decode(response.content, type=answers.RecordAnswer)
    body = canonical.encode(answer.record)
    assert body in response.content
    assert body in get(client, "/records").content
    assert body in get(client, "/search?q=riverbird&include=record").content


@pytest.mark.parametrize("spelling", ["99001", "LA/99001", "LA-99001", "la-99001"])
def test_a_record_is_found_by_any_spelling(one: Options, client: Client, spelling: str) -> None:
    response = get(client, f"/records/{spelling}")
    assert response.json()["key"] == KEY
    assert response["Content-Location"] == f"http://testserver/api/v1/records/{KEY}"


def test_a_number_of_several_records_gives_them_all(released: Options, client: Client) -> None:
    register = Register(packs=released.path("packs"))
    number = next(
        match.form for key in register.keys(office="WO") for match in register.resolve(key.partition("-")[2])
        if len({m.key for m in register.resolve(match.form)}) > 1
    )  # fmt: skip
    answer = get(client, f"/records/{number}", 300)
    told = msgspec.json.decode(answer.content, type=answers.MatchesAnswer)
    assert len(told.matches) > 1


def test_history_and_past_states(one: Options, client: Client) -> None:
    versions = get(client, f"/records/{KEY}/history").json()["versions"]
    assert [version["number"] for version in versions] == [1, 2]
    assert {"pointer": "/office_status", "before": "Filed", "after": "Registered"} in versions[1]["changes"]
    past = get(client, f"/records/{KEY}?asOf=2024-01-15").json()
    assert (past["version"], past["current"], past["record"]["office_status"]) == (1, False, "Filed")
    assert get(client, f"/records/{KEY}?version=1").json()["record"]["office_status"] == "Filed"
    get(client, f"/records/{KEY}?asOf=2023-12-31", 404)
    get(client, f"/records/{KEY}?known=2025-12-31", 404)
    assert get(client, f"/records/{KEY}?version=9", 404)["Content-Type"] == "application/problem+json"


def test_events_and_parties_of_a_record(released: Options, client: Client) -> None:
    key = get(client, "/search?q=&office=LA&limit=1").json()["hits"][0]["key"]
    record = get(client, f"/records/{key}").json()["record"]
    events = get(client, f"/records/{key}/events").json()
    assert [e.get("code") for e in events["events"]] == [e.get("code") for e in record.get("events", [])]
    parties = get(client, f"/records/{key}/parties").json()["parties"]
    assert {p["capacity"] for p in parties} == {
        name for name in ("applicants", "holders", "representatives", "correspondents") if record.get(name)
    }


def test_nothing_restricted_goes_out(one: Options, client: Client) -> None:
    paths = [f"/records/{KEY}", f"/records/{KEY}/history", f"/records/{KEY}/events", f"/records/{KEY}/parties",
             "/records", "/search?q=&include=record", "/parties?name=somchay", f"/records/{KEY}?version=1"]  # fmt: skip
    for path in paths:
        text = get(client, path).content.decode()
        assert [canary for canary in CANARIES if canary in text] == [], path
    others = ["/oai?verb=ListRecords&metadataPrefix=oai_dc", "/oai?verb=ListRecords&metadataPrefix=st96",
              "/changes?include=record", "/feeds/atom?q=", "/feeds/calendar?q=", f"/r/{KEY}.ics",
              f"/r/{KEY}?format=st96"]  # fmt: skip
    for path in others:
        answer = client.get(path)
        assert answer.status_code == 200
        assert [canary for canary in CANARIES if canary.encode() in answer.content] == [], path
        assert b"99001" in answer.content or "calendar" in path, path


def test_only_what_is_released_goes_out(one: Options, client: Client) -> None:
    release(one.data, NO_ADDRESS)
    answer = get(client, f"/records/{KEY}")
    assert "representatives" not in answer.json()["record"]
    assert "applicants" in answer.json()["record"]
    assert answer["Link"] == "<https://spdx.org/licenses/CC-BY-4.0.html>; rel=license"
    assert answer.json()["terms"]["licence"] == "CC-BY-4.0"
    assert answer.json()["images"] == []
    for text in (PAGE_ONLY, EVERYTHING.replace("[[release]]", '[[release]]\nright = "patent"')):
        release(one.data, text)
        for path in (
            f"/records/{KEY}",
            f"/records/{KEY}/history",
            f"/records/{KEY}/events",
            "/records/99001",
        ):
            get(client, path, 404)
        assert get(client, "/records").json()["records"] == []
    assert get(client, "/search?q=riverbird").json()["total"] == 0
    release(one.data, PAGE_ONLY)
    get(client, "/search?q=riverbird", 404)
    assert get(client, "/offices").json()["offices"] == []
    assert get(client, "/coverage").json()["offices"] == []
    get(client, "/offices/LA", 404)
    assert client.get(f"/r/{KEY}").status_code == 200


def test_a_search_counts_only_the_offices_that_released(own: Options, client: Client) -> None:
    release(own.data, EVERYTHING.replace("[[release]]", '[[release]]\noffice = "LA"'))
    found = get(client, "/search?q=&facets=office").json()
    assert [one["value"] for one in found["facets"]["office"]] == ["LA"]
    page = client.get("/search?q=&format=json").json()
    assert found["total"] == {o["value"]: o["count"] for o in page["facets"]["office"]}["LA"]


def test_search_pages_have_no_ceiling_and_agree_with_the_page(released: Options, client: Client) -> None:
    keys, after = [], ""
    while after is not None:
        found = get(client, f"/search?q=&sort=number&facets=none&limit=37&after={after}").json()
        keys += [hit["key"] for hit in found["hits"]]
        after = found["next"]
    assert len(keys) == len(set(keys)) == found["total"]
    page = client.get("/search?q=co&format=json").json()
    mine = get(client, "/search?q=co").json()
    assert (mine["total"], mine["facets"]) == (page["total"], page["facets"])
    assert [hit["key"] for hit in mine["hits"]] == [hit["key"] for hit in page["hits"]]


def test_what_did_not_change_is_not_sent_again(one: Options, client: Client) -> None:
    first = get(client, f"/records/{KEY}")
    again = get(client, f"/records/{KEY}", 304, if_none_match=first["ETag"])
    assert again.content == b""
    release(one.data, NO_ADDRESS)
    assert get(client, f"/records/{KEY}", if_none_match=first["ETag"])["ETag"] != first["ETag"]


def test_answers_are_compressed_and_can_be_read_by_other_sites(one: Options, client: Client) -> None:
    answer = get(client, "/code-lists/nice", accept_encoding="gzip", origin="https://elsewhere.example")
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer
    asked = client.options("/api/v1/records", headers={"origin": "https://elsewhere.example"})
    assert asked.status_code == 204
    assert "X-API-Key" in asked["Access-Control-Allow-Headers"]


def test_the_document_tells_what_may_be_asked_for() -> None:
    told = {one["name"]: one["schema"] for one in openapi()["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert told["facets"]["items"]["enum"] == ["all", "none", *FACETS]
    assert told["include"]["items"]["const"] == "record"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nothing", 404, "not-found"),
        ("/records/zz-1", 404, "not-found"),
        ("/records?limit=0", 400, "bad-parameter"),
        ("/records?limit=x", 400, "bad-parameter"),
        ("/records?limt=5", 400, "unknown-parameter"),
        ("/records?right=nothing", 400, "bad-parameter"),
        (f"/records/{KEY}?asOf=2024-02-30", 400, "bad-request"),
        (f"/records/{KEY}?version=0", 400, "bad-parameter"),
        ("/search?q=(a", 400, "open-bracket"),
        ("/search?q=x&sort=beauty", 400, "unknown-sort"),
        ("/search?q=x&include=zz", 400, "bad-parameter"),
        ("/search?q=x&facets=zz", 400, "bad-parameter"),
        ("/search?q=x&facets=all&facets=holder", 400, "bad-parameter"),
        ("/search?q=x&after=zz", 400, "bad-cursor"),
        ("/search?q=" + "x" * 501, 400, "bad-parameter"),
        ("/parties", 400, "bad-parameter"),
        ("/code-lists/nothing", 404, "not-found"),
        ("/offices/ZZ", 404, "not-found"),
    ],
)
def test_refusals_are_problem_documents(
    one: Options, client: Client, path: str, status: int, code: str
) -> None:
    answer = get(client, path, status)
    assert answer["Content-Type"] == "application/problem+json"
    told = msgspec.json.decode(answer.content, type=Problem)
    assert (told.status, told.code) == (status, code)


def test_other_methods_are_refused(one: Options, client: Client) -> None:
    for method in (client.post, client.put, client.delete):
        answer = method("/api/v1/records")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
        assert answer["Content-Type"] == "application/problem+json"
    assert client.head("/api/v1/records").status_code == 200


def test_a_deleted_record_is_gone_and_its_past_is_not(one: Options, client: Client) -> None:
    register = Register(packs=one.path("packs"))
    deliver(register, "c", "2024-03-01", [slice_of(0, KEY, planted("Gone"), deleted=True)], now=NOW)
    assert get(client, f"/records/{KEY}", 410).json()["code"] == "deleted"
    get(client, f"/records/{KEY}/events", 410)
    assert get(client, f"/records/{KEY}?version=1").json()["version"] == 1
    assert get(client, f"/records/{KEY}/history").json()["versions"][-1]["deleted"] is True
    assert get(client, "/records").json()["records"] == []


def test_the_document_is_openapi_and_complete(one: Options, client: Client) -> None:
    document = get(client, "/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "http://testserver"}]
    schemas = document["components"]["schemas"]
    assert {kind.__name__ for kind in ANSWERS} <= set(schemas)
    text = msgspec.json.encode(document).decode()
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(schemas)
    for path, item in document["paths"].items():
        for operation in item.values():
            assert {"200", "400", "429"} <= set(operation["responses"]), path
            assert operation["summary"]
    assert openapi()["paths"].keys() == document["paths"].keys()


def test_names_are_spelt_as_st90_asks(one: Options) -> None:
    document = openapi()
    for path, item in document["paths"].items():
        parts = [part for part in path.strip("/").split("/") if "{" not in part and part != "openapi.json"]
        assert [part for part in parts if not KEBAB.fullmatch(part)] == [], path
        asked = [
            p["name"]
            for operation in item.values()
            for p in operation.get("parameters", ())
            if p["in"] == "query"
        ]
        assert [name for name in asked if not CAMEL.fullmatch(name)] == [], path
    schemas = document["components"]["schemas"]
    for kind in OWN_WORDS:
        assert [name for name in schemas[kind]["properties"] if not CAMEL.fullmatch(name)] == [], kind
    assert "dataDay" in schemas["RecordAnswer"]["properties"]
    assert "application_date" in schemas["Trademark"]["properties"]


def test_an_answer_and_its_record_are_spelt_each_in_its_way(one: Options, client: Client) -> None:
    answer = get(client, f"/records/{KEY}").json()
    assert {"dataDay", "recordedAt"} <= set(answer)
    assert answer["state"]["dataDay"] == answer["dataDay"]
    assert "application_number" in answer["record"]
    assert "nextPage" in get(client, "/records").json()
    (change,) = client.get("/changes?limit=1").json()["changes"]
    assert "recordedAt" in change


def test_what_is_not_json_is_not_acceptable(one: Options, client: Client) -> None:
    assert get(client, f"/records/{KEY}", 406, accept="application/xml").json()["code"] == "not-acceptable"
    get(client, f"/records/{KEY}", accept="text/html, */*;q=0.1")
    get(client, f"/records/{KEY}", accept="application/json")
