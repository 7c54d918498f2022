"""Pages: all records once, in one total order, whatever ties there are."""

import random
from pathlib import Path

import pytest

from ipregister.search import order, paging
from ipregister.search.faults import QueryError
from ipregister.search.fields import SORTS
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from tests.search.shelf import Entry, fill

DICE = random.Random(5)
ENTRIES = [
    Entry(f"la-{number}", DICE.choice(["Same mark", "Same mark", "International Business Machines One",
          "International Business Machines Two", "ກາເຟ", ""]), application_date=DICE.choice(["2019-01-01", "2020", ""]),
          goods=[(30, "tea")])
    for number in range(120)
]  # fmt: skip
ORDERS = [sign + sort.name for sort in SORTS for sign in ("+", "-")]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return fill(tmp_path_factory.mktemp("index"), ENTRIES)


def walk(index: TantivyIndex, line: str, sort: str, limit: int) -> list[str]:
    """All keys, page by page."""
    found: list[str] = []
    cursor = None
    while True:
        result = index.search(parse(line), sort=sort, limit=limit, cursor=cursor)
        assert result.total >= len(result.hits)
        found += [hit.key for hit in result.hits]
        cursor = result.next
        if cursor is None:
            return found
        assert len(result.hits) == limit


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("line", ["", "same", "tea OR same", "NOT same"])
def test_pages_have_no_repeats_and_no_gaps(index: TantivyIndex, line: str, sort: str) -> None:
    whole = [hit.key for hit in index.search(parse(line), sort=sort, limit=1000).hits]
    assert len(whole) == len(set(whole)) == index.search(parse(line)).total
    for limit in (1, 7, 50):
        assert walk(index, line, sort, limit) == whole


@pytest.mark.parametrize("sort", ORDERS)
def test_pages_are_whole_where_all_sort_values_are_equal(
    tmp_path: Path, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash of the key only makes ties rare; the order does not rest on it."""
    monkeypatch.setattr(order, "tie", lambda _: 7)
    monkeypatch.setattr(paging, "SLACK", 1)
    index = fill(
        tmp_path, [Entry(f"la-{number}", "Same mark", application_date="2020") for number in range(40)]
    )
    found = walk(index, "same", sort, 3)
    assert sorted(found) == sorted({f"la-{number}" for number in range(40)})


def test_a_rebuilt_index_gives_the_same_pages(tmp_path: Path, index: TantivyIndex) -> None:
    shuffled = random.Random(9).sample(ENTRIES, len(ENTRIES))
    fill(tmp_path, shuffled[:60])
    other = fill(tmp_path, [*shuffled[60:], *shuffled[:10]], change=2)
    for sort in ORDERS:
        for line in ("", "same", "tea"):
            assert walk(other, line, sort, 30) == walk(index, line, sort, 30)
    assert (
        other.search(parse(""), facets=["office", "class", "year"]).facets
        == index.search(parse(""), facets=["office", "class", "year"]).facets
    )


@pytest.mark.parametrize("cursor", ["x", "é", "WyJmaWxlZCIsOSwwLCJhIl0", "WyJmaWxlZCIsMCwieCIsImEiXQ", "e30"])
def test_a_wrong_cursor(index: TantivyIndex, cursor: str) -> None:
    with pytest.raises(QueryError) as caught:
        index.search(parse(""), sort="filed", cursor=cursor)
    assert caught.value.code == "bad-cursor"


def test_keys_sort_by_their_numbers() -> None:
    keys = ["la-9", "la-10", "la-010", "la-m-7", "vn-4-2019-87", "vn-4-2019-1180", "x-0", "x-000"]
    assert [order.plain(order.natural(key)) for key in keys] == keys
    assert sorted(["la-10", "la-9", "la-100"], key=order.natural) == ["la-9", "la-10", "la-100"]
    assert len({order.natural(key) for key in keys}) == len(keys)
