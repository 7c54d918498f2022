"""Words of a name that belong to everybody, in the scripts of the region."""

from typing import Any, cast

import pytest
from msgspec import Struct

from ipregister.desk.trade_words import says_nothing_else, trade_words
from ipregister.search.index import SearchIndex


class Hits(Struct):
    """How many records say a word."""

    total: int


class Records:
    """An index whose records name goods by one word."""

    def __init__(self, word: str = "") -> None:
        self.word = word

    def search(self, query: Any, *, limit: int) -> Hits:
        return Hits(7 if self.word and self.word in str(query) else 0)


def told(name: str, *classes: int, said: str = "") -> list[tuple[str, str, int]]:
    found = trade_words(name, cast(SearchIndex, Records(said)), classes)
    return [(one.word, one.kind, one.class_number or one.records) for one in found]


@pytest.mark.parametrize(("name", "found"), [
    ("Lotus Coffee Shop", [("Coffee Shop", "product", 43)]),
    ("ຮ້ານກາເຟ", [("ຮ້ານກາເຟ", "product", 43)]),
    ("ร้านกาแฟ", [("ร้านกาแฟ", "product", 43)]),
    ("ហាងកាហ្វេ", [("ហាងកាហ្វេ", "product", 43)]),
    ("Quán Cà Phê Sông", [("Quán Cà Phê", "product", 43)]),
    ("Кофе Лотос", [("Кофе", "product", 30)]),
    ("ម្រេចកំពត", [("ម្រេច", "product", 30)]),
    ("Zebrano", []), ("c", []), ("🪷", []), ("", []),
])  # fmt: skip
def test_products_in_any_script(name: str, found: list[tuple[str, str, int]]) -> None:
    assert told(name) == found


def test_words_of_the_trade_and_words_that_records_say() -> None:
    assert [kind for _word, kind, _count in told("Lotus Company Limited")] == ["generic", "generic"]
    assert told("Zebrano Lotus", said="Zebrano") == [("Zebrano", "goods", 7)]
    assert told("coffee Coffee") == [("coffee", "product", 30)]


def test_a_product_of_other_classes_tells_a_name_apart() -> None:
    assert told("Perfume", 3) == [("Perfume", "product", 3)]
    assert told("Perfume", 12) == []


@pytest.mark.parametrize(("name", "nothing"), [
    ("Coffee Company Limited", True), ("ຮ້ານກາເຟ", True), ("Coffee Zebrano", False), ("Zebrano", False), ("", False),
])  # fmt: skip
def test_a_name_of_such_words_alone(name: str, nothing: bool) -> None:
    found = trade_words(name, cast(SearchIndex, Records()))
    assert says_nothing_else(name, found) is nothing
