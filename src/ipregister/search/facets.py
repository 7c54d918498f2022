"""Counting hits by facet, and counting rights once."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import tantivy
from msgspec import Struct
from tantivy import FieldType

from ipregister.search.closing import OPEN, Closing
from ipregister.search.faults import QueryError
from ipregister.search.fields import BY_NAME, FACETS, SCOPED, Field
from ipregister.search.joining import EngineQuery, both, but, either
from ipregister.search.sources import vienna_levels
from ipregister.search.values import integer
from ipregister.search.whole import Counts, Whole

MOST_VALUES = 1000
HIGHEST_CLASS = 45
MOST_MEMBERS, MOST_EXPECTED, MOST_SHARE, RARE = 2_000, 4_000, 0.5, 0.2
"""Records with a family that are counted, and that may be expected before they are counted; the share of all
records from which on the others are counted; the share of records with a family up to which they lead the walk."""
TOO_MANY_EXPECTED = 10
"""Times as many hits as there are may be expected by the dictionary alone."""

_RECORDS: dict[str, Any] = {"records": {"value_count": {"field": "filed_order"}}}
_MEMBERS: dict[str, Any] = {"members": {"value_count": {"field": "family"}}}
_FAMILIES: dict[str, Any] = {"families": {"terms": {"field": "family", "size": MOST_MEMBERS}}}


class Within(Struct, frozen=True):
    """What is known of hits before they are counted: how many there are, else about how many; that they are all
    records; that they can only be found by a walk through all words, so that their rights are not counted."""

    total: int | None = None
    expected: int | None = None
    everything: bool = False
    walks: bool = False


class Tally(Struct, frozen=True):
    """Counts of hits: records, rights (None where there are too many), facets."""

    total: int
    rights: int | None
    counts: dict[str, Counts]


class Facets:
    """Counts over one state of the index; those over all records are counted once and kept."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, whole: Whole | None = None
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        self._lock = threading.Lock()
        self._all: dict[str, Counts] = whole.counts if whole else {}
        self._share: float | None = whole.share if whole else None
        self._totals: tuple[int, int | None] | None = (whole.records, whole.rights) if whole else None

    def whole(self, commit: int) -> Whole:
        """The counts over all records, to be kept for readers."""
        records, rights = self.totals_of_all()
        return Whole(commit, records, self._share_of_members(), rights, self._of_all(FACETS))

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
        self,
        names: Sequence[str],
        base: EngineQuery,
        chosen: Mapping[str, EngineQuery],
        within: Within,
        closing: Closing = OPEN,
    ) -> Tally:
        """Counts by value, largest first, and how many records and rights there are. A facet with a filter is
        counted without its own filter, so that its other values can still be chosen. A closed facet is counted over
        the records that show it; rights are not told where a closed number would tell which belong together."""
        for name in names:
            if name not in FACETS:
                raise QueryError("unknown-facet", field=name)
        if not closing:
            return self._counted(names, base, chosen, within)
        tally = self._counted([name for name in names if name not in closing], base, chosen, within)
        counts = dict(tally.counts)
        for name in names:
            if name in closing:
                others = [query for other, query in chosen.items() if other != name]
                counts |= self._aggregate([name], closing.opened(both([base, *others]), name))
        rights = None if "number" in closing else tally.rights
        return Tally(tally.total, rights, {name: counts[name] for name in names})

    def _counted(
        self, names: Sequence[str], base: EngineQuery, chosen: Mapping[str, EngineQuery], within: Within
    ) -> Tally:
        if within.everything:
            return Tally(*self.totals_of_all(), self._of_all(names))
        tally = self._of_hits(
            [name for name in names if name not in chosen], both([base, *chosen.values()]), within
        )
        counts = dict(tally.counts)
        for name in names:
            if name in chosen:
                others = [query for other, query in chosen.items() if other != name]
                counts |= self._aggregate([name], both([base, *others]))
        return Tally(tally.total, tally.rights, {name: counts[name] for name in names})

    def _of_all(self, names: Sequence[str]) -> dict[str, Counts]:
        with self._lock:
            if not self._all:
                self._all |= self._aggregate(FACETS, EngineQuery.all_query())
            return {name: self._all[name] for name in names}

    def _of_hits(self, names: Sequence[str], hits: EngineQuery, within: Within) -> Tally:
        """Where most records are hits, the others are counted and taken off the counts of all."""
        most = self._searcher.num_docs * MOST_SHARE
        expected = within.total if within.total is not None else 0 if within.walks else within.expected
        if expected is not None and expected <= most:
            return self._at_once(names, hits, within, expected)
        total = self.records(hits) if within.total is None else within.total
        if total <= most:
            return self._at_once(names, hits, within, total)
        every = self._of_all(names)
        missing = self._aggregate(names, but(EngineQuery.all_query(), hits))
        counts = {name: _less(every[name], dict(missing[name])) for name in names}
        return Tally(total, None if within.walks else self.rights(hits, total), counts)

    def _at_once(self, names: Sequence[str], hits: EngineQuery, within: Within, expected: int) -> Tally:
        """All counts in one walk through the hits; families too where few are expected: they cost as much as all
        facets together, and are not told of many. Where the hits are known by number and few records have a family, these
        are walked through instead, which spares the words of a phrase a second look into every text."""
        share = 0.0 if within.walks else self._share_of_members()
        if within.total is not None and 0 < share <= RARE:
            return Tally(within.total, self.rights(hits, within.total), self._aggregate(names, hits))
        slack = TOO_MANY_EXPECTED if within.total is None else 1
        counting = share > 0 and expected * share <= MOST_EXPECTED * slack
        if not names and not counting and within.total is not None:
            return Tally(within.total, None if within.walks else self.rights(hits, within.total), {})
        counts, answer = self._ask(names, hits, _RECORDS | (_MEMBERS | _FAMILIES if counting else {}))
        total = int(answer["records"]["value"])
        if within.walks or not counting:
            return Tally(total, None if within.walks else self.rights(hits, total), counts)
        members, families = int(answer["members"]["value"]), len(answer["families"]["buckets"])
        few = total * share <= MOST_EXPECTED and members <= MOST_MEMBERS
        return Tally(total, total - members + families if few else None, counts)

    def records(self, query: EngineQuery) -> int:
        """How many records are hits."""
        return int(self._searcher.aggregate(query, _RECORDS)["records"]["value"])

    def _aggregate(self, names: Sequence[str], query: EngineQuery) -> dict[str, Counts]:
        return self._ask(names, query, {})[0]

    def _ask(
        self, names: Sequence[str], query: EngineQuery, further: dict[str, Any]
    ) -> tuple[dict[str, Counts], dict[str, Any]]:
        """Counts of facets, and what the engine answers. It looks for a value in every hit: so it is not asked for facets of
        which no record is known to have one, or every record the same."""
        settled = {name: only for name in names if (only := self._only(name)) is not None}
        wanted = {
            name: {"terms": {"field": BY_NAME[name].facet_name, "size": MOST_VALUES}}
            for name in names
            if name not in settled
        }
        wanted |= further | (_RECORDS if any(settled.values()) else {})
        answer = self._searcher.aggregate(query, wanted) if wanted else {}
        hits = int(answer["records"]["value"]) if "records" in answer else 0
        counts = {
            name: [(value, hits) for value in settled[name] if hits]
            if name in settled
            else _told(answer[name])
            for name in names
        }
        return counts, answer

    def _only(self, name: str) -> list[str] | None:
        """The value of a facet that every record has, in a list; an empty one where no record has any; None where records
        differ, or where that is not known."""
        known = self._all.get(name)
        if known is None or len(known) > 1 or any(number < self._searcher.num_docs for _, number in known):
            return None
        return [value for value, _ in known]

    def rights(self, hits: EngineQuery, total: int) -> int | None:
        """The number of rights among the hits, an international registration and its copies counted once;
        None where there are too many to count quickly, or where so many are to be expected."""
        share = self._share_of_members()
        if not share:
            return total
        if total * share > MOST_EXPECTED:
            return None
        members = self._members(both([hits, EngineQuery.exists_query("family")]))
        if members > MOST_MEMBERS:
            return None
        return total - members + (self._families(hits) if members else 0)

    def _share_of_members(self) -> float:
        """The share of all records that have a family; counted once."""
        if self._share is None:
            self._share = self._members(EngineQuery.all_query()) / max(self._searcher.num_docs, 1)
        return self._share

    def _members(self, query: EngineQuery) -> int:
        return int(self._searcher.aggregate(query, _MEMBERS)["members"]["value"])

    def _families(self, hits: EngineQuery) -> int:
        shared = both([hits, EngineQuery.exists_query("family")])
        return len(self._searcher.aggregate(shared, _FAMILIES)["families"]["buckets"])

    def classes_of(self, tokens: Sequence[str]) -> dict[int, int]:
        """Records that have the tokens in their goods of a class, by class: of those of one class all at once, of
        the others class by class."""
        if not tokens:
            return {}
        found: dict[int, int] = {}
        words = [self._word(SCOPED, token) for token in tokens]
        alone = both(
            [
                *words,
                EngineQuery.range_query(self._schema, f"{SCOPED}_only", FieldType.Unsigned, lower_bound=1),
            ]
        )
        for value, number in self._aggregate(["class"], alone)["class"]:
            found[int(value)] = number
        for number in range(1, HIGHEST_CLASS + 1):
            scoped = [f"{number}/{token}" for token in tokens]
            if amount := self._having(scoped):
                found[number] = found.get(number, 0) + amount
        return found

    def _having(self, scoped: Sequence[str]) -> int:
        name = f"{SCOPED}_scoped"
        if not all(self._searcher.doc_freq(name, one) for one in scoped):
            return 0
        hits = self._searcher.search(both([self._word(name, one) for one in scoped]), 1, count=True)
        return int(hits.count or 0)  # type: ignore[attr-defined]  # the stub lacks it

    def _word(self, name: str, value: str) -> EngineQuery:
        return EngineQuery.term_query(self._schema, name, value, index_option="basic")

    def totals_of_all(self) -> tuple[int, int | None]:
        """Records and rights of the whole index; counted once."""
        with self._lock:
            if self._totals is None:
                records = self._searcher.num_docs
                self._totals = records, self.rights(EngineQuery.all_query(), records)
            return self._totals


def _told(facet: Mapping[str, Any]) -> Counts:
    """The counts of a facet as the engine tells them."""
    return _ranked((bucket["key"], bucket["doc_count"]) for bucket in facet["buckets"])


def _less(every: Counts, missing: Mapping[str, int]) -> Counts:
    return _ranked((value, number - missing.get(value, 0)) for value, number in every)


def _ranked(counts: Iterable[tuple[int | float | str, float]]) -> Counts:
    shown = [
        (key if isinstance(key, str) else str(int(key)), int(number)) for key, number in counts if number
    ]
    return sorted(shown, key=lambda item: (-item[1], item[0]))
