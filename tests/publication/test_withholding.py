"""Withholding: afterwards no file holds the bytes, in whatever form; what proves the rest still does."""

import datetime as dt
import io
import re
import shutil
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pyarrow.parquet as pq
import pytest
import zstandard
from django.db import connections

from ipregister.demonstration import DemonstrationDelivery, write_office
from ipregister.intake import indexer
from ipregister.intake.loading import load
from ipregister.intake.names import NameIndexer
from ipregister.model.errors import Busy, NotFound, UsageError
from ipregister.model.offices import office
from ipregister.publication.alone import only_one
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.extract import copy, name_of, state_of
from ipregister.publication.keys import signer
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.release import release_all
from ipregister.publication.verify.proving import verify
from ipregister.publication.withholding import raw
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import Withheld, withhold
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from ipregister.search.similarity.shelf.writer import ShelfWriter
from ipregister.store.compression import unsqueeze
from ipregister.store.packs import Packs
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import HOSTS, point

GROUND, DAY = "Order 7/2026 of the People's Court", "2026-01-15"


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> list[DemonstrationDelivery]:
    """A full delivery of Laos and small ones after it."""
    return write_office(tmp_path_factory.mktemp("feeds"), "LA", 60, day=dt.date(2026, 6, 30))


@pytest.fixture(scope="module")
def loaded_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, deliveries: list[DemonstrationDelivery]
) -> Path:
    """A folder with an installation (`data`) that took them in, the full one twice, and indexed them; to copy."""
    folder = tmp_path_factory.mktemp("loaded")
    data = Path(shutil.copytree(sqlite_template, folder / "data"))
    point(Options(data=data, allowed_hosts=HOSTS))
    release_all(data)
    found = Register(packs=data / "packs")
    again = folder / "LA_20260701_full.zip"
    again.write_bytes(deliveries[0].path.read_bytes() + b"")
    with zipfile.ZipFile(again, "a") as packed:
        packed.writestr("READ ME.txt", "the same once more")
    for path, kind in (*[(one.path, one.kind) for one in deliveries], (again, "full")):
        load(found, office("LA"), path, scratch=data / "scratch", kind=kind)
    indexer.catch_up(found, data / "index")
    connections.close_all()
    return folder


@pytest.fixture
def data(loaded_template: Path, tmp_path: Path) -> Path:
    """An installation that took the deliveries in and indexed them; this process works on it."""
    shutil.copytree(loaded_template / "data", tmp_path / "data")
    point(Options(data=tmp_path / "data", allowed_hosts=HOSTS))
    return tmp_path / "data"


@pytest.fixture
def loaded(data: Path, tmp_path: Path) -> Register:
    """Its register, published into the folder `out`."""
    found = Register(packs=data / "packs")
    publish(found, data, tmp_path / "out", processes=1)
    return found


def texts(content: bytes, name: str) -> Iterator[bytes]:
    """Bytes of a file, and all that is packed in them."""
    yield content
    if name.endswith(".zst"):
        yield zstandard.ZstdDecompressor().stream_reader(content, read_across_frames=True).read()
    elif name.endswith(".parquet"):
        yield repr(pq.read_table(io.BytesIO(content)).to_pylist()).encode()
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for inner in packed.namelist():
                yield from texts(packed.read(inner), inner)


def bodies(path: Path) -> Iterator[bytes]:
    with sqlite3.connect(path) as database:
        for body, evidence in database.execute("SELECT body, evidence FROM register_store_body"):
            yield unsqueeze(body)
            yield unsqueeze(evidence)


def holders(data: Path, out: Path, canary: bytes) -> list[str]:
    """The files of the data folder and of the publications that hold some bytes."""
    found = []
    for path in sorted(path for folder in (data, out) for path in folder.rglob("*") if path.is_file()):
        if any(canary in text for text in texts(path.read_bytes(), path.name)):
            found.append(path.name)
    packs = Packs(data / "packs")
    for digest in packs.digests():
        with packs.open(digest) as kept:
            found += ["pack" for text in texts(kept.read(), "kept.zip") if canary in text]
    return found + ["body" for body in bodies(data / "register.sqlite3") if canary in body]


def segments(data: Path) -> set[str]:
    """The engine's files of the index, but for those it keeps its lists in."""
    return {path.name for path in (data / "index").rglob("*.store")}


def victim(register: Register, *, picture: bool = False) -> tuple[str, str]:
    """Key and words of a mark with words of its own, released, in the first delivery."""
    versions = register.get_many(register.keys(right="trademark")).values()
    words: dict[str, str] = {}
    for one in versions:
        record = register.record(one)
        verbal = record.mark.verbal if record.mark else ()  # type: ignore[union-attr]
        if verbal and len(verbal[0].text) > 7 and verbal[0].text.isascii() and (one.media or not picture):
            words[one.key] = verbal[0].text
    often = Counter(words.values())
    whole = b"\n".join(one.body for one in versions)
    return next(
        (key, text) for key, text in words.items() if often[text] == 1 and whole.count(text.encode()) == 1
    )


def order(key: str, version: int = 0, field: str = "", picture: str = "") -> Order:
    return Order(key, GROUND, DAY, version, field, picture)


def test_a_withheld_record_is_nowhere(loaded: Register, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    key, words = victim(loaded)
    canary = words.encode()
    before, old = holders(data, out, canary), copy(loaded, data, key).copy
    assert {"pack", "body", "LA-trademark-0001.parquet", "LA-trademark-0001.jsonl.zst"} <= set(before)
    done = withhold(loaded, data, order(key))
    assert done.kept_files >= 2
    indexer.rebuild(loaded, data / "index")
    assert holders(data, out, canary) == []
    assert loaded.packs.verify() == []
    _still_proved(data, out, done)
    state, standing = state_of(Ledger(data), name_of(old.leaf, old.entry))
    assert (state, standing.entry.ground, standing.entry.day) == ("withdrawn", GROUND, DAY)
    with pytest.raises(NotFound):
        copy(loaded, data, key)
    head = loaded.head(key)
    assert head is not None
    assert head.content_hash


def _still_proved(data: Path, out: Path, done: Withheld) -> None:
    key = signer(data).public
    assert done.leaf is not None
    assert verify(str(out), key).faults == []
    assert verify(str(data), key).faults == []
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name not in ("withheld.json", "log.jsonl.zst"):
            assert verify(str(path), key).faults == [], path.name


def test_all_others_are_as_they_were(loaded: Register, data: Path, tmp_path: Path) -> None:
    key, _ = victim(loaded)
    others = [one for one in loaded.keys(office="LA") if one != key]
    before = {one.key: (one.body, one.content_hash) for one in loaded.get_many(others).values()}
    raws = {
        one.key: _raw(loaded, one.raw.blob, one.raw.member) for one in loaded.get_many(others[:5]).values()
    }
    withhold(loaded, data, order(key))
    after = {one.key: (one.body, one.content_hash) for one in loaded.get_many(others).values()}
    assert after == before
    for one in loaded.get_many(others[:5]).values():
        raw = _raw(loaded, one.raw.blob, one.raw.member)
        part = slice(one.raw.offset, one.raw.offset + one.raw.length)
        assert raw[part] == raws[one.key][part]
        assert len(raw) == len(raws[one.key])
    del tmp_path


def _raw(register: Register, blob: str, member: str) -> bytes:
    with register.open_container(blob) as kept, zipfile.ZipFile(kept) as packed:
        return packed.read(member)


def test_the_next_delta_tells_the_withdrawal(loaded: Register, data: Path, tmp_path: Path) -> None:
    key, words = victim(loaded)
    withhold(loaded, data, order(key))
    delta = publish(loaded, data, tmp_path / "out", processes=1)
    assert delta.manifest.counts == {"LA-trademark": {"withdrawal": 1}}
    assert verify(str(tmp_path / "out"), signer(data).public).faults == []
    full = publish(loaded, data, tmp_path / "whole", "full", processes=1)
    assert verify(str(full.folder), signer(data).public).faults == []
    assert not any(
        words.encode() in text
        for path in full.folder.iterdir()
        for text in texts(path.read_bytes(), path.name)
    )


def test_the_same_content_delivered_again_does_not_come_back(
    loaded: Register, data: Path, tmp_path: Path, deliveries: list[DemonstrationDelivery]
) -> None:
    key, words = victim(loaded)
    withhold(loaded, data, order(key))
    once_more = tmp_path / "LA_20260702_full.zip"
    once_more.write_bytes(deliveries[0].path.read_bytes())
    load(loaded, office("LA"), once_more, scratch=data / "scratch", kind="full")
    version = loaded.require(key)
    assert words.encode() not in version.body


def test_a_field_goes_from_every_version(loaded: Register, data: Path, tmp_path: Path) -> None:
    key, words = victim(loaded)
    number = loaded.record(loaded.require(key)).application_number
    done = withhold(loaded, data, order(key, field="mark/verbal"))
    indexer.rebuild(loaded, data / "index")
    assert holders(data, tmp_path / "out", words.encode()) == []
    _still_proved(data, tmp_path / "out", done)
    assert loaded.record(loaded.require(key)).application_number == number
    assert copy(loaded, data, key).copy.entry.key == key
    assert words not in copy(loaded, data, key).content().decode()


def test_a_picture_goes(loaded: Register, data: Path, tmp_path: Path) -> None:
    key, _ = victim(loaded, picture=True)
    ref = loaded.require(key).media[0]
    blob = loaded.require(key).media_blob
    content = _raw(loaded, blob, ref.member)
    canary = content[len(content) // 2 :][:64]
    assert holders(data, tmp_path / "out", canary)
    done = withhold(loaded, data, order(key, picture=ref.sha256))
    assert holders(data, tmp_path / "out", canary) == []
    _still_proved(data, tmp_path / "out", done)


def test_it_is_safe_to_repeat(loaded: Register, data: Path, tmp_path: Path) -> None:
    key, _ = victim(loaded)
    first = withhold(loaded, data, order(key))
    size = Ledger(data).size()
    assert withhold(loaded, data, order(key)).leaf == first.leaf
    assert Ledger(data).size() == size
    _still_proved(data, tmp_path / "out", first)


def test_wrong_orders_are_refused(loaded: Register, data: Path) -> None:
    key, _ = victim(loaded)
    with pytest.raises(NotFound):
        withhold(loaded, data, order("la-nothing"))
    with pytest.raises(NotFound):
        withhold(loaded, data, order(key, version=99))
    with pytest.raises(UsageError):
        withhold(loaded, data, Order(key, " ", DAY))
    with pytest.raises(UsageError):
        withhold(loaded, data, Order(key, GROUND, "yesterday"))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"field": "mark/verbals"}, "near it: mark/verbal"),
        ({"field": "applicant/*/names"}, r"near it: .*applicants/\*/names"),
        ({"field": "zzz"}, "it has .*applicants"),
        ({"field": "applicants/*/names/*/colour"}, "has no field"),
        ({"field": "office"}, "stays"),
        ({"field": "application_number"}, "stays"),
        ({"field": "mark/verbal/*/text"}, "withhold 'mark/verbal'"),
        ({"field": "mark/verbal", "day": "2026-99-99"}, "no day '2026-99-99'"),
        ({"day": "2026-02-30"}, "no day '2026-02-30'"),
        ({"day": "2999-01-01"}, "still to come"),
        ({"picture": "0" * 64}, "no picture .*What to do: it has"),
        ({"version": 99}, "no version 99 .*What to do: it has 1"),
    ],
)
def test_a_slip_is_refused_before_anything_is_touched(
    loaded: Register, data: Path, tmp_path: Path, wrong: dict[str, Any], message: str
) -> None:
    """It could not be taken back: no file of the register or of its publications changes by it."""
    key, _ = victim(loaded)
    asked = {"day": DAY, **wrong}
    changes, before = loaded.last_change(), _files(data, tmp_path / "out")
    with pytest.raises((NotFound, UsageError)) as refused:
        withhold(loaded, data, Order(key, GROUND, **asked))
    assert re.search(message, str(refused.value)), refused.value
    assert refused.value.exit_code == 2
    assert loaded.last_change() == changes
    assert _files(data, tmp_path / "out") == before


def test_a_field_that_is_gone_by_the_same_order_may_be_named_again(loaded: Register, data: Path) -> None:
    """A delivery that says it again holds it in a kept file, though the versions have it no more."""
    key, _ = victim(loaded)
    first = withhold(loaded, data, order(key, field="mark/verbal"))
    assert withhold(loaded, data, order(key, field="mark/verbal")).leaf == first.leaf
    with pytest.raises(UsageError, match="has no field"):
        withhold(loaded, data, Order(key, "another ground", DAY, field="mark/verbal"))


def _files(*folders: Path) -> dict[Path, bytes]:
    return {
        path: path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_only_the_record_leaves_the_indexes(loaded: Register, data: Path) -> None:
    """Nothing is built anew: the others keep their place, and the record is found by nobody from then on."""
    key, words = victim(loaded)
    with ShelfWriter(data / "names", None) as writer:
        NameIndexer(loaded, writer).catch_up()
    generation = (data / "index" / "CURRENT").read_text()
    found = TantivyIndex(data / "index")
    total = found.search(parse("")).total
    assert found.walk(parse(f'"{words}"'), limit=5)[0] == [key]
    done = withhold(loaded, data, order(key))
    indexer.catch_up(loaded, data / "index")
    with ShelfWriter(data / "names", None) as writer:
        NameIndexer(loaded, writer).forget(done.keys)
    assert (data / "index" / "CURRENT").read_text() == generation
    found = TantivyIndex(data / "index")
    assert found.walk(parse(f'"{words}"'), limit=5)[0] == []
    assert found.search(parse("")).total == total - 1
    held = b"".join(path.read_bytes() for path in (data / "names").rglob("*") if path.is_file())
    assert words.encode() not in held
    assert words.encode("utf-16-le") not in held
    assert words.encode("utf-32-le") not in held


def test_a_withholding_stands_among_the_changes(loaded: Register, data: Path) -> None:
    """In the order of commit, once, with what says which version it is on any node."""
    key, _words = victim(loaded)
    last = loaded.last_change()
    stood = [one.entry for one in Ledger(data).of_keys([key]) if one.entry.version == 1]
    done = withhold(loaded, data, order(key, version=1))
    (change,) = loaded.changes(last)
    assert (change.number, change.key, change.version, change.notice) == (last + 1, key, 1, "withdrawal")
    assert done.change == last + 1
    leaf = Ledger(data).entry(done.leaf or 0)
    assert leaf is not None
    assert (leaf.change, leaf.hash) == (last + 1, stood[0].hash)
    assert withhold(loaded, data, order(key, version=1)).change == done.change
    assert loaded.last_change() == last + 1


def test_one_that_was_cut_off_is_ended_first(
    loaded: Register, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its steps nothing can be published; the same command, or the next, ends it."""
    key, words = victim(loaded)
    with monkeypatch.context() as patched:
        patched.setattr(raw, "empty", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            withhold(loaded, data, order(key))
    with pytest.raises(Busy, match="cut off"):
        publish(loaded, data, tmp_path / "out", processes=1)
    other = next(one for one in loaded.keys(right="trademark") if one != key)
    withhold(loaded, data, order(other, field="mark/verbal"))
    indexer.catch_up(loaded, data / "index")
    assert holders(data, tmp_path / "out", words.encode()) == []
    assert (
        publish(loaded, data, tmp_path / "out", processes=1).manifest.counts["LA-trademark"]["withdrawal"]
        == 1
    )


def test_it_waits_for_who_publishes(loaded: Register, data: Path) -> None:
    key, _words = victim(loaded)
    told: list[int] = []
    with only_one(data) as held:
        del held
        with pytest.raises(Impatient):
            withhold(loaded, data, order(key), waiting=_impatient(told))
    assert told == [0, 1]
    assert withhold(loaded, data, order(key), waiting=_impatient(told)).versions


class Impatient(Exception):
    """Who waits has waited long enough."""


def _impatient(told: list[int]) -> Callable[[int], None]:
    def waiting(seconds: int) -> None:
        told.append(seconds)
        if seconds:
            raise Impatient

    return waiting
