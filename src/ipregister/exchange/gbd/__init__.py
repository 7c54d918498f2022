"""The field layout of WIPO's Global Brand Database: `layout` writes a record under its field names."""

from ipregister.exchange.gbd.writer import layout

__all__ = ["layout"]
