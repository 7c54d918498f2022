"""The byte splitter: every shape of a file, damage, and the streaming parse beside it."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.capture.ahead import next_of
from ipregister.capture.splitter import Cuts, Splitter
from ipregister.capture.streaming import records

TAGS = ("Transaction", "R13")


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


def cut(data: bytes, size: int = 1 << 20) -> Cuts:
    return Splitter(TAGS).split(pieces(data, size))


def texts(data: bytes, cuts: Cuts) -> list[bytes]:
    return [data[o : o + n] for o, n in zip(cuts.offsets, cuts.lengths, strict=True)]


A, B, C = b"<Transaction><n>1</n></Transaction>", b"<R13 a='>'/>", b"<x:Transaction\n>3</x:Transaction >"


@pytest.mark.parametrize("size", [1, 7, 100, 1 << 20])
@pytest.mark.parametrize(
    "data",
    [
        A + B + C,
        b"<?xml version='1.0'?>\n<All>\n" + A + b"\n" + B + C + b"</All>\n",
        b"\xef\xbb\xbf<All xmlns:x='u'><!-- <Transaction> --><List>"
        + A
        + b"</List><List>"
        + B
        + b"<?p <R13>?>"
        + C,
        b"<TransactionList>" + A + b"<!-- </Transaction> -->" + B + C + b"</TransactionList>",
    ],
)
def test_whatever_stands_around_them_records_are_cut_exactly(data: bytes, size: int) -> None:
    cuts = cut(data, size)
    assert texts(data, cuts) == [A, B, C]
    assert not cuts.problems


@pytest.mark.parametrize(
    "inside",
    [b"<!-- </Transaction> -->", b"<![CDATA[</Transaction>]]>", b"<?p </Transaction>?>", b"<TransactionX/>"],
)
def test_what_only_looks_like_an_end_tag_is_none(inside: bytes) -> None:
    record = b"<Transaction>" + inside + b"</Transaction>"
    data = b"<All>" + record + record + b"</All>"
    assert texts(data, cut(data)) == [record, record]


def test_an_element_of_the_same_name_inside_a_record_belongs_to_it() -> None:
    record = b"<Transaction><Transaction>1</Transaction><a/><Transaction>2</Transaction></Transaction>"
    data = b"<All>" + record + A + b"</All>"
    cuts = cut(data)
    assert texts(data, cuts) == [record, A]
    assert cuts.odd
    parsed = records([data], TAGS)
    assert parsed is not None
    assert (parsed.offsets, parsed.lengths) == (cuts.offsets, cuts.lengths)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_record_without_its_end_costs_itself_alone(count: int) -> None:
    broken = b"<Transaction><n>cut off"
    data = b"<All>" + A + broken + A * count + b"</All>"
    cuts = cut(data)
    assert texts(data, cuts) == [A, broken] + [A] * count
    assert cuts.problems == {1: "unclosed"}


def test_two_broken_records_in_a_row() -> None:
    broken = b"<Transaction><n>"
    data = b"<All>" + broken + broken + A + b"</All>"
    cuts = cut(data)
    assert texts(data, cuts) == [broken, broken, A]
    assert cuts.problems == {0: "unclosed", 1: "unclosed"}


def test_a_file_cut_off_in_its_last_record() -> None:
    data = b"<All>" + A + b"<Transaction><n>4"
    cuts = cut(data)
    assert texts(data, cuts) == [A, b"<Transaction><n>4"]
    assert cuts.problems == {1: "truncated"}


def test_a_file_cut_off_after_a_record_is_noted() -> None:
    assert cut(b"<All>\n" + A + b"\n").notes == [("cut-off-file", "1")]


def test_what_stands_between_records_is_not_lost() -> None:
    lost = b"<Other><n>9</n></Other>"
    data = b"<All>" + A + b"\n " + lost + b"\n" + A + b"garbage" + A + b"</All>"
    cuts = cut(data)
    assert texts(data, cuts) == [A, lost, A, b"garbage", A]
    assert set(cuts.problems) == {1, 3}


def test_headers_and_trailers_are_noted() -> None:
    data = b"<All><Head><Day>2026-01-31</Day></Head>" + A + b"<Count>1</Count></All>"
    cuts = cut(data)
    assert texts(data, cuts) == [A]
    assert cuts.notes == [("file-header", "2026-01-31"), ("file-trailer", "1")]


@pytest.mark.parametrize("opening", [b"<!-- never closed ", b"<![CDATA[ never closed ", b"<? never closed "])
def test_an_unclosed_comment_or_section_costs_one_record(opening: bytes) -> None:
    broken = b"<Transaction>" + opening + b"</Transaction>"
    data = b"<All>" + A + broken + A + b"</All>"
    assert texts(data, cut(data)) == [A, broken, A]


RECORD = st.lists(
    st.sampled_from([b"text ", b"<a>", b"<!-- </R13> -->", b"<![CDATA[<R13>]]>", b"<Transaction/>", b"&amp;"])
).map(b"".join)


@given(st.lists(RECORD, min_size=1, max_size=6), st.integers(1, 40))
def test_splitter_and_streaming_parse_agree_on_whole_files(bodies: list[bytes], size: int) -> None:
    whole = [b"<Transaction>" + re.sub(b"<a>", b"<a/>", body) + b"</Transaction>" for body in bodies]
    data = b"<All>\n" + b"\n".join(whole) + b"</All>"
    cuts, parsed = cut(data, size), records(pieces(data, size), TAGS)
    assert parsed is not None
    assert texts(data, cuts) == texts(data, parsed) == whole


@given(st.binary(max_size=300), st.integers(0, 100), st.integers(0, 100))
def test_any_damage_in_one_record_leaves_the_others(noise: bytes, first: int, length: int) -> None:
    middle = b"<Transaction><n>" + b"x" * 100 + b"</n></Transaction>"
    damaged = middle[:first] + noise.replace(b"<", b"") + middle[first + length :]
    far = [b"<Transaction>%d</Transaction>" % n for n in range(40)]
    data = b"<All>" + A + damaged + b"".join(far) + b"</All>"
    found = texts(data, cut(data))
    assert A in found
    assert set(far[1:]) <= set(found)


class _ByTokens(Splitter):
    """The splitter without its short way past plain records."""

    def _past_plain(self, at: int) -> int:
        return at


PARTS = (
    "<R>a</R>", "<R>b</R>\n", "\n ", "<R><x>c</x></R>", "<R n='1'>d</R>", "<R/>", "<Rx>e</Rx>", "<Q>f</Q>", "<Q>g R</Q>",
    "<R>R</R>", "<R>h <!-- <R> --></R>", "<!-- R -->", "<?p R?>", "<R>i", "</R>", "text", "<p:R>j</p:R>", "<R>k</R >",
    "<R>&R;</R>", "<R><R>l</R></R>", "<![CDATA[<R>]]>",
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=40), st.integers(1, 64))
def test_plain_records_are_cut_as_by_their_tokens(parts: list[str], size: int) -> None:
    data = f"<Records>{''.join(parts)}</Records>".encode()
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    for given_chunks in (chunks, [data]):
        quick, slow = (kind(("R", "Q")).split(given_chunks) for kind in (Splitter, _ByTokens))
        assert (quick.offsets, quick.lengths, quick.problems) == (slow.offsets, slow.lengths, slow.problems)
        assert (quick.notes, quick.odd, quick.size) == (slow.notes, slow.odd, slow.size)


@given(st.text("<!?a", max_size=300), st.sampled_from(["<!", "<?", "a", "aa", "a<!"]), st.integers(0, 310))
def test_the_next_place_of_a_word_is_that_of_find(text: str, word: str, at: int) -> None:
    buffer = text.encode()
    assert next_of(buffer, word.encode(), at) == buffer.find(word.encode(), at)


def test_a_sign_that_stands_everywhere_is_found_too() -> None:
    buffer = b"!" * 100_000 + b"<!--"
    assert next_of(buffer, b"<!", 0) == 100_000
