"""The analyzer: the same tokens however a word is typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.search.analyzer import Analyzer

ANALYZER = Analyzer()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("COCA-COLA™ Co., Ltd.", ["coca", "cola", "co", "ltd"]),
        ("Cà Phê Trung Nguyên ĐỨC", ["ca", "phe", "trung", "nguyen", "duc"]),
        ("Ca\u0300 Phe\u0302", ["ca", "phe"]),
        ("Straße ﬁn Ｗｉｄｅ", ["strasse", "fin", "wide"]),
        ("Ёлка йогурт", ["елка", "йогурт"]),
        ("ЖҰЛДЫЗ Қазақ Әлем", ["жұлдыз", "қазақ", "әлем"]),
        ("๒๕๖๒ ໒໐໑໙ ២០១៩ ၂၀၁၉", ["2562", "2019", "2019", "2019"]),
        ("O\u200bK so\u00adft", ["ok", "soft"]),
        ("ข้าวหอมมะลิไทย", ["ข้าว", "หอม", "มะลิ", "ไทย"]),
        ("ເບຍລາວ", ["ເບຍ", "ລາວ"]),
        ("អង្គរមាសទឹកល្អខ្មែរ", ["អង្គរមាស", "ទឹក", "ល្អ", "ខ្មែរ"]),
        ("ရွှေမြန်မာကောင်းသော", ["ရွှေ", "မြန်မာ", "ကောင်းသော"]),
        ("東京電力株式会社", ["東京", "電力", "株式会社"]),
        ("𠀀日", ["𠀀", "日"]),
        ("தமிழ் காபி", ["தமிழ்", "காபி"]),
        ("서울 커피", ["서울", "커피"]),
        ("&!?", []),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert ANALYZER.tokens(text) == tokens


@pytest.mark.parametrize("word", ["ภูเก็ต", "ខ្មែរ", "ရွှေ", "ນ້ຳ", "ผู้"])
def test_marks_stay_with_their_letters(word: str) -> None:
    assert "".join(ANALYZER.tokens(word)) == ANALYZER.fold(word)
    assert len(ANALYZER.tokens(word)) == 1


def test_am_is_one_letter_in_any_order_of_typing() -> None:
    assert ANALYZER.tokens("นํ้าใจ") == ANALYZER.tokens("น้ำใจ")
    assert ANALYZER.squash("ນໍ້າ") == ANALYZER.squash("ນ້ຳ")


def test_grams_keep_clusters_whole() -> None:
    assert ANALYZER.grams("abc") == ["^a", "ab", "bc", "c$"]
    assert ANALYZER.grams("ນ້ຳໃຈ", padded=False) == ["ນ້ຳ", "ຳໃ", "ໃຈ"]
    assert ANALYZER.grams("ខ្មែរ", 3, padded=False) == []


@given(st.text(max_size=40))
def test_a_remembered_word_gives_the_same_tokens(text: str) -> None:
    fresh = Analyzer()
    assert fresh.tokens(text) == fresh.tokens(text) == ANALYZER.tokens(text)
    assert all(token and not any(c.isspace() for c in token) for token in fresh.tokens(text))


@given(st.text(alphabet="aáạđÂêЁйກຳ້ន្ខแกี์ရွှ 12๒", max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert ANALYZER.fold(ANALYZER.fold(text)) == ANALYZER.fold(text)


def test_latin_text_is_quick() -> None:
    text = " ".join(f"word{number}, other" for number in range(35))
    start = time.process_time()
    for _ in range(1000):
        ANALYZER.tokens(text)
    assert (time.process_time() - start) / 1000 < 100e-6  # 10 microseconds on an idle machine
