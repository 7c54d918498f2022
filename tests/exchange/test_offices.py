"""What each office does in its own way, and the real records of four of them."""

from pathlib import Path

import pytest

from ipregister.exchange import loss
from ipregister.exchange.origin import raw_value
from ipregister.exchange.st66 import read
from ipregister.model import repairs
from ipregister.model.evidence import split_origin
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.model.text import Kept, Text
from tests.exchange.documents import ipas, lossless, record_of

NUMBER = ">37978<"
MARK = 'languageCode="la">CHAMPA<'


def of(code: str, *changes: tuple[str, str]) -> bytes:
    """The record as another office's."""
    return ipas((">LA</RegistrationOfficeCode>", f">{code}</RegistrationOfficeCode>"), *changes)


@pytest.mark.data
@pytest.mark.parametrize("code", ["ID", "KH", "LA", "MY"])
def test_a_real_record_loses_nothing(test_data: Path, code: str) -> None:
    raw = (test_data / "data" / "gbd-office-feeds-dev" / f"{code.lower()}tm.xml").read_bytes()
    reading = read(raw, office(code))
    found = loss.check(raw, reading, office(code))
    assert found.total >= 40
    assert (found.lost, found.extra, found.broken) == ((), (), ())
    assert reading.findings == ()


@pytest.mark.data
@pytest.mark.parametrize("code", ["ID", "KH", "LA", "MY"])
def test_evidence_leads_to_the_raw_text(test_data: Path, code: str) -> None:
    raw = (test_data / "data" / "gbd-office-feeds-dev" / f"{code.lower()}tm.xml").read_bytes()
    reading = read(raw, office(code))
    places = loss.texts_of(raw)
    for origin in reading.evidence.values():
        position, codes = split_origin(origin)
        path, text = raw_value(raw, (), position)
        assert text == places[position].text
        assert path.startswith("Transaction/TradeMarkTransactionBody/")
        assert repairs.apply(text, codes, office(code))


@pytest.mark.parametrize(
    ("code", "number", "international"),
    [
        ("KH", "KH/1071853A/M", "1071853A"),
        ("KH", "KH/49703/13", ""),
        ("LA", "M/1421805", "1421805"),
        ("LA", "37978", ""),
        ("ID", "M0020191466446", "1466446"),
        ("PH", "PHM000101421820", "1421820"),
        ("BN", "M/1421805", "1421805"),
        ("VN", "1466446", "1466446"),
        ("MY", "M/031842", ""),
    ],
)
def test_the_international_number_of_a_national_copy(code: str, number: str, international: str) -> None:
    assert record_of(of(code, (NUMBER, f">{number}<")), code).international_number == international


def test_thailand_tells_the_international_number_in_an_event() -> None:
    event = "<wo:MarkEventCode>Madrid Designation</wo:MarkEventCode>"
    event += "<wo:OfficeSpecificMarkEventName>IRN:1504436</wo:OfficeSpecificMarkEventName>"
    reading = lossless(of("TH", ("<wo:MarkEventCode>Filed</wo:MarkEventCode>", event)), "TH")
    assert isinstance(reading.record, Trademark)
    assert reading.record.international_number == "1504436"
    assert reading.record.events[0].kind == "designated"


def test_thailand_describes_the_picture_where_others_have_a_text() -> None:
    text = '<wo:MarkSignificantVerbalElement languageCode="th">รูปช้าง</wo:MarkSignificantVerbalElement>'
    record = record_of(of("TH", ("</wo:WordMarkSpecification>", f"{text}</wo:WordMarkSpecification>")), "TH")
    assert record.mark.descriptions == (Text("รูปช้าง", "th"),)
    assert record.mark.significant == ()


@pytest.mark.parametrize(("text", "language"), [("TAVIZOKE", "und"), ("ທະວີໂຊກ ພ້ອມດ້ວຍຮູບ", "lo")])
def test_la_is_lao_on_lao_script_only(text: str, language: str) -> None:
    record = record_of(ipas((MARK, f'languageCode="la">{text}<')))
    assert record.mark.verbal == (Text(text, language),)
    assert record.application_language == "lo"


@pytest.mark.parametrize(
    ("tag", "language"), [("kh", "km"), ("in", "id"), ("vn", "vi"), ("EN", "en"), ("", "und")]
)
def test_language_codes_that_are_none(tag: str, language: str) -> None:
    assert record_of(ipas((MARK, f'languageCode="{tag}">CHAMPA<'))).mark.verbal[0].lang == language


def test_an_unknown_language_is_kept() -> None:
    reading = lossless(ipas((MARK, 'languageCode="lao script">CHAMPA<')))
    assert isinstance(reading.record, Trademark)
    assert reading.record.kept == (Kept("/mark/verbal/0/lang", "lao script", "unknown-code"),)
    assert [f.code for f in reading.findings] == ["unknown-language"]


@pytest.mark.parametrize(
    ("code", "word", "feature"),
    [("ID", "Merek Kata dan Lukisan", "Combined"), ("MY", "3D SHAPE", "Three dimensional"), ("PH", "L", "Figurative"),
     ("MY", "ANYCOMBINATION", "Combined"), ("ID", "Odor", "Olfactory"), ("KH", "3-D", "Three dimensional")],
)  # fmt: skip
def test_the_office_s_word_for_the_kind_of_sign(code: str, word: str, feature: str) -> None:
    assert record_of(of(code, (">Combined<", f">{word}<")), code).mark.feature == feature


@pytest.mark.parametrize(
    ("code", "sub_code", "kind", "subtype"),
    [("KH", "Foreign Certification Mark", "Certificate", "TRADEMARK"),
     ("LA", "TM Collective - Renewal", "Collective", "TRADEMARK"), ("ID", "Merek Dagang Non UMKM", "Individual", "TRADEMARK"),
     ("PH", "Trademark(s) (Madrid)", "Individual", "TRADEMARK")],
)  # fmt: skip
def test_the_kind_is_read_from_the_header(code: str, sub_code: str, kind: str, subtype: str) -> None:
    header = (">Trademark</TransactionSubCode>", f">{sub_code}</TransactionSubCode>")
    record = record_of(of(code, header), code)
    assert (record.kinds, record.subtype) == ((kind,), subtype)


def test_an_empty_registration_number_of_cambodia() -> None:
    record = record_of(of("KH", (NUMBER, ">KH/49703/13<"), (">38524<", ">KH/M/<")), "KH")
    assert record.registration_number == ""
    assert record.kept == (Kept("/registration_number", "KH/M/", "placeholder"),)


def test_a_dash_after_a_registration_number_is_taken_off_by_name() -> None:
    reading = lossless(ipas((">38524<", ">38524-<")))
    assert isinstance(reading.record, Trademark)
    assert reading.record.registration_number == "38524"
    assert reading.evidence["/registration_number"] == (13, "strip-dash")


def test_indonesia_repeats_a_name_in_two_languages() -> None:
    line = '<FreeFormatNameLine languageCode="{}">PT Merapi</FreeFormatNameLine>'
    old = '<FreeFormatNameLine languageCode="la">Champa Coffee Co., Ltd.</FreeFormatNameLine>'
    record = record_of(of("ID", (old, line.format("id") + line.format("en"))), "ID")
    assert record.applicants[0].names == (Text("PT Merapi", "id"), Text("PT Merapi", "en"))


def test_a_figure_remark_stays_in_the_text_of_the_mark() -> None:
    record = record_of(of("VN", (MARK, 'languageCode="vi">Hoa Sen, hình<')), "VN")
    assert record.mark.verbal[0].text == "Hoa Sen, hình"


def test_a_header_may_be_missing() -> None:
    start, end = "<TransactionIdentifier/>", "<TransactionData>"
    raw = of("VN").decode()
    raw = raw[: raw.index(start)] + raw[raw.index(end) :]
    reading = lossless(raw.encode(), "VN")
    assert isinstance(reading.record, Trademark)
    assert "header-missing" in [f.code for f in reading.findings]


def test_another_office_s_record_is_told() -> None:
    assert record_of(of("KH")).kept == (Kept("/office", "KH", "unknown-code"),)


@pytest.mark.parametrize(
    ("code", "word"), [("LA", "TM Individual - Renewal"), ("ID", "Merek Perpanjangan (R)")]
)
def test_a_renewal_may_be_a_record_of_its_own(code: str, word: str) -> None:
    record = record_of(of(code, (">Trademark</TransactionSubCode>", f">{word}</TransactionSubCode>")), code)
    assert [act.kind for act in record.recordals] == ["renewal"]
    assert record.kinds == ("Individual",)
