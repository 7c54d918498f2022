"""The gate of those who write the register. SQLite lets nobody write while it writes its whole file anew, which takes
longer than a writer waits for its turn: so writers wait at the gate instead, however long it takes.

Two files beside the database, locked by the kernel: a lock ends with the process that held it. Who wants the register
alone closes the first, so that no new writer comes, and waits at the second until the last one is gone. PostgreSQL keeps its
writers waiting by itself.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.db import connections, transaction

OUTER, INNER = ".outer.lock", ".inner.lock"
_inside = threading.local()
"""Whether this thread is inside already: what it does inside waits for nobody."""


@contextmanager
def entered(alias: str) -> Iterator[None]:
    """A transaction that writes. Waits while somebody has the register alone."""
    with ExitStack() as stack:
        place = _place(alias)
        if place is not None and not getattr(_inside, "depth", 0):
            with _locked(place + OUTER, fcntl.LOCK_SH):
                stack.enter_context(_locked(place + INNER, fcntl.LOCK_SH))
            stack.callback(_count, 0)
            _count(1)
        stack.enter_context(transaction.atomic(using=alias))
        yield


@contextmanager
def alone(alias: str) -> Iterator[None]:
    """No transaction that writes is under way, and none begins until this ends."""
    place = _place(alias)
    if place is None:
        yield
        return
    with _locked(place + OUTER, fcntl.LOCK_EX), _locked(place + INNER, fcntl.LOCK_EX):
        yield


def _count(depth: int) -> None:
    _inside.depth = depth


def _place(alias: str) -> str | None:
    """Where the database lies; None for one that is no file."""
    connection = connections[alias]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:" or "mode=memory" in name.partition("?")[2]:
        return None
    return str(Path(name.removeprefix("file://").partition("?")[0]))


@contextmanager
def _locked(path: str, how: int) -> Iterator[None]:
    with Path(path).open("a", encoding="ascii") as file:
        fcntl.flock(file.fileno(), how)
        yield
