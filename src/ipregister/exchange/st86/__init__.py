"""WIPO standard ST.86 design records: `read` for the offices' IPAS exports with `wo:` elements, `write` for the way back."""

from ipregister.exchange.st86.reader import read

__all__ = ["read"]
