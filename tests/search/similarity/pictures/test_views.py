"""The views of a picture: whole, inside a frame, parts."""

import numpy as np
from PIL import Image

from ipregister.search.similarity.pictures import views
from ipregister.search.similarity.pictures.normalise import Ink
from tests.search.similarity.pictures.drawn import beside, framed, image_of, mark, sheet


def _likeness(one: Ink, other: Ink) -> float:
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))


def _whole(name: str) -> Ink:
    return views.views(mark(name))[0].field


def test_the_inside_of_a_disc_is_the_mark() -> None:
    found = [view for view in views.views(np.asarray(framed("bolt"))) if view.kind == views.INSIDE]
    assert found
    assert max(_likeness(view.field, _whole("bolt")) for view in found) > 0.9


def test_two_marks_side_by_side_are_parts() -> None:
    found = [view for view in views.views(np.asarray(beside("bolt", "arrow"))) if view.kind == views.PART]
    for name in ("bolt", "arrow"):
        assert max(_likeness(view.field, _whole(name)) for view in found) > 0.9


def test_a_device_above_letters_is_a_part() -> None:
    image, draw = sheet()
    image.paste(image_of("bolt").resize((110, 110)), (25, 0))
    for place in range(5):
        draw.rectangle((22 + 24 * place, 125, 38 + 24 * place, 150), outline="black", width=4)
    found = views.views(np.asarray(image))
    assert max(_likeness(view.field, _whole("bolt")) for view in found) > 0.9


def test_an_empty_picture_has_no_views() -> None:
    assert views.views(np.asarray(Image.new("RGB", (64, 64), "white"))) == []


def test_a_searched_picture_is_mirrored_and_turned_too() -> None:
    kinds = [view.kind for view in views.searched(mark("arrow"))]
    assert kinds.count(views.TURNED) == 3
    assert kinds.count(views.MIRRORED) == 1


def test_a_long_view_costs_more() -> None:
    image, draw = sheet()
    draw.rectangle((10, 70, 150, 84), fill="black")
    long = views.views(np.asarray(image))[0]
    assert long.cost > views.views(mark("house"))[0].cost == 0


def test_the_place_of_a_view_is_told_as_shares() -> None:
    whole = views.views(mark("grid"))[0]
    assert np.allclose(whole.box, (20 / 160, 20 / 160, 135 / 160, 135 / 160), atol=0.01)
