"""WIPO standard ST.96, patents and utility models: `read` for V6 to V9, `write` for V6.0."""

from ipregister.exchange.st96.patent.reader import read

__all__ = ["read"]
