"""ST.96 designs: what is written is valid by the standard's schema and comes back, every field of it."""

import time
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ipregister.exchange import loss, st86
from ipregister.exchange.sources import recognise
from ipregister.exchange.st96 import design as st96
from ipregister.model import canonical
from ipregister.model.design import Design, DesignParty, ProductClass, SingleDesign, View
from ipregister.model.evidence import Reading
from ipregister.model.offices import office
from ipregister.model.record import Record
from ipregister.model.text import Text
from tests.exchange.st86.applications import COLLECTIONS, SECOND, application, design_of
from tests.exchange.trademarks import records
from tests.sparing import examples

LA = office("LA")
TWO = application(("</Design></DesignDetails>", f"</Design>{SECOND}</DesignDetails>"))


@cache
def _schema(folder: Path, name: str) -> etree.XMLSchema:
    """A schema of V6.0, compiled once."""
    return etree.XMLSchema(etree.parse(folder / "ST96XMLSchema_V6_0_Flattened" / f"{name}_V6_0.xsd"))


@pytest.fixture(scope="session")
def standard(test_data: Path) -> Path:
    """The folder of the standard."""
    return test_data / "data" / "wipo-st96-v6"


def valid(document: bytes, standard: Path, name: str = "DesignApplication") -> list[str]:
    """What the schema has against a document."""
    schema = _schema(standard, name)
    return [] if schema.validate(etree.fromstring(document)) else [str(schema.error_log)]


def differing(one: Design, other: Record | None) -> dict[str, Any]:
    """The fields in which two records differ."""
    left = dict(canonical.leaves(msgspec.to_builtins(one)))
    right = dict(canonical.leaves(msgspec.to_builtins(other))) if other else {}
    return {p: (left.get(p), right.get(p)) for p in left.keys() | right.keys() if left.get(p) != right.get(p)}


def back(record: Design, code: str = "LA") -> tuple[bytes, Reading]:
    """A record written and read: 0 differing fields, 0 losses, evidence of every value."""
    made = st96.compose(record, office(code))
    reading = st96.read(made.document, office(code))
    assert (differing(record, reading.record), made.losses) == ({}, ())
    assert reading.record == record
    found = loss.check(made.document, reading, office(code))
    assert (found.lost, found.broken) == ((), ())
    return made.document, reading


@pytest.mark.parametrize("raw", [application(), TWO])
def test_a_record_comes_back(raw: bytes) -> None:
    back(design_of(raw))


@pytest.mark.parametrize("raw", [application(), TWO])
def test_a_record_is_valid(raw: bytes, standard: Path) -> None:
    assert valid(st96.write(design_of(raw), LA), standard) == []


@pytest.mark.data
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_generated_designs_come_back_whole(collection: str, designs: Path, standard: Path) -> None:
    code = collection[:2].upper()
    for path in sorted((designs / "in" / collection).rglob("*.xml")):
        record = st86.read(path.read_bytes(), office(code)).record
        assert isinstance(record, Design)
        assert valid(back(record, code)[0], standard) == []


@pytest.mark.many
@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(records(Design))
def test_losses_are_exactly_what_differs(record: Design) -> None:
    made = st96.compose(record, LA)
    reading = st96.read(made.document, LA)
    assert set(differing(record, reading.record)) == {lost.pointer for lost in made.losses}
    if not made.losses:
        assert reading.record == record


def test_any_record_is_valid(standard: Path) -> None:
    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(records(Design))
    def every(record: Design) -> None:
        assert valid(st96.write(record, LA), standard) == []

    every()


def test_the_official_example_loses_nothing(standard: Path) -> None:
    raw = (standard / "03-96-vii-example-instances" / "DesignApplication_Example.xml").read_bytes()
    reading = st96.read(raw, LA)
    found = loss.check(raw, reading, LA)
    assert (found.lost, found.broken, found.extra) == ((), (), ())
    record = reading.record
    assert isinstance(record, Design)
    assert (record.application_number, record.registration_number) == ("35503842", "123456")
    (one,) = record.designs
    assert [v.kind for v in one.views] == ["Perspective", "Front", "Back", "Top", "Bottom", "Left", "Right"]
    assert [(p.scheme, p.number) for p in one.products] == [
        ("locarno", "06-01"), ("national", "D6/373"), ("national", "D6/375"), ("national", "D6/376"),
    ]  # fmt: skip
    assert (len(record.events), len(one.designers), len(one.citations)) == (28, 3, 5)
    document, _ = back(record)
    assert valid(document, standard) == []


def test_values_stand_in_the_standards_own_elements() -> None:
    record = Design(
        office="LA", application_number="I/612", registration_number="588", office_status="Registered",
        designs=(SingleDesign(titles=(Text("Chair", "en"),), products=(ProductClass(number="06-01", texts=(Text("Chairs"),)),),
                              views=(View(filename="1.jpg", kind="Front", number="1.1"),)),),
        applicants=(DesignParty(names=(Text("Nam Ou Co."),), country="LA", contracting_party="LA"),),
    )  # fmt: skip
    document, _ = back(record)
    root = etree.fromstring(document)
    found = [root.findtext(f".//{{*}}{name}") for name in (
        "RegistrationNumber", "DesignTitleText", "LocarnoClass", "LocarnoSubclass", "ViewTypeCategory", "EntityName",
        "ApplicantContractingParty")]  # fmt: skip
    assert found == ["588", "Chair", "06", "01", "Front", "Nam Ou Co.", "LA"]
    assert root.find(".//{*}DocumentIncluded") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("V6_0", "V7_1"), ("V6_0", "V9_0"), ("XMLSchema/ST96/Design", "XMLSchema/Design/6"),
     ("http://www.wipo.int/standards/XMLSchema/ST96/Common", "urn:x"), ("dgn:", "")],
)  # fmt: skip
def test_versions_and_namespaces_are_tolerated(old: str, new: str) -> None:
    record = design_of(application())
    document = st96.write(record, LA).decode()
    assert old in document
    assert st96.read(document.replace(old, new).encode(), LA).record == record


def test_transactions_are_read() -> None:
    record = design_of(application())
    body = st96.write(record, LA).decode().partition("?>")[2]
    document = (
        "<DesignTransaction><DesignTransactionBody><TransactionContentBag><TransactionIdentifier>T1</TransactionIdentifier>"
        "<TransactionCategory>Design information</TransactionCategory><TransactionData><DesignApplicationBag>"
        f"{body}</DesignApplicationBag></TransactionData></TransactionContentBag></DesignTransactionBody></DesignTransaction>"
    ).encode()
    reading = st96.read(document, LA)
    assert isinstance(reading.record, Design)
    assert reading.record.designs == record.designs
    found = loss.check(document, reading, LA)
    assert (found.lost, found.broken) == ((), ())


@pytest.mark.parametrize("kind", ["Register value", "Register absence", "Register entry", "Letter"])
@pytest.mark.parametrize(
    "pointer", ["/no/such", "/designs/9/views/0/kind", "/office/0", "x", "/designs", "/deleted"]
)
def test_carried_values_that_fit_nowhere_are_not_lost(kind: str, pointer: str) -> None:
    document = (
        "<DesignApplication><ApplicationNumber><ApplicationNumberText>1</ApplicationNumberText></ApplicationNumber>"
        f"<DocumentIncludedBag><DocumentIncluded><DocumentName>{pointer}</DocumentName><DocumentKindCategory>{kind}"
        "</DocumentKindCategory><CommentText>perhaps</CommentText></DocumentIncluded></DocumentIncludedBag>"
        "</DesignApplication>"
    ).encode()
    reading = st96.read(document, LA)
    assert isinstance(reading.record, Design)
    found = loss.check(document, reading, LA)
    assert (found.lost, found.broken) == ((), ())


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(b"<Patent/>", "not-a-record"), (b"<DesignApplicationBag/>", "not-a-record"), (b"", "empty"), (b"<x", "not-well-formed"),
     (b"<DesignApplicationBag><DesignApplication/><DesignApplication/></DesignApplicationBag>", "several-records")],
)  # fmt: skip
def test_what_is_no_record_is_refused(raw: bytes, refusal: str) -> None:
    assert st96.read(raw, LA).refusal == refusal


def test_a_bulk_file_is_one_valid_document(standard: Path) -> None:
    record = design_of(TWO)
    text = (
        st96.bulk_start()
        + st96.bulk_entry(record, LA, "la-des")
        + st96.bulk_entry(record, LA)
        + st96.bulk_end()
    )
    assert valid(text.encode(), standard, "DesignApplicationBag") == []
    assert len(text.splitlines()) == 5
    for one in etree.fromstring(text.encode()).iter("{*}DesignApplication"):
        assert st96.read(etree.tostring(one, with_tail=False), LA).record == record


def test_the_shape_is_told_by_its_elements() -> None:
    source = recognise(st96.write(design_of(application()), LA))
    assert source is not None
    assert (source.name, source.rights) == ("st96-design", ("design",))


def test_a_thousand_records_a_second() -> None:
    """A loose bound, which holds on a busy machine."""
    document = st96.write(design_of(application()), LA)
    begin = time.process_time()
    for _ in range(200):
        st96.read(document, LA)
    assert time.process_time() - begin < 0.4


def test_a_designer_who_is_not_to_be_named_comes_back_as_such(standard: Path) -> None:
    whole = design_of(application())
    told = (DesignParty(names=(Text("Bounmy"),), country="LA", hidden="true"),)
    record = msgspec.structs.replace(
        whole, designs=(msgspec.structs.replace(whole.designs[0], designers=told),)
    )
    document, reading = back(record)
    assert b"<com:ConfidentialIndicator>true</com:ConfidentialIndicator>" in document
    assert valid(document, standard) == []
    assert reading.record is not None
    assert not reading.record.extra  # where the word would read like a deferment
