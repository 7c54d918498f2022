"""What is restricted stands on no public page, in no JSON, in no evidence, in no history, in no hit."""

import datetime as dt
import zipfile
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from django.test import Client

from ipregister.intake import indexer, loading
from ipregister.model import canonical
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.party import Contact, Party
from ipregister.model.right import Publication
from ipregister.model.text import Extra, Kept, Text
from ipregister.portal.exports import making
from ipregister.portal.exports.asking import Export
from ipregister.portal.publicly import shown
from ipregister.publication.release import EVERYTHING, FILE
from ipregister.store.register import Register
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.exchange.documents import ipas
from tests.store.filings import deliver, slice_of

KEY = "la-99001"
CANARIES = (
    "CANARYSTREET",
    "CANARYMAIL",
    "CANARYPHONE",
    "CANARYIDENTITY",
    "CANARYEXTRA",
    "CANARYKEPT",
)


def planted(status: str) -> bytes:
    person = Party(
        identifier="CANARYIDENTITY",
        kind="natural",
        names=(Text("Somchay Vong"),),
        address_lines=(Text("CANARYSTREET 7"),),
        country="LA",
        contact=Contact(phone=("CANARYPHONE",), email=("CANARYMAIL@example.org",)),
    )
    return canonical.encode(
        Trademark(
            office="LA",
            application_number="99001",
            application_date="2020-01-02",
            registration_date="2021-01-02",
            office_status=status,
            mark=Mark(verbal=(Text("RIVERBIRD"),)),
            publications=(Publication(date="2020-06-01"),),
            applicants=(person,),
            holders=(person,),
            representatives=(person,),
            kept=(Kept("/applicants/0/identifier", "CANARYKEPT", "unknown-code"),),
            extra=(Extra("TradeMark/Secret", "CANARYEXTRA"),),
        )
    )


@pytest.fixture
def register(sqlite_database: Options) -> Register:
    found = Register(packs=sqlite_database.path("packs"))
    for day, status in (("2024-01-01", "Filed"), ("2024-02-01", "Registered")):
        deliver(found, day, day, [slice_of(0, KEY, planted(status))])
    indexer.catch_up(found, sqlite_database.path("index"))
    return found


def test_the_planted_record_is_public(register: Register) -> None:
    side = shown(site(), register.require(KEY))
    assert side is not None
    assert side.plain["applicants"][0]["names"]
    assert all(canary in register.require(KEY).body.decode() for canary in CANARIES)
    assert office("LA").publicity


@pytest.mark.parametrize("form", ["", "format=json"])
def test_no_canary_in_any_public_answer(register: Register, client: Client, form: str) -> None:
    pointers = [pointer for pointer, _ in canonical.leaves(msgspec.json.decode(register.require(KEY).body))]
    addresses = [
        f"/r/{KEY}",
        f"/r/{KEY}/history",
        "/",
        "/search?q=",
        "/search?q=riverbird",
        "/office/LA",
        "/status",
    ]
    addresses += [f"/r/{KEY}?evidence={quote(pointer)}" for pointer in pointers]
    addresses += [f"/r/{KEY}/evidence?pointer={quote(pointer)}" for pointer in pointers]
    addresses += [f"/r/{KEY}?version=1", f"/r/{KEY}?as-of=2024-01-15"]
    for address in addresses:
        answer = client.get(address + (("&" if "?" in address else "?") + form if form else ""), follow=True)
        text = answer.content.decode()
        pasted = [canary for canary in CANARIES if canary in text and canary not in address.upper()]
        assert pasted == [], address


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_is_found_by_a_canary(register: Register, client: Client, canary: str) -> None:
    assert client.get("/search", {"q": "riverbird", "format": "json"}).json()["total"] == 1
    assert client.get("/search", {"q": canary, "format": "json"}).json()["total"] == 0
    assert client.get(f"/r/{canary}").status_code == 404


def test_the_evidence_of_a_kept_value_is_its_own(
    sqlite_database: Options, client: Client, tmp_path: Path
) -> None:
    raw = ipas(
        ("<ExpiryDate>2027-08-15", "<ApplicationReference>-</ApplicationReference><ExpiryDate>soon"),
    )
    path = tmp_path / "delivery.xml"
    path.write_bytes(raw)
    register = Register(packs=sqlite_database.path("packs"))
    loading.load(register, office("LA"), path, scratch=tmp_path / "s", day=dt.date(2026, 1, 1))
    (key,) = register.keys()
    body = msgspec.json.decode(register.require(key).body)
    assert [kept["text"] for kept in body["kept"]] == ["-", "soon"]
    public = client.get(f"/r/{key}", {"format": "json"}).json()["record"]["kept"]
    assert [kept["text"] for kept in public] == ["soon"]
    told = client.get(f"/r/{key}/evidence", {"pointer": "/kept/0/text", "format": "json"}).json()
    assert (told["value"], told["raw"]) == ("soon", "soon")
    again = client.get(f"/r/{key}/evidence", {"pointer": "/kept/1/text", "format": "json"}).json()
    assert again["known"] is False


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_no_canary_in_a_file_of_all_hits(register: Register, client: Client, form: str) -> None:
    found = site()
    (found.data / FILE).write_text(EVERYTHING, encoding="utf-8")
    address = client.post("/export", {"q": "riverbird", "form": form})["Location"]
    export = Export(found.data, address.rpartition("/")[2])
    making.make(found, export.number)
    assert export.progress().rows == 1
    content = export.file.read_bytes()
    if form == "xlsx":
        with zipfile.ZipFile(export.file) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    assert b"RIVERBIRD" in content
    assert [canary for canary in CANARIES if canary.encode() in content] == []
