"""The outline of an area as a small drawing, made of its GeoJSON; nothing where it cannot be drawn."""

from math import cos, isfinite, radians
from typing import Any

import msgspec

LONGEST, SIDE = 100_000, 200
"""Characters of a geometry that is drawn at most; length of the drawing's longer side."""
_MARGIN = 6
Point = tuple[float, float]


def outline(geometry: str) -> dict[str, Any] | None:
    """`path` and `box` of an SVG drawing (RFC 7946, Polygon and MultiPolygon); north is above."""
    rings = _rings(geometry) if len(geometry) <= LONGEST else []
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    west, south = min(x for x, _ in points), min(y for _, y in points)
    east, north = max(x for x, _ in points), max(y for _, y in points)
    narrow = max(cos(radians((south + north) / 2)), 0.01)
    scale = SIDE / max((east - west) * narrow, north - south, 1e-6)
    path = "".join(
        "M" + "L".join(f"{(x - west) * narrow * scale:.1f} {(north - y) * scale:.1f}" for x, y in ring) + "Z"
        for ring in rings
    )
    wide, high = (east - west) * narrow * scale, (north - south) * scale
    return {"path": path, "box": f"{-_MARGIN} {-_MARGIN} {wide + 2 * _MARGIN:.1f} {high + 2 * _MARGIN:.1f}"}


def _rings(geometry: str) -> list[list[Point]]:
    try:
        told: Any = msgspec.json.decode(geometry)
        kind, places = told["type"], told["coordinates"]
        polygons = {"Polygon": [places], "MultiPolygon": places}.get(kind, [])
        rings = [[_point(place) for place in ring] for polygon in polygons for ring in polygon]
    except (msgspec.DecodeError, RecursionError, KeyError, TypeError, ValueError, IndexError):
        return []
    return rings if all(rings) else []


def _point(place: Any) -> Point:
    x, y = float(place[0]), float(place[1])
    if not (isfinite(x) and isfinite(y) and abs(x) <= 360 and abs(y) <= 90):
        raise ValueError("no place on earth")
    return x, y
