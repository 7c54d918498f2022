"""Acts of the Hague System by themselves, and what they make of the registration that they are about."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from ipregister.model.design import Design
from ipregister.model.event import Recordal
from ipregister.model.right import Designation, Right

ACT = "ACT"
"""Subtype of a record that is an act by itself: the number of the registration and one recordal."""
HAGUE = "WO"
"""The office that keeps the international register of designs."""
SAME = "="
"""In a source: the value is told with the repairs that it has in the document itself."""

Source = tuple[int, str, str]
Placed = tuple[Recordal, int, int]
"""A recordal, its document, its place in it."""

_WHOLE = {
    "total-refusal": "refused", "partial-refusal": "partially-refused", "withdrawal": "granted", "grant": "granted",
    "renunciation": "renounced", "limitation": "limited", "invalidation": "invalidated", "cancellation": "cancelled",
    "expiry": "ended",
}  # fmt: skip
_PARTLY = {
    "withdrawal": "partially-refused", "renunciation": "limited", "invalidation": "limited",
    "cancellation": "limited", "expiry": "limited",
}  # fmt: skip


class Told(Struct, frozen=True):
    """A registration with acts, and where what changed comes from (`model.joined`)."""

    record: Design
    sources: dict[str, Source]


def is_act(record: Right) -> bool:
    """Whether a record is an act by itself."""
    return isinstance(record, Design) and record.subtype == ACT


def is_told(act: Right, record: Right) -> bool:
    """Whether a registration, or another document of it, tells an act: one of its kind under its number."""
    for one in act.recordals:
        kinds = {"total-refusal", "partial-refusal"} if one.kind.endswith("-refusal") else {one.kind}
        same = any(other.kind in kinds and other.identifier == one.identifier for other in record.recordals)
        if not (one in record.recordals or (one.identifier and same)):
            return False
    return True


def left_out(earlier: Right, present: Right) -> list[str]:
    """The acts that a state of an international registration of a design tells and the present one does not, by their kind
    and number."""
    if not (isinstance(earlier, Design) and isinstance(present, Design) and earlier.office == HAGUE):
        return []
    alone = [(one, Design(office=HAGUE, subtype=ACT, recordals=(one,))) for one in earlier.recordals]
    return [
        " ".join(filter(None, (one.kind, one.identifier))) for one, act in alone if not is_told(act, present)
    ]


def with_acts(base: Design, place: int, acts: Sequence[tuple[int, Design]]) -> Told:
    """A registration (the document `place`) with acts that it does not tell, each with its place among the
    documents of the right."""
    sources: dict[str, Source] = {}
    own: list[Placed] = [(one, place, n) for n, one in enumerate(base.recordals)]
    more: list[Placed] = [(one, at, n) for at, act in acts for n, one in enumerate(act.recordals)]
    more.sort(key=lambda one: (_day(one[0]), one[0].identifier))
    events = list(base.events)
    for number, (_, at, n) in enumerate(more, start=len(own)):
        sources[f"/recordals/{number}"] = (at, f"/recordals/{n}", "")
    for at, act in acts:
        for n, event in enumerate(act.events):
            sources[f"/events/{len(events)}"] = (at, f"/events/{n}", "")
            events.append(event)
    record = msgspec.structs.replace(
        base, recordals=tuple(one for one, _, _ in (*own, *more)), events=tuple(events),
        designations=tuple(_designation(one, n, own, more, sources) for n, one in enumerate(base.designations)),
        expiry_date=_expiry(base, more, sources),
    )  # fmt: skip
    return Told(record, sources)


def _day(one: Recordal) -> str:
    return one.date or one.decision_date or one.effective_date or ""


def _expiry(base: Design, more: Sequence[Placed], sources: dict[str, Source]) -> str | None:
    """The registration as a whole expires when its last renewal does."""
    latest = base.expiry_date
    for one, at, n in more:
        if one.kind == "renewal" and one.end_date and one.end_date > (latest or ""):
            latest = one.end_date
            sources["/expiry_date"] = (at, f"/recordals/{n}/end_date", SAME)
    return latest


def _designation(
    one: Designation, number: int, own: Sequence[Placed], more: Sequence[Placed], sources: dict[str, Source]
) -> Designation:
    """A designated country in the state that all acts lead to, with the term that is renewed for it."""
    before, _ = _state(one.country, own, "designated")
    told = sorted((*own, *more), key=lambda placed: _day(placed[0]))
    state, source = (
        _state(one.country, told, "designated")
        if before == one.state
        else _state(one.country, more, one.state)
    )
    if state != one.state and source is not None:
        sources[f"/designations/{number}/state"] = (*source, f"says:{state}")
    expiry = one.expiry_date
    for act, at, n in more:
        if act.kind == "renewal" and act.end_date and _concerns(act, one.country):
            expiry = act.end_date
            sources[f"/designations/{number}/expiry_date"] = (at, f"/recordals/{n}/end_date", SAME)
    return msgspec.structs.replace(one, state=state, expiry_date=expiry)


def _concerns(act: Recordal, country: str) -> bool:
    return not act.offices or country in act.offices


def _state(country: str, acts: Sequence[Placed], state: str) -> tuple[str, tuple[int, str] | None]:
    """The state of a country after acts, and the value of a document that last changed it."""
    source: tuple[int, str] | None = None
    for act, at, n in acts:
        if not _concerns(act, country):
            continue
        table = _PARTLY if act.numbers and act.kind in _PARTLY else _WHOLE
        new = table.get(act.kind, state)
        if act.kind == "grant" and act.numbers and state in ("refused", "partially-refused"):
            new = "partially-refused"
        if new != state:
            place = f"offices/{act.offices.index(country)}" if act.offices else "identifier"
            state, source = new, (at, f"/recordals/{n}/{place}")
    return state, source
