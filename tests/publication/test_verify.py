"""Verifying: what was given out holds; a changed byte anywhere, a missing or added file, a rewritten log is told."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ipregister.model.errors import NotFound, UnreadableInput
from ipregister.publication import keys
from ipregister.publication.bulk.manifest import MANIFEST, SIGNATURE, load, signed
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.bulk.shelf import INDEX, Shelf
from ipregister.publication.extract import copy, name_of, state_of
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.verify.proving import verify
from ipregister.store.register import Register
from tests.publication.conftest import deliver, marks
from tests.publication.served import served


@pytest.fixture
def shelf(register: Register, data: Path, tmp_path: Path) -> Path:
    """A full publication and a delta."""
    folder = tmp_path / "out"
    publish(register, data, folder, processes=1)
    deliver(register, "2026-02-01", marks("2", words="NEW"))
    deliver(register, "2026-02-02", marks("3", deleted=True))
    publish(register, data, folder, processes=1)
    return folder


def key_of(data: Path) -> keys.PublicKey:
    return keys.signer(data).public


def flipped(path: Path) -> Iterator[int]:
    """The file with one byte changed, at places all over it and at random ones; as it was afterwards."""
    content, chance = path.read_bytes(), random.Random(path.name)
    step = max(1, len(content) // 12)
    for at in {*range(0, len(content), step), *chance.sample(range(len(content)), 8), len(content) - 1}:
        path.write_bytes(content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :])
        yield at
    path.write_bytes(content)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_publications_hold_with_the_key_alone(shelf: Path, data: Path) -> None:
    key = key_of(data)
    shutil.rmtree(data)
    report = verify(str(shelf), key)
    assert report.faults == []
    assert report.given
    assert report.records == 3
    assert report.tree_size == 6
    for listed in Shelf(shelf).index().publications:
        assert verify(str(shelf / listed.name), key).faults == []
        assert verify(str(shelf / listed.name / "LA-trademark-0001.jsonl.zst"), key).faults == []
        assert verify(str(shelf / listed.name / "LA-trademark-0001.parquet"), key).faults == []


def test_another_key_does_not_hold(shelf: Path, tmp_path: Path) -> None:
    other = keys.new(tmp_path, "other")
    assert not verify(str(shelf), other).holds
    assert not verify(str(shelf / Shelf(shelf).index().publications[0].name), other).holds


def test_a_changed_byte_anywhere_is_told(shelf: Path, data: Path) -> None:
    key = key_of(data)
    missed = [
        (path.name, at) for path in files_of(shelf) for at in flipped(path) if verify(str(shelf), key).holds
    ]
    assert missed == []
    assert verify(str(shelf), key).holds


def test_a_changed_byte_is_told_of_the_file_alone(shelf: Path, data: Path) -> None:
    key = key_of(data)
    folder = shelf / Shelf(shelf).index().publications[0].name
    missed = [
        (path.name, at) for path in files_of(folder) for at in flipped(path) if verify(str(path), key).holds
    ]
    assert missed == []


def test_missing_and_added_files_are_told(shelf: Path, data: Path) -> None:
    folder = shelf / Shelf(shelf).index().publications[0].name
    (folder / "LA-trademark-0001.parquet").rename(folder / "of-somebody-else.parquet")
    told = [fault.message for fault in verify(str(shelf), key_of(data)).faults]
    assert len(told) == 2
    assert "is not in the manifest" in told


def test_a_publication_in_the_middle_cannot_be_left_out(shelf: Path, data: Path) -> None:
    index = Shelf(shelf).index()
    (shelf / INDEX).write_bytes(msgspec.structs.replace(index, publications=index.publications[1:]).content())
    assert any("follows on" in fault.message for fault in verify(str(shelf), key_of(data)).faults)


def test_a_publisher_cannot_tell_another_past(shelf: Path, data: Path) -> None:
    """Even with the key: a delta whose log does not begin with the one before is told."""
    folder = shelf / Shelf(shelf).index().publications[1].name
    manifest, _ = load(folder)
    since = msgspec.structs.replace(
        manifest.since, frontier=tuple("00" * 32 for _ in manifest.since.frontier)
    )
    content = msgspec.structs.replace(manifest, since=since).content()
    (folder / MANIFEST).write_bytes(content)
    (folder / SIGNATURE).write_bytes(signed(content, keys.signer(data)).content())
    told = " ".join(fault.message for fault in verify(str(shelf), key_of(data)).faults)
    assert "only longer" in told


def test_a_copy_holds_and_no_byte_of_it_can_change(
    shelf: Path, register: Register, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "copy.json"
    path.write_bytes(copy(register, data, "la-2", address="https://example.org").content())
    assert verify(str(path), key_of(data)).faults == []
    missed = [at for at in flipped(path) if verify(str(path), key_of(data)).holds]
    assert missed == []
    assert not verify(str(path), keys.new(tmp_path, "other")).holds


def test_a_copy_tells_what_became_of_it(shelf: Path, register: Register, data: Path) -> None:
    del shelf
    states = {}
    for key, version in (("la-1", 1), ("la-2", 1), ("la-2", 2), ("la-3", 1)):
        made = copy(register, data, key, version).copy
        states[key, version] = state_of(Ledger(data), name_of(made.leaf, made.entry))[0]
    assert list(states.values()) == ["current", "superseded", "current", "deleted"]
    with pytest.raises(NotFound):
        copy(register, data, "la-3")
    with pytest.raises(NotFound):
        state_of(Ledger(data), "1-0000000000000000")


def test_what_was_not_published_has_no_copy(register: Register, data: Path) -> None:
    with pytest.raises(NotFound, match="publish"):
        copy(register, data, "la-1")


def test_the_log_of_a_data_folder(shelf: Path, data: Path) -> None:
    del shelf
    assert verify(str(data), key_of(data)).faults == []
    ledger = Ledger(data)
    ledger._database.execute("UPDATE entry SET version = 7 WHERE number = 1")
    assert not verify(str(data), key_of(data)).holds


def test_what_is_nothing_of_ours_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        verify(str(tmp_path))
    with pytest.raises(UnreadableInput):
        verify(str(tmp_path / "nothing"))
    (tmp_path / "a.json").write_text("{}")
    assert not verify(str(tmp_path / "a.json")).holds


def test_publications_at_an_address(shelf: Path, data: Path) -> None:
    key = key_of(data)
    with served(shelf) as address:
        assert verify(address, key).faults == []
        listed = Shelf(shelf).index().publications[0].name
        assert verify(f"{address}/{listed}", key).faults == []
        next(flipped(shelf / listed / "LA-trademark-0001.jsonl.zst"))
        assert not verify(address, key).holds


def test_keys_are_made_once_and_read_in_every_form(tmp_path: Path) -> None:
    made = keys.new(tmp_path)
    assert keys.signer(tmp_path).public == made
    assert (tmp_path / "keys" / "node.key").stat().st_mode & 0o077 == 0
    assert keys.public_key(made.text) == keys.public_key(made.raw.hex()) == made
    assert keys.public_key(str(tmp_path / "keys" / "node.pub")) == made
    with pytest.raises(Exception, match="already"):
        keys.new(tmp_path)
    with pytest.raises(Exception, match="no public key"):
        keys.public_key("nonsense")
    signature = keys.signer(tmp_path).sign("manifest", b"content")
    assert made.holds("manifest", b"content", signature)
    assert not made.holds("tree head", b"content", signature)


def test_a_copy_as_pdf_is_told_what_proves_it(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(b"%PDF-1.7\n...")
    with pytest.raises(UnreadableInput, match="verify the same copy as JSON"):
        verify(str(tmp_path / "copy.pdf"))
