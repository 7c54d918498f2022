"""Deliveries into the register and out again, on both databases."""

import datetime as dt

import msgspec
import pytest

from ipregister.model.errors import NotFound, UsageError
from ipregister.model.finding import Finding
from ipregister.model.numbers import folds
from ipregister.store.register import Register
from ipregister.store.rows import Counts, MediaRef
from ipregister.web.options import Options
from tests.store.filings import NOW, deliver, mark, slice_of

ODD = Finding("odd", "warning", "/office_status", "x", {"word": "ກ"})


@pytest.fixture
def register(database: Options) -> Register:
    return Register(packs=database.path("packs"))


def test_a_version_comes_back_whole(register: Register) -> None:
    picture = MediaRef("logo.png", "la-1/logo.png", "a" * 64, "image/png", 3, 4)
    deliver(
        register, "one", "2020-01-01", [slice_of(0, "la-1", mark("1"), findings=(ODD,), media=(picture,))]
    )
    version = register.require("la-1")
    assert version.body == mark("1")
    assert version.evidence == {"/office_status": (12, "trim")}
    assert version.findings == (ODD,)
    assert version.media == (picture,)
    assert (version.number, version.cause, version.current, version.extracted) == (
        1,
        "first",
        True,
        "2020-01-01",
    )
    assert register.record(version).application_number == "1"
    assert [m.key for m in register.media("a" * 64)] == ["la-1"]
    assert register.get("la-2") is None
    with pytest.raises(NotFound):
        register.require("la-2")


def test_every_slice_is_counted_once(register: Register) -> None:
    slices = [
        slice_of(0, "la-1", mark("1")),
        slice_of(1, "la-1", mark("1")),
        slice_of(2, "la-1", mark("1", "Refused"), findings=(ODD,)),
        slice_of(3, "la-x", quarantine="no-number"),
    ]
    head = deliver(register, "one", "2020-01-01", slices)
    assert head.counts == Counts(taken=4, stored=1, unchanged=1, quarantined=2, findings=2)
    held = register.quarantine()
    assert [(q.slice_index, q.reason) for q in held] == [(3, "no-number"), (2, "key-collision")]
    assert register.quarantined(held[1].id).body == mark("1", "Refused")
    assert register.tally(head.id) == [("key-collision", "error", 1), ("odd", "warning", 1)]
    assert register.touched(head.id)["odd"] == 1
    assert register.record(register.require("la-1")).office_status == "Registered"


@pytest.mark.parametrize("batch", [1, 2, 3, 1000])
def test_a_collision_is_found_across_batches(register: Register, batch: int) -> None:
    slices = [slice_of(i, "la-1", mark("1", word)) for i, word in enumerate(["A", "B", "A", "B", "C"])]
    head = deliver(register, "one", "2020-01-01", slices, batch=batch)
    assert head.counts == Counts(5, 1, 1, 3, findings=3)
    deliver(register, "older", "2019-01-01", [slice_of(0, "la-1", mark("1", "X")), *slices[1:2]], batch=batch)
    assert [q.slice_index for q in register.quarantine(limit=0)][-1] == 1


def test_the_same_content_again_changes_nothing(register: Register) -> None:
    slices = [slice_of(i, f"la-{i}", mark(str(i))) for i in range(5)]
    deliver(register, "one", "2020-01-01", slices)
    digest, change = register.digest(), register.last_change()
    head = deliver(register, "one", "2020-01-01", slices)
    assert head.counts == Counts(5, 5, 0, 0)
    later = deliver(register, "two", "2020-02-01", slices)
    assert later.counts == Counts(5, 0, 5, 0)
    assert (register.digest(), register.last_change()) == (digest, change)
    assert register.require("la-1").confirmed == "2020-02-01"


def test_causes_tell_events_from_corrections(register: Register) -> None:
    for day, body in enumerate([mark("1", "Filed"), mark("1", "Registered"),
                                mark("1", "Registered", filing_place="Vientiane")]):  # fmt: skip
        deliver(register, str(day), f"2020-01-0{day + 1}", [slice_of(0, "la-1", body)])
    assert [v.cause for v in register.history("la-1")] == ["first", "legal-event", "correction"]


def test_a_late_delivery_never_overwrites(register: Register) -> None:
    for name, day, word in [("a", "01", "A"), ("c", "03", "A"), ("b", "02", "B"), ("d", "04", "D")]:
        deliver(register, name, f"2020-01-{day}", [slice_of(0, "la-1", mark("1", word))])
    told = [(v.number, v.extracted, v.cause) for v in register.history("la-1")]
    assert told == [(1, "2020-01-01", "first"), (2, "2020-01-02", "legal-event"), (3, "2020-01-03", "late"),
                    (4, "2020-01-04", "legal-event")]  # fmt: skip
    states = []
    for number in range(1, 6):
        version = register.as_of("la-1", dt.date(2020, 1, number))
        assert version is not None
        states.append(register.record(version).office_status)
    assert states == ["A", "B", "A", "D", "D"]
    assert register.as_of("la-1", dt.date(2019, 12, 31)) is None
    assert register.as_of("la-1", dt.date(2020, 1, 5), NOW - dt.timedelta(days=1)) is None


def test_deletion_leaves_a_tombstone(register: Register) -> None:
    deliver(register, "one", "2020-01-01", [slice_of(0, "la-1", mark("1"))])
    gone = slice_of(0, "la-1", mark("1", "Deleted"), deleted=True)
    deliver(register, "two", "2020-01-02", [gone])
    head = register.head("la-1")
    assert head is not None
    assert head.deleted
    assert [c.tombstone for c in register.changes(0)] == [False, True]
    assert register.counts() == [("LA", "trademark", 1, 1)]


def test_one_version_alone_is_the_first(register: Register) -> None:
    for day in ("2020-01-03", "2020-01-01", "2020-01-02"):
        deliver(register, day, day, [slice_of(0, "la-1", mark("1", day))])
    told = [(v.number, v.extracted, v.cause) for v in register.history("la-1")]
    assert [cause for _, _, cause in sorted(told)].count("first") == 1
    assert [(day, cause) for _, day, cause in sorted(told)[:2]] == [
        ("2020-01-03", "first"),
        ("2020-01-01", "earlier"),
    ]
    assert register.record(register.require("la-1")).office_status == "2020-01-03"


def test_a_slice_with_a_code_twice_is_touched_once(register: Register) -> None:
    slices = [slice_of(i, f"la-{i}", mark(str(i)), findings=(ODD,) * (i + 1)) for i in range(3)]
    head = deliver(register, "one", "2020-01-01", slices)
    assert register.tally(head.id) == [("odd", "warning", 6)]
    assert register.touched(head.id) == {"odd": 3}


def test_absence_is_a_finding(register: Register) -> None:
    deliver(register, "one", "2020-01-01", [slice_of(i, f"la-{i}", mark(str(i))) for i in range(4)])
    head = deliver(register, "two", "2020-02-01", [slice_of(0, "la-2", mark("2"))], kind="full")
    assert [f.key for f in register.findings(code="absent-from-full")] == ["la-0", "la-1", "la-3"]
    assert register.tally(head.id) == [("absent-from-full", "warning", 3)]
    assert register.head("la-0") is not None
    older = deliver(register, "zero", "2019-02-01", [slice_of(0, "la-2", mark("2"))], kind="full")
    assert register.tally(older.id) == []


def test_a_full_delivery_in_parts_is_full_as_a_whole(register: Register) -> None:
    deliver(register, "one", "2020-01-01", [slice_of(i, f"la-{i}", mark(str(i))) for i in range(4)])
    first = deliver(register, "two", "2020-02-01#00001", [slice_of(0, "la-2", mark("2"))], kind="full")
    assert register.tally(first.id) == [("absent-from-full", "warning", 3)]
    second = deliver(register, "three", "2020-02-01#00002", [slice_of(0, "la-1", mark("1"))], kind="full")
    absent = [(f.delivery, f.key) for f in register.findings(code="absent-from-full")]
    assert absent == [(head.digest, key) for head in (first, second) for key in ("la-0", "la-3")]
    assert register.tally(first.id) == [("absent-from-full", "warning", 2)]
    assert register.delivery(first.id).counts.findings == 2


def test_a_picture_stays_when_a_delivery_has_none(register: Register) -> None:
    picture = MediaRef("logo.png", "la-1/logo.png", "a" * 64, "image/png")
    other = MediaRef("logo.png", "la-1/logo.png", "b" * 64, "image/png")
    deliver(register, "one", "2020-01-01", [slice_of(0, "la-1", mark("1"), media=(picture,))])
    deliver(register, "two", "2020-01-02", [slice_of(0, "la-1", mark("1", "Renewed"))])
    assert register.require("la-1").media == (picture,)
    head = deliver(
        register, "three", "2020-01-03", [slice_of(0, "la-1", mark("1", "Renewed"), media=(other,))]
    )
    assert head.counts.stored == 1
    assert register.require("la-1").media == (other,)
    first = register.get("la-1", 1)
    assert first is not None
    assert first.media == (picture,)


def test_numbers_are_resolved_to_all_matches(register: Register) -> None:
    deliver(register, "one", "2020-01-01", [slice_of(0, "la-1", mark("1")), slice_of(1, "la-2", mark("2"))])
    assert [m.key for m in register.resolve("໑")] == ["la-1"]
    assert register.resolve("77") == []


def test_deliveries_are_found_by_the_beginning_of_their_hash(register: Register) -> None:
    one = deliver(register, "one", "2020-01-01", [])
    deliver(register, "two", "2020-01-02", [])
    assert register.delivery(one.digest[:12]) == one
    assert [d.name for d in register.deliveries()] == ["two", "one"]
    with pytest.raises(UsageError):
        register.delivery("")
    with pytest.raises(NotFound):
        register.delivery("zzz")


def test_reading_anew_is_no_legal_event(register: Register) -> None:
    head = deliver(register, "one", "2020-01-01", [slice_of(0, "la-1", mark("1"), findings=(ODD,))])
    anew = msgspec.structs.replace(slice_of(0, "la-1", mark("1", "Mended")), cause="reader", rereads=1)
    assert register.reread(head.id, [anew], NOW) == Counts(1, 1, 0, 0, 0)
    assert [v.cause for v in register.history("la-1")] == ["first", "reader"]
    assert register.record(register.require("la-1")).office_status == "Mended"
    same = msgspec.structs.replace(anew, rereads=2, findings=(ODD,))
    assert register.reread(head.id, [same], NOW).unchanged == 1
    assert register.require("la-1").findings == (ODD,)
    later = deliver(register, "two", "2020-02-01", [slice_of(0, "la-1", mark("1", "Mended"))])
    assert later.counts.unchanged == 1


def test_quarantine_is_retried(register: Register) -> None:
    slices = [slice_of(0, "la-x1", quarantine="no-number"), slice_of(1, "la-x2", quarantine="no-number")]
    head = deliver(register, "one", "2020-01-01", slices)
    register.retry(head.id, [slice_of(0, "la-1", mark("1")), slices[1]], NOW)
    assert register.delivery(head.id).counts == Counts(2, 1, 0, 1, 0)
    assert [q.slice_index for q in register.quarantine()] == [1]
    assert register.head("la-1") is not None


def test_data_go_to_the_day_of_a_delivery_in_which_a_record_was_read(register: Register) -> None:
    unread = [slice_of(0, "", quarantine="truncated")]
    deliver(register, "broken at first", "2026-01-15", unread)
    assert register.freshness() == {}
    same = [slice_of(0, "la-1", mark("la-1"))]
    deliver(register, "first", "2026-01-31", same)
    deliver(register, "broken", "2026-03-31", unread)
    assert register.freshness() == {"LA": "2026-01-31"}
    deliver(register, "second", "2026-02-28", same)
    assert register.freshness() == {"LA": "2026-02-28"}


def test_a_number_without_its_zeros_finds_all_that_it_may_mean_the_exact_one_first(
    register: Register,
) -> None:
    names = ("la-4-2024-01350", "la-4-2024-1350", "la-4-2024-11350")
    made = [slice_of(i, name, mark(name)) for i, name in enumerate(names)]
    typed = [
        msgspec.structs.replace(
            one, spellings=tuple(("application", form) for form in folds(one.key[3:])[:2])
        )
        for one in made
    ]
    deliver(register, "zeros", "2026-01-31", typed)
    assert [match.key for match in register.resolve("4-2024-1350")] == ["la-4-2024-1350", "la-4-2024-01350"]
    assert [match.key for match in register.resolve("4-2024-01350")] == ["la-4-2024-01350", "la-4-2024-1350"]


def test_a_slice_without_a_record_never_becomes_a_version(register: Register) -> None:
    slices = [slice_of(0, "la-1", mark("1")), slice_of(1, "la-x")]
    head = deliver(register, "one", "2020-01-01", slices)
    assert head.counts == Counts(taken=2, stored=1, quarantined=1, findings=1)
    assert [(one.slice_index, one.reason) for one in register.quarantine()] == [(1, "not-a-record")]
    assert register.get("la-x") is None
