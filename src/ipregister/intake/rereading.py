"""Reading kept deliveries again: with the present readers and tables, or what lay in quarantine."""

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, cast

import msgspec
from msgspec import Struct

from ipregister.capture.delivery import Delivery, Slice, open_delivery
from ipregister.intake.findings import CUT_OTHERWISE
from ipregister.intake.loading import Progress, batches, working_folder
from ipregister.intake.pieces import Pieces, Place
from ipregister.intake.preparing import Preparation
from ipregister.model.errors import UsageError
from ipregister.model.finding import Finding
from ipregister.model.offices import office
from ipregister.quality.checks import collisions
from ipregister.store import causes
from ipregister.store.closing import CLOSING_COLLISION
from ipregister.store.joining import ACTS_LEFT_OUT, PARTS, PARTS_ALONE
from ipregister.store.register import Register
from ipregister.store.rows import Counts, DeliveryHead, Incoming, Quarantined, StoredPlace, Version
from ipregister.store.writing import NUMBER_REUSED

LAST_CODES = frozenset({ACTS_LEFT_OUT, CLOSING_COLLISION, NUMBER_REUSED})
"""Findings that the store added at the end: they come from other states, which are not read again with a record."""
KEPT_CODES = frozenset(kind.code for rule in collisions.RULES for kind in rule.codes)
"""Findings about other records of the register: they stay as they were at the load."""
_TRIED = 100
"""Slices out of quarantine in one transaction."""


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


class Reread(Struct, frozen=True):
    """What became of the versions of a delivery that were read again.

    `refused`: the present reader takes the record for none, or for another; the version stays. `missing`:
    the kept file does not have its bytes. `then` and `now` are the pieces that the delivery was and is cut
    into, `elsewhere` the stored ones that the present splitter cuts otherwise; they are read as they were.
    """

    read: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    missing: int = 0
    then: int = 0
    now: int = 0
    elsewhere: int = 0

    @property
    def finding(self) -> Finding | None:
        """What there is to say where the present splitter cuts the delivery otherwise."""
        if self.then == self.now and not self.elsewhere:
            return None
        told = {"then": str(self.then), "now": str(self.now), "elsewhere": str(self.elsewhere)}
        return Finding(CUT_OTHERWISE, "notice", arguments=told)


def reload(
    register: Register, head: DeliveryHead, *, scratch: Path, cause: str = causes.READER,
    dry_run: bool = False, progress: Progress | None = None,
) -> Reread:  # fmt: skip
    """Read all versions that came with a delivery again, each by its stored place, however the delivery would
    be cut today; what is read differently becomes a new version."""
    if cause not in {causes.READER, causes.MAPPING}:
        raise UsageError(f"{cause!r} is no cause of reading again", remedy="use reader or mapping")
    places: dict[Place, list[StoredPlace]] = {}
    for one in register.places(head.id):
        places.setdefault((one.member, one.offset, one.length), []).append(one)
    read = changed = refused = missing = 0
    with reopened(register, head, scratch) as found, register.open_container(head.container) as container:
        preparation = Preparation(None, office(head.office), found, container, head.container)
        pieces = Pieces(found, container)
        for part in batches(pieces.at(places)):
            there = [(place, readable) for place, one in part if (readable := _readable(pieces, place, one))]
            missing += sum(len(places[place]) for place, _ in part) - sum(len(places[p]) for p, _ in there)
            wanted = [places[place] for place, _ in there]
            ready = _reread(register, preparation, [one for _, one in there], wanted, cause)
            read += sum(map(len, wanted))
            refused += sum(map(len, wanted)) - len(ready)
            changed += _changed(ready) if dry_run else _stored(register, head, ready)
            if progress is not None:
                progress(read, len(places))
    then = head.counts.taken
    return Reread(
        read, changed, read - changed - refused, refused, missing, then, pieces.now, pieces.elsewhere
    )


def _readable(pieces: Pieces, place: Place, one: Slice | None) -> Slice | None:
    """The piece of a version: it was a record once, whatever the present splitter takes it for."""
    return pieces.stored(place) if one is not None and one.problem else one


def _reread(
    register: Register, preparation: Preparation, part: Sequence[Slice],
    wanted: Sequence[Sequence[StoredPlace]], cause: str,
) -> list[tuple[Version, Incoming]]:  # fmt: skip
    ready: list[tuple[Version, Incoming]] = []
    for new, states in zip(preparation.prepare(part), wanted, strict=True):
        for state in states:
            old = register.get(state.key, state.number)
            new = _parts_of(new, old) if old and new.quarantine == PARTS_ALONE else new
            if old is None or new.quarantine or new.key != state.key:
                continue
            kept = tuple(f for f in old.findings if f.code in KEPT_CODES)
            told = [
                f for f in new.findings if f.code not in KEPT_CODES
            ]  # those of this batch are among the kept
            at = next((i for i, f in enumerate(told) if f.code.startswith("image-")), len(told))
            last = tuple(f for f in old.findings if f.code in LAST_CODES)
            findings = (*told[:at], *kept, *told[at:], *last)
            again = msgspec.structs.replace(new, findings=findings, cause=cause, rereads=state.number)
            ready.append((old, again))
    return ready


def _parts_of(new: Incoming, old: Version) -> Incoming:
    """Parts of a publication, read again: they stay with the record that took them."""
    told = tuple(one for one in new.findings if one.code != PARTS_ALONE)
    return msgspec.structs.replace(
        new, key=old.key, right=old.right, quarantine="", detail="", part=PARTS, findings=told
    )


def _changed(ready: list[tuple[Version, Incoming]]) -> int:
    return sum(old.body != new.body for old, new in ready)


def _stored(register: Register, head: DeliveryHead, ready: list[tuple[Version, Incoming]]) -> int:
    return register.reread(head.id, [new for _, new in ready]).stored


def retry(
    register: Register, head: DeliveryHead, *, scratch: Path, numbers: Sequence[int] = (),
    progress: Progress | None = None,
) -> Counts:  # fmt: skip
    """Read slices of a delivery in quarantine again (`numbers`; all without); what can enter now enters.

    Only the slices themselves are cut anew: one in which the present splitter sees several records is taken
    as several, and counted so. Nothing else that a newer splitter would find in the delivery is taken."""
    held = {
        (one.raw.member, one.raw.offset, one.raw.length): one
        for one in register.quarantine(delivery=head.id, limit=0)
        if not numbers or one.id in numbers
    }
    total = Counts()
    if not held:
        return total
    with reopened(register, head, scratch) as found, register.open_container(head.container) as container:
        facts = office(head.office)
        preparation = Preparation(register, facts, found, container, head.container, again=True)
        for part in batches(_waiting(Pieces(found, container), held), _TRIED):
            total += register.retry(head.id, preparation.prepare([one for group in part for one in group]))
            if progress is not None:
                progress(total.taken, len(held))
    return total


def _waiting(pieces: Pieces, held: dict[Place, Quarantined]) -> Iterator[list[Slice]]:
    """Each slice in quarantine as it is to be read now, one or several."""
    for place, one in pieces.at(held):
        waiting = held[place]
        if one is None:
            yield [Slice(waiting.slice_index, *place, b"", waiting.reason)]
            continue
        same = pieces.cut_same(place)
        numbered = msgspec.structs.replace(one, index=waiting.slice_index)
        yield [numbered] if same else pieces.cut_again(numbered, waiting.reason)
