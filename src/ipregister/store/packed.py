"""A version on its way out, with its compressed body. No database: worker processes read it."""

from msgspec import Struct

from ipregister.store.compression import unsqueeze
from ipregister.store.rows import Present


class Outgoing(Struct, frozen=True, gc=False):
    """A version. `current`: it is the present state of its record, and `extracted` and `confirmed` are the state's.

    `recorded_at` is ISO 8601 in UTC. `present` is that of `rows.Version`."""

    change: int
    key: str
    number: int
    office: str
    right: str
    schema: int
    deleted: bool
    cause: str
    extracted: str
    confirmed: str
    recorded_at: str
    media: bytes
    current: bool
    packed: bytes
    present: Present | None = None

    @property
    def body(self) -> bytes:
        """Canonical bytes of the whole record."""
        return unsqueeze(self.packed)
