"""Loading a delivery: opened, kept whole, read in batches, stored; goes on where it was cut off."""

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from ipregister.capture.delivery import Delivery, open_delivery
from ipregister.intake.ahead import Ahead
from ipregister.intake.dating import require_day
from ipregister.intake.documents import Hand
from ipregister.intake.farside import Named, Opening
from ipregister.intake.memory import collecting_by_batch
from ipregister.intake.preparing import Preparation
from ipregister.intake.settling import Settling
from ipregister.model.offices import Office
from ipregister.store.register import Register
from ipregister.store.rows import Counts, DeliveryHead, Incoming

BATCH = 1000
"""Slices in one transaction, at most."""
LOCK_SECONDS = 0.4
"""A batch that held the lock longer makes the next one smaller."""

Item = TypeVar("Item")
Kind = Literal["full", "delta"]
Progress = Callable[[int, int | None], None]
"""Called with the number of slices taken, and of those to be expected where that is known."""
Follower = Callable[[Hand], None]
"""Called after each batch with what is still in hand of it (`indexer.Indexer.keep_abreast`)."""


class LoadResult(Struct, frozen=True):
    """What became of a delivery. `id` is its number in the register, 0 for a dry run."""

    id: int
    delivery: str
    office: str
    name: str
    kind: str
    extracted: str
    counts: Counts

    def line(self) -> dict[str, str | int]:
        """The line that scripts read."""
        counts = self.counts
        return {"delivery": self.delivery, "office": self.office, "in": counts.taken, "stored": counts.stored,
                "unchanged": counts.unchanged, "quarantined": counts.quarantined,
                "findings": counts.findings}  # fmt: skip


def load(
    register: Register, office: Office, path: Path, *, scratch: Path, day: dt.date | None = None,
    kind: Literal["full", "delta"] | None = None, batch: int = BATCH, progress: Progress | None = None,
    follower: Follower | None = None, ahead: Ahead | None = None,
) -> LoadResult:  # fmt: skip
    """Load a delivery. A load that was cut off goes on after its last batch, and counts the whole delivery.
    With `ahead` another process reads it, but for a folder.

    Loading content again whose counts were told (`Register.reported`) changes nothing: all is unchanged. Content
    that comes again with another time is another delivery: an office may go back to what it said before.
    Raises `UnreadableInput` where nothing of the path can be read, or its day will not do (`dating`)."""
    ahead = ahead if path.is_file() else None
    if ahead is not None:
        ahead.open(Named(path, office.code, scratch, day, kind))
    with (
        working_folder(scratch) as folder,
        open_delivery(path, office, scratch=folder, day=day, kind=kind) as found,
    ):
        new = require_day(register, office, found)
        blob = register.packs.keep(found.container, found.container_digest)
        found.require_unchanged()
        head = register.begin(msgspec.structs.replace(new, container=blob))
        found.extracted = head.extracted
        if head.state == "done":
            return result_of(head, again=head.reported)
        belt = _Belt(register, office, found, head, batch)
        for taken, hand in belt.take_read(ahead) if ahead is not None else belt.take():
            if follower is not None:
                follower(hand)
            if progress is not None:
                progress(taken, head.declared)
        return result_of(register.finish(head.id, findings=found.findings))


class _Belt:
    """Puts the slices of a delivery, batch by batch; a batch that held the lock too long makes the next one smaller."""

    def __init__(
        self, register: Register, office: Office, found: Delivery, head: DeliveryHead, size: int
    ) -> None:
        self._register, self._office, self._found, self._head = register, office, found, head
        self._most = self._size = size

    def take(self) -> Iterator[tuple[int, Hand]]:
        """Reads and puts the slices: the number of slices taken, and what is in hand of the batch."""
        found, head = self._found, self._head
        with collecting_by_batch() as collect, self._register.open_container(head.container) as container:
            preparation = Preparation(self._register, self._office, found, container, head.container)
            slices = found.slices(head.next_index)
            while part := list(islice(slices, self._size)):
                ready = preparation.prepare(part)
                found.require_unchanged()
                taken = part[-1].index + 1
                self._put(ready, taken, preparation.fill)
                yield taken, preparation.hand
                for done in (part, ready, preparation.hand):
                    done.clear()
                collect()

    def take_read(self, ahead: Ahead) -> Iterator[tuple[int, Hand]]:
        """The same with slices that another process reads, which has opened the delivery too."""
        found, head = self._found, self._head
        opening = Opening(
            found.digest, found.extracted, self._register.packs.folder, head.container, head.next_index
        )
        settling = Settling(self._register, self._office, found.extracted)
        with collecting_by_batch() as collect, self._register.open_container(head.container) as container:
            preparation = Preparation(self._register, self._office, found, container, head.container)
            for drawn in ahead.batches(opening, lambda: self._size):
                if drawn.again:
                    ready, fill = preparation.prepare(drawn.again), preparation.fill
                    hand = preparation.hand
                else:
                    ready, fill = settling.settle(drawn), drawn.fill
                    hand = settling.hand
                taken = ready[-1].index + 1
                self._put(ready, taken, fill)
                yield taken, hand
                for done in (drawn.incoming, ready, hand):
                    done.clear()
                collect()
        found.findings = ahead.findings

    def _put(self, ready: list[Incoming], taken: int, fill: dict[str, int]) -> None:
        start = time.monotonic()
        self._register.put(self._head.id, ready, next_index=taken, fill=fill)
        seconds = time.monotonic() - start
        self._size = max(20, self._size // 2) if seconds > LOCK_SECONDS else min(self._most, self._size * 2)


def result_of(head: DeliveryHead, *, again: bool = False) -> LoadResult:
    """The result of a delivery; `again`: it was loaded and told before, so that nothing is new."""
    counts = head.counts
    if again:
        kept = counts.stored + counts.unchanged
        counts = Counts(counts.taken, 0, kept, counts.quarantined, counts.findings)
    return LoadResult(head.id, head.digest, head.office, head.name, head.kind, head.extracted, counts)


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """Slices, or what belongs to them, in parts."""
    every = iter(items)
    while part := list(islice(every, size)):
        yield part


@contextmanager
def working_folder(scratch: Path) -> Iterator[Path]:
    """A folder for unpacked files that is gone afterwards."""
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        yield Path(folder)
