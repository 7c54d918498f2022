"""Dirt: what real feeds are full of, at declared rates, so that readers can be tested against it.

Every quirk is one row of ``DIRT``. Besides the rates, every office shows each of its quirks once, in
records of their own after the special marks, so that even a small region has all of them.
"""

from functools import cache
from random import Random

from ..filings import Filing
from ..marks import special_marks
from ..vocabulary import office_words
from .kinds import Place, Quirk
from .table import DIRT

# A record has at most one quirk of a topic, so that they do not hide each other.
TOPICS = {"address": "owner", "country": "owner", "party": "owner", "agent": "owner", "goods": "class",
          "events": "event", "priority": "date"}  # fmt: skip
FIRST_SHOWN = len(special_marks()) + 5


@cache
def quirks(office: str) -> tuple[Quirk, ...]:
    """The quirks of an office, in the table's order."""
    return tuple(quirk for quirk in DIRT if office in quirk.offices)


@cache
def quirk(name: str) -> Quirk:
    """The quirk of that name."""
    return next(quirk for quirk in DIRT if quirk.name == name)


@cache
def _shown(office: str) -> tuple[Quirk, ...]:
    return tuple(quirk for quirk in quirks(office) if quirk.needs != "madrid")


def shown_until(office: str) -> int:
    """The first index after the showcase of the office."""
    return FIRST_SHOWN + len(_shown(office))


def showcase(office: str, index: int) -> Quirk | None:
    """The quirk that this record is there to show, if any."""
    place = index - FIRST_SHOWN
    return _shown(office)[place] if 0 <= place < len(_shown(office)) else None


def quirks_of(filing: Filing, shown: Quirk | None, chance: Random) -> tuple[str, ...]:
    """The names of the quirks of a filing."""
    if shown:
        return (shown.name,)
    if filing.index < FIRST_SHOWN and filing.series != "madrid":
        return ()
    found: dict[str, str] = {}
    for one in quirks(filing.office):
        if one.needs == "madrid":
            if filing.series == "madrid" and _in_turn(filing, one):
                found.setdefault(_topic(one), one.name)
        elif chance.random() < one.rate and _has(filing, one.needs):
            found.setdefault(_topic(one), one.name)
    return tuple(found.values())


def _topic(one: Quirk) -> str:
    prefix = one.name.partition("-")[0]
    return TOPICS.get(prefix, prefix)


def _in_turn(filing: Filing, one: Quirk) -> bool:
    """Quirks of national copies come in turn, so that few records show them all."""
    every = round(1 / one.rate)
    ordinal = filing.index // office_words(filing.office)["national_copy_every"]
    return bool(ordinal % every == len(one.name) % every)


def _has(filing: Filing, needs: str) -> bool:
    match needs:
        case "registered":
            return bool(filing.registration) or bool(filing.happened("registered"))
        case "picture":
            return filing.logo is not None
        case "priority":
            return bool(filing.priorities)
        case "texts":
            return filing.words is not None
    return True


__all__ = ["DIRT", "Place", "Quirk", "quirk", "quirks", "quirks_of", "showcase", "shown_until"]
