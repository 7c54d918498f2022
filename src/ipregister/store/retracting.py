"""Taking a version out again that should never have come in: a change feed told it, and the publisher's log has it not.

Only a mirror does this, with what it took from a feed and could not prove. The delivery it came with is kept.
"""

import datetime as dt

from ipregister.store import models, notices
from ipregister.store.gate import entered
from ipregister.store.rows import NewNotice
from ipregister.store.writing import lock


def retract(alias: str, key: str, content: str, now: dt.datetime) -> int:
    """Take the versions of a record with a content (SHA-256 of canonical bytes, hex) out; without one, its last
    deletion. How many."""
    with entered(alias):
        lock(alias)
        versions = models.Version.objects.using(alias).filter(key=key)
        deletions = versions.filter(deleted=True).order_by("-pk")[:1]
        rows = list(versions.filter(content_hash=bytes.fromhex(content)) if content else deletions)
        if not rows:
            return 0
        record = models.Record.objects.using(alias).get(key=key)
        for row in rows:
            _delete(alias, row)
        left = list(models.Version.objects.using(alias).filter(key=key))
        if not left:
            for table in (models.Spelling, models.Media):
                table._default_manager.using(alias).filter(key=key).delete()
            record.delete(using=alias)
        elif record.current in {row.pk for row in rows}:
            _stand(alias, record, max(left, key=lambda row: (row.extracted, bytes(row.rank), row.number)))
        detail = f'{{"content":"{content}"}}'
        fresh = NewNotice(key, rows[0].office, rows[0].right, notices.RETRACTION, now.date().isoformat(),
                          detail=detail)  # fmt: skip
        notices.write(alias, [fresh], now)
    return len(rows)


def _delete(alias: str, row: models.Version) -> None:
    models.Body.objects.using(alias).filter(pk=row.pk).delete()
    models.Finding.objects.using(alias).filter(key=row.key, number=row.number).delete()
    row_change, group = row.pk, bytes(row.media_hash)
    models.Version.objects.using(alias).filter(pk=row_change).delete()
    if group and not models.Version.objects.using(alias).filter(key=row.key, media_hash=group).exists():
        models.Media.objects.using(alias).filter(key=row.key, group=group).delete()


def _stand(alias: str, record: models.Record, row: models.Version) -> None:
    """Make a version the present one."""
    record.current, record.extracted, record.confirmed = row.pk, row.extracted, row.confirmed
    record.content_hash, record.media_hash, record.rank = row.content_hash, row.media_hash, row.rank
    record.deleted, record.confirmations, record.seen = row.deleted, row.confirmations, row.delivery_id
    record.save(using=alias)
