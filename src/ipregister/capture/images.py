"""Pictures beside records: what they are, without decoding them."""

import io
import warnings

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

PIXELS = 100_000_000
_BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    OverflowError,
)
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)


class Picture(Struct, frozen=True, gc=False):
    """Type, size in pixels, and `image-unreadable` or `image-too-large` where something is wrong."""

    mime: str
    width: int = 0
    height: int = 0
    problem: str = ""


def sniff(data: bytes) -> str:
    """The media type by the first bytes, never by the name."""
    for magic, mime in _MAGIC:
        if data.startswith(magic):
            return mime
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        return "video/mp4"
    start = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<svg", b"<?xml")) and b"<svg" in data[:4096]:
        return "image/svg+xml"
    return "application/octet-stream"


def identify(data: bytes) -> Picture:
    """What an attachment is. Only the header of a picture is read; no pixel is decoded."""
    mime = sniff(data)
    if not mime.startswith("image/"):
        return Picture(mime or "application/octet-stream", problem="" if data else "image-unreadable")
    if mime == "image/svg+xml":
        return Picture(mime)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                width, height = image.size
    except _BROKEN:
        return Picture(mime, problem="image-unreadable")
    return Picture(mime, width, height, problem="image-too-large" if width * height > PIXELS else "")
