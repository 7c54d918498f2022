"""Subscribers that answer byte by byte, or never: a request ends in time, and nobody else waits for it."""

import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from ipregister.watch.delivering import deliver_due, pause
from ipregister.watch.keeping import add_webhook, webhook_of
from ipregister.watch.models import Webhook
from ipregister.watch.sending import Answer, Sender
from ipregister.watch.source import Batch
from ipregister.web.options import Options
from tests.watch.conftest import MadeUp, Subscriber

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BATCH = Batch([MadeUp(1).told(1)], 1)
LONGEST_S = 20
"""Nothing here takes that long unless it hangs."""
STATUS = b"HTTP/1.1 200 OK\r\n"
HEADS = STATUS + b"Content-Length: 4000\r\n\r\n"
TLS = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"
Dripping = Callable[[bytes], int]
"""Opens a port that says some bytes at once and then one after another, without an end; the port."""
pytestmark = pytest.mark.usefixtures("service")


@pytest.fixture
def dripping(service: Options) -> Iterator[Dripping]:
    del service
    over, listeners, threads = threading.Event(), [], []

    def drip(listener: socket.socket, first: bytes) -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(first)
                while not over.wait(0.1):
                    connection.sendall(b"H")

    def start(first: bytes) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threads.append(threading.Thread(target=drip, args=(listener, first)))
        threads[-1].start()
        return int(listener.getsockname()[1])

    yield start
    over.set()
    for listener in listeners:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
    for thread in threads:
        thread.join()


def hook(address: str) -> Webhook:
    return add_webhook("me", address, 0, NOW, private=True)


def answered(webhook: Webhook) -> Answer:
    """The answer of a sender that waits for half a second, from a thread of its own."""
    got: list[Answer] = []
    sender = Sender("a key", private=True, seconds=0.5)
    thread = threading.Thread(target=lambda: got.append(sender.send(webhook, BATCH, NOW)), daemon=True)
    thread.start()
    thread.join(LONGEST_S)
    assert got, "the request does not end"
    return got[0]


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 1", b"HTTP/1.1 103 Early Hints\r\nLink: "])
def test_a_status_that_comes_byte_by_byte_is_not_waited_for(dripping: Dripping, first: bytes) -> None:
    assert answered(hook(f"http://127.0.0.1:{dripping(first)}/")) == Answer(
        taken=False, error="no answer within 0.5 s"
    )


def test_a_slow_greeting_of_tls_is_not_waited_for(dripping: Dripping) -> None:
    answer = answered(hook(f"https://127.0.0.1:{dripping(TLS)}/"))
    assert answer == Answer(taken=False, error="no answer within 0.5 s")


@pytest.mark.parametrize("first", [HEADS, STATUS])
def test_whoever_took_it_may_talk_on(dripping: Dripping, first: bytes) -> None:
    assert answered(hook(f"http://127.0.0.1:{dripping(first)}/")).taken


def test_answers_before_the_answer_are_passed_over(dripping: Dripping) -> None:
    first = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
    assert answered(hook(f"http://127.0.0.1:{dripping(first)}/")).taken


class Held(Sender, frozen=True):
    """Keeps requests to some addresses until the others have got all, and then fails."""

    slow: frozenset[str] = frozenset()
    others_have_all: Callable[[], bool] = lambda: True
    late: threading.Event = threading.Event()

    def send(self, webhook: Webhook, batch: Batch, now: dt.datetime, *, test: bool = False) -> Answer:
        """Wait for the others, or send."""
        if webhook.id not in self.slow:
            answer = super().send(webhook, batch, now, test=test)
            if self.others_have_all():
                self.late.set()
            return answer
        return Answer(taken=False, error="in time" if self.late.wait(LONGEST_S) else "nobody else got any")


def test_nobody_waits_for_a_slow_subscriber(subscriber: Subscriber) -> None:
    slow = [hook(f"{subscriber.address}&slow={number}") for number in range(3)]
    hook(subscriber.address)
    sender = Held(
        "a key", private=True, slow=frozenset(one.id for one in slow),
        others_have_all=lambda: len(subscriber.taken) == 250, late=threading.Event(),
    )  # fmt: skip
    assert deliver_due(MadeUp(250), sender, NOW) == 250
    assert [one["change"] for one in subscriber.taken] == list(range(1, 251))
    for one in slow:
        kept = webhook_of(one.id)
        assert (kept.last_error, kept.position, kept.failures) == ("in time", 0, 1)
        assert kept.next_at is not None
        assert kept.next_at >= NOW + pause(1)
    assert deliver_due(MadeUp(250), sender, NOW) == 0
