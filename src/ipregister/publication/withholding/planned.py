"""An order to withhold, and the plan of it, which is kept until all is done: where the content lies is known only
as long as the register tells it."""

import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.publication.files import write_whole
from ipregister.publication.log.entries import Entry
from ipregister.store.rows import RawRef

FOLDER = "log/withholding"
_ENDING = ".plan.json"


class Order(Struct, frozen=True):
    """What is withheld: a record, one `version` of it, a `field` (`applicants/*/names`) or a `picture` (SHA-256)."""

    key: str
    ground: str
    day: str
    version: int = 0
    field: str = ""
    picture: str = ""

    def entry(self, hash: str = "", change: int = 0) -> Entry:
        """The leaf of the log; `hash` is that of the version that goes."""
        return Entry("withdrawal", self.key, self.version, change, hash, field=self.field, picture=self.picture,
                     ground=self.ground, day=self.day)  # fmt: skip

    def is_said_by(self, entry: Entry) -> bool:
        """Whether a leaf is of this order."""
        return entry == self.entry(entry.hash, entry.change)


class Plan(Struct, frozen=True):
    """An order, the records it concerns (its own first), where its content lies in kept files, the pictures that go,
    the salted hash of the version."""

    order: Order
    keys: tuple[str, ...]
    places: tuple[RawRef, ...]
    pictures: tuple[str, ...]
    hash: str


def keep(data: Path, plan: Plan) -> None:
    """Keep a plan until `forget`."""
    write_whole(_path(data, plan), msgspec.json.encode(plan))


def forget(data: Path, plan: Plan) -> None:
    """It is done."""
    _path(data, plan).unlink(missing_ok=True)


def unfinished(data: Path) -> list[Plan]:
    """The plans that were begun and are not done."""
    paths = sorted((data / FOLDER).glob(f"*{_ENDING}"))
    return [msgspec.json.decode(path.read_bytes(), type=Plan) for path in paths]


def _path(data: Path, plan: Plan) -> Path:
    name = hashlib.sha256(msgspec.json.encode(plan.order)).hexdigest()[:16]
    return data / FOLDER / f"{name}{_ENDING}"
