"""WIPO ST.96 geographical indications: `read` for V6 to V9, `write` for V6.0 (`GIApplication`), and what a document lost."""

from ipregister.exchange.st96.indication.reader import read
from ipregister.exchange.st96.indication.writer import bulk_end, bulk_entry, bulk_start, compose, write

__all__ = ["bulk_end", "bulk_entry", "bulk_start", "compose", "read", "write"]
