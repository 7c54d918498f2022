"""Reading versions: heads, contents, history, and the state on a past day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from ipregister.model.acts import is_act
from ipregister.model.finding import Finding
from ipregister.store import bulk, causes, models
from ipregister.store.compression import arguments_of, unsqueeze, unsqueeze_evidence
from ipregister.store.deliveries import delivery_heads
from ipregister.store.former import Presents, Standing
from ipregister.store.placing import is_joined_rank, run
from ipregister.store.rows import Head, MediaRef, RawRef, StoredPlace, Version, VersionHead
from ipregister.store.standing import known, timelines
from ipregister.store.upcast import decode

Current = dict[str, tuple[int, str, str]]
"""Change of the current versions, since when their states were said and until when, by key."""


def head(alias: str, key: str) -> Head | None:
    """The current state of a record without its content."""
    row = models.Record.objects.using(alias).filter(key=key).first()
    return None if row is None else _head(row)


def heads(alias: str, keys: Sequence[str]) -> dict[str, Head]:
    """The same for many records."""
    found: dict[str, Head] = {}
    for part in bulk.chunks(keys):
        found.update((row.key, _head(row)) for row in models.Record.objects.using(alias).filter(key__in=part))
    return found


def _head(row: models.Record) -> Head:
    return Head(row.key, row.office, row.right, row.current, row.versions, row.extracted, row.confirmed,
                bytes(row.content_hash).hex(), row.deleted)  # fmt: skip


def current(alias: str, keys: Sequence[str], *, evidence: bool, findings: bool) -> dict[str, Version]:
    """The current versions of records, by key."""
    records = heads(alias, keys)
    rows = _versions(alias, [record.change for record in records.values()])
    now = {key: (record.change, record.extracted, record.confirmed) for key, record in records.items()}
    filled = _fill(alias, rows, now, evidence=evidence, findings=findings)
    return {version.key: version for version in filled}


def one(alias: str, key: str, number: int) -> Version | None:
    """One version of a record, with evidence and findings."""
    rows = models.Version.objects.using(alias).filter(key=key, number=number)
    return next(iter(_fill(alias, list(rows), evidence=True, findings=True)), None)


def of_changes(alias: str, changes: Sequence[int], *, evidence: bool = True) -> list[Version]:
    """The versions with the given change numbers, in that order."""
    found = {v.change: v for v in _fill(alias, _versions(alias, changes), evidence=evidence, findings=False)}
    return [found[change] for change in changes if change in found]


def history(alias: str, key: str) -> list[VersionHead]:
    """All versions of a record in the order of their states; readings of one state in the order they were made."""
    rows = models.Version.objects.using(alias).filter(key=key)
    return [VersionHead(**fields) for fields in _fields(alias, sorted(rows, key=_order), own=True)]


def places(alias: str, delivery: int) -> list[StoredPlace]:
    """Where every state that came with a delivery lies in it, in the order of storing. A state that a late
    delivery made the register say again lies where it was said first; a joined state has no place of its own."""
    rows = models.Version.objects.using(alias).filter(delivery_id=delivery).order_by("change")
    names = ("member", "offset", "length", "key", "number", "extracted", "rank")
    found: dict[tuple[str, str, bytes], StoredPlace] = {}
    for member, offset, length, key, number, extracted, rank in rows.values_list(*names).iterator():
        if is_joined_rank(bytes(rank)):
            continue
        found[key, extracted, bytes(rank)] = StoredPlace(member, offset, length, key, number)
    return list(found.values())


def as_of(alias: str, key: str, day: dt.date, until: dt.datetime | None) -> Version | None:
    """What the latest delivery up to a day said of a record; with `until`, as the register knew it then.

    `extracted` and `confirmed` are those of the state: since when and until when the office said so."""
    states = timelines(alias, list(known(alias, [key]).values()), until).get(key, [])
    past = [state for state in states if state.extracted[:10] <= day.isoformat()]
    version = next(
        (
            found
            for state in reversed(past)
            if (found := one(alias, key, state.number)) and not _is_act(found)
        ),
        None,
    )
    if version is None:
        return None
    since, last = run(states, version.number)
    return msgspec.structs.replace(version, extracted=since, confirmed=last)


_OF_ACTS = (causes.DOCUMENT, causes.READER, causes.MAPPING)


def _is_act(version: Version) -> bool:
    """Whether a version is an act by itself: a document of the record, never its state."""
    return version.cause in _OF_ACTS and is_act(decode(version.body, version.schema))


def _order(row: models.Version) -> tuple[str, bytes, int]:
    return row.extracted, bytes(row.rank), row.number


def _versions(alias: str, changes: Sequence[int]) -> list[models.Version]:
    rows: list[models.Version] = []
    for part in bulk.chunks(changes):
        rows += models.Version.objects.using(alias).filter(pk__in=part)
    return rows


def _fill(
    alias: str, rows: Sequence[models.Version], now: Current | None = None, *, evidence: bool, findings: bool
) -> Iterable[Version]:
    if not rows:
        return
    bodies = _bodies(alias, [row.change for row in rows], evidence=evidence)
    media, every = _media(alias, rows), list(_fields(alias, rows, now))
    places = [_standing(told) for told in every]
    over = Presents(alias, places)
    for row, fields, place in zip(rows, every, places, strict=True):
        body, packed = bodies[row.change]
        origins, repairs = unsqueeze_evidence(packed) if evidence else ({}, ())
        blob, refs = media.get((row.key, bytes(row.media_hash)), ("", ()))
        found = _findings(alias, row) if findings and row.findings_hash else ()
        yield Version(**fields, body=unsqueeze(body), evidence=origins, slice_repairs=repairs, findings=found,
                      media=refs, media_blob=blob, present=over.of(place))  # fmt: skip


def _standing(told: dict[str, Any]) -> Standing:
    return Standing(told["key"], told["office"], told["right"], told["current"], told["deleted"])


def _fields(
    alias: str, rows: Sequence[models.Version], now: Current | None = None, *, own: bool = False
) -> Iterable[dict[str, Any]]:
    deliveries = delivery_heads(alias, {row.delivery_id for row in rows})
    now = now or dict(_current_changes(alias, list({row.key for row in rows})))
    for row in rows:
        delivery = deliveries[row.delivery_id]
        change, since, confirmed = now[row.key]
        is_current = change == row.change
        yield {
            "key": row.key, "number": row.number, "change": row.change, "office": row.office,
            "right": row.right, "delivery": delivery, "cause": row.cause,
            "extracted": since if is_current and not own else row.extracted,
            "confirmed": confirmed if is_current else row.confirmed,
            "recorded_at": row.recorded_at, "schema": row.schema,
            "content_hash": bytes(row.content_hash).hex(), "rereads": row.rereads, "deleted": row.deleted,
            "current": is_current,
            "raw": RawRef(delivery.container, row.member, row.offset, row.length),
        }  # fmt: skip


def _current_changes(alias: str, keys: Sequence[str]) -> Iterable[tuple[str, tuple[int, str, str]]]:
    for part in bulk.chunks(keys):
        rows = models.Record.objects.using(alias).filter(key__in=part)
        for key, change, since, confirmed in rows.values_list("key", "current", "extracted", "confirmed"):
            yield key, (change, since, confirmed)


def _bodies(alias: str, changes: Sequence[int], *, evidence: bool) -> dict[int, tuple[bytes, bytes]]:
    names = ("pk", "body", "evidence") if evidence else ("pk", "body")
    found: dict[int, tuple[bytes, bytes]] = {}
    for part in bulk.chunks(changes):
        for change, body, *rest in models.Body.objects.using(alias).filter(pk__in=part).values_list(*names):
            found[change] = bytes(body), bytes(rest[0]) if rest else b""
    return found


def _media(
    alias: str, rows: Sequence[models.Version]
) -> dict[tuple[str, bytes], tuple[str, tuple[MediaRef, ...]]]:
    keys = sorted({row.key for row in rows if row.media_hash})
    groups: dict[tuple[str, bytes], dict[str, MediaRef]] = {}
    blobs: dict[tuple[str, bytes], str] = {}
    for part in bulk.chunks(keys):
        found = models.Media.objects.using(alias).filter(key__in=part).select_related("delivery")
        for row in found.order_by("pk"):
            group = row.key, bytes(row.group)
            blobs.setdefault(group, row.delivery.container)
            if blobs[group] == row.delivery.container:
                ref = MediaRef(row.name, row.member, row.sha256, row.mime, row.width, row.height)
                groups.setdefault(group, {}).setdefault(row.name, ref)
    return {group: (blobs[group], tuple(refs.values())) for group, refs in groups.items()}


def _findings(alias: str, row: models.Version) -> tuple[Finding, ...]:
    rows = models.Finding.objects.using(alias).filter(key=row.key, number=row.number).order_by("pk")
    return tuple(finding_of(found) for found in rows)


def finding_of(row: models.Finding) -> Finding:
    """The finding of a row."""
    return Finding(row.code, row.severity, row.path, row.value, arguments_of(row.arguments))  # type: ignore[arg-type]
