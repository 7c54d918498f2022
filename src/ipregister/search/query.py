"""From a line or a form to the query tree. The grammar, loosest first:

    line    = either                        empty: everything
    either  = all (("OR" | "|") all)*
    all     = one (["AND"] one)*
    one     = ("NOT" | "-") one | "(" either ")" | [field ":"] value
    value   = word | "phrase" | "near words"~3 | pre*fix | /expression/ | [low TO high] | low..high | >= low
            | "(" either ")" | value"|"value
    field   = a name of `fields.FIELDS`; `goods/30` (also `goods:30`) for goods of one class

Operators are upper case. A backslash takes its meaning from the character after it.
"""

from ipregister.search.faults import QueryError
from ipregister.search.fields import BY_NAME, SCOPED
from ipregister.search.lexer import Lexeme, cut
from ipregister.search.tree import (
    And,
    Everything,
    Expression,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Range,
    Word,
    all_of,
    any_of,
)
from ipregister.search.values import check

MAX_LENGTH, MAX_LEAVES, MAX_PATTERNS, MAX_EXPRESSIONS, MAX_DEPTH = 2000, 64, 8, 2, 12
HIGHEST_CLASS = 50
COMPARISONS = {">=", "<=", ">", "<"}


def parse(line: str, field: str = "") -> Query:
    """The query of a line; bare words belong to `field`. Raises `QueryError` with code and position."""
    if len(line) > MAX_LENGTH:
        raise QueryError("too-long", MAX_LENGTH)
    ranged = bool(field) and BY_NAME[field.partition("/")[0]].kind in {"date", "integer"}
    return Query(_Parser(cut(line, ranged=ranged), len(line)).whole(field))


class _Parser:
    """Recursive descent over the lexemes; bounded in depth, words and patterns."""

    def __init__(self, lexemes: list[Lexeme], length: int) -> None:
        self._lexemes = lexemes
        self._end = Lexeme("end", "", length)
        self._next = 0
        self._depth = self._leaves = self._patterns = self._expressions = 0

    def whole(self, field: str) -> Node:
        if not self._lexemes:
            return Everything()
        root = self._either(field)
        if self._peek().kind != "end":
            raise QueryError("extra-bracket", self._peek().position)
        return root

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next] if self._next < len(self._lexemes) else self._end

    def _take(self) -> Lexeme:
        lexeme = self._peek()
        self._next += 1
        return lexeme

    def _either(self, field: str) -> Node:
        parts = [self._all(field)]
        while self._peek().kind == "OR":
            self._take()
            parts.append(self._all(field))
        return any_of(parts) if len(parts) > 1 else parts[0]

    def _all(self, field: str) -> Node:
        parts = [self._one(field)]
        while self._peek().kind not in {"OR", ")", "end"}:
            if self._peek().kind == "AND":
                self._take()
            parts.append(self._one(field))
        return all_of(parts) if len(parts) > 1 else parts[0]

    def _one(self, field: str) -> Node:
        lexeme = self._take()
        if lexeme.kind in {"NOT", "("}:
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise QueryError("too-deep", lexeme.position)
            inner = self._negated(field) if lexeme.kind == "NOT" else self._bracket(field, lexeme)
            self._depth -= 1
            return inner
        if lexeme.kind == "field":
            if field:
                raise QueryError("field-inside-field", lexeme.position)
            return self._fielded(lexeme)
        return self._leaf(lexeme, field)

    def _negated(self, field: str) -> Node:
        part = self._one(field)
        return part.part if isinstance(part, Not) else Not(part)

    def _bracket(self, field: str, opening: Lexeme) -> Node:
        if self._peek().kind == ")":
            raise QueryError("missing-term", self._peek().position)
        inner = self._either(field)
        if self._take().kind != ")":
            raise QueryError("open-bracket", opening.position)
        return inner

    def _fielded(self, lexeme: Lexeme) -> Node:
        name, _, scope = lexeme.text.partition("/")
        if name not in BY_NAME:
            raise QueryError("unknown-field", lexeme.position, field=name)
        if scope and (name != SCOPED or not 1 <= int(scope) <= HIGHEST_CLASS):
            raise QueryError("class-not-possible", lexeme.position, field=name)
        field = f"{name}/{int(scope)}" if scope else name
        if self._peek().kind == "compare":
            return self._comparison(field)
        if self._peek().kind in {"field", "NOT", "AND", "OR", ")", "end"}:
            raise QueryError("missing-term", self._peek().position)
        return self._one(field)

    def _comparison(self, field: str) -> Node:
        sign, value = self._take(), self._take()
        if value.kind != "word":
            raise QueryError("missing-term", value.position)
        self._count(value)
        if sign.text.startswith(">"):
            return check(Range(field, low=value.text, over=sign.text == ">"), value.position)
        return check(Range(field, high=value.text, under=sign.text == "<"), value.position)

    def _leaf(self, lexeme: Lexeme, field: str) -> Node:
        self._count(lexeme)
        match lexeme.kind:
            case "word":
                return check(Word(lexeme.text, field), lexeme.position)
            case "phrase":
                return check(Phrase(lexeme.text, field), lexeme.position)
            case "near":
                distance, _, text = lexeme.text.partition("\0")
                return check(Near(text, int(distance), field), lexeme.position)
            case "pattern":
                return self._pattern(lexeme, field)
            case "expression":
                return self._expression(lexeme, field)
            case "range":
                low, _, high = lexeme.text.partition("\0")
                return check(Range(field, low, high), lexeme.position)
        raise QueryError("extra-bracket" if lexeme.kind == ")" else "missing-term", lexeme.position)

    def _pattern(self, lexeme: Lexeme, field: str) -> Node:
        if not field and lexeme.text.endswith("?") and not set("*?") & set(lexeme.text.rstrip("?")):
            return Word(lexeme.text.rstrip("?") or "?", field)
        self._patterns += 1
        if self._patterns > MAX_PATTERNS:
            raise QueryError("too-many-wildcards", lexeme.position)
        return check(Pattern(lexeme.text, field), lexeme.position)

    def _expression(self, lexeme: Lexeme, field: str) -> Node:
        self._expressions += 1
        if self._expressions > MAX_EXPRESSIONS:
            raise QueryError("too-many-expressions", lexeme.position)
        return check(Expression(lexeme.text, field), lexeme.position)

    def _count(self, lexeme: Lexeme) -> None:
        self._leaves += 1
        if self._leaves > MAX_LEAVES:
            raise QueryError("too-many-words", lexeme.position)


__all__ = ["And", "Or", "Query", "QueryError", "parse"]
