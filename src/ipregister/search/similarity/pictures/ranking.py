"""Compares the views of a searched picture with the rows of an index and says which two views are alike."""

from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from rapidfuzz import fuzz, process

from ipregister.search.similarity.pictures.rows import COARSE, Rows, Seen, Vectors, told_costs, unpacked

ALGORITHM = "pictures/1"
"""Named in every result; changes with any figure, weight or rule that changes a score."""
BY_NETWORK = 0.5
"""Weight of the network vector; the rest is the cheap vector's."""
BY_LETTERS, LIKE_LETTERS, FULL_WORD = 0.3, 0.5, 5
"""What equal letters add, the likeness from which on they do, and the length of a word that says all it can."""
FIRST, READ = 6_000, 300
"""Rows of the first look, and pictures with like letters, that are compared in full."""
BLOCK = 16_384
"""Rows that are looked at together, so that what is computed stays in the processor's cache."""
_NOTHING = -9.0

Allowed = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


class Match(Struct, frozen=True, gc=False):
    """A picture that is like the searched one, and why."""

    picture: int
    score: float
    """0 to 1; of this algorithm version alone."""
    features: dict[str, float]
    """`edges` and `network`: cosines of the two views (no `network` where one has none); `letters`: likeness
    of what was read in both; `cost`: what the kinds of views took away."""
    searched_view: int
    """Place in the views of the searched picture."""
    view: int
    """Row of the index."""


def compare(rows: Rows, seen: Seen, limit: int, allowed: Allowed | None = None) -> list[Match]:
    """The pictures most like the searched one, best first; equal scores in order of pictures."""
    if not seen.views or not len(rows.heads):
        return []
    costs = np.array([view.cost for view in seen.views], np.float32)
    read = _letters(rows, seen, allowed)
    pictures = _candidates(rows, seen, costs, allowed, read)
    spans = [np.arange(rows.starts[one], rows.starts[one + 1]) for one in pictures]
    if not spans:
        return []
    places = np.concatenate(spans)
    edges, network, total = _compared(rows, seen, costs, places)
    owners = rows.heads["picture"][places].astype(np.int64)
    added = np.array([BY_LETTERS * max(0.0, read.get(int(one), 0.0) - LIKE_LETTERS) for one in owners])
    best = total.max(axis=0) + added
    views = total.argmax(axis=0)
    order = np.lexsort((owners, -best))
    _, firsts = np.unique(owners[order], return_index=True)
    found = []
    for at in order[np.sort(firsts)][:limit]:
        view, picture = int(views[at]), int(owners[at])
        features = {"edges": float(edges[view, at])}
        if network is not None and network[view, at] != 0:
            features["network"] = float(network[view, at])
        if picture in read:
            features["letters"] = read[picture]
        features["cost"] = float(costs[view]) + float(told_costs(rows.heads[places[at]]))
        rounded = {name: round(value, 4) for name, value in features.items()}
        score = round(float(np.clip(best[at], 0.0, 1.0)), 4)
        found.append(Match(picture, score, rounded, view, int(places[at])))
    return found


def _letters(rows: Rows, seen: Seen, allowed: Allowed | None) -> dict[int, float]:
    """The pictures in which like letters were read, with the likeness (0 to 1)."""
    found: dict[int, float] = {}
    for text in seen.letters:
        least = 100 * LIKE_LETTERS
        for held, ratio, place in process.extract(
            text, rows.letters.texts, scorer=fuzz.ratio, processor=None, score_cutoff=least, limit=READ
        ):
            weight = min(1.0, min(len(text), len(held)) / FULL_WORD) ** 0.5
            picture = int(rows.letters.pictures[place])
            if allowed is None or allowed[picture]:
                found[picture] = max(found.get(picture, 0.0), ratio / 100 * weight)
    return found


def _candidates(
    rows: Rows, seen: Seen, costs: Vectors, allowed: Allowed | None, read: dict[int, float]
) -> Places:
    """The pictures of the rows whose beginnings are nearest, and those with like letters."""
    owners = rows.heads["picture"]
    taken = [_nearest(rows.coarse_edges, seen.edges, costs, rows, allowed)]
    if seen.network is not None:
        taken.append(_nearest(rows.coarse_network, seen.network, costs, rows, allowed))
    near = owners[np.concatenate(taken)].astype(np.int64)
    return np.unique(np.concatenate([near, np.array(list(read), np.int64)]))


def _nearest(held: Vectors, searched: Vectors, costs: Vectors, rows: Rows, allowed: Allowed | None) -> Places:
    """The nearest rows by the beginnings of their vectors."""
    used = searched.any(axis=1)
    beginnings, less = np.ascontiguousarray(searched[used, :COARSE]), costs[used, None]
    near = np.full(len(held), _NOTHING, np.float32)
    for start in range(0, len(held) if used.any() else 0, BLOCK):
        block = beginnings @ held[start : start + BLOCK].T
        block -= less
        block.max(axis=0, out=near[start : start + BLOCK])
    near -= told_costs(rows.heads)
    if allowed is not None:
        near[~allowed[rows.heads["picture"]]] = _NOTHING
    if len(near) <= FIRST:
        return np.flatnonzero(near > _NOTHING)
    found = np.argpartition(-near, FIRST)[:FIRST]
    near_ones: Places = found[near[found] > _NOTHING]
    return near_ones


def _compared(
    rows: Rows, seen: Seen, costs: Vectors, places: Places
) -> tuple[Vectors, Vectors | None, Vectors]:
    """Cosines of edges and of network, and their sum less the costs: views of the searched picture x rows."""
    edges: Vectors = seen.edges @ unpacked(rows.edges[places]).T
    network: Vectors | None = None
    total: npt.NDArray[Any] = edges
    if seen.network is not None:
        held = rows.network[places]
        network = seen.network @ unpacked(held).T
        both = np.outer(seen.network.any(axis=1), held.any(axis=1))
        total = np.where(both, BY_NETWORK * network + (1 - BY_NETWORK) * edges, edges)
    total = total - costs[:, None] - told_costs(rows.heads[places])
    return edges, network, np.asarray(total, np.float32)
