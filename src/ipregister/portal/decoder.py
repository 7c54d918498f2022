"""Decodes pictures in a child process with limits of memory, pixels and time; the parent never decodes one."""

import io
import resource
import struct
import subprocess
import sys
import threading
from typing import BinaryIO

from PIL import Image, ImageOps

PIXELS = 60_000_000
MEMORY = 1 << 30
SECONDS = 10
MOST_PICTURES = 500
"""A child is replaced after so many pictures."""
_HEAD = struct.Struct(">IQ")
_SIZE = struct.Struct(">Q")


class Decoder:
    """One child process, started when first needed and again when it died or took too long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._done = 0

    def reduce(self, picture: bytes, side: int) -> bytes:
        """The whole picture as WebP, its longest side at most `side`; empty where it cannot be decoded."""
        with self._lock:
            child = self._alive()
            alarm = threading.Timer(SECONDS, child.kill)
            alarm.start()
            try:
                return _ask(child, picture, side)
            except (OSError, struct.error):
                self._end()
                return b""
            finally:
                alarm.cancel()

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._child.poll() is not None or self._done >= MOST_PICTURES):
            self._end()
        if self._child is None:
            command = [sys.executable, "-m", "ipregister.portal.decoder"]
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

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()


def _ask(child: subprocess.Popen[bytes], picture: bytes, side: int) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise OSError("the child has no pipes")
    child.stdin.write(_HEAD.pack(side, len(picture)))
    child.stdin.write(picture)
    child.stdin.flush()
    (size,) = _SIZE.unpack(child.stdout.read(_SIZE.size))
    return child.stdout.read(size)


def reduce(picture: bytes, side: int) -> bytes:
    """The whole picture as WebP, never cropped; transparent parts stay transparent."""
    with Image.open(io.BytesIO(picture)) as image:
        image.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(image)
        shown = upright.convert(
            "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
        )
    shown.thumbnail((side, side))
    out = io.BytesIO()
    shown.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def _answer_all(pictures: BinaryIO, copies: BinaryIO) -> None:
    while head := pictures.read(_HEAD.size):
        side, size = _HEAD.unpack(head)
        picture = pictures.read(size)
        try:
            copy = reduce(picture, side)
        except Exception:
            copy = b""
        copies.write(_SIZE.pack(len(copy)) + copy)
        copies.flush()


def main() -> None:
    """The child: limits first, then picture after picture until the parent closes the pipe."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    Image.MAX_IMAGE_PIXELS = PIXELS // 2
    _answer_all(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
