"""One at a time: who adds to the log holds its lock; others are refused, or wait and are told that they do."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ipregister.model.errors import Busy

Waiting = Callable[[int], None]
"""Told every second how many seconds somebody waits."""


@contextmanager
def only_one(data: Path, waiting: Waiting | None = None) -> Iterator[None]:
    """Hold the lock of those who write the log. Raises `Busy` where it is held and nobody is told of waiting."""
    path = data / "log" / "lock"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as lock:
        seconds = 0
        while not _held(lock.fileno()):
            if waiting is None:
                raise Busy("another process publishes", remedy="try again when it is done")
            waiting(seconds)
            time.sleep(1)
            seconds += 1
        yield


def _held(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
