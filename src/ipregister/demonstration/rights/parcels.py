"""One record as an office sends it on a day, and the deliveries that hold many of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from .. import lives
from ..archives import Archive
from ..deliveries import DemonstrationDelivery

EXTRACTIONS = (100, 20)
"""So many days before today the two deliveries of a right were extracted."""
SHOWN = 12
"""The first records of an office show every kind of dirt, and are granted."""
SENT_AGAIN = 40
"""One record of so many stands in the second delivery although nothing changed."""


class Parcel(NamedTuple):
    """One record: the name of its folder, its document, and the files beside it."""

    name: str
    text: str
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What decides a record: the seed, the right, the office, its place, today, and the day of the extraction."""

    seed: int
    right: str
    office: str
    index: int
    today: int
    day: int

    def chance(self, purpose: str = "") -> Random:
        """The chance of the record, the same on every day."""
        return Random(f"{self.seed}/{self.right}/{self.office}/{self.index}/{purpose}")


class Life(NamedTuple):
    """Days of an application, as ordinals; those that are not yet, or never, are 0."""

    filed: int
    published: int
    registered: int

    def seen(self, day: int) -> "Life":
        """What had happened by a day."""
        return Life(*(then if then <= day else 0 for then in self))


Maker = Callable[[Order], Parcel | None]
"""Makes a record as of its day; None where it was not filed yet."""


def life(order: Order, *, wait: tuple[int, int], open: bool = True) -> Life:
    """An application of the last twelve years; with ``open`` it is published ``wait`` days later and then registered."""
    rng = order.chance("life")
    today = order.today
    filed = today - (1000 if order.index <= SHOWN else 40) - int(rng.random() ** 1.3 * 3300)
    if not open:
        filed = today - 40 - int(rng.random() * 300)
        return Life(filed, 0, 0)
    published = filed + wait[0] + int(rng.random() * (wait[1] - wait[0]))
    refused = rng.random() < 0.08 and order.index > SHOWN
    registered = 0 if refused else published + int(rng.random() * 120)
    return Life(filed, published, registered)


def write_deliveries(
    folder: Path, word: str, office: str, count: int, make: Maker, *, seed: int, right: str, today: int,
) -> list[DemonstrationDelivery]:  # fmt: skip
    """Write the deliveries of one right of one office: all that was filed, then what changed."""
    made: list[DemonstrationDelivery] = []
    (folder / office).mkdir(parents=True, exist_ok=True)
    days = [today - days for days in EXTRACTIONS]
    for place, day in enumerate(days):
        path = folder / office / f"{office}_{word}_{date.fromordinal(day):%Y%m%d}_{place + 1:02d}.zip"
        archive = Archive(path)
        parcels = 0
        orders = [Order(seed, right, office, index, today, day) for index in range(count)]
        for parcel in _parcels(orders, make, days[place - 1] if place else 0):
            _add(archive, parcel)
            parcels += 1
        archive.close()
        made.append(DemonstrationDelivery(office, path, "delta", date.fromordinal(day), parcels))
    return made


def _parcels(orders: list[Order], make: Maker, before: int) -> Iterator[Parcel]:
    """The records of a delivery; those that are as they were on the day ``before`` only now and then."""
    for order in orders:
        parcel = make(order)
        if parcel is None:
            continue
        if before and order.index % SENT_AGAIN and make(replace(order, day=before)) == parcel:
            continue
        yield parcel


def _add(archive: Archive, parcel: Parcel) -> None:
    archive.add(f"{parcel.name}/{parcel.name}.xml", parcel.text.encode())
    for name, content in parcel.files:
        archive.add(f"{parcel.name}/{name}", content, packed=False)


def iso(day: int) -> str:
    """A day as it is printed; nothing for none."""
    return lives.iso(day) if day else ""
