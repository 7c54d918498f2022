"""Entries of a list of a public record, with those that its single designs have of their own (ST.86 says the parties, the
priorities and the publications of an application with several designs in each of them)."""

from collections.abc import Sequence
from typing import Any

Plain = dict[str, Any]


def entries(public: Plain, name: str) -> Sequence[Plain]:
    """The record's entries, then those that its designs add, each of these once."""
    own: Sequence[Plain] = public.get(name, [])
    designs = public.get("designs")
    if not designs:
        return own
    found = list(own)
    for design in designs:
        found += [entry for entry in design.get(name, ()) if entry not in found]
    return found


def names(parties: Sequence[Plain]) -> list[Plain]:
    """The names of parties as texts with their language: the whole ones, and those of organisations."""
    return [
        text
        for party in parties
        for text in (*party.get("names", ()), *party.get("organization_names", ()))
        if text.get("text")
    ]
