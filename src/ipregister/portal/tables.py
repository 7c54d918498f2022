"""Lists of a record as tables, and where their entries stand: in the record, or in the single designs of an application."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from msgspec import Struct

from ipregister.portal.fields import Code, Field, Plain, as_it_is
from ipregister.portal.values import Panel, Value


class Entry(Struct, frozen=True):
    """An entry of a list: `place` is its JSON pointer, `of` the numbers of the designs that say it, where not all do."""

    item: Plain
    place: str
    of: str = ""

    @property
    def designs(self) -> tuple[Value, ...]:
        """The designs that say it, as a value."""
        return (Value(self.of),) if self.of else ()


def placed(record: Plain, name: str) -> list[Entry]:
    """The entries of a list of the record, then those that its designs add; what several designs say stands once."""
    own = [Entry(item, f"/{name}/{n}") for n, item in enumerate(record.get(name, ()))]
    designs: Sequence[Plain] = record.get("designs", ())
    inside: list[tuple[Plain, str, list[str]]] = []
    for called, item, place in _of_designs(designs, name):
        known = next((one for one in inside if one[0] == item), None)
        if known is None:
            inside.append((item, place, [called]))
        elif called not in known[2]:
            known[2].append(called)
    every = len(designs)
    told = (Entry(item, place, "" if len(of) == every else ", ".join(of)) for item, place, of in inside)
    return own + [entry for entry in told if all(entry.item != one.item for one in own)]


def _of_designs(designs: Sequence[Plain], name: str) -> Iterator[tuple[str, Plain, str]]:
    for n, design in enumerate(designs):
        for m, item in enumerate(design.get(name, ())):
            yield str(design.get("identifier") or n + 1), item, f"/designs/{n}/{name}/{m}"


def table(
    record: Plain, name: str, title: str, fields: Sequence[Field], lang: str, code: Code = as_it_is
) -> Panel | None:
    """A list as a table: a column of every field that one of the entries has."""
    entries = placed(record, name)
    columns = [field for field in fields if any(entry.item.get(field.name) for entry in entries)]
    return drawn(name, title, columns, entries, lang, code)


def drawn(
    name: str,
    title: str,
    columns: Sequence[Field],
    entries: Sequence[Entry],
    lang: str,
    code: Code = as_it_is,
) -> Panel | None:
    """A table with the given columns; None where no entry has anything to show."""
    of_some = any(entry.of for entry in entries)
    lines: list[dict[str, Any]] = []
    for entry in entries:
        cells = tuple(field.values(entry.item, entry.place, lang) for field in columns)
        if any(cells):
            lines.append({"cells": (*cells, entry.designs) if of_some else cells})
    heads = tuple((str(field.label), code(field.inid)) for field in columns)
    heads += ((_("Of design"), ""),) if of_some else ()
    return Panel(name, title, (), "table", ({"heads": heads}, *lines)) if lines else None
