"""Check my name: a plain answer that never promises, asked by POST only."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from django.test import Client

from ipregister.desk.name_check import CLOSED_NAMES, NEXT_STEPS, NOT_CHECKED, NameAnswer
from ipregister.desk.report_texts import SENTENCES as REPORT_SENTENCES
from ipregister.desk.words import BANDS, GROUPS, SENTENCES, TABLES
from ipregister.desk.words import NEXT_STEPS as STEP_WORDS
from ipregister.desk.words import NOT_CHECKED as UNCHECKED_WORDS
from ipregister.portal.searched import searched
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.portal.test_similar import a_name
from tests.sparing import few

LANGUAGES = ("en", "lo", "km", "th", "vi", "id", "ru", "kk")


def words_of(page: bytes) -> str:
    """The text of a page, between its tags."""
    return re.sub(r"<[^>]+>", " ", page.decode())


def test_a_name_on_record_is_told_with_owner_reasons_and_standing(filled: Options, client: Client) -> None:
    name = a_name()
    answer = client.post("/check", {"name": name})
    told: NameAnswer = answer.context["answer"]
    assert told.verdict == "identical"
    assert told.close[0].closeness == "identical"
    page = words_of(answer.content)
    assert "The same name is on record" in page
    assert "looks the same" in page
    assert "What was not checked" in page
    assert "data to" in page


def test_a_name_that_nobody_has_is_not_called_free(filled: Options, client: Client) -> None:
    answer = client.post("/check", {"name": "Xyqwzrtvk"})
    page = words_of(answer.content)
    told: NameAnswer = answer.context["answer"]
    assert told.verdict == "none-close"
    records = sum(one.records for one in searched(site()))
    assert records == told.records > 100
    assert f"No close mark found among {records} published records of these offices, to" in page
    assert not re.search(r"\bfree\b|\bavailable\b", page, re.IGNORECASE)
    assert page.count("published marks") == len(told.offices)


@pytest.mark.parametrize("lang", few(LANGUAGES))
def test_every_language_answers(filled: Options, lang: str) -> None:
    client = Client(headers={"accept-language": lang})
    answer = client.post("/check", {"name": "ກາເຟ Lipovastatin"})
    assert answer.status_code == 200
    assert len(answer.content) < 100_000
    assert "vastatin" in answer.content.decode()


def test_a_name_in_the_address_is_not_read(filled: Options, client: Client) -> None:
    answer = client.get("/check", {"name": "Sumo"})
    assert "answer" not in answer.context or not answer.context["answer"]
    assert "Sumo" not in words_of(answer.content)
    assert client.get("/check?name=Sumo&format=json").status_code == 200


def test_json_tells_the_same(filled: Options, client: Client) -> None:
    told = client.post("/check", {"name": a_name()}, headers={"accept": "application/json"}).json()
    assert set(NameAnswer.__struct_fields__) == set(told)
    assert told["close"][0]["standing"]["group"] in GROUPS
    assert told["close"][0]["closeness"] in BANDS
    wrong = client.post("/check", {"name": "...!"}, headers={"accept": "application/json"})
    assert wrong.status_code == 400
    assert wrong.json()["message"]


@pytest.mark.parametrize(
    "given", [{}, {"name": ""}, {"name": "!!"}, {"name": "a", "class": "99"}, {"name": "a", "office": "QQ"}]
)
def test_what_cannot_be_checked_is_said_on_the_page(
    filled: Options, client: Client, given: dict[str, str]
) -> None:
    answer = client.post("/check", given)
    assert answer.status_code == 400
    assert answer.context["error"] in answer.content.decode()


def test_signs_alone_are_told_to_be_no_name(filled: Options, client: Client) -> None:
    answer = client.post("/check", {"name": "!!!"})
    assert answer.status_code == 400
    assert answer.context["error"] == "!!! has no letter and no digit: signs alone cannot be compared."


def test_what_cannot_be_checked_is_said_in_json_where_the_form_asks_for_it(
    filled: Options, client: Client
) -> None:
    answer = client.post("/check", {"name": "a", "class": "99", "format": "json"})
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert client.post("/check", {"name": "Xyqwzrtvk", "format": "json"}).json()["verdict"] == "none-close"


def test_offices_and_classes_narrow(filled: Options, client: Client) -> None:
    told: NameAnswer = client.post("/check", {"name": a_name(), "office": "KH", "class": "5"}).context[
        "answer"
    ]
    assert [one.office for one in told.offices] == ["KH"]
    assert {one.office for one in told.close} <= {"KH"}
    assert all(5 in one.classes for one in told.close)


def test_answers_are_kept_nowhere(filled: Options) -> None:
    strict = Client(enforce_csrf_checks=True)
    for answer in (strict.get("/check"), strict.post("/check", {"name": "Sumo"}, headers={"origin": "null"})):
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Try again in some minutes"), ("ru", "через несколько минут")]
)
def test_while_the_index_of_names_is_made_it_says_to_come_again(
    filled: Options, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    monkeypatch.setattr(NameShelf, "change", 0)
    client = Client(headers={"accept-language": lang})
    for page, field in (("/check", "name"), ("/similar", "name"), ("/clear", "names")):
        answer = client.post(page, {field: "KAFE"})
        assert (answer.status_code, words in answer.content.decode()) == (503, True), page


def test_no_text_of_the_desk_calls_a_name_free_or_cleared() -> None:
    """`Cleared` is the word of the trade for a name that may be used; `to clear` is what is done with it."""
    texts = [text for table in TABLES for text in table.values()] + [*SENTENCES, *REPORT_SENTENCES]
    folder = Path(str(files("ipregister.portal"))) / "templates" / "portal"
    pages = [one.read_text(encoding="utf-8") for one in folder.glob("cle*.html")] + [
        (folder / "check.html").read_text(encoding="utf-8")
    ]
    assert len(pages) > 3
    for text in [*texts, *pages]:
        assert not re.search(r"\b(free|available|cleared)\b", text, re.IGNORECASE), text


def test_without_marks_of_an_office_nothing_was_compared(filled: Options, client: Client) -> None:
    answer = client.post("/check", {"name": "Xyqwzrtvk", "office": "MM"})
    assert answer.context["answer"].verdict == "nothing-compared"
    assert "No mark was compared" in words_of(answer.content)


def test_every_code_has_words() -> None:
    assert {*NOT_CHECKED, CLOSED_NAMES} == set(UNCHECKED_WORDS)
    assert set(NEXT_STEPS) == set(STEP_WORDS)
