"""Decodes pictures of others in a child process with limits of bytes, pixels, memory and time.

PNG, JPEG, GIF, WebP, TIFF and BMP by Pillow, SVG by resvg (`opening`). The parent gets plain RGB pixels or a small
copy made anew, never a decoder's state. This module imports no numpy, so that the child is small.
"""

import resource
import struct
import subprocess
import sys
import threading
from typing import BinaryIO

from msgspec import Struct
from PIL import Image

from ipregister.search.similarity.pictures.opening import (
    WHOLE,
    Crop,
    Large,
    Small,
    Unlettered,
    opened,
    small_copy,
)

MOST_BYTES = 10_000_000
MEMORY, SECONDS = 1 << 30, 8.0
WAITING = -1.0
"""A caller that waits for the child however long others need it."""
MOST_PICTURES = 500
"""A child is replaced after so many pictures."""
PIXELS, COPY = b"pixels", b"a copy"
"""What is asked for: plain pixels, or a small copy as WebP."""
_HEAD = struct.Struct(">6sI4dQ")
_ANSWER = struct.Struct(">4sIIQ")
_GOOD = b"good"
_PROBLEMS = {b"larg": "large", b"smal": "small", b"font": "letters", b"slow": "slow", b"busy": "busy"}


class Decoded(Struct, frozen=True, gc=False):
    """A picture as RGB bytes, row by row; `problem` is `large`, `small`, `letters` (no font is here to draw those of a
    drawing), `slow`, `busy` (the child draws for others), `unreadable` or empty."""

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

    def decode(
        self, picture: bytes, side: int, crop: Crop = WHOLE, *, seconds: float = SECONDS, patience: float = WAITING
    ) -> Decoded:  # fmt: skip
        """The part of a picture in `crop`, its longest side at most `side` pixels. It may take so many `seconds`, after at
        most `patience` seconds in which the child draws for others."""
        if len(picture) > MOST_BYTES:
            return Decoded(problem="large")
        said, width, height, pixels = self._answer(PIXELS, picture, side, crop, seconds, patience)
        if said != _GOOD or len(pixels) != width * height * 3:
            return Decoded(problem=_PROBLEMS.get(said, "unreadable"))
        return Decoded(width, height, pixels)

    def reduce(self, picture: bytes, side: int, crop: Crop = WHOLE) -> bytes:
        """A small copy of the part of a picture in `crop`, as WebP; empty where it cannot be decoded."""
        said, _width, _height, copy = self._answer(COPY, picture, side, crop)
        return copy if said == _GOOD else b""

    def _answer(
        self, asked: bytes, picture: bytes, side: int, crop: Crop, seconds: float = SECONDS, patience: float = WAITING
    ) -> tuple[bytes, int, int, bytes]:  # fmt: skip
        if not self._lock.acquire(timeout=patience):
            return b"busy", 0, 0, b""
        rung = threading.Event()
        try:
            child = self._alive()
            alarm = threading.Timer(seconds, _ring, (rung, child))
            alarm.start()
            try:
                return _ask(child, _HEAD.pack(asked, side, *crop, len(picture)), picture)
            except (OSError, struct.error):
                self._end()
                return b"slow" if rung.is_set() else b"dead", 0, 0, b""
            finally:
                alarm.cancel()
        finally:
            self._lock.release()

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


def _ring(rung: threading.Event, child: subprocess.Popen[bytes]) -> None:
    """Time is up."""
    rung.set()
    child.kill()


def _ask(child: subprocess.Popen[bytes], head: bytes, picture: bytes) -> tuple[bytes, int, int, bytes]:
    if child.stdin is None or child.stdout is None:
        raise OSError("the child has no pipes")
    child.stdin.write(head)
    child.stdin.write(picture)
    child.stdin.flush()
    said, width, height, size = _ANSWER.unpack(child.stdout.read(_ANSWER.size))
    content = child.stdout.read(size)
    if len(content) != size:
        raise OSError("the child ended early")
    return said, width, height, content


def _answer_all(pictures: BinaryIO, answers: BinaryIO) -> None:
    while head := pictures.read(_HEAD.size):
        asked, side, left, top, right, bottom, size = _HEAD.unpack(head)
        picture, crop = pictures.read(size), (left, top, right, bottom)
        said, sides, content = _GOOD, (0, 0), b""
        try:
            if asked == COPY:
                content = small_copy(picture, side, crop)
            else:
                image = opened(picture, side, crop)
                sides, content = image.size, image.tobytes()
        except Large:
            said = b"larg"
        except Small:
            said = b"smal"
        except Unlettered:
            said = b"font"
        except Exception:
            said = b"evil"
        answers.write(_ANSWER.pack(said, *sides, len(content)) + content)
        answers.flush()


def main() -> None:
    """The child: limits first, then picture after picture until the parent closes the pipe."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    Image.MAX_IMAGE_PIXELS = None
    _answer_all(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
