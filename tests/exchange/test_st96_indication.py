"""ST.96 geographical indications: what is written is valid by the schema and comes back, every field of it."""

from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ipregister.exchange import loss
from ipregister.exchange.st96 import indication
from ipregister.model.evidence import Reading
from ipregister.model.indication import Area, Feature, Indication, Product
from ipregister.model.offices import office
from ipregister.model.party import Contact, Party
from ipregister.model.text import Text
from tests.exchange.trademarks import records
from tests.sparing import examples

LA, EU = office("LA"), office("EU")
SAMPLES = sorted((Path(__file__).parent.parent / "samples").rglob("*.out.json"))
PEPPER = Indication(
    office="LA", subtype="PGI", application_number="G1", application_date="2019-02-01", registration_date="2020-03-01",
    names=(Text("ພິກໄທ", "lo"), Text("PEPPER OF THE HILLS", "en")), transliterations=(Text("Phikthai"),),
    products=(Product("nice", "30", (Text("Pepper", "en"),)), Product("eu-product-category", "", (Text("Class 1.8"),))),
    areas=(Area(texts=(Text("Three districts", "en"), Text("Trois districts", "fr")), kind="Administrative boundaries"),),
    link=(Text("The soil makes it"),), descriptions=(Text("Black pepper"), Text("White pepper")), origins=("LA", "TH"),
    features=(Feature("physical", (Text("Round"),)), Feature("reputation", (Text("Old"),)), Feature("physical", (Text("Dry"),))),
    applicants=(Party(names=(Text("Growers"),), country="LA", contact=Contact(phone=("1",))),), agreement="Lisbon",
    authorised_users=(Party(names=(Text("Farm A"),), role="Producer"), Party(organization_names=(Text("Farm B"),))),
)  # fmt: skip


@cache
def _schema(path: Path) -> etree.XMLSchema:
    """The schema, compiled once."""
    return etree.XMLSchema(etree.parse(path))


@pytest.fixture(scope="session")
def standard(test_data: Path) -> Path:
    """The folder of the standard."""
    return test_data / "data" / "wipo-st96-v6"


def assert_valid(document: bytes, standard: Path) -> None:
    """The document is valid by the schema of applications."""
    schema = _schema(standard / "ST96XMLSchema_V6_0_Flattened" / "GIApplication_V6_0.xsd")
    assert schema.validate(etree.fromstring(document)), schema.error_log


def back(record: Indication, code: str) -> tuple[bytes, Reading]:
    """A record written and read: 0 differing fields, evidence of every value."""
    made = indication.compose(record, office(code))
    reading = indication.read(made.document, office(code))
    assert made.losses == ()
    assert reading.record == record
    found = loss.check(made.document, reading, office(code))
    assert (found.lost, found.broken, len(found.extra)) == ((), (), 2 * len(record.extra))
    return made.document, reading


def test_an_indication_comes_back() -> None:
    document, _ = back(PEPPER, "LA")
    root = etree.fromstring(document)
    found = {name: root.findtext(f".//{{*}}{name}") for name in (
        "GINameText", "GICategory", "ClassNumber", "GeographicRegionDescriptionText", "AuthorizedUserCategory")}  # fmt: skip
    assert list(found.values()) == [
        "ພິກໄທ",
        "Protected Geographical Indication",
        "30",
        "Three districts",
        "Producer",
    ]


def test_an_indication_is_valid(standard: Path) -> None:
    assert_valid(indication.write(PEPPER, LA), standard)
    assert_valid(indication.write(Indication(office="LA"), LA), standard)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_golden_sample_of_an_indication_comes_back(path: Path) -> None:
    for one in msgspec.json.decode(path.read_bytes())["records"]:
        if one["record"] and one["record"]["right"] == "indication":
            back(msgspec.convert(one["record"], Indication), path.parent.name.upper())


@pytest.mark.many
@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(records(Indication))
def test_any_indication_comes_back(record: Indication) -> None:
    made = indication.compose(record, LA)
    reading = indication.read(made.document, LA)
    if not made.losses:
        assert reading.record == record
    found = loss.check(made.document, reading, LA)
    assert (found.lost, found.broken) == ((), ())


def test_any_indication_is_valid(standard: Path) -> None:
    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(records(Indication))
    def every(record: Indication) -> None:
        assert_valid(indication.write(record, LA), standard)

    every()


def test_the_official_example_loses_nothing(standard: Path) -> None:
    raw = (standard / "03-96-vii-example-instances" / "GIApplication_Example.xml").read_bytes()
    facts = msgspec.structs.replace(LA, code="FR")
    reading = indication.read(raw, facts)
    found = loss.check(raw, reading, facts)
    assert (found.lost, found.broken) == ((), ())
    assert {place.path.split("/")[1] for place in found.extra} <= {"PaymentBag", "SignatureBag"}
    record = reading.record
    assert isinstance(record, Indication)
    assert [text.text for text in record.names] == ["Tapisserie d'Aubusson"]
    assert [(one.scheme, one.number) for one in record.products] == [("nice", "24"), ("nice", "27")]
    assert len(record.authorised_users) == 10
    assert record.areas[0].kind == "Administrative boundaries"


@pytest.mark.parametrize(
    ("old", "new"),
    [("V6_0", "V9_0"), ("XMLSchema/ST96/GeographicalIndication", "XMLSchema/GeographicalIndication/8")],
)
def test_versions_and_namespaces_are_tolerated(old: str, new: str) -> None:
    document = indication.write(PEPPER, LA).decode()
    assert old in document
    assert indication.read(document.replace(old, new).encode(), LA).record == PEPPER


def test_a_transaction_around_an_application_is_read() -> None:
    inside = indication.write(PEPPER, LA).decode().partition("?>\n")[2]
    raw = (
        "<GITransaction><GITransactionBody><TransactionContentBag><TransactionIdentifier>7</TransactionIdentifier>"
        "<TransactionCategory>GI information</TransactionCategory><TransactionData>"
        f"{inside}</TransactionData></TransactionContentBag></GITransactionBody></GITransaction>"
    )
    record = indication.read(raw.encode(), LA).record
    assert isinstance(record, Indication)
    assert record.transaction is not None
    assert record.transaction.identifier == "7"
    assert record.names == PEPPER.names


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(b"<Patent/>", "not-a-record"), (b"<GIApplication/>", "not-a-record"), (b"", "empty"), (b"<x", "not-well-formed"),
     (b"<GIApplication><GIData/><GIData/></GIApplication>", "several-records")],
)  # fmt: skip
def test_what_is_no_record_is_refused(raw: bytes, refusal: str) -> None:
    assert indication.read(raw, LA).refusal == refusal


def test_a_bulk_file_has_a_record_a_line() -> None:
    text = indication.bulk_start() + indication.bulk_entry(PEPPER, LA, "la-gi-1") * 2 + indication.bulk_end()
    found = [one for one in etree.fromstring(text.encode()) if isinstance(one.tag, str)]
    assert len(found) == 2
    for one in found:
        assert indication.read(etree.tostring(one, with_tail=False), LA).record == PEPPER
