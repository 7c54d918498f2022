"""The one table of shapes in which records come in, and telling a document's shape by its elements."""

import re
from collections.abc import Callable

from msgspec import Struct

from ipregister.exchange import st96
from ipregister.exchange.st66 import reader as st66
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

Reader = Callable[[bytes, Office], Reading]

_TAG = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
_HEAD = 1 << 14


class Source(Struct, frozen=True):
    """A shape: its name and standard, the rights it carries, the elements that tell it, those that are a record.

    `signs` are local names of elements near the beginning of a document that no other shape has there;
    `records` are local names of the elements that are one record each in a file of many;
    `read` makes a reading of one record's bytes and never raises for bad input."""

    name: str
    standard: str
    rights: tuple[str, ...]
    signs: tuple[str, ...]
    records: tuple[str, ...]
    read: Reader


SOURCES: tuple[Source, ...] = (
    Source(
        "st66",
        "WIPO ST.66 with the wo: extension of IPAS; Madrid",
        ("trademark",),
        ("TradeMarkTransactionBody", "TradeMarkApplication", "TradeMark"),
        ("TransactionContentDetails",),
        st66.read,
    ),
    Source(
        "st96",
        "WIPO ST.96 V6 to V9, trademarks",
        ("trademark",),
        (
            "TrademarkApplication",
            "TrademarkBag",
            "TrademarkTransactionBody",
            "TrademarkTransaction",
            "Trademark",
        ),
        ("Trademark",),
        st96.read,
    ),
)
"""Every shape that needs no adapter of its own office, in the order in which a document is compared with them."""


def source_named(name: str) -> Source | None:
    """The shape of that name, or None."""
    return next((one for one in SOURCES if one.name == name), None)


def recognise(head: bytes) -> Source | None:
    """The shape of a document by the first of its elements that tells one; None where none does."""
    for found in _TAG.finditer(head, 0, _HEAD):
        source = _BY_SIGN.get(found[1])
        if source is not None:
            return source
    return None


_BY_SIGN = {sign.encode(): source for source in SOURCES for sign in source.signs}
