"""The picture index in a folder: pictures added, refined, searched with filters; Vienna codes suggested."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from ipregister.model.errors import UsageError
from ipregister.search.similarity.pictures.models import Models
from ipregister.search.similarity.pictures.rows import Seen, look
from ipregister.search.similarity.pictures.similar import PictureIndex, similar_pictures
from ipregister.search.similarity.pictures.storage import Shown, Storage
from ipregister.search.similarity.pictures.vienna import suggest_vienna
from ipregister.search.similarity.pictures.wanted import Wanted
from tests.search.similarity.pictures.drawn import MARKS, framed, image_of, mark, saved
from tests.sparing import few

NAMES = list(MARKS)
CODES = {
    "fish": ("03.09.01",), "house": ("07.01.08",), "arrow": ("24.15.01",), "crescent": ("01.07.06",),
    "grid": ("25.07.01", "02.01.01"),
}  # fmt: skip


def _filled(folder: Path) -> Storage:
    storage = Storage(folder)
    storage.begin()
    plain = Models(network=False)
    for start in (0, 4):
        part = NAMES[start : start + 4]
        with storage.writing() as database:
            numbers = storage.append(database, [(name, look(mark(name), plain), "") for name in part])
            for name, number in zip(part, numbers, strict=True):
                office = "LA" if number % 2 else "TH"
                shown = Shown(
                    f"{office.lower()}-{name}", office, (number,), (str(number + 1),), CODES.get(name, ())
                )
                storage.say(database, shown)
            database.execute("UPDATE reached SET change = ?", (start + 4,))
    return storage


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PictureIndex]:
    _filled(tmp_path).close()
    made = PictureIndex(tmp_path)
    yield made
    made.close()


def test_a_framed_mark_is_found_with_the_reason(index: PictureIndex) -> None:
    hit = similar_pictures(index, [saved(framed("fish"))])[0]
    assert (hit.key, hit.sha256, hit.algorithm) == ("th-fish", "fish", "pictures/2")
    assert (hit.alike.searched, hit.alike.found) == ("inside", "whole")
    assert "edges" in hit.features
    assert "network" not in hit.features
    left, top, right, bottom = hit.alike.searched_box
    assert 0.15 < left < right < 0.85
    assert 0.15 < top < bottom < 0.85


def test_the_network_is_added_later(index: PictureIndex) -> None:
    models = Models()
    assert similar_pictures(index, [saved(image_of("fish"))])[0].features.get("network") is None
    number = NAMES.index("fish")
    rows = index.storage.rows()
    seen = look(mark("fish"), models)
    assert seen.network is not None
    index.storage.fill(int(rows.starts[number]), seen.network)
    with index.storage.writing() as database:
        index.storage.refined(database, number, ("fisch",))
    hit = similar_pictures(index, [saved(image_of("fish"))])[0]
    assert hit.key == "th-fish"
    assert hit.features["network"] > 0.97
    assert index.storage.rows().letters.texts == ["fisch"]
    assert index.storage.rows().facts.by_network.sum() == len(seen.views)
    with index.storage.writing() as database:
        index.storage.refined(database, 0, ("blitz",))
    assert index.storage.rows().letters.texts == ["fisch", "blitz"]
    assert list(index.storage.rows().letters.pictures) == [number, 0]


def test_several_pictures_at_once(index: PictureIndex) -> None:
    hits = similar_pictures(index, [saved(image_of("fish")), saved(image_of("arrow"))], limit=2)
    assert {(hit.key, hit.image) for hit in hits} == {("th-fish", 0), ("la-arrow", 1)}


def test_a_crop_is_searched_alone(index: PictureIndex) -> None:
    sheet = image_of("house").resize((320, 160))
    sheet.paste(image_of("bolt"), (160, 0))
    assert similar_pictures(index, [saved(sheet)], crop=(0.5, 0, 1, 1))[0].key == "th-bolt"


@pytest.mark.parametrize(("wanted", "keys"), few([
    (Wanted(offices=("LA",)), {"la-house", "la-stair", "la-arrow", "la-grid"}),
    (Wanted(classes=("5", "6")), {"th-fish", "la-arrow"}),
    (Wanted(vienna=("3", "24.15")), {"th-fish", "la-arrow"}),
    (Wanted(vienna=("7",), offices=("TH",)), set()),
    (Wanted(vienna=("2",)), {"la-grid"}),
    (Wanted(vienna=("03.9.1", "1.7.")), {"th-fish", "th-crescent"}),
    (Wanted(vienna=("3.9.2",)), set()),
    (Wanted(offices=("TH",), without=("th-fish", "th-bolt")), {"th-rings", "th-crescent"}),
    (Wanted(classes=("05",)), {"th-fish"}),
], 3))  # fmt: skip
def test_hits_are_limited(index: PictureIndex, wanted: Wanted, keys: set[str]) -> None:
    assert {hit.key for hit in similar_pictures(index, [saved(image_of("fish"))], wanted=wanted)} == keys


def test_a_choice_is_made_anew_when_the_index_changes(index: PictureIndex) -> None:
    wanted = Wanted(offices=("KH",))
    assert similar_pictures(index, [saved(image_of("fish"))], wanted=wanted) == []
    with index.storage.writing() as database:
        index.storage.say(database, Shown("kh-fish", "KH", (NAMES.index("fish"),)))
    assert [hit.key for hit in similar_pictures(index, [saved(image_of("fish"))], wanted=wanted)] == [
        "kh-fish"
    ]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_mark_is_found_with_its_turn(index: PictureIndex, turns: int) -> None:
    hit = similar_pictures(index, [saved(image_of("house").rotate(-90 * turns))])[0]
    assert (hit.key, hit.alike.searched, hit.alike.turns) == ("la-house", "turned", turns)


def test_what_is_no_picture_is_refused(index: PictureIndex) -> None:
    with pytest.raises(UsageError):
        similar_pictures(index, [b"no picture"])
    with pytest.raises(UsageError):
        similar_pictures(index, [])


@pytest.mark.parametrize(
    ("kind", "colour"), [("RGB", "white"), ("RGB", (12, 90, 200)), ("RGBA", (0, 0, 0, 0))]
)
def test_a_picture_with_nothing_in_it_is_refused(index: PictureIndex, kind: str, colour: Any) -> None:
    written = io.BytesIO()
    Image.new(kind, (64, 64), colour).save(written, "PNG")
    with pytest.raises(UsageError, match="nothing in the picture"):
        similar_pictures(index, [written.getvalue()])


def test_without_an_index_nothing_is_found(tmp_path: Path) -> None:
    index = PictureIndex(tmp_path / "none")
    assert similar_pictures(index, [saved(image_of("fish"))]) == []
    index.close()


def _cut_off(storage: Storage, seen: Seen) -> None:
    with storage.writing() as database:
        storage.append(database, [("again", seen, "")])
        raise RuntimeError


def test_what_a_crash_left_is_overwritten(tmp_path: Path) -> None:
    storage = _filled(tmp_path)
    count = len(storage.rows().heads)
    seen = look(mark("fish"), Models(network=False))
    with pytest.raises(RuntimeError):
        _cut_off(storage, seen)
    assert len(storage.rows().heads) == count
    with storage.writing() as database:
        storage.append(database, [("blank", None, "unreadable"), ("last", seen, "")])
    rows = storage.rows()
    assert rows.heads["picture"][-1] == len(NAMES) + 1
    assert rows.starts[-1] == len(rows.heads) == count + len(seen.views)
    assert np.array_equal(rows.edges[-len(seen.views) :], rows.edges[rows.starts[4] : rows.starts[5]])
    storage.close()


def test_an_index_of_another_algorithm_is_begun_anew(tmp_path: Path) -> None:
    _filled(tmp_path).close()
    (tmp_path / "layout.json").write_text('{"algorithm":"pictures/0"}')
    (tmp_path / "of-old").write_text("a file that no layout has any more")
    storage = Storage(tmp_path)
    assert not storage.exists()
    storage.begin()
    assert not len(storage.rows().heads)
    assert not (tmp_path / "of-old").exists()
    storage.close()


def test_vienna_codes_come_from_the_nearest_marks(index: PictureIndex) -> None:
    first = suggest_vienna(index, saved(framed("fish")))[0]
    assert (first.code, first.keys) == ("03.09.01", ("th-fish",))
    assert 0 < first.weight <= 1


@pytest.mark.parametrize("limit", [1, 5, 12, 50])
def test_a_picture_of_many_records_fills_the_limit_in_order_of_keys(tmp_path: Path, limit: int) -> None:
    storage = _filled(tmp_path)
    number = NAMES.index("fish")
    with storage.writing() as database:
        for place in range(20):
            others = (number, (number + 1) % len(NAMES)) if place % 2 else (number,)
            storage.say(database, Shown(f"th-fish-{place:02}", "TH", others, (), ()))
        database.execute("UPDATE reached SET change = 99")
    storage.close()
    index = PictureIndex(tmp_path)
    hits = similar_pictures(index, [saved(image_of("fish"))], limit=limit)
    every = similar_pictures(index, [saved(image_of("fish"))], limit=1_000)
    index.close()
    first = ["th-fish", *(f"th-fish-{place:02}" for place in range(20))]
    assert [hit.key for hit in hits][:21] == first[:limit]
    assert hits == every[:limit]
    assert len({hit.key for hit in every}) == len(every) == 20 + len(NAMES)
