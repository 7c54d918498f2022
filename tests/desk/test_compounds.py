"""Product words at the ends of names that are written without spaces."""

import pytest

from ipregister.desk.compounds import pieces
from ipregister.desk.trade_words import taken_apart
from ipregister.search.goods.plain_words import NEIGHBOUR_LANGUAGES, NEIGHBOURS, ideas


@pytest.mark.parametrize(("name", "words", "rest"), [
    ("ກາເຟສີນຸກ", ["ກາເຟ"], "ສີນຸກ"),
    ("កាហ្វេណូវ៉ា", ["កាហ្វេ"], "ណូវ៉ា"),
    ("ស្រាបៀរហ្គានស្បឺក", ["ស្រាបៀរ"], "ហ្គានស្បឺក"),  # beer, not liquor
    ("မြန်မာဘီယာ", ["ဘီယာ"], "မြန်မာ"),
    ("ကော်ဖီနိုဗာ", ["ကော်ဖီ"], "နိုဗာ"),
    ("诺瓦咖啡", ["咖啡"], "诺瓦"),
    ("咖啡諾瓦", ["咖啡"], "諾瓦"),
    ("โรงแรมโนวา", ["โรงแรม"], "โนวา"),
])  # fmt: skip
def test_made_up_words_beside_a_product(name: str, words: list[str], rest: str) -> None:
    assert taken_apart(name) == (words, rest)


@pytest.mark.parametrize(
    "name", ["ကာတွန်း", "ชาตรามือ", "麦当劳", "ກາເຟ", "咖啡", "ကော်ဖီန်", "กาแฟะ", "Coffee", ""]
)
def test_no_product_is_cut_out_of_another_word(name: str) -> None:
    assert pieces(name) == []


def test_a_word_of_other_classes_stays_in_the_name() -> None:
    assert taken_apart("诺瓦咖啡", (9,)) == ([], "诺瓦咖啡")


def test_the_words_of_neighbours_have_both_languages() -> None:
    for idea in ideas(NEIGHBOURS):
        assert 1 <= idea.class_number <= 45
        assert {lang for lang, word in idea.words if word} == set(NEIGHBOUR_LANGUAGES)
