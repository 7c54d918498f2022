"""Names against the names of indications, across scripts."""

import pytest

from ipregister.search.indications.shield import LEAST, LEVELS, VERSION, Protected, Shield

SHIELD = Shield([
    Protected("kh-gi-1", "Kampot Pepper", "name", "KH", ("pepper",)),
    Protected("kh-gi-1", "ម្រេចកំពត", "transliteration", "KH", ("pepper", "ម្រេច")),
    Protected("wo-1", "Champagne", "name", "WO", ("wine",)),
    Protected("la-gi-1", "ເຂົ້າໄກ່ນ້ອຍຊຽງຂວາງ", "name", "LA", ("ເຂົ້າ",)),
    Protected("th-gi-1", "กาแฟดอยช้าง", "name", "TH", ("กาแฟ",)),
    Protected("th-gi-1", "Doi Chaang Coffee", "translation", "TH", ("coffee",)),
    Protected("vn-gi-1", "Buôn Ma Thuột", "name", "VN", ("cà phê",)),
    Protected("la-gi-2", "Bolaven Coffee", "name", "LA", ("coffee",)),
    Protected("it-1", "Parmigiano Reggiano", "name", "WO", ("cheese",)),
])  # fmt: skip


@pytest.mark.parametrize(
    ("name", "key", "level"),
    [
        ("CHAMPAGNE", "wo-1", "identical"),
        ("Buonmathuot", "vn-gi-1", "identical"),
        ("ＣＨＡＭＰＡＧＮＥ", "wo-1", "identical"),
        ("KAMPOT PEPPER KING", "kh-gi-1", "contained"),
        ("King of Kampot", "kh-gi-1", "contained"),
        ("BUON MA THUOT COFFEE", "vn-gi-1", "contained"),
        ("Kafe Bolaven", "la-gi-2", "contained"),
        ("Reggiano", "it-1", "part"),
        ("ຊຽງຂວາງ", "la-gi-1", "part"),
        ("ດອຍຊ້າງ", "th-gi-1", "alike"),
        ("ກາເຟ ໂບລະເວນ", "la-gi-2", "alike"),
        ("Шампань", "wo-1", "alike"),
        ("Champain", "wo-1", "alike"),
    ],
)
def test_near(name: str, key: str, level: str) -> None:
    hit = SHIELD.near(name)[0]
    assert (hit.protected.key, hit.level) == (key, level)
    assert LEAST.get(level, 0.7) <= hit.score <= 1
    assert hit.reasons
    assert hit.version == VERSION


@pytest.mark.parametrize(
    "name", ["Pepper King", "Coffee", "กาแฟ", "ເຂົ້າ", "Lion", "Champion", "River Coffee House", "", "?!", "x"]
)
def test_the_product_alone_is_free_and_so_is_what_is_unlike(name: str) -> None:
    assert SHIELD.near(name) == []


def test_an_indication_comes_once_by_its_nearest_name() -> None:
    hits = SHIELD.near("Doi Chaang Coffee กาแฟดอยช้าง")
    assert [hit.protected.key for hit in hits] == ["th-gi-1"]
    assert {hit.level for hit in hits} <= set(LEVELS)


def test_no_indications() -> None:
    assert Shield(()).near("Champagne") == []
