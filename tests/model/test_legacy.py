"""Texts in old encodings: each is found and converted on strong evidence only; valid texts are never touched."""

import json
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.demonstration import iter_records
from ipregister.demonstration.vocabulary import offices as demonstrated
from ipregister.model import legacy, repairs
from ipregister.model.legacy.syllables import is_syllable
from ipregister.model.legacy.tables import table
from ipregister.model.offices import codes, office

SYLLABLES = (
    "công ty cổ phần thương mại dịch vụ việt nam hà nội nước mắm đặc sản thực phẩm giày dép quần áo sữa tươi "
    "bánh kẹo rượu vang thuốc chữa bệnh máy móc xây dựng nghệ thuật khuyến mãi uống trà xanh quốc tế giếng ngọc"
).split()
THAI = "ช้างทอง น้ำดื่ม ข้าวหอมมะลิ เครื่องดื่มชูกำลัง ผลิตภัณฑ์ กาแฟโบราณ เสื้อผ้าไทย".split()
RUSSIAN = "Золотой Беркут Родник АЛАТАУ молоко водка Казахстан ёлка объём кондитерские изделия".split()
LAO = "ຂ້າວໜຽວ ນ້ຳດື່ມ ກາເຟລາວ ໄຊເສດຖາ ຫຼວງພະບາງ ເຮືອນແກ້ວ ປະຊາຊົນ".split()
BURMESE = "မြန်မာနိုင်ငံ ကုမ္ပဏီလီမိတက် ရွှေတောင် ကျန်းမာရေး ဆန်ကောင်း လက်ဖက်ရည်".split()
VALID = [
    ("Société Générale de Crédit", "fr"), ("Théâtre réel, goût sûr: L'Oréal Paris", "fr"), ("Müller Straße Köln", "de"),
    ("Größe ÄÖÜ äöü Fön", "de"), ("Señor Niño Año España Muñoz", "es"), ("Noël Citroën naïve Haïti Kaï Thaï", "fr"),
    ("IRMÃ® MAÇÃ® Preparações São João", "pt"), ("Coca® Fuß® Coca-Cola© 5µ Nª Sª Mª", "und"), ("«Thé» n° 5 ½ £10", "fr"),
    ("perciò può più caffè Forlì", "it"), ("kireä pimeä työ yö Jõe", "fi"), ("Göteborg Åkesson smörgås Ørsted", "sv"),
    ("Hà Tân Lê Toàn Hoà", "vi"), ("Công ty TNHH Thương mại Toàn Cầu", "vi"), ("café", "vi"), ("Thé Né", "und"),
    ("ช้างทอง น้ำดื่ม", "th"), ("ກາເຟລາວ", "lo"), ("Золотой Беркут", "ru"), ("မြန်မာနိုင်ငံ ကျန်းမာရေး", "my"),
    ("ၵႂၢမ်းတႆး", "shn"), ("ဘာသာ မန်", "mnw"), ("ÀÉÎÔ ÆØÅ", "und"), ("5 °C ± 1 ¼ §3 ¶", "und"), ("“Café” – l’été…", "fr"),
]  # fmt: skip


def _encoding(text: str, language: str, code: str) -> str:
    if text.isascii() or not legacy.doubtful(text):
        return ""
    return legacy.encoding_of(text, language, office(code))


def _inverse(name: str, text: str) -> str:
    letters = {letter: written for written, letter in reversed(list(table(name).items()))}
    return "".join(letters.get(letter, letter) for letter in text)


def _cp1258(text: str) -> str:
    """Vietnamese as cp1258 has it, whole vowels and tones apart, read as cp1252."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = ""
    for letter in text:
        apart = normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in tones)
        out += normalize("NFC", "".join(mark for mark in apart if mark not in tones)) + tone
    return out.encode("cp1258").decode("cp1252")


words_of = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=8).filter(
    lambda words: sum(not word.isascii() for word in words) > 1
)


@given(words_of, st.sampled_from(["vi", "und", ""]))
def test_tcvn3_comes_back(words: list[str], language: str) -> None:
    text = " ".join(words)
    written = _inverse("tcvn3", text)
    assert legacy.decode(written, "tcvn3") == text
    assert _encoding(written, language, "VN") in ("tcvn3", "")


@given(words_of, st.sampled_from([str.lower, str.capitalize, str.upper]))
def test_vni_and_cp1258_come_back(words: list[str], case: type[str]) -> None:
    text = " ".join(map(case, words))
    for name, written in (("vni", _inverse("vni", text)), ("cp1258", _cp1258(text))):
        assert legacy.decode(written, name) == text
        assert _encoding(written, "vi", "VN") in (name, "")


@pytest.mark.parametrize("name", ["tcvn3", "vni", "cp1258"])
def test_a_vietnamese_sentence_is_found(name: str) -> None:
    text = "Công ty cổ phần thương mại Việt Nam, nước mắm đặc sản"
    written = _cp1258(text) if name == "cp1258" else _inverse(name, text)
    assert _encoding(written, "vi", "VN") == name
    assert _encoding(written, "und", "LA") == ""
    assert _encoding(written, "fr", "VN") == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Hµ Néi", "Hà Nội"),
        ("C¤NG TY Cæ PHÇN", "CÔNG TY CỔ PHẦN"),
        ("GOLDEN C«ng ty", "GOLDEN Công ty"),
        ("MËT ONG TRóC C«ng ty", "MẬT ONG TRÚC Công ty"),
    ],
)
def test_the_font_for_capitals(written: str, meant: str) -> None:
    assert _encoding(written, "vi", "VN") == "tcvn3"
    assert legacy.decode(written, "tcvn3") == meant


@given(st.lists(st.sampled_from(THAI), min_size=1, max_size=5), st.sampled_from(["latin-1", "cp1252"]))
def test_thai_comes_back(words: list[str], taken_for: str) -> None:
    written = " ".join(words).encode("cp874").decode(taken_for)
    assert _encoding(written, "th", "LA") == _encoding(written, "und", "TH") == "tis-620"
    assert legacy.decode(written, "tis-620") == " ".join(words)
    assert _encoding(written, "und", "SG") == _encoding(written, "vi", "TH") == ""


@given(st.lists(st.sampled_from(RUSSIAN), min_size=1, max_size=5))
def test_cyrillic_comes_back(words: list[str]) -> None:
    written = " ".join(words).encode("cp1251").decode("cp1252")
    assert _encoding(written, "ru", "SG") == "cp1251"
    assert _encoding(written, "und", "KZ") in ("cp1251", "")
    assert legacy.decode(written, "cp1251") == " ".join(words)
    assert _encoding(written, "und", "TH") == ""


def test_accented_vowels_alone_are_no_cyrillic_until_the_language_says_so() -> None:
    assert _encoding("ÀËÀÒÀÓ", "und", "KZ") == ""
    assert _encoding("ÀËÀÒÀÓ", "ru", "KZ") == "cp1251"
    assert _encoding("Çîëîòîé Áåðêóò", "und", "KZ") == "cp1251"


@given(st.lists(st.sampled_from(LAO), min_size=1, max_size=5))
def test_lao_comes_back(words: list[str]) -> None:
    written = _inverse("lswin", " ".join(words).replace("ຫຼ", "¹ù"))
    assert _encoding(written, "lo", "TH") == _encoding(written, "und", "LA") == "lswin"
    assert legacy.decode(written, "lswin") == " ".join(words)


@given(st.lists(st.sampled_from(BURMESE), min_size=1, max_size=5))
def test_zawgyi_comes_back(words: list[str]) -> None:
    text = " ".join(words)
    written = icu.Transliterator.createInstance("my-Zawgyi").transliterate(text)
    assert legacy.decode(written, "zawgyi") == text
    assert _encoding(written, "my", "TH") in ("zawgyi", "")
    assert _encoding(text, "my", "TH") == ""


@pytest.mark.parametrize(
    "text", ["ျမန္မာႏိုင္ငံ", "ေရႊေတာင္", "ကုမၸဏီလီမိတက္ ျမန္မာ", "ေဆးဆိုင္"], ids=["country", "gold", "firm", "shop"]
)
def test_zawgyi_is_found(text: str) -> None:
    assert _encoding(text, "my", "LA") == "zawgyi"
    assert _encoding(text, "shn", "LA") == ""


@given(
    st.lists(
        st.sampled_from([*THAI, *RUSSIAN, *LAO, "Café", "Müller", "Việt", "l’été"]), min_size=1, max_size=4
    ),
    st.sampled_from(["latin-1", "cp1252"]),
)
def test_utf8_taken_twice_comes_back(words: list[str], taken_for: str) -> None:
    text = " ".join(words)
    try:
        written = text.encode().decode(taken_for)
    except UnicodeDecodeError:
        return
    assert legacy.decode(written, "utf-8") == text
    assert _encoding(written, "und", "SG") == ("" if text.isascii() else "utf-8")


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize(("text", "language"), VALID)
def test_a_valid_text_is_left_alone(text: str, language: str, code: str) -> None:
    for told in (language, "und", ""):
        assert _encoding(text, told, code) == ""


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F), max_size=30), st.sampled_from(codes()))
def test_nothing_is_refused(text: str, code: str) -> None:
    encoding = _encoding(text, "und", code)
    assert not encoding or repairs.apply(text, [f"legacy:{encoding}"], office(code)) != text


def test_unknown_encodings_and_other_texts_are_errors() -> None:
    with pytest.raises(KeyError):
        legacy.decode("x", "ebcdic")
    with pytest.raises(ValueError, match="latin-1"):
        legacy.decode("ก", "cp1251")


def test_syllables() -> None:
    assert all(is_syllable(word) for word in SYLLABLES)
    assert not any(
        is_syllable(word) for word in ("cêt", "kan", "ngê", "ghà", "việT", "công2", "strà", "đđ", "")
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@pytest.mark.data
def test_no_real_brand_is_touched(test_data: Path) -> None:
    path = test_data / "data" / "brands-osm-nsi" / "brands.jsonl"
    found = []
    with path.open(encoding="utf-8") as lines:
        names = {text for line in lines for text in _texts(json.loads(line)) if not text.isascii()}
    for name in names:
        for code in codes():
            for language in ("und", *office(code).languages):
                if _encoding(name, language, code):
                    found.append((name, language, code))
    assert names
    assert found == []


@pytest.mark.parametrize("code", sorted(demonstrated()))
def test_no_clean_record_is_touched(code: str) -> None:
    texts = {
        text
        for _, piece in iter_records(code, 60, dirty=False)
        for text in piece.text.decode().replace("<", ">").split(">")
        if not text.isascii()
    }
    assert [text for text in texts if _encoding(text, "und", code)] == []
