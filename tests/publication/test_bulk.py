"""Publications: what they hold, that the same state gives the same bytes, and what a cut-off run leaves."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import polars
import pytest

from ipregister.demonstration import write_office
from ipregister.intake.loading import load as load_delivery
from ipregister.model import canonical
from ipregister.model.errors import Busy, Damaged, UsageError
from ipregister.model.offices import office
from ipregister.publication.alone import only_one
from ipregister.publication.bulk import collecting, parts
from ipregister.publication.bulk.lines import Line, read_lines
from ipregister.publication.bulk.manifest import MANIFEST, SIGNATURE, check, load
from ipregister.publication.bulk.publishing import LOG, Published, publish
from ipregister.publication.bulk.shelf import INDEX, WORK, Shelf
from ipregister.publication.keys import commitment, signer
from ipregister.publication.log import merkle
from ipregister.publication.log.examining import Examiner
from ipregister.publication.release import FILE, release_all
from ipregister.publication.verify.proving import verify
from ipregister.store.packs import file_digest
from ipregister.store.register import Register
from ipregister.store.rows import Incoming
from tests.publication.conftest import body_of, deliver, marks


def made(register: Register, data: Path, folder: Path, kind: Any = None) -> Published:
    return publish(register, data, folder, kind, processes=1)


def lines_of(folder: Path, name: str = "LA-trademark-0001.jsonl.zst") -> list[Line]:
    return [msgspec.json.decode(line, type=Line) for line in read_lines(folder / name)]


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): file_digest(path) for path in folder.rglob("*") if path.is_file()}


def test_a_full_publication_holds_every_record_in_every_format(
    register: Register, data: Path, tmp_path: Path
) -> None:
    folder = made(register, data, tmp_path / "out").folder
    lines = lines_of(folder)
    assert [line.key for line in lines] == ["la-1", "la-2", "la-3"]
    assert bytes(lines[0].record) == body_of("1")
    table = duckdb.sql(f"SELECT key, titles, nice_classes FROM '{folder}/*.parquet' ORDER BY key")
    assert table is not None
    assert table.fetchall()[1] == ("la-2", ["TA YA"], [9])
    assert polars.read_parquet(folder / "LA-trademark-0001.parquet")["record"][0] == body_of("1").decode()
    with zipfile.ZipFile(folder / "LA-trademark-0001.st96.zip") as packed:
        document = packed.read("LA-trademark-0001.xml")
    assert document.count(b"<tmk:Trademark>") == 3
    assert b"<!-- la-2 -->" in document


def test_the_manifest_tells_every_file_and_is_signed(register: Register, data: Path, tmp_path: Path) -> None:
    folder = made(register, data, tmp_path / "out").folder
    manifest, content = load(folder)
    told = {file.name: (file.bytes, file.sha256) for file in manifest.files}
    there = {path.name: (path.stat().st_size, file_digest(path)) for path in folder.iterdir()}
    assert told == {name: told for name, told in there.items() if name not in (MANIFEST, SIGNATURE)}
    assert check(content, (folder / SIGNATURE).read_bytes(), signer(data).public, "here") == manifest
    assert manifest.counts == {"LA-trademark": {"record": 3}}
    assert manifest.changes == (1, 3)
    assert manifest.terms[0].licence == "CC0-1.0"
    assert manifest.previous is None


def test_the_same_state_gives_the_same_bytes(register: Register, data: Path, tmp_path: Path) -> None:
    made(register, data, tmp_path / "one")
    made(register, data, tmp_path / "two")
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one.pop(INDEX)
    assert two.pop(INDEX)
    assert one == two


def test_publishing_again_changes_nothing(register: Register, data: Path, tmp_path: Path) -> None:
    made(register, data, tmp_path / "out")
    before = contents(tmp_path / "out")
    assert not made(register, data, tmp_path / "out").fresh
    assert not made(register, data, tmp_path / "out", "full").fresh
    assert contents(tmp_path / "out") == before


def test_a_delta_holds_what_changed_and_names_the_one_before(
    register: Register, data: Path, tmp_path: Path
) -> None:
    first = made(register, data, tmp_path / "out")
    deliver(register, "2026-02-01", marks("2", words="NEW"))
    deliver(register, "2026-02-02", marks("3", deleted=True))
    delta = made(register, data, tmp_path / "out")
    assert delta.manifest.kind == "delta"
    assert [(line.key, line.kind, line.version) for line in lines_of(delta.folder)] == [
        ("la-2", "record", 2),
        ("la-3", "deleted", 2),
    ]
    assert delta.manifest.since.size == first.manifest.tree.size
    assert delta.manifest.changes[0] == first.manifest.changes[1] + 1
    assert delta.manifest.previous is not None
    assert delta.manifest.previous.name == first.manifest.name
    assert [one.kind for one in Shelf(tmp_path / "out").index().publications] == ["full", "delta"]


def test_past_versions_stand_in_the_history(register: Register, data: Path, tmp_path: Path) -> None:
    deliver(register, "2026-02-01", marks("2", words="NEW"))
    folder = made(register, data, tmp_path / "out").folder
    (past,) = lines_of(folder, "LA-trademark-0001.history.jsonl.zst")
    assert (past.key, past.version) == ("la-2", 1)
    assert bytes(past.record) == body_of("2")


def test_lines_prove_the_roots(register: Register, data: Path, tmp_path: Path) -> None:
    deliver(register, "2026-02-01", marks("2", words="NEW"))
    first = made(register, data, tmp_path / "out")
    lines = lines_of(first.folder)
    for line in lines:
        assert commitment(bytes.fromhex(line.salt), bytes(line.record)).hex() == line.hash
    assert merkle.root_of(line.entry().leaf() for line in lines).hex() == first.manifest.register_root
    leaves = [merkle.leaf_hash(entry) for entry in read_lines(first.folder / LOG)]
    assert merkle.root_of(leaves).hex() == first.manifest.tree.root
    assert leaves[lines[1].number] == lines[1].entry().leaf()
    deliver(register, "2026-02-02", marks("1", words="NEWER"))
    delta = made(register, data, tmp_path / "out")
    tree = merkle.Frontier(
        delta.manifest.since.size, [bytes.fromhex(r) for r in delta.manifest.since.frontier]
    )
    assert tree.root().hex() == first.manifest.tree.root
    for entry in read_lines(delta.folder / LOG):
        tree.add(merkle.leaf_hash(entry))
    assert tree.root().hex() == delta.manifest.tree.root
    fresh = {line.key: line for line in [*lines, *lines_of(delta.folder)]}
    root = merkle.root_of(fresh[key].entry().leaf() for key in sorted(fresh))
    assert root.hex() == delta.manifest.register_root


def test_nothing_goes_out_in_bulk_that_is_not_released(
    register: Register, data: Path, tmp_path: Path
) -> None:
    (data / FILE).write_text('[[release]]\noffice = "LA"\nchannels = ["page"]\n')
    folder = made(register, data, tmp_path / "out").folder
    assert [path.name for path in sorted(folder.iterdir())] == [LOG, MANIFEST, SIGNATURE]


@pytest.mark.parametrize("between", [False, True], ids=["at-once", "after-a-delta"])
def test_what_a_switch_closed_is_told_without_content_and_the_rest_is_published(
    register: Register, data: Path, tmp_path: Path, between: bool
) -> None:
    deliver(register, "2026-02-01", marks("1", words="NEW"))
    made(register, data, tmp_path / "out", "full")
    (data / FILE).write_text('[[release]]\nright = "patent"\nchannels = ["bulk"]\n')
    if between:
        made(register, data, tmp_path / "out", "delta")
    folder = made(register, data, tmp_path / "out", "full").folder
    assert [(line.kind, bytes(line.record)) for line in lines_of(folder)] == [("closed", b"")] * 3
    assert not list(folder.glob("*.history.*"))
    assert load(folder)[0].counts == {"LA-trademark": {"closed": 3}}
    assert verify(str(tmp_path / "out")).holds
    release_all_again(data)
    folder = made(register, data, tmp_path / "out", "full").folder
    assert bytes(lines_of(folder)[0].record) == body_of("1", "NEW")
    assert [line.version for line in lines_of(folder, "LA-trademark-0001.history.jsonl.zst")] == [1]
    assert verify(str(tmp_path / "out")).holds


def test_a_full_publication_still_refuses_a_log_of_another_register(
    register: Register, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(register, "2026-02-01", marks("1", words="NEW"))
    made(register, data, tmp_path / "out", "full")
    monkeypatch.setattr(Examiner, "commit", lambda *_: bytes(32))
    with pytest.raises(Damaged, match="do not agree"):
        made(register, data, tmp_path / "other", "full")


def release_all_again(data: Path) -> None:
    (data / FILE).unlink()
    release_all(data)


def test_a_delta_needs_one_before_and_one_publishes_at_a_time(
    register: Register, data: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="no publication"):
        made(register, data, tmp_path / "out", "delta")
    with only_one(data), pytest.raises(Busy):
        made(register, data, tmp_path / "out")


def _cut(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let publishing break off after so many pieces."""
    real, count = parts.write_piece, iter(range(1000))

    def broken(writer: parts.PieceWriter, piece: Any) -> Any:
        if next(count) == after:
            raise KeyboardInterrupt
        return real(writer, piece)

    monkeypatch.setattr("ipregister.publication.bulk.publishing.write_piece", broken)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_run_that_is_cut_off_shows_nothing_and_goes_on(
    after: int, register: Register, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = collecting.full_pieces

    def small(ledger: Any) -> Iterator[Any]:
        return real(ledger, 1)

    whole = made(register, data, tmp_path / "whole").folder
    monkeypatch.setattr("ipregister.publication.bulk.collecting.full_pieces", small)
    with monkeypatch.context() as patch:
        _cut(patch, after)
        with pytest.raises(KeyboardInterrupt):
            made(register, data, tmp_path / "cut")
    assert [path.name for path in (tmp_path / "cut").iterdir()] == [WORK]
    notes = list((tmp_path / "cut" / WORK / "notes").iterdir())
    assert len(notes) == after
    finished = made(register, data, tmp_path / "cut").folder
    assert not (tmp_path / "cut" / WORK).exists()
    assert load(finished)[0].register_root == load(whole)[0].register_root
    assert len(list(finished.glob("*.jsonl.zst"))) == 4


def test_a_publication_that_is_whole_enters_the_index_by_the_next_run(
    register: Register, data: Path, tmp_path: Path
) -> None:
    first = made(register, data, tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "out" / INDEX).unlink()
    again = made(register, data, tmp_path / "out")
    assert not again.fresh
    assert again.folder == first.folder
    assert contents(tmp_path / "out") == before


def test_what_a_run_left_that_was_cut_off_while_it_tidied_up_is_taken_away(
    register: Register, data: Path, tmp_path: Path
) -> None:
    made(register, data, tmp_path / "out")
    before = contents(tmp_path / "out")
    left = tmp_path / "out" / WORK / "notes"
    left.mkdir(parents=True)
    (left / "LA-trademark-0001.json").write_text("{}")
    assert not made(register, data, tmp_path / "out").fresh
    assert contents(tmp_path / "out") == before


def test_a_delta_has_only_pictures_that_changed(data: Path, tmp_path: Path) -> None:
    """A record that changes with its old picture goes without it; other terms bring all pictures again."""
    register = Register(packs=data / "packs")
    first, *_rest = write_office(tmp_path / "feeds", "LA", 60, day=dt.date(2026, 6, 30))
    load_delivery(register, office("LA"), first.path, scratch=data / "scratch", kind=first.kind)
    full = made(register, data, tmp_path / "out", "full")
    sent = images_of(full.folder)
    shown = [one for one in register.get_many(register.keys(right="trademark")).values() if one.media]
    assert {media.sha256 for one in shown for media in one.media} <= sent
    changed = [
        Incoming(index=index, key=one.key, right=one.right, office="LA", raw=one.raw,
                 body=canonical.encode(msgspec.structs.replace(register.record(one), status_date="2026-07-02")))
        for index, one in enumerate(shown[:5])
    ]  # fmt: skip
    deliver(register, "2026-07-03", changed)
    delta = made(register, data, tmp_path / "out")
    assert images_of(delta.folder) == set()
    lines = [line for line in lines_of(delta.folder) if line.media]
    assert {line.key for line in lines} == {one.key for one in changed}
    (data / FILE).write_text((data / FILE).read_text().replace("CC0-1.0", "CC-BY-4.0"), encoding="utf-8")
    for one in changed[:1]:
        again = msgspec.structs.replace(register.record(register.require(one.key)), status_date="2026-07-09")
        deliver(register, "2026-07-09", [msgspec.structs.replace(one, body=canonical.encode(again), index=0)])
    other = made(register, data, tmp_path / "out")
    assert {media.sha256 for media in register.require(changed[0].key).media} <= images_of(other.folder)


def images_of(folder: Path) -> set[str]:
    """The hashes of the pictures of a publication."""
    return {
        name.partition(".")[0]
        for path in folder.glob("*.images.zip")
        for name in zipfile.ZipFile(path).namelist()
    }
