"""WIPO standard ST.96 trademarks: `read` for V6 to V9, `write` for V6.0, and the list of what a document lost."""

from ipregister.exchange.st96.losses import Lost
from ipregister.exchange.st96.reader import read
from ipregister.exchange.st96.writer import Written, bulk_end, bulk_entry, bulk_start, compose, write

__all__ = ["Lost", "Written", "bulk_end", "bulk_entry", "bulk_start", "compose", "read", "write"]
