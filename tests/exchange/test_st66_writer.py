"""ST.66: what is written comes back, every field of it, and is valid by the standard's schema."""

from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ipregister.exchange import loss, st66
from ipregister.model import canonical
from ipregister.model.evidence import Reading
from ipregister.model.indication import Area, Indication
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.party import Party
from ipregister.model.right import Transaction
from ipregister.model.text import Text
from tests.exchange.documents import COLLECTIONS, ipas, madrid, record_of
from tests.exchange.trademarks import records
from tests.sparing import examples

LA, KH = office("LA"), office("KH")
SAMPLES = sorted((Path(__file__).parent.parent / "samples").rglob("*.out.json"))


@cache
def _schema(path: Path) -> etree.XMLSchema:
    """The schema, compiled once."""
    return etree.XMLSchema(etree.parse(path))


@pytest.fixture(scope="session")
def schema(test_data: Path) -> etree.XMLSchema:
    """The schema of the standard."""
    return _schema(test_data / "data" / "wipo-st66-v1_1" / "st66.xsd")


def back(record: Trademark | Indication, code: str) -> tuple[bytes, Reading]:
    """A record written and read: 0 differing fields, 0 losses, evidence of every value."""
    made = st66.compose(record, office(code))
    assert made.losses == ()
    reading = st66.read(made.document, office(code))
    assert reading.record == record
    found = loss.check(made.document, reading, office(code))
    assert (found.lost, found.broken) == ((), ())
    return made.document, reading


def samples(path: Path) -> list[Trademark | Indication]:
    """The marks and indications of a golden sample."""
    bodies = [one["record"] for one in msgspec.json.decode(path.read_bytes())["records"] if one["record"]]
    found = [canonical.decode(msgspec.json.encode(body)) for body in bodies]
    return [one for one in found if isinstance(one, Trademark | Indication)]


@pytest.mark.parametrize(("code", "raw"), [("LA", ipas()), ("WO", madrid())])
def test_a_record_comes_back(code: str, raw: bytes) -> None:
    back(record_of(raw, code), code)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_golden_sample_of_a_mark_comes_back(path: Path) -> None:
    for record in samples(path):
        if record.office != "EU":
            back(record, path.parent.name.upper())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_golden_sample_of_a_mark_is_valid(path: Path, schema: etree.XMLSchema) -> None:
    for record in samples(path):
        document = etree.fromstring(st66.write(record, office(path.parent.name)))
        assert schema.validate(document), schema.error_log


@pytest.mark.parametrize("code", ["ID", "KH", "LA", "MY"])
def test_a_real_record_comes_back_whole(code: str, test_data: Path, schema: etree.XMLSchema) -> None:
    raw = (test_data / "data" / "gbd-office-feeds-dev" / f"{code.lower()}tm.xml").read_bytes()
    record = st66.read(raw, office(code)).record
    assert isinstance(record, Trademark)
    document, _ = back(record, code)
    assert schema.validate(etree.fromstring(document)), schema.error_log
    carried = etree.fromstring(document).iter("{urn:ipregister:carried}Value")
    assert all(one.get("pointer", "").startswith("/kept/") for one in carried)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_generated_records_come_back_whole(collection: str, generated: Path, schema: etree.XMLSchema) -> None:
    code = collection[:2].upper()
    files = sorted((generated / "in" / collection).rglob("*.xml"))
    assert len(files) >= 100
    for file in files:
        record = st66.read(file.read_bytes(), office(code)).record
        assert isinstance(record, Trademark | Indication)
        assert schema.validate(etree.fromstring(back(record, code)[0])), schema.error_log


@pytest.mark.many
@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(records())
def test_losses_are_few_and_named(record: Trademark) -> None:
    made = st66.compose(record, LA)
    reading = st66.read(made.document, LA)
    if not made.losses:
        assert reading.record == record
    found = loss.check(made.document, reading, LA)
    assert (found.lost, found.broken) == ((), ())


def test_any_record_is_valid(schema: etree.XMLSchema) -> None:
    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(records())
    def every(record: Trademark) -> None:
        document = etree.fromstring(st66.write(record, LA))
        assert schema.validate(document), schema.error_log

    every()


def test_what_the_standard_lacks_is_carried_in_a_namespace_of_ours() -> None:
    record = Trademark(
        office="LA", application_number="1", identifier="77", kinds=("Collective", "Slogan"),
        mark=Mark(verbal=(Text("A"), Text("B", "zh-Hant"))), holders=(Party(names=(Text("Champa"),)),),
    )  # fmt: skip
    document, _ = back(record, "LA")
    root = etree.fromstring(document)
    carried = {one.get("pointer") for one in root.iter("{urn:ipregister:carried}Value")}
    assert carried == {"/identifier", "/kinds/1", "/mark/verbal/1/lang"}
    assert root.findtext(".//{*}HolderDetails//{*}FreeFormatNameLine") == "Champa"


def test_an_indication_goes_out_as_the_feed_has_it() -> None:
    record = Indication(
        office="KH", application_number="KH/G/2018/5", names=(Text("PEPPER", "en"),), areas=(Area(country="KH"),),
        transaction=Transaction(code="Trademark", sub_code="Domestic GI"), kinds=("Other",), agreement="None other",
    )  # fmt: skip
    document, _ = back(record, "KH")
    root = etree.fromstring(document)
    assert root.findtext(".//{*}MarkVerbalElementText") == "PEPPER"
    carried = {one.get("pointer") for one in root.iter("{urn:ipregister:carried}Value")}
    assert carried == {"/areas/0/country", "/agreement"}


@pytest.mark.parametrize(
    ("kind", "pointer", "value"),
    [("value", "/goods/7/scheme", "x"), ("value", "/no/such", "x"), ("order", "/goods", "5 5"), ("entry", "/office", ""),
     ("letter", "/notes/0/text", "x"), ("value", "", "x"), ("value", "/deleted", "perhaps")],
)  # fmt: skip
def test_carried_values_that_fit_nowhere_go_beside_the_record(kind: str, pointer: str, value: str) -> None:
    carried = f'<ipr:Value kind="{kind}" pointer="{pointer}">{value}</ipr:Value>'
    raw = ipas(
        (
            "</wo:MarkCurrentStatusCode>",
            f'</wo:MarkCurrentStatusCode><ipr:Register xmlns:ipr="urn:ipregister:carried">{carried}</ipr:Register>',
        )
    )
    reading = st66.read(raw, LA)
    assert isinstance(reading.record, Trademark)
    found = loss.check(raw, reading, LA)
    assert (found.lost, found.broken) == ((), ())


def test_a_bulk_file_has_a_record_a_line() -> None:
    record = record_of(ipas())
    text = st66.bulk_start() + st66.bulk_entry(record, LA, "la-37978") * 2 + st66.bulk_end()
    bodies = [one for one in etree.fromstring(text.encode()) if isinstance(one.tag, str)]
    assert len(bodies) == 2
    assert len(text.splitlines()) == 5
    for one in bodies:
        assert st66.read(etree.tostring(one, with_tail=False), LA).record == record
