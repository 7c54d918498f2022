"""Findings of records that a delivery only confirmed: they stand with the versions of other deliveries."""

from collections.abc import Iterator, Sequence

from ipregister.store import bulk, confirmations, models
from ipregister.store.listing import stored_finding
from ipregister.store.rows import StoredFinding

_PAGE = 1000
_READ, _READ_EACH = 10_000, 10
"""Findings of other deliveries that are looked through: so many, and so many for each one wanted."""


def findings(alias: str, delivery: int, code: str, limit: int) -> Iterator[StoredFinding]:
    """Findings with a code of the records that came unchanged with a delivery, the latest deliveries first."""
    row = models.Delivery.objects.using(alias).get(pk=delivery)
    others = models.Delivery.objects.using(alias).filter(office=row.office).exclude(pk=row.pk).order_by("-pk")
    left, unread, size = limit, _READ + limit * _READ_EACH, 50
    for other in others.values_list("pk", flat=True):
        after = 0
        while left > 0 and unread > 0 and (page := _page(alias, other, code, after, size)):
            after, unread, size = page[-1].pk, unread - len(page), min(2 * size, _PAGE)
            said = _said(alias, row, list(dict.fromkeys(finding.key for finding in page)))
            found = [finding for finding in page if said.get(finding.key) == finding.number][:left]
            left -= len(found)
            yield from map(stored_finding, found)


def _page(alias: str, delivery: int, code: str, after: int, size: int) -> list[models.Finding]:
    rows = models.Finding.objects.using(alias).select_related("delivery")
    rows = rows.filter(delivery_id=delivery, code=code, number__gt=0, pk__gt=after)
    return list(rows.order_by("pk")[:size])


def _said(alias: str, delivery: models.Delivery, keys: Sequence[str]) -> dict[str, int]:
    """The number of the version that a delivery said again, by key; records that it changed are left out.

    A second delivery of one extraction leaves no confirmation: there the record was seen by it last."""
    said: dict[str, int] = {}
    for part in bulk.chunks(keys):
        rows = models.Record.objects.using(alias).filter(key__in=part)
        records = {row.key: row for row in rows}
        changed = set()
        seen: dict[str, int] = {}
        versions = models.Version.objects.using(alias).filter(key__in=part).order_by("number")
        names = ("key", "number", "change", "delivery_id", "confirmations")
        for key, number, change, origin, log in versions.values_list(*names):
            record = records[key]
            current = record.current == change
            if origin == delivery.pk:
                changed.add(key)
            elif delivery.pk in confirmations.deliveries(bytes(record.confirmations if current else log)):
                said[key] = number
            elif current and record.seen == delivery.pk and record.extracted <= delivery.extracted:
                seen[key] = number
        said.update((key, number) for key, number in seen.items() if key not in said and key not in changed)
    return said
