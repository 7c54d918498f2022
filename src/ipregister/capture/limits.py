"""How much a delivery may ask for."""

from msgspec import Struct

MIB = 1 << 20


class Limits(Struct, frozen=True):
    """Bounds against deliveries that are bombs by accident or by intent.

    `ratio` (expanded to packed size) counts only above `ratio_floor` bytes; `depth` is the number of
    zips inside one another; `record` bounds one record, `attachment` one picture or other file.
    """

    members: int = 1_000_000
    total: int = 64 << 30
    ratio: int = 200
    ratio_floor: int = 256 * MIB
    depth: int = 3
    name: int = 1024
    record: int = 64 * MIB
    attachment: int = 64 * MIB
    in_memory: int = 8 * MIB


USUAL = Limits()
"""What is used where nothing else is said."""
