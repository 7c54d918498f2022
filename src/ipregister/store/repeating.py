"""Storing a state of a record once more, under a change number of its own."""

import datetime as dt

from ipregister.store import causes, models
from ipregister.store.placing import State
from ipregister.store.standing import Known


def copy_version(
    alias: str, state: State, head: Known, change: int, now: dt.datetime, cause: str = causes.LATE
) -> None:
    """Store a state of a record once more: from the next extraction on that confirmed it, or for another cause."""
    row = models.Version.objects.using(alias).get(pk=state.change)
    body = models.Body.objects.using(alias).get(pk=state.change)
    findings = list(models.Finding.objects.using(alias).filter(key=row.key, number=row.number).order_by("pk"))
    was_current = head.state.change == row.pk
    row.pk = body.pk = change
    row.number, row.cause, row.recorded_at, row.rereads = head.versions, cause, now, 0
    row.extracted, row.confirmed, row.confirmations = state.extracted, state.confirmed, state.log
    row.rank = state.rank
    for finding in findings:
        finding.pk, finding.number = None, row.number
    row.save(using=alias, force_insert=True)
    body.save(using=alias, force_insert=True)
    models.Finding.objects.using(alias).bulk_create(findings)
    record = models.Record.objects.using(alias).filter(key=row.key)
    record.update(versions=head.versions)
    if was_current:
        record.update(current=change, extracted=state.extracted, confirmed=state.confirmed, rank=state.rank,
                      confirmations=state.log, told=change, told_at=now)  # fmt: skip
