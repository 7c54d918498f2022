"""The public pages, as a reader without scripts sees them, and the same as JSON."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from django.test import Client

from ipregister.model import canonical, offices
from ipregister.model.mark import Trademark
from ipregister.portal import guard
from ipregister.portal.dates import show_number
from ipregister.portal.office_pages import drawn_years, span
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.sparing import few

PAGES = (
    "/",
    "/search",
    "/search?q=",
    "/search?form=1",
    "/office",
    "/office/LA",
    "/office/WO",
    "/help/search",
    "/status",
)
STATIC = Path(guard.__file__).parent / "static" / "portal"
LANGUAGES = ("en", "lo", "km", "th", "vi", "id", "ru", "kk")


def some_keys(limit: int = 400) -> list[str]:
    return site().register.keys(limit=limit)


def a_key(office: str) -> str:
    found: str = Client().get(f"/search?format=json&office={office}").json()["hits"][0]["key"]
    return found


@pytest.mark.parametrize("address", PAGES)
def test_pages_answer_with_notice_and_policy(filled: Options, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == guard.POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Information only" in answer.content.decode()


def test_a_slash_too_many_leads_to_the_page(filled: Options, client: Client) -> None:
    key = some_keys(1)[0]
    for address in ("/office/LA", "/staff", "/help/search"):
        answer = client.get(f"{address}/?a=1")
        assert (answer.status_code, answer["Location"]) == (301, f"{address}?a=1")
    record = client.get(f"/r/{key}/", follow=True)
    assert record.status_code == 200
    assert record.request["PATH_INFO"] == f"/r/{key}"
    for address in ("/nowhere/", "/%2F%2Fexample.org/", "/office/ZZ/x/"):
        assert client.get(address, follow=True).status_code == 404
    assert client.post("/office/LA/").status_code == 404


def test_an_address_of_very_many_fields_is_refused(filled: Options, client: Client) -> None:
    many = "&".join(f"a{number}=1" for number in range(2000))
    assert client.get(f"/search?{many}").status_code == 414
    assert client.get(f"/search?{many[:200]}").status_code == 200


@pytest.mark.slow
def test_every_record_page_answers(filled: Options, client: Client) -> None:
    for key in some_keys():
        answer = client.get(f"/r/{key}")
        assert answer.status_code in {200, 410}, key
        assert answer.context["office"]["notice"] in answer.content.decode() or answer.status_code == 410
        assert client.get(f"/r/{key}/history").status_code == 200


def test_record_as_json_is_the_public_projection(filled: Options, client: Client) -> None:
    key = a_key("LA")
    by_header = client.get(f"/r/{key}", headers={"accept": "application/json"})
    told = client.get(f"/r/{key}?format=json").json()
    assert by_header.json() == told
    assert told["key"] == key
    assert told["office"] == "LA"
    assert told["notice"]["notice"]
    assert told["data_day"]
    assert told["state"]["state"]
    record = canonical.decode(canonical.encode(msgspec.convert(told["record"], Trademark)))
    assert record.office == "LA"
    assert canonical.encode(record) in by_header.content


def test_evidence_is_shown_for_every_link(filled: Options, client: Client) -> None:
    key = a_key("KH")
    links = re.findall(r'class="v" href="([^"#]+)#evidence"', client.get(f"/r/{key}").content.decode())
    assert len(links) > 10
    for link in dict.fromkeys(links):
        shown = client.get(f"/r/{key}{link.replace('&amp;', '&')}")
        assert shown.context["evidence"]["known"], link
        assert shown.context["evidence"]["raw"] is not None
        assert shown.context["evidence"]["file"] in shown.content.decode().replace("&#x27;", "'")


def test_evidence_of_what_is_not_public_is_refused(filled: Options, client: Client) -> None:
    key = a_key("KH")
    for pointer in (
        "/applicants/0/contact/email/0",
        "/transaction/identifier",
        "/nothing",
        "goods",
        "/goods",
    ):
        assert not client.get(f"/r/{key}?evidence={pointer}").context["evidence"]["known"]
        told = client.get(f"/r/{key}/evidence?pointer={pointer}&format=json").json()
        assert told["known"] is False
        assert "raw" not in told


def test_any_spelling_leads_to_the_record(filled: Options, client: Client) -> None:
    told = client.get(f"/r/{a_key('KH')}?format=json").json()
    number = told["record"]["application_number"]
    answer = client.get(f"/r/{quote(number)}")
    if answer.status_code == 302:
        assert answer["Location"] == f"/r/{told['key']}"
    else:
        assert told["key"] in [hit["key"] for hit in answer.context["hits"]]


def test_unknown_and_odd_numbers(filled: Options, client: Client) -> None:
    for text in ("zz-1", "nothing here", "%00", "a" * 3000, "../../etc/passwd", "<script>alert(1)</script>"):
        answer = client.get(f"/r/{quote(text)}")
        assert answer.status_code in {400, 404}
        assert b"<script>alert" not in answer.content
    assert client.get("/r/zz-1?format=json").json()["error"] == "not-found"
    assert client.get("/nowhere").status_code == 404
    assert client.get("/office/ZZ").status_code == 404


def test_a_chart_begins_where_there_is_something_to_see(filled: Options, client: Client) -> None:
    assert drawn_years({"1964": 1, "1998": 4, "2001": 5, "2003": 990}) == ["2001", "2002", "2003"]
    assert drawn_years({"1960": 500, "2020": 500})[0] == "1991"
    assert drawn_years({"2020": 1}) == ["2020"]
    chart = client.get("/office/LA").context["chart"]
    told = client.get("/office/LA?format=json").json()["years"]
    assert chart["earlier"] == sum(n for year, n in told.items() if year < chart["rows"][-1]["year"])


def test_years_that_cannot_be_cover_nothing() -> None:
    assert span(["1562", "1994", "2024", "2205"], 2026) == ("1994", "2024")
    assert span(["1800", "2026"], 2026) == ("1800", "2026")
    assert span(["1562"], 2026) is None


def test_the_page_of_results_says_how_many_rights_they_are(filled: Options, client: Client) -> None:
    told = client.get("/search?q=right:trademark&format=json").json()
    assert 0 < told["rights"] < told["total"]
    text = client.get("/search?q=right:trademark").content.decode()
    assert f"{show_number(told['rights'], 'en')} rights: an international registration" in text
    one = client.get(f"/search?q={quote(told['hits'][0]['numbers'][0])}&office=KZ").content.decode()
    assert "an international registration and its national copies count" not in one


def test_past_days(filled: Options, client: Client) -> None:
    key = a_key("LA")
    assert client.get(f"/r/{key}?as-of=1990-01-01").status_code == 404
    now = client.get(f"/r/{key}?as-of=2026-12-31")
    assert now.status_code == 200
    assert "state of this record on" in now.content.decode()
    assert client.get(f"/r/{key}?as-of=2026-12-31&known=1990-01-01").status_code == 404
    assert client.get(f"/r/{key}?version=1").status_code == 200
    no_version = client.get(f"/r/{key}?version=999")
    assert no_version.status_code == 404
    assert "This record has no version 999." in no_version.content.decode()
    assert client.get(f"/r/{key}?as-of=໒໐໒໖-໑໒-໓໑").status_code == 200


@pytest.mark.parametrize("asked", ["as-of=2026-02-30", "as-of=xx", "as-of=20260101", "as-of=2569-01-10", "known=2026-13-01", "version=-1",
                                   "version=0", "version=x", "version=²"])  # fmt: skip
def test_a_day_or_version_that_cannot_be_is_refused(filled: Options, client: Client, asked: str) -> None:
    key = a_key("LA")
    page = client.get(f"/r/{key}?{asked}")
    assert page.status_code == 400
    assert "There is no such day" in page.content.decode() or "whole number" in page.content.decode()
    told = client.get(f"/r/{key}?{asked}&format=json")
    assert told.status_code == 400
    assert told.json()["error"] == f"bad-{asked.partition('=')[0]}"
    assert told.json()["message"]


def test_empty_fields_of_the_day_form_ask_for_the_present(filled: Options, client: Client) -> None:
    key = a_key("LA")
    assert client.get(f"/r/{key}?as-of=&known=&version=").status_code == 200
    assert client.get(f"/r/{key}?known=1990-01-01").status_code == 404


@pytest.mark.parametrize(("address", "status", "error"), [
    ("/r/{key}?as-of=1999-01-01", 404, "no-version"), ("/r/{key}?version=999", 404, "no-version"),
    ("/nowhere", 404, "not-found"), ("/office/ZZ", 404, "not-found"), ("/r/zz-1/history", 404, "not-found"),
    ("/r/{key}/image/0", 404, "not-found"), ("/search?q=x&" + "a=1&" * 600, 414, ""),
    ("/search?q=x&" + "a=1&" * 2000, 414, "")])  # fmt: skip
def test_errors_of_json_requests_are_json(
    filled: Options, client: Client, address: str, status: int, error: str
) -> None:
    address = address.format(key=a_key("LA"))
    told = client.get(f"{address}{'&' if '?' in address else '?'}format=json")
    assert told.status_code == status
    assert told["Content-Type"].startswith("application/json")
    assert told.json()["error"] == error or not error
    by_header = client.get(address, headers={"accept": "application/json"})
    assert by_header.status_code == status
    assert by_header.json()["error"]


def test_methods_refused_to_json_requests_are_json(filled: Options, client: Client) -> None:
    answer = client.post("/search?format=json")
    assert (answer.status_code, answer.json()["error"]) == (405, "method-not-allowed")
    assert "GET" in answer["Allow"]


def test_inid_labels_on_demand(filled: Options, client: Client) -> None:
    key = a_key("LA")
    assert "(210)" not in client.get(f"/r/{key}").content.decode()
    assert "(210)" in client.get(f"/r/{key}?inid=1").content.decode()
    assert "(210)" in client.get(f"/r/{key}").content.decode()
    assert "(210)" not in client.get(f"/r/{key}?inid=0").content.decode()


def test_search_page_and_json_agree(filled: Options, client: Client) -> None:
    page = client.get("/search?q=&sort=filed&office=LA")
    told = client.get("/search?q=&sort=filed&office=LA&format=json").json()
    assert told["total"] == page.context["result"].total > 0
    assert [hit["key"] for hit in told["hits"]] == [hit["key"] for hit in page.context["hits"]]
    assert {hit["office"] for hit in told["hits"]} == {"LA"}
    assert sum(one["count"] for one in told["facets"]["office"]) >= told["total"]
    assert told["offices"]["LA"]["notice"]


def test_hits_as_json_carry_state_code_and_class_numbers(filled: Options, client: Client) -> None:
    told = client.get("/search?q=class:[1 TO 45]&format=json&limit=100").json()
    assert {"total", "hits", "facets"} <= set(told)
    states = {one["value"] for one in told["facets"]["status"]}
    for hit in told["hits"]:
        assert hit["status"] in states
        assert hit["state"]
        assert hit["classes"] == sorted(hit["classes"])
        assert all(isinstance(number, int) for number in hit["classes"])
    assert any(hit["classes"] for hit in told["hits"])


def test_pages_of_results_follow_each_other(filled: Options, client: Client) -> None:
    seen: list[str] = []
    address: str | None = "/search?q=&sort=number&format=json&limit=50"
    while address:
        told = client.get(address).json()
        seen += [hit["key"] for hit in told["hits"]]
        address = told["next_page"]
    assert len(seen) == len(set(seen)) == told["total"]


def test_filters_are_links_with_counts(filled: Options, client: Client) -> None:
    page = client.get("/search?q=")
    facet = next(one for one in page.context["facets"] if one["name"] == "status")
    for item in facet["values"][:3]:
        narrowed = client.get(item["address"])
        assert narrowed.context["result"].total == item["count"]
        assert narrowed.context["chosen"][0]["label"] == item["label"]
        assert client.get(narrowed.context["chosen"][0]["address"]).context["result"].total >= item["count"]


def test_faulty_query_is_explained_with_its_place(filled: Options, client: Client) -> None:
    answer = client.get("/search", {"q": 'mark:"open'})
    assert answer.status_code == 400
    assert answer.context["error"]["message"]
    told = client.get("/search", {"q": "nofield:x", "format": "json"})
    assert told.status_code == 400
    assert told.json()["error"] == "unknown-field"
    assert client.get("/search", {"q": "a", "after": "nonsense"}).status_code == 400


@pytest.mark.parametrize("query", ["", "a"])
def test_an_unknown_order_is_refused_with_a_word_for_it(filled: Options, client: Client, query: str) -> None:
    answer = client.get("/search", {"q": query, "sort": "beauty"})
    assert answer.status_code == 400
    assert answer.context["error"]["message"] == "There is no such order."
    told = client.get("/search", {"q": query, "sort": "beauty", "format": "json"})
    assert told.status_code == 400
    assert (told.json()["error"], told.json()["arguments"]) == ("unknown-sort", {"sort": "beauty"})
    for known in ("", "relevance", "filed", "+filed", "-filed"):
        assert client.get("/search", {"q": query, "sort": known}).status_code == 200


def test_a_bar_joins_as_or_does(filled: Options, client: Client) -> None:
    def total(line: str) -> int:
        return int(client.get("/search", {"q": line, "format": "json"}).json()["total"])

    each = [total(f"office:{code}") for code in ("LA", "KH")]
    assert min(each) > 0
    for line in ("office:LA|KH", "office:LA | office:KH", "office:(LA|KH)"):
        assert total(line) == sum(each), line


@pytest.mark.parametrize("letter", ["a", "ກ", "a "])
def test_long_queries_are_refused_and_not_echoed(filled: Options, client: Client, letter: str) -> None:
    long = letter * 5000
    for fields in ({"q": long}, {"f.mark": long}, {"q": long, "sort": "filed", "office": "LA"}):
        answer = client.get("/search", fields)
        assert answer.status_code == 400
        assert len(answer.content) < 10_000
        assert letter * 20 not in answer.content.decode()
        assert quote(letter) * 20 not in answer.content.decode()
        told = client.get("/search", {**fields, "format": "json"})
        assert (told.status_code, told.json()["error"]) == (400, "too-long")
    assert client.get("/search", {"q": "a" * 500}).status_code == 200


def test_result_pages_stay_light(filled: Options, client: Client) -> None:
    most: list[dict[str, str | list[str]]] = [{"q": "ກ" * 500}, {"q": "mark:\"" + "ກ" * 490}, {"q": "", "limit": "100"}, {"q": "x", "more": "class"},
            {"q": "ກ" * 400, "class": [str(n) for n in range(1, 46)], "office": ["ກ" * 500] * 40},
            {"q": "", "vienna": ["a" * 500] * 90, "after": "x" * 3000}]  # fmt: skip
    for fields in most:
        assert len(client.get("/search", fields).content) < 100_000, str(fields)[:80]


def test_form_and_line_are_the_same_query(filled: Options, client: Client) -> None:
    answer = client.get("/search", {"f.q": "la", "f.office": "LA", "f.filed_from": "2019", "f.class": "30"})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    values = {field["name"]: field["value"] for field in page.context["fields"]}
    assert (values["office"], values["class"], values["filed_from"]) == ("LA", "30", "2019")
    again = client.get("/search", {f"f.{name}": value for name, value in values.items() if value})
    assert client.get(again["Location"]).context["result"].total == page.context["result"].total


@pytest.mark.parametrize("lang", few(LANGUAGES, 3))
def test_every_language_answers(filled: Options, client: Client, lang: str) -> None:
    back = client.get(f"/language?to={lang}&next=/office/LA")
    assert (back.status_code, back["Location"]) == (302, "/office/LA")
    for address in (*PAGES, f"/r/{a_key('LA')}", f"/r/{a_key('WO')}"):
        page = client.get(address)
        assert page.status_code == 200
        assert f'<html lang="{lang}">' in page.content.decode()


def test_language_switch_leads_nowhere_else(filled: Options, client: Client) -> None:
    assert client.get("/language?to=lo&next=https://example.org/")["Location"] == "/"
    assert client.get("/language?to=xx&next=/")["Location"] == "/"


def test_pictures(filled: Options, client: Client) -> None:
    seen = 0
    for key in some_keys(120):
        for image in client.get(f"/r/{key}?format=json").json().get("images", ()):
            original = client.get(f"/r/{key}/image/{image['sha256']}")
            assert original.status_code == 200
            assert "sandbox" in original["Content-Security-Policy"]
            small = client.get(f"/r/{key}/thumb/{image['sha256']}")
            assert small.status_code in {200, 422}
            seen += small.status_code == 200
    assert seen
    assert client.get(f"/r/{some_keys()[0]}/image/{'0' * 64}").status_code == 404


class _Addresses(HTMLParser):
    """Collects what a browser would fetch by itself, and anything that would need a weaker policy."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.inline += [name for name in names if name.startswith("on") or name == "style"]
        if tag in {"img", "script", "iframe", "source"}:
            self.fetched.append(names.get("src") or "inline")
        if tag == "link" and names.get("rel") in {"stylesheet", "icon", "preload"}:
            self.fetched.append(names.get("href") or "")
        if tag == "style":
            self.inline.append("style")


def test_nothing_inline_nothing_from_outside_and_light(filled: Options, client: Client) -> None:
    styles = len(gzip.compress((STATIC / "portal.css").read_bytes())) + len(
        gzip.compress((STATIC / "record.js").read_bytes())
    )
    for address in (*PAGES, *(f"/r/{key}" for key in some_keys(60))):
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        found = _Addresses()
        found.feed(gzip.decompress(answer.content).decode())
        assert found.inline == [], address
        assert [one for one in found.fetched if not one.startswith("/")] == [], address
        assert len(answer.content) + styles < 100_000, address


def test_health_and_robots(filled: Options, client: Client) -> None:
    told = client.get("/health").json()
    assert told["ok"]
    assert told["change"] == told["searchable"] > 0
    assert "Disallow: /search" in client.get("/robots.txt").content.decode()


def test_empty_installation(sqlite_database: Options, client: Client) -> None:
    for address in (*PAGES[:-1], "/status"):
        assert client.get(address).status_code == 200
    assert client.get("/search?q=x&format=json").json()["total"] == 0
    assert set(offices.codes()) == {
        one["code"] for one in client.get("/status?format=json").json()["offices"]
    }


def test_writing_methods_are_refused(filled: Options, client: Client) -> None:
    for address in PAGES:
        assert client.post(address).status_code == 405


def test_large_bodies_are_refused(filled: Options, client: Client) -> None:
    answer = client.post("/search", b"", content_type="text/plain", CONTENT_LENGTH=str(30 << 20))
    assert answer.status_code == 413
