"""Formats that go out: the Global Brand Database layout, the table, lines of JSON."""

import csv
import datetime as dt
import json

import msgspec
import pytest

from ipregister.exchange import formats, table
from ipregister.exchange.formats import FORMATS, Item, write
from ipregister.exchange.gbd import layout
from ipregister.exchange.gbd.parties import terms
from ipregister.exchange.gbd.writer import status_of
from ipregister.model.mark import Goods, Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.text import Text
from tests.exchange.documents import ipas, madrid, record_of

LA = office("LA")


def test_a_record_in_the_layout() -> None:
    out = layout(record_of(ipas()), LA, ("1a2b.png",))
    assert out == {
        "type": "TRADEMARK",
        "kind": ["Individual"],
        "markFeature": "Combined",
        "registrationOfficeCode": "LA",
        "designatedCountries": ["LA"],
        "st13": "LA502016000037978",
        "applicationNumber": "37978",
        "applicationDate": "2016-08-17",
        "publicationDate": "2017-09-30",
        "registrationNumber": "38524",
        "registrationDate": "2017-08-15",
        "applicationLanguageCode": "lo",
        "expiryDate": "2027-08-15",
        "officeStatus": "Registered",
        "gbdStatus": "Registered",
        "statusDate": "2017-08-15",
        "wordMarkSpecification": {"markVerbalElement": [{"languageCode": "und", "text": "CHAMPA"}]},
        "markImageDetails": [{"name": "37978", "classification": {"kind": "Vienna", "code": ["05.05.20"]}}],
        "logos": ["1a2b.png"],
        "goodsServicesClassification": {
            "kind": "Nice",
            "class": [{"code": 30, "terms": {"en": ["Coffee", "tea"]}}],
        },
        "publications": [{"identifier": "12", "date": "2017-09-30"}],
        "applicants": [
            {
                "fullName": [{"languageCode": "und", "text": "Champa Coffee Co., Ltd."}],
                "fullAddress": [{"languageCode": "und", "text": "Ban Nongbone, Vientiane"}],
                "countryCode": "LA",
            }
        ],
        "events": [{"officeKind": "Filed", "gbdKind": "Filed", "date": "2016-08-17"}],
    }


@pytest.mark.parametrize(
    ("code", "word", "theirs"),
    [("LA", "Suspended", "Ended"), ("LA", "Inactive", "Ended"), ("MY", "Inactive", "Expired"), ("VN", "Rút đơn", "Expired"), ("LA", "9999", "Unknown"),
     ("VN", "Từ chối", "Ended"), ("LA", "Application Published", "Pending"), ("MY", "Registered", "Registered")],
)  # fmt: skip
def test_the_status_word_is_theirs(code: str, word: str, theirs: str) -> None:
    assert status_of(Trademark(office=code, office_status=word), office(code)) == theirs


def test_without_a_status_the_expiry_date_and_the_day_tell() -> None:
    record = record_of(madrid(), "WO")
    assert status_of(record, office("WO"), dt.date(2026, 1, 1)) == "Registered"
    assert status_of(record, office("WO"), dt.date(2033, 1, 1)) == "Expired"
    out = layout(record, office("WO"))
    assert (out["registrationNumber"], out["registrationDate"], "applicationNumber" in out) == (
        "779460A",
        "2002-04-05",
        False,
    )


def test_terms_keep_their_case_and_brackets() -> None:
    assert terms("LED lamps (for cars; for bikes); USB-C cables; IBM PC.") == [
        "LED lamps (for cars; for bikes)", "USB-C cables", "IBM PC",
    ]  # fmt: skip


def test_blocks_of_one_class_come_together_and_none_is_lost() -> None:
    blocks = (Goods(30, (Text("part 0", "en"),)), Goods(30, (Text("part 1", "en"),)), Goods(None, (Text("loose"),)),
              Goods(46, (Text("old"),), scheme="national"))  # fmt: skip
    out = layout(Trademark(office="LA", goods=blocks), LA)
    assert out["goodsServicesClassification"]["class"] == [
        {"code": 30, "terms": {"en": ["part 0", "part 1"]}}
    ]
    assert out["nationalGoodsServicesClassification"]["class"] == [{"code": 46, "terms": {"und": ["old"]}}]
    assert out["goodsServicesUnclassified"] == {"und": ["loose"]}


def test_a_row_is_no_formula() -> None:
    record = Trademark(office="LA", application_number="1", mark=Mark(verbal=(Text("=1+1"), Text("b"))))
    line = next(csv.reader([table.line("la-1", record)]))
    heading = next(csv.reader([table.heading()]))
    assert dict(zip(heading, line, strict=True))["mark"] == "'=1+1 | b"
    assert line[0] == "la-1"


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_every_format_writes_a_line_a_record(name: str) -> None:
    item = Item("la-37978", record_of(ipas()), LA, data_day="2026-01-31")
    lines = list(write(name, [item, item]))
    assert len(lines) == {"csv": 3, "st96": 4}.get(name, 2)
    assert all(line.endswith("\n") for line in lines)
    if name == "csv":
        assert "2026-01-31,For information only." in lines[1]
    if name == "jsonl":
        plain = json.loads(lines[0])
        assert plain.pop("key") == "la-37978"
        assert plain.pop("source")["data_day"] == "2026-01-31"
        assert msgspec.convert(plain, Trademark) == item.record


def test_an_unknown_format_is_an_error() -> None:
    assert formats.format_named("xls") is None
    with pytest.raises(KeyError):
        list(write("xls", []))
