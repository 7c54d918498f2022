"""Versions on their way out, many at once: what publications and the log read. Bodies come compressed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Sum

from ipregister.store import bulk, models
from ipregister.store.former import Presents, Standing
from ipregister.store.packed import Outgoing

_NAMES = ("change", "key", "number", "office", "right", "schema", "deleted", "cause", "extracted", "confirmed",
          "recorded_at", "media_hash")  # fmt: skip

Files = dict[tuple[str, bytes], list[tuple[Any, ...]]]
"""Files beside versions by key and group: name, member, SHA-256, type, width, height, kept file."""


def since(alias: str, change: int, until: int, limit: int) -> list[Outgoing]:
    """The versions after a change, up to another, in the order of changes."""
    rows = models.Version.objects.using(alias).filter(pk__gt=change, pk__lte=until).order_by("pk")[:limit]
    return list(_outgoing(alias, list(rows.values_list(*_NAMES))))


def at_changes(alias: str, changes: Sequence[int]) -> dict[int, Outgoing]:
    """Versions by their change numbers."""
    found: dict[int, Outgoing] = {}
    for part in bulk.chunks(changes):
        rows = models.Version.objects.using(alias).filter(pk__in=part).values_list(*_NAMES)
        found.update((one.change, one) for one in _outgoing(alias, list(rows)))
    return found


def of_keys(alias: str, keys: Sequence[str]) -> list[Outgoing]:
    """All versions of records, in the order of changes."""
    found: list[Outgoing] = []
    for part in bulk.chunks(keys):
        rows = models.Version.objects.using(alias).filter(key__in=part).values_list(*_NAMES)
        found += _outgoing(alias, list(rows))
    return sorted(found, key=lambda one: one.change)


def _outgoing(alias: str, rows: Sequence[tuple[Any, ...]]) -> Iterator[Outgoing]:
    heads: dict[str, tuple[int, str, str]] = {}
    for part in bulk.chunks(sorted({row[1] for row in rows})):
        records = models.Record.objects.using(alias).filter(key__in=part)
        for key, now, extracted, confirmed in records.values_list("key", "current", "extracted", "confirmed"):
            heads[key] = now, extracted, confirmed
    bodies: dict[int, bytes] = {}
    for changes in bulk.chunks([row[0] for row in rows]):
        found = models.Body.objects.using(alias).filter(pk__in=changes).values_list("pk", "body")
        bodies.update((pk, bytes(body)) for pk, body in found)
    places = [Standing(row[1], row[3], row[4], heads[row[1]][0] == row[0], row[6]) for row in rows]
    over = Presents(alias, places)
    for row, place in zip(rows, places, strict=True):
        change, key, number, office, right, schema, deleted, cause, extracted, confirmed, recorded, media = (
            row
        )
        _now, since, last = heads[key]
        if place.current:
            extracted, confirmed = since, last
        yield Outgoing(change, key, number, office, right, schema, deleted, cause, extracted, confirmed,
                       _written(recorded), bytes(media), place.current, bodies[change],
                       over.of(place))  # fmt: skip


def _written(recorded: dt.datetime) -> str:
    return recorded.isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(alias: str, change: int) -> str:
    """When the last version or notice up to a change was recorded (ISO 8601, UTC); empty where there is none."""
    tables = (models.Version, models.Notice)
    latest = [
        table._default_manager.using(alias)
        .filter(pk__lte=change)
        .order_by("-pk")
        .values_list("pk", "recorded_at")
        .first()
        for table in tables
    ]
    last = max((one for one in latest if one is not None), default=None)
    return _written(last[1]) if last else ""


def deliveries_state(alias: str) -> tuple[int, int]:
    """How many deliveries there are and how many slices of them were taken in: with the last change it tells one
    state of the register from another."""
    found = models.Delivery.objects.using(alias).aggregate(slices=Sum("next_index"))
    return models.Delivery.objects.using(alias).count(), found["slices"] or 0


def pictures(alias: str, versions: Sequence[Outgoing]) -> Files:
    """The files beside versions."""
    found: dict[tuple[str, bytes], dict[str, tuple[Any, ...]]] = {}
    for part in bulk.chunks(sorted({one.key for one in versions if one.media})):
        rows = models.Media.objects.using(alias).filter(key__in=part).order_by("pk")
        names = ("key", "group", "name", "member", "sha256", "mime", "width", "height", "delivery__container")
        for key, group, name, *rest in rows.values_list(*names):
            found.setdefault((key, bytes(group)), {}).setdefault(name, (name, *rest))
    return {place: list(files.values()) for place, files in found.items()}
