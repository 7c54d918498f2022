"""WIPO standard ST.36 and its relatives: patent documents of offices, exchange documents and families of the EPO."""

from ipregister.exchange.st36.reader import RECORDS, read

__all__ = ["RECORDS", "read"]
