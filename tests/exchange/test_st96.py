"""ST.96: what is written is valid by the standard's schema and comes back, every field of it."""

import time
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ipregister.commands.readings import read_back
from ipregister.exchange import formats, loss, st66, st96
from ipregister.exchange.formats import Item
from ipregister.exchange.trip import follow
from ipregister.model import canonical
from ipregister.model.evidence import Reading
from ipregister.model.mark import Image, Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.party import Party
from ipregister.model.record import Record
from ipregister.model.right import Reference
from ipregister.model.text import Text
from tests.exchange.documents import COLLECTIONS, ipas, madrid, record_of
from tests.exchange.trademarks import records
from tests.sparing import examples

LA = office("LA")
SAMPLES = sorted((Path(__file__).parent.parent / "samples").rglob("*.out.json"))


@cache
def _schema(folder: Path) -> etree.XMLSchema:
    """The schema of V6.0, compiled once."""
    return etree.XMLSchema(
        etree.parse(folder / "ST96XMLSchema_V6_0_Flattened" / "TrademarkApplication_V6_0.xsd")
    )


@pytest.fixture(scope="session")
def standard(test_data: Path) -> Path:
    """The folder of the standard."""
    return test_data / "data" / "wipo-st96-v6"


def valid(document: bytes, standard: Path) -> list[str]:
    """What the schema has against a document."""
    schema = _schema(standard)
    return [] if schema.validate(etree.fromstring(document)) else [str(schema.error_log)]


def differing(one: Trademark, other: Record | None) -> dict[str, Any]:
    """The fields in which two records differ."""
    left = dict(canonical.leaves(msgspec.to_builtins(one)))
    right = dict(canonical.leaves(msgspec.to_builtins(other))) if other else {}
    return {p: (left.get(p), right.get(p)) for p in left.keys() | right.keys() if left.get(p) != right.get(p)}


def back(record: Trademark, code: str) -> tuple[bytes, Reading]:
    """A record written and read: 0 differing fields, 0 losses, evidence of every value."""
    made = st96.compose(record, office(code))
    reading = st96.read(made.document, office(code))
    assert (differing(record, reading.record), made.losses) == ({}, ())
    assert reading.record == record
    found = loss.check(made.document, reading, office(code))
    assert (found.lost, found.broken) == ((), ())
    return made.document, reading


@pytest.mark.parametrize(("code", "raw"), [("LA", ipas()), ("WO", madrid())])
def test_a_record_comes_back(code: str, raw: bytes) -> None:
    back(record_of(raw, code), code)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_golden_sample_comes_back(path: Path) -> None:
    for one in msgspec.json.decode(path.read_bytes())["records"]:
        if one["record"] and one["record"]["right"] == "trademark":
            back(msgspec.convert(one["record"], Trademark), path.parent.name.upper())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_golden_sample_is_valid(path: Path, standard: Path) -> None:
    for one in msgspec.json.decode(path.read_bytes())["records"]:
        if one["record"] and one["record"]["right"] == "trademark":
            record = msgspec.convert(one["record"], Trademark)
            assert valid(st96.write(record, office(path.parent.name)), standard) == []


@pytest.mark.parametrize("code", ["ID", "KH", "LA", "MY"])
def test_a_real_record_comes_back_whole(code: str, test_data: Path, standard: Path) -> None:
    raw = (test_data / "data" / "gbd-office-feeds-dev" / f"{code.lower()}tm.xml").read_bytes()
    reading = st66.read(raw, office(code))
    assert isinstance(reading.record, Trademark)
    document, _ = back(reading.record, code)
    assert valid(document, standard) == []
    trip = follow(raw, reading, office(code), "st96", read_back)
    assert (trip.source, trip.missing) == (trip.out, ())
    assert trip.back == trip.source


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_generated_records_come_back_whole(collection: str, generated: Path, standard: Path) -> None:
    code = collection[:2].upper()
    files = sorted((generated / "in" / collection).rglob("*.xml"))
    assert len(files) >= 100
    for file in files:
        record = st66.read(file.read_bytes(), office(code)).record
        assert isinstance(record, Trademark)
        assert valid(back(record, code)[0], standard) == []


@pytest.mark.many
@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(records())
def test_losses_are_exactly_what_differs(record: Trademark) -> None:
    made = st96.compose(record, LA)
    reading = st96.read(made.document, LA)
    assert set(differing(record, reading.record)) == {lost.pointer for lost in made.losses}
    if not made.losses:
        assert reading.record == record


def test_any_record_is_valid(standard: Path) -> None:
    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(records())
    def every(record: Trademark) -> None:
        assert valid(st96.write(record, LA), standard) == []

    every()


def test_what_xml_cannot_hold_is_a_loss() -> None:
    record = Trademark(office="LA", application_number="1", notes=(Text("bad\x01 text"),))
    made = st96.compose(record, LA)
    assert [(one.pointer, one.value) for one in made.losses] == [("/notes/0/text", "bad\x01 text")]
    assert "U+0001" in made.losses[0].why
    read = st96.read(made.document, LA).record
    assert read is not None
    assert read.notes == (Text("bad\ufffd text"),)
    assert "Lost: /notes/0/text (XML 1.0 cannot hold U+0001)" in st96.bulk_entry(record, LA)


def test_values_stand_in_the_standards_own_elements() -> None:
    record = Trademark(
        office="LA", application_number="37978", kinds=("Collective",), mark=Mark(
            feature="Combined", verbal=(Text("CHAMPA", "en"),), images=(Image(vienna=("05.05.20",)),)
        ), holders=(Party(names=(Text("Champa Co."),), country="LA"),),
        references=(Reference("associated", number="7"), Reference("basic-application", "DE", "30"))
    )  # fmt: skip
    document, _ = back(record, "LA")
    root = etree.fromstring(document)
    found = {name: root.findtext(f".//{{*}}{name}") for name in (
        "MarkCategory", "MarkFeatureCategory", "MarkVerbalElementText", "ViennaCategory", "ViennaSection", "EntityName",
        "BasicApplicationNumber/{*}ApplicationNumberText")}  # fmt: skip
    assert list(found.values()) == ["Collective mark", "Combined", "CHAMPA", "05", "20", "Champa Co.", "30"]
    carried = [one.text for one in root.iterfind(".//{*}TrademarkDocument/{*}DocumentName")]
    assert sorted(filter(None, carried)) == ["/references", "/references/0/kind", "/references/0/number"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("V6_0", "V7_1"), ("V6_0", "V9_0"), ("XMLSchema/ST96/Trademark", "XMLSchema/Trademark/6"),
     ("http://www.wipo.int/standards/XMLSchema/ST96/Common", "urn:x")],
)  # fmt: skip
def test_versions_and_namespaces_are_tolerated(old: str, new: str) -> None:
    record = record_of(ipas())
    document = st96.write(record, LA).decode()
    assert old in document
    assert st96.read(document.replace(old, new).encode(), LA).record == record


def test_no_namespace_at_all_is_tolerated() -> None:
    record = record_of(ipas())
    document = st96.write(record, LA).decode().replace("tmk:", "").replace("com:", "")
    assert st96.read(document.encode(), LA).record == record


def test_the_official_example_loses_nothing(standard: Path) -> None:
    raw = (standard / "03-96-vii-example-instances" / "TrademarkApplication_Example.xml").read_bytes()
    reading = st96.read(raw, office("SG"))
    found = loss.check(raw, reading, office("SG"))
    assert (found.lost, found.broken) == ((), ())
    record = reading.record
    assert isinstance(record, Trademark)
    assert (record.application_number, record.registration_number) == ("87035559", "5169753")
    assert [text.text for text in record.mark.verbal] == ["LANYI"]
    assert len(record.events) == 17
    assert len(record.applicants) == 3
    back(record, "SG")


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(b"<Patent/>", "not-a-record"), (b"<TrademarkBag/>", "not-a-record"), (b"", "empty"), (b"<x", "not-well-formed"),
     (b"<TrademarkBag><Trademark/><Trademark/></TrademarkBag>", "several-records"),
     (b"<Trademark>" + b"<a>" * 100 + b"</a>" * 100 + b"</Trademark>", "too-deep")],
)  # fmt: skip
def test_what_is_no_record_is_refused(raw: bytes, refusal: str) -> None:
    assert st96.read(raw, LA).refusal == refusal


@pytest.mark.parametrize(
    ("kind", "pointer", "value"),
    [("Register value", "/goods/7/scheme", "x"), ("Register value", "/goods/0/class_number", "x"),
     ("Register value", "/no/such", "x"), ("Register value", "/office/0", "x"), ("Register order", "/goods", "5 5"),
     ("Register order", "/goods", "99999"), ("Register value", "/extra/0/path", "x"), ("Register entry", "/events/0", ""),
     ("Register value", "/deleted", "perhaps"), ("Letter", "/notes/0/text", "x"), ("Register order", "/goods", "3"),
     ("Register value", "/goods/0/first_use", "10 | 20"), ("Register value", "/expiry_date", "2026-02-30")],
)  # fmt: skip
def test_carried_values_that_fit_nowhere_go_beside_the_record(kind: str, pointer: str, value: str) -> None:
    document = (
        "<Trademark><ApplicationNumber><ApplicationNumberText>1</ApplicationNumberText></ApplicationNumber>"
        "<GoodsServicesBag><GoodsServices><ClassDescriptionBag><ClassDescription><ClassNumber>3</ClassNumber>"
        "</ClassDescription></ClassDescriptionBag></GoodsServices></GoodsServicesBag><TrademarkDocumentBag>"
        f"<TrademarkDocument><DocumentName>{pointer}</DocumentName><DocumentKindCategory>{kind}"
        f"</DocumentKindCategory><CommentText>{value}</CommentText></TrademarkDocument>"
        "</TrademarkDocumentBag></Trademark>"
    ).encode()
    reading = st96.read(document, LA)
    assert isinstance(reading.record, Trademark)
    assert reading.record.application_number == "1"
    found = loss.check(document, reading, LA)
    assert (found.lost, found.broken) == ((), ())


def test_repeated_kinds_of_a_classification_are_not_lost() -> None:
    document = (
        b"<Trademark><GoodsServicesBag><GoodsServices><GoodsServicesClassificationBag><GoodsServicesClassification>"
        b"<ClassificationKindCode>Nice</ClassificationKindCode><ClassificationKindCode>Domestic</ClassificationKindCode>"
        b"<ClassNumber>9</ClassNumber><ClassNumber>10</ClassNumber></GoodsServicesClassification>"
        b"</GoodsServicesClassificationBag></GoodsServices></GoodsServicesBag></Trademark>"
    )
    reading = st96.read(document, LA)
    found = loss.check(document, reading, LA)
    assert (found.lost, found.broken) == ((), ())
    assert isinstance(reading.record, Trademark)
    assert [block.class_number for block in reading.record.goods] == [9]


def test_a_bulk_file_is_one_valid_document(standard: Path) -> None:
    item = Item("la-37978", record_of(ipas()), LA, data_day="2026-01-31")
    text = "".join(formats.write("st96", [item, item]))
    assert valid(text.encode(), standard) == []
    assert len(text.splitlines()) == 5
    assert "la-37978, data to 2026-01-31. For information only." in text
    for one in etree.fromstring(text.encode()).iter("{*}Trademark"):
        assert st96.read(etree.tostring(one, with_tail=False), LA).record == item.record


def test_a_thousand_records_a_second() -> None:
    """A loose bound, which holds on a busy machine; figures are in the decision on ST.96."""
    record = record_of(ipas())
    document = st96.write(record, LA)
    begin = time.process_time()
    for _ in range(200):
        st96.write(record, LA)
        st96.read(document, LA)
    assert time.process_time() - begin < 0.6
