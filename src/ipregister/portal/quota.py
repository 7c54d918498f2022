"""How much a client may ask for in a span of time: counted in the service database, by all processes together.

A process counts by itself and adds what it counted to the shared number when it has a sixteenth of what is left,
or after five seconds; so an ordinary reader costs one read and hardly a write, and near the limit every request is
written, so that the limit holds for all processes. Processes that do not know of each other yet may let a
sixteenth more through; nobody is refused early. A restart forgets no more than a sixteenth."""

import hashlib
import ipaddress
import logging
import threading
from collections import OrderedDict
from contextlib import suppress

from django.db import DatabaseError, connections
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from msgspec import Struct

from ipregister.portal.models import Usage
from ipregister.portal.site import Site

PARTS, KEEP_S, MOST_CLIENTS = 16, 5.0, 20_000
FORGET_S, CLEAN_S = 2 * 3600, 600
_log = logging.getLogger("ipregister.quota")
_ADD = """INSERT INTO {table} (client, span, used) VALUES (%s, %s, %s) ON CONFLICT (client) DO UPDATE SET
used = CASE WHEN {table}.span = excluded.span THEN {table}.used + excluded.used ELSE excluded.used END,
span = excluded.span RETURNING used"""


class Policy(Struct, frozen=True):
    """At most `most` requests in `span` seconds; 0 = no limit."""

    name: str
    most: int
    span: int = 60


class Left(Struct, frozen=True):
    """What is left to a client after a request, and in how many seconds the span ends."""

    policy: Policy
    remaining: int
    seconds: int
    refused: bool

    def headers(self) -> dict[str, str]:
        """The headers that tell it (IETF RateLimit fields)."""
        name, policy = self.policy.name, self.policy
        told = {
            "RateLimit-Policy": f'"{name}";q={policy.most};w={policy.span}',
            "RateLimit": f'"{name}";r={self.remaining};t={self.seconds}',
        }
        return told | ({"Retry-After": str(self.seconds)} if self.refused else {})


class _Count(Struct):
    """What this process knows of a client: the shared number when it was last seen, and what came since."""

    span: int
    shared: int
    own: int
    told_at: float


class Quota:
    """The counters of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: OrderedDict[str, _Count] = OrderedDict()
        self._cleaned = 0.0

    def take(self, client: str, policy: Policy, now: float) -> Left:
        """Count a request of a client; `now` in seconds since 1970."""
        span = int(now // policy.span)
        seconds = max(1, int((span + 1) * policy.span - now))
        with self._lock:
            count = self._count(client, policy, span, now)
            used = count.shared + count.own
            if used >= policy.most:
                return Left(policy, 0, seconds, refused=True)
            count.own += 1
            left = policy.most - used - 1
            telling = count.own if count.own > left // PARTS or now - count.told_at >= KEEP_S else 0
            if telling:
                count.shared, count.own, count.told_at = count.shared + telling, count.own - telling, now
        if telling:
            self._tell(f"{client} {policy.name}", policy, count, telling, now)
        return Left(policy, max(0, policy.most - count.shared - count.own), seconds, refused=False)

    def _count(self, client: str, policy: Policy, span: int, now: float) -> _Count:
        name = f"{client} {policy.name}"
        count = self._counts.get(name)
        if count is None or count.span != span:
            count = self._counts[name] = _Count(span, _shared(name, span), 0, now)
            while len(self._counts) > MOST_CLIENTS:
                self._counts.popitem(last=False)
        self._counts.move_to_end(name)
        return count

    def _tell(self, name: str, policy: Policy, count: _Count, telling: int, now: float) -> None:
        """Add what was counted to the shared number, while others go on counting. A database that is busy is told
        with the next request."""
        try:
            with connections["default"].cursor() as cursor:
                cursor.execute(_ADD.format(table=Usage._meta.db_table), [name, count.span, telling])
                used = int(cursor.fetchone()[0])
            with self._lock:
                count.shared = max(count.shared, used)
                due = now - self._cleaned > CLEAN_S
                self._cleaned = now if due else self._cleaned
            if due:
                old = int((now - FORGET_S) // policy.span)
                Usage.objects.filter(client__endswith=f" {policy.name}", span__lt=old).delete()
        except DatabaseError as error:
            with self._lock:
                count.shared, count.own = count.shared - telling, count.own + telling
            _log.warning("requests could not be counted: %s", type(error).__name__)


def _shared(name: str, span: int) -> int:
    try:
        used = Usage.objects.filter(client=name, span=span).values_list("used", flat=True).first()
    except DatabaseError:
        return 0
    return used or 0


def address_of(site: Site, request: HttpRequest) -> str:
    """The reader's network address, of IPv6 the network; as a keyed hash that changes every day."""
    address = request.META.get("REMOTE_ADDR", "")
    if site.behind_proxy:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).split(",")[-1].strip()
    network = address
    if ":" in address:
        with suppress(ValueError):
            network = str(ipaddress.ip_network(f"{address}/64", strict=False))
    day = site.today().isoformat()
    return salted_hmac("ipregister.quota", f"{day} {network}", algorithm="sha256").hexdigest()[:32]


def fingerprint(secret: str) -> str:
    """SHA-256 of a secret that is too long to be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()
