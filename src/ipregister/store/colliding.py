"""Two different records with one key in one delivery: the first holds, but for one that is closed longer, so that nothing
becomes public that the delivery also says is not.
"""

from collections.abc import Mapping, Sequence

import msgspec

from ipregister.model.finding import Finding
from ipregister.model.offices import codes
from ipregister.model.offices import office as facts_of
from ipregister.model.publicity import opening_of
from ipregister.model.record import Record
from ipregister.model.unnamed import has_unnamed
from ipregister.store.placing import Placed, State, closing_rank, place
from ipregister.store.sheet import Packed
from ipregister.store.standing import bodies_of
from ipregister.store.upcast import decode

KEY_COLLISION = "key-collision"
"""Reason of quarantine and finding code: one delivery holds two different records with one key."""
CLOSING_COLLISION = "key-collision-closing"
"""Finding code: the same, of the one that is taken though it is not the first, since it is closed longer."""
_NEVER = "9999-12-31"

Closure = tuple[str, bool]
"""The day that opens a record (empty: it is open), and whether it has parties who are not to be named. The greater is closed longer."""


def closure_of(record: Record, day: str) -> Closure | None:
    """How far a record is closed, by what it says, on the day of its delivery; None where its office's rule for the right
    does not hang on that. Days that opened it before are all the same."""
    if record.office not in codes():
        return None
    opening = opening_of(record, facts_of(record.office))
    if opening is None:
        return None
    return ("" if opening and opening <= day else opening or _NEVER), has_unnamed(record)


def closes(told: Record, held: Record, day: str) -> bool:
    """Whether a record that collides with another on a day of delivery is closed longer than that one."""
    longer, shorter = closure_of(told, day), closure_of(held, day)
    return longer is not None and shorter is not None and longer > shorter


def closing(
    alias: str, states: Sequence[State], extracted: str, item: Packed, days: Mapping[int, str]
) -> Placed | None:
    """The place of a state that closes what its own delivery said before of the record, which is told of it; None where it
    closes nothing."""
    placed = place(list(states), extracted, item.content, item.media, days, closing_rank(item.content))
    if placed.insert is None or placed.before is None:
        return None
    change = placed.before.change
    held = decode(*bodies_of(alias, [change])[change])
    if not closes(decode(item.incoming.body), held, extracted):
        return None
    tell_closing(item, item.incoming.key)
    return placed


def tell_closing(item: Packed, key: str) -> None:
    """Add to a record the finding that it collides with the first of its delivery, and holds."""
    finding = Finding(CLOSING_COLLISION, "error", arguments={"key": key})
    item.incoming = msgspec.structs.replace(item.incoming, findings=(*item.incoming.findings, finding))
