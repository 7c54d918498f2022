"""The pages of publications: index, manifests, files in parts, proofs, and what is said of a copy."""

import json
from pathlib import Path

import pytest
from django.test import Client

from ipregister.publication import keys
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.bulk.shelf import INDEX, Shelf
from ipregister.publication.extract import check_copy, copy, name_of
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import Entry
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from tests.publication.conftest import deliver, marks


@pytest.fixture
def shelf(register: Register, data: Path) -> Path:
    """A full publication and a delta, in the usual folder."""
    folder = data / "publications"
    publish(register, data, folder, processes=1)
    deliver(register, "2026-02-01", marks("2", words="NEW"))
    publish(register, data, folder, processes=1)
    return folder


@pytest.fixture
def client() -> Client:
    """A browser."""
    return Client(SERVER_NAME="localhost")


def test_the_index_is_a_page_and_a_file(shelf: Path, client: Client) -> None:
    names = [one.name for one in Shelf(shelf).index().publications]
    text = client.get("/bulk/").content.decode()
    assert all(f"/bulk/{name}/" in text for name in names)
    assert client.get("/bulk/", HTTP_ACCEPT="application/json").content == (shelf / INDEX).read_bytes()
    assert b"".join(client.get("/bulk/index.json")) == (shelf / INDEX).read_bytes()


def test_without_publications_the_page_says_so(data: Path, client: Client) -> None:
    del data
    assert "Nothing is published yet" in client.get("/bulk/").content.decode()
    assert client.get("/bulk/index.json").status_code == 404
    assert client.get("/bulk/log/head").status_code == 404


def test_a_publication_is_a_page_with_its_terms(shelf: Path, client: Client) -> None:
    name = Shelf(shelf).index().publications[0].name
    text = client.get(f"/bulk/{name}/").content.decode()
    assert "CC0-1.0" in text
    assert "LA-trademark-0001.parquet" in text
    assert client.get(f"/bulk/{name}/?format=json").content == (shelf / name / "manifest.json").read_bytes()
    assert client.get("/bulk/2020-01-01-full/").status_code == 404


def test_files_come_whole_and_in_parts(shelf: Path, client: Client) -> None:
    name = Shelf(shelf).index().publications[0].name
    address, content = (
        f"/bulk/{name}/LA-trademark-0001.parquet",
        (shelf / name / "LA-trademark-0001.parquet").read_bytes(),
    )
    whole = client.get(address)
    assert b"".join(whole) == content
    assert whole["Content-Length"] == str(len(content))
    assert client.get(address, HTTP_IF_NONE_MATCH=whole["ETag"]).status_code == 304
    for asked, expected in (("bytes=2-9", content[2:10]), ("bytes=5-", content[5:]), ("bytes=-4", content[-4:]),
                            (f"bytes=0-{len(content) * 2}", content)):  # fmt: skip
        part = client.get(address, HTTP_RANGE=asked)
        assert part.status_code == 206
        assert b"".join(part) == expected
    assert client.get(address, HTTP_RANGE=f"bytes={len(content)}-").status_code == 416
    assert client.get(address, HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"other"').status_code == 200


@pytest.mark.parametrize("file", ["../index.json", "..%2Findex.json", "secret", ".unfinished"])
def test_no_other_file_can_be_had(file: str, shelf: Path, client: Client) -> None:
    name = Shelf(shelf).index().publications[0].name
    (shelf / name / "secret").write_text("secret")
    assert client.get(f"/bulk/{name}/{file}").status_code == 404


def test_proofs_hold(shelf: Path, client: Client) -> None:
    del shelf
    head = client.get("/bulk/log/head").json()["head"]
    proof = client.get("/bulk/log/proof?leaf=1").json()
    leaf, path = Entry(**proof["entry"]).leaf(), [bytes.fromhex(one) for one in proof["path"]]
    assert merkle.is_included(leaf, 1, head["size"], path, bytes.fromhex(head["root"]))
    grown = client.get("/bulk/log/consistency?first=3").json()
    old, new = bytes.fromhex(grown["first"]["root"]), bytes.fromhex(grown["second"]["root"])
    assert new.hex() == head["root"]
    assert merkle.is_consistent(3, head["size"], old, new, [bytes.fromhex(one) for one in grown["proof"]])
    entries = client.get("/bulk/log/entries").json()["entries"]
    assert [one["kind"] for one in entries] == ["record"] * 3 + ["publication", "record", "publication"]
    assert len(client.get("/bulk/log/heads").json()) >= 2


@pytest.mark.parametrize(
    "asked", ["proof?leaf=99", "proof?leaf=x", "proof", "consistency?first=0", "entries?start=-1"]
)
def test_what_cannot_be_proved_is_refused(asked: str, shelf: Path, client: Client) -> None:
    del shelf
    assert client.get(f"/bulk/log/{asked}").status_code == 400
    assert client.get("/bulk/log/nothing").status_code == 404


def test_a_copy_can_be_had_and_asked_for(shelf: Path, register: Register, data: Path, client: Client) -> None:
    del shelf
    content = client.get("/r/la-2/copy").content
    found = check_copy(content, keys.signer(data).public, "copy").copy
    assert found.entry.version == 2
    assert found.check.startswith("http://localhost/verify/")
    address = found.check.removeprefix("http://localhost")
    assert "present one" in client.get(address).content.decode()
    past = copy(register, data, "la-2", 1).copy
    told = client.get(f"/verify/{name_of(past.leaf, past.entry)}?format=json").json()
    assert told["state"] == "superseded"
    assert json.dumps(told["present"]["version"]) == "2"
    assert client.get("/verify/0-0000000000000000").status_code == 404
    assert client.get("/r/la-9/copy").status_code == 404


def test_a_withheld_record_says_so(shelf: Path, register: Register, data: Path, client: Client) -> None:
    del shelf
    assert "/r/la-1/copy" in client.get("/r/la-1").content.decode()
    withhold(register, data, Order("la-1", "Order 7/2026", "2026-07-01"))
    answer = client.get("/r/la-1")
    assert answer.status_code == 451
    assert "withheld" in answer.content.decode()
    assert "TA YA" not in answer.content.decode()
    assert client.get("/r/la-1/copy").status_code == 404
