"""Counts that were made for one state of the index, kept for the pages that follow and for those who ask the same.

Counts of a query stay the same as long as the index does; only the page of hits moves on. A reader's words are not
kept: the name of what was counted is a hash with a key that lives as long as the process.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from ipregister.search.facets import Tally
from ipregister.search.tree import Query

MOST_TALLIES = 500
"""Tallies kept for a state of the index; one of all facets takes some 10 kB."""
_SALT = secrets.token_bytes(16)


class Tallies:
    """The counts that were asked for last, of one state of the index. Safe for threads."""

    def __init__(self, most: int = MOST_TALLIES) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Tally] = OrderedDict()

    def get(self, name: bytes) -> Tally | None:
        """What was counted under a name; None where it is not kept (any more)."""
        with self._lock:
            tally = self._kept.get(name)
            if tally is not None:
                self._kept.move_to_end(name)
            return tally

    def keep(self, name: bytes, tally: Tally) -> None:
        """Keep counts; those asked for longest ago make room."""
        with self._lock:
            self._kept[name] = tally
            self._kept.move_to_end(name)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)


def name_of(query: Query, filters: Mapping[str, Sequence[str]], facets: Sequence[str]) -> bytes:
    """The name of counts: the same for the same question, and telling nothing of it. Written with the
    types of the tree's nodes: a word is not a phrase."""
    asked = (query, sorted((name, tuple(values)) for name, values in filters.items()), tuple(facets))
    return hashlib.blake2b(repr(asked).encode(), key=_SALT, digest_size=16).digest()
