"""Reading what is kept again: new readers, quarantine."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ipregister.capture import readers
from ipregister.capture.delivery import Delivery
from ipregister.capture.slices import Slice
from ipregister.demonstration import DemonstrationDelivery
from ipregister.intake.loading import load
from ipregister.intake.rereading import reload, retry
from ipregister.model.errors import UsageError
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office, office
from ipregister.store.register import Register
from ipregister.store.rows import Counts

Deliveries = list[DemonstrationDelivery]
real = readers.read


def _blind(one: Slice, facts: Office) -> Reading:
    """A reader that knows no status."""
    reading = real(one, facts)
    if reading.record is None:
        return reading
    return msgspec.structs.replace(reading, record=msgspec.structs.replace(reading.record, office_status=""))


def _helpless(one: Slice, facts: Office) -> Reading:
    """A reader that can read every other record."""
    return real(one, facts) if one.index % 2 else Reading(None, refusal="reader-failed")


def test_the_same_reader_changes_nothing(register: Register, laos: Deliveries, scratch: Path) -> None:
    for one in laos:
        load(register, office("LA"), one.path, scratch=scratch)
    digest = register.digest()
    for head in register.deliveries():
        assert reload(register, head, scratch=scratch).stored == 0
    assert register.digest() == digest


def test_a_better_reader_makes_versions_without_events(
    small: Register, laos: Deliveries, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "read", _blind)
    head = small.delivery(load(small, office("LA"), laos[0].path, scratch=scratch).id)
    monkeypatch.undo()
    dry = reload(small, head, scratch=scratch, dry_run=True)
    assert dry.stored > 50
    assert reload(small, head, scratch=scratch) == dry
    assert reload(small, head, scratch=scratch).stored == 0
    causes = {change.cause for change in small.changes(0, 10_000)}
    assert causes == {"first", "reader"}
    key = small.keys(limit=1)[0]
    assert [(v.cause, v.rereads) for v in small.history(key)] == [("first", 0), ("reader", 1)]
    assert small.record(small.require(key)).office_status
    with pytest.raises(UsageError):
        reload(small, head, scratch=scratch, cause="whim")


def test_quarantine_is_emptied_by_a_better_reader(
    small: Register, laos: Deliveries, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "read", _helpless)
    before = load(small, office("LA"), laos[0].path, scratch=scratch)
    monkeypatch.undo()
    one = next(q for q in small.quarantine(limit=0) if q.reason == "reader-failed" and q.slice_index == 40)
    head = small.delivery(before.id)
    assert retry(small, head, scratch=scratch, numbers=[one.id]).stored == 1
    retry(small, head, scratch=scratch)
    counts = small.delivery(before.id).counts
    assert counts.taken == counts.stored + counts.unchanged + counts.quarantined == before.counts.taken
    assert counts.quarantined < 10
    assert "reader-failed" not in {q.reason for q in small.quarantine(limit=0)}
    assert retry(small, head, scratch=scratch, numbers=[10_000]) == Counts()


def test_slices_that_are_cut_elsewhere_now_stay_in_quarantine(
    small: Register, laos: Deliveries, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "read", _helpless)
    head = small.delivery(load(small, office("LA"), laos[0].path, scratch=scratch).id)
    monkeypatch.undo()
    digest, cut = small.digest(), Delivery.slices

    def moved(delivery: Delivery, start: int = 0) -> Iterator[Slice]:
        for one in list(cut(delivery))[1:]:
            yield msgspec.structs.replace(one, index=one.index - 1)

    monkeypatch.setattr(Delivery, "slices", moved)
    assert retry(small, head, scratch=scratch) == Counts()
    assert small.digest() == digest
