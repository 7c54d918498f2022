"""A mark, its negative and its copy in other colours have the same ink."""

import numpy as np
from PIL import Image, ImageOps

from ipregister.search.similarity.pictures import normalise
from tests.search.similarity.pictures.drawn import image_of, mark, sheet


def test_the_negative_has_the_same_ink() -> None:
    negative = np.asarray(ImageOps.invert(image_of("house")))
    assert np.abs(normalise.ink(mark("house")) - normalise.ink(negative)).max() < 0.02


def test_other_colours_have_the_same_ink() -> None:
    grey = image_of("fish").convert("L")
    coloured = np.asarray(ImageOps.colorize(grey, "#203060", "#f0e0c0"))
    assert np.abs(normalise.ink(mark("fish")) - normalise.ink(coloured)).mean() < 0.01


def test_an_empty_picture_has_no_ink() -> None:
    image, _ = sheet("#707070")
    assert not normalise.ink(np.asarray(image)).any()


def test_grain_is_no_ink() -> None:
    grain = np.random.default_rng(1).normal(0, 14, (160, 160, 1))
    noisy = np.clip(mark("bolt") + grain, 0, 255).astype(np.uint8)
    field = normalise.ink(noisy)
    box = normalise.content(field > normalise.SOLID)
    assert box is not None
    assert np.abs(np.array(box) - np.array([45, 15, 119, 146])).max() <= 5


def test_a_view_keeps_the_sides_in_proportion() -> None:
    field = np.zeros((160, 160), np.float32)
    field[40:60, 10:150] = 1
    view = normalise.squared(field, (10, 40, 150, 60))
    box = normalise.content(view > 0.5)
    assert box is not None
    assert (box[2] - box[0]) / (box[3] - box[1]) > 5


def test_a_large_picture_is_reduced() -> None:
    large = np.asarray(Image.new("RGB", (900, 300), "white"))
    assert normalise.reduced(large).shape == (64, normalise.WORKING, 3)
