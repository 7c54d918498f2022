"""OAI-PMH: every verb, every error, selective harvests, deletions; every answer is valid."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from lxml import etree

from ipregister.portal import oai as door
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import Fill
from tests.portal.releasing import release
from tests.store.filings import deliver, mark, slice_of

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "oai-pmh.xsd"))
NAMES = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
LIST = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
ID = "oai:ipregister.localhost:"


def _fill(options: Options) -> None:
    """Seven marks in hourly deliveries; one is changed, one deleted."""
    release(options.data)
    found = Register(packs=options.path("packs"))
    for hour in range(6):
        one = [slice_of(0, f"la-{hour}", public(f"{hour}"))]
        deliver(found, f"d{hour}", f"2026-01-01#{hour:02}", one, now=NOW + dt.timedelta(hours=hour))
    last = [
        slice_of(0, "la-1", public("1", "Refused")),
        slice_of(1, "la-2", public("2", "Gone"), deleted=True),
    ]
    last.append(slice_of(2, "la-9", public("9", "A & B <\x01>")))
    deliver(found, "e", "2026-01-02", last, now=NOW + dt.timedelta(days=1, microseconds=7))


@pytest.fixture
def register(filled_by: Callable[[Fill], Options]) -> Register:
    return Register(packs=filled_by(_fill).path("packs"))


def public(number: str, status: str = "Registered") -> bytes:
    return mark(number, status, registration_date="2020-01-02", registration_number=number)


def answer(client: Client, method: str = "get", **arguments: str) -> Any:
    """The root of an answer, which is valid."""
    arguments = {name.removesuffix("_"): text for name, text in arguments.items()}
    response = getattr(client, method)("/oai", arguments)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    SCHEMA.assertValid(root)
    return root


def keys(root: Any) -> list[str]:
    return [text.removeprefix(ID) for text in root.xpath("//o:header/o:identifier/text()", namespaces=NAMES)]


def code(root: Any) -> str:
    (found,) = root.xpath("o:error/@code", namespaces=NAMES)
    return str(found)


def text(root: Any, path: str) -> list[str]:
    return [str(found) for found in root.xpath(path, namespaces=NAMES)]


def test_it_tells_what_it_is(register: Register, client: Client) -> None:
    root = answer(client, verb="Identify")
    assert text(root, "//o:earliestDatestamp/text()") == ["2026-01-01T12:00:00Z"]
    assert text(root, "//o:deletedRecord/text()") == ["persistent"]
    assert text(root, "//o:granularity/text()") == ["YYYY-MM-DDThh:mm:ssZ"]
    assert text(root, "o:request/text()") == ["http://testserver/oai"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_records_stand_in_the_order_of_their_recording(
    register: Register, client: Client, method: str
) -> None:
    root = answer(client, method, **LIST)
    assert keys(root) == ["la-0", "la-3", "la-4", "la-5", "la-9", "la-1", "la-2"]
    assert text(root, "//o:header[@status]/o:identifier/text()") == [f"{ID}la-2"]
    assert text(root, "//o:record[o:header/@status]/o:metadata") == []
    assert not root.xpath("//o:resumptionToken", namespaces=NAMES)


def test_a_record_tells_its_terms(register: Register, client: Client) -> None:
    root = answer(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"{ID}la-9")
    assert text(root, "//o:metadata//dc:rights/text()") == ["CC0-1.0", "Test region & friends", "Law <1>"]
    assert text(root, "//o:about//dc:source/text()") == ["Law <1>"]
    assert "http://testserver/r/la-9" in text(root, "//dc:identifier/text()")
    assert text(root, "//o:setSpec/text()") == ["LA", "LA:trademark"]


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ({"from": "2026-01-02"}, ["la-9", "la-1", "la-2"]),
        ({"until": "2026-01-01"}, ["la-0", "la-3", "la-4", "la-5"]),
        ({"from": "2026-01-01T15:00:00Z", "until": "2026-01-01T16:00:00Z"}, ["la-3", "la-4"]),
        ({"from": "2026-01-01T15:00:01Z", "until": "2026-01-01T15:59:59Z"}, []),
        ({"from": "2026-01-02T12:00:00Z", "until": "2026-01-02T12:00:00Z"}, ["la-9", "la-1", "la-2"]),
        ({"set": "LA"}, ["la-0", "la-3", "la-4", "la-5", "la-9", "la-1", "la-2"]),
        ({"set": "LA:trademark", "from": "2026-01-02"}, ["la-9", "la-1", "la-2"]),
        ({"set": "LA:patent"}, []),
        ({"set": "KH"}, []),
        ({"set": "LA:nothing"}, []),
        ({"set": "LA:"}, []),
    ],
)
def test_what_is_asked_for_by_time_and_set(
    register: Register, client: Client, span: dict[str, str], found: list[str]
) -> None:
    for verb in ("ListRecords", "ListIdentifiers"):
        root = etree.fromstring(client.get("/oai", {**LIST, "verb": verb, **span}).content)
        assert keys(root) == found
        if not found:
            assert code(root) == "noRecordsMatch"


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_tokens_lead_through_a_list_and_hold_all_they_need(
    register: Register, client: Client, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PAGE", 2)
    root = answer(client, verb=verb, metadataPrefix="oai_dc", set="LA", until="2027-01-01")
    found, cursors = keys(root), []
    while token := "".join(text(root, "//o:resumptionToken/text()")):
        cursors.append(text(root, "//o:resumptionToken/@cursor")[0])
        root = answer(Client(), verb=verb, resumptionToken=token)
        found += keys(root)
    assert found == ["la-0", "la-3", "la-4", "la-5", "la-9", "la-1", "la-2"]
    assert cursors == ["0", "2", "4"]
    assert text(root, "//o:resumptionToken/@cursor") == ["6"]


def test_a_record_that_changes_during_a_harvest_is_told_at_its_end(
    register: Register, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PAGE", 4)
    root = answer(client, **LIST)
    token = text(root, "//o:resumptionToken/text()")[0]
    later = [slice_of(0, "la-0", public("0", "Refused"))]
    deliver(register, "f", "2026-01-03", later, now=NOW + dt.timedelta(days=2))
    assert keys(answer(client, verb="ListRecords", resumptionToken=token)) == ["la-9", "la-1", "la-2", "la-0"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "badVerb"),
        ("verb=Nothing", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31&from=9999-12-31", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=%00%ff", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=la-1", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + ID + "la-77", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=marc&identifier=" + ID + "la-1", "cannotDisseminateFormat"),
        ("verb=ListMetadataFormats&identifier=" + ID + "la-77", "idDoesNotExist"),
    ],
)
def test_errors_are_said_in_the_answer(register: Register, client: Client, query: str, expected: str) -> None:
    response = client.get(f"/oai?{query}")
    root = etree.fromstring(response.content)
    assert response.status_code == 200
    assert code(root) == expected
    if expected in ("badVerb", "badArgument"):
        assert root.xpath("o:request/@*", namespaces=NAMES) == []


def test_a_token_of_one_verb_is_none_of_another(
    register: Register, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PAGE", 2)
    token = text(answer(client, **LIST), "//o:resumptionToken/text()")[0]
    root = answer(client, verb="ListIdentifiers", resumptionToken=token)
    assert code(root) == "badResumptionToken"
    root = answer(client, verb="ListRecords", resumptionToken=token[:-2] + "AA")
    assert code(root) == "badResumptionToken"


def test_nothing_goes_out_without_a_release(
    register: Register, sqlite_database: Options, client: Client
) -> None:
    (sqlite_database.data / "release.toml").unlink()
    assert code(answer(client, **LIST)) == "noRecordsMatch"
    assert (
        code(answer(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"{ID}la-0"))
        == "idDoesNotExist"
    )
    release(
        sqlite_database.data, '[[release]]\noffice = "LA"\nright = "patent"\nchannels = ["page", "api"]\n'
    )
    assert code(answer(client, **LIST)) == "noRecordsMatch"
    assert text(answer(client, verb="ListSets"), "//o:setSpec/text()") == ["LA", "LA:patent"]


def test_a_record_that_was_never_public_has_no_deletion_either(
    sqlite_database: Options, client: Client
) -> None:
    release(sqlite_database.data)
    register = Register(packs=sqlite_database.path("packs"))
    hidden = slice_of(0, "la-7", b'{"application_number":"7","office":"LA","right":"patent"}')
    hidden = type(hidden)(**{**{n: getattr(hidden, n) for n in hidden.__struct_fields__}, "right": "patent"})
    deliver(register, "a", "2026-01-01", [hidden], now=NOW)
    gone = type(hidden)(**{**{n: getattr(hidden, n) for n in hidden.__struct_fields__}, "deleted": True,
                           "body": hidden.body.replace(b'"7"', b'"8"')})  # fmt: skip
    deliver(register, "b", "2026-01-02", [gone], now=NOW)
    assert register.require("la-7").deleted
    assert code(answer(client, **LIST)) == "noRecordsMatch"
    assert (
        code(answer(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"{ID}la-7"))
        == "idDoesNotExist"
    )


def test_st96_is_the_document_of_the_right(released: Options, client: Client) -> None:
    root = answer(client, verb="ListRecords", metadataPrefix="st96", set="LA")
    documents = root.xpath("//o:metadata/*", namespaces=NAMES)
    assert len(documents) > 40
    assert {etree.QName(one).localname for one in documents} == {"TrademarkApplication"}
    sets = text(answer(client, verb="ListSets"), "//o:setSpec/text()")
    assert {"LA", "LA:trademark", "KH", "WO:trademark"} <= set(sets)
    assert text(answer(client, verb="ListMetadataFormats"), "//o:metadataPrefix/text()") == ["oai_dc", "st96"]


def test_every_page_of_dublin_core_is_valid(released: Options, client: Client) -> None:
    root = answer(client, **LIST)
    assert len(keys(root)) > 200
    assert all(text(root, "//dc:title/text()"))


def test_the_form_of_a_post_is_what_counts(register: Register, client: Client) -> None:
    body = urlencode({"verb": "Identify"})
    response = client.post("/oai?verb=ListSets", body, content_type="application/x-www-form-urlencoded")
    assert b"<Identify>" in response.content
