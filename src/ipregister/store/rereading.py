"""Reading again what was delivered before: a new reader, a new mapping, a slice released from quarantine."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from django.db.models import F

from ipregister.store import models
from ipregister.store.compression import findings_hash
from ipregister.store.gate import entered
from ipregister.store.joining import settle_again
from ipregister.store.placing import State, rank_again
from ipregister.store.repeating import copy_version
from ipregister.store.rows import Counts, Incoming
from ipregister.store.sheet import Packed, Sheet, finding_row
from ipregister.store.standing import Known
from ipregister.store.tallies import Amount, Kind, count_tally
from ipregister.store.writing import lock, take


def reread(alias: str, delivery: int, batch: Sequence[Incoming], now: dt.datetime) -> Counts:
    """Versions read anew: a new version where the content differs, new findings where only they differ.

    Every slice names the version that it rereads, with `cause` `reader` or `mapping`. No legal event. What is closed
    longer than it was thought to be takes its place among the states of its extraction (`closing`), and the other way."""
    packed = [Packed(incoming) for incoming in batch]
    with entered(alias):
        change = lock(alias)
        sheet = Sheet(alias, delivery, now, change)
        placed = {item.incoming.key: item.incoming for item in packed if _ranked_again(alias, item)}
        changed = [item.incoming for item in packed if _reread(alias, sheet, item, now)]
        sheet.write()
        for key, incoming in placed.items():
            sheet.change += _elect(alias, key, incoming.cause, sheet.change + 1, now)
        changed += [one for key, one in placed.items() if key not in {other.key for other in changed}]
        joined = Sheet(alias, delivery, now, sheet.change)
        for incoming in {one.key: one for one in changed}.values():
            settle_again(alias, joined, incoming, incoming.cause)
        joined.write()
        models.Counter.objects.using(alias).filter(name="change").update(value=joined.change)
    return Counts(len(packed), len(changed), len(packed) - len(changed), 0, 0)


def _ranked_again(alias: str, item: Packed) -> bool:
    """Gives a state that was read again, and its other readings, the rank that it has by now; whether it is another."""
    versions = models.Version.objects.using(alias).filter(key=item.incoming.key)
    row = versions.get(number=item.incoming.rereads)
    old = bytes(row.rank)
    rank = rank_again(old, item.content, item.incoming.rank)
    if rank == old:
        return False
    versions.filter(extracted=row.extracted, rank=old).update(rank=rank)
    return True


def _elect(alias: str, key: str, cause: str, change: int, now: dt.datetime) -> int:
    """Makes the state that comes last by its order the present one, once more under a change number; 1 where that was
    another one, else 0."""
    versions = models.Version.objects.using(alias)
    top = max(versions.filter(key=key), key=lambda row: (row.extracted, bytes(row.rank), row.number))
    record = models.Record.objects.using(alias).get(key=key)
    if top.pk == record.current:
        models.Record.objects.using(alias).filter(key=key).update(rank=top.rank)
        return 0
    old = versions.get(pk=record.current)
    versions.filter(pk=old.pk).update(confirmed=record.confirmed, confirmations=record.confirmations)
    state = State(top.extracted, bytes(top.rank), top.confirmed, bytes(top.content_hash), top.pk, top.number,
                  top.delivery_id, bytes(top.media_hash), bytes(top.confirmations))  # fmt: skip
    head = Known(key, record.versions + 1, state, top.deleted, record.seen)
    copy_version(alias, state, head, change, now, cause)
    models.Record.objects.using(alias).filter(key=key).update(
        content_hash=top.content_hash, media_hash=top.media_hash, deleted=top.deleted
    )
    return 1


def _reread(alias: str, sheet: Sheet, item: Packed, now: dt.datetime) -> bool:
    taken = item.incoming
    row = models.Version.objects.using(alias).get(key=taken.key, number=taken.rereads)
    if bytes(row.content_hash) == item.content:
        if bytes(row.findings_hash) != findings_hash(taken.findings):
            _replace_findings(alias, row, taken)
        return False
    record = models.Record.objects.using(alias).get(key=taken.key)
    number = record.versions + 1
    held = record if record.current == row.change else row
    state = State(row.extracted, bytes(row.rank), held.confirmed, item.content, media=bytes(row.media_hash),
                  log=bytes(held.confirmations))  # fmt: skip
    sheet.add_version(item, state, taken.cause, number, state)
    if record.current == row.change:
        record.current, record.deleted = state.change, taken.deleted
        record.told, record.told_at, record.withheld = state.change, now, False
        record.content_hash = item.content
    record.versions = number
    record.save(using=alias)
    return True


def _replace_findings(alias: str, row: models.Version, taken: Incoming) -> None:
    rows = models.Finding.objects.using(alias)
    rows.filter(key=row.key, number=row.number).delete()
    fields = ("delivery_id", "key", "number", "slice_index", "code", "severity", "path", "value", "arguments")
    for finding in taken.findings:
        values = finding_row(row.delivery_id, row.key, row.number, taken.index, finding)
        rows.create(**dict(zip(fields, values, strict=True)))
    row.findings_hash = findings_hash(taken.findings)
    row.save(using=alias, update_fields=["findings_hash"])


def retry(alias: str, delivery: int, batch: Sequence[Incoming], now: dt.datetime) -> Counts:
    """Slices of a delivery that lay in quarantine, read anew. What can enter now enters; counts of these slices.

    Several with one index are the parts of one slice; it is taken apart where at least one of them can enter
    and the delivery is whole."""
    with entered(alias):
        change = lock(alias)
        row = models.Delivery.objects.using(alias).get(pk=delivery)
        held = models.Quarantine.objects.using(alias).filter(delivery=row, state="open")
        waiting = set(held.values_list("slice_index", flat=True))
        groups: dict[int, list[Incoming]] = {}
        for incoming in batch:
            if incoming.index in waiting:
                groups.setdefault(incoming.index, []).append(incoming)
        entering = {index: parts for index, parts in groups.items() if _can_enter(row, parts)}
        for index in groups.keys() - entering.keys():
            first = groups[index][0]
            if len(groups[index]) == 1:
                still = held.filter(slice_index=index)
                still.update(reason=first.quarantine, detail=first.detail, key=first.key)
        before = held.count()
        held.filter(slice_index__in=entering).delete()
        gone = _forget(alias, row, entering)
        fresh, more = _numbered(entering.values(), row.next_index)
        counts, change, tally, rights = take(alias, row, [Packed(one) for one in fresh], now, change)
        _count_again(alias, row, tally, gone)
        models.Counter.objects.using(alias).filter(name="change").update(value=change)
        known = {*filter(None, row.rights.split(",")), *rights}
        models.Delivery.objects.using(alias).filter(pk=row.pk).update(
            next_index=F("next_index") + more, taken=F("taken") + more, stored=F("stored") + counts.stored,
            unchanged=F("unchanged") + counts.unchanged,
            findings=F("findings") + counts.findings - sum(amount.findings for amount in gone.values()),
            quarantined=F("quarantined") + held.count() - before, rights=",".join(sorted(known)))  # fmt: skip
    tried = len(groups) + more
    return Counts(tried, counts.stored, counts.unchanged, tried - counts.stored - counts.unchanged)


def _forget(alias: str, delivery: models.Delivery, slices: Iterable[int]) -> dict[Kind, Amount]:
    """Take the findings of slices that leave the quarantine away; how many of each there were."""
    findings = models.Finding.objects.using(alias).filter(
        delivery=delivery, number=0, slice_index__in=list(slices)
    )
    gone = Counter(findings.values_list("code", "severity"))
    slices_of = findings.values_list("slice_index", "code", "severity").distinct()
    records = Counter((code, severity) for _, code, severity in slices_of)
    findings.delete()
    return {kind: Amount(amount, records[kind]) for kind, amount in gone.items()}


def _count_again(
    alias: str,
    delivery: models.Delivery,
    tally: Mapping[Kind, Amount],
    gone: Mapping[Kind, Amount],
) -> None:
    """The counts of findings of a delivery after some slices were read anew."""
    more = {}
    for kind in tally.keys() | gone.keys():
        come, went = tally.get(kind, Amount()), gone.get(kind, Amount())
        more[kind] = Amount(come.findings - went.findings, (come.records or 0) - (went.records or 0))
    count_tally(alias, delivery.pk, {kind: amount for kind, amount in more.items() if any(amount)})
    models.Tally.objects.using(alias).filter(delivery=delivery, amount__lte=0).delete()


def _can_enter(delivery: models.Delivery, parts: Sequence[Incoming]) -> bool:
    whole = len(parts) == 1 or delivery.finished_at is not None
    return whole and any(not part.quarantine for part in parts)


def _numbered(groups: Iterable[Sequence[Incoming]], next_index: int) -> tuple[list[Incoming], int]:
    """All parts of slices; the first bears the slice's index, the others new ones. How many new ones."""
    fresh: list[Incoming] = []
    more = 0
    for first, *others in groups:
        fresh.append(first)
        for part in others:
            fresh.append(msgspec.structs.replace(part, index=next_index + more))
            more += 1
    return fresh, more
