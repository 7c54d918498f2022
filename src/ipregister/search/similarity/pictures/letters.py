"""Reads the letters in a picture: the parts that are as wide as words, each read as one line.

The reader is the recognition network of PP-OCRv4 (Latin and Chinese letters, digits), without a detector: the
views of a picture say where its words may stand. Without its weights nothing is read.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from PIL import Image

from ipregister.search.similarity.pictures import normalise, views
from ipregister.search.similarity.pictures.engine import Engine
from ipregister.search.similarity.pictures.models import WEIGHTS
from ipregister.search.similarity.pictures.normalise import Ink, Pixels
from ipregister.search.similarity.pictures.views import View

HEIGHT, WIDEST, EDGE = 48, 480, 4
"""Of a line in pixels; white edge around it."""
MOST_LINES, WIDE = 2, 1.2
"""Lines that are read of a picture; how much wider than high they are."""
SURE, SHORTEST = 0.8, 2
"""Mean confidence and number of letters from which on a reading counts."""


class Line(Struct, frozen=True, gc=False):
    """What was read in one view."""

    text: str
    sure: float
    view: int


class Reader:
    """The reader of one folder of weights."""

    def __init__(self, folder: Path = WEIGHTS, *, threads: int = 1) -> None:
        self._engine = Engine(folder / "letters.onnx", threads)
        self._signs: list[str] = []

    @property
    def is_there(self) -> bool:
        """Whether anything can be read."""
        return self._engine.is_there

    def read(self, pixels: Pixels, found: Sequence[View]) -> list[Line]:
        """The lines of a picture with these views, the surest and longest first; doubtful ones are left out."""
        if not self.is_there or not found:
            return []
        field = normalise.ink(pixels)
        lines = []
        for place in _wordlike(found, field.shape):
            text, sure = self._line(_part(field, found[place]))
            if sure >= SURE and len(folded(text)) >= SHORTEST:
                lines.append(Line(text.strip(), round(sure, 3), place))
        return sorted(lines, key=lambda line: (-line.sure * min(len(line.text), 12), line.view))

    def _line(self, part: Ink) -> tuple[str, float]:
        height, width = part.shape
        wide = int(np.clip(np.ceil(HEIGHT * width / height / 8) * 8, HEIGHT, WIDEST))
        size = (wide - 2 * EDGE, HEIGHT - 2 * EDGE)
        image = Image.fromarray((255 * part).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
        sheet = np.ones((HEIGHT, wide), np.float32)
        sheet[EDGE:-EDGE, EDGE:-EDGE] -= np.asarray(image, np.float32) / 127.5
        given = np.ascontiguousarray(np.broadcast_to(sheet, (1, 3, HEIGHT, wide)))
        if not self._signs:
            self._signs = self._engine.noted("character").splitlines()
        return self._told(self._engine.run(given)[0])

    def _told(self, chances: npt.NDArray[np.float32]) -> tuple[str, float]:
        """The text of a row of chances (steps x signs; the first sign is none) and its mean confidence."""
        best = chances.argmax(axis=1)
        told = np.flatnonzero((best != 0) & (best != np.concatenate([[0], best[:-1]])))
        if not told.size:
            return "", 0.0
        text = "".join(self._signs[best[at] - 1] if best[at] <= len(self._signs) else " " for at in told)
        return text, float(chances[told, best[told]].mean())


def folded(text: str) -> str:
    """Letters and digits alone, small: what two readings are compared by. Look-alike signs of both cases that
    a reader confuses are one."""
    return "".join(sign for sign in text.casefold() if sign.isalnum()).translate(_CONFUSED)


_CONFUSED = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b"})


def _wordlike(found: Sequence[View], shape: tuple[int, ...]) -> list[int]:
    """The views that are as wide as words: the whole first, then the largest parts."""
    places = []
    for place, view in enumerate(found):
        left, top, right, bottom = view.box
        wide = (right - left) * shape[1] / max(1e-6, (bottom - top) * shape[0])
        if wide >= WIDE and view.kind not in (views.MIRRORED, views.TURNED):
            places.append((view.kind != views.WHOLE, -view.share, place))
    return [place for _, _, place in sorted(places)[:MOST_LINES]]


def _part(field: Ink, view: View) -> Ink:
    height, width = field.shape
    left, top, right, bottom = view.box
    part = field[
        int(top * height) : max(1, round(bottom * height)), int(left * width) : max(1, round(right * width))
    ]
    if view.kind in (views.INSIDE, views.PART_INSIDE) and part.mean() > 0.5:
        return 1.0 - part
    return part
