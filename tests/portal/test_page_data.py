"""The data at a page's own address: no more than the office released, once the operator has decided."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.portal.releasing import release
from tests.portal.test_similar import a_name

LAO_ONLY = """
[[release]]
office = "LA"
channels = ["page", "api"]
attribution = "DIP Laos"
source = "Decree 7"
hidden = ["representatives/*/names", "goods"]
"""
DATA = (
    "/r/{key}?format=json",
    "/r/{key}/history?format=json",
    "/r/{key}/evidence?pointer=/application_number&format=json",
)


def key_of(own: Options, office: str) -> str:
    """A mark of an office that is public, with goods."""
    register = Register(packs=own.path("packs"))
    for key in register.keys(office=office, right="trademark", limit=50):
        answer = Client().get(f"/r/{key}?format=json")
        if answer.status_code == 200 and answer.json()["record"].get("goods"):
            return key
    raise AssertionError(f"no public mark of {office}")


def test_without_switches_the_data_are_what_the_page_says(own: Options, client: Client) -> None:
    key = key_of(own, "TH")
    assert [client.get(address.format(key=key)).status_code for address in DATA] == [200, 200, 200]
    assert client.get("/search?q=office:TH&format=json").json()["total"] > 0


def test_an_office_that_released_pages_gives_no_data(own: Options, client: Client) -> None:
    key = key_of(own, "TH")
    release(own.data, LAO_ONLY)
    assert client.get(f"/r/{key}").status_code == 200
    for address in DATA:
        answer = client.get(address.format(key=key))
        assert (answer.status_code, answer.json()["error"]) == (406, "not-released")
    assert client.get(f"/r/{key}", headers={"accept": "application/json"}).status_code == 406
    found = client.get("/search?q=office:TH&format=json").json()
    assert (found["total"], found["hits"]) == (0, [])
    assert client.get("/search?q=office:TH").context["result"].total > 0


def test_hidden_fields_and_addresses_are_in_no_data(own: Options, client: Client) -> None:
    key = key_of(own, "LA")
    release(own.data, LAO_ONLY)
    answer = client.get(f"/r/{key}?format=json")
    record = answer.json()["record"]
    assert answer.status_code == 200
    assert "goods" not in record
    assert "address_lines" not in json.dumps(record)
    assert answer.json()["images"] == []
    assert answer.headers["Attribution"] == "DIP Laos"
    assert answer.headers["Legal-Source"] == "Decree 7"
    places = [change["pointer"] for version in client.get(f"/r/{key}/history?format=json").json()["versions"]
              for change in version["changes"]]  # fmt: skip
    assert not [place for place in places if place.startswith("/goods")]
    hidden = client.get(f"/r/{key}/evidence?pointer={quote('/goods/0/class_number')}&format=json")
    assert hidden.json()["known"] is False


def test_names_like_a_name_are_given_of_released_records_alone(own: Options, client: Client) -> None:
    before = client.get("/similar?name=lotus&format=json&limit=50")
    if before.status_code != 200 or not before.json()["hits"]:
        pytest.skip("this installation has no index of names")
    release(own.data, LAO_ONLY)
    assert {
        hit["office"] for hit in client.get("/similar?name=lotus&format=json&limit=50").json()["hits"]
    } <= {"LA"}


def test_a_checked_name_gives_released_records_alone(own: Options, client: Client) -> None:
    name = a_name()

    def asked() -> tuple[str, set[str], int]:
        answer = client.post("/check", {"name": name}, headers={"accept": "application/json"}).json()
        hits = [*answer["close"], *answer["protected"], *answer["businesses"]]
        return answer["verdict"], {hit["office"] for hit in hits}, len(hits)

    verdict, offices, count = asked()
    assert offices > {"LA"}
    release(own.data, LAO_ONLY)
    after, given, fewer = asked()
    assert (after, given) == (verdict, {"LA"})
    assert fewer < count


def test_pictures_like_a_picture_are_given_of_released_records_alone(own: Options, client: Client) -> None:
    register = Register(packs=own.path("packs"))
    for key in register.keys(office="LA", right="trademark", limit=200):
        answer = client.get(f"/similar/image?like={key}&format=json")
        if answer.status_code == 200 and {hit["office"] for hit in answer.json()["hits"]} > {"LA"}:
            break
    else:
        pytest.skip("this installation has no index of pictures")
    release(own.data, LAO_ONLY)
    assert client.get(f"/similar/image?like={key}&format=json").json()["hits"] == []
    release(own.data, LAO_ONLY.replace('"api"]', '"api", "images"]'))
    for form in ("json", "jsonl"):
        answer = client.get(f"/similar/image?like={key}&format={form}")
        hits = (
            answer.json()["hits"]
            if form == "json"
            else [json.loads(one) for one in answer.content.splitlines()]
        )
        assert {hit["office"] for hit in hits} == {"LA"}


def test_names_that_are_not_given_are_told_as_not_compared(own: Options, client: Client) -> None:
    """An answer that none is close would be no answer: nothing was looked at."""

    def asked(**form: str) -> dict[str, Any]:
        found: dict[str, Any] = client.post("/check", {"name": "Xyqwzrtvk", "format": "json"} | form).json()
        return found

    open_ = asked(office="LA")
    assert (open_["verdict"], open_["offices"][0]["compared"]) == ("none-close", True)
    release(own.data, '[[release]]\nchannels = ["page", "api"]\nhidden = ["mark/verbal"]\n')
    closed = asked(office="LA")
    assert (closed["verdict"], closed["records"], closed["offices"][0]["compared"]) == (
        "nothing-compared",
        0,
        False,
    )
    assert "closed-names" in closed["not_checked"]
    page = client.post("/check", {"name": "Xyqwzrtvk", "office": "LA"})
    assert page.context["answer"].verdict == "none-close"  # people see the marks themselves


def test_nothing_released_is_said_once(own: Options, client: Client) -> None:
    release(own.data, '[[release]]\nchannels = ["page"]\n')
    answer = client.get("/search?q=&format=json")
    assert (answer.status_code, answer.json()["error"]) == (406, "not-released")


@pytest.mark.parametrize("name", ["lotus", "ສິງແດງ", "!!"])
def test_where_nothing_is_released_no_name_is_like_another(own: Options, client: Client, name: str) -> None:
    if client.get("/similar?name=lotus&format=json").status_code != 200:
        pytest.skip("this installation has no index of names")
    release(own.data, '[[release]]\nchannels = ["page"]\n')
    assert client.get("/similar", {"name": name, "format": "json"}).json()["hits"] == []
    if name != "!!":
        answer = client.post("/check", {"name": name}, headers={"accept": "application/json"}).json()
        assert (answer["verdict"], answer["close"], answer["records"]) == ("nothing-compared", [], 0)
    assert client.get("/goods?words=coffee&format=json").status_code == 200
