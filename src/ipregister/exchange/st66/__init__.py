"""WIPO standard ST.66 trademark records: `read`, for the offices' IPAS exports with `wo:` elements and for Madrid."""

from ipregister.exchange.st66.reader import read

__all__ = ["read"]
