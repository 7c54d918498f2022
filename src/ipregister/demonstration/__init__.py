"""The demonstration region: trademark deliveries of eleven offices in the offices' own feed formats.

Everything is invented and made from a seed: the same seed gives the same bytes. The package imports no
reader or writer of the register, so that its deliveries are an independent test of them. It may import
``ipregister.model`` only.

Public names: ``write_region``, ``write_office``, ``iter_records``, ``DemonstrationDelivery``, ``DIRT``.
"""

from .deliveries import DemonstrationDelivery
from .dirt import DIRT
from .region import iter_records, write_office, write_region

__all__ = ["DIRT", "DemonstrationDelivery", "iter_records", "write_office", "write_region"]
