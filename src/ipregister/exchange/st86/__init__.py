"""WIPO standard ST.86 design records: `read` for the offices' IPAS exports with `wo:` elements, `write` for the way back."""

from ipregister.exchange.st86.reader import read
from ipregister.exchange.st86.writer import (
    Written,
    bulk_end,
    bulk_entry,
    bulk_start,
    compose,
    write,
)

__all__ = ["Written", "bulk_end", "bulk_entry", "bulk_start", "compose", "read", "write"]
