"""Opens a picture of others, a scan by Pillow or a drawing (SVG) by resvg. Only for the child process of `decoding`:
what is here trusts the limits of that process.

A drawing is read without network, entities, files or drawings in drawings. This module imports no numpy, so that
the child is small.
"""

import io
import re
from functools import lru_cache

import resvg_py
from lxml import etree
from PIL import Image, ImageOps, ImageStat

PIXELS = 60_000_000
LEAST_SIDE = 16
"""Shorter pictures show nothing that could be compared."""
MOST_ELEMENTS, DEEPEST, MOST_DRAWN = 20_000, 64, 2048
WHOLE = (0.0, 0.0, 1.0, 1.0)
"""The crop that leaves a picture whole: left, top, right, bottom as shares of its sides."""
QUALITY = 80
"""Of a small copy, as WebP."""
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
_DATA = ("data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_FAMILIES = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "FreeSans", "Arial", "Segoe UI", "Helvetica")
"""Fonts for the letters of drawings whose own is not there, the first one that is."""
_TRIAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="8" font-family="{}">H</text></svg>'
)
_LIGHT = 215
_DARK_GROUND = (70, 70, 70)
Crop = tuple[float, float, float, float]


class Large(Exception):
    """More pixels than are decoded."""


class Small(Exception):
    """Fewer pixels than can be compared."""


class Unlettered(Exception):
    """A drawing with letters where no font is there to draw them."""


def opened(picture: bytes, side: int, crop: Crop = WHOLE) -> Image.Image:
    """The part of a picture in `crop` as RGB on an even ground. Raises `Large`, `Small`, and what decoders raise."""
    image = _part(picture, side, crop)
    if max(image.size) < LEAST_SIDE or min(image.size) < 1:
        raise Small
    image.thumbnail((side, side), Image.Resampling.BOX, reducing_gap=2.0)
    return _grounded(image)


def small_copy(picture: bytes, side: int, crop: Crop = WHOLE) -> bytes:
    """The part of a picture in `crop` as WebP, its longest side at most `side`; transparent parts stay so."""
    image = _part(picture, side, crop)
    image.thumbnail((side, side))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def _part(picture: bytes, side: int, crop: Crop) -> Image.Image:
    """The part of a picture in `crop`, as RGB or RGBA."""
    image = _drawn(picture, side, crop) if _is_drawing(picture) else _scanned(picture, side, crop)
    if crop == WHOLE:
        return image
    width, height = image.size
    left, top = min(width - 1, round(crop[0] * width)), min(height - 1, round(crop[1] * height))
    return image.crop(
        (left, top, max(left + 1, round(crop[2] * width)), max(top + 1, round(crop[3] * height)))
    )


def _is_drawing(picture: bytes) -> bool:
    start = picture[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"<svg" in picture[:65536]


def _scanned(picture: bytes, side: int, crop: Crop) -> Image.Image:
    with Image.open(io.BytesIO(picture), formats=_FORMATS) as image:
        if image.width * image.height > PIXELS:
            raise Large
        if crop == WHOLE:
            image.draft("RGB", (side, side))
        image.load()
        upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I") or upright.mode == "F":
        return _eight_bits(upright)
    if "A" in upright.getbands() or "transparency" in upright.info:
        return upright.convert("RGBA")
    return upright.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """A picture with more than 256 greys, from its darkest to its lightest."""
    grey = image.convert("F")
    values = [float(str(one)) for one in grey.getextrema()]
    scale = 255.0 / max(values[1] - values[0], 1.0)
    return grey.point(lambda value: value * scale - values[0] * scale).convert("L").convert("RGB")


def _drawn(picture: bytes, side: int, crop: Crop) -> Image.Image:
    root = etree.fromstring(picture, _parser())
    if root is None or etree.QName(root).localname != "svg":
        raise ValueError("no drawing")
    _harmless(root)
    text = etree.tostring(root, encoding="unicode")
    share = max(0.05, min(crop[2] - crop[0], crop[3] - crop[1]))
    longest, tall = min(MOST_DRAWN, int(side / share)), _is_tall(root)
    family = _family() if next(root.iter("{*}text"), None) is not None else None
    return _painted(text, family, width=None if tall else longest, height=longest if tall else None)


def _painted(text: str, family: str | None, *, width: int | None, height: int | None) -> Image.Image:
    """A drawing as RGBA; its letters in its own font or else in a family, no fonts are read without one."""
    png = resvg_py.svg_to_bytes(
        svg_string=text, skip_system_fonts=family is None, width=width, height=height, font_family=family,
        serif_family=family, sans_serif_family=family, cursive_family=family, fantasy_family=family,
        monospace_family=family,
    )  # fmt: skip
    with Image.open(io.BytesIO(bytes(png)), formats=("PNG",)) as image:
        return image.convert("RGBA")


@lru_cache(maxsize=1)
def _family() -> str:
    """A family of fonts of this machine that has letters. Raises `Unlettered`."""
    for name in _FAMILIES:
        if _painted(_TRIAL.format(name), name, width=32, height=None).getbbox():
            return name
    raise Unlettered


def _is_tall(root: etree._Element) -> bool:
    """Whether a drawing is higher than wide, by its view box, else by its sides."""
    numbers = _NUMBER.findall(str(root.get("viewBox", "")))
    if len(numbers) != 4:
        numbers = ["0", "0", *(_NUMBER.findall(str(root.get(side, "1")))[0] for side in ("width", "height"))]
    return float(numbers[3]) > float(numbers[2])


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                           remove_comments=True, remove_pis=True)  # fmt: skip


def _harmless(root: etree._Element) -> None:
    """Takes out every reference to a file or address, and refuses what is too large or too deep."""
    todo, count = [(root, 0)], 0
    while todo:
        node, depth = todo.pop()
        count += 1
        if count > MOST_ELEMENTS or depth > DEEPEST:
            raise Large
        for name in list(node.attrib):
            value = str(node.get(name, ""))
            if str(name).rpartition("}")[2] == "href" and not value.strip().startswith(("#", *_DATA)):
                del node.attrib[name]
        for child in list(node):
            if isinstance(child.tag, str):
                todo.append((child, depth + 1))
            else:
                node.remove(child)


def _grounded(image: Image.Image) -> Image.Image:
    """Transparent parts become white, or dark grey under a light mark."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    alpha = image.getchannel("A")
    lightness = ImageStat.Stat(image.convert("L"), alpha.point(lambda value: 255 if value > 128 else 0))
    light = bool(lightness.count[0]) and lightness.mean[0] > _LIGHT
    ground = Image.new("RGBA", image.size, _DARK_GROUND if light else "white")
    ground.alpha_composite(image)
    return ground.convert("RGB")
