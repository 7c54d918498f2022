"""The form with fields and the query line: the same query, in both directions.

A form is field name -> line. Beside the names of fields it has `q` (words without a field), `<field>_from` and
`<field>_to` for dates, `goods_in` (the one class within which the goods are looked for), and `field` with `value`
for any other field.
"""

from collections.abc import Mapping, Sequence

from ipregister.search.faults import QueryError
from ipregister.search.fields import BY_NAME, SCOPED
from ipregister.search.query import parse
from ipregister.search.tree import (
    And,
    Everything,
    Leaf,
    Node,
    Not,
    Or,
    Query,
    Range,
    Word,
    all_of,
    any_of,
    leaves,
    render,
)
from ipregister.search.values import check

TEXTS = ("mark", "owner", "representative", "goods", "number", "class", "vienna", "country")
CHOICES = ("office", "status", "feature", "kind", "right")
DATES = ("filed", "registered", "expires", "published")
SCOPE = f"{SCOPED}_in"
OTHER, VALUE = "field", "value"
Form = Mapping[str, str | Sequence[str]]


def from_form(form: Form) -> Query:
    """The query of a form; a list of values means that one of them must fit. Empty values are left out.

    Raises `QueryError`, also for a name that no field has."""
    names = dict.fromkeys(_base(name) for name in form)
    parts: list[Node] = []
    for name in names:
        low, high = (_one(form, f"{name}_{end}") for end in ("from", "to"))
        if low or high:
            parts.append(check(Range(name, low, high), 0))
        value = form.get(name, "")
        lines = [value] if isinstance(value, str) else list(value)
        found = [parse(line, _field(form, name)).root for line in lines if line.strip()]
        if found:
            parts.append(any_of(found))
    if _one(form, SCOPE) and not _one(form, SCOPED):
        parts.append(parse(_one(form, SCOPE), "class").root)
    whole = all_of(parts)
    return parse(Query(whole).line) if parts else Query()


def _one(form: Form, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _base(name: str) -> str:
    base = SCOPED if name == SCOPE else VALUE if name == OTHER else name
    base = base.removesuffix("_from").removesuffix("_to")
    if base not in {"q", VALUE} and base not in BY_NAME:
        raise QueryError("unknown-field", field=base)
    return base


def _field(form: Form, name: str) -> str:
    """The field of the words of a box; empty for any."""
    if name == VALUE:
        chosen = _one(form, OTHER)
        if chosen and chosen not in BY_NAME:
            raise QueryError("unknown-field", field=chosen)
        return chosen
    scope = _one(form, SCOPE)
    if name == SCOPED and scope:
        if not scope.isascii() or not scope.isdecimal() or not 1 <= int(scope) <= 50:
            raise QueryError("class-not-possible", field=SCOPED)
        return f"{SCOPED}/{int(scope)}"
    return "" if name == "q" else name


def fill(line: str) -> dict[str, str]:
    """The form that says the same as a line; what has no box of its own stands in `q`. Raises `QueryError`."""
    root = parse(line).root
    boxes: dict[str, list[Node]] = {}
    filled: dict[str, str] = {}
    rest: list[Node] = []
    for part in root.parts if isinstance(root, And) else (root,):
        field = _field_of(part)
        if isinstance(part, Range) and field in DATES and not (part.over or part.under) and not (
            f"{field}_from" in filled or f"{field}_to" in filled):  # fmt: skip
            filled.update({f"{field}_from": part.low, f"{field}_to": part.high})
        elif field in CHOICES and isinstance(part, Word) and field not in filled and _is_plain(part):
            filled[field] = part.text
        elif field and _has_box(field, boxes):
            boxes.setdefault(field, []).append(part)
        else:
            rest.append(part)
    for field, parts in boxes.items():
        filled |= _boxed(field, parts, rest)
    plain = Query(all_of(rest)).line
    return filled | {"q": plain} if plain else filled


def _is_plain(word: Word) -> bool:
    """Whether a choice means the same as it is written: `)` does not."""
    try:
        return parse(word.text, word.field).root == word
    except QueryError:
        return False


def _has_box(field: str, boxes: Mapping[str, object]) -> bool:
    """Whether the words of a field have a box: their own, that of goods if no other goods have it, the free one."""
    if field.startswith(SCOPED):
        return not any(other.startswith(SCOPED) and other != field for other in boxes)
    if field in CHOICES or field in DATES:
        return False
    return field in TEXTS or all(
        other in TEXTS or other.startswith(SCOPED) or other == field for other in boxes
    )


def _boxed(field: str, parts: list[Node], rest: list[Node]) -> dict[str, str]:
    """The box of a field; where the words would not mean the same in it, they go to the rest."""
    whole = all_of(parts)
    line = render(_bare(whole))
    try:
        same = parse(line, field).root == whole
    except QueryError:
        same = False
    base, _, scope = field.partition("/")
    if not same or not line.strip():
        rest.extend(parts)
        return {}
    if scope:
        return {SCOPED: line, SCOPE: scope}
    return {base: line} if base in TEXTS else {OTHER: base, VALUE: line}


def _field_of(node: Node) -> str:
    """The one field of all leaves of a tree; empty where there is none, or several."""
    found = {leaf.field for leaf in leaves(node)}
    return found.pop() if len(found) == 1 else ""


def _bare(node: Node) -> Node:
    """The tree with no fields at its leaves."""
    match node:
        case And(parts):
            return And(tuple(_bare(part) for part in parts))
        case Or(parts):
            return Or(tuple(_bare(part) for part in parts))
        case Not(part):
            return Not(_bare(part))
        case Everything():
            return node
    return _without_field(node)


def _without_field(leaf: Leaf) -> Leaf:
    values = {name: getattr(leaf, name) for name in leaf.__struct_fields__} | {"field": ""}
    return type(leaf)(**values)
