"""Taking a version out again that should never have come in: a change feed told it, and the publisher's log has it not.

Only a mirror does this, with what it took from a feed and could not prove. The delivery it came with is kept.
"""

import datetime as dt

from ipregister.store import models, notices
from ipregister.store.causes import WITHHOLDING
from ipregister.store.gate import entered
from ipregister.store.rows import NewNotice
from ipregister.store.writing import lock

_RANK = 32
"""Bytes of a rank; noughts come before every content."""


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
            _stand(alias, record, max(left, key=_order))
        detail = f'{{"content":"{content}"}}'
        fresh = NewNotice(key, rows[0].office, rows[0].right, notices.RETRACTION, now.date().isoformat(),
                          detail=detail)  # fmt: skip
        notices.write(alias, [fresh], now)
    return len(rows)


def stand(alias: str, key: str, content: str, now: dt.datetime) -> bool:
    """Make the version of a record with a content (SHA-256 of canonical bytes, hex) the present one, since its publisher says
    so; whether there is such a version. States of the same extraction are put before it, later ones taken out: no
    publisher gave them, they were made here of what was closed or withheld."""
    with entered(alias):
        lock(alias)
        rows = list(models.Version.objects.using(alias).filter(key=key))
        told = max(
            (row for row in rows if bytes(row.content_hash).hex() == content), key=_order, default=None
        )
        if told is None:
            return False
        for row in (one for one in rows if _order(one) > _order(told)):
            if row.extracted == told.extracted and not row.deleted:
                row.rank = bytes(_RANK)
                row.save(using=alias, update_fields=["rank"])
            else:
                _delete(alias, row)
        _stand(alias, models.Record.objects.using(alias).get(key=key), told)
        fresh = NewNotice(key, told.office, told.right, notices.RETRACTION, now.date().isoformat(),
                          detail=f'{{"content":"{content}"}}')  # fmt: skip
        notices.write(alias, [fresh], now)
    return True


def _order(row: models.Version) -> tuple[str, bytes, int]:
    """Where a version stands among those of its record."""
    return row.extracted, bytes(row.rank), row.number


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
    record.withheld = row.cause == WITHHOLDING
    record.save(using=alias)
