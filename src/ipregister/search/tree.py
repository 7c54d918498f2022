"""The query tree, and the line that says the same."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct


class Word(Struct, frozen=True):
    """One word (or number, code, date) as typed. `field` empty: the simple box."""

    text: str
    field: str = ""


class Phrase(Struct, frozen=True):
    """Words that stand together in this order."""

    text: str
    field: str = ""


class Near(Struct, frozen=True):
    """Words of which each two stand with at most `distance` other words between them, in any order."""

    text: str
    distance: int
    field: str = ""


class Expression(Struct, frozen=True):
    """A word that fits a regular expression (`expression`), as typed between the slashes."""

    text: str
    field: str = ""


class Pattern(Struct, frozen=True):
    """A word with `*` (any letters, also none) or `?` (one letter)."""

    text: str
    field: str = ""


class Range(Struct, frozen=True):
    """From `low` to `high` of a date or a number; an empty end is open. `over` and `under` leave the end out."""

    field: str
    low: str = ""
    high: str = ""
    over: bool = False
    under: bool = False


class And(Struct, frozen=True):
    """All of these."""

    parts: tuple["Node", ...]


class Or(Struct, frozen=True):
    """At least one of these."""

    parts: tuple["Node", ...]


class Not(Struct, frozen=True):
    """All records but these."""

    part: "Node"


class Everything(Struct, frozen=True):
    """All records: the empty query."""


Leaf = Word | Phrase | Near | Pattern | Expression | Range
Node = Leaf | And | Or | Not | Everything


class Closed(Struct, frozen=True):
    """A search field that some records do not show where the query comes from (`closing`), and these records."""

    field: str
    of: Node


class Query(Struct, frozen=True):
    """A query: its tree. Build it with `query.parse` or `query.from_form`. What is `closed` is no part of its line."""

    root: Node = Everything()
    closed: tuple[Closed, ...] = ()

    @property
    def line(self) -> str:
        """The query as a line that parses to the same query."""
        return render(self.root)


def leaves(node: Node) -> Iterator[Leaf]:
    """All leaves, from left to right."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Not):
        yield from leaves(node.part)
    elif not isinstance(node, Everything):
        yield node


def all_of(parts: Sequence[Node]) -> Node:
    """The conjunction of parts; flat, and without `Everything`."""
    return _joined(And, [part for part in parts if not isinstance(part, Everything)])


def any_of(parts: Sequence[Node]) -> Node:
    """The disjunction of parts; flat."""
    return _joined(Or, parts)


def _joined(shape: type[And] | type[Or], parts: Sequence[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, shape) else (part,))
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else shape(tuple(flat))


_SPECIAL = re.compile(r'[\s()\[\]"“”„:<>\\*?|]|\.\.')
_OPERATORS = {"AND", "OR", "NOT", "TO"}


def render(node: Node) -> str:
    """The line of a tree. `parse(render(tree)) == tree` for every tree that `parse` or `from_form` made."""
    match node:
        case Everything():
            return ""
        case And(parts):
            return " ".join(_inner(part, Or) for part in parts)
        case Or(parts):
            return " OR ".join(_inner(part, And) for part in parts)
        case Not(part):
            return f"NOT {_inner(part, And, Or)}"
        case Range():
            low, high = (_end(node.low), _end(node.high))
            if node.over or node.under:
                return _fielded(node.field, ">" + low if node.over else "<" + high)
            return _fielded(node.field, f"[{low} TO {high}]")
        case Phrase(text, field):
            return _fielded(field, _quoted(text))
        case Near(text, distance, field):
            return _fielded(field, f"{_quoted(text)}~{distance}")
        case Expression(text, field):
            return _fielded(field, f"/{text}/")
        case Pattern(text, field):
            return _fielded(field, text)
        case Word(text, field):
            return _fielded(field, _escaped(text))


def _inner(node: Node, *shapes: type) -> str:
    line = render(node)
    return f"({line})" if isinstance(node, shapes) else line


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fielded(field: str, value: str) -> str:
    return f"{field}:{value}" if field else value


def _end(value: str) -> str:
    return value or "*"


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(lambda m: "".join("\\" + char for char in m[0]), text)
    return "\\" + escaped if text in _OPERATORS or text.startswith(("-", "/")) else escaped
