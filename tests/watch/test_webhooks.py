"""Webhooks: signed, in order, at least once, with pauses and dead letters; private networks refused."""

import datetime as dt
import hashlib
import hmac
import random
from collections.abc import Callable

import pytest
from django.db import connections

from ipregister.model.errors import NotFound, UsageError
from ipregister.watch import addresses
from ipregister.watch.delivering import MOST_ATTEMPTS, deliver, deliver_due, pause, replay
from ipregister.watch.keeping import add_watch, add_webhook, webhook_of
from ipregister.watch.kinds import Wanted
from ipregister.watch.models import Match, Webhook
from ipregister.watch.sending import Answer, Sender, secret_of
from ipregister.watch.source import Batch
from ipregister.web.options import Options
from tests.watch.conftest import MadeUp, Subscriber

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SENDER = Sender("a key", private=True)
pytestmark = pytest.mark.usefixtures("service")


def hook(subscriber: Subscriber, *, position: int = 0, offices: tuple[str, ...] = ()) -> Webhook:
    """A webhook that leads to the subscriber."""
    return add_webhook("me", subscriber.address, position, NOW, private=True, offices=offices)


def test_changes_come_in_order_and_signed(subscriber: Subscriber) -> None:
    webhook = hook(subscriber)
    assert deliver(webhook, MadeUp(250), SENDER, NOW) == 250
    assert [one["change"] for one in subscriber.taken] == list(range(1, 251))
    headers, body = subscriber.requests[0]
    moment, made = (part.partition("=")[2] for part in headers["Webhook-Signature"].split(","))
    assert moment == str(int(NOW.timestamp()))
    secret = secret_of(webhook, "a key")
    assert made == hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert secret != secret_of(webhook, "another key")
    assert webhook_of(webhook.id).position == 250


def test_only_what_is_wanted_is_told(subscriber: Subscriber) -> None:
    webhook = hook(subscriber, offices=("TH",))
    deliver(webhook, MadeUp(10), SENDER, NOW)
    assert [one["change"] for one in subscriber.taken] == [2, 4, 6, 8, 10]
    assert webhook_of(webhook.id).position == 10


def test_a_failure_is_tried_again_later_and_nothing_overtakes(subscriber: Subscriber) -> None:
    webhook = hook(subscriber)
    subscriber.behaviour = [500]
    assert deliver(webhook, MadeUp(5), SENDER, NOW) == 0
    kept = webhook_of(webhook.id)
    assert (kept.position, kept.failures, kept.last_error, kept.batch) == (0, 1, "HTTP 500", 50)
    assert kept.next_at == NOW + pause(1)
    assert deliver_due(MadeUp(5), SENDER, NOW) == 0
    assert deliver_due(MadeUp(5), SENDER, NOW + pause(1)) == 5
    assert [one["change"] for one in subscriber.taken] == [1, 2, 3, 4, 5]


def test_an_hour_of_failures_loses_nothing_and_keeps_the_order(subscriber: Subscriber) -> None:
    chance = random.Random(7)
    answers: list[int | str] = [200, 500, 302, 404, 429, "drop", "rubbish"]
    webhook = hook(subscriber)
    source = MadeUp(0, keys=7)
    moment = NOW
    while moment < NOW + dt.timedelta(hours=1):
        source.last += chance.randrange(20)
        subscriber.behaviour = chance.choices(answers, k=3)
        deliver_due(source, SENDER, moment)
        moment += dt.timedelta(seconds=30)
    subscriber.behaviour = []
    deliver_due(source, SENDER, moment + dt.timedelta(hours=12))
    seen = [one["change"] for one in subscriber.taken]
    assert sorted(set(seen)) == list(range(1, source.last + 1))
    for key in {one["key"] for one in subscriber.taken}:
        order = [one["change"] for one in subscriber.taken if one["key"] == key]
        assert order == sorted(order)
    assert webhook_of(webhook.id).dead_letters.count() == 0


def test_one_change_that_is_never_taken_goes_to_the_dead_letters(subscriber: Subscriber) -> None:
    webhook = hook(subscriber)
    source = MadeUp(4)
    subscriber.behaviour = [500] * 40
    moment = NOW
    for _attempt in range(40):
        deliver_due(source, SENDER, moment)
        moment += dt.timedelta(hours=7)
        if webhook_of(webhook.id).dead_letters.exists():
            break
    subscriber.behaviour = []
    deliver_due(source, SENDER, moment)
    letter = webhook_of(webhook.id).dead_letters.get()
    assert (letter.after, letter.until, letter.error) == (0, 1, "HTTP 500")
    assert letter.attempts >= MOST_ATTEMPTS
    assert [one["change"] for one in subscriber.taken] == [2, 3, 4]
    replay(webhook_of(webhook.id), 0)
    deliver_due(source, SENDER, moment)
    assert [one["change"] for one in subscriber.taken] == [2, 3, 4, 1, 2, 3, 4]
    assert webhook_of(webhook.id).dead_letters.count() == 0


class Meanwhile(Sender, frozen=True, kw_only=True):
    """Sends, and while the request is on its way the owner does something, in a process of his own."""

    act: Callable[[], object]

    def send(self, webhook: Webhook, batch: Batch, now: dt.datetime, *, test: bool = False) -> Answer:
        """Post a batch."""
        answer = super().send(webhook, batch, now, test=test)
        try:
            self.act()
        finally:
            connections.close_all()
        return answer


@pytest.mark.parametrize("answer", [200, 500])
def test_a_webhook_that_is_removed_during_a_request_stays_removed(
    subscriber: Subscriber, answer: int
) -> None:
    webhook = hook(subscriber)
    subscriber.behaviour = [answer]
    sender = Meanwhile("a key", private=True, act=lambda: webhook_of(webhook.id).delete())
    deliver_due(MadeUp(250), sender, NOW)
    assert not Webhook.objects.exists()
    assert len(subscriber.requests) == 1


@pytest.mark.parametrize("answer", [200, 500])
def test_a_replay_that_is_asked_for_during_a_request_is_done(subscriber: Subscriber, answer: int) -> None:
    webhook = hook(subscriber)
    deliver(webhook, MadeUp(50), SENDER, NOW)
    subscriber.behaviour = [answer]
    subscriber.taken.clear()
    sender = Meanwhile("a key", private=True, act=lambda: replay(webhook_of(webhook.id), 10))
    deliver_due(MadeUp(60), sender, NOW)
    assert webhook_of(webhook.id).position == 10
    subscriber.taken.clear()
    deliver_due(MadeUp(60), SENDER, NOW)
    assert [one["change"] for one in subscriber.taken] == list(range(11, 61))


def test_no_dead_letter_is_written_for_a_change_that_is_told_again(subscriber: Subscriber) -> None:
    webhook = hook(subscriber)
    Webhook.objects.update(failures=MOST_ATTEMPTS - 1, batch=1, position=5)
    subscriber.behaviour = [500]
    sender = Meanwhile("a key", private=True, act=lambda: replay(webhook_of(webhook.id), 2))
    deliver_due(MadeUp(9), sender, NOW)
    kept = webhook_of(webhook.id)
    assert (kept.position, kept.failures, kept.dead_letters.count()) == (2, 0, 0)


def test_pauses_grow_to_six_hours() -> None:
    pauses = [pause(failures).total_seconds() for failures in range(1, 20)]
    assert pauses[:4] == [10, 20, 40, 80]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 6 * 3600


def test_a_redirect_is_not_followed(subscriber: Subscriber) -> None:
    webhook = hook(subscriber)
    subscriber.behaviour = [307]
    deliver(webhook, MadeUp(1), SENDER, NOW)
    assert len(subscriber.requests) == 1
    assert webhook_of(webhook.id).last_error == "HTTP 307"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost:8000/", "http://[::1]/", "http://10.0.0.8/x", "http://169.254.169.254/latest",
        "http://192.168.1.1/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://[fd00::1]/", "http://[2002:7f00:1::]/",
        "file:///etc/passwd", "https://user:secret@example.org/", "https://", "not an address", "http://x:99999/",
        "http://2130706433/",
    ],
)  # fmt: skip
def test_addresses_that_may_not_be(address: str) -> None:
    with pytest.raises(UsageError):
        addresses.target(address, private=False)


def test_ports_of_other_services_are_refused() -> None:
    with pytest.raises(UsageError, match="port 25"):
        addresses.target("http://192.0.2.1:25/", private=False)


def test_what_was_public_is_looked_up_again_when_sent(subscriber: Subscriber) -> None:
    webhook = hook(subscriber)
    answer_of_strict = Sender("a key", private=False)
    assert deliver(webhook, MadeUp(1), answer_of_strict, NOW) == 0
    assert webhook_of(webhook.id).failures == 1
    assert subscriber.requests == []


def test_an_owner_sees_his_own_alone(subscriber: Subscriber, service: Options) -> None:
    webhook = hook(subscriber)
    assert webhook_of(webhook.id, "me") == webhook
    with pytest.raises(NotFound):
        webhook_of(webhook.id, "somebody else")


def test_a_replay_of_what_a_watch_was_told_begins_behind_a_change(subscriber: Subscriber) -> None:
    """Positions of a watch are not change numbers."""
    watch = add_watch("me", "tea", Wanted("query", "tea"), 0, NOW)
    webhook = add_webhook("me", subscriber.address, 0, NOW, private=True, watch=watch)
    changes = (9_000, 9_005, 9_020)
    rows = [Match(watch=watch, change=change, key="la-1", told={"change": change}) for change in changes]
    Match.objects.bulk_create(rows)
    for since, told in (
        (None, changes),
        (9_005, (9_020,)),
        (9_001, (9_005, 9_020)),
        (9_020, ()),
        (0, changes),
    ):
        if since is not None:
            replay(webhook_of(webhook.id), since)
        subscriber.taken.clear()
        deliver_due(MadeUp(0), SENDER, NOW)
        assert tuple(one["change"] for one in subscriber.taken) == told
    Match.objects.create(watch=watch, change=9_030, key="la-1", told={"change": 9_030})
    replay(webhook_of(webhook.id), 9_020)
    subscriber.taken.clear()
    deliver_due(MadeUp(0), SENDER, NOW)
    assert [one["change"] for one in subscriber.taken] == [9_030]
