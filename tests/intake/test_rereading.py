"""Reading what is kept again: new readers, quarantine."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ipregister.capture import readers
from ipregister.capture.delivery import Delivery
from ipregister.capture.kept import read_member
from ipregister.capture.slices import Slice
from ipregister.demonstration import DemonstrationDelivery
from ipregister.intake import rereading
from ipregister.intake.findings import CUT_OTHERWISE
from ipregister.intake.loading import load
from ipregister.intake.rereading import reload, retry
from ipregister.model.errors import UsageError
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office, office
from ipregister.store.register import Register
from ipregister.store.rows import Counts
from tests.sparing import few

Deliveries = list[DemonstrationDelivery]
real = readers.read


def _blind(one: Slice, facts: Office, mapped: object = None) -> Reading:
    """A reader that knows no status."""
    reading = real(one, facts)
    if reading.record is None:
        return reading
    return msgspec.structs.replace(reading, record=msgspec.structs.replace(reading.record, office_status=""))


def _helpless(one: Slice, facts: Office, mapped: object = None) -> Reading:
    """A reader that can read every other record."""
    return real(one, facts) if one.index % 2 else Reading(None, refusal="reader-failed")


def test_the_same_reader_changes_nothing(register: Register, laos: Deliveries, scratch: Path) -> None:
    for one in laos:
        load(register, office("LA"), one.path, scratch=scratch)
    digest = register.digest()
    for head in register.deliveries():
        assert reload(register, head, scratch=scratch).changed == 0
    assert register.digest() == digest


def test_what_records_of_one_delivery_say_of_each_other_is_said_once(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    mark = {"right": "trademark", "office": "LA", "registration_number": "900", "mark": {"verbal": [{"text": "QUORB"}]},
            "application_date": "2024-01-02", "applicants": [{"names": [{"text": "Keo Co"}]}]}  # fmt: skip
    source = tmp_path / "LA_20260131.jsonl"
    source.write_text(
        "\n".join(json.dumps({**mark, "application_number": number}) for number in ("31", "32"))
    )
    head = small.delivery(load(small, office("LA"), source, scratch=scratch).id)
    digest = small.digest()
    for _ in range(2):
        assert reload(small, head, scratch=scratch) == rereading.Reread(2, 0, 2, then=2, now=2)
        assert small.digest() == digest
    told = small.get("la-32", 1)
    assert told is not None
    codes = [finding.code for finding in told.findings]
    assert codes.count("registration-number-taken") == codes.count("same-mark-same-owner") == 1


def test_reading_again_keeps_what_was_told_of_another_state(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    """A number given to another right: both records are told whole, and the second load says it."""
    first = {"right": "trademark", "office": "LA", "application_number": "31", "mark": {"verbal": [{"text": "QUORB"}]},
             "application_date": "2004-01-02", "applicants": [{"names": [{"text": "Keo Co"}]}]}  # fmt: skip
    other = {**first, "mark": {"verbal": [{"text": "ZELTA"}]}, "application_date": "2025-03-04",
             "applicants": [{"names": [{"text": "Seng Sole"}]}]}  # fmt: skip
    for day, record in (("20260131", first), ("20260228", other)):
        source = tmp_path / f"LA_{day}.jsonl"
        source.write_text(json.dumps(record))
        head = small.delivery(load(small, office("LA"), source, scratch=scratch).id)
    digest = small.digest()
    for _ in range(2):
        assert reload(small, head, scratch=scratch).changed == 0
        assert small.digest() == digest
    told = small.get("la-31", 2)
    assert told is not None
    assert [finding.code for finding in told.findings].count("number-reused") == 1
    before = small.get("la-31", 1)
    assert before is not None
    assert "number-reused" not in [finding.code for finding in before.findings]


@pytest.mark.slow
def test_a_better_reader_makes_versions_without_events(
    small: Register, laos: Deliveries, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "read", _blind)
    head = small.delivery(load(small, office("LA"), laos[0].path, scratch=scratch).id)
    monkeypatch.undo()
    dry = reload(small, head, scratch=scratch, dry_run=True)
    assert dry.changed > 50
    assert reload(small, head, scratch=scratch) == dry
    assert reload(small, head, scratch=scratch).changed == 0
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


def _other_tags(monkeypatch: pytest.MonkeyPatch, *tags: str) -> None:
    """Since the load the facts of offices have other record elements, so that deliveries are cut otherwise."""

    def changed(code: str) -> Office:
        facts = office(code)
        return msgspec.structs.replace(facts, feed=msgspec.structs.replace(facts.feed, record_tags=tags))

    monkeypatch.setattr(rereading, "office", changed)


@pytest.mark.parametrize("tags", few([(("TradeMark",),), (("ApplicantDetails",),), (("NoSuchElement",),)], 1))
def test_versions_are_found_however_the_delivery_is_cut_now(
    small: Register, laos: Deliveries, world: Deliveries, scratch: Path, monkeypatch: pytest.MonkeyPatch,
    tags: tuple[str, ...],
) -> None:  # fmt: skip
    for one in (laos[0], world[0]):
        load(small, office(one.office), one.path, scratch=scratch)
    digest = small.digest()
    _other_tags(monkeypatch, *tags)
    for head in small.deliveries():
        done = reload(small, head, scratch=scratch)
        assert (done.changed, done.refused, done.missing) == (0, 0, 0)
        assert done.read == done.unchanged == len(small.places(head.id)) > 50
        if head.office == "LA" or tags[0] != "TradeMark":
            assert done.elsewhere
            assert done.finding is not None
            assert done.finding.code == CUT_OTHERWISE
    assert small.digest() == digest
    monkeypatch.setattr(readers, "read", _blind)
    assert reload(small, small.deliveries("LA")[0], scratch=scratch).changed > 50


def test_the_same_cutting_is_nothing_to_tell(small: Register, laos: Deliveries, scratch: Path) -> None:
    head = small.delivery(load(small, office("LA"), laos[0].path, scratch=scratch).id)
    done = reload(small, head, scratch=scratch)
    assert done.then == done.now == head.counts.taken
    assert done.finding is None


def test_what_is_not_found_or_refused_is_counted(
    small: Register, laos: Deliveries, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = small.delivery(load(small, office("LA"), laos[0].path, scratch=scratch).id)
    places = small.places(head.id)
    lost = msgspec.structs.replace(places[0], member="no/such.xml")
    monkeypatch.setattr(Register, "places", lambda *_: [lost, *places[1:]])
    monkeypatch.setattr(readers, "read", _helpless)
    done = reload(small, head, scratch=scratch)
    assert done.missing == 1
    assert done.refused > 20
    assert done.read == len(places) - 1 == done.changed + done.unchanged + done.refused


def test_a_state_said_again_is_read_again(
    small: Register, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, status in [("20260101", "A"), ("20260105", "A"), ("20260102", "B")]:
        path = tmp_path / f"LA.{day}_01.xml"
        path.write_text(_record("7", status) + f"<!-- {day} -->")
        load(small, office("LA"), path, scratch=scratch)
    key = small.keys()[0]
    assert [v.cause for v in small.history(key)][-1] == "late"
    monkeypatch.setattr(readers, "read", _blind)
    for head in small.deliveries():
        reload(small, head, scratch=scratch)
    assert small.record(small.require(key)).office_status == ""


def _record(number: str, status: str = "Registered") -> str:
    return (f"<Transaction><TradeMarkTransactionBody><TransactionContentDetails><TransactionData>"
            f"<TradeMarkApplication><TradeMarkDetails><TradeMark><RegistrationOfficeCode>LA</RegistrationOfficeCode>"
            f"<ApplicationNumber>{number}</ApplicationNumber><MarkCurrentStatusCode>{status}"
            f"</MarkCurrentStatusCode></TradeMark></TradeMarkDetails></TradeMarkApplication></TransactionData>"
            f"</TransactionContentDetails></TradeMarkTransactionBody></Transaction>")  # fmt: skip


def test_one_slice_that_holds_several_records_is_taken_as_several(
    register: Register, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = [_record("7"), _record("8"), "<Transaction/>", _record("9")]
    path = tmp_path / "LA.20260101_01.xml"
    path.write_text("<?xml version='1.0'?><Batch>" + "".join(inside) + "</Batch>")

    def whole(delivery: Delivery, start: int = 0) -> Iterator[Slice]:
        data = delivery.container.read_bytes()
        yield Slice(0, "", 0, len(data), data)

    monkeypatch.setattr(Delivery, "slices", whole)
    loaded = load(register, office("LA"), path, scratch=scratch)
    monkeypatch.undo()
    assert loaded.counts.quarantined == loaded.counts.taken == 1
    head = register.delivery(loaded.id)
    assert retry(register, head, scratch=scratch) == Counts(4, 3, 0, 1)
    counts = register.delivery(head.id).counts
    assert (counts.taken, counts.stored, counts.unchanged, counts.quarantined) == (4, 3, 0, 1)
    assert register.keys() == ["la-7", "la-8", "la-9"]
    (left,) = register.quarantine()
    with register.open_container(left.raw.blob) as container:
        delivered = read_member(container, left.raw.member, left.raw.offset, left.raw.length)
    assert b"<Transaction/>" in delivered
    assert retry(register, head, scratch=scratch) == Counts(1, 0, 0, 1)
    assert reload(register, head, scratch=scratch).unchanged == 3


def test_only_what_is_in_quarantine_is_cut_again(
    small: Register, laos: Deliveries, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "read", _helpless)
    head = small.delivery(load(small, office("LA"), laos[0].path, scratch=scratch).id)
    monkeypatch.undo()
    held, keys, cut = len(small.quarantine(limit=0)), len(small.keys()), Delivery.slices

    def moved(delivery: Delivery, start: int = 0) -> Iterator[Slice]:
        for one in list(cut(delivery))[1:]:
            yield msgspec.structs.replace(one, index=one.index - 1, length=one.length - 1)

    monkeypatch.setattr(Delivery, "slices", moved)
    done = retry(small, head, scratch=scratch)
    assert done.taken == held
    assert done.stored + done.unchanged > held - 10
    assert len(small.keys()) == keys + done.stored
    counts = small.delivery(head.id).counts
    assert counts.taken == counts.stored + counts.unchanged + counts.quarantined == head.counts.taken
