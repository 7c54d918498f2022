"""Every search field knows what of a record it tells: what is hidden changes no field that is not closed."""

import datetime as dt
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from ipregister.model import numbers, status
from ipregister.model.offices import office
from ipregister.model.record import RIGHTS, Record
from ipregister.publication.hiding import TELLING
from ipregister.search.closing import HAS, READ_FROM, closed_by, path_of
from ipregister.search.document import document
from ipregister.search.fields import FIELDS
from ipregister.search.held import HELD_FROM
from ipregister.search.sources import READ
from tests.search.shelf import ANALYZER

DAY = dt.date(2026, 1, 1)
OWN = {"mark": "mark", "title": "title"}
"""The sort keys of names belong to the fields of names."""
_PARTS = ("_grams", "_whole", "_scoped", "_only", "_facet", "_order", "_high", "_low")


_NUMBERS, _COUNTRIES = count(5), cycle(("JP", "BR", "CH", "SE", "LA", "KH", "TH"))


def told(name: str) -> str:
    """A text of its own for each field."""
    number = next(_NUMBERS)
    if "date" in name or "until" in name:
        return f"2019-01-{number % 28 + 1:02d}"
    known = {
        "scheme": "ipc",
        "symbol": f"A61K {number}/00",
        "office": "LA",
        "vienna": f"03.{number % 20 + 1:02d}",
    }
    return next(_COUNTRIES) if name == "country" else known.get(name, f"{name} words {number}")


def planted(kind: Any, name: str = "") -> Any:
    """A record with a value in every field that it can have."""
    info = msgspec.inspect.type_info(kind) if not isinstance(kind, msgspec.inspect.Type) else kind
    match info:
        case msgspec.inspect.StructType():
            return info.cls(**{one.name: planted(one.type, one.name) for one in info.fields})
        case msgspec.inspect.VarTupleType():
            return (planted(info.item_type, name),)
        case msgspec.inspect.UnionType():
            return planted(next(t for t in info.types if not isinstance(t, msgspec.inspect.NoneType)), name)
        case msgspec.inspect.StrType():
            return told(name)
        case msgspec.inspect.IntType():
            return next(_NUMBERS) % 45 + 1
        case msgspec.inspect.LiteralType():
            return info.values[0]
    return False if isinstance(info, msgspec.inspect.BoolType) else None


def paths(kind: type[Struct], before: tuple[str, ...] = (), deep: int = 3) -> Iterator[tuple[str, ...]]:
    for field in msgspec.structs.fields(kind):
        path = (*before, field.encode_name)
        if not field.required and path[0] not in TELLING:
            yield path
        for inner in structs(field.type) if deep else ():
            yield from paths(inner, path, deep - 1)


def structs(hint: Any) -> list[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return [hint]
    return [one for part in getattr(hint, "__args__", ()) for one in structs(part)]


def without(value: Any, path: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [without(one, path) for one in value]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    rest = {name: one for name, one in value.items() if name != path[0]}
    return rest if len(path) == 1 else rest | {path[0]: without(value[path[0]], path[1:])}


def values_of(plain: dict[str, Any], right: str) -> dict[str, Any]:
    """What the index holds of a public record."""
    record: Record = msgspec.convert(plain | {"right": right}, Record)
    facts = office("LA")
    state = status.derive(record, facts, DAY, "2025-12-31").state
    return document(
        "la-1", plain | {"right": right}, state, numbers.spellings(record, facts), ANALYZER
    ).values


def field_of(name: str) -> set[str]:
    """The search fields by which a field of the engine is asked."""
    if name in {"number_high", "number_low", "key_rest", "key"}:
        return set()
    if name.startswith("mark_") and name not in {"mark_grams", "mark_whole"}:
        return {"mark", "title"}
    if name == "closeness_order":
        return {"mark", "title", "filed"}
    if name == "family":
        return {"number"}
    for part in _PARTS:
        name = name.removesuffix(part)
    return {name}


@pytest.mark.parametrize("right", RIGHTS)
def test_what_is_hidden_changes_closed_fields_alone(right: str) -> None:
    whole = msgspec.to_builtins(planted(RIGHTS[right]))
    whole.pop("right", None)
    before = values_of(whole, right)
    wrong = []
    for path in dict.fromkeys(paths(RIGHTS[right])):
        after = values_of(without(whole, path), right)
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        closed = closed_by(("/*/".join(path),))
        for name in changed - {"has"}:
            told = field_of(name)
            if told and not told & closed:
                wrong.append(("/".join(path), name))
        gone = {*before.get("has", ())} - {*after.get("has", ())}
        wrong += [("/".join(path), f"has:{name}") for name in gone if f"{HAS}{name}" not in closed]
    assert wrong == []


def test_every_field_is_in_the_table() -> None:
    assert READ_FROM.keys() == {field.name for field in FIELDS if field.kind != "group"} - {"has"}
    read = {path_of(path)[0] for several in READ_FROM.values() for path in several}
    assert {name for name in READ if name not in {"homonym", "owners"}} <= read
    assert set(HELD_FROM.values()) <= {field.name for field in FIELDS} | {"priority"}


@pytest.mark.parametrize(
    ("hidden", "closed"),
    [
        ("applicants/*/names", {"applicant"}),
        ("applicants/*/identifier", set()),
        ("applicants", {"applicant", "country", "has:applicant"}),
        ("mark/verbal", {"mark", "language", "has:mark"}),
        ("goods/*/texts", {"goods"}),
        ("application_date", {"filed", "year", "status", "number", "has:filed"}),
    ],
)
def test_no_more_is_closed_than_is_told(hidden: str, closed: set[str]) -> None:
    assert closed_by((hidden,)) == closed
