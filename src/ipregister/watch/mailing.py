"""Sends the mails that are due, one after another, in a turn of their own: nothing else waits for a mail server.

A mail that is refused is tried again after its own pause, longer each time. Where several in a row do not come through,
the server is left alone for a while, longer each time, too.
"""

import datetime as dt
import logging
import smtplib
import socket
from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import F
from msgspec import Struct

from ipregister.watch import digests, letters, readers
from ipregister.watch.letters import Letter, Letterhead
from ipregister.watch.models import Reader

AGAIN, LATEST = dt.timedelta(minutes=10), dt.timedelta(days=1)
"""After how long a mail that was not taken is tried again: the first time, and at the latest."""
REST, LONGEST_REST = dt.timedelta(minutes=1), dt.timedelta(hours=1)
"""The same for a server that takes nothing."""
MOST_LOST = 3
"""So many mails in a row do not come through, and the server rests."""
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError)
"""The server is there and takes this mail not; or its address is none."""
NOT_REACHED = (
    ConnectionError, socket.gaierror, smtplib.SMTPConnectError, smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)  # fmt: skip
"""No mail left this machine."""
_log = logging.getLogger("ipregister.watch")
Send = Callable[[Letter], None]


class Due(Struct, frozen=True):
    """A mail, whose it is, and what is kept when it was sent, and when it never left."""

    reader: Reader
    letter: Letter
    sent: Callable[[], object]
    not_reached: Callable[[], object]


class Mailing:
    """The mails of one installation, and how its mail server did so far."""

    def __init__(self, head: Letterhead, send: Send, stopping: Callable[[], bool] = lambda: False) -> None:
        self._head, self._send, self._stopping = head, send, stopping
        self._rests, self._rest_until = 0, dt.datetime.min.replace(tzinfo=dt.UTC)

    def turn(self, now: dt.datetime) -> int:
        """Send what is due, unless the server rests; how many were taken."""
        if now < self._rest_until:
            return 0
        taken = lost = 0
        for due in self._due(now):
            if self._stopping():
                due.not_reached()
                break
            if not Reader.objects.filter(pk=due.reader.pk, state=due.reader.state).exists():
                continue  # said stop while others were written to
            error = self._sent(due, now)
            taken += error is None
            lost = lost + 1 if error is not None and not isinstance(error, REFUSED) else 0
            if lost == MOST_LOST:
                self._rest_until = now + _pause(REST, LONGEST_REST, self._rests)
                self._rests += 1
                break
            if not lost:
                self._rests = 0
        return taken

    def _due(self, now: dt.datetime) -> Iterator[Due]:
        """Questions first, then news."""
        head = self._head
        mails = readers.wanted(head.key, now)
        asked = Reader.objects.filter(state="asked", asked_at=None).exclude(next_at__gt=now)
        for reader in asked.order_by(F("next_at").asc(nulls_first=True), "since", "pk"):
            mail = mails.get((reader.owner, reader.address))
            if mail is not None and readers.may_ask(reader, now):
                yield Due(
                    reader,
                    letters.question(head, reader, mail),
                    partial(Reader.objects.filter(pk=reader.pk).update, asked_at=now),
                    partial(readers.not_asked, reader),
                )
        for reader, mail, news in digests.due(head.key, mails, now):
            letter = letters.news(head, reader, mail, news)
            yield Due(reader, letter, partial(digests.sent, news, now), _nothing)

    def _sent(self, due: Due, now: dt.datetime) -> Exception | None:
        """Send a mail; what hindered it. Nobody else is kept waiting for one that cannot be sent."""
        rows = Reader.objects.filter(pk=due.reader.pk)
        try:
            self._send(due.letter)
        except (OSError, ValueError) as error:
            _log.warning("a mail was not sent: %s", type(error).__name__)
            if isinstance(error, NOT_REACHED):
                due.not_reached()
            pause = _pause(AGAIN, LATEST, due.reader.failures)
            rows.update(failures=due.reader.failures + 1, next_at=now + pause)
            return error
        due.sent()
        rows.update(failures=0, next_at=None)
        return None


def _pause(first: dt.timedelta, longest: dt.timedelta, before: int) -> dt.timedelta:
    return min(first * float(2 ** min(before, 20)), longest)


def _nothing() -> None:
    """Nothing was kept before news were sent."""
