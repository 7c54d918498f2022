"""Counts by facet agree with what is found."""

import random

import pytest

from ipregister.search.faults import QueryError
from ipregister.search.fields import FACETS
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from tests.search.shelf import Entry, fill, keys, party

DICE = random.Random(3)
ENTRIES = [
    Entry(
        f"{DICE.choice(['la', 'th', 'vn'])}-{number}",
        "common",
        status=DICE.choice(["registered", "expired"]),
        application_date=f"{DICE.choice([2019, 2020])}-01-02",
        goods=[(DICE.choice([5, 30]), "common word"), (35, "shop")],
        holders=[party("Owner", DICE.choice(["TH", "LA"]))],
        kinds=["Individual"],
        sign={"feature": "Word", "images": [{"vienna": ["3.1.2", "05.03.13"]}]},
    )
    for number in range(60)
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return fill(tmp_path_factory.mktemp("index"), ENTRIES)


@pytest.mark.parametrize(
    "line", ["", "common", "office:la", "office:la OR office:th", "NOT office:la", "year:2019"]
)
def test_counts_are_what_a_filter_finds(index: TantivyIndex, line: str) -> None:
    result = index.search(parse(line), facets=FACETS)
    assert set(result.facets) == set(FACETS)
    for name, counts in result.facets.items():
        for value, count in counts:
            assert index.search(parse(line), filters={name: [value]}).total == count
    for name in ("office", "status", "year", "country", "right", "kind", "feature"):
        assert sum(count for _, count in result.facets[name]) == result.total
    assert dict(result.facets["class"])["35"] == result.total
    assert dict(result.facets["vienna"]) == {"03.01": result.total, "05.03": result.total}


def test_a_facet_is_counted_without_its_own_filter(index: TantivyIndex) -> None:
    whole = index.search(parse("common"), facets=["office", "status"])
    some = index.search(parse("common"), filters={"office": ["LA", "TH"]}, facets=["office", "status"])
    assert some.facets["office"] == whole.facets["office"]
    assert some.total == sum(count for value, count in whole.facets["office"] if value in {"LA", "TH"})
    assert sum(count for _, count in some.facets["status"]) == some.total


def test_filters_that_cannot_be(index: TantivyIndex) -> None:
    for filters, code in (({"goods": ["x"]}, "unknown-facet"), ({"class": ["x"]}, "not-a-number")):
        with pytest.raises(QueryError) as caught:
            index.search(parse(""), filters=filters)
        assert caught.value.code == code
    assert keys(index, "", filters={"office": [""]}, limit=1)


def test_vienna_levels(index: TantivyIndex) -> None:
    for line in ("vienna:3", "vienna:03.01", "vienna:3.1.2", "vienna:5.3.13", "vienna:05*"):
        assert index.search(parse(line)).total == len(ENTRIES)
    assert index.search(parse("vienna:3.2")).total == 0
