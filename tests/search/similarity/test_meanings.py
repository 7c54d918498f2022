"""Names that mean the same: colours, animals, numbers in the languages of the region."""

import pytest

from ipregister.desk.closeness import CLOSE, NAME_RULES, SOME, VERY_CLOSE, band_of
from ipregister.search.similarity.folding import folded
from ipregister.search.similarity.meanings import PARTLY, WHOLE, meaning, same_meaning
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.entry import Entry
from tests.search.similarity.name_shelves import MemoryShelf, entries

RED_LION = ("RED LION", "ສິງແດງ", "SINGA MERAH", "红狮", "紅獅", "สิงห์แดง", "Красный лев", "Sư Tử Đỏ", "តោក្រហម",
            "ခြင်္သေ့နီ")  # fmt: skip


@pytest.mark.parametrize("name", RED_LION)
def test_red_lions_mean_the_same(name: str) -> None:
    told = meaning(folded(name))
    assert told is not None
    assert (told.words, told.whole) == (("lion", "red"), True)


def test_a_meaning_is_of_all_words_or_of_two() -> None:
    assert same_meaning("red lion", "ສິງແດງ") == WHOLE
    assert same_meaning("red lion co., ltd.", "บริษัท สิงห์แดง จำกัด") == WHOLE
    assert same_meaning("red lion beer", "ສິງແດງ") == PARTLY
    assert same_meaning("red lion", "ສິງຂຽວ") == 0
    assert same_meaning("red lion", "the red lion") == 0
    assert meaning("redmond lionel") is None
    assert meaning("red bank brothers") is None


def test_no_word_stands_for_two_animals() -> None:
    for one, other in (("singa", "harimau"), ("狮", "虎"), ("ສິງ", "ເສືອ"), ("dua", "tiga"), ("đen", "trắng")):
        assert meaning(folded(one)) is not None
        assert same_meaning(folded(one), folded(other)) == 0


@pytest.mark.parametrize(("one", "other"), [
    ("seven eleven", "7-ELEVEN"), ("Seven Stars", "Семь звёзд"), ("Seven Stars", "Bảy sao"), ("Red Star", "sao đỏ"),
    ("Three Elephants", "3 ช้าง"), ("Dua Belas Bulan", "12 Moon"), ("21", "Twenty One"), ("XXI", "Twenty-One"),
    ("ยี่สิบเอ็ด", "21"), ("ຊາວເອັດ", "二十一"), ("ម្ភៃមួយ", "hai mươi mốt"), ("dua puluh satu", "двадцать один"),
    ("Ninety Nine", "тоқсан тоғыз"), ("Mười lăm", "lima belas"), ("Three M", "3M"), ("ThreeM", "3m"), ("สามเอ็ม", "3M"),
    ("M Three", "M3"), ("21 Lions", "สิงห์ ยี่สิบเอ็ด"),
])  # fmt: skip
def test_numbers_are_words_in_digits_too(one: str, other: str) -> None:
    assert same_meaning(folded(one), folded(other)) == WHOLE
    assert same_meaning(folded(one), folded("Eight Rivers")) == 0


@pytest.mark.parametrize(
    ("one", "other"), [("M3", "3M"), ("tens", "10S"), ("XL", "40"), ("3M", "3N"), ("EM", "3M"), ("21", "12")]
)
def test_other_numbers_and_letters_mean_something_else(one: str, other: str) -> None:
    assert same_meaning(folded(one), folded(other)) == 0


@pytest.mark.parametrize("asked", ["RED LION", "ສິງແດງ", "红狮"])
def test_what_means_the_same_comes_first_and_says_why(asked: str) -> None:
    crowd = [Entry(f"c{number}", f"Redan Lin {number}") for number in range(700)]
    held = MemoryShelf([*entries(), *crowd, *(Entry(name, name) for name in RED_LION)], parts=2)
    hits = {hit.key: hit for hit in similar_names(held, asked, limit=len(RED_LION))}
    assert set(hits) == set(RED_LION)
    for key in set(hits) - {asked}:
        if {key, asked} != {"红狮", "紅獅"}:
            assert "same-meaning" in {reason.code for reason in hits[key].reasons}
            assert band_of(NAME_RULES, hits[key].features, 0.0)[0] in (CLOSE, VERY_CLOSE)


def test_a_part_of_a_name_that_means_the_same_is_told_below() -> None:
    (hit,) = similar_names(MemoryShelf([Entry("a", "Bia Singa Merah Utama")]), "红狮")
    assert "same-meaning" in {reason.code for reason in hit.reasons}
    assert band_of(NAME_RULES, hit.features, 0.0) == (SOME, "same-meaning")
