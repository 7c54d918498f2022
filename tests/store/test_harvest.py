"""Records in the order in which the register learnt of their present state."""

import datetime as dt

from ipregister.store.harvest import Span
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.store.filings import deliver, mark, slice_of

DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MARKS = Span((("LA", "trademark"),))


def filled(options: Options) -> Register:
    """Four marks: two of the first day, one changed on the second, one new and one deleted on the third."""
    register = Register(packs=options.path("packs"))
    first = [slice_of(n, f"la-{n}", mark(f"{n}")) for n in (1, 2, 3)]
    deliver(register, "a", "2026-01-01", first, now=DAY)
    deliver(register, "b", "2026-01-02", [slice_of(0, "la-1", mark("1", "Refused"))], now=DAY.replace(day=2))
    last = [slice_of(0, "la-4", mark("4")), slice_of(1, "la-2", mark("2", "Withdrawn"), deleted=True)]
    deliver(register, "c", "2026-01-03", last, now=DAY.replace(day=3, microsecond=5))
    return register


def test_current_versions_stand_by_the_time_of_their_recording(database: Options) -> None:
    register = filled(database)
    found = register.harvest(MARKS)
    assert [(one.key, one.recorded_at.day, one.deleted) for one in found] == [
        ("la-3", 1, False), ("la-1", 2, False), ("la-4", 3, False), ("la-2", 3, True)]  # fmt: skip
    assert b"Refused" in found[1].body
    assert found[1].number == 2
    assert register.earliest() == DAY


def test_every_page_begins_after_the_place_where_the_one_before_ended(database: Options) -> None:
    register = filled(database)
    whole, place, paged = [one.key for one in register.harvest(MARKS)], None, []
    while page := register.harvest(MARKS, place, limit=1):
        place = page[-1].place
        paged += [one.key for one in page]
    assert paged == whole


def test_a_span_is_cut_by_time_and_by_kind(database: Options) -> None:
    register = filled(database)
    second = Span(MARKS.groups, since=DAY.replace(day=2), before=DAY.replace(day=3))
    assert [one.key for one in register.harvest(second)] == ["la-1"]
    assert register.harvest(Span((("LA", "patent"), ("KH", "trademark")))) == []
    assert register.harvest(Span(())) == []
