"""How near two lists of goods are: classes, terms, words, and ideas across languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.search.goods.likeness import VERSION, Goods, compare


def score(one: Goods, other: Goods) -> float:
    """The score of two lists."""
    return compare(one, other).score


COFFEE = Goods((30,), ("coffee; tea; cocoa",))


def test_the_order_of_nearness() -> None:
    same = score(COFFEE, COFFEE)
    part = score(COFFEE, Goods((30,), ("coffee",)))
    other_words = score(COFFEE, Goods((30,), ("ກາເຟ",)))
    cafe = score(COFFEE, Goods((43,), ("coffee shops",)))
    unlike = score(COFFEE, Goods((30,), ("salt; pepper",)))
    far = score(COFFEE, Goods((12,), ("motor cars",)))
    assert same == 1
    assert same >= part > other_words > cafe > far == 0
    assert other_words > unlike > 0


@pytest.mark.parametrize("text", ["ກາເຟ", "កាហ្វេ", "กาแฟ", "cà phê", "kopi", "кофе"])
def test_the_same_goods_in_other_languages(text: str) -> None:
    found = compare(Goods((30,), ("coffee",)), Goods((30,), (text,)))
    assert found.score >= 0.7
    assert [reason.code for reason in found.reasons] == ["same-class", "alike-goods"]
    assert found.reasons[1].arguments == ("coffee",)


def test_classes_alone() -> None:
    assert score(Goods((30,)), Goods((30, 31))) == pytest.approx(0.7)
    assert 0 < score(Goods((30,)), Goods((43,))) < 0.7
    assert score(Goods((30,)), Goods((12,))) == 0
    assert score(Goods(), Goods()) == 0


def test_reasons() -> None:
    found = compare(COFFEE, Goods((43,), ("Tea; cakes",)))
    assert [(reason.code, reason.arguments) for reason in found.reasons] == [
        ("related-classes", ("30", "43")),
        ("shared-goods", ("tea",)),
    ]
    assert found.version == VERSION
    assert set(found.features) == {"classes", "terms", "words", "ideas"}


LISTS = st.builds(
    Goods,
    st.lists(st.integers(1, 45), max_size=3).map(tuple),
    st.lists(
        st.sampled_from(["coffee; tea", "ກາເຟ", "shoes", "motor cars; tyres", "кофе", ""]), max_size=2
    ).map(tuple),
)


@given(LISTS, LISTS)
def test_both_orders_give_the_same(one: Goods, other: Goods) -> None:
    assert score(one, other) == score(other, one)
    assert 0 <= score(one, other) <= 1


@given(LISTS)
def test_a_list_is_nearest_to_itself(one: Goods) -> None:
    whole = score(one, one)
    assert whole >= score(one, Goods((12,), ("anvils",))) or not one.classes


@pytest.mark.parametrize("texts", [(), ("",), ("!!",), ("the",)])
def test_a_list_without_texts_is_compared_by_its_classes_from_both_sides(texts: tuple[str, ...]) -> None:
    ours, theirs = Goods((30,), texts), Goods((30, 43), ("coffee; the tea", "ກາເຟ"))
    assert compare(ours, theirs) == compare(theirs, ours)
    assert compare(ours, theirs).score == 0.7
