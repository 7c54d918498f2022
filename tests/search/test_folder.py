"""Generations, checkpoints and the lock."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import msgspec
import pytest

from ipregister.model.errors import Busy
from ipregister.search import folder as folders
from ipregister.search.folder import IndexFolder, Layout
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from ipregister.search.writer import TantivyWriter
from tests.search.shelf import DAY, Entry, fill, keys

OLD = Layout("0", "old", "0")


def test_a_reader_follows_the_checkpoint(tmp_path: Path) -> None:
    index = fill(tmp_path, [Entry("la-1", "lion")], change=1)
    assert index.search(parse("")).change == index.checkpoint() == 1
    with TantivyWriter(tmp_path) as writer:
        writer.apply([Entry("la-2", "lion").document()], ())
        assert keys(index, "lion") == ["la-1"]
        writer.commit(2, DAY)
        assert sorted(keys(index, "lion")) == ["la-1", "la-2"]
        writer.apply([Entry("la-2", "tiger").document()], ["la-1"])
        writer.commit(3, DAY)
    assert (keys(index, "lion"), keys(index, "tiger"), index.search(parse("")).change) == ([], ["la-2"], 3)
    assert index.suggest("lion") == []


def test_what_was_not_committed_is_not_there(tmp_path: Path) -> None:
    index = fill(tmp_path, [Entry("la-1", "lion")])
    with TantivyWriter(tmp_path) as writer:
        writer.apply([Entry("la-2", "lion").document()], ())
    with TantivyWriter(tmp_path) as writer:
        assert writer.checkpoint().change == 1
    assert keys(index, "lion") == ["la-1"]


def test_changes_applied_twice_count_once(tmp_path: Path) -> None:
    """A crash between the engine's commit and the checkpoint: the same changes come again."""
    index = fill(tmp_path, [Entry("la-1", "lion"), Entry("la-2", "lion")], change=2)
    fill(tmp_path, [Entry("la-1", "lion"), Entry("la-2", "lion")], change=2)
    assert index.search(parse("lion")).total == 2


def test_only_one_writes(tmp_path: Path) -> None:
    with TantivyWriter(tmp_path), pytest.raises(Busy), TantivyWriter(tmp_path):
        pass


def _hold(path: str) -> None:
    with TantivyWriter(Path(path)) as writer:
        writer.apply([Entry("la-9", "lost").document()], ())
        (Path(path) / "held").touch()
        time.sleep(60)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    fill(tmp_path, [Entry("la-1", "lion")])
    process = multiprocessing.get_context("spawn").Process(target=_hold, args=(str(tmp_path),))
    process.start()
    while not (tmp_path / "held").exists():
        time.sleep(0.02)
    with pytest.raises(Busy), TantivyWriter(tmp_path):
        pass
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    index = fill(tmp_path, [Entry("la-2", "lion")], change=2)
    assert sorted(keys(index, "")) == ["la-1", "la-2"]


def test_another_layout_is_rebuilt_beside_the_old_one(tmp_path: Path) -> None:
    fill(tmp_path, [Entry("la-1", "lion")], change=7)
    old = IndexFolder(tmp_path).current()
    assert old is not None
    (old / "layout.json").write_bytes(msgspec.json.encode(OLD))
    with pytest.raises(Busy):
        TantivyIndex(tmp_path).search(parse("lion"))
    with TantivyWriter(tmp_path) as writer:
        assert writer.checkpoint().change == 0
        assert not writer.is_published
        writer.commit(3, DAY)
        assert IndexFolder(tmp_path).current() == old
    with TantivyWriter(tmp_path) as writer:  # what was begun is taken up again
        assert writer.checkpoint().change == 3
        writer.commit(7, DAY)
        writer.publish()
    assert not old.exists()
    assert TantivyIndex(tmp_path).search(parse("")).change == 7


def test_a_rebuild_does_not_disturb_readers(tmp_path: Path) -> None:
    index = fill(tmp_path, [Entry("la-1", "lion")], change=1)
    with TantivyWriter(tmp_path, afresh=True) as writer:
        writer.apply([Entry("la-1", "tiger").document()], ())
        writer.commit(1, DAY)
        assert keys(index, "lion") == ["la-1"]
        writer.publish()
        assert (keys(index, "lion"), keys(index, "tiger")) == ([], ["la-1"])


def test_the_layout_names_analyzer_fields_and_engine() -> None:
    assert all(msgspec.structs.astuple(folders.LAYOUT))
