"""Similar pictures on this site: the index of this process, and hits with the public sides of their records."""

import base64
import io
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from PIL import Image

from ipregister.model.errors import NotFound
from ipregister.portal import images, publicly
from ipregister.portal.site import Site
from ipregister.search.similarity.pictures.normalise import Pixels
from ipregister.search.similarity.pictures.opening import WHOLE, Crop
from ipregister.search.similarity.pictures.rows import Seen
from ipregister.search.similarity.pictures.similar import (
    MOST_HITS,
    Alike,
    PictureHit,
    PictureIndex,
    similar_views,
)
from ipregister.search.similarity.pictures.views import MIRRORED, TURNED
from ipregister.search.similarity.pictures.wanted import Wanted

SPARE, MANY = 20, 10
"""Records asked for beyond the limit, since some may not be public any more, and how many times more where hits
are chosen by state, which the index does not know."""
CUTOUT, QUALITY = 96, 60
"""Longest side and quality of the cut-outs that stand in a page."""
Look = Callable[[Sequence[str]], list[publicly.Shown]]
HitOfRecord = tuple[PictureHit, publicly.Shown]
_indexes: dict[str, PictureIndex] = {}


class Searched(Struct, frozen=True):
    """What is searched with: pictures, which part of the first one, what hits are limited to."""

    images: tuple[bytes, ...] = ()
    crop: Crop = WHOLE
    wanted: Wanted = Wanted()
    states: tuple[str, ...] = ()
    limit: int = 20


def index_of(site: Site) -> PictureIndex:
    """The picture index of a site, as this process has it open; with a decoder of its own, so that a search does not
    wait for the small copies that pages ask for."""
    folder = str(site.data / "pictures")
    if folder not in _indexes:
        _indexes[folder] = PictureIndex(site.data / "pictures")
    return _indexes[folder]


def images_of(site: Site, key: str) -> tuple[bytes, ...]:
    """The pictures of a record that the public may see. Raises `NotFound` where there is none."""
    for side in publicly.many(site, [key]):
        if found := tuple(images.files(site, side)):
            return found
    raise NotFound(f"no public record {key} with a picture", remedy="give the key of a record with a picture")


def public_hits(
    site: Site, seen: Sequence[Seen], asked: Searched, look: Look | None = None
) -> list[HitOfRecord]:
    """The records with pictures like those looked at, best first, with their sides as `look` gives them (else as on
    pages)."""
    look = look or (lambda keys: publicly.many(site, list(keys)))
    index = index_of(site)
    most = min(MOST_HITS, (asked.limit + SPARE) * (MANY if asked.states else 1))
    found = similar_views(index, seen, wanted=asked.wanted, limit=most)
    hits: list[HitOfRecord] = []
    for start in range(0, len(found), 2 * SPARE):
        part = found[start : start + 2 * SPARE]
        sides = {side.key: side for side in look([hit.key for hit in part])}
        for hit in part:
            side = sides.get(hit.key)
            if (
                side is not None
                and _shows(side, hit)
                and (not asked.states or side.state.state in asked.states)
            ):
                hits.append((hit, side))
        if len(hits) >= asked.limit:
            break
    return hits[: asked.limit]


def _shows(side: publicly.Shown, hit: PictureHit) -> bool:
    """Whether the public may see the picture today, whatever the index still says."""
    return any(ref.sha256 == hit.sha256 for ref in images.pictures(side))


def cutout(pixels: Pixels, alike: Alike) -> str:
    """The part of a searched picture that was alike, as it was compared, in an address that holds it whole."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = alike.searched_box
    part = pixels[
        int(top * height) : max(int(top * height) + 1, round(bottom * height)),
        int(left * width) : max(int(left * width) + 1, round(right * width)),
    ]
    if alike.searched == MIRRORED:
        part = part[:, ::-1]
    if alike.searched == TURNED:
        part = np.rot90(part, alike.turns)
    return as_address(part, CUTOUT, QUALITY)


def as_address(pixels: Pixels, side: int, quality: int) -> str:
    """A picture, its longest side at most `side`, in an address that holds it whole."""
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.thumbnail((side, side))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=3)
    return f"data:image/webp;base64,{base64.b64encode(out.getvalue()).decode('ascii')}"
