"""What verifying found."""

from typing import Any

from msgspec import Struct

EDITION = "offline edition"
"""What an edition is called in a report."""


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

    def told(self) -> dict[str, Any]:
        """What was looked at, as plain values. Of an offline edition files are, neither records nor the log."""
        counted = {"records": self.records} if self.what != EDITION else {}
        logged = {
            "tree_size": self.tree_size,
            "tree_root": self.tree_root,
            "register_root": self.register_root,
        }
        return {"what": self.what, "place": self.place, "key": self.key, "key_given": self.given, **counted,
                "files": self.files, **(logged if self.what != EDITION else {})}  # fmt: skip

    @property
    def holds(self) -> bool:
        """Whether all holds."""
        return not self.faults

    def fault(self, place: str, message: str, remedy: str = "") -> None:
        """Note a fault."""
        self.faults.append(Fault(place, message, remedy))
