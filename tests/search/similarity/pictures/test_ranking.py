"""A distorted mark finds its original first; the hit says which view was alike."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from ipregister.search.similarity.pictures import ranking, views
from ipregister.search.similarity.pictures.matrices import products
from ipregister.search.similarity.pictures.models import NONE, Models, unit
from ipregister.search.similarity.pictures.ranking import Match, compare
from ipregister.search.similarity.pictures.rows import Rows, Seen, gathered, look
from tests.search.similarity.pictures.drawn import MARKS, beside, framed, image_of, mark

NAMES = list(MARKS)
ALL = {"trained": Models(), "shapes alone": Models(NONE)}


@pytest.fixture(scope="module", params=list(ALL))
def index(request: pytest.FixtureRequest) -> tuple[Rows, Models]:
    models = ALL[request.param]
    return gathered([look(mark(name), models) for name in NAMES]), models


def _best(index: tuple[Rows, Models], image: Image.Image) -> tuple[str, str, Match]:
    rows, models = index
    seen = look(np.asarray(image), models, searched=True)
    first = compare(rows, seen, 3)[0]
    return NAMES[first.picture], seen.views[first.searched_view].kind, first


@pytest.mark.parametrize("name", NAMES)
def test_a_mark_finds_itself(index: tuple[Rows, Models], name: str) -> None:
    found, kind, match = _best(index, image_of(name))
    assert (found, kind) == (name, views.WHOLE)
    assert match.score > 0.97


@pytest.mark.parametrize("name", ["fish", "crescent", "stair"])
def test_a_negative_finds_its_original(index: tuple[Rows, Models], name: str) -> None:
    assert _best(index, ImageOps.invert(image_of(name)))[0] == name


@pytest.mark.parametrize("name", ["fish", "arrow"])
def test_a_mirrored_mark_finds_its_original_and_says_so(index: tuple[Rows, Models], name: str) -> None:
    assert _best(index, ImageOps.mirror(image_of(name)))[:2] == (name, views.MIRRORED)


@pytest.mark.parametrize("name", ["fish", "house", "bolt"])
def test_a_turned_mark_finds_its_original_and_says_so(index: tuple[Rows, Models], name: str) -> None:
    assert _best(index, image_of(name).rotate(90))[:2] == (name, views.TURNED)


@pytest.mark.parametrize("name", ["bolt", "house", "fish"])
def test_a_framed_mark_finds_its_original_and_says_so(index: tuple[Rows, Models], name: str) -> None:
    assert _best(index, framed(name))[:2] == (name, views.INSIDE)


def test_each_of_two_marks_is_found(index: tuple[Rows, Models]) -> None:
    rows, models = index
    seen = look(np.asarray(beside("bolt", "house")), models, searched=True)
    assert {NAMES[match.picture] for match in compare(rows, seen, 2)} == {"bolt", "house"}


def test_the_same_search_has_the_same_scores(index: tuple[Rows, Models]) -> None:
    rows, models = index
    seen = look(mark("rings"), models, searched=True)
    assert compare(rows, seen, 8) == compare(rows, seen, 8)


def test_only_what_is_allowed_is_found(index: tuple[Rows, Models]) -> None:
    rows, models = index
    allowed = np.array([name != "rings" for name in NAMES])
    found = compare(rows, look(mark("rings"), models, searched=True), 8, allowed)
    assert "rings" not in {NAMES[match.picture] for match in found}


def test_an_empty_picture_finds_nothing(index: tuple[Rows, Models]) -> None:
    rows, models = index
    assert compare(rows, look(np.asarray(Image.new("RGB", (64, 64))), models, searched=True), 5) == []


def _many(count: int, *, seen_by_network: int) -> tuple[Rows, list[Seen]]:
    """Rows of pictures drawn by chance, the first of which the network has seen."""
    dice = np.random.default_rng(5)

    def one(place: int) -> Seen:
        found = [views.View(views.WHOLE, (0, 0, 1, 1), 1.0, 0.0, np.zeros(0, np.float32)),
                 views.View(views.PART, (0, 0, 0.5, 1), 0.5, 0.05, np.zeros(0, np.float32))]  # fmt: skip
        edges, network = (unit(dice.normal(size=(2, length)).astype(np.float32)) for length in (128, 256))
        return Seen(found, edges, network if place < seen_by_network else None)

    pictures = [one(place) for place in range(count)]
    return gathered(pictures), pictures


@pytest.mark.parametrize("seen_by_network", [0, 700, 1500])
def test_the_first_look_loses_no_near_picture(monkeypatch: pytest.MonkeyPatch, seen_by_network: int) -> None:
    rows, pictures = _many(1500, seen_by_network=seen_by_network)
    dice = np.random.default_rng(6)
    for place in (3, 650, 1400):
        held = pictures[place]
        near = unit(held.edges + dice.normal(0, 0.05, held.edges.shape).astype(np.float32))
        searched = Seen(held.views, near, held.network)
        every = compare(rows, searched, 1)
        monkeypatch.setattr(ranking, "FIRST", 40)
        assert compare(rows, searched, 1) == every
        assert every[0].picture == place
        monkeypatch.undo()


def test_a_choice_that_is_small_is_compared_without_a_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, pictures = _many(300, seen_by_network=300)
    monkeypatch.setattr(ranking, "FIRST", 20)
    allowed = np.zeros(300, np.bool_)
    allowed[[7, 9]] = True
    assert {match.picture for match in compare(rows, pictures[100], 5, allowed)} == {7, 9}


@pytest.mark.parametrize("count", [0, 1, 15, 16, 1000, 4099])
def test_products_are_made_in_pieces(count: int) -> None:
    dice = np.random.default_rng(1)
    searched, held = (dice.normal(size=(many, 128)).astype(np.float32) for many in (9, count))
    assert np.allclose(products(searched, held), searched @ held.T, atol=1e-4)
