"""Forms of names: folding, romanisation, sounds."""

import pytest

from ipregister.search.similarity.folding import folded, look, unleeted
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.romanise.script import script_of
from ipregister.search.similarity.romanise.tables import table
from ipregister.search.similarity.sounds import skeleton, sound_key


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Fоnbеt", "fonbet"),  # two Cyrillic letters
        ("Меtrо Реtrоlеum", "metro petroleum"),
        ("ＣＯＦＦＥＥ", "coffee"),
        ("Zero\u200bWidth", "zerowidth"),
        ("ΑΜΟRΕ", "amore"),  # Greek capitals
        ("ВАСИЛЕК", "василек"),  # wholly Cyrillic: left alone
    ],
)
def test_case_width_and_look_alikes_are_folded(written: str, plain: str) -> None:
    assert folded(written) == plain


def test_digits_inside_words_are_read_as_letters() -> None:
    assert unleeted("c4ixa 0ntinyent 24") == "caixa ontinyent 24"
    assert unleeted("go0gle l0tus m1lk") == "google lotus milk"


@pytest.mark.parametrize("name", ["3m", "7m", "e7", "m3", "r2d2", "a1"])
def test_a_digit_is_no_letter_where_letters_are_few(name: str) -> None:
    assert unleeted(name) == name


def test_a_wholly_cyrillic_name_can_look_latin() -> None:
    assert look(folded("Варсо")) == look(folded("Bapco"))


@pytest.mark.parametrize(
    ("name", "script", "spoken"),
    [
        ("โตโยต้า", "Thai", "toyota"),
        ("ກາເຟ", "Laoo", "kafe"),
        ("ម៉ាទីនីក", "Khmr", "matinik"),
        ("ဘန်ကောက်", "Mymr", "bankauk"),
        ("ဖင်လန်", "Mymr", "finlan"),
        ("சென்னை", "Taml", "sennai"),
        ("шаверма", "Cyrl", "shaverma"),
        ("麦当劳", "Hani", "makdonlau"),
        ("麥當勞", "Hani", "makdonlau"),
        ("マクドナルド", "Kana", "makdnard"),
        ("まくどなるど", "Kana", "makdnard"),
        ("스프링스", "Hang", "springs"),
        ("مكة", "Arab", "mka"),
        ("Đà Nẵng", "Latn", "da nang"),
    ],
)
def test_every_script_is_spoken_in_latin_letters(name: str, script: str, spoken: str) -> None:
    made = forms(name)
    assert (made.script, made.spoken) == (script, spoken)


def test_letters_that_sound_the_same_give_the_same_spoken_form() -> None:
    assert forms("ลิทัวเณีย").spoken == forms("ลิทัวเนีย").spoken
    assert forms("ໂບຣິເວຍ").sounds == forms("ໂບລິເວຍ").sounds


@pytest.mark.parametrize(
    ("written", "spoken"),
    [("ນ້ຳ", "nam"), ("ນໍ້າ", "nam"), ("น้ำ", "nam"), ("นํ้า", "nam"), ("ຊຳຊຸງ", "samsung"), ("สำโรง", "samrong"), ("បាំង", "bang")],
)  # fmt: skip
def test_vowels_of_two_signs_are_read_however_they_are_typed(written: str, spoken: str) -> None:
    assert forms(written).spoken == spoken


def test_silent_letters_are_kept_in_the_spoken_form() -> None:
    assert forms("ໄວທ໌ຮອສ").spoken.startswith("wait")


@pytest.mark.parametrize(
    ("one", "other"), [("Phoenix", "Fenix"), ("Loker", "Łoqer"), ("Kwik", "Quick"), ("Shopping", "Schoping")]
)
def test_spellings_of_one_sound_fall_together(one: str, other: str) -> None:
    assert skeleton(forms(one).sounds) == skeleton(forms(other).sounds)


def test_sound_keys_know_few_letters() -> None:
    assert set(sound_key("the quick brown fox jumps over lazy dogs 12")) <= set("pftksrmnuia12")


@pytest.mark.parametrize("name", ["", "   ", "!!!", "\u200b", "😀", "12 345", "\ud800"])
def test_names_without_letters_have_forms(name: str) -> None:
    made = forms(name)
    assert made.script in ("Zyyy", "Latn")
    assert made.spoken == made.spoken.strip()


def test_japanese_is_told_by_its_kana() -> None:
    assert script_of("東庄町 おでかけ号") == "Kana"


@pytest.mark.parametrize(
    "name", ["thai", "lao", "khmer", "burmese", "tamil", "han", "kana", "arabic", "cyrillic"]
)
def test_tables_have_each_letter_once_with_a_plain_sound(name: str) -> None:
    rows = table(name)
    assert len({row.letters for row in rows}) >= len(rows) - 3
    assert all(row.sound.replace("|", "").isascii() for row in rows)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("ໂກນເດັນ", "konden"), ("ເອັກເພຣສ", "ekpres"), ("ຄຣິສຕັນ", "kristan"), ("ໂດລາ", "dola"), ("ໄລອອນ", "laion"), ("ກາເຟລາວ", "kafelaw"),
        ("ແອັບເປິນ", "aebpoen"), ("ស្តារ", "star"), ("ហ្គ្រីន", "grin"), ("ផ្លាហ្សា", "plaza"), ("គ្រីស្តាល់", "kristal"),
    ],
)  # fmt: skip
def test_english_words_in_lao_and_khmer_letters_are_read_as_they_are_spoken(name: str, read: str) -> None:
    assert forms(name).spoken == read
