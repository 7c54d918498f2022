"""Scoring a ranking of names: how high the right names stand, by script and by kind.

Every (query, right name) pair counts once. The rank of a right name is 1 and the number of other names above it
that are written in its script and belong neither to the query's own entity nor to its other right names: a reader
sees the hits of each script apart, and the same mark in the query's own script is no error. What is not listed
counts as not found.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

Rows = Sequence[Sequence[str]]


class Score(Struct, frozen=True):
    """Of the pairs of a group: the share found at rank 1, to rank 10, to rank 50, and the mean of 1/rank."""

    group: str
    pairs: int
    first: float
    ten: float
    fifty: float
    mean_reciprocal: float


def score(queries: Rows, run: Mapping[str, Sequence[str]], docs: Rows) -> list[Score]:
    """The scores of all groups: ALL, each kind (third column of the queries), each direction of scripts."""
    entity = {doc[0]: doc[1] for doc in docs}
    script = {doc[0]: doc[3] for doc in docs}
    found: dict[str, list[int | None]] = defaultdict(list)
    for query in queries:
        wanted = query[5].split(",")
        listed = run.get(query[0], ())
        for target in wanted:
            others = {doc for doc in listed if doc not in wanted and entity.get(doc) != query[1]}
            rank = _rank(target, [doc for doc in dict.fromkeys(listed) if doc == target
                                  or (doc in others and script.get(doc) == script[target])])  # fmt: skip
            for group in ("ALL", f"kind={query[2]}", *_direction(query[3], script[target])):
                found[group].append(rank)
    return [_scored(group, ranks) for group, ranks in sorted(found.items())]


def _rank(target: str, listed: Sequence[str]) -> int | None:
    return listed.index(target) + 1 if target in listed else None


def _direction(asked: str, wanted: str) -> Iterable[str]:
    if asked == wanted:
        return ()
    if wanted == "Latn":
        return (f"{asked}>Latn",)
    return (f"Latn>{wanted}",) if asked == "Latn" else ("X>Y",)


def _scored(group: str, ranks: Sequence[int | None]) -> Score:
    there = [rank for rank in ranks if rank is not None]
    first, ten, fifty = (round(sum(rank <= most for rank in there) / len(ranks), 3) for most in (1, 10, 50))
    return Score(group, len(ranks), first, ten, fifty, round(sum(1 / rank for rank in there) / len(ranks), 3))
