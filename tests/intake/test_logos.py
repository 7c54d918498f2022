"""The picture index follows the register: what the public may see and no more, resumed wherever it was cut off."""

import datetime as dt
import hashlib
import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import pytest

from ipregister.demonstration import DemonstrationDelivery
from ipregister.intake import logos
from ipregister.intake.loading import load
from ipregister.model import canonical
from ipregister.model.design import Design, SingleDesign, View
from ipregister.model.errors import Busy
from ipregister.model.mark import Goods, Image, Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.record import Record, right_of
from ipregister.model.right import Publication
from ipregister.model.text import Text
from ipregister.search.similarity.pictures.models import NONE, Models
from ipregister.search.similarity.pictures.similar import PictureIndex, similar_pictures
from ipregister.search.similarity.pictures.storage import FILES, Storage
from ipregister.search.similarity.pictures.wanted import Wanted
from ipregister.store.register import Register
from ipregister.store.rows import Change, Counts, DeliveryHead, MediaRef, RawRef, StoredMedia, Version
from ipregister.web.options import Options
from tests.search.similarity.pictures.drawn import MARKS, image_of, saved
from tests.sparing import few

NOW = dt.datetime(2026, 1, 1, 5, tzinfo=dt.UTC)
HEAD = DeliveryHead(1, "LA", "d", "d.zip", "full", "2026-01-01", "c", None, NOW, NOW, True, 0, Counts())
_FOLLOW = """
import sys
from pathlib import Path
from ipregister.web import bootstrap
from ipregister.web.options import Options
bootstrap.init(Options(data=Path(sys.argv[1])))
from ipregister.intake import logos
from ipregister.store.register import Register
with logos.opened(Register(packs=Path(sys.argv[1]) / "packs"), Path(sys.argv[2])) as index:
    print("begun", flush=True)
    index.catch_up()
    index.refine(1000)
"""


class Shelf:
    """A register of a list; its pictures lie in one zip."""

    def __init__(self) -> None:
        self.log: list[Change] = []
        self.now: dict[str, Version] = {}
        self._files = {name: saved(image_of(name)) for name in MARKS}
        self._held: dict[str, StoredMedia] = {}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, image in self._files.items():
                archive.writestr(f"{name}.png", image)
        self._zip = packed.getvalue()

    def put(self, key: str, record: Record, *names: str, deleted: bool = False) -> None:
        number = len(self.log) + 1
        media = tuple(self._media(key, name) for name in names)
        self.log.append(Change(number, key, 1, "LA", right_of(record), deleted, "delivery"))
        self.now[key] = Version(
            key=key, number=1, change=number, office="LA", right=right_of(record), delivery=HEAD, cause="delivery",
            extracted="2026-01-01", confirmed="", recorded_at=NOW, schema=canonical.SCHEMA, content_hash=str(number),
            rereads=0, deleted=deleted, current=True, raw=RawRef("c", "", 0, 0), body=canonical.encode(record),
            media=media, media_blob="c",
        )  # fmt: skip

    def _media(self, key: str, name: str) -> MediaRef:
        member, sha256 = f"{name}.png", hashlib.sha256(self._files[name]).hexdigest()
        self._held[sha256] = StoredMedia(key, sha256, "image/png", 0, 0, member, RawRef("c", member, 0, 0))
        return MediaRef(member, member, sha256, "image/png", 0, 0)

    def withdrawn(self, since: int) -> list[str]:
        """Nothing was withheld."""
        return []

    def changes(self, since: int, limit: int = 1000) -> list[Change]:
        return self.log[since : since + limit]

    def get_many(self, keys: Sequence[str], *, evidence: bool = True) -> dict[str, Version]:
        return {key: self.now[key] for key in keys if key in self.now}

    def media(self, sha256: str) -> list[StoredMedia]:
        return [self._held[sha256]] if sha256 in self._held else []

    def open_container(self, sha256: str) -> BinaryIO:
        return io.BytesIO(self._zip)


def mark_of(name: str, *vienna: str, image: str = "") -> Trademark:
    """A mark with a picture."""
    figure = Image(filename=image or f"{name}.png", vienna=vienna)
    return Trademark(
        office="LA", application_number=name, mark=Mark(verbal=(Text(name),), images=(figure,)),
        goods=(Goods(class_number=9),),
    )  # fmt: skip


def design_of(name: str, published: str, deferred: str | None = None) -> Design:
    """A design with a view, published on a day."""
    return Design(
        office="LA", application_number=name, designs=(SingleDesign(views=(View(filename=f"{name}.png"),)),),
        publications=(Publication(date=published),), deferred_until=deferred,
    )  # fmt: skip


def follow(shelf: Shelf, folder: Path, *, day: str = "2026-01-01", refined: int = 0) -> int:
    moment = dt.datetime.fromisoformat(f"{day}T05:00:00+00:00")
    with logos.opened(shelf, folder, clock=lambda: moment) as index:
        reached = index.catch_up()
        if refined:
            index.refine(refined)
        return reached


def found(folder: Path, name: str, wanted: Wanted | None = None) -> list[str]:
    """The records that show a mark."""
    with closing(PictureIndex(folder)) as index:
        hits = similar_pictures(index, [saved(image_of(name))], wanted=wanted)
        return [hit.key for hit in hits if hit.score > 0.95]


def content(folder: Path) -> tuple[dict[str, bytes], list[tuple[object, ...]]]:
    """All that an index holds: its counted rows, and the lines of its tables."""
    with closing(Storage(folder)) as storage:
        count = len(storage.rows().heads)
        files = {
            name: (folder / name).read_bytes()[: count * kind.itemsize * length]
            for name, (kind, length) in FILES.items()
        }
        lines: list[tuple[object, ...]] = []
        for table in ("pictures", "shown", "codes", "letters", "due", "reached"):
            lines += sorted((table, *row) for row in storage.reading().execute(f"SELECT * FROM {table}"))
        return files, lines


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    for number, name in enumerate(MARKS):
        made.put(f"la-{name}", mark_of(name, f"0{number + 1}.01.01"), name)
    return made


def test_it_follows_changes_and_deletions(tmp_path: Path, shelf: Shelf) -> None:
    assert follow(shelf, tmp_path) == len(MARKS)
    assert found(tmp_path, "fish") == ["la-fish"]
    assert found(tmp_path, "fish", Wanted(classes=("9",), vienna=("5",))) == ["la-fish"]
    shelf.put("la-fish", mark_of("fish"), "fish", deleted=True)
    shelf.put("la-arrow", mark_of("arrow", image="house.png"), "house")
    follow(shelf, tmp_path)
    assert found(tmp_path, "fish") == found(tmp_path, "arrow") == []
    assert found(tmp_path, "house") == ["la-arrow", "la-house"]


def test_a_picture_of_two_records_is_looked_at_once(tmp_path: Path, shelf: Shelf) -> None:
    shelf.put("la-twin", mark_of("twin", image="fish.png"), "fish")
    follow(shelf, tmp_path)
    assert found(tmp_path, "fish") == ["la-fish", "la-twin"]
    with closing(Storage(tmp_path)) as storage:
        assert len(storage.rows().starts) - 1 == len(MARKS)


def test_a_picture_that_the_record_does_not_name_is_not_found(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("la-1", mark_of("fish"), "fish", "house")
    follow(shelf, tmp_path)
    assert found(tmp_path, "fish") == ["la-1"]
    assert found(tmp_path, "house") == []


@pytest.mark.slow
def test_an_embargoed_picture_is_found_from_its_day_on(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("la-early", design_of("fish", "2026-03-01"), "fish")
    shelf.put("la-deferred", design_of("house", "2025-12-01", "2026-06-01"), "house")
    shelf.put("la-open", design_of("bolt", "2025-12-01"), "bolt")
    follow(shelf, tmp_path)
    assert found(tmp_path, "bolt") == ["la-open"]
    assert found(tmp_path, "fish") == found(tmp_path, "house") == []
    with closing(Storage(tmp_path)) as storage:
        assert len(storage.rows().starts) - 1 == 1  # of what nobody may see not even vectors are kept
    follow(shelf, tmp_path, day="2026-02-28")
    assert found(tmp_path, "fish") == []
    follow(shelf, tmp_path, day="2026-03-01")
    assert (found(tmp_path, "fish"), found(tmp_path, "house")) == (["la-early"], [])
    follow(shelf, tmp_path, day="2026-06-01")
    assert found(tmp_path, "house") == ["la-deferred"]


def test_a_picture_that_is_withheld_later_is_found_no_more(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("la-1", design_of("fish", "2025-12-01"), "fish")
    follow(shelf, tmp_path, refined=9)
    assert found(tmp_path, "fish") == ["la-1"]
    shelf.put("la-1", design_of("fish", "2025-12-01", "2027-01-01"), "fish")
    follow(shelf, tmp_path)
    assert found(tmp_path, "fish") == []


@pytest.mark.slow
def test_the_second_stage_is_optional(tmp_path: Path, shelf: Shelf) -> None:
    follow(shelf, tmp_path)
    with closing(PictureIndex(tmp_path)) as index:
        hit = similar_pictures(index, [saved(image_of("fish"))])[0]
        assert "network" not in hit.features
    with logos.opened(shelf, tmp_path, models=Models(NONE)) as run:
        assert run.refine(100) == 0
    with logos.opened(shelf, tmp_path) as run:
        assert run.refine(3) == 3
        assert run.refine(100) == len(MARKS) - 3
        assert run.refine(100) == 0
    with closing(PictureIndex(tmp_path)) as index:
        assert index.storage.rows().facts.by_network.all()
        assert "network" in similar_pictures(index, [saved(image_of("fish"))])[0].features


@pytest.mark.slow
def test_a_crash_anywhere_is_made_good(tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(shelf, tmp_path / "calm", refined=100)
    monkeypatch.setattr(logos, "PART", 3)
    writes = 0
    write: Callable[[Storage, str, int, bytes], None] = Storage._write

    def broken(self: Storage, name: str, offset: int, given: bytes) -> None:
        nonlocal writes
        writes += 1
        if writes % 7 == 0:
            write(self, name, offset, given[: len(given) // 2])
            raise OSError("power cut")
        write(self, name, offset, given)

    monkeypatch.setattr(Storage, "_write", broken)
    crashes = 0
    for _ in range(200):
        try:
            follow(shelf, tmp_path / "cut", refined=100)
            break
        except OSError:
            crashes += 1
    assert crashes > 3
    assert content(tmp_path / "cut") == content(tmp_path / "calm")


def test_one_process_writes(tmp_path: Path, shelf: Shelf) -> None:
    with logos.opened(shelf, tmp_path), pytest.raises(Busy), logos.opened(shelf, tmp_path):
        pass


@pytest.mark.parametrize("refined", few([True, False], 1))
def test_the_duty_keeps_up_and_ends(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, refined: bool
) -> None:
    monkeypatch.setattr(logos, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(logos, "POLL_SECONDS", 0.02)
    stopping = threading.Event()
    duty = threading.Thread(
        target=logos.follow, args=(shelf, tmp_path, stopping), kwargs={"refined": refined}
    )
    duty.start()
    try:
        done = len(MARKS) if refined else 0
        text = "SELECT (SELECT change FROM reached), count(*), coalesce(sum(network), 0) FROM pictures"
        with closing(Storage(tmp_path)) as storage:
            for _ in range(1500):
                if storage.exists() and (tmp_path / "pictures.sqlite3").exists():
                    try:
                        if storage.reading().execute(text).fetchone() == (len(MARKS), len(MARKS), done):
                            break
                    except Exception:
                        storage.close()
                time.sleep(0.02)
            else:
                pytest.fail("the index was not kept up")
    finally:
        stopping.set()
        duty.join()
    assert found(tmp_path, "fish") == ["la-fish"]


def test_an_index_that_is_thrown_away_is_made_anew(tmp_path: Path, shelf: Shelf) -> None:
    follow(shelf, tmp_path / "it")
    with closing(PictureIndex(tmp_path / "it")) as searching:
        fish = saved(image_of("fish"))
        assert similar_pictures(searching, [fish])[0].key == "la-fish"
        with logos.opened(shelf, tmp_path / "it") as writing:
            shutil.rmtree(tmp_path / "it")  # as withholding does: nothing of the picture may stay
            shelf.put("la-house", mark_of("house"), "house")
            with pytest.raises(Busy):
                writing.catch_up()
            assert similar_pictures(searching, [fish]) == []
        shelf.put("la-fish", mark_of("fish"))
        follow(shelf, tmp_path / "it")
        assert "la-fish" not in [hit.key for hit in similar_pictures(searching, [fish])]
        assert len(similar_pictures(searching, [fish])) == len(MARKS) - 1
    with closing(Storage(tmp_path / "it")) as storage:
        assert len(storage.rows().starts) - 1 == len(MARKS) - 1


@pytest.mark.slow
def test_a_killed_process_is_resumed(
    small: Register,
    sqlite_database: Options,
    scratch: Path,
    laos: list[DemonstrationDelivery],
    tmp_path: Path,
) -> None:
    for delivery in laos:
        small.reported(load(small, office("LA"), delivery.path, scratch=scratch).id)
    with logos.opened(small, tmp_path / "calm") as run:
        run.catch_up()
        run.refine(1000)
    command = [sys.executable, "-c", _FOLLOW, str(sqlite_database.data), str(tmp_path / "cut")]
    kills = 0
    for wait in (0.05, 0.3, 0.6, 1.2, 600.0):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
        process.stdout.close()
    assert kills > 1
    assert content(tmp_path / "cut") == content(tmp_path / "calm")
