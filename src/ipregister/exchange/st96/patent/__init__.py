"""WIPO standard ST.96, patents and utility models: `read` for V6 to V9, `write` for V6.0."""

from ipregister.exchange.st96.patent.reader import read
from ipregister.exchange.st96.patent.writer import compose, end, entry, start, write

__all__ = ["compose", "end", "entry", "read", "start", "write"]
