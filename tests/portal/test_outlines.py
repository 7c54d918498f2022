"""The drawing of an area."""

import pytest

from ipregister.portal.rights.outlines import outline

SQUARE = '{"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 1], [0, 1], [0, 0]]]}'


def test_an_area_is_drawn_with_north_above() -> None:
    made = outline(SQUARE)
    assert made is not None
    assert made["path"] == "M0.0 100.0L200.0 100.0L200.0 0.0L0.0 0.0L0.0 100.0Z"
    assert made["box"].startswith("-6 -6 212.0 112.")


@pytest.mark.parametrize(
    "geometry",
    ["", "x", "[]", "{}", '{"type":"Point","coordinates":[1,2]}', '{"type":"Polygon","coordinates":[[]]}',
     '{"type":"Polygon","coordinates":[[[1]]]}', '{"type":"Polygon","coordinates":[[["a",1]]]}',
     '{"type":"Polygon","coordinates":[[[1,1000]]]}', '{"type":[],"coordinates":[]}', "[" * 200],
)  # fmt: skip
def test_what_is_no_area_is_not_drawn(geometry: str) -> None:
    assert outline(geometry) is None
