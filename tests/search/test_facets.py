"""Counts by facet agree with what is found."""

import random
from pathlib import Path

import pytest

from ipregister.search.facets import Facets
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


def test_no_reader_counts_all_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [Entry(f"la-{n}", "lion", goods=[(n % 5 + 1, "tea")]) for n in range(30)]
    counted = fill(tmp_path, [*entries, Entry("wo-1", international_number="123")]).search(
        parse(""), facets=FACETS
    )
    (tmp_path / "g000001" / "facets.json").unlink()
    assert TantivyIndex(tmp_path).search(parse(""), facets=FACETS) == counted
    index = fill(tmp_path, [Entry("la-99", "tiger")], change=2)

    def forbidden(*_: object) -> dict[str, list[tuple[str, int]]]:
        raise AssertionError("a reader counted")

    monkeypatch.setattr(Facets, "_aggregate", forbidden)
    monkeypatch.setattr(Facets, "_members", forbidden)
    result = index.search(parse(""), facets=FACETS)
    assert result.total == counted.total + 1
    assert dict(result.facets["office"]) == {"LA": 31, "WO": 1}


def test_counts_of_another_commit_are_not_read(tmp_path: Path) -> None:
    fill(tmp_path, [Entry("la-1", "lion")])
    old = (tmp_path / "g000001" / "facets.json").read_bytes()
    index = fill(tmp_path, [Entry("la-2", "lion")], change=2)
    (tmp_path / "g000001" / "facets.json").write_bytes(old)
    assert index.search(parse(""), facets=["office"]).facets["office"] == [("LA", 2)]


class Watched:
    """A searcher that notes what it is asked to count."""

    def __init__(self, searcher: object) -> None:
        self._searcher, self.asked = searcher, set[str]()

    def aggregate(self, query: object, wanted: dict[str, object]) -> object:
        self.asked |= set(wanted)
        return self._searcher.aggregate(query, wanted)  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self._searcher, name)


def test_the_engine_is_not_asked_for_what_no_record_has_or_all_have(tmp_path: Path) -> None:
    states = ("filed", "registered")
    index = fill(
        tmp_path,
        [
            Entry(f"la-{n}", "lion" if n else "cub", status=states[n % 2], goods=[(5, "tea")])
            for n in range(4)
        ],
    )
    state = index._now()
    assert state is not None
    facets = state.facets
    watched = facets._searcher = Watched(facets._searcher)  # type: ignore[assignment]
    found = index.search(parse("lion"), facets=FACETS).facets
    assert {"status", "records"} <= watched.asked
    assert {"locarno", "ipc", "vienna", "class", "office", "right"}.isdisjoint(watched.asked)
    assert found["locarno"] == found["vienna"] == []
    assert (found["class"], found["office"], found["right"]) == ([("5", 3)], [("LA", 3)], [("trademark", 3)])
    assert found["status"] == [("registered", 2), ("filed", 1)]
    none = index.search(parse("bear"), facets=FACETS)
    assert not any(none.facets.values())
    chosen = index.search(parse("lion"), filters={"office": ["LA"]}, facets=["office", "status"])
    assert chosen.facets == {"office": [("LA", 3)], "status": found["status"]}
    pictured = Entry("th-9", "lion", sign={"feature": "Word", "images": [{"vienna": ["3.1.2"]}]})
    for later in (fill(tmp_path, [pictured], change=2), index):
        now = later.search(parse("lion"), facets=FACETS).facets
        assert now["vienna"] == [("03.01", 1)]
        assert (now["class"], now["office"]) == ([("5", 3)], [("LA", 3), ("TH", 1)])
