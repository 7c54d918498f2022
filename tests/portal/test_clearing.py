"""Clear a mark on the web: the form, the sealed answer, files, lists in the background, the report of before."""

import io
import json
import re
import stat
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client

from ipregister.desk.clearance import RELATIONS
from ipregister.desk.words import BANDS, FINDINGS, GOODS, GROUPS
from ipregister.model.errors import UsageError
from ipregister.portal import clearing
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.portal.test_similar import a_name
from tests.sparing import few

LANGUAGES = ("en", "lo", "km", "th", "vi", "id", "ru", "kk")


def cleared(client: Client, **fields: object) -> str:
    """The address of the answer to a form."""
    answer = client.post("/clear", fields)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer["Location"])


def link_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["link"][0]


def test_an_answer_stands_under_its_link_as_page_and_files(own: Options, client: Client) -> None:
    name = a_name()
    address = cleared(client, names=f"{name}\n{name} Plus", **{"class": "30"})
    page = client.get(address)
    assert page.status_code == 200
    assert name in page.content.decode().replace("&amp;", "&")
    assert "looks the same" in page.content.decode()
    assert len(page.content) < 100_000
    report = client.get(f"{address}&format=json").json()
    assert report["question"]["names"] == [name, f"{name} Plus"]
    assert report["hits"][0]["closeness"] == "identical"
    assert client.get(f"{address}&format=pdf").content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}&format=xlsx").content))
    assert book["Hits"].max_row == len(report["hits"]) + 1
    for answer in (page, client.get(f"{address}&format=pdf")):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"


def test_nobody_without_the_link_reads_it_and_its_owner_deletes_it(own: Options, client: Client) -> None:
    address = cleared(client, names=a_name())
    assert client.get("/clear/result").status_code == 404
    assert client.get("/clear/result?link=" + "A" * 43 + "%3D").status_code == 404
    held = [file for file in (own.path("searches")).iterdir() if file.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in held} == {0o600}
    assert all(link_of(address) not in file.name for file in held)
    assert client.post("/clear/result", {"link": link_of(address)}).status_code == 200
    assert client.get(address).status_code == 404
    assert list(own.path("searches").iterdir()) == []


def test_a_list_is_worked_on_in_the_background(own: Options, client: Client) -> None:
    here = site()
    text = f"name,class\n{a_name()},30\nກາເຟ,\n".encode()
    given = SimpleUploadedFile("list.csv", text)
    address = cleared(client, list=given)
    waiting = client.get(address)
    assert waiting.context["progress"].total == 2
    assert client.get(f"{address}&format=json").status_code == 202
    (number,) = clearing.batches_of(here).waiting()
    clearing.work(here, number)
    page = client.get(address)
    assert [one["name"] for one in page.context["names"]] == [a_name(), "ກາເຟ"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}&format=xlsx").content))
    assert book["Names"].max_row == 3
    assert client.get(f"{address}&format=json").json()["reports"][0]["question"]["classes"] == [30]


def test_a_failing_list_tells_no_name(own: Options, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = cleared(client, list=SimpleUploadedFile("list.csv", b"Nobodyshallknow"))
    (number,) = clearing.batches_of(site()).waiting()

    def fail(*_given: object) -> None:
        raise ValueError("Nobodyshallknow")

    monkeypatch.setattr(clearing, "clear", fail)
    with pytest.raises(RuntimeError, match="ValueError") as caught:
        clearing.work(site(), number)
    assert "Nobodyshallknow" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert client.get(address).context["progress"].state == "failed"


def test_the_same_question_again_tells_what_is_new_and_gone(own: Options, client: Client) -> None:
    report = client.get(f"{cleared(client, names=a_name())}&format=json").json()
    gone = report["hits"].pop(0)
    report["hits"].append({**gone, "key": "la-999999", "title": "Gone Mark"})
    again = cleared(client, report=SimpleUploadedFile("r.json", json.dumps(report).encode()))
    page = client.get(again)
    found = page.context["comparison"]
    assert [title for _address, title in found["new"]] == [gone["title"]]
    assert [title for _address, title in found["gone"]] == ["Gone Mark"]
    assert "Compared with the report of" in page.content.decode()


@pytest.mark.parametrize("change", few([
    {"names": ["a"] * 9}, {"names": ["a" * 201]}, {"goods": "a" * 2001}, {"limit": 201}, {"limit": 0}, {"classes": [46]}, {"offices": ["QQ"]},
    {"scripts": ["Nope"]}, {"day": "soon"}, {"pictures": ["ab"] * 9}, {"applicant": "a" * 201},
], 3))  # fmt: skip
def test_a_report_that_nobody_made_here_is_not_asked_again(
    own: Options, client: Client, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    report = client.get(f"{cleared(client, names=a_name())}&format=json").json()
    report["question"] |= change
    monkeypatch.setattr(clearing, "clear", None)  # nothing is compared
    given = SimpleUploadedFile("r.json", json.dumps(report).encode())
    assert client.post("/clear", {"report": given}).status_code == 400


@pytest.mark.parametrize("change", few([
    {"closeness": "nope"}, {"standing": {"group": "nope", "day": "", "by_priority": False}}, {"key": "a b/../x"}, {"key": ""},
    {"key": "x" * 5000}, {"title": "<script>alert(1)</script>"}, {"status": "%s%d"}, {"owner": "x" * 100_000},
], 3))  # fmt: skip
def test_hits_of_a_made_up_report_break_no_page(
    own: Options, client: Client, change: dict[str, object]
) -> None:
    report = client.get(f"{cleared(client, names=a_name())}&format=json").json()
    gone = {**report["hits"][0], "key": "la-999999"}
    for hit in (report["hits"][0], gone):
        made_up = {**report, "hits": [{**hit, **change}]}
        answer = client.post("/clear", {"report": SimpleUploadedFile("r.json", json.dumps(made_up).encode())})
        if set(change) & {"closeness", "standing"}:
            assert answer.status_code == 400
        else:
            page = client.get(answer["Location"])
            assert page.status_code == 200
            assert b"<script>alert" not in page.content


def test_the_report_of_a_list_is_told_as_such(own: Options, client: Client) -> None:
    report = client.get(f"{cleared(client, names=a_name())}&format=json").json()
    many = {"format": "ipregister clearance batch 1", "reports": [report, report]}
    answer = client.post("/clear", {"report": SimpleUploadedFile("r.json", json.dumps(many).encode())})
    assert answer.status_code == 400
    assert "report of a list" in answer.context["error"]
    one = {**many, "reports": [report]}
    assert cleared(client, report=SimpleUploadedFile("r.json", json.dumps(one).encode()))


@pytest.mark.parametrize(
    "content", [b"{", b"[" * 200_000, b'{"format": "\xff"}', b'{"format": 7}', b"\x00" * 99]
)
def test_what_is_no_report_is_refused(own: Options, client: Client, content: bytes) -> None:
    assert client.post("/clear", {"report": SimpleUploadedFile("r.json", content)}).status_code == 400


@pytest.mark.parametrize("fields", [
    {}, {"names": "!!!"}, {"names": "kafe\n?!"}, {"names": "a" * 201}, {"names": "\n".join("abcdefghi")}, {"names": "a", "class": "77"}, {"names": "a", "office": "QQ"},
    {"names": "a", "script": "Nope"}, {"names": "a", "day": "31.12.2026"}, {"list": SimpleUploadedFile("l.csv", b"\xff\xfe\xff")},
    {"report": SimpleUploadedFile("r.json", b"{}")}, {"report": SimpleUploadedFile("r.json", b"no")},
    {"picture": SimpleUploadedFile("p.png", b"no picture")},
])  # fmt: skip
def test_what_cannot_be_cleared_is_said_on_the_page(
    own: Options, client: Client, fields: dict[str, object]
) -> None:
    for value in fields.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    answer = client.post("/clear", fields)
    if "picture" in fields and answer.status_code == 302:  # without an index of pictures none is looked at
        assert "no index of pictures" in client.get(answer["Location"]).content.decode()
        return
    assert answer.status_code in {400, 422}
    assert answer.context["error"]
    assert re.search(r'role="alert"', answer.content.decode())


def test_the_form_asks_for_the_applicant(own: Options, client: Client) -> None:
    plain = client.get(f"{cleared(client, names=a_name())}&format=json").json()
    owner = next(hit["owner"] for hit in plain["hits"] if hit["owner"])
    address = cleared(client, names=a_name(), applicant=f"  {owner} ")
    report = client.get(f"{address}&format=json").json()
    assert report["question"]["applicant"] == " ".join(owner.split())
    assert [hit["key"] for hit in report["hits"]] == [hit["key"] for hit in plain["hits"]]
    page = client.get(address).content.decode()
    assert "may be the same owner" in page
    assert "seems to be the applicant" in page
    refused = client.post("/clear", {"names": "a", "applicant": "b" * 201})
    assert refused.status_code == 400
    assert refused.context["applicant"] == "b" * 200


@pytest.mark.parametrize("lang", few([lang for lang in LANGUAGES if lang != "en"]))
def test_what_is_wrong_is_told_in_the_language_of_the_reader(own: Options, lang: str) -> None:
    client = Client(headers={"accept-language": lang})
    for fields in ({"list": SimpleUploadedFile("l.csv", b"Sumo,46\n,30\n")}, {"list": SimpleUploadedFile("l.xlsx", b"PK\x03\x04 no")},
                   {"picture": SimpleUploadedFile("p.png", b"no picture")}):  # fmt: skip
        answer = client.post("/clear", fields)
        if answer.status_code != 302:  # without an index of pictures none is looked at
            assert not re.search(r"[Rr]ow \d|cannot be read", answer.context["error"])
            assert answer.context["error"]


@pytest.mark.parametrize("lang", few(LANGUAGES))
def test_every_language_answers(own: Options, lang: str) -> None:
    client = Client(headers={"accept-language": lang})
    assert client.get("/clear").status_code == 200
    assert client.get(cleared(client, names="ກາເຟ")).status_code == 200


def test_a_browser_that_tells_no_origin_may_ask(own: Options) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/clear", {"names": a_name()}, headers={"origin": "null"})
    assert answer.status_code == 302
    assert not answer.cookies


def test_files_that_are_sent_stay_in_memory(
    own: Options, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def look(request: HttpRequest) -> None:
        seen.extend(request.FILES.getlist("picture"))
        raise UsageError("looked at")

    monkeypatch.setattr(clearing, "asked", look)
    large = SimpleUploadedFile("large.png", b"0" * (3 << 20))
    assert client.post("/clear", {"picture": large}).status_code == 400
    assert [type(one) for one in seen] == [InMemoryUploadedFile]


def test_every_code_has_words() -> None:
    assert set(BANDS) == {"identical", "very-close", "close", "some"}
    assert set(GROUPS) == {"earlier", "pending", "grace", "open", "later", "dead"}
    assert set(GOODS) == set(RELATIONS)
    assert set(FINDINGS) == {
        "no-picture-index",
        "more-hits",
        "no-font",
        "other-sheets",
        "own-rights",
        "read-as",
    }
