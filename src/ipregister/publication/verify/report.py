"""What verifying found."""

from msgspec import Struct


class Fault(Struct, frozen=True):
    """Something that does not hold: where, what, and what to do."""

    place: str
    message: str
    remedy: str = ""


class Report(Struct):
    """What was looked at, and every fault. `key` is the key that signed it; `given`: it was the reader's own."""

    what: str
    place: str
    key: str = ""
    given: bool = False
    records: int = 0
    files: int = 0
    tree_size: int = 0
    tree_root: str = ""
    register_root: str = ""
    faults: list[Fault] = []

    @property
    def holds(self) -> bool:
        """Whether all holds."""
        return not self.faults

    def fault(self, place: str, message: str, remedy: str = "") -> None:
        """Note a fault."""
        self.faults.append(Fault(place, message, remedy))
