"""The code lists of `codes/`: CSV files with their source and edition in comment lines, read once.

The first column is `code`, the second `label` in English; further columns belong to the list.
"""

import csv
from functools import cache
from importlib import resources
from types import MappingProxyType

from ipregister.model.errors import NotFound

LISTS = (
    "st3",
    "languages",
    "subtypes",
    "mark_features",
    "mark_kinds",
    "states",
    "own_statuses",
    "event_kinds",
    "recordal_kinds",
    "reference_kinds",
    "st27_categories",
    "designation_states",
    "nice",
    "nice_editions",
    "vienna",
    "months",
    "country_names",
    "deferment_stems",
    "class_words",
)
"""All lists by name; `codes/<name>.csv` each."""


def _lines(name: str) -> list[str]:
    if name not in LISTS:
        raise NotFound(f"no code list {name!r}", remedy=f"use one of {', '.join(LISTS)}")
    path = resources.files("ipregister.model") / "codes" / f"{name}.csv"
    return path.read_text(encoding="utf-8").splitlines()


@cache
def header(name: str) -> MappingProxyType[str, str]:
    """What a list says of itself: `source`, `edition` and further notes."""
    notes = (line[1:].partition(":") for line in _lines(name) if line.startswith("#"))
    return MappingProxyType({key.strip(): text.strip() for key, mark, text in notes if mark})


@cache
def table(name: str) -> MappingProxyType[str, MappingProxyType[str, str]]:
    """A list as code -> row, in the order of the file."""
    rows = csv.DictReader(line for line in _lines(name) if not line.startswith("#"))
    return MappingProxyType({row["code"]: MappingProxyType(row) for row in rows})


@cache
def codes(name: str) -> frozenset[str]:
    """The codes of a list."""
    return frozenset(table(name))


@cache
def column(name: str, field: str) -> MappingProxyType[str, str]:
    """One column of a list as code -> value."""
    return MappingProxyType({code: row[field] for code, row in table(name).items()})


def label(name: str, code: str) -> str:
    """The English label of a code; the code itself where the list lacks it."""
    return column(name, "label").get(code, code)
