"""Where a delivered state belongs among the states of its record. Pure: no database, no clock.

States are ordered by (extraction, rank): the rank is the content hash of the first reading, behind a sign of how long the
state is closed where it is. The state with the greatest order is
the current one, whatever the order in which deliveries arrived; and on every past day that state holds which
the latest delivery up to it said.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec
from msgspec import Struct

from ipregister.store import confirmations


class State(Struct):
    """One state of a record: valid from `extracted`, last confirmed by the extraction `confirmed`.

    `content` is the hash of the latest reading of it, `rank` tells its place, by the hash of the first; `change` 0 = not stored yet.
    `log` has the deliveries that confirmed it (`confirmations`).
    """

    extracted: str
    rank: bytes
    confirmed: str
    content: bytes
    change: int = 0
    number: int = 0
    delivery: int = 0
    media: bytes = b""
    log: bytes = b""


class Placed(Struct, frozen=True):
    """What to do: `confirm` a state that still holds, `insert` a new one after `before`, and say `again` what
    was later true. With `again`, `before` is what is left of the state before the cut."""

    confirm: State | None = None
    insert: State | None = None
    again: State | None = None
    before: State | None = None
    current: bool = False


_JOINED = b"\xff" * 8
"""What the rank of a joined state begins with: it comes after every document of its extraction."""
_CLOSING = b"\xff" * 7 + b"\xfe"
"""What the rank of a state begins with that is closed on the day of its delivery (`closing`): behind every hash."""
_RANK, _DAY = 32, 8
_HEAD = len(_CLOSING) + _DAY + 1
"""Bytes of a rank that closes before the hash in it."""


def joined_rank(documents: int, content: bytes) -> bytes:
    """The rank of a state that is made of a record's documents (`joining`), of which there are so many."""
    return (_JOINED + documents.to_bytes(4, "big") + content)[:_RANK]


def closing_rank(content: bytes, opening: str, *, unnamed: bool) -> bytes:
    """The rank of a state that is closed by what it says: until a day (ISO; empty: it is not), and by parties who are not
    to be named. It comes after every open state of its extraction, and after every one that is closed less."""
    return (_CLOSING + _digits(opening) + bytes([unnamed]) + content)[:_RANK]


def rank_on(state: State, day: str) -> bytes:
    """The rank of a state on a later day on which it was said, too: once its day has come, it is closed no more."""
    rank = state.rank
    if not rank.startswith(_CLOSING) or rank[_HEAD - 1] or rank[len(_CLOSING) : _HEAD - 1] > _digits(day):
        return rank
    return state.content if state.content.startswith(rank[_HEAD:]) else rank[_HEAD:]


def rank_again(rank: bytes, content: bytes, closing: bytes) -> bytes:
    """The rank of a state that was read again: closed as it is read now (`closing`; empty: it is open), in its place by its
    first reading. One that its publisher put behind all others (`retracting`) stays there."""
    was_closed = rank.startswith(_CLOSING)
    if not any(rank) or closing[:_HEAD] == (rank[:_HEAD] if was_closed else b""):
        return rank
    first = rank[_HEAD:] if was_closed else rank
    if closing:
        return (closing[:_HEAD] + first)[:_RANK]
    return content if content.startswith(first) else first


def _digits(day: str) -> bytes:
    return day[:10].replace("-", "").rjust(_DAY, "0").encode()


def is_joined(state: State) -> bool:
    """Whether a state is made of several documents, and was not delivered itself."""
    return is_joined_rank(state.rank)


def is_joined_rank(rank: bytes) -> bool:
    """The same by the rank of a state."""
    return rank.startswith(_JOINED)


def needs_history(head: State, extracted: str, rank: bytes) -> bool:
    """Whether the head alone does not decide: the delivery is older than what was said last."""
    return (extracted, rank) < (head.confirmed, rank_on(head, head.confirmed))


def place(
    states: list[State], extracted: str, content: bytes, media: bytes = b"",
    days: Mapping[int, str] = MappingProxyType({}), rank: bytes = b"",
) -> Placed:  # fmt: skip
    """Place a delivered content among the states of its record, which are in order (the last is current).

    `days` are the extractions of the deliveries that confirmed them; `rank` is that of the content where it is not its hash."""
    rank = rank or content
    at = _position(states, extracted, content, rank)
    before = states[at - 1] if at else None
    same_media = before is None or not media or not before.media or media == before.media
    if before is not None and before.content == content and same_media:
        news = extracted not in (before.extracted, before.confirmed)
        return Placed(confirm=before if news else None, before=before)
    insert = State(extracted, rank, extracted, content, media=media)
    if before is not None and (before.confirmed, rank_on(before, before.confirmed)) > (extracted, rank):
        before, again = _cut(before, extracted, rank, days)
        return Placed(insert=insert, again=again, before=before, current=at == len(states))
    return Placed(insert=insert, before=before, current=at == len(states))


def _cut(state: State, extracted: str, rank: bytes, days: Mapping[int, str]) -> tuple[State, State]:
    """What a state is before and after a delivery that says something else in between."""
    said = sorted((days[number], number) for number in confirmations.deliveries(state.log) if number in days)
    earlier = [one for one in said if (one[0], rank_on(state, one[0])) <= (extracted, rank)]
    later = said[len(earlier) :]
    start = later[0][0] if later else state.confirmed
    rest = confirmations.packed([number for day, number in later if day != start])
    again = msgspec.structs.replace(state, extracted=start, rank=rank_on(state, start), log=rest)
    confirmed = earlier[-1][0] if earlier else state.extracted
    log = confirmations.packed([number for _, number in earlier])
    return msgspec.structs.replace(state, confirmed=confirmed, log=log), again


def _position(states: list[State], extracted: str, content: bytes, rank: bytes) -> int:
    """How many states come before a delivered one. Equal content at the same extraction is the state itself."""
    for at in range(len(states), 0, -1):
        state = states[at - 1]
        if state.content == content and state.extracted == extracted:
            return at
        if (state.extracted, state.rank) <= (extracted, rank):
            return at
    return 0


def in_order(states: list[State]) -> list[State]:
    """States in order, each once: of several readings of one state the latest stands for it."""
    latest: dict[tuple[str, bytes], State] = {}
    for state in sorted(states, key=lambda s: s.number):
        latest[state.extracted, state.rank] = state
    return [latest[order] for order in sorted(latest)]


def run(states: list[State], number: int) -> tuple[str, str]:
    """From when until when the office said what version `number` says, without anything else in between.

    Neighbours that say the same are one run: an older delivery that says so arrived later."""
    at = next(i for i, state in enumerate(states) if state.number == number)
    first = last = at
    while first and _same(states[first - 1], states[at]):
        first -= 1
    while last + 1 < len(states) and _same(states[last + 1], states[at]):
        last += 1
    return states[first].extracted, max(state.confirmed for state in states[first : last + 1])


def current_since(states: list[State], placed: Placed) -> str:
    """Since when the office has said the current state, once a late delivery is placed before it."""
    fresh = [state for state in (placed.insert, placed.again) if state is not None]
    merged = sorted([*states, *fresh], key=lambda state: (state.extracted, state.rank))
    at = len(merged) - 1
    while at and _same(merged[at - 1], merged[-1]):
        at -= 1
    return merged[at].extracted


def _same(one: State, other: State) -> bool:
    said = one.content == other.content or one.rank == other.rank
    return said and (one.media == other.media or not one.media or not other.media)
