"""Searching the index: query tree in; keys, counts, facets and the change number out."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import tantivy
from msgspec import Struct

from ipregister.model.errors import Busy
from ipregister.search import schema
from ipregister.search.analyzer import Analyzer
from ipregister.search.expecting import Expectation
from ipregister.search.facets import Facets, Within
from ipregister.search.faults import QueryError
from ipregister.search.fields import SUGGESTED
from ipregister.search.folder import IndexFolder, is_of_layout, read_checkpoint
from ipregister.search.joining import EngineQuery
from ipregister.search.kept import Tallies, name_of
from ipregister.search.paging import Pager, cursor_of
from ipregister.search.phases import Planner, walks
from ipregister.search.tree import Closed, Everything, Query
from ipregister.search.whole import Counts, read_whole

LARGEST_PAGE, MOST_COUNTS, MOST_SAID, MOST_PLANNERS = 1000, 1000, 6, 8
WALKED = "number"
"""The order in which all hits are walked through: that of the keys."""
Filters = Mapping[str, Sequence[str]]


class Hit(Struct, frozen=True):
    """One record found. `score` is higher in a better phase of the order; equal within it."""

    key: str
    score: float


class Result(Struct, frozen=True):
    """What a search gave.

    `total` counts records. `rights` counts an international registration and its national copies once; None
    where that would take too long. `change` is the change number up to which the index is complete. `next`
    is the cursor of the following page, None at the end."""

    total: int
    rights: int | None
    hits: list[Hit]
    facets: dict[str, Counts]
    change: int
    next: str | None


class SearchIndex(Protocol):
    """What pages, the API and the command line need of an index."""

    def search(
        self,
        query: Query,
        *,
        filters: Filters | None = None,
        sort: str = "relevance",
        limit: int = 20,
        cursor: str | None = None,
        facets: Sequence[str] = (),
    ) -> Result:
        """The hits of a query. Each filter is a facet with values of which one must fit."""

    def walk(
        self,
        query: Query,
        *,
        filters: Filters | None = None,
        sort: str = WALKED,
        after: str | None = None,
        limit: int = 1000,
    ) -> tuple[list[str], str | None]:
        """Keys of hits in an order (that of the keys), uncounted, and the cursor behind them."""

    def suggest(self, prefix: str, limit: int = 10) -> list[str]:
        """Names of marks that begin like this, the most frequent first."""

    def classes_of(self, words: str) -> dict[int, int]:
        """How many records say the words in their goods of a class, by class."""

    def checkpoint(self) -> int:
        """The change number up to which the index is complete."""


class _State(Struct, frozen=True):
    """One state of the index as this process reads it."""

    stamp: tuple[int, ...]
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    change: int
    planner: Planner
    facets: Facets
    expectation: Expectation
    counts: dict[tuple[object, ...], Result]
    """Counts over all records of an office and the like, asked for without a query and without hits."""
    tallies: Tallies
    """Counts of the queries that were asked last."""
    planners: dict[tuple[Closed, ...], Planner]
    """For what is closed where the last queries came from."""

    def planner_of(self, query: Query) -> Planner:
        """What makes the phases of a query."""
        if not query.closed:
            return self.planner
        found = self.planners.get(query.closed)
        if found is None:
            if len(self.planners) >= MOST_PLANNERS:
                self.planners.clear()
            found = self.planners[query.closed] = self.planner.closed(query.closed)
        return found


class TantivyIndex:
    """Reads an index folder; follows it when a new checkpoint or generation is there. Never writes."""

    def __init__(self, path: Path) -> None:
        self._folder = IndexFolder(path)
        self._analyzer = Analyzer()
        self._lock = threading.Lock()
        self._state: _State | None = None
        self._generation: Path | None = None
        self._index: tantivy.Index | None = None

    def search(
        self,
        query: Query,
        *,
        filters: Filters | None = None,
        sort: str = "relevance",
        limit: int = 20,
        cursor: str | None = None,
        facets: Sequence[str] = (),
    ) -> Result:
        """The hits of a query. Raises `QueryError`, and `Busy` while the index of an older version is rebuilt."""
        state = self._now()
        if state is None:
            return Result(0, 0, [], {name: [] for name in facets}, 0, None)
        try:
            if limit <= 0 and isinstance(query.root, Everything):
                return _counted(state, query, filters or {}, facets)
            return _run(state, query, filters or {}, sort, min(limit, LARGEST_PAGE), cursor, facets)
        except ValueError as error:  # the engine gives up on patterns that fit too many words
            raise QueryError("too-broad") from error

    def walk(
        self,
        query: Query,
        *,
        filters: Filters | None = None,
        sort: str = WALKED,
        after: str | None = None,
        limit: int = 1000,
    ) -> tuple[list[str], str | None]:
        """Keys of hits in an order, uncounted, and the cursor behind them; None at the end.

        A key never changes, so that a walk in the order of the keys meets each hit once though the index changes
        meanwhile."""
        state = self._now()
        if state is None:
            return [], None
        try:
            planner = state.planner_of(query)
            base = planner.base(query.root)
            chosen = list(_chosen(state, planner, filters or {}).values())
            phases = planner.phases(query.root, base, chosen, sort)
            cursor = cursor_of(after, sort, phases) if after else None
            rows, following = Pager(state.searcher, state.schema).page(phases, sort, limit, cursor)
        except ValueError as error:
            raise QueryError("too-broad") from error
        return [key for _, key in rows], following

    def suggest(self, prefix: str, limit: int = 10) -> list[str]:
        """Names of marks that begin like this, the most frequent first."""
        state = self._now()
        tokens = self._analyzer.tokens(prefix)
        if state is None or not tokens:
            return []
        found: dict[str, tuple[int, str]] = {}
        alive = EngineQuery.all_query()
        for start in dict.fromkeys((" ".join(tokens), "".join(tokens))):
            for name, count in state.searcher.terms_with_prefix(
                f"{SUGGESTED}_whole", start, alive, limit=limit * 2
            ):
                squashed = name.replace(" ", "")
                shown = squashed if self._analyzer.is_unspaced(name) else name
                best = max(shown, found.get(squashed, (0, ""))[1], key=len)
                found[squashed] = (count, best)
        ranked = sorted(found.values(), key=lambda item: (-item[0], item[1]))
        return [name for _, name in ranked[:limit]]

    def classes_of(self, words: str) -> dict[int, int]:
        """How many records say the words in their goods of a class, by class; classes of none are left out."""
        state = self._now()
        return {} if state is None else state.facets.classes_of(self._analyzer.tokens(words)[:MOST_SAID])

    def checkpoint(self) -> int:
        """The change number up to which the index is complete; 0 where there is no index."""
        folder = self._folder.current()
        return 0 if folder is None else read_checkpoint(folder).change

    def _now(self) -> _State | None:
        stamp = self._folder.stamp()
        state = self._state
        if state is not None and state.stamp == stamp:
            return state
        with self._lock:
            return self._load(stamp)

    def _load(self, stamp: tuple[int, ...]) -> _State | None:
        folder = self._folder.current()
        if folder is None:
            return None
        if not is_of_layout(folder):
            raise Busy("the search index is being rebuilt", remedy="wait some minutes")
        if folder != self._generation or self._index is None:
            self._index = tantivy.Index(schema.build(), path=str(folder))
            schema.register(self._index)
            self._index.config_reader("manual")
            self._generation = folder
        checkpoint = read_checkpoint(folder)
        self._index.reload()
        searcher, engine_schema = self._index.searcher(), self._index.schema
        planner = Planner(engine_schema, searcher, self._analyzer)
        facets = Facets(searcher, engine_schema, read_whole(folder, checkpoint.commit))
        expectation = Expectation(searcher, self._analyzer)
        self._state = _State(
            stamp, engine_schema, searcher, checkpoint.change, planner, facets, expectation, {}, Tallies(), {}
        )
        return self._state


def _chosen(state: _State, planner: Planner, filters: Filters) -> dict[str, EngineQuery]:
    """The engine's queries of filters, by field, among the records that show it."""
    chosen = state.facets.filters(filters)
    return (
        {name: planner.closing.opened(one, name) for name, one in chosen.items()}
        if planner.closing
        else chosen
    )


def _counted(state: _State, query: Query, filters: Filters, facets: Sequence[str]) -> Result:
    """Counts without a query are counted once for a state of the index: no reader's words are in them."""
    asked = (query.closed, *facets, *((name, *values) for name, values in filters.items()))
    if asked not in state.counts:
        if len(state.counts) >= MOST_COUNTS:
            state.counts.clear()
        state.counts[asked] = _run(state, query, filters, "relevance", 0, None, facets)
    return state.counts[asked]


def _run(
    state: _State,
    query: Query,
    filters: Filters,
    sort: str,
    limit: int,
    cursor: str | None,
    facets: Sequence[str],
) -> Result:
    planner = state.planner_of(query)
    base = planner.base(query.root)
    chosen = _chosen(state, planner, filters)
    phases = planner.phases(query.root, base, list(chosen.values()), sort)
    after = cursor_of(cursor, sort, phases) if cursor else None
    pager = Pager(state.searcher, state.schema)
    rows, following = pager.page(phases, sort, limit, after) if limit > 0 else ([], None)
    name = name_of(query, filters, facets)
    tally = state.tallies.get(name)
    if tally is None:
        within = Within(
            total=pager.total,
            expected=state.expectation.of(query.root) if pager.total is None else None,
            everything=isinstance(query.root, Everything) and not chosen,
            walks=walks(query.root),
        )
        tally = state.facets.count(facets, base, chosen, within, planner.closing)
        state.tallies.keep(name, tally)
    return Result(
        total=tally.total,
        rights=tally.rights,
        hits=[Hit(key, float(len(phases) - number)) for number, key in rows],
        facets=tally.counts,
        change=state.change,
        next=following,
    )
