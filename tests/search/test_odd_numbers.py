"""A class that cannot be does not keep a record out of the index, nor the records after it."""

from pathlib import Path

import pytest

from ipregister.search.document import IndexDocument
from ipregister.search.fields import FACETS
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from ipregister.search.writer import TantivyWriter
from tests.search.shelf import DAY, Entry, fill, keys


@pytest.mark.parametrize("number", [-5, 0, 1 << 63, 1 << 64, 10**40])
def test_a_record_is_found_whatever_its_class(tmp_path: Path, number: int) -> None:
    index = fill(
        tmp_path,
        [
            Entry("la-1", "lion", goods=[(number, "tea")]),
            Entry("la-2", "tiger", goods=[(number, "tea"), (30, "coffee")]),
            Entry("la-3", "bear", goods=[(30, "coffee")]),
        ],
    )
    assert keys(index, "lion") == ["la-1"]
    assert set(keys(index, "tea")) == {"la-1", "la-2"}
    assert set(keys(index, "class:30")) == {"la-2", "la-3"}
    assert set(keys(index, "goods/30:coffee")) == {"la-2", "la-3"}
    assert dict(index.search(parse(""), facets=FACETS).facets["class"])["30"] == 2


def test_what_the_engine_refuses_is_left_out_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    odd = Entry("la-1", "lion").document()
    with TantivyWriter(tmp_path) as writer:
        writer.apply([odd, Entry("la-2", "tiger").document()])
        writer.commit(1, DAY)
        broken = IndexDocument("la-1", {**odd.values, "year": -1})
        writer.apply([broken, Entry("la-3", "bear").document()])
        writer.commit(2, DAY)
    assert sorted(keys(TantivyIndex(tmp_path), "")) == ["la-2", "la-3"]
    assert "la-1 cannot be searched" in caplog.text
