"""Packs keep files whole, through crashes."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.model.errors import Damaged, NotFound
from ipregister.store.packs import Packs, file_digest


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return Packs(tmp_path / "packs")


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_comes_back_and_is_kept_once(packs: Packs, tmp_path: Path) -> None:
    path = _file(tmp_path, "a", b"abc" * 1000)
    digest = packs.keep(path)
    size = (packs.folder / "000001.pack").stat().st_size
    assert digest == file_digest(path)
    assert packs.keep(path) == Packs(packs.folder).keep(path) == digest
    assert (packs.folder / "000001.pack").stat().st_size == size
    with Packs(packs.folder).open(digest) as kept:
        assert kept.read() == b"abc" * 1000
    assert packs.verify() == []
    with pytest.raises(NotFound):
        packs.open("0" * 64)


def test_a_digest_that_was_taken_before_is_held_against_what_is_written(packs: Packs, tmp_path: Path) -> None:
    path = _file(tmp_path, "a", b"abc" * 1000)
    digest = file_digest(path)
    path.write_bytes(b"abd" * 1000)
    with pytest.raises(Damaged):
        packs.keep(path, digest)
    assert packs.digests() == []
    assert packs.keep(path, file_digest(path)) == packs.keep(path)
    assert packs.verify() == []


def test_a_kept_zip_is_read_like_a_file(packs: Packs, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("x.xml", "<x/>")
    packs.keep(_file(tmp_path, "before", b"before"))
    digest = packs.keep(tmp_path / "a.zip")
    packs.keep(_file(tmp_path, "after", b"after"))
    with packs.open(digest) as kept, zipfile.ZipFile(kept) as found:
        assert found.read("x.xml") == b"<x/>"
        kept.seek(-2, io.SEEK_END)
        assert len(kept.read()) == 2


@given(cut=st.integers(1, 200))
def test_a_half_written_end_is_written_anew(cut: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("packs")
    first = Packs(folder).keep(_file(folder, "a", b"a" * 50))
    second = Packs(folder).keep(_file(folder, "b", b"b" * 200))
    pack = folder / "000001.pack"
    with pack.open("r+b") as file:
        file.truncate(pack.stat().st_size - cut)
    packs = Packs(folder)
    assert packs.digests() == [first]
    assert packs.keep(folder / "b") == second
    assert sorted(packs.digests()) == sorted([first, second])
    assert packs.verify() == []


def test_wrong_bytes_at_the_end_are_not_trusted(packs: Packs, tmp_path: Path) -> None:
    path = _file(tmp_path, "a", b"a" * 50)
    digest = packs.keep(path)
    with (packs.folder / "000001.pack").open("r+b") as file:
        file.seek(60)
        file.write(b"\0\0")
    again = Packs(packs.folder)
    assert again.verify() == [digest]
    assert Packs(packs.folder).keep(path) == digest
    assert Packs(packs.folder).verify() == []


def test_two_writers_and_a_reader(packs: Packs, tmp_path: Path) -> None:
    reader, other = Packs(packs.folder), Packs(packs.folder)
    kept = [one.keep(_file(tmp_path, str(i), b"%d" % i)) for i, one in enumerate([packs, other] * 5)]
    assert sorted(kept) == reader.digests() == packs.digests()
