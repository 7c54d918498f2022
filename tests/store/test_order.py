"""Deliveries in any order give the same current register, and the same state on every past day."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from itertools import groupby
from random import Random

import msgspec
import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ipregister.store import confirmations, models
from ipregister.store.placing import State, in_order, place, run
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import point
from tests.sparing import examples
from tests.store.filings import NOW, deliver, mark, slice_of

Said = tuple[str, bytes]
"""Extraction and content of a delivery."""
State3 = tuple[bytes, str, str]
"""A content, since when and until when it was said."""
KEYS = ["la-1", "la-2"]
DELIVERIES = st.lists(
    st.tuples(st.integers(1, 6), st.dictionaries(st.sampled_from(KEYS), st.sampled_from("ABC"), min_size=1)),
    min_size=6,
    max_size=6,
)
IN_MEMORY = st.lists(
    st.tuples(st.sampled_from("123456"), st.sampled_from([b"a", b"b", b"c"])), min_size=1, max_size=9
)
RANDOM = st.randoms(use_true_random=False)


def said_on(deliveries: Sequence[Said], day: str) -> State3 | None:
    """What is to be answered: the content of the latest delivery up to a day, and for how long it was said."""
    runs: list[State3] = []
    for content, same in groupby(sorted(set(deliveries)), key=lambda said: said[1]):
        days = [said[0] for said in same]
        runs.append((content, days[0], days[-1]))
    past = [one for one in runs if one[1] <= day]
    return past[-1] if past else None


def _arrive(deliveries: Sequence[Said]) -> list[State]:
    """What the register does, for one record, in memory."""
    states: list[State] = []
    days = {number: said[0] for number, said in enumerate(deliveries)}
    for delivery, (extracted, content) in enumerate(deliveries):
        placed = place(states, extracted, content, days=days)
        if placed.confirm is not None:
            placed.confirm.confirmed = max(placed.confirm.confirmed, extracted)
            placed.confirm.log = confirmations.added(placed.confirm.log, delivery)
        if placed.again is not None and placed.before is not None:
            states = [placed.before if s.number == placed.before.number else s for s in states]
        for state in (placed.insert, placed.again):
            if state is not None:
                states.append(msgspec.structs.replace(state, number=len(states) + 1))
        states = in_order(states)
    return states


def _shown(states: list[State], day: str) -> State3 | None:
    past = [state for state in states if state.extracted <= day]
    return (past[-1].content, *run(states, past[-1].number)) if past else None


@pytest.mark.many
@settings(max_examples=examples(1500))
@given(IN_MEMORY, RANDOM)
@example([("1", b"a"), ("3", b"a"), ("5", b"a"), ("2", b"b")], Random(0))
def test_every_day_shows_what_was_delivered_for_it(deliveries: list[Said], random: Random) -> None:
    for order in (deliveries, random.sample(deliveries, len(deliveries)), sorted(deliveries)):
        states = _arrive(order)
        assert (states[-1].confirmed, states[-1].content) == max(deliveries)
        for day in "1234567":
            assert _shown(states, day) == said_on(deliveries, day)


@given(st.lists(st.integers(1, 1 << 40), unique=True))
def test_confirmations_are_noted_once(numbers: list[int]) -> None:
    log = b""
    for number in numbers:
        log = confirmations.added(confirmations.added(log, number), number)
    assert confirmations.deliveries(log) == numbers
    assert log == confirmations.packed(numbers)
    assert confirmations.added(confirmations.packed([133]), 5) == confirmations.packed([133, 5])


def _asked(register: Register, key: str, day: int, known: dt.datetime | None = None) -> State3 | None:
    version = register.as_of(key, dt.date(2020, 1, day), known)
    return None if version is None else (version.body, version.extracted, version.confirmed)


@pytest.mark.many
@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deliveries=DELIVERIES, random=RANDOM)
@example(deliveries=[(1, {"la-1": "A"}), (3, {"la-1": "A"}), (5, {"la-1": "A"}), (2, {"la-1": "B"}),
                     (4, {"la-1": "C"}), (6, {"la-1": "A"})], random=Random(0))  # fmt: skip
def test_six_deliveries_in_any_order(
    database: Options, deliveries: list[tuple[int, dict[str, str]]], random: Random
) -> None:
    point(database)
    register = Register(packs=database.path("packs"))
    for order in (deliveries, random.sample(deliveries, len(deliveries))):
        call_command("flush", database="register", interactive=False, verbosity=0)
        models.Counter.objects.using("register").create(name="change")
        for number, (day, words) in enumerate(order):
            slices = [slice_of(i, key, mark(key, word)) for i, (key, word) in enumerate(words.items())]
            arrived = NOW + dt.timedelta(hours=number)
            deliver(register, f"{number}", f"2020-01-0{day}", slices, now=arrived)
        for key in KEYS:
            _check_days(register, key, _said(order, key))
            for number in range(len(order)):
                _check_known(register, key, _said(order[: number + 1], key), NOW + dt.timedelta(hours=number))


def _said(deliveries: Sequence[tuple[int, dict[str, str]]], key: str) -> list[Said]:
    return [(f"2020-01-0{day}", mark(key, words[key])) for day, words in deliveries if key in words]


def _by_rank(said: list[Said]) -> tuple[list[Said], dict[bytes, bytes]]:
    """Of two states of one day that counts which has the greater hash."""
    bodies = {hashlib.sha256(body).digest(): body for _, body in said}
    return [(day, hashlib.sha256(body).digest()) for day, body in said], bodies


def _check_days(register: Register, key: str, said: list[Said]) -> None:
    ranked, bodies = _by_rank(said)
    for day in range(1, 8):
        wanted = said_on(ranked, f"2020-01-0{day}")
        assert _asked(register, key, day) == (wanted and (bodies[wanted[0]], *wanted[1:]))
    current = register.get(key)
    assert (current and (current.body, current.extracted, current.confirmed)) == _asked(register, key, 9)


def _check_known(register: Register, key: str, said: list[Said], known: dt.datetime) -> None:
    ranked, bodies = _by_rank(said)
    for day in range(1, 8):
        wanted, asked = said_on(ranked, f"2020-01-0{day}"), _asked(register, key, day, known)
        assert (asked and asked[:2]) == (wanted and (bodies[wanted[0]], wanted[1]))
        if asked and wanted:
            assert asked[2] <= wanted[2]
