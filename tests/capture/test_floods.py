"""Files that hold a beginning very many times and its end never, or once at the end: they are cut in a time that grows as their size."""

import time
from collections.abc import Iterator

import pytest

from ipregister.capture.ahead import Ahead
from ipregister.capture.gaps import examine
from ipregister.capture.json_splitter import JsonSplitter
from ipregister.capture.splitter import Cuts, Splitter
from ipregister.exchange.json.slices import parse, too_deep
from tests.sparing import few

SECONDS = 5.0
"""A hundred times what is needed; looked through anew at each beginning, these take minutes."""
_CHUNK = 1 << 20


def pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _CHUNK):
        yield data[start : start + _CHUNK]


def timed(splitter: Splitter | JsonSplitter, data: bytes) -> Cuts:
    start = time.thread_time()
    cuts = splitter.split(pieces(data))
    assert time.thread_time() - start < SECONDS
    assert cuts.size == len(data)
    return cuts


@pytest.mark.parametrize("end", few([b"", b"-->", b"]]>", b"?>", b"]>"], 1))
@pytest.mark.parametrize(
    "sign", [b"<?", b"<!--", b"<![CDATA[", b"<!DOCTYPE ", b"<!DOCTYPE a[", b"<TradeMark ", b"</TradeMark>"]
)
def test_signs_of_xml(sign: bytes, end: bytes) -> None:
    flood = sign * (200_000 // len(sign)) + end
    timed(Splitter(("TradeMark",)), b"<a><TradeMark>" + flood + b"</TradeMark></a>")


@pytest.mark.parametrize(
    "data",
    [
        b'[{"a": "' + b'\\"' * 60_000,
        b'{"a": "' + b'\\"' * 60_000 + b"}\n{}\n",
        b"[" * 60_000 + b"}" * 60_000,
        b"[{" * 60_000 + b"]" * 60_000,
        b'[{"a": "' + b"x" * (20 << 20),
        b"[" + b"x" * (20 << 20),
        b'["' * 60_000,
    ],
    ids=range(7),
)
def test_signs_of_json(data: bytes) -> None:
    timed(JsonSplitter(()), data)


def test_a_string_that_is_never_closed_is_looked_through_once() -> None:
    raw = b'{"a": "' + b'\\"' * 60_000
    start = time.thread_time()
    assert parse(raw).parsed.refusal == "not-well-formed"
    assert too_deep("[" * 65 + raw.decode())
    assert not too_deep('"' + "[" * 65 + '\\"' + "[" * 65 + '"')
    assert time.thread_time() - start < SECONDS


def test_a_long_string_is_one_string() -> None:
    one, other = b'{"a": "' + b'x\\\\\\"' * (1 << 20) + b'"}', b'{"b": 2}'
    data = b"[" + one + b", " + other + b"]"
    cuts = timed(JsonSplitter(()), data)
    assert [data[o : o + n] for o, n in zip(cuts.offsets, cuts.lengths, strict=True)] == [one, other]


def test_a_record_after_what_is_never_closed_is_still_cut() -> None:
    data = (
        b"<a>" + b"<?" * 60_000 + b"<TradeMark>1</TradeMark>" + b"<!--" * 10 + b"<TradeMark>2</TradeMark></a>"
    )
    cuts = timed(Splitter(("TradeMark",)), data)
    found = [data[o : o + n] for o, n in zip(cuts.offsets, cuts.lengths, strict=True)]
    assert [one for one in found if one.startswith(b"<TradeMark>")] == [
        b"<TradeMark>1</TradeMark>",
        b"<TradeMark>2</TradeMark>",
    ]


def test_a_word_is_found_again_when_more_of_the_stream_is_known() -> None:
    words = Ahead()
    assert words.find(b"abc-", 0, b"-->", 1) == -1
    assert words.find(b"c-->", 2, b"-->", 0) == 1
    assert words.find(b"c-->x-->", 2, b"-->", 2) == 5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"<a>" + b"<?" * 60_000, "between-records"),
        (b"<a>" + b"<!--" * 60_000, "between-records"),
        (b"<!DOCTYPE a [<x>" + b"<!DOCTYPE a [" * 20_000 + b"<x>", "between-records"),
        (b"<a " * 60_000, "between-records"),
        (b"<!DOCTYPE a [ <!ELEMENT a ANY> ] ><?x y?><!-- y --><a>", ""),
    ],
    ids=range(5),
)
def test_gaps_between_records(text: bytes, problem: str) -> None:
    start = time.thread_time()
    assert examine(text, "head").problem == problem
    assert time.thread_time() - start < SECONDS
