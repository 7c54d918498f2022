"""A picture freed of background, colour, polarity and margin: how much ink stands where.

Ink is the distance of a pixel's colour from the colour of the background, 0 to 1. A mark, its negative and its
recoloured copy have nearly the same ink.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

Ink = npt.NDArray[np.float32]
"""Height x width, 0 (background) to 1 (ink)."""
Pixels = npt.NDArray[np.uint8]
"""Height x width x 3, RGB."""
Mask = npt.NDArray[np.bool_]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom; right and bottom are the first column and row outside."""

WORKING = 192
"""Longest side, in pixels, at which a picture is looked at."""
SIDE = 128
"""Side of a view in pixels."""
MARGIN = 6
FLOOR, FAINT, SOLID = 0.08, 16.0, 0.25
"""Share of the contrast that is no ink; contrast under which a picture is blank (of 255); ink that counts."""


def reduced(pixels: Pixels) -> Pixels:
    """The picture with its longest side at most `WORKING`."""
    height, width = pixels.shape[:2]
    longest = max(height, width)
    if longest <= WORKING:
        return pixels
    size = (max(1, round(width * WORKING / longest)), max(1, round(height * WORKING / longest)))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))


def _ring(pixels: Pixels) -> npt.NDArray[np.float32]:
    depth = 2 if min(pixels.shape[:2]) > 8 else 1
    parts = (pixels[:depth], pixels[-depth:], pixels[:, :depth], pixels[:, -depth:])
    return np.concatenate([part.reshape(-1, 3) for part in parts]).astype(np.float32)


def ink(pixels: Pixels) -> Ink:
    """The ink of a picture against the usual colour of its border."""
    ring = _ring(pixels)
    ground = np.median(ring, axis=0)
    noise = float(np.quantile(np.abs(ring - ground).max(axis=1), 0.75))
    return against(pixels, ground.astype(np.float32), min(noise, 40.0))


def against(pixels: Pixels, ground: npt.NDArray[np.float32], noise: float = 0.0) -> Ink:
    """The ink of a picture against a colour; noise (0 to 255) does not count."""
    distance = np.abs(pixels.astype(np.float32) - ground).max(axis=2)
    top = float(np.quantile(distance, 0.995)) if distance.size else 0.0
    if top < FAINT:
        top = float(distance.max(initial=0.0))
    if top < FAINT:
        return np.zeros(distance.shape, np.float32)
    low = min(max(FLOOR * top, 1.6 * noise), 0.5 * top)
    field: Ink = np.clip((distance - low) / (top - low), 0.0, 1.0).astype(np.float32)
    return field


def content(mask: Mask, least: int = 1) -> Box | None:
    """The box around what is set; rows and columns with `least` pixels or fewer are specks."""
    rows = np.flatnonzero(mask.sum(axis=1) > least)
    columns = np.flatnonzero(mask.sum(axis=0) > least)
    if not rows.size or not columns.size:
        return None if least == 0 else content(mask, 0)
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def squared(field: Ink, box: Box) -> Ink:
    """What is in a box, its longer side fitted to a view, in the middle of `SIDE` x `SIDE`."""
    left, top, right, bottom = box
    part = field[top:bottom, left:right]
    room = SIDE - 2 * MARGIN
    scale = room / max(part.shape)
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    image = Image.fromarray((part * 255).astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)
    view = np.zeros((SIDE, SIDE), np.float32)
    x, y = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
    view[y : y + size[1], x : x + size[0]] = np.asarray(image, np.float32) / 255
    return view
