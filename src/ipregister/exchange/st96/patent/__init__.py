"""WIPO standard ST.96, patents and utility models: `read` for V6 to V9, `write` for V6.0."""

from ipregister.exchange.st96.patent.reader import read
from ipregister.exchange.st96.patent.writer import bulk_end, bulk_entry, bulk_start, compose, write

__all__ = ["bulk_end", "bulk_entry", "bulk_start", "compose", "read", "write"]
