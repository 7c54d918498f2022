"""Deliveries: begun, followed slice by slice, finished, listed."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
from django.db.models import F, Max, QuerySet

from ipregister.model.errors import NotFound, UsageError
from ipregister.model.finding import Finding
from ipregister.store import bulk, models
from ipregister.store.gate import entered
from ipregister.store.rows import Counts, DeliveryHead, NewDelivery
from ipregister.store.sheet import FINDING_FIELDS, finding_row
from ipregister.store.tallies import Amount, count_tally
from ipregister.store.writing import lock

ABSENT = "absent-from-full"
"""Finding code: a record that the register holds is not in a full delivery. It stays."""
_ABSENT_PART = 2000


def begin(alias: str, new: NewDelivery, now: dt.datetime) -> DeliveryHead:
    """The delivery in the register; the one begun before where its content is known already.

    An office may send the same bytes at a later time: a state that it had put right and puts back. That is
    another delivery, known by the hash of its content and its time."""
    with entered(alias):
        lock(alias)
        row, made = models.Delivery.objects.using(alias).get_or_create(
            office=new.office, digest=_known_as(alias, new),
            defaults={"name": new.name, "kind": new.kind, "extracted": new.extracted, "dated": new.dated,
                      "container": new.container, "declared": new.declared, "received_at": now})  # fmt: skip
        if new.dated and not (made or row.dated):
            row.dated = True
            row.save(update_fields=["dated"])
    return delivery_head(row)


def _known_as(alias: str, new: NewDelivery) -> str:
    """The digest under which `begin` finds or makes a delivery."""
    first = models.Delivery.objects.using(alias).filter(office=new.office, digest=new.digest).first()
    other = first is not None and new.dated and not _at_once(first.extracted, new.extracted)
    return _of_time(new) if other else new.digest


def _at_once(one: str, other: str) -> bool:
    """Whether two extractions may be one: the same, or the same day where one has no number on that day."""
    return one == other or (one[:10] == other[:10] and min(len(one), len(other)) == len("2026-01-31"))


def _of_time(new: NewDelivery) -> str:
    return hashlib.sha256(f"{new.digest} {new.extracted}".encode()).hexdigest()


def finish(alias: str, delivery: int, now: dt.datetime, findings: Sequence[Finding] = ()) -> DeliveryHead:
    """The last slice is in; `findings` are about the delivery as a whole.

    A full delivery gets a finding for every record of the office that it lacks. A delivery in parts is full
    as a whole: a part that holds a record takes the finding of the parts of the same day back."""
    row = models.Delivery.objects.using(alias).get(pk=delivery)
    while row.finished_at is None and row.kind == "full" and _absent_part(alias, delivery):
        pass
    if row.finished_at is None and row.kind == "full":
        _withdraw_absent(alias, row)
    with entered(alias):
        lock(alias)
        unfinished = models.Delivery.objects.using(alias).filter(pk=delivery, finished_at=None)
        if unfinished.update(finished_at=now, findings=F("findings") + len(findings)):
            rows = [finding_row(delivery, "", 0, -1, finding) for finding in findings]
            bulk.insert(alias, models.Finding, FINDING_FIELDS, rows)
            tally = Counter((f.code, f.severity) for f in findings)
            count_tally(alias, delivery, {kind: Amount(n, None) for kind, n in tally.items()})
    return get(alias, delivery)


def reported(alias: str, delivery: int) -> None:
    """The counts of the load were told; loading the same content again tells that it changed nothing."""
    models.Delivery.objects.using(alias).filter(pk=delivery).update(reported=True)


def _absent_part(alias: str, delivery: int) -> bool:
    with entered(alias):
        lock(alias)
        row = models.Delivery.objects.using(alias).get(pk=delivery)
        part = list(_held(alias, row)[:_ABSENT_PART])
        if not part or row.finished_at is not None:
            return False
        missing = [r.key for r in part
                   if r.seen != row.pk and r.confirmed[:10] < row.extracted[:10] and not r.deleted]  # fmt: skip
        found = Finding(ABSENT, "warning")
        rows = [finding_row(row.pk, key, 0, -1, found) for key in missing]
        bulk.insert(alias, models.Finding, FINDING_FIELDS, rows)
        count_tally(alias, row.pk, {(ABSENT, "warning"): Amount(len(missing), None)} if missing else {})
        models.Delivery.objects.using(alias).filter(pk=row.pk).update(
            absent_after=part[-1].key, findings=F("findings") + len(missing))  # fmt: skip
    return True


def _withdraw_absent(alias: str, row: models.Delivery) -> None:
    day = row.extracted[:10]
    parts = models.Delivery.objects.using(alias).filter(
        office=row.office, kind="full", extracted__startswith=day).exclude(pk=row.pk)  # fmt: skip
    findings = models.Finding.objects.using(alias)
    for part in parts.values_list("pk", flat=True):
        after = 0
        while found := list(
            findings.filter(delivery_id=part, code=ABSENT, pk__gt=after).order_by("pk")[:_ABSENT_PART]
        ):
            after = found[-1].pk
            there = models.Record.objects.using(alias).filter(
                key__in=[f.key for f in found], confirmed__gte=day
            )
            keys = set(there.values_list("key", flat=True))
            _withdraw(alias, part, [f.pk for f in found if f.key in keys])


def _withdraw(alias: str, delivery: int, findings: Sequence[int]) -> None:
    if not findings:
        return
    with entered(alias):
        lock(alias)
        gone, _ = models.Finding.objects.using(alias).filter(pk__in=findings).delete()
        count_tally(alias, delivery, {(ABSENT, "warning"): Amount(-gone, None)})
        models.Delivery.objects.using(alias).filter(pk=delivery).update(findings=F("findings") - gone)


def _held(alias: str, row: models.Delivery) -> QuerySet[models.Record]:
    records = models.Record.objects.using(alias).filter(office=row.office, right__in=row.rights.split(","))
    return records.filter(key__gt=row.absent_after).order_by("key")


def get(alias: str, delivery: int) -> DeliveryHead:
    """A delivery by its number. Raises `NotFound`."""
    return delivery_heads(alias, [delivery])[delivery]


def find(alias: str, text: str, office: str = "") -> DeliveryHead:
    """A delivery by its number, its digest or a beginning of it. Raises `NotFound`, or `UsageError` for several."""
    rows = models.Delivery.objects.using(alias)
    rows = rows.filter(office=office) if office else rows.all()
    numbered = rows.filter(pk=int(text)) if text.isdecimal() and len(text) < 12 else rows.none()
    found = list(numbered or rows.filter(digest__startswith=text.lower())[:2])
    if not found:
        raise NotFound(f"no delivery {text!r}", remedy="list them with `ipregister deliveries`")
    if len(found) > 1:
        raise UsageError(f"several deliveries begin with {text!r}", remedy="give more of the hash")
    return delivery_head(found[0])


def delivery_heads(alias: str, ids: Iterable[int]) -> dict[int, DeliveryHead]:
    """Deliveries by number."""
    rows = models.Delivery.objects.using(alias).filter(pk__in=list(ids))
    return {row.pk: delivery_head(row) for row in rows}


def listed(alias: str, office: str = "", limit: int = 0, before: int = 0) -> list[DeliveryHead]:
    """Deliveries, the newest first; `before` is the number of the last one of the page before."""
    rows = models.Delivery.objects.using(alias).order_by("-pk")
    rows = rows.filter(office=office) if office else rows
    rows = rows.filter(pk__lt=before) if before else rows
    return [delivery_head(row) for row in (rows[:limit] if limit else rows)]


def tally(alias: str, delivery: int) -> list[tuple[str, str, int]]:
    """Finding codes of a delivery with severity and count, the most frequent first."""
    rows = models.Tally.objects.using(alias).filter(delivery_id=delivery, amount__gt=0)
    return list(rows.order_by("-amount", "code").values_list("code", "severity", "amount"))


def touched(alias: str, delivery: int) -> dict[str, int]:
    """How many slices of a delivery have a finding code; nothing of deliveries loaded by older programs."""
    rows = models.Tally.objects.using(alias).filter(delivery_id=delivery, records__isnull=False)
    return dict(rows.values("code").annotate(most=Max("records")).values_list("code", "most"))


def fill(alias: str, delivery: int) -> dict[str, int]:
    """How many records of a delivery have a field filled; `""` counts the records."""
    text = models.Delivery.objects.using(alias).values_list("fill", flat=True).get(pk=delivery)
    return msgspec.json.decode(text, type=dict[str, int]) if text else {}


def delivery_head(row: models.Delivery) -> DeliveryHead:
    """The struct of a row."""
    counts = Counts(row.taken, row.stored, row.unchanged, row.quarantined, row.findings)
    return DeliveryHead(row.pk, row.office, row.digest, row.name, row.kind, row.extracted, row.container,
                        row.declared, row.received_at, row.finished_at, row.reported, row.next_index,
                        counts)  # fmt: skip


class Delivered:
    """The deliveries of a register: what is held, listed and counted."""

    alias: str

    def holds(self, new: NewDelivery) -> bool:
        """Whether a delivery is held already, loaded or begun."""
        known = models.Delivery.objects.using(self.alias).filter(office=new.office)
        return known.filter(digest=_known_as(self.alias, new)).exists()

    def tells_days(self, office: str) -> bool:
        """Whether a delivery of an office is held whose day was told, not guessed."""
        return models.Delivery.objects.using(self.alias).filter(office=office, dated=True).exists()

    def deliveries(self, office: str = "", *, limit: int = 0, before: int = 0) -> list[DeliveryHead]:
        """Deliveries, the newest first."""
        return listed(self.alias, office, limit, before)

    def delivery(self, text: str | int, office: str = "") -> DeliveryHead:
        """A delivery by its number, digest, or a beginning of the digest."""
        return find(self.alias, str(text), office)

    def tally(self, delivery: int) -> list[tuple[str, str, int]]:
        """Finding codes of a delivery with severity and count, unchanged records included."""
        return tally(self.alias, delivery)

    def touched(self, delivery: int) -> dict[str, int]:
        """How many slices of a delivery have a finding code."""
        return touched(self.alias, delivery)

    def fill(self, delivery: int) -> dict[str, int]:
        """How many records of a delivery have a field filled; `""` counts the records."""
        return fill(self.alias, delivery)
