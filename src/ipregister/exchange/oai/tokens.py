"""Resumption tokens that hold all they stand for: the request, and the place of the last record in the order.

No server keeps them, so they never expire; a record that changes meanwhile moves to the end of the order and
is told there. A checksum tells a damaged one; nothing in them is secret.
"""

import base64
import binascii
import datetime as dt
import zlib

import msgspec
from msgspec import Struct

from ipregister.exchange.oai.faults import OaiError

_SUM = 4


class Token(Struct, frozen=True, array_like=True):
    """Where a list goes on. `since`, `until` and `set` are those of the first request; `told` records came before."""

    verb: str
    prefix: str
    set: str
    since: str
    until: str
    recorded_at: dt.datetime
    change: int
    told: int

    def text(self) -> str:
        """The token of an answer."""
        body = msgspec.json.encode(self)
        return base64.urlsafe_b64encode(_sum(body) + body).decode().rstrip("=")


_decoder = msgspec.json.Decoder(Token)


def read(text: str, verb: str) -> Token:
    """The token of a request. Raises `OaiError` (`badResumptionToken`) for what no answer to that verb held."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        if raw[:_SUM] != _sum(raw[_SUM:]):
            raise OaiError("badResumptionToken", "the resumption token is damaged")
        token = _decoder.decode(raw[_SUM:])
    except (ValueError, binascii.Error, RecursionError) as error:
        if isinstance(error, OaiError):
            raise
        raise OaiError("badResumptionToken", "this is no resumption token") from error
    if token.verb != verb or token.recorded_at.tzinfo is None:
        raise OaiError("badResumptionToken", f"the resumption token is not one of {verb}")
    return token


def _sum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM, "big")
