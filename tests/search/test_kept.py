"""Counts are made once for a state of the index, and never for another question or another state."""

from pathlib import Path
from typing import Any

import pytest

from ipregister.search.facets import Facets, Tally
from ipregister.search.fields import FACETS
from ipregister.search.index import TantivyIndex
from ipregister.search.kept import Tallies, name_of
from ipregister.search.query import parse
from ipregister.search.tree import And, Node, Or, Phrase, Query, Word
from ipregister.search.writer import TantivyWriter
from tests.search.shelf import DAY, Entry, fill

ENTRIES = [Entry(f"{code}-{number}", "Lotus tea") for code in ("la", "th") for number in range(5)]


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    return fill(tmp_path, ENTRIES)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The facets of each count that was really made."""
    made: list[Any] = []
    count = Facets.count

    def noted(self: Facets, names: Any, *rest: Any) -> Tally:
        made.append(names)
        return count(self, names, *rest)

    monkeypatch.setattr(Facets, "count", noted)
    return made


def test_pages_of_a_query_are_counted_once(index: TantivyIndex, counted: list[Any]) -> None:
    first = index.search(parse("lotus"), facets=FACETS, limit=3)
    second = index.search(parse("lotus"), facets=FACETS, limit=3, cursor=first.next)
    assert len(counted) == 1
    assert (second.total, second.rights, second.facets) == (first.total, first.rights, first.facets)
    assert {hit.key for hit in first.hits}.isdisjoint(hit.key for hit in second.hits)


def test_a_new_state_of_the_index_is_counted_anew(
    tmp_path: Path, index: TantivyIndex, counted: list[Any]
) -> None:
    assert index.search(parse("lotus"), facets=["office"]).total == 10
    with TantivyWriter(tmp_path) as writer:
        writer.apply([Entry("vn-1", "Lotus").document()], ["la-1", "la-2"])
        writer.commit(2, DAY)
    found = index.search(parse("lotus"), facets=["office"])
    assert (found.total, dict(found.facets["office"])) == (9, {"TH": 5, "LA": 3, "VN": 1})
    assert len(counted) == 2


@pytest.mark.parametrize("other", [{"filters": {"office": ["TH"]}}, {"facets": ["right"]}, {"facets": ()}])
def test_other_questions_are_other_counts(index: TantivyIndex, other: dict[str, Any]) -> None:
    usual: dict[str, Any] = {"facets": ["office"]}
    first, second = (index.search(parse("lotus"), **asked) for asked in (usual, usual | other))
    assert (first.total, first.facets) != (second.total, second.facets)


def test_names_tell_nodes_of_the_tree_apart() -> None:
    word, phrase = Word("lotus tea", "mark"), Phrase("lotus tea", "mark")
    trees: list[Node] = [word, phrase, And((word, phrase)), Or((word, phrase)), And((phrase, word))]
    names = [name_of(Query(tree), {}, ()) for tree in trees]
    assert len(set(names)) == len(trees)
    assert names[0] == name_of(Query(Word("lotus tea", "mark")), {}, ())
    assert not any(b"lotus" in name for name in names)


def test_the_oldest_make_room() -> None:
    tallies, tally = Tallies(most=2), Tally(1, 1, {})
    for name in (b"a", b"b"):
        tallies.keep(name, tally)
    assert tallies.get(b"a") is tally
    tallies.keep(b"c", tally)
    assert (tallies.get(b"a"), tallies.get(b"b"), len(tallies)) == (tally, None, 2)


@pytest.mark.parametrize(
    ("line", "found"),
    [("zzq", 0), ("lotus zzq", 0), ("lotus OR zzq", 10), ("NOT zzq", 10), ("mark:zzq OR office:la", 5), ("zzq*", 0),
     ("NOT zzq* lotus", 10), ("lotus NOT mark:zzq", 10), ('"lotus zzq"', 0), ('mark:"tea lotus"', 0), (r"lotus \-", 10)],
)  # fmt: skip
def test_words_that_the_dictionary_lacks_find_nothing_and_hide_nothing(
    index: TantivyIndex, line: str, found: int
) -> None:
    """They are left out of the union of fields; a union of nothing finds nothing, which is not `says nothing`."""
    assert index.search(parse(line)).total == found
