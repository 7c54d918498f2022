"""Takes changes to webhooks: in order, at least once, again and again with growing pauses, then to the dead letters.

A webhook has one position. A batch that fails is tried again, and in halves, until a single change stands alone;
nothing behind it is sent before. A change that was tried `MOST_ATTEMPTS` times goes to the dead letters, from where
`replay` takes it again. The position moves after the answer, so that a crash repeats and never leaves out.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from ipregister.watch.models import DeadLetter, Webhook
from ipregister.watch.sending import Answer, Sender
from ipregister.watch.source import Batch, Source, batch_of

MOST_ATTEMPTS, LARGEST_BATCH = 16, 100
FIRST_PAUSE_S, LONGEST_PAUSE_S = 10, 6 * 3600
MOST_ROUNDS = 50
"""So many batches a turn for one webhook: a slow one does not keep the others waiting."""


def pause(failures: int) -> dt.timedelta:
    """How long to wait after so many failures in a row: 10 s, 20 s, … to six hours."""
    return dt.timedelta(seconds=min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(failures - 1, 20)))


def deliver_due(source: Source, sender: Sender, now: dt.datetime) -> int:
    """One turn over all webhooks that are due; how many changes were taken."""
    due = Webhook.objects.filter(Q(next_at=None) | Q(next_at__lte=now), active=True).order_by("pk")
    return sum(deliver(webhook, source, sender, now) for webhook in due)


def deliver(webhook: Webhook, source: Source, sender: Sender, now: dt.datetime) -> int:
    """Take what is new to one webhook, until there is nothing more or it fails; how many changes it took."""
    taken = 0
    for _round in range(MOST_ROUNDS):
        batch = batch_of(webhook, source)
        if batch.position == webhook.position:
            break
        if not batch.told:
            _moved(webhook, batch.position)
            continue
        answer = sender.send(webhook, batch, now)
        if not answer.taken:
            _failed(webhook, batch, answer, now)
            break
        taken += len(batch.told)
        _taken(webhook, batch)
    return taken


def _moved(webhook: Webhook, position: int) -> None:
    webhook.position = position
    webhook.save(update_fields=["position"])


def _taken(webhook: Webhook, batch: Batch) -> None:
    webhook.position = batch.position
    webhook.delivered += len(batch.told)
    webhook.failures, webhook.next_at, webhook.last_error = 0, None, ""
    webhook.batch = min(LARGEST_BATCH, webhook.batch * 2)
    webhook.save()


def _failed(webhook: Webhook, batch: Batch, answer: Answer, now: dt.datetime) -> None:
    """Note a failure: wait longer, send less at once, give a single change up after many attempts."""
    webhook.failures += 1
    webhook.last_error = answer.error[:300]
    webhook.next_at = now + pause(webhook.failures)
    webhook.batch = max(1, webhook.batch // 2)
    if webhook.failures < MOST_ATTEMPTS or len(batch.told) > 1:
        webhook.save()
        return
    with transaction.atomic(using="default"):
        DeadLetter.objects.create(
            webhook=webhook, after=webhook.position, until=batch.position, attempts=webhook.failures,
            error=webhook.last_error, at=now,
        )  # fmt: skip
        webhook.position = batch.position
        webhook.failures, webhook.next_at = 0, None
        webhook.save()


def replay(webhook: Webhook, position: int) -> None:
    """Tell a webhook again all that came after a position."""
    webhook.position = position
    webhook.failures, webhook.next_at, webhook.last_error, webhook.active = 0, None, "", True
    webhook.save()
    webhook.dead_letters.filter(after__gte=position).delete()
