"""However hits are counted, the counts are the same; what is expected only chooses the way."""

import random
from pathlib import Path
from typing import Any

import pytest

from ipregister.search import facets as counting
from ipregister.search import order, translate
from ipregister.search.expecting import Expectation
from ipregister.search.facets import Within
from ipregister.search.fields import FACETS
from ipregister.search.index import Result, TantivyIndex
from ipregister.search.query import parse
from tests.search.shelf import Entry, fill

DICE = random.Random(11)
SHARED = {"la-7", "th-7", "vn-7", "la-12", "th-12"}
ENTRIES = [
    Entry(
        f"{code}-{number}",
        DICE.choice(["Lotus tea", "Lotus", "River"]),
        application_date=DICE.choice(["2019-01-02", "2020-05-06"]),
        goods=[(DICE.choice([5, 30]), "tea")],
        international_number=f"90{number}" if f"{code}-{number}" in SHARED else "",
    )
    for code in ("la", "th", "vn")
    for number in range(30)
]
QUERIES = ("lotus", "lotus class:30", "lot* year:2019", "mark:river OR goods:tea", "NOT lotus", "office:la", "/lot.*/",
           "goods/30:tea", "tea lotus office:th", "9012 OR lotus", "nothing")  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return fill(tmp_path_factory.mktemp("index"), ENTRIES)


def forget(index: TantivyIndex) -> None:
    """Nothing counted before is known any more."""
    index._state = None


def counted(index: TantivyIndex, line: str, limit: int) -> list[Result]:
    forget(index)
    chosen: tuple[dict[str, list[str]], ...] = (
        {},
        {"office": ["LA"]},
        {"office": ["LA", "TH"], "class": ["5"]},
    )
    return [index.search(parse(line), filters=one, facets=FACETS, limit=limit) for one in chosen]


@pytest.mark.parametrize("line", QUERIES)
@pytest.mark.parametrize("limit", [0, 1, 100])
def test_every_way_of_counting_counts_the_same(
    index: TantivyIndex, line: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = counted(index, line, limit)
    for share, expected in ((0.0, None), (1.0, 0), (1.0, None), (0.5, 1_000_000)):
        monkeypatch.setattr(counting, "MOST_SHARE", share)
        monkeypatch.setattr(Expectation, "of", lambda _self, _node, told=expected: told)
        assert counted(index, line, limit) == usual
        monkeypatch.undo()


def test_rights_are_counted_once(index: TantivyIndex) -> None:
    whole = index.search(parse("tea"), facets=FACETS)
    assert (whole.total, whole.rights) == (90, 90 - len(SHARED) + 2)
    some = index.search(parse("tea"), filters={"office": ["LA", "TH"]})
    assert (some.total, some.rights) == (60, 60 - 4 + 2)


def test_too_many_members_are_not_counted(index: TantivyIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    forget(index)
    monkeypatch.setattr(counting, "MOST_MEMBERS", 3)
    assert index.search(parse("tea"), facets=FACETS).rights is None
    assert index.search(parse("tea office:vn")).rights == 30
    forget(index)
    monkeypatch.undo()
    monkeypatch.setattr(counting, "MOST_EXPECTED", 1)
    assert index.search(parse("tea"), facets=FACETS).rights is None
    forget(index)


def test_families_are_not_looked_at_where_too_many_are_known_to_be(
    index: TantivyIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They cost as much as all facets together, and would not be told."""
    forget(index)
    state = index._now()
    assert state is not None
    engine, asked = state.searcher, []

    class Listening:
        """The engine, which notes what it is asked to count."""

        num_docs = engine.num_docs

        def aggregate(self, query: Any, wanted: dict[str, Any]) -> Any:
            asked.append(set(wanted))
            return engine.aggregate(query, wanted)

    listening: Any = Listening()
    facets, hits = counting.Facets(listening, state.schema), state.planner.base(parse("tea").root)
    told = facets.count(["office"], hits, {}, Within(total=90))
    assert told.rights == 90 - len(SHARED) + 2
    assert any("families" in one for one in asked)
    asked.clear()
    monkeypatch.setattr(counting, "MOST_EXPECTED", 1)
    assert facets.count(["office"], hits, {}, Within(total=90)).rights is None
    assert asked
    assert not any("families" in one for one in asked)


@pytest.mark.parametrize(
    "line", ["lotus", "lotus class:30", "mark:river OR goods:tea", "office:la", "goods/30:tea"]
)
def test_at_least_as_many_are_expected_as_are_found(index: TantivyIndex, line: str) -> None:
    state = index._now()
    assert state is not None
    expected = state.expectation.of(parse(line).root)
    assert expected is not None
    assert expected >= index.search(parse(line)).total


@pytest.mark.parametrize("line", ["NOT lotus", "year:2010..2020", "lot*", "lotus OR lot*"])
def test_nothing_is_expected_where_the_dictionary_does_not_tell(index: TantivyIndex, line: str) -> None:
    state = index._now()
    assert state is not None
    assert state.expectation.of(parse(line).root) is None


@pytest.mark.parametrize("key", ["bn-57772", "kh-gi-2022-71", "id-d001991000851", "ph-am4199100055231", "vn-4-0019-00087",
                                 "id-d001991105744--11", "a", "la-" + "9" * 40, "wo-0"])  # fmt: skip
def test_keys_are_read_from_their_numbers(tmp_path: Path, key: str) -> None:
    three = order.key_numbers(order.natural(key))
    assert order.key_of(*three) in {key, None}
    assert three[:2] == order.text_order(order.natural(key))
    assert (order.key_of(*three) is None) == (len(order.natural(key)) >= 24)
    found = fill(tmp_path, [Entry(key, "Lotus")]).search(parse("lotus"))
    assert [hit.key for hit in found.hits] == [key]


def test_more_patterns_than_are_kept_find_the_same(
    index: TantivyIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["l?tus", "r?v?r", "/lot.*/", "mark:r*r", "t?a", "l?tus"]
    usual = [index.search(parse(line)).total for line in lines]
    assert min(usual) > 0
    monkeypatch.setattr(translate, "MOST_AUTOMATA", 2)
    assert [index.search(parse(line)).total for line in lines] == usual
