"""What happens to a mark between the register and the person who searches it, drawn by chance."""

import io
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from ipregister.search.similarity.pictures.normalise import Pixels

Change = Callable[[Image.Image, random.Random], Image.Image]


def _tilted(image: Image.Image, chance: random.Random) -> Image.Image:
    angle = chance.choice((-1, 1)) * chance.uniform(5, 28)
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")


def _squeezed(image: Image.Image, chance: random.Random) -> Image.Image:
    share = chance.uniform(0.5, 0.85)
    width, height = image.size
    size = (int(width * share), height) if chance.random() < 0.5 else (width, int(height * share))
    return _on_sheet(image.resize(size, Image.Resampling.BICUBIC), image.size)


def _cropped(image: Image.Image, chance: random.Random) -> Image.Image:
    width, height = image.size
    across, down = chance.uniform(0.55, 0.95), chance.uniform(0.55, 0.95)
    x, y = int(chance.uniform(0, 1 - across) * width), int(chance.uniform(0, 1 - down) * height)
    return image.crop((x, y, x + int(across * width), y + int(down * height)))


def _half(image: Image.Image, chance: random.Random) -> Image.Image:
    width, height = image.size
    share = chance.uniform(0.5, 0.65)
    box = (0, 0, int(width * share), height) if chance.random() < 0.5 else (0, 0, width, int(height * share))
    half = image.crop(box)
    return half.resize((width, height)) if chance.random() < 0.7 else half


def _small(image: Image.Image, chance: random.Random) -> Image.Image:
    side = int(image.width * chance.uniform(0.25, 0.5))
    sheet = Image.new("RGB", image.size, "white")
    room = image.width - side
    sheet.paste(image.resize((side, side), Image.Resampling.BICUBIC),
                (chance.randrange(room), chance.randrange(room)))  # fmt: skip
    return _compressed(sheet, chance.randrange(10, 40))


def _outlined(image: Image.Image, chance: random.Random) -> Image.Image:
    found = image.convert("L").filter(ImageFilter.FIND_EDGES).point(lambda value: 255 if value > 45 else 0)
    found = found.crop((2, 2, image.width - 2, image.height - 2))
    thick = found.filter(ImageFilter.MaxFilter(3)) if chance.random() < 0.7 else found
    return ImageOps.invert(thick).convert("RGB")


def _copied(image: Image.Image, chance: random.Random) -> Image.Image:
    soft = image.convert("L").filter(ImageFilter.GaussianBlur(chance.uniform(0.5, 2.0)))
    grain = np.random.default_rng(chance.randrange(1 << 30)).normal(0, chance.uniform(8, 30), soft.size[::-1])
    values = (np.asarray(soft, np.float64) - 128) * chance.uniform(1.0, 1.6) + 128 + grain
    return _compressed(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).convert("RGB"),
                       chance.randrange(15, 50))  # fmt: skip


def _negative(image: Image.Image, chance: random.Random) -> Image.Image:
    return ImageOps.invert(image)


def _coloured(image: Image.Image, chance: random.Random) -> Image.Image:
    dark = "#" + "".join(f"{chance.randrange(150):02x}" for _ in range(3))
    light = "#" + "".join(f"{chance.randrange(190, 256):02x}" for _ in range(3))
    return ImageOps.colorize(image.convert("L"), dark, light)


def framed(image: Image.Image, chance: random.Random) -> Image.Image:
    """Light on a filled disc, square or tile."""
    side = image.width
    sheet = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(sheet)
    colour = tuple(chance.randrange(200) for _ in range(3))
    edge = chance.randrange(2, 14)
    box = (edge, edge, side - edge, side - edge)
    shape = chance.randrange(3)
    if shape == 0:
        draw.ellipse(box, fill=colour)
    elif shape == 1:
        draw.rectangle(box, fill=colour)
    else:
        draw.rounded_rectangle(box, chance.randrange(10, 40), fill=colour)
    inner = int(side * chance.uniform(0.45, 0.66))
    small = image.resize((inner, inner), Image.Resampling.BICUBIC)
    place = (side - inner) // 2
    if chance.random() < 0.5:
        light = Image.new("RGB", small.size, "white")
        sheet.paste(light, (place, place), ImageOps.invert(small.convert("L")))
    else:
        sheet.paste(small, (place, place), small.convert("L").point(lambda value: 255 if value < 200 else 0))
    return sheet


CHANGES: tuple[tuple[Change | None, float], ...] = (
    (None, 0.40), (_tilted, 0.10), (_squeezed, 0.08), (_cropped, 0.09), (_half, 0.07), (_small, 0.06),
    (_outlined, 0.08), (_copied, 0.06), (_negative, 0.02), (_coloured, 0.02),
)  # fmt: skip
"""Each change with its share; None leaves the drawing as it is."""


def changed(pixels: Pixels, chance: random.Random) -> Pixels:
    """The drawing after a change drawn by chance."""
    changes, shares = zip(*CHANGES, strict=True)
    change = chance.choices(changes, shares)[0]
    if change is None:
        return pixels
    return np.asarray(change(Image.fromarray(pixels), chance))


def _on_sheet(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new("RGB", size, "white")
    sheet.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
    return sheet


def _compressed(image: Image.Image, quality: int) -> Image.Image:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue())).convert("RGB")
