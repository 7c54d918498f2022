"""Marks drawn by the tests, and what is done to them."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from ipregister.search.similarity.pictures.normalise import Pixels

SIDE = 160


def sheet(colour: str = "white") -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty picture and its pen."""
    image = Image.new("RGB", (SIDE, SIDE), colour)
    return image, ImageDraw.Draw(image)


def _bolt(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(90, 15), (45, 90), (75, 90), (60, 145), (118, 65), (85, 65), (105, 15)], fill="black")


def _house(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(80, 20), (140, 75), (20, 75)], fill="black")
    draw.rectangle((38, 78, 122, 140), fill="black")
    draw.rectangle((70, 100, 90, 140), fill="white")


def _rings(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((15, 45, 85, 115), outline="black", width=9)
    draw.ellipse((75, 45, 145, 115), outline="black", width=9)


def _stair(draw: ImageDraw.ImageDraw) -> None:
    for step in range(4):
        draw.rectangle((20 + 30 * step, 20 + 30 * step, 50 + 30 * step, 140), fill="black")


def _fish(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((15, 50, 110, 110), fill="black")
    draw.polygon([(100, 80), (145, 45), (145, 115)], fill="black")
    draw.ellipse((35, 68, 47, 80), fill="white")


def _arrow(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(15, 60), (90, 60), (90, 30), (145, 80), (90, 130), (90, 100), (15, 100)], fill="black")


def _crescent(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((20, 20, 140, 140), fill="black")
    draw.ellipse((60, 10, 160, 120), fill="white")


def _grid(draw: ImageDraw.ImageDraw) -> None:
    for row in range(3):
        for column in range(3):
            if (row, column) != (0, 2):
                draw.rectangle(
                    (20 + 42 * column, 20 + 42 * row, 50 + 42 * column, 50 + 42 * row), fill="black"
                )


MARKS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "bolt": _bolt, "house": _house, "rings": _rings, "stair": _stair,
    "fish": _fish, "arrow": _arrow, "crescent": _crescent, "grid": _grid,
}  # fmt: skip


def image_of(name: str) -> Image.Image:
    """A mark, black on white."""
    image, draw = sheet()
    MARKS[name](draw)
    return image


def mark(name: str) -> Pixels:
    """The pixels of a mark."""
    return np.asarray(image_of(name))


def framed(name: str, colour: str = "#902020") -> Image.Image:
    """A mark in white on a filled disc."""
    image, draw = sheet()
    draw.ellipse((4, 4, SIDE - 4, SIDE - 4), fill=colour)
    small = image_of(name).resize((92, 92))
    image.paste(Image.new("RGB", small.size, "white"), (34, 34), small.convert("L").point(lambda v: 255 - v))
    return image


def beside(left: str, right: str) -> Image.Image:
    """Two marks side by side."""
    image, _ = sheet()
    image.paste(image_of(left).resize((80, 80)), (0, 40))
    image.paste(image_of(right).resize((80, 80)), (80, 40))
    return image


def saved(image: Image.Image, form: str = "PNG") -> bytes:
    """The bytes of a picture's file."""
    held = io.BytesIO()
    image.save(held, form)
    return held.getvalue()
