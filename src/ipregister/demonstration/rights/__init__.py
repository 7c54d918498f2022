"""Demonstration records of the rights beside trademarks, in the formats in which offices send them.

Designs (ST.86, Hague), patents and utility models (ST.36, ST.96), geographical indications (ST.96), deposits of
works and emblems (tables with a mapping). Everything is invented and made from a seed. The package imports no reader
and no writer of the register.

Public names: ``write_rights``, ``RIGHTS_DIRT``.
"""

from .dirt import RIGHTS_DIRT
from .region import write_rights

__all__ = ["RIGHTS_DIRT", "write_rights"]
