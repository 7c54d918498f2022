"""Sort keys: every order is total, equal on every rebuild, and can be taken up again after any hit.

Dates become one 64-bit number: the day above, a hash of the record key below. Texts become an ICU
collation key with the record key behind it, kept as a string, and its first 16 bytes as two numbers by
which the engine can start in the middle.
"""

import hashlib
import re
import threading

import icu

HASH_BITS = 41
MAX_TEXT = 80
_RUN = re.compile(r"(\d+)|[^\d]+")


def tie(key: str, bits: int = HASH_BITS) -> int:
    """A number that stands for the record key."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> (64 - bits)


def dated(day: int, key: str) -> int:
    """The sort number of a day (0: none) and a record."""
    return day << HASH_BITS | tie(key)


DATED = 1 << HASH_BITS
"""Sort numbers from here on have a day."""


def closeness(words: int, day: int, key: str) -> int:
    """The sort number of a mark by how few words it has, then by its day; larger is better."""
    bits = 64 - 8 - 23
    return (255 - min(words, 255)) << 56 | day << bits | tie(key, bits)


class Collation:
    """ICU's root order, as strings that compare like it."""

    def __init__(self) -> None:
        self._local = threading.local()

    def key(self, text: str) -> bytes:
        """The collation key of a text."""
        collator: icu.Collator | None = getattr(self._local, "collator", None)
        if collator is None:
            collator = self._local.collator = icu.Collator.createInstance(icu.Locale.getRoot())
        return bytes(collator.getSortKey(text[:MAX_TEXT])).rstrip(b"\0")


def natural(number: str) -> bytes:
    """A number as bytes that sort by the size of its parts: `4-2019-87` before `4-2019-1180`."""
    parts = []
    for run in _RUN.finditer(number.lower()):
        if run[1]:
            figure = run[1].lstrip("0")
            parts.append(bytes([48 + min(len(figure), 70)]) + figure.encode())
        else:
            parts.append(run[0].encode())
    return b"".join(parts)


def text_order(sort_key: bytes, record_key: str) -> tuple[str, int, int]:
    """A text's order: the whole as a string, and its first 16 bytes as two numbers."""
    whole = sort_key + b"\x01\x01" + record_key.encode()
    return whole.decode("latin-1"), *halves(whole)


def halves(whole: bytes) -> tuple[int, int]:
    """The first 16 bytes as two 64-bit numbers."""
    head = whole[:16].ljust(16, b"\0")
    return int.from_bytes(head[:8]), int.from_bytes(head[8:])
