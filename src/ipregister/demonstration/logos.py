"""Logos drawn by ourselves: two motifs in two colours, small, the same bytes for the same number."""

from functools import lru_cache
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

# The order is that of ``colours`` in features.toml; that of MOTIFS is that of the Vienna codes there.
COLOURS = (
    (200, 30, 40),
    (30, 130, 70),
    (255, 255, 255),
    (30, 70, 160),
    (205, 165, 40),
    (20, 20, 20),
    (235, 120, 30),
)
FADED = 244

Pen = ImageDraw.ImageDraw
Ink = tuple[int, int, int]


def colours(number: int) -> list[int]:
    """The two colours of a logo, as places in ``COLOURS``."""
    first = number % 7
    second = (number // 7 + first + 1) % 7
    return sorted({first, second if second != first else (first + 1) % 7})


def _ring(x: float, y: float, r: float, points: int, inner: float) -> list[tuple[float, float]]:
    reach = [(r if place % 2 == 0 else r * inner) for place in range(points * 2)]
    return [
        (x + reach[i] * sin(pi * i / points), y - reach[i] * cos(pi * i / points)) for i in range(points * 2)
    ]


def _circle(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    pen.ellipse((x - r, y - r, x + r, y + r), fill=ink)


def _triangle(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    pen.polygon([(x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8)], fill=ink)


def _square(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    pen.rounded_rectangle((x - r * 0.85, y - r * 0.85, x + r * 0.85, y + r * 0.85), r * 0.2, fill=ink)


def _two_circles(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    for shift in (-r * 0.45, r * 0.45):
        box = (x + shift - r * 0.55, y - r * 0.55, x + shift + r * 0.55, y + r * 0.55)
        pen.ellipse(box, outline=ink, width=max(3, int(r / 8)))


def _sun(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    pen.polygon(_ring(x, y, r, 12, 0.7), fill=ink)


def _star(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    pen.polygon(_ring(x, y, r, 5, 0.4), fill=ink)


def _flower(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    for turn in range(6):
        _circle(pen, x + r * 0.58 * cos(turn * pi / 3), y + r * 0.58 * sin(turn * pi / 3), r * 0.34, ink)


def _border(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    pen.rectangle((x - r, y - r, x + r, y + r), outline=ink, width=max(4, int(r / 6)))


def _leaf(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    pen.chord((x - r, y - r * 0.6, x + r, y + r * 1.4), 200, 340, fill=ink)
    pen.chord((x - r, y - r * 1.4, x + r, y + r * 0.6), 20, 160, fill=ink)


def _lines(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    for place in range(4):
        height = y - r * 0.8 + place * r * 0.5
        pen.line((x - r, height, x + r, height - r * 0.2), fill=ink, width=max(4, int(r / 7)))


def _letter(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    width = max(5, int(r / 4))
    pen.line([(x - r * 0.7, y + r), (x - r * 0.7, y - r), (x, y), (x + r * 0.7, y - r), (x + r * 0.7, y + r)],
             fill=ink, width=width)  # fmt: skip


def _animal(pen: Pen, x: float, y: float, r: float, ink: Ink) -> None:
    pen.ellipse((x - r, y - r * 0.35, x + r * 0.5, y + r * 0.55), fill=ink)
    _circle(pen, x + r * 0.6, y - r * 0.35, r * 0.36, ink)
    for shift in (-0.7, -0.3, 0.1):
        pen.rectangle((x + r * shift, y + r * 0.3, x + r * (shift + 0.16), y + r), fill=ink)


MOTIFS = (
    _circle,
    _triangle,
    _square,
    _two_circles,
    _sun,
    _star,
    _flower,
    _border,
    _leaf,
    _lines,
    _letter,
    _animal,
)


def _drawing(number: int, faded: bool = False) -> Image.Image:
    size = 160 + number * 16 % 112
    first, second = COLOURS[number % 7], COLOURS[next(c for c in colours(number)[::-1] if c != number % 7)]
    ground = (255, 255, 255) if first != (255, 255, 255) and second != (255, 255, 255) else (96, 96, 104)
    if faded:
        first = second = (FADED, FADED, FADED + 4)
    image = Image.new("RGB", (size, size - number % 3 * 24), ground)
    pen, (width, height) = ImageDraw.Draw(image), image.size
    reach = min(width, height) * 0.42
    MOTIFS[number % 12](pen, width / 2, height / 2, reach, first)
    shift = (number // 144 % 3 - 1) * reach * 0.3
    MOTIFS[number // 12 % 12](pen, width / 2 + shift, height / 2, reach * 0.45, second)
    return image


@lru_cache(1024)
def logo(number: int, form: str = "JPEG") -> bytes:
    """The bytes of a logo as JPEG, PNG or TIFF; ``FADED`` is a JPEG of nearly no contrast."""
    out = BytesIO()
    if form == "PNG":
        _drawing(number).quantize(8).save(out, "PNG", optimize=False)
    elif form == "FADED":
        _drawing(number, faded=True).save(out, "JPEG", quality=70)
    else:
        _drawing(number).save(
            out, form, **({"quality": 60} if form == "JPEG" else {"compression": "tiff_lzw"})
        )
    return out.getvalue()
