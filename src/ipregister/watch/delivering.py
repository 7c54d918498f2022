"""Takes changes to webhooks: in order, at least once, again and again with growing pauses, then to the dead letters.

Requests go out side by side, so that a slow subscriber keeps nobody waiting: one request at a time for each webhook, for
a limited time each turn. Threads only send; the database is for the one that called.

A webhook has one position. A batch that fails is tried again, and in halves, until a single change stands alone;
nothing behind it is sent before. A change that was tried `MOST_ATTEMPTS` times goes to the dead letters, from where
`replay` takes it again. The position moves after the answer, so that a crash repeats and never leaves out.
"""

import datetime as dt
import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ipregister.watch.models import DeadLetter, Match, Webhook
from ipregister.watch.sending import Answer, Sender
from ipregister.watch.source import Batch, Source, batch_of

MOST_ATTEMPTS, LARGEST_BATCH = 16, 100
FIRST_PAUSE_S, LONGEST_PAUSE_S = 10, 6 * 3600
MOST_ROUNDS = 50
"""So many batches a turn for one webhook."""
SLOW_S, TURN_S = 2.0, 15.0
"""Who took longer to answer waits for the next turn with the rest; no request is begun later in a turn."""
SIDE_BY_SIDE = 16
"""Requests at once."""


def pause(failures: int) -> dt.timedelta:
    """How long to wait after so many failures in a row: 10 s, 20 s, … to six hours."""
    return dt.timedelta(seconds=min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(failures - 1, 20)))


def deliver_due(source: Source, sender: Sender, now: dt.datetime) -> int:
    """One turn over all webhooks that are due; how many changes were taken. The order is drawn anew each turn, so that
    those that a turn did not reach have the same chance in the next."""
    due = Webhook.objects.filter(Q(next_at=None) | Q(next_at__lte=now), active=True).order_by("?")
    return _Turn(source, sender, now).run(due)


def deliver(webhook: Webhook, source: Source, sender: Sender, now: dt.datetime) -> int:
    """Take what is new to one webhook, until there is nothing more or it fails; how many changes it took."""
    return _Turn(source, sender, now).run([webhook])


class _Turn:
    """One turn: who waits for a request, what is on its way."""

    def __init__(self, source: Source, sender: Sender, now: dt.datetime) -> None:
        self._source, self._sender, self._now = source, sender, now
        self._begun = time.monotonic()
        self._rounds: dict[str, int] = {}
        self._under_way: dict[Future[tuple[Answer, float]], tuple[Webhook, Batch]] = {}

    def run(self, due: Iterable[Webhook]) -> int:
        """Deliver to all of them; how many changes were taken."""
        waiting, taken = list(due), 0
        with ThreadPoolExecutor(SIDE_BY_SIDE, "webhook") as pool:
            while self._under_way or waiting:
                while waiting and len(self._under_way) < SIDE_BY_SIDE:
                    self._begin(pool, waiting.pop(0))
                for ended in wait(self._under_way, return_when=FIRST_COMPLETED).done:
                    webhook, batch = self._under_way.pop(ended)
                    answer, seconds = ended.result()
                    if not answer.taken:
                        _failed(webhook, batch, answer, self._moment())
                        continue
                    taken += len(batch.told)
                    if _taken(webhook, batch) and seconds < SLOW_S:
                        waiting.append(webhook)
        return taken

    def _begin(self, pool: ThreadPoolExecutor, webhook: Webhook) -> None:
        """Send the next batch to a webhook, where there is one and the turn is not over."""
        while self._rounds.get(webhook.pk, 0) < MOST_ROUNDS and time.monotonic() - self._begun < TURN_S:
            self._rounds[webhook.pk] = self._rounds.get(webhook.pk, 0) + 1
            batch = batch_of(webhook, self._source)
            if batch.position == webhook.position:
                return
            if batch.told:
                self._under_way[pool.submit(self._send, webhook, batch, self._moment())] = webhook, batch
                return
            if not _moved(webhook, batch.position):
                return

    def _send(self, webhook: Webhook, batch: Batch, moment: dt.datetime) -> tuple[Answer, float]:
        """What came of a request, and how long it took."""
        begun = time.monotonic()
        return self._sender.send(webhook, batch, moment), time.monotonic() - begun

    def _moment(self) -> dt.datetime:
        return self._now + dt.timedelta(seconds=int(time.monotonic() - self._begun))


def _moved(webhook: Webhook, position: int) -> bool:
    return _note(webhook, position, {})


def _taken(webhook: Webhook, batch: Batch) -> bool:
    """Note that a batch was taken; false where it counts no more."""
    larger = min(LARGEST_BATCH, webhook.batch * 2)
    return _note(
        webhook, batch.position,
        {"failures": 0, "next_at": None, "last_error": "", "batch": larger,
         "delivered": webhook.delivered + len(batch.told)},
    )  # fmt: skip


def _failed(webhook: Webhook, batch: Batch, answer: Answer, now: dt.datetime) -> None:
    """Note a failure: wait longer, send less at once, give a single change up after many attempts."""
    failures, error = webhook.failures + 1, answer.error[:300]
    noted = {"last_error": error, "batch": max(1, webhook.batch // 2)}
    if failures < MOST_ATTEMPTS or len(batch.told) > 1:
        _note(webhook, webhook.position, {**noted, "failures": failures, "next_at": now + pause(failures)})
        return
    with transaction.atomic(using="default"):
        after = webhook.position
        if _note(webhook, batch.position, {**noted, "failures": 0, "next_at": None}):
            DeadLetter.objects.create(
                webhook=webhook, after=after, until=batch.position, attempts=failures, error=error, at=now
            )


def _note(webhook: Webhook, position: int, values: dict[str, Any]) -> bool:
    """Note what came of a turn. False, and nothing noted, where the webhook was removed or its position was set
    meanwhile: what its owner said while a request was on its way holds."""
    return _set(webhook, Webhook.objects.filter(position=webhook.position), position=position, **values)


def replay(webhook: Webhook, position: int) -> None:
    """Tell a webhook again all that came after a change number: of the register, or of what its watch was told."""
    if webhook.watch_id:
        later = Match.objects.filter(watch=webhook.watch_id, change__gt=position).order_by("pk").first()
        last = Match.objects.filter(watch=webhook.watch_id).order_by("pk").last()
        position = later.pk - 1 if later else last.pk if last else 0
    values = {"failures": 0, "next_at": None, "last_error": "", "active": True}
    _set(webhook, Webhook.objects.all(), position=position, **values)
    webhook.dead_letters.filter(after__gte=position).delete()


def _set(webhook: Webhook, among: QuerySet[Webhook], **values: Any) -> bool:
    """Set values of a webhook that is still there; false where it is not."""
    if not among.filter(pk=webhook.pk).update(**values):
        return False
    for name, value in values.items():
        setattr(webhook, name, value)
    return True
