"""Formats that go out: the Global Brand Database layout, the table, lines of JSON."""

import csv
import datetime as dt
import json
from pathlib import Path

import msgspec
import openpyxl
import pytest

from ipregister.exchange import formats, loss, table
from ipregister.exchange.formats import FORMATS, Item, write
from ipregister.exchange.gbd import layout
from ipregister.exchange.gbd.parties import terms
from ipregister.exchange.gbd.writer import status_of
from ipregister.exchange.json import records
from ipregister.exchange.json.slices import Members, parse
from ipregister.exchange.trip import TARGETS
from ipregister.exchange.writers import LACKS, NOTES
from ipregister.model.design import Design, SingleDesign
from ipregister.model.emblem import Emblem, Objection
from ipregister.model.indication import Area, Indication
from ipregister.model.mark import Goods, Image, Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.patent import Patent, UtilityModel
from ipregister.model.record import RIGHTS, Record, right_of
from ipregister.model.text import Text
from ipregister.model.work import Work
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


EMBLEM = Emblem(
    office="WO", subtype="FLAG", application_number="XB2", office_status="Protected",
    names=(Text("Flag of Tavamir", "en"),), owners=(Text("Republic of Tavamir", "en"),), country="FJ",
    circular="Circular 7866", communicated="2022-02-11", descriptions=(Text("A red heron", "en"),),
    images=(Image(filename="XB2.png"),), goods=(Text("assayed silver", "en"),),
    objections=(Objection("TH", "2022-05-05", "2023-01-01"),),
)  # fmt: skip


def test_an_emblem_is_a_brand_of_its_own_type() -> None:
    assert layout(EMBLEM, office("WO"), ("abc",)) == {
        "type": "EMBLEM", "kind": ["Flag"], "registrationOfficeCode": "WO", "registrationNumber": "XB2",
        "officeStatus": "Protected", "gbdStatus": "Registered", "publicationDate": "2022-02-11",
        "wordMarkSpecification": {"markVerbalElement": [{"languageCode": "en", "text": "Flag of Tavamir"}]},
        "markDescriptionDetails": [{"languageCode": "en", "text": "A red heron"}],
        "markImageDetails": [{"name": "XB2.png"}], "logos": ["abc"],
        "goodsServicesUnclassified": {"en": ["assayed silver"]},
        "publications": [{"identifier": "Circular 7866", "date": "2022-02-11"}],
        "applicants": [{"fullName": [{"languageCode": "en", "text": "Republic of Tavamir"}], "countryCode": "FJ"}],
        "events": [{"officeKind": "Objection", "gbdKind": "Opposed", "date": "2022-05-05", "country": "TH"}],
    }  # fmt: skip
    assert layout(msgspec.structs.replace(EMBLEM, subtype="EMBLEM", country=""), office("WO"))["kind"] == [
        "Emblem"
    ]
    (line,) = write("gbd", [Item("wo-em-xb2", EMBLEM, office("WO"))], "emblem")
    assert json.loads(line)["type"] == "EMBLEM"


def test_a_copy_names_the_register_of_its_right() -> None:
    hague = Design(
        office="WO", registration_number="DM/012345", designs=(SingleDesign(titles=(Text("Pot"),)),)
    )
    for record, prevails in ((EMBLEM, "Article 6ter database"), (hague, "International Designs Bulletin")):
        item = Item("k", record, office("WO"))
        assert prevails in item.notice
        (line,) = write("jsonl", [item], right_of(record))
        source = json.loads(line)["source"]
        assert (source["office"], source["notice"]) == ("International Bureau of WIPO", item.notice)
        assert "Marks" not in next(reversed(list(write("csv", [item], right_of(record)))))


def test_what_the_layout_of_emblems_lacks_is_in_its_loss_report() -> None:
    trip = TARGETS["gbd"](EMBLEM, office("WO"), lambda file, facts: None)
    assert {"Flag of Tavamir", "Circular 7866", "2022-05-05", "FJ", "assayed silver"} <= trip.texts
    assert "2023-01-01" not in trip.texts
    assert "emblem" not in LACKS["gbd"]
    assert "withdrawn" in NOTES["gbd"]["emblem"]


def test_a_row_is_no_formula() -> None:
    record = Trademark(office="LA", application_number="1", mark=Mark(verbal=(Text("=1+1"), Text("b"))))
    line = next(csv.reader([table.line("la-1", record)]))
    heading = next(csv.reader([table.heading()]))
    assert dict(zip(heading, line, strict=True))["mark"] == "'=1+1 | b"
    assert line[0] == "la-1"


@pytest.mark.parametrize("name", [one.name for one in FORMATS if not one.binary])
def test_every_format_writes_a_line_a_record(name: str) -> None:
    item = Item("la-37978", record_of(ipas()), LA, data_day="2026-01-31")
    if "trademark" not in FORMATS[[one.name for one in FORMATS].index(name)].rights:
        return
    lines = list(write(name, [item, item]))
    assert len(lines) == {"csv": 3, "jsonl": 2, "gbd": 2}.get(name, 4)
    assert all(line.endswith("\n") for line in lines)
    if name == "csv":
        assert "2026-01-31,For information only." in lines[1]
    if name == "jsonl":
        plain = json.loads(lines[0])
        assert plain.pop("key") == "la-37978"
        assert plain.pop("source")["data_day"] == "2026-01-31"
        assert msgspec.convert(plain, Trademark) == item.record
        reading = records.read(lines[0].encode(), LA)
        assert reading.record == item.record
        found = loss.check(lines[0].encode(), reading, LA)
        assert (found.lost, found.broken) == ((), ())


RECORDS: tuple[Record, ...] = (
    Patent(office="LA", application_number="1", titles=(Text("=x", "en"),), claims_count=3, deleted=True),
    UtilityModel(office="LA", application_number="2"),
    Design(office="LA", application_number="3", designs=(SingleDesign(titles=(Text("chair"),)),)),
    Indication(office="LA", names=(Text("Bolaven"),), origins=("LA",), areas=(Area(region="Champasak"),)),
    Work(office="LA", titles=(Text("song"),), kinds=("musical",)),
    Emblem(office="LA", names=(Text("seal"),), objections=(Objection(country="TH", date="2020-01-01"),)),
)


@pytest.mark.parametrize("record", RECORDS, ids=right_of)
def test_every_right_has_its_table_and_its_line(record: Record, tmp_path: Path) -> None:
    item, right = Item("la-x", record, LA, data_day="2026-01-31"), right_of(record)
    rows = list(csv.reader(list(write("csv", [item], right))))
    assert len(rows[0]) == len(rows[1]) == len(set(rows[0]))
    line = next(iter(write("jsonl", [item], right))).encode()
    assert records.read(line, LA).record == record
    assert loss.check(line, records.read(line, LA), LA).broken == ()
    assert formats.write_workbook([item], tmp_path / "x.xlsx", right) == 1
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert sheet is not None
    cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == [rows[0], [cell.removeprefix("'") for cell in rows[1]]]
    if right == "patent":
        assert "'=x" in rows[1]
        assert sheet.cell(2, rows[0].index("titles") + 1).data_type == "s"


WRITTEN: tuple[Record, ...] = (
    *RECORDS,
    record_of(ipas()),
    Trademark(
        office="LA", application_number="1", deleted=True, office_status=" ", mark=Mark(verbal=(Text("a~b/c \u0eaa\x07"),)),
        goods=(Goods(class_number=9, texts=(Text(""), Text("cables"))), Goods(class_number=0)), kinds=("", "word"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("record", WRITTEN)
def test_a_line_as_we_write_it_reads_as_any_other(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read quickly, since it is byte for byte ours, is what the careful look finds in it."""
    line = next(iter(write("jsonl", [Item("la-x", record, LA, data_day="2026-01-31")]))).strip().encode()
    careful = records.read(line.replace(b"{", b"{ ", 1), LA)
    monkeypatch.setattr(records, "parse", None)
    quick = records.read(line, LA)
    assert quick == careful
    assert list(quick.evidence) == list(careful.evidence)
    assert quick.record == record


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"office":"LA"', b'"office":"TH"'), (b'"office":"LA"', b'"office":"LA","office":"LA"'),
     (b'"office":"LA"', b'"novel":1,"office":"LA"'), (b'"key":"la-x"', b'"key":1'), (b"}", b"} "),
     (b'"application_number":"1"', b'"application_number":"\\u0031"'), (b'"claims_count":3', b'"claims_count":3.0')],
)  # fmt: skip
def test_a_line_that_is_written_otherwise_is_looked_at_with_care(
    old: bytes, new: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bytes] = []

    def noted(raw: bytes) -> Members:
        looked.append(raw)
        return parse(raw)

    monkeypatch.setattr(records, "parse", noted)
    line = next(iter(write("jsonl", [Item("la-x", RECORDS[0], LA)], "patent"))).strip().encode()
    records.read(line, LA)
    assert looked == []
    changed = line.replace(old, new)
    assert changed != line
    records.read(changed, LA)
    assert looked == [changed]


def test_a_line_is_as_the_schema_says() -> None:
    schema = records.schema()
    names = {ref["$ref"].rpartition("/")[2] for ref in schema["anyOf"]}
    assert names == {kind.__name__ for kind in RIGHTS.values()}
    for record in RECORDS:
        kind = schema["$defs"][type(record).__name__]
        line = json.loads(next(iter(write("jsonl", [Item("k", record, LA)]))))
        assert set(line) <= set(kind["properties"])
        assert set(kind["required"]) <= set(line)


def test_what_is_no_line_of_ours_is_refused() -> None:
    whole = b'{"right": "work", "office": "LA", "source": {"data_day": "x"}'
    assert records.read(whole + b"}", LA).record == Work(office="LA")
    for raw in (
        whole,
        whole + b', "novel": 1}',
        b'{"right": "work"}',
        b"[1]",
        b'{"right": "work", "office": "TH"}',
    ):
        assert records.read(raw, LA).record is None


def test_an_unknown_format_is_an_error() -> None:
    assert formats.format_named("xls") is None
    with pytest.raises(KeyError):
        list(write("xls", []))


@pytest.mark.parametrize("raw", [b'{"right":"work\xc3","office":"LA"}', b'{"right":"work","office":"LA","titles":[{"text":"\xff"}]}',
                                 b'{"right":"work","\xed\xa0\x80":1}'])  # fmt: skip
def test_a_line_that_is_not_in_utf8_is_refused(raw: bytes) -> None:
    assert records.read(raw, LA).refusal == "not-a-record"
