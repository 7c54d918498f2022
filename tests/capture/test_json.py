"""Deliveries of JSON: cut by brackets or lines, read by pointers, nothing lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.capture import kept, readers
from ipregister.capture.delivery import open_delivery
from ipregister.capture.json_splitter import JsonSplitter
from ipregister.capture.splitter import Cuts
from ipregister.exchange import loss, sources
from ipregister.exchange.json import records as lines
from ipregister.exchange.json.slices import parse
from ipregister.exchange.origin import raw_value
from ipregister.exchange.sources import Source
from ipregister.exchange.xml.sheet import Sheet
from ipregister.model import offices
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office
from tests.capture.offices import office
from tests.capture.test_delivery import write_zip
from tests.sparing import few

LA = office("Transaction")
A, B = b'{"file": "1", "name": "Caf\\u00e9 \\"x\\" ] }"}', b'{"file":2,"more":[{"a":["b"]},[]]}'


def read_list(raw: bytes, office: Office) -> Reading:
    """A reader of a small invented list."""
    found = parse(raw)
    if not found.texts:
        return found.refused()
    sheet = Sheet(office, right="indication")
    for pointer, text in found.texts.items():
        if pointer == "/file":
            sheet.put(sheet.record, "", "application_number", text, pointer)
        elif pointer == "/name":
            sheet.put_text(sheet.record.setdefault("names", []), "/names", text, pointer, language=None)
        else:
            sheet.spare(pointer[1:], text, pointer)
    return sheet.done(found.parsed)


LIST = Source("list", "an invented list", ("indication",), ("file",), (), read_list, form="json")


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SOURCES", (*sources.SOURCES, LIST))
    monkeypatch.setattr(sources, "_JSON_SIGNS", {b"file": LIST})
    monkeypatch.setitem(readers.READERS, "list", read_list)


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


def cut(data: bytes, size: int = 1 << 20, names: tuple[str, ...] = ()) -> Cuts:
    return JsonSplitter(names).split(pieces(data, size))


def texts(data: bytes, cuts: Cuts) -> list[bytes]:
    return [data[o : o + n] for o, n in zip(cuts.offsets, cuts.lengths, strict=True)]


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"[" + A + b",\n " + B + b"]", ()),
        (b"\xef\xbb\xbf [\n" + A + b"," + B + b"\n]\n", ()),
        (A + b"\n" + B + b"\n", ()),
        (b"\n" + A + b"\r\n\n" + B, ()),
        (b'{"count": 2, "other": [1, {}], "items": [' + A + b"," + B + b']}', ("items",)),
        (b"[" + A + b",\n " + B + b"]", ("items",)),
    ],
)  # fmt: skip
def test_records_are_cut_exactly(data: bytes, names: tuple[str, ...], size: int) -> None:
    cuts = cut(data, size, names)
    assert texts(data, cuts) == [A, B]
    assert not cuts.problems
    assert cuts.size == len(data)


def test_damage_is_a_piece_with_its_reason() -> None:
    data = b"[" + A + b', "loose", ' + B[:-4]
    cuts = cut(data)
    assert texts(data, cuts) == [A, b'"loose"', B[:-4]]
    assert cuts.problems == {1: "between-records", 2: "truncated"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), max_size=5),
    st.sampled_from([1, 5, 4096]),
)
def test_any_array_is_cut_into_its_elements(records: list[dict[str, object]], size: int) -> None:
    data = json.dumps(records, ensure_ascii=False, indent=1).encode()
    cuts = cut(data, size)
    assert [json.loads(text) for text in texts(data, cuts)] == records
    for text in texts(data, cuts):
        mine = parse(text).texts
        assert {p: place.text for p, place in loss.texts_of(text).items()} == mine
        assert all(raw_value(text, (), pointer)[1] == value for pointer, value in mine.items())


@pytest.mark.parametrize("depth", few([900, 3_000, 200_000]))
@pytest.mark.parametrize("before", [b'{"right":"trademark","x":', b'{"source":{"data_day":', b'[{"x":', b""])
def test_brackets_without_end_are_a_record_that_is_told(before: bytes, depth: int) -> None:
    deep = before + b"[" * depth + b"]" * depth
    data = deep + b"}" * before.count(b"{") + b"]" * (before[:1] == b"[")
    cuts = cut(data, 4096)
    found = [lines.read(text, offices.office("LA")) for text in texts(data, cuts)]
    assert {one.refusal for one in found} <= {"too-deep", "empty", "not-well-formed", "not-a-record"}
    assert all(one.record is None for one in found)
    assert lines.data_day(data) == ""


class _Slow(JsonSplitter):
    """Looks at each bracket, also of a file that is one object."""

    def _is_lone(self) -> bool:
        return False


@given(
    st.dictionaries(st.text(max_size=5), VALUES, max_size=4),
    st.sampled_from([b"", b"\n", b" {}", b"[{}]", b"}", b"{", b',"']),
    st.integers(0, 5),
)
def test_an_object_alone_is_cut_as_its_brackets_say(
    record: dict[str, object], rest: bytes, less: int
) -> None:
    whole = json.dumps(record, ensure_ascii=False).encode()
    data = whole[: len(whole) - less] + rest
    quick, slow = cut(data), _Slow(()).split(pieces(data, 7))
    told = [(one.offsets, one.lengths, one.problems, one.notes, one.size) for one in (quick, slow)]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["list.json", "LA_20260131.jsonl"])
def test_a_list_is_loaded_record_by_record(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"[" + A + b"," + B + b"]" if name.endswith("json") else A + b"\n" + B)
    with open_delivery(tmp_path / name, LA, scratch=tmp_path / "s") as delivery:
        slices = list(delivery.slices())
        with delivery.container.open("rb") as handle:
            assert [kept.read_slice(handle, o.member, o.offset, o.length) for o in slices] == [A, B]
    readings = [readers.read(one, LA) for one in slices]
    assert [r.record.application_number for r in readings if r.record] == ["1", "2"]
    for one, reading in zip(slices, readings, strict=True):
        found = loss.check(one.data, reading, LA)
        assert (found.lost, found.broken) == ((), ())
    assert [readers.right_of_slice(one, LA) for one in slices] == ["indication", "indication"]
    assert [one.source for one in slices] == ["list", "list"]


def test_json_beside_records_is_a_file_unless_its_shape_is_known(tmp_path: Path) -> None:
    record = b"<Transaction>1</Transaction>"
    path = write_zip(
        tmp_path / "x.zip", {"1.xml": record, "info.json": b'{"by": "x"}', "list.json": b"[" + A + b"]"}
    )
    with open_delivery(path, LA, scratch=tmp_path / "s") as delivery:
        assert [(one.member, one.data) for one in delivery.slices()] == [("1.xml", record), ("list.json", A)]
        assert [a.member for a in delivery.unassigned()] == ["info.json"]


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(b"", "empty"), (b"{", "not-well-formed"), (b"[" * 100 + b"]" * 100, "too-deep"), (b'{"a": nul}', "not-well-formed")],
)  # fmt: skip
def test_what_is_no_json_is_refused(raw: bytes, refusal: str) -> None:
    assert read_list(raw, LA).refusal == refusal


def test_twice_named_members_odd_signs_and_odd_bytes_are_kept() -> None:
    raw = b'{"file": "1", "file": "2", "a/b~c": 1.50, "s": "\\ud800\\u0000x", "t": true, "n": null, "e": ""}'
    found = parse(raw)
    assert found.texts == {
        "/file": "1",
        "/file#2": "2",
        "/a~1b~0c": "1.50",
        "/s": "\ufffd\ufffdx",
        "/t": "true",
    }
    assert found.parsed.repairs == ("control:d800", "control:00")
    assert {p: place.text for p, place in loss.texts_of(raw).items()} == found.texts
    assert raw_value(raw, (), "/file#2") == ("file#2", "2")
    assert raw_value(raw, (), "/a~1b~0c") == ("a/b~c", "1.50")
    assert parse(b'{"a": "\xff"}').parsed.repairs == ("byte",)
    assert msgspec.json.encode(list(found.texts.values()))


def test_defaults_may_be_written_out_and_nothing_else() -> None:
    plain: dict[str, Any] = {"right": "trademark", "office": "LA", "application_number": "7", "applicants": [{"names": [{"text": "Ann"}]}],
             "goods": [{"class_number": 9}]}  # fmt: skip
    bare = lines.read(json.dumps(plain).encode(), LA)
    assert bare.record is not None
    plain["deleted"], plain["goods"][0]["scheme"] = False, "nice"
    plain["applicants"][0]["names"][0]["lang"] = "und"
    full = lines.read(json.dumps(plain).encode(), LA)
    assert (full.record, full.refusal) == (bare.record, "")
    told = {"/deleted", "/goods/0/scheme", "/applicants/0/names/0/lang"}
    assert {*full.evidence, *full.used} == {*bare.evidence, *bare.used} | told
    plain["song"] = "x"
    assert lines.read(json.dumps(plain).encode(), LA).refusal_detail == "no field /song"
    del plain["song"]
    plain["goods"][0]["song"] = False
    assert lines.read(json.dumps(plain).encode(), LA).refusal_detail == "no field /goods/0/song"
    twice = b'{"right": "trademark", "office": "LA", "application_number": "7", "deleted": true, "deleted": false}'
    assert lines.read(twice, LA).refusal == "not-a-record"
