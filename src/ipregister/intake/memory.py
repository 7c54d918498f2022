"""How memory that a batch of a load gives back is kept for the next one, where the C library is glibc."""

import ctypes

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
