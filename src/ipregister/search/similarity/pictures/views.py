"""The views of a picture: whole, inside its frame, its parts, and parts inside their frames.

Both sides of a comparison have them, so that a mark is found in another's frame, beside another mark or above
a word. Mirrored and turned views are made of the searched picture alone.
"""

import numpy as np
from msgspec import Struct

from ipregister.search.similarity.pictures import normalise, regions
from ipregister.search.similarity.pictures.normalise import Box, Ink, Pixels

WHOLE, INSIDE, PART, PART_INSIDE = "whole", "inside", "part", "part-inside"
MIRRORED, TURNED = "mirrored", "turned"
KINDS = (WHOLE, INSIDE, PART, PART_INSIDE, MIRRORED, TURNED)
"""Every kind of view; a view is stored as its place in this table."""
MOST_PARTS, DEEPEST = 5, 2
LEAST_WIDE, MOST_WIDE, TALL = 0.45, 2.2, 0.45
"""Width to height of a part that may be a device, and its height in the whole."""
SMALLEST = 10
"""Shorter parts, in pixels of the working picture, are specks."""
COST = {WHOLE: 0.0, INSIDE: 0.02, PART: 0.05, PART_INSIDE: 0.06, MIRRORED: 0.08, TURNED: 0.08}
"""What a kind of view costs: a part says less than the whole."""
LONG, LONGEST = 0.12, 2.0
"""What it costs that a view is long: for each doubling of its sides' ratio above 2, up to so many. Lines of
letters are alike in being lines."""
Shares = tuple[float, float, float, float]
"""Where a view was cut from: left, top, right, bottom as shares of the picture's sides."""


class View(Struct, frozen=True, gc=False):
    """One view of a picture."""

    kind: str
    box: Shares
    share: float
    """Its share of the ink."""
    cost: float
    """What is taken from every score of this view."""
    field: Ink
    """`SIDE` x `SIDE`."""


def views(pixels: Pixels) -> list[View]:
    """The views of a picture, the whole first; a blank picture has none."""
    small = normalise.reduced(pixels)
    field = normalise.ink(small)
    box = normalise.content(field > normalise.SOLID)
    if box is None:
        return []
    found = [_view(WHOLE, field, box, 1.0)]
    found += _inside(small, field, box, INSIDE)
    total = float(field.sum()) or 1.0
    for part in _parts(field, box):
        share = _amount(field, part) / total
        found.append(_view(PART, field, part, share))
        if len(found) < 8:
            found += _inside(small, field, part, PART_INSIDE, share)[-1:]
    return found


def searched(pixels: Pixels) -> list[View]:
    """The views of a searched picture: those of `views`, mirrored and turned."""
    found = views(pixels)
    if not found:
        return found
    first = found[0]
    extra = first.cost - COST[WHOLE]
    found.append(_other(first, MIRRORED, first.field[:, ::-1], extra))
    found += [_other(first, TURNED, np.rot90(first.field, turns), extra) for turns in (1, 2, 3)]
    return found


def _view(kind: str, field: Ink, box: Box, share: float) -> View:
    wide, high = box[2] - box[0], box[3] - box[1]
    doublings = min(max(abs(np.log2(wide / high)) - 1.0, 0.0), LONGEST)
    place = _place(field, box)
    return View(kind, place, share, COST[kind] + LONG * float(doublings), normalise.squared(field, box))


def _other(view: View, kind: str, field: Ink, extra: float) -> View:
    return View(kind, view.box, 1.0, COST[kind] + extra, np.ascontiguousarray(field))


def _place(field: Ink, box: Box) -> Shares:
    height, width = field.shape
    return box[0] / width, box[1] / height, box[2] / width, box[3] / height


def _amount(field: Ink, box: Box) -> float:
    left, top, right, bottom = box
    return float(field[top:bottom, left:right].sum())


def _inside(pixels: Pixels, field: Ink, box: Box, kind: str, share: float = 1.0) -> list[View]:
    """What a frame encloses, and what a frame in the frame encloses."""
    found: list[View] = []
    for _ in range(DEEPEST):
        step = regions.unframed(pixels, field, box)
        if step is None:
            break
        field, box = step
        found.append(_view(kind, field, box, share))
    return found


def _parts(field: Ink, box: Box) -> list[Box]:
    """The parts, those shaped like a device before those shaped like a line of letters, larger ones first."""
    height = box[3] - box[1]
    large = [
        one for one in dict.fromkeys(regions.parts(field, box))
        if min(one[2] - one[0], one[3] - one[1]) >= SMALLEST and one != box
    ]  # fmt: skip
    return sorted(large, key=lambda one: (not _like_device(one, height), -_amount(field, one)))[:MOST_PARTS]


def _like_device(box: Box, height: int) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return LEAST_WIDE <= wide / high <= MOST_WIDE and high >= TALL * height
