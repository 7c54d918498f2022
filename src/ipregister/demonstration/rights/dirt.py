"""Dirt of the other rights: what real feeds are full of, each kind with the finding that it must give."""

import re
from collections.abc import Callable
from typing import NamedTuple


class Stain(NamedTuple):
    """One kind of dirt: the rights that have it, one record of how many, what it does to the document, and the code
    of the finding by which a reader must tell it; an empty code where it is mended in silence."""

    name: str
    rights: tuple[str, ...]
    every: int
    finding: str
    spoil: Callable[[str], str]


def _in_place(pattern: str, text: str) -> Callable[[str], str]:
    """Put a text in the place of the first one that is found."""
    found = re.compile(pattern)
    return lambda document: found.sub(lambda part: f"{part[1]}{text}{part[2]}", document, count=1)


_STATUS = r"(<(?:\w+:)?(?:DesignCurrentStatusCode|GIStatusCategory)>)[^<]*(<)"
_REGISTERED = r"(<(?:\w+:)?RegistrationDate>)[^<]*(<)"
_GRANTED = r"(<(?:date-of-grant>\s*<date|pat:GrantDate)>)[^<]*(<)"
_TITLE = r"()<(?:DesignTitle|invention-title|pat:InventionTitle)[^>]*>[^<]*</[^>]*>\n()"

RIGHTS_DIRT: tuple[Stain, ...] = (
    Stain("date-impossible", ("design", "indication"), 23, "not-a-date", _in_place(_REGISTERED, "2019-02-30")),
    Stain("date-zero", ("design", "indication"), 29, "not-a-date", _in_place(_REGISTERED, "0000-00-00")),
    Stain("date-of-grant-impossible", ("patent",), 27, "not-a-date", _in_place(_GRANTED, "20190230")),
    Stain("status-unknown", ("design", "indication"), 31, "unknown-status", _in_place(_STATUS, "On the shelf")),
    Stain("title-missing", ("design", "patent"), 37, "", _in_place(_TITLE, "")),
)  # fmt: skip
"""The one table of the dirt of designs, patents, utility models and indications."""


FIRST_SHOWN = 6
"""Before these are records that are only filed, or deferred."""


def stain_of(right: str, index: int) -> Stain | None:
    """The dirt of a record by its place: each kind once among the first records, then now and then."""
    mine = [one for one in RIGHTS_DIRT if right in one.rights]
    for place, one in enumerate(mine, FIRST_SHOWN):
        if index == place or (index > FIRST_SHOWN + len(mine) and index % one.every == one.every - 4):
            return one
    return None


def spoiled(right: str, index: int, document: str) -> str:
    """The document with the dirt that its place gives it."""
    stain = stain_of(right, index)
    return stain.spoil(document) if stain else document
