"""Every quirk of the table occurs in each of its offices, changes something, and breaks only what it should."""

import re
from datetime import date

import pytest
from lxml import etree

from ipregister.demonstration import DIRT, iter_records
from ipregister.demonstration.dirt import quirks, shown_until
from ipregister.demonstration.filings import Filing, Source
from ipregister.demonstration.records import BULK, Piece, piece
from ipregister.demonstration.region import draft
from ipregister.demonstration.vocabulary import offices
from tests.sparing import few

TODAY = date(2026, 6, 30).toordinal()
SOURCE = Source(1, TODAY, 3000)
NOT_WELL_FORMED = {
    "document-truncated", "document-empty", "document-raw-ampersand", "document-undefined-entity",
    "document-caron-entity", "document-control-character", "document-control-reference",
    "document-foreign-bytes", "document-cut",
}  # fmt: skip
TRACES = {
    "number-old-mask": r"PH/4/\d{4}/\d+<",
    "registration-empty-madrid": r"<RegistrationNumber>KH/M/</",
    "registration-na": r"<RegistrationNumber>N/A</",
    "date-zero": r"0000-00-00",
    "date-impossible": r"-02-30<",
    "date-impossible-slashed": r">31/02/\d{4}<",
    "date-dash": r"<ExpiryDate>-</",
    "date-local-digits": r"[໐-໙០-៩๐-๙]{4}-",
    "date-buddhist": r"<ApplicationDate>25[67]\d-",
    "date-in-words": r">[A-Z][a-z]{2}\t\d\d\t\d{4}<",
    "priority-impossible": r"2222-99-99",
    "class-pair": r"9,35<",
    "class-national": r">46<",
    "goods-one-list": r"класса - |<list>\d+\n",
    "mark-figure-word": r", hình<| ພ້ອມດ້ວຍຮູບ<| \+ Logo<",
    "mark-html-entity": r"CAF&amp;eacute;",
    "mark-zero-width": "\u200b",
    "mark-literal-entity": r"&amp;amp; Co",
    "picture-described-in-words": r"<wo:MarkSignificantVerbalElement>รูป",
    "language-own-code": r"<ApplicationLanguageCode>(kh|vn|in)<",
    "country-trailing": r"<AddressCountryCode>[A-Z]{2}[-.]<",
    "country-two": r"<country>(FRANCE|france; switzerland|korea &amp; japan)",
    "country-after-name": r" \([A-Z]{2}\) </name>",
    "country-misspelled": r"Никарагуаa|Израйль",
    "party-no-identifier": r"<ApplicantIdentifier>0<",
    "party-line-language": r'<FreeFormatNameLine languageCode="en">',
    "status-numeric": r"MarkCurrentStatusCode>(0032|0035|2400|15|17|826|M40|M009|CPN|RNN)<",
    "status-received-in-error": r"Received in Error",
    "event-misspelled": r">Notificationd<",
    "transaction-related-foreign": r">Related Foreign Trademarks<",
    "document-undefined-entity": r"&nbsp;",
    "document-caron-entity": r"&gcaron;",
    "document-control-character": "\x01",
}


def _without_dirt(filing: Filing) -> Piece:
    kept, filing.quirks = filing.quirks, ()
    clean = piece(filing, TODAY)
    filing.quirks = kept
    return clean


def _parse(office: str, text: bytes) -> etree._Element:
    if office in BULK:
        text = BULK[office].OPENING.encode() + text + BULK[office].CLOSING.encode()
    return etree.fromstring(text)


@pytest.fixture(scope="module", params=offices())
def office(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def drafts(office: str) -> list[Filing]:
    return [draft(SOURCE, office, index) for index in range(shown_until(office) + 40)]


def test_names_are_unique_and_rates_small() -> None:
    assert len({quirk.name for quirk in DIRT}) == len(DIRT)
    assert all(0 <= quirk.rate <= 0.1 for quirk in DIRT)
    assert all(quirk.effect for quirk in DIRT)


def test_every_quirk_occurs_and_changes_something(office: str, drafts: list[Filing]) -> None:
    unseen = {quirk.name: quirk for quirk in quirks(office)}
    for filing in drafts:
        if len(filing.quirks) != 1 or filing.quirks[0] not in unseen:
            continue
        dirty, clean = piece(filing, TODAY), _without_dirt(filing)
        name = filing.quirks[0]
        if dirty == clean and name not in ("series-twin", "number-suffix"):
            continue
        if name in TRACES:
            text = dirty.text.decode(errors="replace")
            assert re.search(TRACES[name], text), name
            assert not re.search(TRACES[name], clean.text.decode()) or name == "country-two"
        del unseen[name]
    assert [name for name, quirk in unseen.items() if quirk.needs != "madrid"] == []


def test_quirks_of_national_copies_occur() -> None:
    for name in ("registration-empty-madrid", "mark-differs-from-international"):
        found = [draft(SOURCE, "KH", index) for index in range(2, 600, 4)]
        assert any(name in filing.quirks for filing in found), name


def test_only_damage_breaks_a_record(office: str, drafts: list[Filing]) -> None:
    for filing in drafts:
        broken = NOT_WELL_FORMED.intersection(filing.quirks)
        text = piece(filing, TODAY).text
        if broken:
            with pytest.raises(etree.XMLSyntaxError):
                _parse(office, text)
        else:
            assert len(_parse(office, text)) > 0


def test_damage_is_mended_by_a_later_delivery() -> None:
    filing = next(f for f, _ in iter_records("LA", shown_until("LA")) if "document-truncated" in f.quirks)
    assert len(_parse("LA", piece(filing, TODAY, fresh=False).text)) > 0


def test_clean_records_have_no_quirks() -> None:
    assert all(not filing.quirks for filing, _ in iter_records("VN", 200, dirty=False))


def test_twins_share_year_and_digits() -> None:
    for office in ("VN", "PH", "BN"):
        found = [index for index in range(5, 400) if "series-twin" in draft(SOURCE, office, index).quirks]
        twin, before = draft(SOURCE, office, found[0]), draft(SOURCE, office, found[0] - 1, dirty=False)
        if before.series != "madrid":
            digits = re.sub(r"\D", "", before.number)[-9:]
            assert re.sub(r"\D", "", twin.number).endswith(digits)
        assert twin.number != before.number


def test_dirt_of_a_large_register_stays_near_its_rates() -> None:
    records = [draft(SOURCE, "TH", index) for index in range(200, 4200)]
    share = sum("date-buddhist" in filing.quirks for filing in records) / len(records)
    assert 0.003 < share < 0.02
    assert 0.2 < sum(bool(filing.quirks) for filing in records) / len(records) < 0.6


@pytest.mark.parametrize("office", few(offices()))
def test_quirks_go_together(office: str) -> None:
    """Records with several quirks can be written."""
    several = [
        f for f in (draft(Source(3, TODAY, 3000), office, i) for i in range(2500)) if len(f.quirks) > 1
    ]
    assert several
    assert all(piece(filing, TODAY).name for filing in several)
