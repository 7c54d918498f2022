"""Memory between the batches of a load: what one gives back is kept for the next, where the C library is glibc; and when
garbage is looked for."""

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""Names of options in `mallopt` (malloc.h of glibc)."""
KEPT, MAPPED = 128 << 20, 32 << 20
"""Bytes that are free at the end of the heap and not given back to the system; blocks from this size on are
mapped by themselves (the most that the library takes)."""


def keep_freed() -> bool:
    """Keeps freed memory in this process, up to `KEPT`, instead of giving it back after each batch and asking for
    it again, page by page. Whether the C library could be told so."""
    try:
        tell = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    tell.argtypes = (ctypes.c_int, ctypes.c_int)
    return bool(tell(MMAP_THRESHOLD, MAPPED)) and bool(tell(TRIM_THRESHOLD, KEPT))


@contextmanager
def collecting_by_batch() -> Iterator[Callable[[], object]]:
    """Garbage is looked for after each batch, when nearly all of it is gone by itself, not while it is read."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield lambda: gc.collect(1)
    finally:
        if was_on:
            gc.enable()
