"""WIPO standard ST.36 and its relatives: patent documents of offices, exchange documents and families of the EPO."""

from ipregister.exchange.st36.reader import RECORDS, read
from ipregister.exchange.st36.writer import bulk_end, bulk_entry, bulk_start, compose, write

__all__ = ["RECORDS", "bulk_end", "bulk_entry", "bulk_start", "compose", "read", "write"]
