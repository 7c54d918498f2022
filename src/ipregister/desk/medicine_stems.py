"""Names that are built on the stem of a medicine's international nonproprietary name (INN).

Stems belong to nobody: WHO asks that no mark be derived from them, and offices refuse such marks for medicines.
"""

import csv
from functools import cache
from importlib import resources

from msgspec import Struct

from ipregister.search.similarity.names import forms
from ipregister.search.similarity.words import ALPHABETS

MEDICINES = 5
"""The Nice class of medicines."""
SHORTEST, SPARE = 3, 2
"""Letters of a stem that is told; letters a word must have beside it."""


class Stem(Struct, frozen=True):
    """A stem, where in a name it stands (`end`, `begin`, `inside`), and what medicines have it."""

    stem: str
    place: str
    group: str


class StemFound(Struct, frozen=True):
    """A word of a name that is built on a stem."""

    word: str
    stem: str
    place: str
    group: str


@cache
def stems() -> tuple[Stem, ...]:
    """All stems of the list, the longest first."""
    text = (resources.files(__package__) / "inn_stems.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    found = [Stem(row["stem"], row["place"], row["group"]) for row in rows]
    return tuple(sorted(found, key=lambda one: (-len(one.stem), one.stem)))


def stems_in(name: str, classes: tuple[int, ...] = ()) -> list[StemFound]:
    """The words of a name in Latin letters (as spelled in an alphabet, as spoken in other scripts) that are built on a stem;
    the longest stem of each word. None where only other classes than that of medicines (5) are asked for."""
    if classes and MEDICINES not in classes:
        return []
    found = []
    own = forms(name)
    for word in (own.spelled if own.script in ALPHABETS else own.spoken).split():
        hit = next((one for one in stems() if len(one.stem) >= SHORTEST and _stands_in(one, word)), None)
        if hit is not None:
            found.append(StemFound(word, hit.stem, hit.place, hit.group))
    return found


def _stands_in(one: Stem, word: str) -> bool:
    if len(word) < len(one.stem) + SPARE:
        return False
    if one.place == "inside":
        return one.stem in word[1:-1]
    return word.endswith(one.stem) if one.place == "end" else word.startswith(one.stem)
