"""The demonstration region: deliveries of eleven offices in the offices' own feed formats, marks and all other rights.

Everything is invented and made from a seed: the same seed gives the same bytes. The package imports no
reader or writer of the register, so that its deliveries are an independent test of them. It may import
``ipregister.model`` only.

Public names: ``write_region``, ``write_office``, ``iter_records``, ``DemonstrationDelivery``, ``DIRT``; of the rights beside
marks ``write_rights``, ``RIGHTS_DIRT``.
"""

from .deliveries import DemonstrationDelivery
from .dirt import DIRT
from .region import iter_records, write_office, write_region
from .rights import RIGHTS_DIRT, write_rights

__all__ = [
    "DIRT",
    "RIGHTS_DIRT",
    "DemonstrationDelivery",
    "iter_records",
    "write_office",
    "write_region",
    "write_rights",
]
