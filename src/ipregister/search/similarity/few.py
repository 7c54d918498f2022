"""Names compared with those of a few records alone, such as the latest changes: scored as in a search of the whole shelf.

A watch that asked the whole shelf would miss a new name where hundreds of older ones are nearer; and a thousand watches
would read the whole shelf a thousand times for each change.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.features import compared
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.search import Found, Shelf, SimilarName, Wanted, closest, in_order, shown
from ipregister.search.similarity.shelf.segment import Made, Segment, segment_of

MOST, TOTAL = 20, 60
"""Of each script, and together: so many names are compared closely; what is written the same comes with them."""


class Few:
    """A shelf of the names of a few records, held in memory; words are weighed as in the shelf that they come from."""

    def __init__(self, shelf: Shelf, keys: Sequence[str]) -> None:
        self.encoder: Encoder | None = shelf.encoder
        self.ranking: Ranking = shelf.ranking
        held = shelf.segments()
        self.whole = [segment for segment, _alive in held]
        made: list[Made] = []
        vectors: list[NDArray[np.float32]] = []
        for segment, alive in held:
            for key in keys:
                for row in segment.of_record(key):
                    if alive is None or alive[row]:
                        made.append(segment.entry(row))
                        if segment.has("vectors"):
                            vectors.append(segment["vectors"][segment["text"][row]].astype(np.float32))
        whole = np.array(vectors) if vectors and len(vectors) == len(made) else None
        self._segment = segment_of(made, whole) if made else None

    def segments(self) -> Sequence[tuple[Segment, NDArray[np.bool_] | None]]:
        """The one segment of these names."""
        return [(self._segment, None)] if self._segment else []

    def near(
        self, name: str, least: float, *, classes: Sequence[int] = (), parties: bool | None = None
    ) -> list[SimilarName]:
        """The names of these records with at least a score, the best of each record."""
        if self._segment is None:
            return []
        found = closest(
            self, name, MOST, Wanted(tuple(classes), (), (), parties), total=TOTAL, weighed=self.whole
        )
        query = compared(forms(name))
        once: dict[str, Found] = {}
        for one in in_order((one for one in found if one.score >= least), query.forms):
            once.setdefault(one.entry.key, one)
        return [shown(query, one, classes, self.ranking.version) for one in once.values()]
