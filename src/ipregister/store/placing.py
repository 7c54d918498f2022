"""Where a delivered state belongs among the states of its record. Pure: no database, no clock.

States are ordered by (extraction, content hash of the first reading). The state with the greatest order is
the current one, whatever the order in which deliveries arrived.
"""

from msgspec import Struct


class State(Struct):
    """One state of a record: valid from `extracted`, last confirmed by the extraction `confirmed`.

    `content` is the hash of the latest reading of it, `rank` the hash of the first; `change` 0 = not stored yet.
    """

    extracted: str
    rank: bytes
    confirmed: str
    content: bytes
    change: int = 0
    number: int = 0
    delivery: int = 0
    media: bytes = b""


class Placed(Struct, frozen=True):
    """What to do: `confirm` a state that still holds, `insert` a new one, and say `again` what was later true."""

    confirm: State | None = None
    insert: State | None = None
    again: State | None = None
    before: State | None = None
    current: bool = False


def needs_history(head: State, extracted: str, content: bytes) -> bool:
    """Whether the head alone does not decide: the delivery is older than the current state."""
    if content == head.content and extracted >= head.extracted:
        return False
    return (extracted, content) < (head.extracted, head.rank)


def place(states: list[State], extracted: str, content: bytes, media: bytes = b"") -> Placed:
    """Place a delivered content among the states of its record, which are in order (the last is current)."""
    at = _position(states, extracted, content)
    before = states[at - 1] if at else None
    same_media = before is None or not media or not before.media or media == before.media
    if before is not None and before.content == content and same_media:
        confirmed = before if extracted > before.confirmed else None
        return Placed(confirm=confirmed, before=before)
    insert = State(extracted, content, extracted, content, media=media)
    if before is not None and (before.confirmed, before.rank) > (extracted, content):
        again = State(before.confirmed, before.rank, before.confirmed, before.content,
                      delivery=before.delivery, media=before.media)  # fmt: skip
        return Placed(insert=insert, again=again, before=before, current=at == len(states))
    return Placed(insert=insert, before=before, current=at == len(states))


def _position(states: list[State], extracted: str, content: bytes) -> int:
    """How many states come before a delivered one. Equal content at the same extraction is the state itself."""
    for at in range(len(states), 0, -1):
        state = states[at - 1]
        if state.content == content and state.extracted == extracted:
            return at
        if (state.extracted, state.rank) <= (extracted, content):
            return at
    return 0


def in_order(states: list[State]) -> list[State]:
    """States in order, each once: of several readings of one state the latest stands for it."""
    latest: dict[tuple[str, bytes], State] = {}
    for state in sorted(states, key=lambda s: s.number):
        first = latest.get((state.extracted, state.rank))
        if first is not None and first.confirmed > state.confirmed:
            state.confirmed = first.confirmed
        latest[state.extracted, state.rank] = state
    return [latest[order] for order in sorted(latest)]
