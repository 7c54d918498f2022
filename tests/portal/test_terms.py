"""On what terms: licence, attribution and legal source stand on every page and in every answer with data."""

import html
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils.translation import override

from ipregister.portal.api.service import openapi
from ipregister.portal.exports import making
from ipregister.portal.machines import MACHINES
from ipregister.portal.terms import stated
from ipregister.portal.urls import FORMS, PUBLIC
from ipregister.publication.bulk.publishing import publish
from ipregister.store.register import Register
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.portal.releasing import EVERYTHING, release

SAID = ("CC0-1.0", "Test region & friends", "Law <1>")
TWO = """
[[release]]
channels = ["page"]
licence = "CC-BY-4.0"
attribution = "All offices of the region"
source = "Treaty 1"

[[release]]
office = "LA"
right = "trademark"
channels = ["page", "api"]
licence = "ODbL-1.0"
attribution = "DIP Laos"
source = "Decree 7"
image_licence = "Pictures: owners of the marks"
"""
NOTHING_OF_OFFICES = {"language", "health", "robots", "image", "thumb", "converted", "picture-part", "bulk-file", "log",
                      "bulk-index", "evidence", "check-copy", "copy", "clear-result", "export-file", "export-delete", "export", "exports",
                      "mails-confirm", "mails-stop"}  # fmt: skip
"""Addresses that give no data of offices as text, or that other tests of this module ask for."""


def carries(answer: Any) -> list[str]:
    """What of the terms an answer does not tell, in its body or its headers."""
    told = html.unescape(answer.content.decode("utf-8", "replace")).replace("\r\n ", "").replace("\\,", ",")
    headers = unquote(" ".join(answer.headers.values()))
    return [text for text in SAID if text not in told and text not in headers]


def filled_in(address: str, key: str) -> str:
    """An address with its parameters."""
    for name, value in (
        ("<str:code>", "LA"),
        ("<slug:key>", key),
        ("<path:spelling>", key),
        ("<str:key>", key),
    ):
        address = address.replace(name, value)
    return "/" + address


@pytest.fixture
def key(own: Options) -> str:
    """A record of a released installation."""
    release(own.data)
    return Register(packs=own.path("packs")).keys(office="LA", right="trademark", limit=1)[0]


def test_every_page_carries_the_terms(own: Options, key: str, client: Client) -> None:
    lacking = {}
    for address, _view, name in (*PUBLIC, *FORMS):
        if name in NOTHING_OF_OFFICES or "<slug:name>" in address:
            continue
        answer = client.get(filled_in(address, key))
        assert answer.status_code in (200, 503), address
        if left := carries(answer):
            lacking[address] = left
    assert lacking == {}


@pytest.mark.parametrize("address", ["/search?q=la&format=json", "/r/{key}?format=json", "/r/{key}/history?format=json",
                                     "/office/LA?format=json", "/statistics?format=csv", "/statistics?format=json",
                                     "/office/LA/completeness?format=csv", "/r/{key}?format=st96", "/r/{key}/evidence?pointer=/application_number&format=json",
                                     "/similar?name=coffee&format=json", "/r/{key}/copy?format=json"])  # fmt: skip
def test_other_forms_of_pages_carry_them(own: Options, key: str, client: Client, address: str) -> None:
    answer = client.get(address.format(key=key))
    if answer.status_code == 200:
        assert carries(answer) == []
    else:
        assert answer.status_code in (404, 503), address


def test_every_machine_door_carries_them(own: Options, key: str, client: Client) -> None:
    asked = {
        "oai": "?verb=ListRecords&metadataPrefix=oai_dc",
        "changes": "?limit=5",
        "feeds/atom": "?q=",
        "feeds/calendar": "?q=",
    }
    for address, _view, _name, _methods in MACHINES:
        answer = client.get(filled_in(address, key) + asked.get(address, ""))
        assert answer.status_code == 200, address
        assert carries(answer) == [], address
    for path in ("records", f"records/{key}", f"records/{key}/history", f"records/{key}/events",
                 f"records/{key}/parties", "search?q=", "parties?name=co", "offices", "offices/LA"):  # fmt: skip
        assert carries(client.get(f"/api/v1/{path}")) == [], path
    known = {path.removeprefix("/api/v1/") for path in openapi()["paths"] if path.startswith("/api/v1/")}
    without = {"coverage", "code-lists", "code-lists/{name}"}
    assert known == {"records", "records/{spelling}", "records/{key}/history", "records/{key}/events",
                     "records/{key}/parties", "search", "parties", "offices", "offices/{code}"} | without  # fmt: skip


@pytest.mark.parametrize("prefix", ["oai_dc", "st96"])
def test_every_record_of_a_harvest_carries_them(own: Options, key: str, client: Client, prefix: str) -> None:
    text = client.get(f"/oai?verb=ListRecords&metadataPrefix={prefix}&set=LA").content.decode()
    records = [part for part in text.split("<record>")[1:] if 'status="deleted"' not in part]
    assert records
    for one in records:
        about = html.unescape(one.partition("<about>")[2])
        assert [said for said in SAID if said not in about] == []
        if prefix == "oai_dc":
            assert html.unescape(one.partition("<about>")[0]).count("<dc:rights>") == 3


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_every_line_of_an_export_carries_them(own: Options, key: str, client: Client, form: str) -> None:
    begun = client.post("/export", {"q": "office:LA", "form": form})
    number = begun["Location"].split("/")[-1].partition("?")[0]
    making.make(site(), number)
    answer = client.get(f"/export/{number}/file")
    lines = b"".join(answer).decode().strip().splitlines()[1 if form == "csv" else 0 :]
    assert lines
    assert all(said in line for line in lines for said in SAID)


def test_a_manifest_carries_them(own: Options, key: str, client: Client) -> None:
    made = publish(Register(packs=own.path("packs")), own.data, own.path("publications"), "full", processes=1)
    answer = client.get(f"/bulk/{made.manifest.name}/manifest.json")
    text = b"".join(answer).decode()
    assert [said for said in SAID if said not in text] == []
    assert carries(client.get(f"/bulk/{made.manifest.name}/")) == []
    assert carries(client.get(f"/r/{key}/copy")) == []


def test_terms_are_told_once_with_whose_they_are(own: Options, client: Client) -> None:
    release(own.data, TWO)
    with override("en"):
        told = {one.licence: one for one in stated(site())}
    assert told["ODbL-1.0"].whose == "Laos (Trademark)"
    assert told["ODbL-1.0"].images == "Pictures: owners of the marks"
    assert "Thailand" in told["CC-BY-4.0"].whose
    assert "Laos (" in told["CC-BY-4.0"].whose
    page = client.get("/").content.decode()
    assert "Decree 7" in page
    assert "https://spdx.org/licenses/ODbL-1.0.html" in page
    release(own.data, EVERYTHING)
    with override("en"):
        assert [one.whose for one in stated(site())] == ["All offices"]
    release(own.data, '[[release]]\nchannels = ["page"]\n')
    own_words = {one.whose for one in stated(site())}
    assert "Laos" not in " ".join(own_words)
    assert "All offices" not in own_words
