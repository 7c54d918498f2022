"""One request to a webhook: signed, bounded in time and size, without redirects.

The signature is `Webhook-Signature: t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.` and the body, with the webhook's
secret. Whoever gets the request checks it, and refuses times that are long past.
"""

import datetime as dt
import hashlib
import hmac

import msgspec
from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.watch.addresses import target
from ipregister.watch.models import Webhook
from ipregister.watch.posting import post
from ipregister.watch.source import Batch

REQUEST_S = 10.0
"""So long a whole request may take, from the connection to the status of the answer."""
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
    """Sends for one installation: its key, whether private networks are allowed, how long a request may take."""

    key: str
    private: bool = False
    seconds: float = REQUEST_S

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
            status = post(target(webhook.address, private=self.private), headers, body, self.seconds)
        except UsageError as error:
            return Answer(taken=False, error=error.message, remedy=error.remedy)
        except TimeoutError:
            return Answer(taken=False, error=f"no answer within {self.seconds:g} s")
        except (OSError, ValueError) as error:
            return Answer(taken=False, error=type(error).__name__)
        return Answer(taken=True) if status in RIGHT else Answer(taken=False, error=f"HTTP {status}")
