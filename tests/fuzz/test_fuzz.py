"""A small part of the fuzz run; the whole is `python -m benchmarks.fuzz`."""

import time
from collections import Counter
from pathlib import Path

import pytest

from ipregister.capture.prologue import prologue_of
from ipregister.capture.readers import READERS
from ipregister.exchange import st66
from ipregister.exchange.xml.slices import parse
from ipregister.model.offices import office
from tests.fuzz.trial import SECONDS, seeds, try_one
from tests.fuzz.written import OFTEN, reader_of

_MANY = "".join(f" a{n}='1'" for n in range(5000)).encode()
COUNT, PARTS = 150, 3


@pytest.mark.parametrize("part", range(PARTS))
def test_bad_documents_are_read_or_refused(part: int, tmp_path: Path) -> None:
    sound = seeds()
    results = [try_one(number, 1, sound, tmp_path) for number in range(part, COUNT, PARTS)]
    assert [one.wrong for one in results if one.wrong] == []
    assert sum(one.read for one in results) > 5
    assert sum(one.refused for one in results) > 5


def test_every_reader_has_documents() -> None:
    sound = [one for one in seeds() if one.name not in ("csv", "xlsx", "row")]
    counted = Counter(map(reader_of, sound))
    assert {name for name in READERS if counted[name] < OFTEN} == {"madrid"}  # read as st66


@pytest.mark.parametrize(
    "head",
    [
        b"<!--" * 16_000,
        b"<!DOCTYPE[" * 6_000,
        b"<" + b"a" * 65_000,
        b'<a "' * 16_000,
        b"<?" * 30_000,
        b'<{"a":' * 10_000,
    ],
    ids=range(6),
)
def test_a_head_is_looked_through_once(head: bytes) -> None:
    start = time.thread_time()
    prologue_of(head, b"none")
    parse(b"<?a b?>" * 60 + head[:50_000] + b"<a/><!DOCTYPE x>")
    assert time.thread_time() - start < SECONDS


def test_an_element_of_many_attributes_is_read_once() -> None:
    raw = b"<TradeMark" + _MANY + b"><ApplicationNumber>1</ApplicationNumber></TradeMark>"
    start = time.thread_time()
    reading = st66.read(raw, office("LA"))
    assert time.thread_time() - start < SECONDS
    assert reading.record is not None
    assert len(reading.record.extra) == 5000
