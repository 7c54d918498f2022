"""Counting hits by facet, and counting rights once."""

import threading
from collections.abc import Mapping, Sequence

import tantivy

from ipregister.search.faults import QueryError
from ipregister.search.fields import BY_NAME, FACETS, Field
from ipregister.search.sources import vienna_levels
from ipregister.search.translate import EngineQuery, both, either
from ipregister.search.values import integer

Counts = list[tuple[str, int]]
MOST_VALUES = 1000
MOST_FAMILIES = 20_000


class Facets:
    """Counts over one state of the index; those over all records are counted once and kept."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema
        self._lock = threading.Lock()
        self._all: dict[str, Counts] = {}
        self._rights: int | None = None
        self._rights_known = False

    def filters(self, filters: Mapping[str, Sequence[str]]) -> dict[str, EngineQuery]:
        """The engine's queries of filters, by field. Raises `QueryError` for what cannot be a filter."""
        chosen: dict[str, EngineQuery] = {}
        for name, values in filters.items():
            field = BY_NAME.get(name)
            if field is None or field.kind not in {"code", "integer"}:
                raise QueryError("unknown-facet", field=name)
            queries = [self._term(field, value) for value in values if value]
            if (query := either(queries)) is not None:
                chosen[name] = query
        return chosen

    def _term(self, field: Field, text: str) -> EngineQuery:
        value: str | int | None = text.strip().lower()
        if field.kind == "integer":
            value = integer(text)
            if value is None:
                raise QueryError("not-a-number", value=text)
        elif field.name == "vienna":
            value = (vienna_levels(text) or [text])[-1]
        return EngineQuery.term_query(self._schema, field.name, value, index_option="basic")

    def count(
        self, names: Sequence[str], base: EngineQuery, chosen: Mapping[str, EngineQuery], *, everything: bool
    ) -> dict[str, Counts]:
        """Counts by value, largest first. A facet with a filter is counted without its own filter, so that its
        other values can still be chosen."""
        for name in names:
            if name not in FACETS:
                raise QueryError("unknown-facet", field=name)
        if everything:
            return self._of_all(names)
        plain = [name for name in names if name not in chosen]
        counts = self._aggregate(plain, both([base, *chosen.values()]))
        for name in names:
            if name in chosen:
                others = [query for other, query in chosen.items() if other != name]
                counts |= self._aggregate([name], both([base, *others]))
        return {name: counts[name] for name in names}

    def _of_all(self, names: Sequence[str]) -> dict[str, Counts]:
        with self._lock:
            missing = [name for name in names if name not in self._all]
            if missing:
                self._all |= self._aggregate(FACETS, EngineQuery.all_query())
            return {name: self._all[name] for name in names}

    def _aggregate(self, names: Sequence[str], query: EngineQuery) -> dict[str, Counts]:
        if not names:
            return {}
        wanted = {name: {"terms": {"field": BY_NAME[name].facet_name, "size": MOST_VALUES}} for name in names}
        answer = self._searcher.aggregate(query, wanted)
        return {name: _counts(answer[name]["buckets"]) for name in names}

    def rights(self, hits: EngineQuery, *, everything: bool) -> int | None:
        """The number of rights among the hits, an international registration and its copies counted once;
        None where there are too many to count quickly."""
        if not everything:
            return self._distinct(hits)
        with self._lock:
            if not self._rights_known:
                self._rights, self._rights_known = self._distinct(hits), True
            return self._rights

    def _distinct(self, hits: EngineQuery) -> int | None:
        wanted = {"families": {"terms": {"field": "family", "size": MOST_FAMILIES}}}
        shared = both([hits, EngineQuery.exists_query("family")])
        members = self._count(shared)
        if members > MOST_FAMILIES:
            return None
        families = len(self._searcher.aggregate(shared, wanted)["families"]["buckets"]) if members else 0
        return self._count(hits) - members + families

    def _count(self, query: EngineQuery) -> int:
        result = self._searcher.search(query, 1, count=True, order_by_field="filed_order")
        return int(result.count)  # type: ignore[attr-defined]  # the stub lacks it


def _counts(buckets: Sequence[Mapping[str, int | float | str]]) -> Counts:
    counts = [(_shown(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(counts, key=lambda item: (-item[1], item[0]))


def _shown(key: int | float | str) -> str:
    return key if isinstance(key, str) else str(int(key))
