"""The pages of statistics and completeness: what was counted, as page, CSV and JSON."""

import csv
import datetime as dt
import io
import re

import pytest
from django.test import Client

from ipregister.web.options import Options


def count(options: Options, code: str = "LA") -> None:
    """What the worker does for an office."""
    from ipregister.model.offices import office
    from ipregister.publication.completeness.keeping import refresh
    from ipregister.store.register import Register

    refresh(Register(packs=options.path("packs")), options.data, office(code), dt.datetime.now(dt.UTC))


def plant(options: Options) -> None:
    """A patent application that is not published, stored and in the index."""
    from ipregister.intake.indexer import catch_up
    from ipregister.store.register import Register
    from tests.publication.test_statistics import SECRET, fill

    register = Register(packs=options.path("packs"))
    fill(register, SECRET)
    catch_up(register, options.path("index"))


def plainly(client: Client, address: str) -> str:
    """An answer without the number of the last change, which moves with every record of every office."""
    return re.sub(r'"(change|searchable)": ?[0-9]+', "", client.get(address).content.decode())


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


@pytest.mark.parametrize(
    "mistyped", ["office=ZZ", "year=abc", "year=20x4", "right=tradmark", "office=LA&year=1"]
)
def test_a_mistyped_filter_widens_no_answer(own: Options, client: Client, mistyped: str) -> None:
    count(own)
    for more in ("&format=json", "&format=csv", "&format=json&questionnaire=1"):
        answer = client.get(f"/statistics?{mistyped}{more}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["remedy"]
    page = client.get(f"/statistics?{mistyped}")
    assert page.status_code == 400
    text = page.content.decode()
    assert "This request cannot be read" in text
    assert '<select id="office"' in text
    assert "<svg" not in text.partition("<main")[2].partition("</main")[0]


def test_an_office_that_was_not_counted_has_no_figures(own: Options, client: Client) -> None:
    count(own)
    assert client.get("/statistics?office=KH&format=json").json()["offices"] == []
    assert client.get("/statistics?year=unknown&format=json").status_code == 200


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


def test_unpublished_records_are_in_no_public_count(own: Options, client: Client) -> None:
    from ipregister.publication.completeness.keeping import kept
    from ipregister.publication.release import FILE

    addresses = ("/statistics?format=json", "/statistics?office=LA&format=csv", "/statistics?office=LA",
                 "/office/LA/completeness?format=json", "/office/LA/completeness?format=csv", "/office/LA/completeness",
                 "/office/LA?format=json", "/status?format=json", "/search?q=&format=json&office=LA")  # fmt: skip
    count(own)
    before = [plainly(client, address) for address in addresses]
    plant(own)
    count(own)
    ledger = kept(own.data, "LA")
    assert ledger is not None
    assert ledger.unpublished is not None
    assert [plainly(client, address) for address in addresses] == before
    assert '"unpublished"' not in before[3]
    switches = (own.data / FILE).read_text() if (own.data / FILE).exists() else ""
    (own.data / FILE).write_text('unpublished_totals = ["LA"]\n' + switches)
    told = client.get("/office/LA/completeness?format=json").json()["ledger"]["unpublished"]
    assert told["records"] == ledger.unpublished.records
    assert "Not published" in client.get("/office/LA/completeness").content.decode()


def test_a_right_that_an_office_has_not_shows_what_there_is(own: Options, client: Client) -> None:
    count(own)
    assert client.get("/statistics?office=LA&right=work").status_code == 200
    assert client.get("/statistics?office=KH").status_code == 200
    assert client.get("/office/ZZ/completeness").status_code == 404


def test_completeness_tells_fill_rates_and_lag(own: Options, client: Client) -> None:
    count(own)
    text = client.get("/office/LA/completeness").content.decode()
    for told in ("How complete the records are", "Data to", "Application number", "100&nbsp;%"):
        assert told in text
    (total,) = client.get("/office/LA/completeness?format=json").json()["ledger"]["sums"]
    assert {one["field"]: one["share"] for one in total["fills"]}["application_number"] == 1.0
    assert total["lag_days"] >= 0
    rows = csv.DictReader(io.StringIO(client.get("/office/LA/completeness?format=csv").content.decode()))
    filled = {one["field"]: int(one["held"]) for one in rows if one["state"] == "filled"}
    assert filled == {one["field"]: one["filled"] for one in total["fills"]}


def test_machines_are_not_told_how_often_a_hidden_field_is_filled(own: Options, client: Client) -> None:
    count(own)
    hidden = 'hidden = ["goods", "applicants/*/country", "mark/images"]\n'
    (own.data / "release.toml").write_text(f'[[release]]\nchannels = ["page", "api"]\n{hidden}')
    (total,) = client.get("/office/LA/completeness?format=json").json()["ledger"]["sums"]
    fields = {one["field"] for one in total["fills"]}
    assert {"applicants", "application_number", "mark/verbal"} <= fields
    assert not fields & {"goods", "goods/texts", "applicants/country", "mark/images", "mark/images/vienna"}
    assert "goods/texts" not in client.get("/office/LA/completeness?format=csv").content.decode()


def test_completeness_says_not_declared_and_never_gap(own: Options, client: Client) -> None:
    count(own)
    text = client.get("/office/LA/completeness").content.decode()
    assert "Not declared by the office" in text
    assert "Numbers missing" not in text
    rows = list(
        csv.DictReader(io.StringIO(client.get("/office/LA/completeness?format=csv").content.decode()))
    )
    assert {row["state"] for row in rows if row["stage"]} == {"not-declared"}
    assert client.get("/office/LA/completeness?format=json").json()["ledger"]["office"] == "LA"
