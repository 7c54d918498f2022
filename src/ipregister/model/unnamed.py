"""Persons whose names are not to be published: an inventor at whose wish a name is left out (ST.36
`not-to-be-published-request-by-inventor`), a party marked as not open for publication (ST.96 `ConfidentialIndicator`),
designers who waived the right to be cited (ST.96 `DesignerWaiverIndicator`).

The public projection keeps such a party's place in its list, so that places of evidence stay what they are, with nothing
in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, get_args

import msgspec

from ipregister.model.design import Design, SingleDesign
from ipregister.model.party import Party
from ipregister.model.right import Right

NO = ("", "false", "0", "no", "n")
"""Words by which an indicator says no; whatever else stands there says yes."""
WAIVER = "designer-waiver"
"""The flag of a design whose designers waived the right to be cited."""
DESIGNERS = "designers"

Plain = dict[str, Any]


def says_yes(text: str) -> bool:
    """Whether an indicator is set."""
    return text.strip().casefold() not in NO


def has_unnamed(record: Right) -> bool:
    """Whether a party of a record is not to be named. Asked of every record on its way out, so that it stops at the first."""
    return any(True for part in _parts(record) for _ in _hidden_in(part))


def without_unnamed(plain: Plain, *records: Right) -> Plain:
    """A record in plain values without what it says of parties who are not to be named. `records`: the record, and where
    it is a former version also the present one; a list in which that one hides somebody is hidden whole."""
    former = len(records) > 1
    waived = any(_waives(part) for one in records for part in _parts(one))
    lists = {*closed_lists(*records[1:]), *([DESIGNERS] if waived else [])}
    out = {**plain, **_veiled(plain, lists)}
    if designs := plain.get("designs"):
        own = lists if former or any(_waives(one) for one in records) else set[str]()
        out["designs"] = [
            {**one, **_veiled(one, own | ({DESIGNERS} if _tells(one.get("flags", ())) else set()))}
            for one in designs
        ]
    return out


def closed_lists(*records: Right) -> frozenset[str]:
    """The lists of parties of which nothing is told that could not be read, since somebody in them is not to be named; of
    whom a value was, not every reader says. `records`: as in `without_unnamed`."""
    return frozenset(name for one in records for part in _parts(one) for name in _hidden_in(part))


def named_alone(plain: Plain) -> Plain:
    """A public projection without the empty places of parties who are not named."""
    out = {
        name: [one for one in value if one != {}] if isinstance(value, list) else value
        for name, value in plain.items()
    }
    if designs := out.get("designs"):
        out["designs"] = [named_alone(one) for one in designs]
    return out


def divided(record: Right, name: str) -> tuple[list[Party], list[Party]]:
    """The parties in a list of a record and of its single designs, each once: those who may be named, and those not."""
    waived = {id(part): _waives(part) for part in _parts(record)}
    named, unnamed = dict[Party, None](), dict[Party, None]()
    for part in _parts(record):
        whole = any(waived.values()) if part is record else waived[id(record)] or waived[id(part)]
        for one in getattr(part, name, ()):
            hidden = (whole and name == DESIGNERS) or says_yes(getattr(one, "hidden", ""))
            (unnamed if hidden else named)[one] = None
    return [*named], [*unnamed]


def _parts(record: Right) -> Iterable[Right | SingleDesign]:
    return (record, *record.designs) if isinstance(record, Design) else (record,)


def _veiled(plain: Plain, lists: set[str]) -> Plain:
    """The lists of parties in which somebody is not to be named, each such party without anything."""
    return {
        name: [{} if name in lists or says_yes(one.get("hidden", "")) else one for one in parties]
        for name, parties in plain.items()
        if name in lists or _hides(parties)
    }


def _hides(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(
        isinstance(one, dict) and says_yes(one.get("hidden", "")) for one in value
    )


def _hidden_in(part: Right | SingleDesign) -> Iterator[str]:
    """The lists of parties of a record, or of one of its designs, in which somebody is not to be named."""
    for name in _lists(type(part)):
        for one in getattr(part, name):
            if one.hidden and says_yes(one.hidden):
                yield name
                break
    if _waives(part):
        yield DESIGNERS


def _waives(part: Right | SingleDesign) -> bool:
    flags = getattr(part, "flags", ())
    return bool(flags) and _tells(flags)


def _tells(flags: Sequence[str]) -> bool:
    pairs = (flag.partition("=") for flag in flags)
    return any(name == WAIVER and says_yes(text) for name, _, text in pairs)


@cache
def _lists(kind: type[Right | SingleDesign]) -> tuple[str, ...]:
    """The lists of a type whose parties can be hidden."""
    return tuple(
        field.name
        for field in msgspec.structs.fields(kind)
        for inner in get_args(field.type)[:1]
        if isinstance(inner, type) and issubclass(inner, Party) and "hidden" in inner.__struct_fields__
    )
