"""The reader of a shelf beside its writer: a segment may go between the list and its files."""

from pathlib import Path

import pytest

from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.shelf import folder
from ipregister.search.similarity.shelf.folder import (
    Contents,
    NameShelf,
    Part,
    made_by,
    read_contents,
    write_contents,
)


def test_a_segment_that_went_after_its_list_was_read_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_contents(tmp_path, Contents(made_by(None), change=7))
    gone = Contents(made_by(None), change=6, parts=(Part("s000001a", 1),))
    told = iter([gone, gone])
    monkeypatch.setattr(folder, "read_contents", lambda path: next(told, None) or read_contents(path))
    shelf = NameShelf(tmp_path, None, Ranking())
    assert shelf.segments() == []
    assert shelf.change == 7


def test_a_segment_that_stays_away_is_a_failure(tmp_path: Path) -> None:
    write_contents(tmp_path, Contents(made_by(None), parts=(Part("s000001a", 1),)))
    with pytest.raises(FileNotFoundError):
        NameShelf(tmp_path, None, Ranking()).segments()
