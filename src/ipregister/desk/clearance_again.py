"""A clearance asked again: what is new, what is gone, what stands otherwise than in the report of before."""

from msgspec import Struct

from ipregister.desk.clearance import ClearHit, Report


class Changed(Struct, frozen=True):
    """A hit that stands in both reports, with what is otherwise: (what, before, now)."""

    key: str
    title: str
    changes: tuple[tuple[str, str, str], ...]


class Comparison(Struct, frozen=True):
    """What two reports on the same question have and have not in common. `same_algorithms` tells whether a
    difference can come from the register alone."""

    before: str
    now: str
    same_algorithms: bool
    same_register: bool
    new: tuple[ClearHit, ...]
    gone: tuple[ClearHit, ...]
    changed: tuple[Changed, ...]
    same: int


def compared(before: Report, now: Report) -> Comparison:
    """The difference between two reports, hits in the order of their reports."""
    old = {hit.key: hit for hit in before.hits}
    new = {hit.key: hit for hit in now.hits}
    both = [(old[key], hit) for key, hit in new.items() if key in old]
    changed = [Changed(hit.key, hit.title, found) for first, hit in both if (found := _changes(first, hit))]
    return Comparison(
        before=before.made,
        now=now.made,
        same_algorithms=before.algorithms == now.algorithms,
        same_register=before.register == now.register,
        new=tuple(hit for key, hit in new.items() if key not in old),
        gone=tuple(hit for key, hit in old.items() if key not in new),
        changed=tuple(changed),
        same=len(both) - len(changed),
    )


def _changes(first: ClearHit, second: ClearHit) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        ("closeness", first.closeness, second.closeness),
        ("standing", first.standing.group, second.standing.group),
        ("day", first.standing.day, second.standing.day),
        ("status", first.status, second.status),
        ("score", f"{first.score:.4f}", f"{second.score:.4f}"),
        ("owner", first.owner, second.owner),
        ("classes", _listed(first.classes), _listed(second.classes)),
    )
    return tuple((what, one, other) for what, one, other in pairs if one != other)


def _listed(classes: tuple[int, ...]) -> str:
    return " ".join(map(str, classes))
