"""Search by picture: from the bytes of one or more pictures to ranked hits with their reasons."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from ipregister.model.errors import Busy, UsageError
from ipregister.search.similarity.pictures.decoding import Decoder
from ipregister.search.similarity.pictures.letters import Reader
from ipregister.search.similarity.pictures.models import Models
from ipregister.search.similarity.pictures.normalise import Pixels, ink, reduced
from ipregister.search.similarity.pictures.opening import WHOLE, Crop
from ipregister.search.similarity.pictures.ranking import ALGORITHM, Match, compare
from ipregister.search.similarity.pictures.rows import Seen, look
from ipregister.search.similarity.pictures.storage import Storage, Version
from ipregister.search.similarity.pictures.views import KINDS, TURNED
from ipregister.search.similarity.pictures.wanted import Wanted, condition

SIDE = 512
"""Longest side, in pixels, at which pictures are decoded."""
MOST_IMAGES, MOST_HITS, MOST_KEPT = 8, 1_000, 32
"""Pictures searched at once, hits, and choices of pictures that a process keeps."""
PATIENCE_S, EACH_S, ALL_S = 0.5, 4.0, 6.0
"""Seconds that a search waits while the child draws for others, that one picture may take, and that all of a search may."""
SPARE = 4
"""So many times more pictures are ranked than asked for, since one record may show several."""
_REFUSED = {
    "large": ("the picture is too large", "give a picture of at most 10 MB and 60 million pixels"),
    "small": ("the picture is too small", "give a picture of at least 16 pixels"),
    "blank": ("there is nothing in the picture", "give a picture that is not of one colour or transparent"),
    "letters": (
        "there is no font here for the letters of the drawing",
        "turn them into outlines, or give PNG",
    ),
    "slow": ("the picture takes too long to draw", "give PNG or JPEG"),
    "unreadable": ("the file is no picture that can be read", "give PNG, JPEG, GIF, WebP, TIFF or SVG"),
}
Shares = tuple[float, float, float, float]


class Alike(Struct, frozen=True):
    """What of the two pictures is alike: the kind of view and its place as shares of the sides."""

    searched: str
    searched_box: Shares
    found: str
    found_box: Shares
    turns: int = 0
    """Quarter turns, against the clock, after which the searched picture was alike."""


class PictureHit(Struct, frozen=True):
    """A record with a picture like the searched one."""

    key: str
    office: str
    sha256: str
    score: float
    features: dict[str, float]
    image: int
    """Which of the searched pictures, from 0."""
    alike: Alike
    algorithm: str = ALGORITHM


class PictureIndex:
    """The picture index of a data folder with the models and the decoder of this process."""

    def __init__(self, folder: Path, *, models: Models | None = None, decoder: Decoder | None = None) -> None:
        self.storage = Storage(folder)
        self.models = models or Models(threads=2)
        self.decoder = decoder or Decoder()
        self.reader = Reader(threads=2)
        self._allowed: dict[Wanted, tuple[Version, npt.NDArray[np.bool_]]] = {}

    def close(self) -> None:
        """Ends the decoder and lets go of the files."""
        self.decoder.close()
        self.storage.close()

    def look(self, image: bytes, crop: Crop = WHOLE) -> Seen:
        """A searched picture's views and vectors. Raises `UsageError` for what cannot be compared."""
        return self.seen(self.pixels(image, crop))

    def seen(self, pixels: Pixels) -> Seen:
        """The views and vectors of a searched picture that is decoded already."""
        return look(pixels, self.models, self.reader, searched=True)

    def pixels(self, image: bytes, crop: Crop = WHOLE, seconds: float = EACH_S) -> Pixels:
        """A picture decoded in the child process. Raises `UsageError`, and `Busy` where the child draws for others."""
        decoded = self.decoder.decode(image, SIDE, crop, seconds=seconds, patience=PATIENCE_S)
        if decoded.problem == "busy":
            raise Busy("other pictures are being drawn", remedy="try again in some seconds")
        if decoded.problem:
            message, remedy = _REFUSED[decoded.problem]
            raise UsageError(message, remedy=remedy)
        return np.frombuffer(decoded.pixels, np.uint8).reshape(decoded.height, decoded.width, 3)

    def allowed(self, wanted: Wanted) -> npt.NDArray[np.bool_] | None:
        """The pictures of the wanted records; None where all are. Kept until the index changes."""
        if wanted == Wanted():
            return None
        version, count = self.storage.version(), len(self.storage.rows().starts) - 1
        held = self._allowed.get(wanted)
        if held is None or held[0] != version or len(held[1]) != count:
            where, values = condition(wanted)
            text = f"SELECT s.number FROM shown s WHERE {where}"  # noqa: S608 - made of our own words
            numbers = np.fromiter((one for (one,) in self.storage.reading().execute(text, values)), np.int64)
            mask = np.zeros(count, np.bool_)
            mask[numbers[numbers < count]] = True
            if len(self._allowed) >= MOST_KEPT:
                self._allowed.clear()
            held = self._allowed[wanted] = version, mask
        return held[1]


def similar_pictures(
    index: PictureIndex, images: Sequence[bytes], *, crop: Crop = WHOLE, wanted: Wanted | None = None,
    limit: int = 50,
) -> list[PictureHit]:  # fmt: skip
    """The records with the pictures most like any of the given ones, best first; each record once.

    `crop` (shares of the sides) is of the first picture. Raises `UsageError` for a picture that cannot be
    read, for none and for too many."""
    pictures = decoded(index, images, crop)
    return similar_views(index, [index.seen(one) for one in pictures], wanted=wanted, limit=limit)


def decoded(index: PictureIndex, images: Sequence[bytes], crop: Crop = WHOLE) -> list[Pixels]:
    """The given pictures, the first one cropped. Raises `UsageError` for what cannot be read, for none and for
    too many, for those that take too long together, and where nothing is in any of them; `Busy`."""
    if not 1 <= len(images) <= MOST_IMAGES:
        raise UsageError(f"{len(images)} pictures", remedy=f"give 1 to {MOST_IMAGES}")
    found, ends = [], monotonic() + ALL_S
    for place, image in enumerate(images):
        left = max(ends - monotonic(), 0.1)
        found.append(index.pixels(image, crop if place == 0 else WHOLE, min(left, EACH_S)))
    if not any(ink(reduced(one)).any() for one in found):
        message, remedy = _REFUSED["blank"]
        raise UsageError(message, remedy=remedy)
    return found


def similar_views(
    index: PictureIndex, seen: Sequence[Seen], *, wanted: Wanted | None = None, limit: int = 50
) -> list[PictureHit]:
    """The same for pictures that were looked at already."""
    if not index.storage.exists():
        return []
    limit = min(limit, MOST_HITS)
    wanted = wanted or Wanted()
    allowed = index.allowed(wanted)
    rows = index.storage.rows()
    best: dict[int, tuple[Match, int]] = {}
    for place, one in enumerate(seen):
        for match in compare(rows, one, limit * SPARE, allowed):
            if match.picture not in best or best[match.picture][0].score < match.score:
                best[match.picture] = (match, place)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0].score, pair[0].picture))
    return _hits(index, seen, ranked, wanted, limit)


def _hits(
    index: PictureIndex, seen: Sequence[Seen], ranked: list[tuple[Match, int]], wanted: Wanted, limit: int
) -> list[PictureHit]:
    """The first hits, each record once."""
    rows, hits = index.storage.rows(), list[PictureHit]()
    told: set[str] = set()
    for match, place in ranked:
        shown = _records(index.storage, match.picture, wanted, limit)
        new = [one for one in shown if one[0] not in told][: limit - len(hits)]
        if new:
            told.update(key for key, _, _ in new)
            alike = _alike(seen[place], match, rows.heads[match.view])
            hits += [PictureHit(*one, match.score, match.features, place, alike) for one in new]
        if len(hits) >= limit:
            break
    return hits


def _alike(seen: Seen, match: Match, head: np.void) -> Alike:
    """What of a searched picture and of one that was found is alike."""
    view = seen.views[match.searched_view]
    before = seen.views[: match.searched_view + 1] if view.kind == TURNED else []
    left, top, right, bottom = (int(edge) / 65535 for edge in head["box"])
    box = _rounded((left, top, right, bottom))
    turns = sum(one.kind == TURNED for one in before)
    return Alike(view.kind, _rounded(view.box), KINDS[int(head["kind"])], box, turns)


def _rounded(box: Shares) -> Shares:
    left, top, right, bottom = box
    return round(left, 4), round(top, 4), round(right, 4), round(bottom, 4)


def _records(storage: Storage, picture: int, wanted: Wanted, limit: int) -> list[tuple[str, str, str]]:
    """Key, office and SHA-256 of the first of the wanted records that show a picture, in order of keys: `limit` at most. One
    logo may stand in thousands of records."""
    where, values = condition(wanted, of_few=True)
    text = (
        "SELECT s.key, s.office, p.sha256 FROM shown s JOIN pictures p ON p.number = s.number "  # noqa: S608
        f"WHERE s.number = ? AND {where} ORDER BY s.key LIMIT ?"
    )
    return storage.reading().execute(text, (picture, *values, limit)).fetchall()
