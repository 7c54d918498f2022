"""What the register knows of records before a batch is placed: current states, all states, old contents."""

from collections.abc import Sequence

from ipregister.store import bulk, models
from ipregister.store.compression import unsqueeze
from ipregister.store.placing import State, in_order


class Known:
    """What the register knows of a record before a batch: its current state and counters."""

    __slots__ = ("deleted", "key", "seen", "state", "versions")

    def __init__(self, key: str, versions: int, state: State, deleted: bool, seen: int) -> None:
        self.key, self.versions, self.state, self.deleted, self.seen = key, versions, state, deleted, seen


_KNOWN = ("key", "versions", "extracted", "rank", "confirmed", "content_hash", "current", "media_hash",
          "deleted", "seen")  # fmt: skip


def known(alias: str, keys: Sequence[str]) -> dict[str, Known]:
    """The current states of records, by key."""
    found: dict[str, Known] = {}
    for part in bulk.chunks(keys):
        rows = models.Record.objects.using(alias).filter(key__in=part).values_list(*_KNOWN)
        for key, versions, extracted, rank, confirmed, content, change, media, deleted, seen in rows:
            state = State(
                extracted, bytes(rank), confirmed, bytes(content), change, versions, 0, bytes(media)
            )
            found[key] = Known(key, versions, state, deleted, seen)
    return found


_STATE = ("key", "extracted", "rank", "confirmed", "content_hash", "change", "number", "delivery_id",
          "media_hash")  # fmt: skip


def timelines(alias: str, heads: Sequence[Known]) -> dict[str, list[State]]:
    """All states of records in order, by key."""
    current = {head.key: head.state for head in heads}
    states: dict[str, list[State]] = {}
    for part in bulk.chunks(list(current)):
        rows = models.Version.objects.using(alias).filter(key__in=part).values_list(*_STATE)
        for key, extracted, rank, confirmed, content, change, number, delivery, media in rows:
            if change == current[key].change:
                confirmed = current[key].confirmed
            state = State(extracted, bytes(rank), confirmed, bytes(content), change, number, delivery,
                          bytes(media))  # fmt: skip
            states.setdefault(key, []).append(state)
    return {key: in_order(found) for key, found in states.items()}


def bodies_of(alias: str, changes: Sequence[int]) -> dict[int, tuple[bytes, int]]:
    """Contents of versions with their schema numbers, by change number."""
    schemas: dict[int, int] = {}
    bodies: dict[int, tuple[bytes, int]] = {}
    for part in bulk.chunks(changes):
        schemas.update(models.Version.objects.using(alias).filter(pk__in=part).values_list("pk", "schema"))
        for change, body in models.Body.objects.using(alias).filter(pk__in=part).values_list("pk", "body"):
            bodies[change] = unsqueeze(body), schemas[change]
    return bodies
