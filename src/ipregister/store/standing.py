"""What the register knows of records before a batch is placed: current states, all states, old contents."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import chain

from ipregister.store import bulk, models
from ipregister.store.compression import unsqueeze
from ipregister.store.confirmations import deliveries
from ipregister.store.placing import State, in_order, is_joined, needs_history, place


class Known:
    """What the register knows of a record before a batch: its current state and counters."""

    __slots__ = ("deleted", "key", "seen", "state", "versions")

    def __init__(self, key: str, versions: int, state: State, deleted: bool, seen: int) -> None:
        self.key, self.versions, self.state, self.deleted, self.seen = key, versions, state, deleted, seen


_KNOWN = ("key", "versions", "extracted", "rank", "confirmed", "content_hash", "current", "media_hash",
          "deleted", "seen", "confirmations")  # fmt: skip


def known(alias: str, keys: Sequence[str]) -> dict[str, Known]:
    """The current states of records, by key."""
    found: dict[str, Known] = {}
    rows = bulk.select(alias, models.Record, _KNOWN, "key", keys)
    for key, versions, extracted, rank, confirmed, content, change, media, deleted, seen, log in rows:
        state = State(extracted, bytes(rank), confirmed, bytes(content), change, versions, 0, bytes(media),
                      bytes(log))  # fmt: skip
        found[key] = Known(key, versions, state, bool(deleted), seen)
    return found


_STATE = ("key", "extracted", "rank", "confirmed", "content_hash", "change", "number", "delivery_id",
          "media_hash", "confirmations")  # fmt: skip


def timelines(alias: str, heads: Sequence[Known], until: dt.datetime | None = None) -> dict[str, list[State]]:
    """All states of records in order, by key; with `until` only those that were recorded by then."""
    current = {head.key: head.state for head in heads}
    states: dict[str, list[State]] = {}
    versions = models.Version.objects.using(alias)
    versions = versions.filter(recorded_at__lte=until) if until else versions.all()
    for part in bulk.chunks(list(current)):
        rows = versions.filter(key__in=part).values_list(*_STATE)
        for key, extracted, rank, confirmed, content, change, number, delivery, media, log in rows:
            if change == current[key].change:
                confirmed, log = current[key].confirmed, current[key].log
            state = State(extracted, bytes(rank), confirmed, bytes(content), change, number, delivery,
                          bytes(media), bytes(log))  # fmt: skip
            states.setdefault(key, []).append(state)
    if until and states:
        known_by = extractions(alias, until)
        for state in chain.from_iterable(states.values()):
            said = [known_by[number] for number in deliveries(state.log) if number in known_by]
            state.confirmed = max(said, default=state.extracted)
    return {key: in_order(found) for key, found in states.items()}


def news(alias: str, extracted: str, said: Mapping[str, tuple[bytes, bytes, bytes]]) -> set[str]:
    """The keys under which a delivery says something that the register does not hold for its day: what it
    would store. `said` has hashes of content and of pictures, and ranks, by key."""
    heads = known(alias, list(said))
    unsure = [head for head in heads.values() if needs_history(head.state, extracted, said[head.key][2])]
    states = timelines(alias, unsure)
    days = extractions(alias) if states else {}
    fresh = set(said) - heads.keys()
    joined = [head for head in heads.values() if is_joined(head.state)]
    for key, held in timelines(alias, joined).items():
        if said[key][0] not in [one.content for one in held if not is_joined(one)]:
            fresh.add(key)
    for key, head in heads.items():
        if is_joined(head.state):
            continue
        content, media, rank = said[key]
        placed = place(states.get(key) or [head.state], extracted, content, media, days, rank)
        if placed.insert is not None:
            fresh.add(key)
    return fresh


def extractions(alias: str, until: dt.datetime | None = None) -> dict[int, str]:
    """The extractions of deliveries (that were received by then), by their numbers."""
    rows = models.Delivery.objects.using(alias)
    rows = rows.filter(received_at__lte=until) if until else rows.all()
    return dict(rows.values_list("pk", "extracted"))


def bodies_of(alias: str, changes: Sequence[int]) -> dict[int, tuple[bytes, int]]:
    """Contents of versions with their schema numbers, by change number."""
    schemas: dict[int, int] = {}
    bodies: dict[int, tuple[bytes, int]] = {}
    for part in bulk.chunks(changes):
        schemas.update(models.Version.objects.using(alias).filter(pk__in=part).values_list("pk", "schema"))
        for change, body in models.Body.objects.using(alias).filter(pk__in=part).values_list("pk", "body"):
            bodies[change] = unsqueeze(body), schemas[change]
    return bodies
