"""The order of hits as phases: disjoint parts of the hits, one after the other, each sorted by one key.

Best match: the number asked for, then marks that are the words asked for and nothing else, then marks with
these words (fewest words first), then the rest, newest first. No score of rarity is in it, so that the order
is the same on every rebuild, can be explained, and can be taken up again after any hit.
"""

from collections.abc import Iterator, Sequence

import tantivy
from msgspec import Struct
from tantivy import FieldType

from ipregister.search import order
from ipregister.search.analyzer import Analyzer
from ipregister.search.closing import OPEN, Closing
from ipregister.search.faults import QueryError
from ipregister.search.fields import KEY, SORTS, Sort
from ipregister.search.joining import EngineQuery, both, but, either
from ipregister.search.translate import Translator
from ipregister.search.tree import And, Closed, Expression, Node, Not, Or, Phrase, Word, leaves

_BY_NAME = {sort.name: sort for sort in SORTS}
_SORTED_FROM = {sort.name: (sort.name,) for sort in SORTS} | {"mark": ("mark", "title"), "number": ()}
"""The search fields that tell what an order tells. Keys stand in addresses."""


class Phase(Struct, frozen=True):
    """One part of the hits and the field that sorts it. `text` says that the sort key is a string."""

    query: EngineQuery
    field: str
    descending: bool
    text: bool = False


def sort_of(name: str) -> tuple[Sort, bool]:
    """The order of a name (`filed`, `+filed`, `-filed`), and whether it descends."""
    sort = _BY_NAME.get(name.lstrip("+-"))
    if sort is None:
        raise QueryError("unknown-sort", sort=name)
    return sort, name.startswith("-") or (sort.descending and not name.startswith("+"))


class Planner:
    """Makes the phases of a query. What is closed neither finds a record nor gives it its place."""

    def __init__(
        self, schema: tantivy.Schema, searcher: tantivy.Searcher, analyzer: Analyzer, closing: Closing = OPEN
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._analyzer = analyzer
        self.closing = closing
        self._any = Translator(schema, searcher, analyzer, closing=closing)
        self._mark = Translator(schema, searcher, analyzer, simple=("mark",), closing=closing)

    def closed(self, closed: Sequence[Closed]) -> "Planner":
        """One for queries from where some fields of some records are not shown."""
        records = [(one.field, self._any.node(one.of)) for one in closed]
        named = {name: found for name, found in records if found is not None}
        return Planner(self._schema, self._searcher, self._analyzer, Closing(named))

    def base(self, root: Node) -> EngineQuery:
        """All hits of a tree."""
        ways = [
            self._any.node(root),
            self._numbers(root),
            self._whole_marks(self._whole_names(root)) if plain_words(root) else None,
        ]
        found = either([way for way in ways if way is not None])
        return EngineQuery.empty_query() if found is None else found

    def phases(
        self, root: Node, base: EngineQuery, filters: Sequence[EngineQuery], sort_name: str
    ) -> list[Phase]:
        """The phases of a tree in an order. `base` is the tree's own query, without the filters."""
        sort, descending = sort_of(sort_name)
        if sort.kind == "relevance":
            return list(self._relevance(root, base, filters))
        hits = both([base, *filters])
        has = (
            self._from(sort.field, order.DATED) if sort.kind == "date" else self._from(f"{sort.name}_high", 1)
        )
        has = self.closing.opened(has, *_SORTED_FROM[sort.name])
        return [
            Phase(both([hits, has]), sort.field, descending, text=sort.kind == "text"),
            *self._by_day(but(hits, has)),
        ]

    def _by_day(self, query: EngineQuery, field: str = "filed_order") -> Iterator[Phase]:
        """Records by their days of filing, the newest first; those that do not show it behind them, by their keys."""
        shown, others = self.closing.apart(query, "filed")
        yield Phase(shown, field, descending=True)
        if others is not None:
            yield Phase(others, KEY, descending=False, text=True)

    def _relevance(self, root: Node, base: EngineQuery, filters: Sequence[EngineQuery]) -> Iterator[Phase]:
        """A part that can only hold hits is not put together with the whole query again."""
        taken: list[EngineQuery] = []
        for part, field, within in self._best(root):
            if part is None:
                yield from self._by_day(EngineQuery.empty_query(), field)
                continue
            query = both([part, *filters] if within else [base, part, *filters])
            yield from self._by_day(but(query, *taken) if taken else query, field)
            taken.append(part)
        hits = both([base, *filters])
        yield from self._by_day(but(hits, *taken) if taken else hits)

    def _best(self, root: Node) -> Iterator[tuple[EngineQuery | None, str, bool]]:
        """The better parts, their sort fields, and whether all their records are hits of the tree. None for a
        part that holds nothing now: a phase all the same, so that cursors keep their meaning."""
        numbers = self._numbers(root)
        if numbers is not None:
            yield numbers, "filed_order", True
        names = self._whole_names(root)
        if names:
            yield self._whole_marks(names), "filed_order", bool(plain_words(root))
        if walks(root):  # each look at such a query is a walk through all words: one order is enough
            return
        if any(not leaf.field or leaf.field == "mark" for leaf in leaves(root)):
            in_mark = self._mark.node(root)
            if in_mark is not None:
                yield in_mark, "closeness_order", not _has_negation(root)

    def _numbers(self, root: Node) -> EngineQuery | None:
        words = plain_words(root)
        found = self._any.number_like(" ".join(words)) if words else []
        return either(found)

    def _whole_names(self, root: Node) -> list[str]:
        """The words asked for as marks that are nothing else, without spaces."""
        if isinstance(root, Or):
            groups = [[text] for part in root.parts if (text := _mark_word(part))]
        else:
            parts = root.parts if isinstance(root, And) else (root,)
            groups = [[text for part in parts if (text := _mark_word(part))]]
        return [name for group in groups if (name := self._analyzer.squash(" ".join(group)))]

    def _whole_marks(self, names: Sequence[str]) -> EngineQuery | None:
        """Marks that are one of the names, however they are spaced; None where there is no such mark."""
        found = either([
            EngineQuery.term_query(self._schema, "mark_whole", name, index_option="basic")
            for name in names
            if self._searcher.doc_freq("mark_whole", name)
        ])  # fmt: skip
        return None if found is None else self.closing.opened(found, "mark")

    def _from(self, name: str, low: int) -> EngineQuery:
        return EngineQuery.range_query(self._schema, name, FieldType.Unsigned, lower_bound=low)


def walks(root: Node) -> bool:
    """Whether a query walks through all words of a field, since no index narrows it."""
    return any(isinstance(leaf, Expression) for leaf in leaves(root))


def plain_words(root: Node) -> list[str]:
    """The words of a query that is nothing but words in the simple box; empty for any other."""
    parts = root.parts if isinstance(root, And) else (root,)
    words = [part.text for part in parts if isinstance(part, Word) and not part.field]
    return words if len(words) == len(parts) else []


def _has_negation(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(_has_negation(part) for part in node.parts)
    return isinstance(node, Not)


def _mark_word(node: Node) -> str:
    return node.text if isinstance(node, Word | Phrase) and node.field in {"", "mark"} else ""
