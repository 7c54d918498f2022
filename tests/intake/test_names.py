"""The index of names follows the register: what is public, under each of its names, by class and office."""

from pathlib import Path

import msgspec
import pytest

from ipregister.intake import names
from ipregister.model import canonical
from ipregister.model.design import Design, DesignParty, SingleDesign
from ipregister.model.errors import Busy
from ipregister.model.mark import Goods
from ipregister.model.party import Party
from ipregister.model.right import Publication
from ipregister.model.text import Text
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.search import SimilarName, similar_names
from ipregister.search.similarity.shelf.folder import NameShelf, read_contents, write_contents
from ipregister.search.similarity.shelf.writer import ShelfWriter, Stopped
from tests.intake.test_indexer import Shelf, clock


def found(folder: Path, name: str) -> list[SimilarName]:
    return [one for one in similar_names(NameShelf(folder, None, Ranking()), name) if one.score > 0.9]


@pytest.fixture
def register() -> Shelf:
    return Shelf()


def test_it_follows_changes_and_deletions(tmp_path: Path, register: Shelf) -> None:
    register.put("la-1", "ກາເຟ", goods=(Goods(class_number=30),))
    register.put("la-2", "Tiger")
    assert names.catch_up(register, tmp_path, None) == 2
    hit = found(tmp_path, "ກາເຟ")[0]
    assert (hit.key, hit.kind, hit.classes, hit.office) == ("la-1", "mark", (30,), "LA")
    register.put("la-1", "Lion")
    register.put("la-2", deleted=True)
    assert names.catch_up(register, tmp_path, None) == 4
    assert [one.key for one in found(tmp_path, "Lion")] == ["la-1"]
    assert found(tmp_path, "ກາເຟ") == found(tmp_path, "Tiger") == []


def test_holders_are_names_too(tmp_path: Path, register: Shelf) -> None:
    register.put("la-1", "Lion", holders=(Party(names=(Text("Dao Heuang Group"),)),))
    names.catch_up(register, tmp_path, None)
    assert [(one.key, one.kind) for one in found(tmp_path, "dao heuang group")] == [("la-1", "holder")]


def test_a_holder_named_as_the_mark_is_a_name_of_its_own(tmp_path: Path, register: Shelf) -> None:
    register.put("la-1", "Lion", holders=(Party(names=(Text("Lion"),)),))
    names.catch_up(register, tmp_path, None)
    shelf = NameShelf(tmp_path, None, Ranking())
    assert [one.kind for one in similar_names(shelf, "lion")] == ["mark"]
    assert [one.kind for one in similar_names(shelf, "lion", parties=True)] == ["holder"]


def test_nothing_new_writes_nothing(tmp_path: Path, register: Shelf) -> None:
    register.put("la-1", "Lion")
    names.catch_up(register, tmp_path, None)
    before = (tmp_path / "shelf.json").stat().st_mtime_ns
    assert names.catch_up(register, tmp_path, None) == 1
    assert (tmp_path / "shelf.json").stat().st_mtime_ns == before


def test_a_rebuild_ends_where_following_ends(tmp_path: Path, register: Shelf) -> None:
    for number in range(30):
        register.put(f"la-{number % 11}", f"Mark {'abcdefghijk'[number % 11] * 3}", deleted=number % 7 == 0)
        names.catch_up(register, tmp_path / "steps", None)
    names.catch_up(register, tmp_path / "one", None)
    names.rebuild(register, tmp_path / "steps", None, clock=clock("2026-01-01"))
    for name in ("Mark aaa", "Mark ddd", "Mark kkk"):
        assert found(tmp_path / "one", name) == found(tmp_path / "steps", name)


def test_a_long_run_ends_when_asked_to_stop(tmp_path: Path, register: Shelf) -> None:
    register.put("la-1", "Lion")
    with ShelfWriter(tmp_path, None, lambda: True) as writer:
        run = names.NameIndexer(register, writer, clock("2026-01-01"))
        with pytest.raises(Stopped):
            run.catch_up()
    assert names.catch_up(register, tmp_path, None) == 1
    assert [one.key for one in found(tmp_path, "Lion")] == ["la-1"]


def test_an_index_of_an_older_program_that_another_process_makes_anew_is_waited_for(
    tmp_path: Path, register: Shelf
) -> None:
    register.put("la-1", "Lion")
    names.catch_up(register, tmp_path, None)
    with ShelfWriter(tmp_path, None):
        assert names.catch_up(register, tmp_path, None, timeout=0) == 1
        contents = read_contents(tmp_path)
        assert contents is not None
        write_contents(tmp_path, msgspec.structs.replace(contents, made_by="forms-0"))
        with pytest.raises(Busy):
            names.catch_up(register, tmp_path, None, timeout=0)


def test_a_formal_statement_in_place_of_a_translation_is_no_name() -> None:
    mark = {
        "verbal": [{"text": "Penamaan"}],
        "translations": [{"text": "Suatu Penamaan"}, {"text": "sunrise"}, {"text": "no meaning"}],
    }
    held = names.entries_of("id-1", {"office": "ID", "mark": mark, "goods": []})
    assert [(one.name, one.kind) for one in held] == [("Penamaan", "mark"), ("sunrise", "translation")]


def test_a_mark_with_words_of_the_trade_has_its_part_as_a_name() -> None:
    mark = {"verbal": [{"text": "ກາເຟ ໂຊນກາ"}], "transliterations": [{"text": "Kafe Sonka"}]}
    held = names.entries_of("la-1", {"office": "LA", "mark": mark, "goods": []})
    told = [(one.name, one.kind) for one in held]
    assert ("ໂຊນກາ", "part") in told
    assert told[:2] == [("ກາເຟ ໂຊນກາ", "mark"), ("Kafe Sonka", "transliteration")]
    plain = {"verbal": [{"text": "Sonka"}, {"text": "Coffee"}]}
    held = names.entries_of("la-2", {"office": "LA", "mark": plain, "goods": []})
    assert [one.kind for one in held] == ["mark", "mark"]


def test_who_is_not_to_be_named_is_no_name(tmp_path: Path, register: Shelf) -> None:
    named, hidden = (DesignParty(names=(Text(name),)) for name in ("Dao Heuang Group", "Canary Hiddenname"))
    hidden = msgspec.structs.replace(hidden, hidden="true")
    record = Design(
        office="LA",
        publications=(Publication(date="2020-01-01"),),
        designs=(SingleDesign(applicants=(named, hidden)),),
    )
    register.put("la-1")
    register.now["la-1"] = msgspec.structs.replace(register.now["la-1"], body=canonical.encode(record))
    names.catch_up(register, tmp_path, None)
    assert [one.kind for one in found(tmp_path, "dao heuang group")] == ["holder"]
    assert found(tmp_path, "canary hiddenname") == []
