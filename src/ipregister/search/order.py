"""Sort keys: every order is total, equal on every rebuild, and can be taken up again after any hit.

Dates become one 64-bit number: the day above, a hash of the record key below. Texts become an ICU
collation key, kept as a string, and its first 16 bytes as two numbers by which the engine can start in the
middle. Records that are equal in it follow by record key.
"""

import hashlib
import re
import struct
import threading

import icu

HASH_BITS = 41
MAX_TEXT = 60
_LENGTHS, _ZERO = 0xA0, "~"
_NUMBERS, _KEY = struct.Struct(">QQ"), struct.Struct(">QQQ")
_RUN = re.compile("[0-9]+")
_SIZED = re.compile("[\xa0-\xff]([0-9]*)(~*)")


def number_of(text: str) -> int:
    """A 64-bit number that stands for a text: of a million texts, two have one number in one of forty million cases."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def tie(key: str) -> int:
    """A number that stands for the record key."""
    return number_of(key) >> (64 - HASH_BITS)


def dated(day: int, key_tie: int) -> int:
    """The sort number of a day (0: none) and the tie of a record."""
    return day << HASH_BITS | key_tie


def dated_from(day: int) -> int:
    """The smallest sort number of a day."""
    return day << HASH_BITS


KEY_NUMBERS = ("number_high", "number_low", "key_rest")
"""The index's fields for `key_numbers`."""
DATED = 1 << HASH_BITS
"""Sort numbers from here on have a day."""


def closeness(words: int, day: int, key_tie: int) -> int:
    """The sort number of a mark by how few words it has, then by its day; larger is better."""
    return (255 - min(words, 255)) << 56 | day << 33 | key_tie >> 8


class Collation:
    """ICU's root order, as strings that compare like it."""

    def __init__(self) -> None:
        self._local = threading.local()

    def key(self, text: str) -> str:
        """The collation key of a text, a character a byte."""
        collator: icu.Collator | None = getattr(self._local, "collator", None)
        if collator is None:
            collator = self._local.collator = icu.Collator.createInstance(icu.Locale.getRoot())
        return bytes(collator.getSortKey(text[:MAX_TEXT])).rstrip(b"\0").decode("latin-1")


def natural(key: str) -> str:
    """A record key as text that sorts by the size of its numbers: `vn-4-2019-87` before `vn-4-2019-1180`.

    Each run of digits has its length before it and its leading zeros behind it; `plain` takes it back."""
    return _RUN.sub(_sized, key)


def _sized(match: re.Match[str]) -> str:
    figure = match[0].lstrip("0")
    return chr(_LENGTHS + len(figure)) + figure + _ZERO * (len(match[0]) - len(figure))


def plain(text: str) -> str:
    """The record key of a natural key."""
    return _SIZED.sub(lambda match: "0" * len(match[2]) + match[1], text)


def text_order(sort_key: str) -> tuple[int, int]:
    """The first 16 bytes of a text's sort key as two numbers."""
    return _NUMBERS.unpack(sort_key[:16].encode("latin-1", "replace").ljust(16, b"\0"))


def key_numbers(text: str) -> tuple[int, int, int]:
    """The first 24 bytes of a natural key as three numbers, of which the first two are its `text_order`."""
    return _KEY.unpack(text[: _KEY.size].encode("latin-1").ljust(_KEY.size, b"\0"))


def key_of(high: int, low: int, rest: int) -> str | None:
    """The record key of the three numbers; None where it is longer than they tell."""
    told = _KEY.pack(high, low, rest)
    return None if told[-1] else plain(told.rstrip(b"\0").decode("latin-1"))
