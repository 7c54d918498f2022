"""Decodes pictures of others in a child process with limits of bytes, pixels, memory and time.

PNG, JPEG, GIF, WebP, TIFF and BMP by Pillow, SVG by resvg. A drawing is read without network, entities, files
or drawings in drawings. The parent gets plain RGB pixels, never a decoder's state. This module imports no
numpy, so that the child is small.
"""

import io
import re
import resource
import struct
import subprocess
import sys
import threading
from typing import BinaryIO

import resvg_py
from lxml import etree
from msgspec import Struct
from PIL import Image, ImageOps, ImageStat

MOST_BYTES = 10_000_000
PIXELS = 60_000_000
MEMORY, SECONDS = 1 << 30, 8
MOST_PICTURES = 500
"""A child is replaced after so many pictures."""
LEAST_SIDE = 16
"""Shorter pictures show nothing that could be compared."""
MOST_ELEMENTS, DEEPEST, MOST_DRAWN = 20_000, 64, 2048
WHOLE = (0.0, 0.0, 1.0, 1.0)
"""The crop that leaves a picture whole: left, top, right, bottom as shares of its sides."""
_HEAD = struct.Struct(">I4dQ")
_SIZE = struct.Struct(">4sII")
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
_DATA = ("data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_LIGHT = 215
_DARK_GROUND = (70, 70, 70)
Crop = tuple[float, float, float, float]


class Decoded(Struct, frozen=True, gc=False):
    """A picture as RGB bytes, row by row; `problem` is `large`, `small`, `unreadable` or empty."""

    width: int = 0
    height: int = 0
    pixels: bytes = b""
    problem: str = ""


class Decoder:
    """One child process, started when first needed and again when it died or took too long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._done = 0

    def decode(self, picture: bytes, side: int, crop: Crop = WHOLE) -> Decoded:
        """The part of a picture in `crop`, its longest side at most `side` pixels."""
        if len(picture) > MOST_BYTES:
            return Decoded(problem="large")
        with self._lock:
            child = self._alive()
            alarm = threading.Timer(SECONDS, child.kill)
            alarm.start()
            try:
                return _ask(child, picture, side, crop)
            except (OSError, struct.error):
                self._end()
                return Decoded(problem="unreadable")
            finally:
                alarm.cancel()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._child.poll() is not None or self._done >= MOST_PICTURES):
            self._end()
        if self._child is None:
            command = [sys.executable, "-m", "ipregister.search.similarity.pictures.decoding"]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                           stderr=subprocess.DEVNULL)  # fmt: skip
            self._done = 0
        self._done += 1
        return self._child

    def _end(self) -> None:
        if self._child is None:
            return
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        self._child = None


def _ask(child: subprocess.Popen[bytes], picture: bytes, side: int, crop: Crop) -> Decoded:
    if child.stdin is None or child.stdout is None:
        raise OSError("the child has no pipes")
    child.stdin.write(_HEAD.pack(side, *crop, len(picture)))
    child.stdin.write(picture)
    child.stdin.flush()
    said, width, height = _SIZE.unpack(child.stdout.read(_SIZE.size))
    if said != b"good":
        return Decoded(problem={b"larg": "large", b"smal": "small"}.get(said, "unreadable"))
    pixels = child.stdout.read(width * height * 3)
    if len(pixels) != width * height * 3:
        raise OSError("the child ended early")
    return Decoded(width, height, pixels)


class _Large(Exception):
    """More pixels than are decoded."""


class _Small(Exception):
    """Fewer pixels than can be compared."""


def opened(picture: bytes, side: int, crop: Crop = WHOLE) -> Image.Image:
    """The part of a picture in `crop` as RGB on an even ground. Only for the child: trusts its limits."""
    image = _drawn(picture, side, crop) if _is_drawing(picture) else _scanned(picture, side, crop)
    width, height = image.size
    box = (round(crop[0] * width), round(crop[1] * height), round(crop[2] * width), round(crop[3] * height))
    if crop != WHOLE:
        image = image.crop(box)
    if max(image.size) < LEAST_SIDE or min(image.size) < 1:
        raise _Small
    image.thumbnail((side, side), Image.Resampling.BOX, reducing_gap=2.0)
    return _grounded(image)


def _is_drawing(picture: bytes) -> bool:
    start = picture[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"<svg" in picture[:65536]


def _scanned(picture: bytes, side: int, crop: Crop) -> Image.Image:
    with Image.open(io.BytesIO(picture), formats=_FORMATS) as image:
        if image.width * image.height > PIXELS:
            raise _Large
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
    longest = min(MOST_DRAWN, int(side / share))
    tall, plain = _is_tall(root), "<text" not in text
    png = resvg_py.svg_to_bytes(
        svg_string=text, skip_system_fonts=plain, width=None if tall else longest,
        height=longest if tall else None,
    )  # fmt: skip
    with Image.open(io.BytesIO(bytes(png)), formats=("PNG",)) as image:
        return image.convert("RGBA")


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
            raise _Large
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


def _answer_all(pictures: BinaryIO, answers: BinaryIO) -> None:
    while head := pictures.read(_HEAD.size):
        side, left, top, right, bottom, size = _HEAD.unpack(head)
        picture = pictures.read(size)
        try:
            image = opened(picture, side, (left, top, right, bottom))
            answer = _SIZE.pack(b"good", *image.size) + image.tobytes()
        except _Large:
            answer = _SIZE.pack(b"larg", 0, 0)
        except _Small:
            answer = _SIZE.pack(b"smal", 0, 0)
        except Exception:
            answer = _SIZE.pack(b"evil", 0, 0)
        answers.write(answer)
        answers.flush()


def main() -> None:
    """The child: limits first, then picture after picture until the parent closes the pipe."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    Image.MAX_IMAGE_PIXELS = None
    _answer_all(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
