"""From the query tree to the engine's query objects. The engine's own query strings are never used."""

import re
from collections.abc import Sequence

import tantivy
from tantivy import FieldType

from ipregister.model import numbers
from ipregister.search import expression, order
from ipregister.search.analyzer import ANY, ONE, Analyzer
from ipregister.search.closing import OPEN, Closing
from ipregister.search.fields import BY_NAME, KEY, SCOPED, Field
from ipregister.search.joining import NOTHING, EngineQuery, both, but, either, near, one_of
from ipregister.search.sources import vienna_levels
from ipregister.search.tree import (
    And,
    Everything,
    Expression,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Range,
    Word,
)
from ipregister.search.values import integer, span

_WILDCARD = re.compile(f"[{ANY}{ONE}]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
SMALLEST_NUMBER, LONGEST_NUMBER = 3, 40
FEW_WORDS, MOST_AUTOMATA = 100, 32
NAMED = ("mark", "transliteration", "title")
"""The fields of an expression without a field."""
LAST_DAY = (1 << 23) - 2


class Translator:
    """Makes engine queries for one state of the index. `simple` names the fields of words without a field."""

    def __init__(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        analyzer: Analyzer,
        simple: Sequence[str] = ("text",),
        closing: Closing = OPEN,
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._analyzer = analyzer
        self._simple = tuple(simple)
        self._closing = closing
        self._automata: dict[tuple[str, str], EngineQuery] = {}

    def node(self, node: Node) -> EngineQuery | None:
        """The engine's query of a tree; None where the tree says nothing that could be searched."""
        match node:
            case Everything():
                return EngineQuery.all_query()
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return either([query for part in parts if (query := self.node(part)) is not None])
            case Not(part):
                inner = self.node(part)
                return None if inner is None else but(EngineQuery.all_query(), inner)
            case Word() | Phrase() | Near() | Pattern() | Expression() | Range():
                return self._leaf(node)

    def _all(self, parts: Sequence[Node]) -> EngineQuery | None:
        wanted = [
            query for part in parts if not isinstance(part, Not) and (query := self.node(part)) is not None
        ]
        unwanted = [
            query for part in parts if isinstance(part, Not) and (query := self.node(part.part)) is not None
        ]
        if not wanted and not unwanted:
            return None
        whole = both(wanted) if wanted else EngineQuery.all_query()
        return but(whole, *unwanted) if unwanted else whole

    def _leaf(self, leaf: Leaf) -> EngineQuery | None:
        names = (leaf.field,) if leaf.field else self._simple
        if isinstance(leaf, Expression) and names == ("text",):
            names = NAMED
        ways = self._ways(leaf, names)
        if not leaf.field and isinstance(leaf, Word | Phrase) and self._simple == ("text",):
            ways = [*(ways or ()), *as_number] if (as_number := self.number_like(leaf.text)) else ways
        return None if ways is None else one_of(ways)

    def _ways(self, leaf: Leaf, names: Sequence[str]) -> list[EngineQuery] | None:
        """Queries of which one must fit: all of one level, which the engine walks quicker than unions of unions, and
        without those that find nothing. None where the leaf says nothing that could be searched."""
        told: list[list[EngineQuery]] = []
        for name in names:
            base, _, scope = name.partition("/")
            field = BY_NAME[base]
            if field.kind == "group":
                found = self._ways(leaf, field.covers)
            elif field.kind in {"text", "names"} and not scope and isinstance(leaf, Word | Phrase):
                found = self._words(leaf.text, field)
            else:
                query = self._in_field(leaf, field, scope)
                found = None if query is None else [query]
            if self._closing and field.kind != "group":
                found = self._opened(leaf, base, found)
            told += [] if found is None else [found]
        return [way for ways in told for way in ways if way is not NOTHING] if told else None

    def _opened(self, leaf: Leaf, name: str, ways: list[EngineQuery] | None) -> list[EngineQuery] | None:
        """The ways among the records that show a field. Keys stand in addresses, so that they are found as numbers."""
        text = leaf.text if isinstance(leaf, Word | Phrase) else None
        closed = self._closing.asked(name, text)
        if closed is None or ways is None:
            return ways
        keyed = [self._term(KEY, order.natural(text.strip().lower()))] if name == "number" and text else []
        return [*(but(way, closed) for way in ways if way is not NOTHING), *keyed]

    def number_like(self, text: str) -> list[EngineQuery]:
        """The number query of a text that looks like a right's number; empty for other texts."""
        forms = _bare(text) if any(char.isdigit() for char in text) and len(text) <= LONGEST_NUMBER else []
        forms = [form for form in forms if len(form) >= SMALLEST_NUMBER]
        ways = [self._terms("number", forms)] if forms else []
        return self._opened(Word(text, "number"), "number", ways) or [] if ways and self._closing else ways

    def _in_field(self, leaf: Leaf, field: Field, scope: str) -> EngineQuery | None:
        if isinstance(leaf, Range):
            return self._range(leaf, field)
        if isinstance(leaf, Pattern):
            return self._pattern(leaf, field, scope)
        if isinstance(leaf, Near):
            return self._text(leaf, field, scope)
        if isinstance(leaf, Expression):
            return self._expression(leaf, field, scope)
        match field.kind:
            case "text" | "names":
                return self._text(leaf, field, scope)
            case "code":
                return self._term(field.name, self.code(field.name, leaf.text))
            case "number":
                forms = _bare(leaf.text)
                return self._terms(field.name, forms) if forms else None
            case "integer":
                value = integer(leaf.text)
                return None if value is None else self._term(field.name, value)
            case "date":
                return self._range(Range(field.name, leaf.text, leaf.text), field)
        return None

    def code(self, name: str, text: str) -> str:
        """A code as the index holds it."""
        levels = vienna_levels(text) if name == "vienna" else []
        return levels[-1] if levels else text.strip().lower()

    def _words(self, text: str, field: Field) -> list[EngineQuery] | None:
        """The ways in which a field may say the words: those that the dictionary knows."""
        tokens, known = self._analyzer.tokens(text), self._searcher.doc_freq
        if not tokens:
            return None
        ways = [self._phrase(field.name, tokens)] if all(known(field.name, one) for one in tokens) else []
        if field.kind != "names":
            return ways
        squashed, whole = "".join(tokens), f"{field.name}_whole"
        if known(whole, squashed):
            ways.append(self._term(whole, squashed))
        if self._analyzer.is_unspaced(text) and (letters := self._letters(field, squashed)) is not None:
            ways.append(letters)
        return ways

    def _text(self, leaf: Word | Phrase | Near, field: Field, scope: str) -> EngineQuery | None:
        """Words within a class, or near each other."""
        tokens = self._analyzer.tokens(leaf.text)
        if not tokens:
            return None
        distance = leaf.distance if isinstance(leaf, Near) else -1
        name = field.name
        words = near(self._schema, name, tokens, distance) if distance >= 0 else self._phrase(name, tokens)
        if not scope:
            return words
        scoped = [self._term(f"{SCOPED}_scoped", f"{scope}/{token}") for token in tokens]
        alone = both([words, self._term(f"{SCOPED}_only", int(scope))])
        return either([alone, both(scoped if len(tokens) == 1 else [*scoped, words])])

    def _expression(self, leaf: Expression, field: Field, scope: str) -> EngineQuery | None:
        """Words that fit an expression; of names also whole names without their spaces."""
        made = expression.translated(leaf.text, self._analyzer.fold)
        if scope:
            words = self._regex(f"{SCOPED}_scoped", f"{scope}\\/(?:{made})")
            alone = both([self._regex(field.name, made), self._term(f"{SCOPED}_only", int(scope))])
            return either([alone, words])
        if field.kind == "names":
            return either([self._regex(field.name, made), self._regex(f"{field.name}_whole", made)])
        return self._regex(field.name, made)

    def _regex(self, name: str, made: str) -> EngineQuery:
        """An automaton costs more to make than to walk with; the last ones are kept."""
        known = self._automata.get((name, made))
        if known is None:
            if len(self._automata) >= MOST_AUTOMATA:
                self._automata.clear()
            known = self._automata[name, made] = EngineQuery.regex_query(self._schema, name, made)
        return known

    def _letters(self, field: Field, squashed: str) -> EngineQuery | None:
        """Letters that follow each other anywhere in a name; None where there are too few."""
        grams = self._analyzer.grams(squashed, padded=False)
        return self._phrase(f"{field.name}_grams", grams) if grams else None

    def _pattern(self, leaf: Pattern, field: Field, scope: str) -> EngineQuery | None:
        text = _ESCAPED.sub(lambda m: " " if m[1] in "*?" else m[1], leaf.text)
        if field.kind == "code":
            marked = text.replace("*", ANY).replace("?", ONE).lower()
            return self._wild(field.name, marked)
        if field.kind == "number":
            folded = re.sub(
                "[^a-z0-9\ue000\ue001]+", "", self._analyzer.fold(text.replace("*", ANY).replace("?", ONE))
            )
            return self._wild(field.name, folded)
        inside = text.strip("*")
        if field.kind == "names" and text[0] == text[-1] == "*" and not set("*?") & set(inside):
            return self._letters(field, self._analyzer.squash(inside))
        if scope:
            words = [self._wild(f"{SCOPED}_scoped", token, f"{scope}/") for token, _ in
                     self._analyzer.pattern(text) if token.strip(ANY + ONE)]  # fmt: skip
            alone = self._pattern_words(text, field)
            if alone is None or not words:
                return None
            return either([both([alone, self._term(f"{SCOPED}_only", int(scope))]), both(words)])
        return self._pattern_words(text, field)

    def _pattern_words(self, text: str, field: Field) -> EngineQuery | None:
        if field.kind == "names" and " " not in text and self._analyzer.is_unspaced(text):
            token = self._analyzer.squashed_pattern(text)
            return one_of([self._wild(field.name, token), self._wild(f"{field.name}_whole", token)])
        parts: list[EngineQuery] = []
        spaced: list[str] = []
        for token, unspaced in self._analyzer.pattern(text):
            if unspaced:
                found = self._words(token, field)
                parts += [one_of(found)] if found is not None else []
            elif token.strip(ANY + ONE):
                spaced.append(token)
        if len(spaced) == 1:
            parts.append(self._wild(field.name, spaced[0]))
        elif spaced:
            parts.append(self._wild_phrase(field.name, spaced))
        return both(parts) if parts else None

    def _wild_phrase(self, name: str, tokens: Sequence[str]) -> EngineQuery:
        words = map(expression.of_pattern, tokens)
        return EngineQuery.regex_phrase_query(self._schema, name, list(words))

    def _range(self, leaf: Range, field: Field) -> EngineQuery | None:
        low = span(leaf.low, field.kind)
        high = span(leaf.high, field.kind)
        first = 1 if low is None else low[1] + 1 if leaf.over else low[0]
        last = LAST_DAY if high is None else high[0] - 1 if leaf.under else high[1]
        name = field.name
        if field.sorted_by:
            name, first, last = (
                f"{field.sorted_by}_order",
                order.dated_from(first),
                order.dated_from(last + 1) - 1,
            )
        if first > last:
            return EngineQuery.empty_query()
        return EngineQuery.range_query(
            self._schema, name, FieldType.Unsigned, lower_bound=first, upper_bound=last
        )

    def _phrase(self, name: str, tokens: Sequence[str]) -> EngineQuery:
        if len(tokens) == 1:
            return self._term(name, tokens[0])
        return EngineQuery.phrase_query(self._schema, name, list(tokens))

    def _term(self, name: str, value: str | int) -> EngineQuery:
        return EngineQuery.term_query(self._schema, name, value, index_option="basic")

    def _terms(self, name: str, values: Sequence[str]) -> EngineQuery:
        return one_of([self._term(name, value) for value in values])

    def _wild(self, name: str, token: str, before: str = "") -> EngineQuery:
        """A token with stand-ins for wildcards. A few words with the same beginning are cheaper one by one."""
        begin = before + _WILDCARD.split(token, maxsplit=1)[0]
        found = self._searcher.terms_with_prefix(name, begin, limit=FEW_WORDS + 1) if begin else [("", 0)]
        if not found:
            return NOTHING
        if begin and token == begin.removeprefix(before) + ANY and len(found) <= FEW_WORDS:
            return self._terms(name, [word for word, _ in found])
        return self._regex(name, expression.of_pattern(before + token))


def _bare(text: str) -> list[str]:
    """The folded forms of a number without separators, as the index holds them."""
    return [form for form in numbers.folds(text) if "/" not in form]
