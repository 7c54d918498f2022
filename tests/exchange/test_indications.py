"""Indications: inside Cambodia's trademark feed, and in the European list."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ipregister.exchange import eambrosia, loss, st66
from ipregister.exchange.gbd import layout
from ipregister.exchange.st66.indications import mark_of
from ipregister.model.evidence import Reading
from ipregister.model.indication import Indication
from ipregister.model.mark import Trademark
from ipregister.model.numbers import key_of
from ipregister.model.offices import Series, office
from ipregister.model.publicity import project, record_state
from ipregister.model.right import Publication
from tests.exchange.documents import ipas

KH, EU = office("KH"), office("EU")
NUMBER = (">37978<", ">KH/G/2018/5<")


def cambodian(*changes: tuple[str, str]) -> Reading:
    """A record of Cambodia's feed, with nothing lost."""
    raw = ipas((">LA<", ">KH<"), *changes)
    reading = st66.read(raw, KH)
    found = loss.check(raw, reading, KH)
    assert (found.lost, found.broken, found.extra) == ((), (), ())
    return reading


def header(word: str) -> tuple[str, str]:
    return (">Trademark</TransactionSubCode>", f">{word}</TransactionSubCode>")


def entry(**members: Any) -> Indication:
    """An entry of the European list, read, with nothing lost."""
    raw = json.dumps(members, ensure_ascii=False).encode()
    reading = eambrosia.read(raw, EU)
    found = loss.check(raw, reading, EU)
    assert (found.lost, found.broken) == ((), ())
    assert isinstance(reading.record, Indication)
    return reading.record


@pytest.mark.parametrize("word", ["Domestic GI", "Foreign GI"])
def test_an_indication_of_cambodia_is_a_right_of_its_own(word: str) -> None:
    record = cambodian(NUMBER, header(word)).record
    assert isinstance(record, Indication)
    assert (record.subtype, record.kinds) == ("GI", ("Other",))
    assert [text.text for text in record.names] == ["CHAMPA"]
    assert [(one.scheme, one.number) for one in record.products] == [("nice", "30")]
    assert not record.sign.verbal
    keyed = key_of(record, KH)
    assert keyed is not None
    assert keyed.key == "kh-gi-2018-5"


def test_an_indication_of_cambodia_that_is_only_filed_is_not_public() -> None:
    """Nothing that is known says that the office publishes applications on filing."""
    day = dt.date(2026, 6, 30)
    record = cambodian(NUMBER, header("Domestic GI")).record
    assert isinstance(record, Indication)
    filed = msgspec.structs.replace(
        record, office_status="Filed", registration_date=None, registration_number="", publications=()
    )
    assert record_state(filed, KH, day) == "embargoed"
    assert project(filed, KH, day) is None
    for opened in ({"registration_date": "2020-01-05"}, {"publications": (Publication(date="2019-10-01"),)}):
        assert record_state(msgspec.structs.replace(filed, **opened), KH, day) == "public"
    assert (
        record_state(msgspec.structs.replace(filed, registration_date="2027-01-05"), KH, day) == "embargoed"
    )


def test_a_number_of_marks_too_makes_no_indication_of_a_mark() -> None:
    """An office drafted from a table has one pattern for all its rights."""
    any_number = Series(name="marks", pattern=r"(?P<serial>.+)", key="{serial}")
    drafted = (any_number, msgspec.structs.replace(any_number, name="indications", right="indication"))
    record = st66.read(ipas((">LA<", ">KH<")), msgspec.structs.replace(KH, series=drafted)).record
    assert isinstance(record, Trademark)


def test_its_number_tells_an_indication_when_the_header_does_not() -> None:
    record = cambodian(NUMBER, ("<TransactionCode>Trademark<", "<TransactionCode>Delete<")).record
    assert isinstance(record, Indication)
    assert record.deleted


def test_an_indication_is_laid_out_as_the_feed_carries_it() -> None:
    record = cambodian(NUMBER, header("Domestic GI")).record
    mark = cambodian(header("Domestic Trademark"), (">37978<", ">KH/G/2018/5x<")).record
    assert isinstance(record, Indication)
    assert isinstance(mark, Trademark)
    one, other = layout(record, KH), layout(mark, KH)
    changed = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
    assert changed == {"type", "kind", "applicationNumber", "st13", "markImageDetails"}
    assert one["goodsServicesClassification"]["class"][0]["code"] == 30


def test_a_mark_becomes_an_indication_and_back() -> None:
    record = cambodian(NUMBER, header("Domestic GI")).record
    assert isinstance(record, Indication)
    mark = mark_of(record)
    assert mark.mark.verbal == record.names
    assert mark.goods[0].class_number == 30
    assert msgspec.structs.replace(mark.mark, verbal=()) == record.sign


def test_names_of_the_european_list_stand_apart_in_their_scripts() -> None:
    record = entry(EA_FileNumber="PGI-KH-0001", EA_Name="ស្ករត្នោត / Palm Sugar / Sucre", EA_Country="Cambodia",
                   EA_Type="Protected Geographical Indication (PGI)", EA_Status="Registered",
                   EA_DateRegistration="03/04/2019", EA_ProductCategory="Class 1.8. Other", DEF_OriginalOrder=7)  # fmt: skip
    assert [(text.text, text.lang) for text in record.names] == [
        ("ស្ករត្នោត", "km"), ("Palm Sugar", "und"), ("Sucre", "und")]  # fmt: skip
    assert (record.subtype, record.origins, record.registration_date) == ("PGI", ("KH",), "2019-04-03")
    assert (record.products[0].scheme, record.identifier) == ("eu-product-category", "7")


def test_several_countries_and_homonyms() -> None:
    record = entry(EA_FileNumber="PGI-IE+GB-0001", EA_Name="Cream ", EA_Country="Ireland, United Kingdom")
    assert record.origins == ("IE", "GB")
    keys = [
        key_of(entry(EA_FileNumber=number, EA_Name="Garda"), EU) for number in ("PDO-IT-0001", "PGI-IT-0001")
    ]
    assert len({one.key for one in keys if one}) == 2


def test_what_the_list_does_not_know_stands_beside_the_record() -> None:
    record = entry(EA_FileNumber="PGI-KH-0001", EA_Name="X", EA_Country="Atlantis", New={"deep": [1, "two"]})
    assert {one.path: one.text for one in record.extra} == {"New/deep/0": "1", "New/deep/1": "two"}
    assert [(one.field, one.text) for one in record.kept] == [("/origins/0", "Atlantis")]


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(b"", "empty"), (b"{", "not-well-formed"), (b"{}", "not-a-record"), (b"[1]", "not-a-record")],
)
def test_what_is_no_entry_is_refused(raw: bytes, refusal: str) -> None:
    assert eambrosia.read(raw, EU).refusal == refusal


def test_the_whole_list_is_read(test_data: Path) -> None:
    path = test_data / "data" / "gi-eu-eambrosia-2020" / "register.json"
    keys = set()
    scripts = set()
    for one in json.loads(path.read_text(encoding="utf-8")):
        raw = json.dumps(one, ensure_ascii=False).encode()
        reading = eambrosia.read(raw, EU)
        found = loss.check(raw, reading, EU)
        assert (found.lost, found.broken) == ((), ())
        assert {place.path for place in found.extra} <= {
            "DEF_SearchName", "DEF_SearchNameAndCategory", "DEF_SearchTextAll", "DEF_SearchCategory"}  # fmt: skip
        assert isinstance(reading.record, Indication)
        assert reading.findings == ()
        keyed = key_of(reading.record, EU)
        assert keyed is not None
        keys.add(keyed.key)
        scripts |= {text.lang for text in reading.record.names}
    assert len(keys) == 3715
    assert scripts == {"und", "km", "th"}
