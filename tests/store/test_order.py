"""Deliveries in any order give the same current register."""

from collections.abc import Iterator
from itertools import groupby

from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipregister.store import models
from ipregister.store.placing import State, in_order, place
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import point
from tests.store.filings import deliver, mark, slice_of

DELIVERIES = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.dictionaries(st.sampled_from(["la-1", "la-2"]), st.sampled_from("ABC"), min_size=1),
    ),
    min_size=6,
    max_size=6,
)


def _current(states: list[State]) -> tuple[str, bytes]:
    return states[-1].confirmed, states[-1].content


def _arrive(deliveries: list[tuple[str, bytes]]) -> list[State]:
    """What the register does, for one record, in memory."""
    states: list[State] = []
    number = 0
    for extracted, content in deliveries:
        placed = place(states, extracted, content)
        if placed.confirm is not None:
            placed.confirm.confirmed = extracted
        if placed.again is not None and placed.before is not None:
            placed.before.confirmed = placed.before.extracted
        for state in (placed.insert, placed.again):
            if state is not None:
                number += 1
                state.number = number
                states.append(state)
        states = in_order(states)
    return states


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("1234"), st.sampled_from([b"a", b"b", b"c"])), min_size=1, max_size=6),
       st.randoms(use_true_random=False))  # fmt: skip
def test_the_latest_state_wins_in_every_order(deliveries: list[tuple[str, bytes]], random: object) -> None:
    shuffled = list(deliveries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _current(_arrive(shuffled)) == _current(_arrive(deliveries)) == max(deliveries)


@given(st.lists(st.tuples(st.sampled_from("1234"), st.sampled_from([b"a", b"b"])), min_size=1, max_size=6))
def test_every_day_shows_what_was_delivered_for_it(deliveries: list[tuple[str, bytes]]) -> None:
    states = _arrive(deliveries)
    for day, same in groupby(sorted(deliveries), key=lambda d: d[0]):
        past = [state for state in states if state.extracted <= day]
        assert past[-1].content == max(same)[1]


def _contents(register: Register) -> Iterator[tuple[str, bytes, str]]:
    for key in register.keys(limit=10):
        version = register.require(key)
        yield key, version.body, version.confirmed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=DELIVERIES, random=st.randoms(use_true_random=False))
def test_six_deliveries_in_any_order(
    sqlite_database: Options,
    deliveries: list[tuple[int, dict[str, str]]],
    random: object,
) -> None:
    point(sqlite_database)
    register = Register(packs=sqlite_database.path("packs"))
    named = [(f"{number}", day, words) for number, (day, words) in enumerate(deliveries)]
    seen = []
    for order in (named, random.sample(named, len(named))):  # type: ignore[attr-defined]
        call_command("flush", database="register", interactive=False, verbosity=0)
        models.Counter.objects.using("register").create(name="change")
        for name, day, words in order:
            slices = [slice_of(i, key, mark(key, word)) for i, (key, word) in enumerate(words.items())]
            deliver(register, name, f"2020-01-0{day}", slices)
        seen.append(list(_contents(register)))
    assert seen[0] == seen[1]
