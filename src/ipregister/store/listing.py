"""Lists for people: findings, quarantine, counts, pictures. Pages are cut by the number of the last row."""

from collections.abc import Iterable

from django.db.models import Count, Max, Q, QuerySet, Sum

from ipregister.model.errors import NotFound
from ipregister.store import models
from ipregister.store.compression import unsqueeze
from ipregister.store.reading import finding_of
from ipregister.store.rows import Quarantined, RawRef, StoredFinding, StoredMedia


def findings(
    alias: str, *, delivery: int = 0, key: str = "", code: str = "", office: str = "", after: int = 0,
    limit: int = 100
) -> list[StoredFinding]:  # fmt: skip
    """Findings of a delivery, a record, a code, an office; `after` is the number of the last one seen."""
    rows = models.Finding.objects.using(alias).select_related("delivery").order_by("pk")
    wanted = {"delivery_id": delivery, "key": key, "code": code, "delivery__office": office}
    rows = rows.filter(pk__gt=after, **{name: value for name, value in wanted.items() if value})
    return [stored_finding(row) for row in rows[:limit]]


def stored_finding(row: models.Finding) -> StoredFinding:
    """The struct of a row."""
    return StoredFinding(row.pk, row.delivery.digest, row.delivery.office, row.key, row.number,
                         row.slice_index, finding_of(row))  # fmt: skip


def finding_counts(alias: str, office: str = "") -> list[tuple[str, str, str, int]]:
    """Office, code, severity, and how often, over all deliveries."""
    rows = models.Tally.objects.using(alias)
    rows = rows.filter(delivery__office=office) if office else rows.all()
    summed = rows.values_list("delivery__office", "code", "severity").annotate(total=Sum("amount"))
    return [(o, c, s, n) for o, c, s, n in summed.order_by("delivery__office", "-total", "code")]


def quarantine(
    alias: str, *, delivery: int = 0, office: str = "", reason: str = "", state: str = "open",
    after: int = 0, limit: int = 100, bodies: bool = False
) -> list[Quarantined]:  # fmt: skip
    """Slices in quarantine; `state` is `open`, `resolved`, or empty for both."""
    wanted = {"delivery_id": delivery, "office": office, "reason": reason, "state": state}
    rows = models.Quarantine.objects.using(alias).select_related("delivery").order_by("pk")
    rows = rows.filter(pk__gt=after, **{name: value for name, value in wanted.items() if value})
    rows = rows if bodies else rows.defer("body")
    return [_quarantined(row, bodies=bodies) for row in (rows[:limit] if limit else rows)]


def quarantined(alias: str, number: int) -> Quarantined:
    """One slice in quarantine with its body. Raises `NotFound`."""
    row = models.Quarantine.objects.using(alias).select_related("delivery").filter(pk=number).first()
    if row is None:
        raise NotFound(
            f"no slice {number} in quarantine", remedy="list them with `ipregister quarantine list`"
        )
    return _quarantined(row, bodies=True)


def _quarantined(row: models.Quarantine, *, bodies: bool) -> Quarantined:
    raw = RawRef(row.delivery.container, row.member, row.offset, row.length)
    body = unsqueeze(row.body) if bodies and row.body else b""
    return Quarantined(row.pk, row.delivery.digest, row.office, row.slice_index, row.right, row.key, row.reason,
                       row.detail, raw, row.state, row.recorded_at, body)  # fmt: skip


def quarantine_counts(alias: str, office: str = "") -> list[tuple[str, str, int]]:
    """Office, reason, and how many slices are in quarantine."""
    rows = models.Quarantine.objects.using(alias).filter(state="open")
    rows = rows.filter(office=office) if office else rows
    counted = rows.values_list("office", "reason").annotate(Count("pk")).order_by("office", "reason")
    return [(o, r, n) for o, r, n in counted]


def counts(alias: str) -> list[tuple[str, str, int, int]]:
    """Office, right, records, and how many of them are tombstones."""
    rows = models.Record.objects.using(alias).values_list("office", "right", "deleted").annotate(Count("key"))
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    for office, right, deleted, amount in rows:
        total, gone = totals.get((office, right), (0, 0))
        totals[office, right] = total + amount, gone + (amount if deleted else 0)
    return [(office, right, *total) for (office, right), total in sorted(totals.items())]


def freshness(alias: str) -> dict[str, str]:
    """The latest extraction of every office from which at least one record was read."""
    read = models.Delivery.objects.using(alias).filter(Q(stored__gt=0) | Q(unchanged__gt=0))
    rows = read.values_list("office").annotate(Max("extracted"))
    return dict(rows.order_by("office"))


def keys(alias: str, *, office: str = "", right: str = "", after: str = "", limit: int = 1000) -> list[str]:
    """Keys of records in order; `after` is the last key of the page before."""
    rows: QuerySet[models.Record] = models.Record.objects.using(alias).filter(key__gt=after).order_by("key")
    rows = rows.filter(office=office) if office else rows
    rows = rows.filter(right=right) if right else rows
    return list(rows.values_list("key", flat=True)[:limit])


def media(alias: str, sha256: str) -> Iterable[StoredMedia]:
    """Every record's picture that has these bytes."""
    rows = models.Media.objects.using(alias).filter(sha256=sha256).select_related("delivery").order_by("pk")
    for row in rows:
        raw = RawRef(row.delivery.container, row.member, 0, 0)
        yield StoredMedia(row.key, row.sha256, row.mime, row.width, row.height, row.name, raw)
