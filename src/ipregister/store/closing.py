"""How long a record is closed by what it says, as a rank among the states of its extraction: of two that contradict each
other the one that is closed longer holds, so that nothing becomes public that the office also says is not.
"""

from ipregister.model.finding import Finding
from ipregister.model.offices import Office
from ipregister.model.publicity import lies_in_content, opening_of
from ipregister.model.record import Record
from ipregister.model.unnamed import has_unnamed
from ipregister.store.placing import closing_rank
from ipregister.store.sheet import Packed

KEY_COLLISION = "key-collision"
"""Reason of quarantine and finding code: one delivery holds two different records with one key."""
CLOSING_COLLISION = "key-collision-closing"
"""Finding code: one delivery holds two different records with one key; this one is taken though it is not the first, since it
is closed longer."""
_NEVER = "9999-12-31"


def rank_of(record: Record, office: Office, right: str, day: str, content: bytes) -> bytes:
    """The rank of a record that is closed on the day of its delivery; empty where it is open, or where its office's rule for
    the right does not hang on what it says. Days that opened it before are all the same."""
    if not lies_in_content(office.code, right):
        return b""
    opening = opening_of(record, office)
    if opening is None:
        return b""
    until = "" if opening and opening <= day else opening or _NEVER
    unnamed = has_unnamed(record)
    return closing_rank(content, until, unnamed=unnamed) if until or unnamed else b""


def tell_closing(item: Packed) -> None:
    """Add to a record the finding that it collides with the first of its delivery, and holds, since it is closed longer."""
    item.tell(Finding(CLOSING_COLLISION, "error", arguments={"key": item.incoming.key}))
