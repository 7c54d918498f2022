"""Regions of a picture: what a frame encloses, and the parts that gaps divide."""

from typing import Any

import numpy as np

from ipregister.search.similarity.pictures import normalise
from ipregister.search.similarity.pictures.normalise import SOLID, Box, Ink, Mask, Pixels

STEPS = 250
"""Bound of the filling, in steps of two pixels."""
FULL, EVEN = 0.68, 0.7
"""A frame fills so much of its box, and so much of its rim has one colour."""
LEAST_CONTENT, MOST_CONTENT = 0.015, 0.93
LIKE = 40.0
"""Distance (0 to 255) up to which two colours are one."""
CUT, CLEAR, EMPTY = 0.012, 1.35, 0.2
"""Least width of a gap, as a share of the longer side; how much wider than the next one it is; ink that
leaves a line empty."""


def outside(mask: Mask) -> Mask:
    """The background that is connected with the border."""
    free = np.pad(~mask, 1, constant_values=True)
    seen = np.zeros_like(free)
    seen[0], seen[-1], seen[:, 0], seen[:, -1] = True, True, True, True
    count = 0
    for _ in range(STEPS):
        seen[1:] |= seen[:-1] & free[1:]
        seen[:-1] |= seen[1:] & free[:-1]
        seen[:, 1:] |= seen[:, :-1] & free[:, 1:]
        seen[:, :-1] |= seen[:, 1:] & free[:, :-1]
        reached = int(np.count_nonzero(seen))
        if reached == count:
            break
        count = reached
    return seen[1:-1, 1:-1]


def eroded(mask: Mask, depth: int) -> Mask:
    """The mask without its outermost `depth` pixels."""
    for _ in range(depth):
        wide = np.pad(mask, 1)
        mask = mask & wide[:-2, 1:-1] & wide[2:, 1:-1] & wide[1:-1, :-2] & wide[1:-1, 2:]
    return mask


def unframed(pixels: Pixels, field: Ink, box: Box) -> tuple[Ink, Box] | None:
    """The ink inside a filled or drawn frame (disc, square, tile, ring) and its box; nothing without one."""
    left, top, right, bottom = box
    if min(right - left, bottom - top) < 24:
        return None
    mask = field[top:bottom:2, left:right:2] > SOLID
    body = ~outside(mask)
    if body.mean() < FULL:
        return None
    depth = max(1, round(0.02 * min(mask.shape)))
    inner = eroded(body, depth)
    rim = inner & ~eroded(inner, 2)
    colours = pixels[top:bottom:2, left:right:2][rim].astype(np.float32)
    if len(colours) < 12:
        return None
    ground = np.median(colours, axis=0).astype(np.float32)
    if (np.abs(colours - ground).max(axis=1) < LIKE).mean() < EVEN:
        return None
    area = np.repeat(np.repeat(inner, 2, axis=0), 2, axis=1)[: bottom - top, : right - left]
    within = np.zeros_like(field)
    within[top:bottom, left:right] = normalise.against(pixels[top:bottom, left:right], ground, 6.0) * area
    covered = float((within > SOLID).sum()) / max(1, int(area.sum()))
    found = normalise.content(within > SOLID)
    if found is None or not LEAST_CONTENT < covered < MOST_CONTENT:
        return None
    return within, found


def parts(field: Ink, box: Box) -> list[Box]:
    """The parts that gaps divide, and the parts of these, in the order in which they were found."""
    found: list[Box] = []
    for piece in _cut(field, box):
        found.append(piece)
        found += _cut(field, piece)
    return found


def _cut(field: Ink, box: Box) -> list[Box]:
    """Both sides of the clearest gap, and the first and the last piece alone: a device before or behind a word
    is no farther from it than its letters are from each other."""
    left, top, right, bottom = box
    filled = field[top:bottom, left:right] > EMPTY
    longest = max(filled.shape)
    found: list[Box] = []
    for axis in (0, 1):
        gaps = _gaps(filled.any(axis=1 - axis), max(1.0, CUT * longest))
        if not gaps:
            continue
        widths = sorted((end - start for start, end in gaps), reverse=True)
        widest = max(gaps, key=lambda gap: gap[1] - gap[0])
        if len(widths) < 2 or widths[0] >= CLEAR * widths[1]:
            found += _sides(field, box, axis, widest)
        found += _sides(field, box, axis, gaps[0])[:1]
        found += _sides(field, box, axis, gaps[-1])[-1:]
    return found


def _sides(field: Ink, box: Box, axis: int, gap: tuple[int, int]) -> list[Box]:
    left, top, right, bottom = box
    if axis == 0:
        pieces = ((left, top, right, top + gap[0]), (left, top + gap[1], right, bottom))
    else:
        pieces = ((left, top, left + gap[0], bottom), (left + gap[1], top, right, bottom))
    return [tight for piece in pieces if (tight := _tight(field, piece)) is not None]


def _gaps(filled: Any, least: float) -> list[tuple[int, int]]:
    """Start and end of the empty runs between filled ones."""
    places = np.flatnonzero(filled)
    steps = np.diff(places)
    wide = np.flatnonzero(steps > least)
    return [(int(places[at]) + 1, int(places[at + 1])) for at in wide]


def _tight(field: Ink, box: Box) -> Box | None:
    left, top, right, bottom = box
    inner = normalise.content(field[top:bottom, left:right] > SOLID)
    if inner is None:
        return None
    return left + inner[0], top + inner[1], left + inner[2], top + inner[3]
