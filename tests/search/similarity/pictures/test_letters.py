"""Letters are read where the weights are there, and nothing is read without."""

from pathlib import Path

import numpy as np
from PIL import ImageFont

from ipregister.search.similarity.pictures import views
from ipregister.search.similarity.pictures.letters import Reader, folded
from tests.search.similarity.pictures.drawn import mark, sheet


def test_a_word_is_read() -> None:
    image, draw = sheet("#f4f0e8")
    draw.text((80, 80), "Kafana", fill="#802020", font=ImageFont.load_default(40), anchor="mm")
    pixels = np.asarray(image)
    lines = Reader().read(pixels, views.views(pixels))
    assert folded(lines[0].text) == folded("kafana")
    assert lines[0].sure > 0.8


def test_a_figure_holds_no_letters() -> None:
    assert Reader().read(mark("crescent"), views.views(mark("crescent"))) == []


def test_without_weights_nothing_is_read(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    assert not reader.is_there
    assert reader.read(mark("grid"), views.views(mark("grid"))) == []


def test_letters_that_a_reader_confuses_are_one() -> None:
    assert folded("AX10S!") == folded("axios")
