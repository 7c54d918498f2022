"""A delivery that is read again by what is known now: what is closed takes its place before what is open."""

import msgspec
import pytest

from ipregister.model import canonical
from ipregister.model.design import Design
from ipregister.model.text import Text
from ipregister.store.placing import closing_rank, rank_again
from ipregister.store.register import Register
from ipregister.store.rows import Incoming
from ipregister.store.sheet import hash_of
from ipregister.web.options import Options
from tests.store.filings import deliver
from tests.store.test_colliding import DEFERRED, OPEN, OTHER, design, shown

DAY = "2026-01-01"


@pytest.fixture
def register(database: Options) -> Register:
    return Register(packs=database.path("packs"))


def unranked(record: Design) -> Incoming:
    """A slice whose record nobody knew to be closed when it came."""
    return msgspec.structs.replace(design(0, record, DAY), rank=b"")


def again(number: int, record: Design) -> Incoming:
    """The same slice, read by what is known now."""
    return msgspec.structs.replace(design(0, record, DAY), cause="reader", rereads=number)


def numbers(register: Register) -> dict[str, int]:
    """By titles and days, the number of the latest version that tells them."""
    found = [register.get("la-1", head.number) for head in register.history("la-1")]
    return {str(register.record(one)): one.number for one in found if one is not None}


def filled(register: Register, *records: Design) -> dict[str, int]:
    """Deliveries of one day; the numbers of the deliveries by their records."""
    heads = [deliver(register, f"{at}", DAY, [unranked(one)]) for at, one in enumerate(records)]
    return {str(one): head.id for one, head in zip(records, heads, strict=True)}


def _behind(record: Design, *, greater: bool) -> Design:
    """An open design whose hash is greater, or less, than that of a record."""
    found = (msgspec.structs.replace(OPEN, titles=(Text(f"Basket {at}"),)) for at in range(100))
    return next(one for one in found if (_hash(one) > _hash(record)) == greater)


def _hash(record: Design) -> bytes:
    return hash_of(canonical.encode(record))


BEFORE, BEHIND = _behind(DEFERRED, greater=False), _behind(DEFERRED, greater=True)


@pytest.mark.parametrize("open_first", [True, False])
@pytest.mark.parametrize("other", [BEFORE, BEHIND], ids=["before", "behind"])
def test_what_is_known_to_be_closed_closes_after_it_was_read_again(
    register: Register, other: Design, open_first: bool
) -> None:
    records = (other, DEFERRED) if open_first else (DEFERRED, other)
    deliveries = filled(register, *records)
    before = numbers(register)
    assert len(before) == 2
    changes = register.last_change()
    for record in records:
        text = str(record)
        register.reread(deliveries[text], [again(before[text], record)])
    current = register.get("la-1")
    assert current is not None
    assert register.record(current) == DEFERRED
    assert shown(register) == set()
    told = register.changes(changes, 100)
    assert [one.key for one in told] == ["la-1"] * len(told)
    assert len(told) == (other is BEHIND)
    for record in records:  # nothing more to be said
        assert register.reread(deliveries[str(record)], [again(before[str(record)], record)]).stored == 0
    assert register.last_change() == changes + len(told)


def test_a_later_delivery_is_still_the_present_one(register: Register) -> None:
    deliveries = filled(register, BEHIND, DEFERRED)
    deliver(register, "next", "2026-02-01", [design(0, OTHER, "2026-02-01")])
    number = numbers(register)[str(DEFERRED)]
    register.reread(deliveries[str(DEFERRED)], [again(number, DEFERRED)])
    current = register.get("la-1")
    assert current is not None
    assert register.record(current) == OTHER


def test_what_comes_after_it_was_read_again_finds_its_place(register: Register) -> None:
    deliveries = filled(register, BEHIND, DEFERRED)
    register.reread(deliveries[str(DEFERRED)], [again(numbers(register)[str(DEFERRED)], DEFERRED)])
    deliver(register, "third", DAY, [design(0, OPEN, DAY)])
    current = register.get("la-1")
    assert current is not None
    assert register.record(current) == DEFERRED
    deliver(register, "next", "2026-02-01", [design(0, OPEN, "2026-02-01")])
    current = register.get("la-1")
    assert current is not None
    assert register.record(current) == OPEN


def test_a_rank_says_what_is_known_now_and_keeps_its_place() -> None:
    first, other = bytes(range(32)), bytes(range(1, 33))
    longer, closed = (closing_rank(other, day, unnamed=False) for day in ("2099-01-01", "2030-01-01"))
    assert rank_again(first, other, b"") == first
    assert rank_again(first, other, closed) == closing_rank(first, "2030-01-01", unnamed=False)
    assert rank_again(closed, other, longer) == longer
    assert rank_again(closed, first, closing_rank(first, "2030-01-01", unnamed=False)) == closed
    assert rank_again(closed, other, b"") == other
    assert rank_again(closed, first, b"") == closed[-len(other[:15]) :]
    assert rank_again(bytes(32), other, closed) == bytes(32)
