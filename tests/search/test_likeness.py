"""More like this: a query from a record, which finds others and not itself."""

from pathlib import Path

import pytest

from ipregister.search.likeness import alike
from ipregister.search.query import parse
from ipregister.search.tree import Query
from tests.search.shelf import Entry, fill, keys

LION = {"images": [{"vienna": ["3.1.1", "26.4.2"]}]}


def test_others_with_a_word_or_an_element_in_a_class(tmp_path: Path) -> None:
    one = Entry("la-1", "Lion Coffee", goods=[(30, "coffee")], sign=LION)
    index = fill(tmp_path, [
        one, Entry("la-2", "LION", goods=[(30, "tea")]), Entry("la-3", "Lion", goods=[(9, "phones")]),
        Entry("la-4", "", goods=[(30, "tea")], sign={"images": [{"vienna": ["03.01.01"]}]}),
        Entry("la-5", "", goods=[(30, "tea")], sign={"images": [{"vienna": ["03.01.02"]}]}),
    ])  # fmt: skip
    query = alike("la-1", one.public)
    assert query.line == (
        "(mark:lion OR mark:coffee OR vienna:03.01.01 OR vienna:26.04.02) class:30 NOT number:la-1"
    )
    assert parse(query.line) == query
    assert sorted(keys(index, query.line)) == ["la-2", "la-4"]


@pytest.mark.parametrize(
    ("public", "line"),
    [
        ({"right": "trademark", "mark": {"verbal": [{"text": "ກາເຟ ດີ?"}]}}, "mark:ກາເຟ NOT number:xx-1"),
        ({"right": "trademark", "mark": {"verbal": [{"text": "R-2 D-2"}]}}, 'mark:"R-2 D-2" NOT number:xx-1'),
        ({"right": "patent", "titles": [{"text": "Rice mill"}], "classifications": [{"scheme": "ipc", "symbol": "B02B 3/00"}]},
         "(title:rice OR title:mill OR ipc:B02B) right:patent NOT number:xx-1"),
    ],
)  # fmt: skip
def test_lines(public: dict[str, object], line: str) -> None:
    assert alike("xx-1", public).line == line
    assert parse(line).line == line


def test_a_record_with_nothing_to_look_for() -> None:
    assert alike("xx-1", {"right": "trademark"}) == Query()
