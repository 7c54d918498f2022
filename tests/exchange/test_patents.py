"""Patents: what is read loses nothing; what is written in ST.96 and ST.36 comes back, every field of it."""

import time
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ipregister.exchange import loss, st36
from ipregister.exchange.origin import raw_value
from ipregister.exchange.st96 import patent
from ipregister.model import canonical
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.offices import office
from ipregister.model.patent import Claim, Patent, UtilityModel
from ipregister.model.record import Record
from ipregister.model.text import Text
from tests.exchange.patents import records
from tests.sparing import examples

LA, EP = office("LA"), office("EP")
FORMATS = [pytest.param(st36, id="st36"), pytest.param(patent, id="st96")]
FAMILY = "epo-ops-xml/examples/get_family_with_biblio/response.xml"
FILES = (
    ("EP", "wipo-st36-examples/st36aexample/DOC00001.xml"),
    ("EP", "wipo-st36-examples/st36bexample/DOC00001.xml"),
    ("CN", "wipo-st36-examples/cn_old/200880114428_A.xml"),
    ("CN", "wipo-st36-examples/cn_new/CN102015000481495CN00001152124630AFULZH20221021CN00D.XML"),
    ("JP", "wipo-st36-examples/jp_old/2021193879.xml"),
    *(
        ("EP", f"epo-ops-xml/examples/get_{name}/response.xml")
        for name in ("biblio", "abstract", "claims", "description")
    ),
)

DOCUMENT = """<?xml version="1.0"?><!DOCTYPE ep-patent-document PUBLIC "-//X//Y" "x.dtd">
<ep-patent-document id="x" lang="en" country="EP" doc-number="1599469" kind="B1" date-publ="20060607"><SDOBI lang="en">
<B100><B110>1599469</B110><B120><B121>EUROPEAN PATENT SPECIFICATION</B121></B120><B130>B1</B130><B140><date>20060607</date>
</B140><B190>EP</B190></B100><B200><B210>04818324.8</B210><B220><date>20041029</date></B220></B200>
<B300><B310>516238 P</B310><B320><date>20031031</date></B320><B330><ctry>US</ctry></B330>
<B310>2</B310><B320><date>20031101</date></B320><B330><ctry>JP</ctry></B330></B300>
<B500><B510EP><classification-ipcr sequence="1"><text>C07D 403/04        20060101AFI20050526BHEP</text></classification-ipcr>
</B510EP><B540><B541>de</B541><B542>Verfahren</B542><B541>en</B541><B542>Method</B542></B540></B500>
<B700><B720><B721><snm>DOE, Jane</snm><adr><str>Main Street 1</str><ctry>US</ctry></adr></B721></B720></B700></SDOBI>
<description><p id="p1" num="0001">Water is H<sub>2</sub>O, not <b>HO</b>.<br/>10<sup>-3</sup> of <ul><li>x</li><li>y</li></ul>
<tables><table><tgroup cols="2"><tbody><row><entry>1</entry><entry>2</entry></row></tbody></tgroup></table></tables></p>
<p num="0002">See <img file="a.tif" wi="10" he="20" img-content="drawing" img-format="tif"/> there</p></description>
<claims lang="en"><claim num="0001"><claim-text>A method<claim-text>first;</claim-text></claim-text></claim></claims>
<claims lang="de"><claim num="0001"><claim-text>Verfahren</claim-text></claim></claims></ep-patent-document>""".encode()  # noqa: UP012 - shown as text


@cache
def _schema(folder: Path) -> etree.XMLSchema:
    return etree.XMLSchema(
        etree.parse(folder / "ST96XMLSchema_V6_0_Flattened" / "PatentPublication_V6_0.xsd")
    )


@pytest.fixture(scope="session")
def standard(test_data: Path) -> Path:
    """The folder of the standard."""
    return test_data / "data" / "wipo-st96-v6"


def differing(one: Patent, other: Record | None) -> dict[str, Any]:
    """The fields in which two records differ."""
    left = dict(canonical.leaves(msgspec.to_builtins(one)))
    right = dict(canonical.leaves(msgspec.to_builtins(other))) if other else {}
    return {p: (left.get(p), right.get(p)) for p in left.keys() | right.keys() if left.get(p) != right.get(p)}


def patent_of(reading: Reading) -> Patent:
    """The record of a reading."""
    assert isinstance(reading.record, Patent | UtilityModel), reading.refusal
    return reading.record


def back(record: Patent, code: str, format: ModuleType) -> bytes:
    """A record written and read: 0 differing fields, 0 losses, evidence of every value."""
    made = format.compose(record, office(code))
    reading = format.read(made.document, office(code))
    assert (differing(record, reading.record), made.losses) == ({}, ())
    assert reading.record == record
    found = loss.check(made.document, reading, office(code))
    assert (found.lost, found.broken) == ((), ())
    document: bytes = made.document
    return document


def members(raw: bytes) -> list[bytes]:
    """The members of a family, a document each."""
    found = []
    for one in etree.fromstring(raw).iter("{*}family-member"):
        one.tail = None
        found.append(etree.tostring(one, encoding="utf-8"))
    return found


def test_a_document_is_read_whole() -> None:
    reading = st36.read(DOCUMENT, EP)
    record = patent_of(reading)
    found = loss.check(DOCUMENT, reading, EP)
    assert (found.lost, found.extra, found.broken) == ((), (), ())
    assert (record.application_number, record.registration_number, record.registration_date) == (
        "04818324.8", "1599469", "2006-06-07")  # fmt: skip
    assert [(one.number, one.country, one.date) for one in record.priorities] == [
        ("516238 P", "US", "2003-10-31"), ("2", "JP", "2003-11-01")]  # fmt: skip
    symbol = record.classifications[0]
    assert (symbol.scheme, symbol.symbol, symbol.version, symbol.value, symbol.office) == (
        "ipc", "C07D 403/04", "2006-01-01", "I", "EP")  # fmt: skip
    assert record.titles == (Text("Verfahren", "de"), Text("Method", "en"))
    assert record.claims == (Claim("0001", (Text("A method\nfirst;", "en"), Text("Verfahren", "de"))),)


def test_texts_with_others_in_them_are_lines() -> None:
    reading = st36.read(DOCUMENT, EP)
    first, second = patent_of(reading).description
    assert first.texts[0].text == "Water is H₂O, not HO.\n10⁻³ of\nx\ny\n1 | 2"
    assert second.texts[0].text == "See there"
    assert [one.filename for one in patent_of(reading).drawings] == ["a.tif"]
    position, codes = split_origin(reading.evidence["/description/0/texts/0/text"])
    path, markup = raw_value(DOCUMENT, reading.slice_repairs, position)
    assert (path, codes) == ("ep-patent-document/description/p[1]", ("inner",))
    assert markup.startswith("Water is H<sub>2</sub>O")


@pytest.mark.parametrize("format", FORMATS)
def test_a_document_comes_back(format: ModuleType) -> None:
    back(patent_of(st36.read(DOCUMENT, EP)), "EP", format)


@pytest.mark.many
@pytest.mark.parametrize("format", FORMATS)
def test_any_record_comes_back(format: ModuleType) -> None:
    @settings(max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck))
    @given(records())
    def every(record: Patent) -> None:
        made = format.compose(record, LA)
        reading = format.read(made.document, LA)
        assert set(differing(record, reading.record)) == {lost.pointer for lost in made.losses}
        found = loss.check(made.document, reading, LA)
        assert (found.lost, found.broken) == ((), ())

    every()


def test_any_record_is_valid(standard: Path) -> None:
    schema = _schema(standard)

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(records())
    def every(record: Patent) -> None:
        assert schema.validate(etree.fromstring(patent.write(record, LA))), str(schema.error_log)

    every()


@pytest.mark.parametrize(("code", "name"), FILES, ids=[name for _, name in FILES])
def test_real_documents_lose_nothing_and_come_back(
    code: str, name: str, test_data: Path, standard: Path
) -> None:
    raw = (test_data / "data" / name).read_bytes()
    reading = st36.read(raw, office(code))
    found = loss.check(raw, reading, office(code))
    assert (found.lost, found.extra, found.broken) == ((), (), ())
    back(patent_of(reading), code, st36)
    schema = _schema(standard)
    assert schema.validate(etree.fromstring(back(patent_of(reading), code, patent))), str(schema.error_log)


@pytest.mark.parametrize(
    "name",
    [
        FAMILY,
        FAMILY.replace("_with_biblio", ""),
        *(f"epo-legal-event-codes/example_{n}.xml" for n in (1, 2, 3)),
    ],
)
def test_members_of_real_families(name: str, test_data: Path, standard: Path) -> None:
    schema = _schema(standard)
    for raw in members((test_data / "data" / name).read_bytes()):
        reading = st36.read(raw, EP)
        found = loss.check(raw, reading, EP)
        assert (found.lost, found.extra, found.broken) == ((), (), ())
        back(patent_of(reading), "EP", st36)
        assert schema.validate(etree.fromstring(back(patent_of(reading), "EP", patent))), str(
            schema.error_log
        )


def test_the_official_example_loses_nothing(standard: Path) -> None:
    raw = (standard / "03-96-vii-example-instances" / "PatentPublication_Example.xml").read_bytes()
    reading = patent.read(raw, office("US"))
    found = loss.check(raw, reading, office("US"))
    assert (found.lost, found.extra, found.broken) == ((), (), ())
    record = patent_of(reading)
    assert (record.application_number, len(record.claims), len(record.citations), record.claims_count) == (
        "13797521", 10, 30, 10)  # fmt: skip
    assert [one.kind for one in record.references] == [
        "division-parent", "division-pct-parent", "division-child", "related-publication"]  # fmt: skip
    assert _schema(standard).validate(etree.fromstring(back(record, "US", patent)))


@pytest.mark.parametrize(
    ("old", "new"),
    [("V6_0", "V9_0"), ("XMLSchema/ST96/Patent", "XMLSchema/Patent/7"), ("pat:", ""), ("com:", "c:")],
)
def test_versions_and_namespaces_are_tolerated(old: str, new: str) -> None:
    record = patent_of(st36.read(DOCUMENT, EP))
    document = (
        patent.write(record, EP).decode().replace("xmlns:com", "xmlns:c" if new == "c:" else "xmlns:com")
    )
    changed = (
        document.replace(old, new)
        if old != "pat:"
        else document.replace("<pat:", "<").replace("</pat:", "</")
    )
    changed = changed.replace("pat:citedPhase", "com:citedPhase")
    assert patent.read(changed.encode(), EP).record == record


def test_amendments_that_make_no_record_go_beside_it() -> None:
    record = Patent(office="LA", application_number="1")
    document = st36.write(record, LA).decode()
    own = '<office-specific-bib-data><value id="/claims_count">x</value><value id="/nowhere/3">y</value></office-specific-bib-data>'
    changed = document.replace("</bibliographic-data>", f"{own}</bibliographic-data>")
    reading = st36.read(changed.encode(), LA)
    assert [one.text for one in patent_of(reading).extra if len(one.text) == 1] == ["x", "y"]
    assert loss.check(changed.encode(), reading, LA).lost == ()


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(b"<Trademark/>", "not-a-record"), (b"", "empty"), (b"<x", "not-well-formed"),
     (b"<exchange-documents/>", "not-a-record"),
     (b"<exchange-documents><exchange-document/><exchange-document/></exchange-documents>", "several-records"),
     (b'<!DOCTYPE patent-document [<!ENTITY a "b">]><patent-document>&a;</patent-document>', "document-type"),
     (b"<patent-document>" + b"<a>" * 100 + b"</a>" * 100 + b"</patent-document>", "too-deep")],
)  # fmt: skip
def test_what_is_no_record_is_refused(raw: bytes, refusal: str) -> None:
    assert st36.read(raw, LA).refusal == refusal


@pytest.mark.parametrize("format", FORMATS)
def test_records_a_second(format: ModuleType) -> None:
    raw = format.write(patent_of(st36.read(DOCUMENT, EP)), EP)
    began = time.process_time()
    for _ in range(50):
        format.read(raw, EP)
    assert time.process_time() - began < 1
