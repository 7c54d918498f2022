"""The pages of statistics and completeness: what was counted, as page, CSV and JSON."""

import csv
import datetime as dt
import io

from django.test import Client

from ipregister.web.options import Options


def count(options: Options, code: str = "LA") -> None:
    """What the worker does for an office."""
    from ipregister.model.offices import office
    from ipregister.publication.completeness.keeping import refresh
    from ipregister.store.register import Register

    refresh(Register(packs=options.path("packs")), options.data, office(code), dt.datetime.now(dt.UTC))


def test_before_anything_is_counted_the_pages_say_so(own: Options, client: Client) -> None:
    assert "Nothing has been counted yet" in client.get("/statistics").content.decode()
    assert "Nothing has been counted yet" in client.get("/office/LA/completeness").content.decode()


def test_figures_of_an_office(own: Options, client: Client) -> None:
    count(own)
    answer = client.get("/statistics", {"office": "LA", "right": "trademark"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Applications by year of filing" in text
    assert "<svg" in text
    rows = list(csv.DictReader(io.StringIO(client.get("/statistics?office=LA&format=csv").content.decode())))
    held = next(r for r in rows if r["table"] == "coverage" and r["measure"] == "published")
    filed = sum(int(r["value"]) for r in rows if r["table"] == "filings" and r["right"] == held["right"])
    assert filed == int(held["value"]) > 0
    told = client.get("/statistics?office=LA&format=json").json()
    assert {one["name"] for one in told["tables"]} >= {"filings", "pendency"}
    assert told["offices"][0]["office"] == "LA"


def test_drafts_of_the_questionnaire(own: Options, client: Client) -> None:
    count(own)
    page = client.get("/statistics", {"office": "LA"}).content.decode()
    assert "/statistics?office=LA&amp;questionnaire=1&amp;format=csv" in page
    (told,) = client.get("/statistics?office=LA&questionnaire=1&format=json&year=2023").json()["drafts"]
    assert (told["office"], told["year"], told["status"]) == ("LA", "2023", "draft")
    names = {(one["right"], one["name"]) for one in told["sheets"]}
    assert {("trademark", "applications-by-origin"), ("trademark", "by-class")} <= names
    rows = list(csv.DictReader(io.StringIO(
        client.get("/statistics?office=LA&questionnaire=1&format=csv&year=2023").content.decode())))  # fmt: skip
    figures = sum(len(line["values"]) for one in told["sheets"] for line in one["lines"])
    assert len(rows) == figures + sum(map(len, told["coverage"].values()))
    last = client.get("/statistics?questionnaire=1&format=json").json()["drafts"]
    day = dt.datetime.now(dt.UTC)
    assert {one["year"] for one in last} <= {str(day.year - 1), str(day.year - 2)}
    assert "WO" not in {one["office"] for one in last}


def test_an_unknown_right_or_office_shows_what_there_is(own: Options, client: Client) -> None:
    count(own)
    assert client.get("/statistics?office=LA&right=nothing").status_code == 200
    assert client.get("/statistics?office=ZZ").status_code == 200
    assert client.get("/office/ZZ/completeness").status_code == 404


def test_completeness_says_not_declared_and_never_gap(own: Options, client: Client) -> None:
    count(own)
    text = client.get("/office/LA/completeness").content.decode()
    assert "Not declared by the office" in text
    assert "Numbers missing" not in text
    rows = list(
        csv.DictReader(io.StringIO(client.get("/office/LA/completeness?format=csv").content.decode()))
    )
    assert {row["state"] for row in rows} == {"not-declared"}
    assert client.get("/office/LA/completeness?format=json").json()["ledger"]["office"] == "LA"
