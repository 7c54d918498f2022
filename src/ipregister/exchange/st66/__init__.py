"""WIPO standard ST.66 trademark records: `read`, for the offices' IPAS exports with `wo:` elements and for Madrid;
`write`, as an IPAS system exports them, and `compose` with the list of what a document lost."""

from ipregister.exchange.st66.reader import read
from ipregister.exchange.st66.writer import bulk_end, bulk_entry, bulk_start, compose, write

__all__ = ["bulk_end", "bulk_entry", "bulk_start", "compose", "read", "write"]
