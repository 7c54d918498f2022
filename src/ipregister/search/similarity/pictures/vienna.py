"""Vienna codes for a new mark, from the codes of the marks it looks like: a suggestion for the clerk."""

from collections import defaultdict

from msgspec import Struct

from ipregister.search.similarity.pictures.ranking import ALGORITHM
from ipregister.search.similarity.pictures.rows import Seen
from ipregister.search.similarity.pictures.similar import PictureIndex, similar_views
from ipregister.search.similarity.pictures.wanted import Wanted

NEIGHBOURS, FEWEST = 40, 0.05
"""Marks that are looked at; a code with a smaller share of the weight is not told."""
SHARPNESS = 6.0
"""How much more a nearer mark counts."""


class Suggested(Struct, frozen=True):
    """A Vienna code with its share of the weight (0 to 1) and the marks it comes from, nearest first."""

    code: str
    weight: float
    keys: tuple[str, ...]
    algorithm: str = ALGORITHM


def suggest_vienna(
    index: PictureIndex, image: bytes | Seen, limit: int = 12, *, wanted: Wanted | None = None
) -> list[Suggested]:
    """Codes of the pictures most like this one, the heaviest first; `wanted` limits the pictures that
    suggest. Raises `UsageError` as `similar_pictures`."""
    seen = index.look(image) if isinstance(image, bytes) else image
    if not index.storage.exists():
        return []
    weights: dict[str, float] = defaultdict(float)
    origins: dict[str, list[str]] = defaultdict(list)
    total = 0.0
    database = index.storage.reading()
    for hit in similar_views(index, [seen], wanted=wanted, limit=NEIGHBOURS):
        text = "SELECT code FROM codes WHERE key = ? AND kind = 'vienna' ORDER BY code"
        codes = [code for (code,) in database.execute(text, (hit.key,))]
        if not codes:
            continue
        weight = hit.score**SHARPNESS
        total += weight
        for code in codes:
            weights[code] += weight
            origins[code].append(hit.key)
    ranked = sorted(weights, key=lambda code: (-weights[code], code))
    shares = {code: weights[code] / total for code in ranked if total}
    return [
        Suggested(code, round(share, 3), tuple(origins[code][:3]))
        for code, share in shares.items() if share >= FEWEST
    ][:limit]  # fmt: skip
