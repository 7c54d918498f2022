"""One request to a webhook: signed, bounded in time and size, without redirects.

The signature is `Webhook-Signature: t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.` and the body, with the webhook's
secret. Whoever gets the request checks it, and refuses times that are long past.
"""

import datetime as dt
import hashlib
import hmac

import msgspec
import urllib3
from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.watch.addresses import Target, target
from ipregister.watch.models import Webhook
from ipregister.watch.source import Batch

CONNECT_S, READ_S, MOST_ANSWER = 5, 10, 4096
RIGHT = range(200, 300)
_encoder = msgspec.json.Encoder(order="sorted")


class Answer(Struct, frozen=True):
    """What came of a request: taken or not, why not, and what to do about it."""

    taken: bool
    error: str = ""
    remedy: str = ""


def secret_of(webhook: Webhook, key: str) -> str:
    """The secret that signs for a webhook, made of the installation's key: it is kept nowhere."""
    return hmac.new(key.encode(), f"webhook {webhook.nonce}".encode(), hashlib.sha256).hexdigest()


def signature(secret: str, body: bytes, now: dt.datetime) -> str:
    """The value of `Webhook-Signature`."""
    moment = int(now.timestamp())
    made = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={made}"


def body_of(webhook: Webhook, batch: Batch, *, test: bool = False) -> bytes:
    """The body of a request. `changes` stand in the order of commit."""
    return _encoder.encode(
        {"webhook": webhook.id, "test": test, "until": batch.position, "changes": batch.told}
    )


class Sender(Struct, frozen=True):
    """Sends for one installation: its key, and whether private networks are allowed."""

    key: str
    private: bool = False

    def send(self, webhook: Webhook, batch: Batch, now: dt.datetime, *, test: bool = False) -> Answer:
        """Post a batch. Whatever goes wrong is an answer, never an error."""
        body = body_of(webhook, batch, test=test)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "ipregister",
            "Webhook-Id": f"{webhook.id}-{batch.position}",
            "Webhook-Signature": signature(secret_of(webhook, self.key), body, now),
        }
        try:
            place = target(webhook.address, private=self.private)
            return _posted(place, headers, body)
        except UsageError as error:
            return Answer(taken=False, error=error.message, remedy=error.remedy)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            return Answer(taken=False, error=type(error).__name__)


def _posted(place: Target, headers: dict[str, str], body: bytes) -> Answer:
    """Connect to the address that was looked up, and ask for the host that was named."""
    limits = urllib3.Timeout(connect=CONNECT_S, read=READ_S)
    pool: urllib3.HTTPConnectionPool
    if place.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            place.ip,
            place.port,
            timeout=limits,
            retries=False,
            server_hostname=place.host,
            assert_hostname=place.host,
        )
    else:
        pool = urllib3.HTTPConnectionPool(place.ip, place.port, timeout=limits, retries=False)
    host = f"[{place.host}]" if ":" in place.host else place.host
    with pool:
        answer = pool.urlopen(
            "POST", place.path, body=body, headers={**headers, "Host": f"{host}:{place.port}"},
            redirect=False, preload_content=False,
        )  # fmt: skip
        try:
            answer.read(MOST_ANSWER)
        finally:
            answer.close()
    return (
        Answer(taken=True) if answer.status in RIGHT else Answer(taken=False, error=f"HTTP {answer.status}")
    )
