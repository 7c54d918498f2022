"""Search by picture: from the bytes of one or more pictures to ranked hits with their reasons."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.search.similarity.pictures.decoding import WHOLE, Crop, Decoder
from ipregister.search.similarity.pictures.letters import Reader
from ipregister.search.similarity.pictures.models import Models
from ipregister.search.similarity.pictures.normalise import Pixels
from ipregister.search.similarity.pictures.ranking import ALGORITHM, Match, compare
from ipregister.search.similarity.pictures.rows import Seen, look
from ipregister.search.similarity.pictures.storage import Storage
from ipregister.search.similarity.pictures.views import KINDS

SIDE = 512
"""Longest side, in pixels, at which pictures are decoded."""
MOST_IMAGES, MOST_HITS = 8, 1_000
SPARE = 4
"""So many times more pictures are ranked than asked for, since one record may show several."""
_REFUSED = {
    "large": ("the picture is too large", "give a picture of at most 10 MB and 60 million pixels"),
    "small": ("the picture is too small", "give a picture of at least 32 pixels"),
    "unreadable": ("the file is no picture that can be read", "give PNG, JPEG, GIF, WebP, TIFF or SVG"),
}
Shares = tuple[float, float, float, float]


class Alike(Struct, frozen=True):
    """What of the two pictures is alike: the kind of view and its place as shares of the sides."""

    searched: str
    searched_box: Shares
    found: str
    found_box: Shares


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


class Wanted(Struct, frozen=True):
    """What hits are limited to; empty is everything. Vienna codes stand for all codes that begin with them."""

    offices: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    vienna: tuple[str, ...] = ()


class PictureIndex:
    """The picture index of a data folder with the models and the decoder of this process."""

    def __init__(self, folder: Path, *, models: Models | None = None, decoder: Decoder | None = None) -> None:
        self.storage = Storage(folder)
        self.models = models or Models(threads=2)
        self.decoder = decoder or Decoder()
        self.reader = Reader(threads=2)

    def close(self) -> None:
        """Ends the decoder and lets go of the files."""
        self.decoder.close()
        self.storage.close()

    def look(self, image: bytes, crop: Crop = WHOLE) -> Seen:
        """A searched picture's views and vectors. Raises `UsageError` for what cannot be compared."""
        return look(self.pixels(image, crop), self.models, self.reader, searched=True)

    def pixels(self, image: bytes, crop: Crop = WHOLE) -> Pixels:
        """A picture decoded in the child process. Raises `UsageError`."""
        decoded = self.decoder.decode(image, SIDE, crop)
        if decoded.problem:
            message, remedy = _REFUSED[decoded.problem]
            raise UsageError(message, remedy=remedy)
        return np.frombuffer(decoded.pixels, np.uint8).reshape(decoded.height, decoded.width, 3)

    def allowed(self, wanted: Wanted) -> npt.NDArray[np.bool_] | None:
        """The pictures of the wanted records; None where all are."""
        if wanted == Wanted():
            return None
        database = self.storage.reading()
        mask = np.zeros(len(self.storage.rows().starts) - 1, np.bool_)
        for number in _numbers(database, wanted):
            if number < len(mask):
                mask[number] = True
        return mask


def similar_pictures(
    index: PictureIndex, images: Sequence[bytes], *, crop: Crop = WHOLE, wanted: Wanted | None = None,
    limit: int = 50,
) -> list[PictureHit]:  # fmt: skip
    """The records with the pictures most like any of the given ones, best first.

    `crop` (shares of the sides) is of the first picture. Raises `UsageError` for a picture that cannot be
    read, for none and for too many."""
    if not 1 <= len(images) <= MOST_IMAGES:
        raise UsageError(f"{len(images)} pictures", remedy=f"give 1 to {MOST_IMAGES}")
    if not index.storage.exists():
        return []
    seen = [index.look(image, crop if place == 0 else WHOLE) for place, image in enumerate(images)]
    return similar_views(index, seen, wanted=wanted, limit=limit)


def similar_views(
    index: PictureIndex, seen: Sequence[Seen], *, wanted: Wanted | None = None, limit: int = 50
) -> list[PictureHit]:
    """The same for pictures that were looked at already."""
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
    return list(_hits(index, seen, ranked, wanted))[:limit]


def _hits(
    index: PictureIndex, seen: Sequence[Seen], ranked: list[tuple[Match, int]], wanted: Wanted
) -> Iterator[PictureHit]:
    rows = index.storage.rows()
    told: set[str] = set()
    shown = _records(index.storage.reading(), [match.picture for match, _ in ranked], wanted)
    for match, place in ranked:
        view, head = seen[place].views[match.searched_view], rows.heads[match.view]
        left, top, right, bottom = (int(edge) / 65535 for edge in head["box"])
        box = _rounded((left, top, right, bottom))
        alike = Alike(view.kind, _rounded(view.box), KINDS[int(head["kind"])], box)
        for key, office, sha256 in shown[match.picture]:
            if key not in told:
                told.add(key)
                yield PictureHit(key, office, sha256, match.score, match.features, place, alike)


def _rounded(box: Shares) -> Shares:
    left, top, right, bottom = box
    return round(left, 4), round(top, 4), round(right, 4), round(bottom, 4)


def _records(
    database: sqlite3.Connection, pictures: list[int], wanted: Wanted
) -> dict[int, list[tuple[str, str, str]]]:
    """Key, office and SHA-256 of the wanted records that show each picture, in order of keys."""
    text = (
        "SELECT s.number, s.key, s.office, p.sha256 FROM shown s JOIN pictures p ON p.number = s.number "
        "WHERE s.number = ? ORDER BY s.key"
    )
    keys = None if wanted == Wanted() else _keys(database, wanted)
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for picture in pictures:
        for number, key, office, sha256 in database.execute(text, (picture,)):
            if (keys is None or key in keys) and (not wanted.offices or office in wanted.offices):
                found[number].append((key, office, sha256))
    return found


def _keys(database: sqlite3.Connection, wanted: Wanted) -> set[str] | None:
    """The records of the wanted classes and Vienna codes; None where neither is asked for."""
    keys: set[str] | None = None
    for kind, codes in (("class", wanted.classes), ("vienna", wanted.vienna)):
        if not codes:
            continue
        found: set[str] = set()
        for code in codes:
            last = f"{code}\x7f" if kind == "vienna" else code
            text = "SELECT key FROM codes WHERE kind = ? AND code >= ? AND code <= ?"
            found.update(key for (key,) in database.execute(text, (kind, code, last)))
        keys = found if keys is None else keys & found
    return keys


def _numbers(database: sqlite3.Connection, wanted: Wanted) -> Iterator[int]:
    """The pictures of the wanted records."""
    keys = _keys(database, wanted)
    rows: Iterator[tuple[int, str, str]] = database.execute("SELECT number, key, office FROM shown")
    for number, key, office in rows:
        if (not wanted.offices or office in wanted.offices) and (keys is None or key in keys):
            yield number
