"""Compares the views of a searched picture with the rows of an index and says which two views are alike.

Two looks: the beginnings of all rows, bytes against numbers, for all searched views together; then the best
rows in full. The first look has the same weights and costs as the second, so that it loses next to nothing.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from rapidfuzz import fuzz, process

from ipregister.search.similarity.pictures.matrices import products
from ipregister.search.similarity.pictures.rows import (
    COARSE,
    EDGES,
    NETWORK,
    Rows,
    Seen,
    Vectors,
    scale,
    unpacked,
)

ALGORITHM = "pictures/2"
"""Named in every result; changes with any figure, weight or rule that changes a score."""
BY_NETWORK = 0.5
"""Weight of the network vector; the rest is the cheap vector's."""
BY_LETTERS, LIKE_LETTERS, FULL_WORD = 0.3, 0.5, 5
"""What equal letters add, the likeness from which on they do, and the length of a word that says all it can."""
FIRST, READ = 12_000, 300
"""Rows of the first look, and pictures with like letters, that are compared in full."""
BEGINNING = 1.4
"""How much more the beginning of a network vector counts in the first look: it is a quarter of the vector, that
of a cheap vector half of it."""
BLOCK, THREADS = 4_096, 2
"""Rows that are looked at together, so that what is computed stays in the processor's cache; threads that look."""
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
    places = np.union1d(_nearest(rows, seen, costs, allowed), _rows_of(rows, sorted(read)))
    if not places.size:
        return []
    edges, network, total = _compared(rows, seen, costs, places)
    owners = rows.facts.pictures[places]
    best = total.max(axis=0) + _added(owners, read)
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
        features["cost"] = float(costs[view]) + float(rows.facts.costs[places[at]])
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


def _added(owners: Places, read: dict[int, float]) -> Vectors:
    """What like letters add to rows of these pictures."""
    added = np.zeros(len(owners), np.float32)
    if read:
        numbers = np.array(sorted(read), np.int64)
        likeness = np.array([read[int(one)] for one in numbers], np.float32)
        at = np.minimum(np.searchsorted(numbers, owners), len(numbers) - 1)
        told = np.where(numbers[at] == owners, likeness[at], 0.0)
        added += BY_LETTERS * np.maximum(0.0, told - LIKE_LETTERS).astype(np.float32)
    return added


def _rows_of(rows: Rows, pictures: list[int]) -> Places:
    """All rows of pictures."""
    numbers = np.array(pictures, np.int64)
    first, counts = rows.starts[numbers], rows.starts[numbers + 1] - rows.starts[numbers]
    before = np.cumsum(counts) - counts
    return np.asarray(np.repeat(first - before, counts) + np.arange(counts.sum()), np.int64)


def _nearest(rows: Rows, seen: Seen, costs: Vectors, allowed: Allowed | None) -> Places:
    """The best rows by the beginnings of their vectors; all where they are few enough."""
    if allowed is not None:
        chosen = np.flatnonzero(allowed[rows.facts.pictures])
        if len(chosen) <= FIRST:
            return chosen
    elif len(rows.beginnings) <= FIRST:
        return np.arange(len(rows.beginnings))
    near = _first_look(rows, seen, costs)
    if allowed is not None:
        near[~allowed[rows.facts.pictures]] = _NOTHING
    found: Places = np.argpartition(-near, FIRST)[:FIRST]
    return found


def _first_look(rows: Rows, seen: Seen, costs: Vectors) -> Vectors:
    """How near each row is to the searched view that is nearest to it, by the beginnings alone, less the costs."""
    plain, with_network = _beginnings(seen)
    near = np.empty(len(rows.beginnings), np.float32)

    def look(start: int) -> None:
        end = min(start + BLOCK, len(near))
        held, by_network = rows.beginnings[start:end].astype(np.float32), rows.facts.by_network[start:end]
        block = products(with_network, held)
        if not by_network.all():
            block[:, ~by_network] = products(plain, held[~by_network])
        block -= costs[:, None]
        block.max(axis=0, out=near[start:end])

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(look, range(0, len(near), BLOCK)))
    near -= rows.facts.costs
    return near


def _beginnings(seen: Seen) -> tuple[Vectors, Vectors]:
    """What the beginnings of rows are multiplied with: of rows that the network has not seen, and of others."""
    edges, none = seen.edges[:, :COARSE] / scale(EDGES), np.zeros_like(seen.edges[:, :COARSE])
    plain = np.concatenate([edges, none], axis=1).astype(np.float32)
    if seen.network is None:
        return plain, plain
    used = np.asarray(seen.network.any(axis=1))[:, None]
    network = seen.network[:, :COARSE] / scale(NETWORK)
    both = np.concatenate([(1 - BY_NETWORK) * edges, BY_NETWORK * BEGINNING * network], axis=1)
    return plain, np.where(used, both, plain).astype(np.float32)


def _compared(
    rows: Rows, seen: Seen, costs: Vectors, places: Places
) -> tuple[Vectors, Vectors | None, Vectors]:
    """Cosines of edges and of network, and their sum less the costs: views of the searched picture x rows."""
    edges = products(seen.edges, unpacked(rows.edges[places]))
    network: Vectors | None = None
    total: npt.NDArray[Any] = edges
    if seen.network is not None:
        network = products(seen.network, unpacked(rows.network[places]))
        both = np.outer(seen.network.any(axis=1), rows.facts.by_network[places])
        total = np.where(both, BY_NETWORK * network + (1 - BY_NETWORK) * edges, edges)
    total = total - costs[:, None] - rows.facts.costs[places]
    return edges, network, np.asarray(total, np.float32)
