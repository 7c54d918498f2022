"""Awkward records: each is a record with findings or is refused with a reason; none is lost or altered."""

import pytest

from ipregister.exchange.findings import KINDS
from ipregister.exchange.refusals import CODES
from ipregister.exchange.st66 import read
from ipregister.model.mark import Trademark
from ipregister.model.numbers import key_of
from ipregister.model.offices import office
from ipregister.model.text import Kept
from tests.exchange.documents import HEAD, IPAS, ipas, lossless, madrid, record_of

MARK = ">CHAMPA<"
CLASS = "<ClassNumber>30<"
REGISTERED = "<RegistrationDate>2017-08-15<"


@pytest.mark.parametrize(
    "text",
    [
        "TRUE",
        "False",
        "true",
        "YAHOO!",
        "S.A.R.L.",
        "A: B # C",
        'He said "hi" \\ back',
        "007",
        "ເບຍລາວ",
        "{{ 7*7 }}",
    ],
)
def test_a_mark_is_its_text(text: str) -> None:
    assert record_of(ipas((MARK, f">{text}<"))).mark.verbal[0].text == text


def test_an_escaped_entity_is_decoded_once() -> None:
    record = record_of(ipas((MARK, ">Tom &amp; Jerry &amp;amp; Co &amp;eacute;<")))
    assert record.mark.verbal[0].text == "Tom & Jerry &amp; Co &eacute;"


def test_a_line_break_in_a_mark_becomes_a_blank_by_name() -> None:
    reading = lossless(ipas((MARK, ">a\tb\nc<")))
    assert isinstance(reading.record, Trademark)
    assert reading.record.mark.verbal[0].text == "a b c"
    assert reading.evidence["/mark/verbal/0/text"] == (49, "space")


def test_a_placeholder_is_kept_and_the_field_stays_empty() -> None:
    record = record_of(ipas((MARK, ">-<")))
    assert record.mark.verbal == ()
    assert Kept("/mark/verbal/0/text", "-", "placeholder") in record.kept


@pytest.mark.parametrize("code", ["&#1;", "\x01"])
def test_a_control_character_becomes_the_replacement_character(code: str) -> None:
    reading = lossless(ipas((MARK, f">a{code}\u200bb<")))
    assert isinstance(reading.record, Trademark)
    assert reading.record.mark.verbal[0].text == "a\ufffd\u200bb"
    assert reading.slice_repairs == ("control:01",)
    assert [f.code for f in reading.findings] == ["repaired-slice"]


@pytest.mark.parametrize(
    ("text", "mended", "repairs"),
    [
        ("a&nbsp;b", "a\u00a0b", ("entity:nbsp",)),
        ("&gcaron;", "ǧ", ("entity:gcaron",)),
        ("AT&T", "AT&T", ("ampersand",)),
        ("a & b", "a & b", ("ampersand",)),
        ("&nosuch; x", "&nosuch; x", ("entity:nosuch",)),
    ],
)
def test_an_undefined_entity_is_mended_and_nothing_cut(
    text: str, mended: str, repairs: tuple[str, ...]
) -> None:
    reading = lossless(ipas((MARK, f">{text}<")))
    assert isinstance(reading.record, Trademark)
    assert reading.record.mark.verbal[0].text == mended
    assert reading.slice_repairs == repairs


def test_two_classes_in_one_block_are_both_there_and_the_text_is_nobodys() -> None:
    reading = lossless(ipas((CLASS, "<ClassNumber>9,35<")))
    assert isinstance(reading.record, Trademark)
    assert [(g.class_number, g.texts) for g in reading.record.goods] == [(9, ()), (35, ())]
    assert reading.record.goods_unclassified[0].text == "Coffee; tea."
    assert [f.code for f in reading.findings] == ["classes-in-one"]


@pytest.mark.parametrize(("text", "number"), [("35 ", 35), (" 05", 5), ("Class 9", 9), ("໓໐", 30)])
def test_a_dirty_class_number_is_read(text: str, number: int) -> None:
    assert record_of(ipas((CLASS, f"<ClassNumber>{text}<"))).goods[0].class_number == number


@pytest.mark.parametrize("text", ["N/A", "0", "", "99", "IX"])
def test_what_is_no_class_leaves_the_goods(text: str) -> None:
    record = record_of(ipas((CLASS, f"<ClassNumber>{text}<")))
    assert record.goods[0].class_number is None
    assert record.goods[0].texts[0].text == "Coffee; tea."
    assert [k.text for k in record.kept] == ([text] if text else [])


def test_class_46_is_a_national_class() -> None:
    goods = record_of(ipas((CLASS, "<ClassNumber>46<"))).goods[0]
    assert (goods.class_number, goods.scheme) == (46, "national")


def test_blocks_of_one_class_are_never_merged() -> None:
    block = '<ClassDescription><ClassNumber>30</ClassNumber><GoodsServicesDescription languageCode="{}">{}'
    block += "</GoodsServicesDescription></ClassDescription>"
    more = block.format("en", "part 0") + block.format("lo", "ເຂົ້າ")
    record = record_of(ipas(("</ClassDescription></ClassD", f"</ClassDescription>{more}</ClassD")))
    assert [(g.texts[0].text, g.texts[0].lang) for g in record.goods] == [
        ("Coffee; tea.", "en"), ("part 0", "en"), ("ເຂົ້າ", "lo"),
    ]  # fmt: skip


def test_goods_stay_as_written() -> None:
    text = "LED lamps (for cars; for bikes); USB-C cables; IBM PC"
    assert record_of(ipas((">Coffee; tea.<", f">{text}<"))).goods[0].texts[0].text == text


@pytest.mark.parametrize("text", ["2022-02-30", "2022-13-45", "0000-00-00", "11/05/2022", "2022-W01-1"])
def test_what_is_no_day_is_kept_with_a_finding(text: str) -> None:
    reading = lossless(ipas((REGISTERED, f"<RegistrationDate>{text}<")))
    assert isinstance(reading.record, Trademark)
    assert reading.record.registration_date is None
    assert reading.record.kept == (Kept("/registration_date", text, "not-a-date"),)
    assert [f.code for f in reading.findings] == ["not-a-date"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20220511", "2022-05-11"),
        ("2999-01-01", "2999-01-01"),
        ("1562-01-01", "1562-01-01"),
        ("2560-05-04", "2017-05-04"),
    ],
)
def test_a_day_of_the_calendar_is_read(text: str, day: str) -> None:
    assert record_of(ipas((REGISTERED, f"<RegistrationDate>{text}<"))).registration_date == day


def test_a_registration_date_is_never_filled_from_events() -> None:
    record = record_of(ipas((REGISTERED, "<RegistrationDate><"), (">Filed<", ">Registered<")))
    assert record.registration_date is None


def test_a_record_without_a_number_has_no_key() -> None:
    record = record_of(ipas(("<ApplicationNumber>37978</ApplicationNumber>", "")))
    assert key_of(record, office("LA")) is None
    record = record_of(ipas((">37978<", ">LA-37978<")))
    assert key_of(record, office("LA")) is None
    assert record.application_number == "LA-37978"


def test_the_office_s_word_stays_and_an_unknown_one_is_found() -> None:
    reading = lossless(ipas((">Registered<", ">9999<")))
    assert isinstance(reading.record, Trademark)
    assert reading.record.office_status == "9999"
    assert [f.code for f in reading.findings] == ["unknown-status"]
    assert record_of(ipas((">Registered<", "><"))).office_status == ""


def test_an_unknown_kind_and_a_known_feature() -> None:
    reading = lossless(
        ipas((">Trademark</TransactionSubCode>", ">TM Defensive</TransactionSubCode>"), (">Trademark<", "><"))
    )
    assert isinstance(reading.record, Trademark)
    assert reading.record.kinds == ()
    assert ("unknown-kind", "TM Defensive") in [(f.code, f.value) for f in reading.findings]
    assert record_of(ipas((">Combined<", ">Motion<"))).mark.feature == "Motion"
    odd = record_of(ipas((">Combined<", ">Glowing<")))
    assert (odd.mark.feature, odd.kept) == ("", (Kept("/mark/feature", "Glowing", "unknown-code"),))


def test_a_word_that_is_unknown_is_told_though_the_other_word_of_the_header_says_a_kind() -> None:
    reading = lossless(ipas((">Trademark</TransactionSubCode>", ">TM Defensive</TransactionSubCode>")))
    assert isinstance(reading.record, Trademark)
    assert reading.record.kinds == ("Individual",)
    assert [(f.code, f.path, f.value) for f in reading.findings] == [
        ("unknown-kind", "/transaction/sub_code", "TM Defensive")
    ]
    assert lossless(ipas()).findings == ()


def test_no_events_and_empty_events() -> None:
    start, end = IPAS.index("<wo:MarkEventDetails>"), IPAS.index("</wo:MarkEventDetails>")
    events = IPAS[start:end]
    assert record_of(ipas((events, "<wo:MarkEventDetails>"))).events == ()
    assert record_of(ipas((events + "</wo:MarkEventDetails>", ""))).events == ()


@pytest.mark.parametrize(("text", "code"), [("Laos", "LA"), ("LA-", "LA"), ("us.", "US"), ("Viet Nam", "VN")])
def test_a_country_is_read_from_its_name_or_a_dirty_code(text: str, code: str) -> None:
    country = ("<AddressCountryCode>LA<", f"<AddressCountryCode>{text}<")
    assert record_of(ipas(country)).applicants[0].country == code


def test_an_unknown_country_is_kept() -> None:
    reading = lossless(ipas(("<AddressCountryCode>LA<", "<AddressCountryCode>XQ<")))
    assert isinstance(reading.record, Trademark)
    assert reading.record.applicants[0].country == ""
    assert reading.record.kept == (Kept("/applicants/0/country", "XQ", "not-a-country"),)
    assert [f.code for f in reading.findings] == ["not-a-country"]


def test_madrid_lines_with_a_language_and_placeholders() -> None:
    record = record_of(
        madrid(("<FreeFormatNameLine>", '<FreeFormatNameLine languageCode="en">'), ("2032-04-05", "-")), "WO"
    )
    assert (record.applicants[0].names[0].lang, record.expiry_date) == ("en", None)
    assert {k.reason for k in record.kept} == {"placeholder"}
    assert record.international_number == "779460A"


def test_a_huge_goods_text_is_read_whole() -> None:
    goods = "; ".join(f"term number {n} with a few words" for n in range(5000))
    assert record_of(ipas((">Coffee; tea.<", f">{goods}<"))).goods[0].texts[0].text == goods


EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
BOMB = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>"


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        ((EXTERNAL + IPAS.replace("CHAMPA", "&e;")).encode(), "document-type"),
        ((BOMB + IPAS.replace("CHAMPA", "&c;")).encode(), "document-type"),
        (('<!DOCTYPE x SYSTEM "x.dtd">' + IPAS).encode(), "document-type"),
        ((EXTERNAL + IPAS).encode("utf-16"), "document-type"),
        (IPAS[:2000].encode(), "not-well-formed"),
        (b"hello", "not-well-formed"),
        (b"<html><body>Not found</body></html>", "not-a-record"),
        (b"<Transaction/>", "not-a-record"),
        (b"<TradeMarkDetails><TradeMark/><TradeMark/></TradeMarkDetails>", "several-records"),
        (b"<a>" * 300 + b"</a>" * 300, "too-deep"),
        ((HEAD + "<TradeMark>" + "<x>" * 100 + "deep" + "</x>" * 100 + "</TradeMark>").encode(), "too-deep"),
        (b"<TradeMark>" + b"<x/>" * 200_000 + b"</TradeMark>", "too-many-elements"),
        (b"<TradeMark>" + b"<x>&odd;</x>" * 200_000 + b"</TradeMark>", "too-many-elements"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(raw: bytes, refusal: str) -> None:
    reading = read(raw, office("LA"))
    assert (reading.record, reading.refusal) == (None, refusal)
    assert refusal in CODES


def test_a_truncated_record_is_refused_with_line_and_column() -> None:
    assert read(IPAS[:2000].encode(), office("LA")).refusal_detail.startswith("line ")


def test_a_record_over_the_limit_is_refused() -> None:
    assert read(ipas(), office("LA"), limit=1000).refusal == "too-large"


@pytest.mark.parametrize(
    ("encoding", "code", "text", "repair"),
    [
        ("utf-16", "LA", "ເບຍລາວ", "encoding:utf-16"),
        ("tis-620", "TH", "ช้างทอง", "encoding:tis-620"),
        ("cp1252", "LA", "Café", "encoding:cp1252"),
        ("cp1258", "VN", "Cà", "encoding:cp1258"),
    ],
)
def test_a_wrong_encoding_is_decoded_by_name(encoding: str, code: str, text: str, repair: str) -> None:
    changes = ((MARK, f">{text}<"), (">LA<", f">{code}<"))
    raw = ipas(*changes).decode().encode(encoding)
    reading = lossless(raw, code)
    assert isinstance(reading.record, Trademark)
    assert (reading.record.mark.verbal[0].text, reading.slice_repairs) == (text, (repair,))


@pytest.mark.parametrize("declared", ["windows-874", "TIS-620"])
@pytest.mark.parametrize("code", ["TH", "LA"])
def test_thai_as_its_programs_write_and_name_it(declared: str, code: str) -> None:
    text = "ช้าง “ทอง” … €5"
    raw = ipas((MARK, f">{text}<"), (">LA<", f">{code}<")).decode().encode("cp874")
    reading = lossless(raw.replace(b'"UTF-8"', f'"{declared}"'.encode()), code)
    assert isinstance(reading.record, Trademark)
    assert (reading.record.mark.verbal[0].text, reading.slice_repairs) == (
        text,
        (f"encoding:{declared.lower()}",),
    )


def test_utf_8_that_says_it_is_latin_is_read_as_utf_8() -> None:
    raw = ipas((MARK, ">ເບຍລາວ<")).replace(b'"UTF-8"', b'"ISO-8859-1"')
    reading = lossless(raw)
    assert isinstance(reading.record, Trademark)
    assert reading.record.mark.verbal[0].text == "ເບຍລາວ"
    assert reading.slice_repairs == ("encoding:utf-8",)


def test_one_wrong_byte_does_not_spoil_the_rest() -> None:
    raw = ipas((MARK, ">ช้างทอง@<"), (">LA<", ">TH<")).replace(b"@", b"\xa1")
    reading = lossless(raw, "TH")
    assert isinstance(reading.record, Trademark)
    assert reading.record.mark.verbal[0].text == "ช้างทอง\ufffd"
    assert reading.slice_repairs == ("byte",)


def test_a_true_latin_declaration_needs_no_repair() -> None:
    raw = ipas((MARK, ">Café<"), (">Trademark<", ">Trademark<")).decode().encode("latin-1")
    reading = lossless(raw.replace(b'"UTF-8"', b'"ISO-8859-1"'))
    assert isinstance(reading.record, Trademark)
    assert (reading.record.mark.verbal[0].text, reading.slice_repairs) == ("Café", ())


def test_a_missing_namespace_declaration_is_added() -> None:
    raw = ipas((' xmlns:wo="http://www.wipo.int/standards/XMLSchema/wo-trademarks"', ""))
    reading = lossless(raw)
    assert isinstance(reading.record, Trademark)
    assert reading.record.mark.verbal[0].text == "CHAMPA"
    assert reading.slice_repairs == ("namespace:wo",)


def test_what_has_no_field_stands_beside_the_record() -> None:
    more = '<Novelty kind="x">new<b>bold</b>tail</Novelty><ApplicationNumber>2</ApplicationNumber>loose'
    reading = lossless(ipas(("<MarkFeature>", f"{more}<MarkFeature>")))
    assert isinstance(reading.record, Trademark)
    found = [(e.path.rpartition("TradeMark/")[2], e.text) for e in reading.record.extra]
    assert ("Novelty/@kind", "x") in found
    assert [text for _, text in found] == ["x", "new", "bold", "tail", "2", "loose"]
    assert [f.code for f in reading.findings] == ["unknown-element", "repeated-element"]


def test_a_delete_transaction_marks_the_record() -> None:
    record = record_of(ipas(("<TradeMark>", '<TradeMark operationCode="Delete">')))
    assert record.deleted
    assert record.transaction is not None
    assert record.transaction.operation == "Delete"


def test_a_delete_in_the_header_marks_the_record() -> None:
    record = record_of(ipas((">Trademark</TransactionSubCode>", ">Delete</TransactionSubCode>")))
    assert record.deleted


def test_the_language_of_an_empty_text_is_kept() -> None:
    record = record_of(ipas((">Coffee; tea.<", "><")))
    assert record.kept == (Kept("/goods/0/texts/0/lang", "en", "placeholder"),)
    assert record.extra == ()


def test_evidence_of_a_language_moves_with_its_text() -> None:
    record = record_of(ipas((CLASS, "<ClassNumber>9,35<"), ('"en">Coffee', '"la">Coffee')))
    assert record.goods_unclassified[0].lang == "und"


def test_every_finding_of_a_reader_is_declared() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(codes) == len(set(codes))
    assert all(kind.message and kind.remedy for kind in KINDS)
