"""One delivery that tells of one right that it is open and that it is closed: it is closed, in whatever order it tells it."""

import datetime as dt
from itertools import permutations

import msgspec
import pytest

from ipregister.model import canonical
from ipregister.model.design import Design
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.model.publicity import project
from ipregister.model.text import Text
from ipregister.store.closing import rank_of
from ipregister.store.placing import closing_rank, joined_rank
from ipregister.store.register import Register
from ipregister.store.rows import Counts, Incoming, NewDelivery
from ipregister.store.sheet import hash_of
from ipregister.store.upcast import ruling
from ipregister.web.options import Options
from tests.store.filings import CONTAINER, NOW, deliver, slice_of

TODAY = dt.date(2026, 1, 1)
OPEN = Design(office="LA", application_number="1", registration_number="1", registration_date="2020-01-05")
DEFERRED = msgspec.structs.replace(OPEN, deferred_until="2099-01-05")
WAITING = msgspec.structs.replace(OPEN, registration_date=None)
OTHER = msgspec.structs.replace(OPEN, titles=(Text("Basket"),))
EARLIER = msgspec.structs.replace(OPEN, registration_date="2019-12-31")


@pytest.fixture
def register(database: Options) -> Register:
    return Register(packs=database.path("packs"))


def design(index: int, record: Design, day: str) -> Incoming:
    """A slice with a design, of a delivery of a day."""
    body = canonical.encode(record)
    rank = rank_of(record, office("LA"), "design", day, hash_of(body))
    return msgspec.structs.replace(slice_of(index, "la-1", body), right="design", rank=rank)


def told(register: Register, name: str, day: str, *records: Design, batch: int = 1000) -> Counts:
    """What became of a delivery of designs of one number."""
    slices = [design(index, one, day) for index, one in enumerate(records)]
    return deliver(register, name, day, slices, batch=batch).counts


def shown(register: Register) -> set[str]:
    """The titles and days that any version of the record shows to the public."""
    facts = office("LA")
    found = [register.get("la-1", head.number) for head in register.history("la-1")]
    sides = [(register.record(one), ruling(one)) for one in found if one is not None]
    plain = [project(record, facts, TODAY, *present) for record, present in sides]
    return {str(one) for one in plain if one is not None}


@pytest.mark.parametrize("closed", [DEFERRED, WAITING], ids=["deferred", "not published"])
@pytest.mark.parametrize("batch", [1, 1000])
def test_what_closes_holds_in_either_order(register: Register, closed: Design, batch: int) -> None:
    counts = told(register, "one", "2025-01-01", OPEN, closed, batch=batch)
    assert (counts.stored, counts.quarantined, counts.findings) == (2, 0, 1)
    assert register.record(register.require("la-1")) == closed
    assert register.tally(1) == [("key-collision-closing", "error", 1)]
    assert shown(register) == set()


def test_what_is_open_does_not_replace_what_closes(register: Register) -> None:
    counts = told(register, "one", "2025-01-01", DEFERRED, OPEN)
    assert (counts.stored, counts.quarantined) == (1, 1)
    assert register.tally(1) == [("key-collision", "error", 1)]
    assert shown(register) == set()


@pytest.mark.parametrize("second", [OTHER, EARLIER], ids=["another title", "another day that is past"])
def test_of_two_that_are_open_the_first_holds(register: Register, second: Design) -> None:
    assert told(register, "one", "2025-01-01", OPEN, second).quarantined == 1
    assert register.record(register.require("la-1")) == OPEN


def test_a_third_and_the_same_again_change_nothing(register: Register) -> None:
    counts = told(register, "one", "2025-01-01", OPEN, DEFERRED, OPEN, DEFERRED, OTHER)
    assert (counts.stored, counts.unchanged, counts.quarantined) == (2, 2, 1)
    again = told(register, "two", "2025-01-01", OPEN, DEFERRED)
    assert (again.stored, again.unchanged) == (0, 2)
    assert shown(register) == set()


def test_a_later_delivery_says_which_is_right(register: Register) -> None:
    told(register, "one", "2025-01-01", OPEN, DEFERRED)
    told(register, "two", "2025-02-01", OPEN)
    assert register.record(register.require("la-1")) == OPEN
    assert shown(register)
    told(register, "three", "2025-03-01", OPEN, DEFERRED)
    assert shown(register) == set()


SOON = msgspec.structs.replace(OPEN, deferred_until="2026-06-01")


@pytest.mark.parametrize("order", list(permutations([OPEN, SOON, DEFERRED])))
def test_of_several_the_one_that_is_closed_longest_holds(
    register: Register, order: tuple[Design, ...]
) -> None:
    told(register, "one", "2025-01-01", *order)
    assert register.record(register.require("la-1")) == DEFERRED
    assert shown(register) == set()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_deliveries_of_one_day_the_one_that_closes_holds(
    register: Register, order: tuple[int, ...]
) -> None:
    for number in order:
        told(register, f"file {number}", "2025-01-01", (OPEN, DEFERRED, OTHER)[number])
    assert register.record(register.require("la-1")) == DEFERRED
    assert shown(register) == set()


@pytest.mark.parametrize("open_first", [True, False])
def test_a_collision_that_an_older_delivery_cuts_in_two(register: Register, open_first: bool) -> None:
    """A load that was interrupted, and goes on after an older delivery was loaded."""
    records = (OPEN, DEFERRED) if open_first else (DEFERRED, OPEN)
    slices = [design(index, one, "2025-02-01") for index, one in enumerate(records)]
    head = register.begin(NewDelivery("LA", "d" * 64, "r1", "delta", "2025-02-01", CONTAINER), NOW)
    register.put(head.id, slices[:1], next_index=1, now=NOW)
    told(register, "r0", "2025-01-01", OTHER)
    register.put(head.id, slices[1:], next_index=2, now=NOW)
    register.finish(head.id, NOW)
    assert register.record(register.require("la-1")) == DEFERRED
    assert shown(register) == set()
    code = "key-collision-closing" if open_first else "key-collision"
    assert register.tally(head.id) == [(code, "error", 1)]


BOWL, CUP = (
    next(
        one
        for number in range(2000)
        for one in [msgspec.structs.replace(OPEN, titles=(Text(f"T{number}"),), deferred_until=until)]
        if (hash_of(canonical.encode(one)) >= b"\xc0") is last
    )
    for until, last in (("2026-03-01", False), (None, True))
)
"""Of the two, the one whose day has come has the smaller hash."""
LAPSED = {"a": ("2026-01-31", BOWL), "b": ("2026-06-01", BOWL), "c": ("2026-06-01", CUP)}


@pytest.mark.parametrize("order", list(permutations(LAPSED)), ids="-".join)
def test_a_state_whose_day_has_come_is_closed_no_more(register: Register, order: tuple[str, ...]) -> None:
    for name in order:
        told(register, name, *LAPSED[name])
    assert register.record(register.require("la-1")) == CUP
    at = register.as_of("la-1", dt.date(2026, 5, 1))
    assert at is not None
    assert register.record(at) == BOWL


def test_what_is_closed_less_than_a_confirmed_state_collides(register: Register) -> None:
    less = msgspec.structs.replace(OTHER, deferred_until="2098-01-01")
    told(register, "a", "2026-01-31", DEFERRED)
    counts = told(register, "b", "2026-06-01", DEFERRED, less)
    assert (counts.stored, counts.unchanged, counts.quarantined) == (0, 1, 1)
    assert register.record(register.require("la-1")) == DEFERRED


def test_no_hash_comes_behind_what_closes() -> None:
    for opening, unnamed in (("2026-06-01", False), ("", True), ("9999-12-31", True)):
        rank = closing_rank(bytes(32), opening, unnamed=unnamed)
        assert b"\xff\xff\xff\xfe" * 8 < rank < joined_rank(1, bytes(32))
        assert len(rank) == 32
    ranks = [
        closing_rank(b"\xff" * 32, day, unnamed=hidden)
        for day in ("", "2026-06-01", "9999-12-31")
        for hidden in (False, True)
    ]
    assert ranks == sorted(ranks)


DAYS = {
    "old": ("2025-01-01", (OPEN,)),
    "both": ("2025-02-01", (OPEN, DEFERRED)),
    "new": ("2025-03-01", (OTHER,)),
}


@pytest.mark.parametrize("order", list(permutations(DAYS)), ids="-".join)
def test_deliveries_in_any_order(register: Register, order: tuple[str, ...]) -> None:
    for name in order:
        told(register, name, DAYS[name][0], *DAYS[name][1])
    assert register.record(register.require("la-1")) == OTHER
    at = register.as_of("la-1", dt.date(2025, 2, 15))
    assert at is not None
    assert register.record(at) == DEFERRED


def test_marks_are_open_whatever_they_say(register: Register) -> None:
    two = [
        Trademark(office="LA", application_number="1", registration_date=day) for day in ("2020-01-05", None)
    ]
    slices = [slice_of(index, "la-1", canonical.encode(one)) for index, one in enumerate(two)]
    assert deliver(register, "one", "2025-01-01", slices).counts.quarantined == 1
