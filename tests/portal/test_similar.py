"""Similar names on the web: the same answer as the verb's, secret in every door."""

import html
import json

import msgspec
import pytest
from django.test import Client

from ipregister.search.similarity.search import SimilarName
from ipregister.web.options import Options
from ipregister.web.urls import site


def a_name(letters: int = 6) -> str:
    """The name of a mark of the installation, of so many letters or more."""
    hits = Client().get("/search?format=json&office=KH&limit=60").json()["hits"]
    return next(str(hit["title"]) for hit in hits if len(hit["title"]) >= letters and hit["title"].isascii())


def test_the_page_and_its_json_tell_score_features_reasons_version(filled: Options, client: Client) -> None:
    name = a_name()
    told = client.get("/similar", {"name": name, "format": "json", "limit": "5"}).json()
    first = told["hits"][0]
    assert first["score"] == 1
    assert set(SimilarName.__struct_fields__) <= set(first)
    assert first["reasons"][0]["code"] == "same-look"
    assert told["version"] == first["version"] == site().shelf().ranking.version
    assert 1 < len(told["hits"]) <= 5
    scores = [hit["score"] for hit in told["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert client.get("/similar", {"name": name}, headers={"accept": "application/json"}).json()["hits"]
    page = client.post("/similar", {"name": name}).content.decode()
    assert html.escape(name) in page
    assert "looks the same" in page


def test_an_answer_that_the_limit_cuts_says_so(filled: Options, client: Client) -> None:
    name = a_name()
    cut = client.get("/similar", {"name": name, "format": "json", "limit": "2"}).json()
    assert (len(cut["hits"]), cut["cut"]) == (2, True)
    assert (
        "Only the 2 nearest are shown"
        in client.post("/similar", {"name": name, "limit": "2"}).content.decode()
    )
    office = next(
        code for code in ("TH", "LA", "KH", "KZ") if code not in {hit["office"] for hit in cut["hits"]}
    )
    narrow = client.get("/similar", {"name": name, "format": "json", "limit": "2", "office": office}).json()
    assert not {hit["key"] for hit in narrow["hits"]} & {hit["key"] for hit in cut["hits"]}
    few = client.get("/similar", {"name": "!", "format": "json"}).json()
    assert (few["hits"], few["cut"]) == ([], False)
    assert "nearest are shown" not in client.post("/similar", {"name": "!"}).content.decode()


def test_lines_of_json_are_those_of_the_verb(filled: Options, client: Client) -> None:
    answer = client.get("/similar", {"name": a_name(), "format": "jsonl", "limit": "3"})
    rows = [msgspec.json.decode(row, type=SimilarName) for row in answer.content.splitlines()]
    assert len(rows) == 3
    assert list(json.loads(answer.content.splitlines()[0])) == list(SimilarName.__struct_fields__)


def test_classes_and_offices_narrow(filled: Options, client: Client) -> None:
    told = client.get("/similar", {"name": a_name(), "format": "json", "office": "TH", "limit": "40"}).json()
    assert {hit["office"] for hit in told["hits"]} == {"TH"}
    number = next(hit["classes"][0] for hit in told["hits"] if hit["classes"])
    told = client.get("/similar", {"name": a_name(), "format": "json", "class": number}).json()
    assert told["hits"]
    assert all(number in hit["classes"] for hit in told["hits"])
    told = client.get("/similar", {"name": a_name(), "format": "json", "script": "Khmr"}).json()
    assert {hit["script"] for hit in told["hits"]} == {"Khmr"} == set(told["scripts"])


@pytest.mark.parametrize("wrong", [{"class": "46"}, {"class": "x"}, {"office": "QQ"}, {"script": "Xxxx"}, {"limit": "0"}, {"limit": "²"},
                                   {"limit": "9999"}, {"name": "a" * 201}, {"name": " "}])  # fmt: skip
def test_what_cannot_be_asked_is_refused(filled: Options, client: Client, wrong: dict[str, str]) -> None:
    asked = {"name": "kofi", "format": "json"} | wrong
    answer = client.get("/similar", asked)
    assert answer.status_code == 400
    assert answer.json()["message"]
    if wrong != {"name": " "}:
        assert client.post("/similar", {**asked, "format": ""}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/similar", "/similar?name=kofi", "/similar?name=kofi&format=json", "/similar?class=x&name=a"]
)
def test_answers_are_kept_nowhere(filled: Options, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer


def test_a_browser_without_cookies_and_with_a_hidden_origin_may_ask(filled: Options) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/similar", {"name": a_name()}, headers={"origin": "null"})
    assert answer.status_code == 200
    assert b"looks the same" in answer.content


def test_odd_names_are_answered(filled: Options, client: Client) -> None:
    for name in ("ກາເຟ", "کافه", "🦜", "'\"<script>", "%00", "ab\x00", "a" * 200, "ÿ", "．．", "123"):
        assert client.post("/similar", {"name": name}).status_code == 200, name
