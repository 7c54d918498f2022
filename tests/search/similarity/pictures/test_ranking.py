"""A distorted mark finds its original first; the hit says which view was alike."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from ipregister.search.similarity.pictures import views
from ipregister.search.similarity.pictures.models import NONE, Models
from ipregister.search.similarity.pictures.ranking import Match, compare
from ipregister.search.similarity.pictures.rows import Rows, gathered, look
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
