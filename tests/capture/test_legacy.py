"""Readers put what a text in an old encoding meant: evidence holds, nothing is lost, a notice tells."""

import pytest

from ipregister.capture import readers
from ipregister.demonstration import iter_records
from ipregister.exchange import loss
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from tests.sparing import few

ST66 = (
    "<Transaction xmlns='http://www.wipo.int/standards/XMLSchema/trademarks'><TradeMarkTransactionBody>"
    "<TransactionContentDetails><TransactionCode>T</TransactionCode><TransactionData><TradeMarkApplication>"
    "<TradeMarkDetails><TradeMark><ApplicationNumber>{number}</ApplicationNumber>{inside}"
    "</TradeMark></TradeMarkDetails></TradeMarkApplication></TransactionData></TransactionContentDetails>"
    "</TradeMarkTransactionBody></Transaction>"
)
GOODS = (
    "<GoodsServicesDetails><GoodsServices><ClassDescriptionDetails><ClassDescription><ClassNumber>9</ClassNumber>"
    "<GoodsServicesDescription{0}>{1}</GoodsServicesDescription></ClassDescription></ClassDescriptionDetails>"
    "</GoodsServices></GoodsServicesDetails>"
)


def _read(code: str, raw: str) -> Reading:
    facts = office(code)
    data = raw.encode()
    reading = readers.READERS[facts.feed.reader](data, facts)
    found = loss.check(data, reading, facts)
    assert (found.broken, found.lost) == ((), ())
    return reading


def _record(reading: Reading) -> Trademark:
    assert isinstance(reading.record, Trademark)
    return reading.record


@pytest.mark.parametrize(
    ("code", "number", "lang", "written", "meant", "encoding"),
    [
        (
            "VN",
            "4-2019-11818",
            "vi",
            "C«ng ty cæ phÇn ViÖt Nam;\n\xadíc m¾m",
            "Công ty cổ phần Việt Nam;\nước mắm",
            "tcvn3",
        ),
        ("VN", "4-2019-11818", "vi", "Coâng ty Vieät Nam", "Công ty Việt Nam", "vni"),
        ("TH", "741852", "th", "\n ªéÒ§·Í§ \n", "ช้างทอง", "tis-620"),
        ("LA", "37978", "la", "\xad½£º\xad¹ù¸¤¸¼¤¥ñ\xad", "ນະຄອນຫຼວງວຽງຈັນ", "lswin"),
        ("LA", "37978", "en", "SociÃ©tÃ© Ã\xa0", "Société à", "utf-8"),
        ("LA", "37978", "my", "ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ", "zawgyi"),
    ],
)
def test_goods_in_an_old_encoding(
    code: str, number: str, lang: str, written: str, meant: str, encoding: str
) -> None:
    inside = GOODS.format(f" languageCode='{lang}'", written)
    reading = _read(code, ST66.format(number=number, inside=inside))
    text = _record(reading).goods[0].texts[0]
    assert text.text == meant
    assert text.lang == ("lo" if lang == "la" else lang)
    _, repairs = split_origin(reading.evidence["/goods/0/texts/0/text"])
    assert repairs == (
        (f"legacy:{encoding}", "trim")
        if written != written.strip() and "\n" in written[0]
        else (f"legacy:{encoding}",)
    )
    (told,) = [one for one in reading.findings if one.code == "legacy-converted"]
    assert (told.path, told.value, told.arguments) == (
        "/goods/0/texts/0/text",
        written,
        {"encoding": encoding},
    )


@pytest.mark.parametrize("written", ["C«t ®ªk", "VIÖT", "Café Thé", "Công ty C«ng ty", "Kaï"])
def test_what_is_in_doubt_stays(written: str) -> None:
    reading = _read(
        "VN", ST66.format(number="4-2019-11818", inside=GOODS.format(" languageCode='vi'", written))
    )
    assert _record(reading).goods[0].texts[0].text == written
    assert not [one for one in reading.findings if one.code == "legacy-converted"]


def test_kazakh_names_and_goods() -> None:
    reading = _read(
        "KZ",
        "<U_ID><inid_210>1</inid_210><trademark_name_ru>Çîëîòîé&amp;nbsp;Áåðêóò</trademark_name_ru>"
        "<inid_732><name>ÒÎÎ Ðîäíèê (KZ)</name></inid_732>"
        "<list_of_goods_and_services><class>32</class><list>ìîëî÷íûå ïðîäóêòû, ñîêè</list></list_of_goods_and_services></U_ID>",
    )
    record = _record(reading)
    assert record.mark is not None
    assert [(text.text, text.lang) for text in record.mark.verbal] == [("Золотой\u00a0Беркут", "ru")]
    assert record.goods[0].texts[0].lang == "ru"
    assert record.goods[0].texts[0].text == "молочные продукты, соки"
    assert [text.text for text in record.holders[0].names] == ["ТОО Родник"]
    assert sum(one.code == "legacy-converted" for one in reading.findings) == 3


@pytest.mark.parametrize(("code", "encoding"), few([("VN", "tcvn3"), ("TH", "tis-620"), ("KZ", "cp1251")], 1))
def test_the_samples_of_the_demonstration(code: str, encoding: str) -> None:
    found = 0
    for filing, piece in iter_records(code, 400):
        reading = readers.READERS[office(code).feed.reader](piece.text, office(code))
        told = {one.arguments["encoding"] for one in reading.findings if one.code == "legacy-converted"}
        assert told == ({encoding} if "mark-legacy-font" in filing.quirks else set())
        found += bool(told)
    assert found
