"""Queries of the engine put together: all of some, one of some, one but others, words near each other."""

from collections.abc import Sequence
from itertools import combinations

import tantivy
from tantivy import Occur

EngineQuery = tantivy.Query
NOTHING = EngineQuery.empty_query()
"""Finds nothing; told from other queries by being this one."""


def both(queries: Sequence[EngineQuery]) -> EngineQuery:
    """All of the queries."""
    if len(queries) == 1:
        return queries[0]
    return EngineQuery.boolean_query([(Occur.Must, query) for query in queries])


def either(queries: Sequence[EngineQuery]) -> EngineQuery | None:
    """At least one of the queries; None for none."""
    if len(queries) < 2:
        return queries[0] if queries else None
    return EngineQuery.boolean_query([(Occur.Should, query) for query in queries])


def one_of(ways: Sequence[EngineQuery]) -> EngineQuery:
    """One of the ways; nothing where there is none."""
    found = either(ways)
    return NOTHING if found is None else found


def but(query: EngineQuery, *excluded: EngineQuery) -> EngineQuery:
    """A query without the hits of others."""
    return EngineQuery.boolean_query([(Occur.Must, query), *((Occur.MustNot, other) for other in excluded)])


def near(schema: tantivy.Schema, name: str, tokens: Sequence[str], distance: int) -> EngineQuery:
    """Each two of the words with at most so many others between them, in any order.

    The engine's slop is exact for two words in one order (of more it silently misses some), and lets a word stand
    for itself twice, so that pairs of equal words are asked for by their places."""
    if len(tokens) == 1:
        return EngineQuery.term_query(schema, name, tokens[0], index_option="basic")

    def phrase(words: list[str | tuple[int, str]], slop: int = 0) -> EngineQuery:
        return EngineQuery.phrase_query(schema, name, words, slop)

    parts = list[EngineQuery]()
    for one, other in dict.fromkeys(combinations(tokens, 2)):
        if one == other:
            ways = [phrase([(0, one), (place, one)]) for place in range(1, distance + 2)]
        else:
            ways = [phrase([one, other], distance), phrase([other, one], distance)]
        parts.append(EngineQuery.boolean_query([(Occur.Should, way) for way in ways]))
    return both(parts)
