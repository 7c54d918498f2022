"""The page and the verbs for goods and services."""

from pathlib import Path

import pytest
from django.test import Client

from ipregister.model.errors import Busy
from ipregister.search.goods.terms import Term, keep
from ipregister.web import wiring
from ipregister.web.options import Options
from tests.cli.conftest import Command, command


def test_classes_and_terms_of_published_records(filled: Options, client: Client) -> None:
    answer = client.post("/goods", {"words": "coffee"}, headers={"accept": "application/json"}).json()
    assert answer["classes"][0]["class_number"] == 30
    assert {clue["kind"] for clue in answer["classes"][0]["clues"]} == {"plain-word", "register"}
    assert answer["terms"]
    assert all("coffee" in term["text"].casefold() and term["count"] for term in answer["terms"])


def test_terms_of_the_loaded_list(own: Options, client: Client) -> None:
    keep(own.data, [Term(7, "widget presses"), Term(7, "machines"), Term(25, "shoes")], "en")
    answer = client.post("/goods", {"words": "widget"}, headers={"accept": "application/json"}).json()
    assert [(term["class_number"], term["text"], term["source"]) for term in answer["terms"]] == [
        (7, "widget presses", "list")
    ]
    assert answer["classes"][0]["class_number"] == 7


def test_the_page_is_kept_nowhere_and_holds_the_list(filled: Options, client: Client) -> None:
    answer = client.post(
        "/goods", {"words": "tea", "pick": ["30:green tea", "30:green tea", "99:x", "25:", "9:phones"]}
    )
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert page.count('value="30:green tea" checked') == 1
    assert 'value="9:phones" checked' in page
    assert 'value="99:x"' not in page


@pytest.mark.parametrize("words", ["", "xyzzy", "a" * 1000, "\0<script>", "goods:(("])
def test_odd_words(filled: Options, client: Client, words: str) -> None:
    answer = client.post("/goods", {"words": words})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content.replace(b"<script src", b"")


@pytest.fixture
def verbs(own: Options) -> Command:
    return command(own)


def test_the_verbs(verbs: Command, own: Options, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("class,term\n43,zimbo houses\n43,zimbo rooms\n30,coffee\n")
    assert verbs("nice", "load", str(file)).row == {"language": "en", "terms": 3, "classes": 2}
    assert [row["class_number"] for row in verbs("goods", "suggest", "I sell coffee and run a hotel").rows][
        :2
    ] == [30, 43]
    assert verbs("goods", "terms", "zimbo").rows[0]["text"] == "zimbo houses"
    assert verbs("goods", "compare", "30: coffee", "30: kopi").row["score"] >= 0.7
    assert verbs("nice", "load", str(tmp_path / "nowhere.csv")).code == 2


def test_while_the_index_is_made_anew(own: Options, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Busy("the search index is being rebuilt")

    monkeypatch.setattr(wiring.site().index, "classes_of", busy)
    assert client.post("/goods", {"words": "coffee"}).status_code == 503
