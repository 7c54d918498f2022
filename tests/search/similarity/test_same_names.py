"""The same name in another case, width, form of the code or with look-alike letters is always the first, in all scripts."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.entry import Entry
from tests.search.similarity.name_shelves import MemoryShelf
from tests.sparing import examples, few

NAMES = {
    "Latn": ("Toyota", "Phở Hòa Bình", "Straße 7", "O'Brien & Co", "COMPAX", "Đà Nẵng", "İstanbul Çay", "7-Eleven"),
    "Cyrl": ("Кока-Кола", "Қазақ Алтын", "АТОМ", "Ёлка", "Ресо"), "Grek": ("ΟΜΗΡΟΣ", "Ελλάς", "ΑΒΚ"),
    "Armn": ("Արարատ",), "Geor": ("ბორჯომი",), "Thai": ("กาแฟดาว", "น้ำปลา", "๑๒๓ โชค"), "Laoo": ("ກາເຟ ດາວເຮືອງ", "ນ້ຳປາ"),
    "Khmr": ("ភ្នំពេញ", "អង្គរ"), "Mymr": ("ဘန်ကောက်", "ရွှေ"), "Hani": ("麦当劳", "農夫山泉", "东阿"), "Kana": ("トヨタ", "ガリガリ君", "ひよこ"),
    "Hang": ("삼성", "현대"), "Arab": ("القاهرة", "شركة النور", "کالا"), "Taml": ("சென்னை",), "Deva": ("टाटा",), "Hebr": ("עלית",),
}  # fmt: skip
SHELF = MemoryShelf(
    [Entry(f"{script}-{place}", name) for script, names in NAMES.items() for place, name in enumerate(names)]
    + [Entry(f"near-{place}", name) for place, name in enumerate(
        ("Tovota", "Toyot", "Pho Hoa", "Strasse 8", "OBrian & Co", "COMPAXX", "Da Nan", "Кока-Коли", "АТОМA1", "ნორჯომი", "กาแฟดาวว",
         "ກາເຟ ດາວເຮືອງ 2", "ភ្នំពេញថ្មី", "麦当", "トヨダ", "삼상", "القاهرت", "சென்னே", "टाट"))]
)  # fmt: skip
LOOK_ALIKES = ("aа", "eе", "oоο", "pр", "cс", "xх", "yу", "iі", "sѕ", "jј", "AАΑ", "BВΒ", "EЕΕ", "HНΗ", "KКΚ", "MМΜ", "OОΟ", "PРΡ", "CС",
               "TТΤ", "XХΧ", "NΝ", "IІΙ", "ZΖ", "YΥ")  # fmt: skip
ALL = [(f"{script}-{place}", name) for script, names in NAMES.items() for place, name in enumerate(names)]
WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000})


def _alike(letter: str) -> str:
    return next((group for group in LOOK_ALIKES if letter in group), letter)


def _first(name: str) -> tuple[str, float]:
    hit = similar_names(SHELF, name, limit=1)[0]
    return hit.key, hit.score


@pytest.mark.parametrize(("key", "name"), few(ALL, 6))
def test_case_width_and_form_change_nothing(key: str, name: str) -> None:
    variants = [
        name.upper(),
        name.lower(),
        name.swapcase(),
        name.title(),
        name.casefold(),
        name.translate(WIDE),
        f"  {name} ",
    ]
    variants += [unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    variants += ["\u200b".join(name), f"\u200e{name}\u200f", name.replace(" ", "\u00a0")]
    variants += [] if any(letter.isdecimal() for letter in name) else [name.replace(" ", "")]
    assert {variant: _first(variant) for variant in variants} == dict.fromkeys(variants, (key, 1.0))


@pytest.mark.parametrize("name", ["ﾄﾖﾀ", "ｶﾞﾘｶﾞﾘ君", "𝐓𝐨𝐲𝐨𝐭𝐚", "Ⓣⓞⓨⓞⓣⓐ", "ＴＯＹＯＴＡ", "ﺍﻟﻘﺎﻫﺮﺓ"])
def test_compatibility_letters_are_the_letters(name: str) -> None:
    assert _first(name)[1] == 1.0


@pytest.mark.many
@settings(max_examples=examples(300), deadline=None)
@given(st.sampled_from(ALL), st.data())
def test_look_alike_letters_change_nothing(named: tuple[str, str], data: st.DataObject) -> None:
    key, name = named
    letters = [data.draw(st.sampled_from(_alike(letter))) for letter in name]
    assert _first("".join(letters)) == (key, 1.0)


def test_what_is_written_the_same_comes_before_what_looks_the_same() -> None:
    held = MemoryShelf([Entry("a", "Bānk"), Entry("b", "Вank"), Entry("c", "Bank")])
    assert [hit.key for hit in similar_names(held, "BANK", limit=3)][-1] == "a"
    assert [hit.key for hit in similar_names(held, "bānk", limit=1)] == ["a"]
