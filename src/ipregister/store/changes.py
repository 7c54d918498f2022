"""The ordered list of changes, and the digest of the whole register."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec
from django.db import connections
from django.db.models import F, Max
from django.db.models.functions import Collate

from ipregister.store import bulk, models, notices
from ipregister.store.rows import Change

_PART = 5000
_CHANGE = ("pk", "key", "number", "office", "right", "deleted", "cause")


def changes(alias: str, since: int, limit: int) -> list[Change]:
    """The changes after a number, versions and notices, in order of commit."""
    rows = bulk.after(alias, models.Version, _CHANGE, since, limit)
    found = [
        Change(change, key, number, office, right, bool(deleted), cause)
        for change, key, number, office, right, deleted, cause in rows
    ]
    told = notices.after(alias, since, limit)
    return sorted([*found, *told], key=lambda one: one.number)[:limit] if told else found


def latest(alias: str, before: int, limit: int, offices: Sequence[str] = ()) -> list[Change]:
    """The last changes, the newest first; `before` is the number of the last one seen, 0 for none. With `offices`
    theirs alone: then the changes of all are walked through."""
    told = notices.latest(alias, before, limit, offices)
    rows = models.Version.objects.using(alias).order_by("-pk")
    rows = rows.filter(pk__lt=before) if before else rows
    rows = rows.filter(pk__gt=told[-1].number) if len(told) == limit else rows
    rows = rows.filter(office__in=offices) if offices else rows
    names = ("pk", "key", "number", "office", "right", "deleted", "cause")
    found = [Change(*row) for row in rows.values_list(*names)[:limit]]
    return sorted([*found, *told], key=lambda one: -one.number)[:limit] if told else found


def lasts(alias: str, keys: Sequence[str]) -> dict[str, int]:
    """The number of the last change of records by key: of their current versions, or of a notice after it."""
    found: dict[str, int] = {}
    for part in bulk.chunks(keys):
        rows = models.Record.objects.using(alias).filter(key__in=part)
        found.update(rows.values_list("key", "current"))
        told = models.Notice.objects.using(alias).filter(key__in=part).order_by().values("key")
        for key, number in told.annotate(last=Max("change")).values_list("key", "last"):
            found[key] = max(number, found.get(key, 0))
    return found


def last_change(alias: str) -> int:
    """The last change number that was given."""
    value = models.Counter.objects.using(alias).filter(name="change").values_list("value", flat=True).first()
    return value or 0


def digest(alias: str) -> str:
    """SHA-256 over all versions and open quarantine, in order of key; no clock times, no numbers of changes.

    A line a version: key, number, content hash, cause, hash of findings. Equal on SQLite and PostgreSQL and
    for every size of batches."""
    total = hashlib.sha256()
    for line in chain(_lines(alias), _quarantine_lines(alias)):
        total.update(msgspec.json.encode(line) + b"\n")
    return total.hexdigest()


def _lines(alias: str) -> Iterator[tuple[str | int, ...]]:
    rows = models.Version.objects.using(alias).order_by(_by_bytes(alias, "key"), "number")
    names = ("key", "number", "content_hash", "cause", "findings_hash")
    for key, number, content, cause, findings in rows.values_list(*names).iterator(_PART):
        yield key, number, bytes(content).hex(), cause, bytes(findings).hex()


def _quarantine_lines(alias: str) -> Iterator[tuple[str | int, ...]]:
    rows = models.Quarantine.objects.using(alias).filter(state="open")
    ordered = rows.order_by(_by_bytes(alias, "delivery__digest"), "slice_index")
    names = ("delivery__digest", "slice_index", "key", "reason", "content_hash")
    for delivery, index, key, reason, content in ordered.values_list(*names).iterator(_PART):
        yield delivery, index, key, reason, bytes(content).hex()


def _by_bytes(alias: str, field: str) -> Collate:
    return Collate(F(field), "C" if connections[alias].vendor == "postgresql" else "BINARY")
