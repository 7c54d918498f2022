"""What rules may ask of the register. Declared here, given by `intake`."""

from collections.abc import Sequence
from typing import Protocol


class RegisterFacts(Protocol):
    """What the register and the delivery know besides the record under check; one object a record."""

    def images_delivered(self) -> int | None:
        """How many picture files came beside the record; None where pictures are not delivered that way."""

    def others_with_number(self, kind: str, number: str) -> Sequence[str]:
        """Keys of other records of the office with this number. `kind`: application or registration."""

    def others_with_mark(self, mark: str, owner: str) -> Sequence[str]:
        """Keys of other live records of the office with the same words and the same owner."""
