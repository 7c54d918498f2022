"""Small shelves of names for the tests."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.shelf.entry import Entry
from ipregister.search.similarity.shelf.segment import Segment, segment_of

NAMES = (
    ("la-1", "ກາເຟ ດາວເຮືອງ", (30,)), ("la-2", "Dao Heuang Coffee", (30, 43)), ("th-1", "โตโยต้า", (12,)),
    ("jp-1", "トヨタ", (12,)), ("us-1", "Toyota", (12, 37)), ("mm-1", "ဘန်ကောက်", (43,)), ("th-2", "กรุงเทพ", (43,)),
    ("us-2", "Bangkok", (43,)), ("kr-1", "삼성", (9,)), ("us-3", "Samsung", (9,)), ("cn-1", "麦当劳", (43,)),
    ("us-4", "McDonald's", (43,)), ("ru-1", "Кока-Кола", (32,)), ("us-5", "Coca-Cola", (32,)),
    ("us-6", "Pincho Nation", (43,)), ("us-7", "Pinto", (25,)), ("us-8", "Pacho", (25,)), ("kh-1", "ភ្នំពេញ", (39,)),
    ("us-9", "Phnom Penh Water", (32,)), ("sa-1", "القاهرة", (39,)), ("in-1", "சென்னை", (39,)),
    ("us-10", "Chennai Silks", (25,)), ("vn-1", "Đà Nẵng", (39,)), ("us-11", "Lion Trading Co., Ltd.", (35,)),
)  # fmt: skip


class MemoryShelf:
    """Names in memory, in one segment or several."""

    def __init__(
        self,
        entries: Iterable[Entry],
        encoder: Encoder | None = None,
        *,
        parts: int = 1,
        rule: Ranking | None = None,
    ) -> None:
        self.encoder, self.ranking = encoder, rule or Ranking()
        made = [(entry, forms(entry.name)) for entry in entries]
        self._segments = []
        for part in (made[number::parts] for number in range(parts)):
            vectors = encoder.vectors([one for _, one in part]) if encoder else None
            self._segments.append(segment_of(part, vectors))

    def segments(self) -> Sequence[tuple[Segment, NDArray[np.bool_] | None]]:
        """All segments, all alive."""
        return [(segment, None) for segment in self._segments]


def entries() -> list[Entry]:
    """The names above as entries."""
    return [Entry(key, name, "mark", key[:2].upper(), classes) for key, name, classes in NAMES]


def shelf(*, parts: int = 1, encoder: Encoder | None = None) -> MemoryShelf:
    """A shelf of the names above."""
    return MemoryShelf(entries(), encoder, parts=parts)


def random_weights(path: Path, letters: str = "abcกขคກຂ") -> Path:
    """A file of weights that were never trained."""
    dice = np.random.default_rng(4)
    size, out = 8, 6

    def some(*shape: int) -> NDArray[np.float16]:
        return dice.normal(size=shape).astype(np.float16)

    held = {
        "letters.weight": some(40 + len(letters), size),
        "out.weight": some(out, 2 * size),
        "out.bias": some(out),
    }
    for layer in range(2):
        held |= {f"norms.{layer}.weight": some(size), f"norms.{layer}.bias": some(size),
                 f"windows.{layer}.weight": some(size, 3 * size), f"windows.{layer}.bias": some(size)}  # fmt: skip
    np.savez(path, vocabulary=np.array(letters), **held)  # type: ignore[arg-type]  # numpy's stubs take one of the arrays for a flag
    return path
