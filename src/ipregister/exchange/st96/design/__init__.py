"""WIPO standard ST.96 designs, V6 to V9: `read`, `write` (V6.0), `hague` for the International Register of designs."""

from ipregister.exchange.st96.design.reader import read
from ipregister.exchange.st96.design.writer import bulk_end, bulk_entry, bulk_start, compose, write

__all__ = ["bulk_end", "bulk_entry", "bulk_start", "compose", "read", "write"]
