"""Reading kept deliveries again: with the present readers and tables, or what lay in quarantine."""

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, cast

import msgspec

from ipregister.capture.delivery import Delivery, Slice, open_delivery
from ipregister.intake.loading import Progress, batches, working_folder
from ipregister.intake.preparing import Preparation
from ipregister.model.errors import UsageError
from ipregister.model.offices import office
from ipregister.quality.checks import collisions
from ipregister.store import causes
from ipregister.store.register import Register
from ipregister.store.rows import Counts, DeliveryHead, Incoming, Version

KEPT_CODES = frozenset(kind.code for rule in collisions.RULES for kind in rule.codes)
"""Findings about other records of the register: they stay as they were at the load."""


@contextmanager
def reopened(register: Register, head: DeliveryHead, scratch: Path) -> Iterator[Delivery]:
    """A delivery that is kept, open as on its first day."""
    with working_folder(scratch) as folder:
        copy = folder / (Path(head.name).name or "delivery")
        with register.open_container(head.container) as kept, copy.open("wb") as out:
            shutil.copyfileobj(kept, out, 1 << 20)
        kind = cast(Literal["full", "delta"], head.kind)
        with open_delivery(
            copy, office(head.office), scratch=folder / "more", day=_day(head), kind=kind
        ) as found:
            found.extracted = head.extracted
            yield found


def _day(head: DeliveryHead) -> dt.date:
    return dt.date.fromisoformat(head.extracted[:10])


def reload(
    register: Register, head: DeliveryHead, *, scratch: Path, cause: str = causes.READER,
    dry_run: bool = False, progress: Progress | None = None,
) -> Counts:  # fmt: skip
    """Read all versions that came with a delivery again; what is read differently becomes a new version."""
    if cause not in {causes.READER, causes.MAPPING}:
        raise UsageError(f"{cause!r} is no cause of reading again", remedy="use reader or mapping")
    places = register.places(head.id)
    total = Counts()
    with reopened(register, head, scratch) as found, register.open_container(head.container) as container:
        preparation = Preparation(None, office(head.office), found, container, head.container)
        wanted = (s for s in found.slices() if (s.member, s.offset) in places)
        for part in batches(wanted):
            numbered = [places[s.member, s.offset] for s in part]
            ready = _reread(register, preparation, part, numbered, cause)
            total += _compare(ready) if dry_run else register.reread(head.id, [new for _, new in ready])
            if progress is not None:
                progress(total.taken, len(places))
    return total


def _reread(
    register: Register, preparation: Preparation, part: Sequence[Slice],
    numbered: Sequence[tuple[str, int]], cause: str,
) -> list[tuple[Version, Incoming]]:  # fmt: skip
    ready: list[tuple[Version, Incoming]] = []
    for new, (key, number) in zip(preparation.prepare(part), numbered, strict=True):
        old = register.get(key, number)
        if old is None or new.quarantine or new.key != key:
            continue
        kept = tuple(f for f in old.findings if f.code in KEPT_CODES)
        at = next((i for i, f in enumerate(new.findings) if f.code.startswith("image-")), len(new.findings))
        findings = (*new.findings[:at], *kept, *new.findings[at:])
        ready.append((old, msgspec.structs.replace(new, findings=findings, cause=cause, rereads=number)))
    return ready


def _compare(ready: list[tuple[Version, Incoming]]) -> Counts:
    changed = sum(old.body != new.body for old, new in ready)
    return Counts(len(ready), changed, len(ready) - changed)


def retry(
    register: Register, head: DeliveryHead, *, scratch: Path, numbers: Sequence[int] = (),
    progress: Progress | None = None,
) -> Counts:  # fmt: skip
    """Read slices of a delivery in quarantine again (`numbers`; all without); what can enter now enters.

    A slice that a newer splitter cuts elsewhere stays in quarantine: its number may be another's now."""
    held = register.quarantine(delivery=head.id, limit=0)
    waiting = {
        (one.slice_index, one.raw.member, one.raw.offset, one.raw.length)
        for one in held
        if not numbers or one.id in numbers
    }
    total = Counts()
    if not waiting:
        return total
    with reopened(register, head, scratch) as found, register.open_container(head.container) as container:
        preparation = Preparation(register, office(head.office), found, container, head.container)
        same = (s for s in found.slices() if (s.index, s.member, s.offset, s.length) in waiting)
        for part in batches(same):
            total += register.retry(head.id, preparation.prepare(part))
            if progress is not None:
                progress(total.taken, len(waiting))
    return total
