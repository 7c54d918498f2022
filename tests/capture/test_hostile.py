"""Deliveries that would harm: bombs, path tricks, damage, what is no XML."""

import io
import os
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest

from ipregister.capture import kept
from ipregister.capture.delivery import open_delivery
from ipregister.capture.limits import Limits
from ipregister.model.errors import UnreadableInput
from tests.capture.offices import LA
from tests.sparing import few

RECORD = b"<Transaction><n>1</n></Transaction>"


def zipped(*members: tuple[str, bytes], mode: int = 0, flags: int = 0) -> bytes:
    goal = io.BytesIO()
    with zipfile.ZipFile(goal, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.filename = name
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    data = goal.getvalue()
    if flags:
        at = data.rfind(b"PK\x01\x02")
        data = data[: at + 8] + struct.pack("<H", flags) + data[at + 10 :]
    return data


def problems(tmp_path: Path, data: bytes, name: str = "d.zip", limits: Limits | None = None) -> list[str]:
    path = tmp_path / name
    path.write_bytes(data)
    with open_delivery(path, LA, scratch=tmp_path / "s", limits=limits or Limits()) as delivery:
        return [one.problem for one in delivery.slices()]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"hello", "not-xml"),
        (b"\x00\x01\x02", "not-xml"),
        (b"<All><Other/></All>", "no-record"),
        (b"<Transaction><n>1</n>", "truncated"),
        (b"<Transaction>" + b"x" * 5000 + b"</Transaction>", "too-large"),
    ],
)
def test_a_file_without_a_readable_record_is_one_slice_with_a_reason(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    assert problems(tmp_path, data, "d.xml", Limits(in_memory=1000, record=1000)) == [problem]


@pytest.mark.parametrize("name", ["readme.txt", "README.md", "list.csv", "delivery"])
def test_a_file_that_is_no_delivery_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInput, match="neither a zip nor an XML file"):
        problems(tmp_path, b"hello", name)
    assert problems(tmp_path, b"\xef\xbb\xbf\n" + RECORD, name) == [""]


def test_damage_in_a_zip_costs_one_record(tmp_path: Path) -> None:
    data = bytearray(zipped(*((f"{n}.xml", RECORD.replace(b"1", b"%d" % n * 99)) for n in range(1, 6))))
    at = data.find(b"3.xml") + 15
    data[at : at + 8] = b"\xff" * 8
    assert problems(tmp_path, bytes(data)) == ["", "", "damaged-member", "", ""]


def test_a_bulk_file_damaged_in_the_zip_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    big = b"<All>" + b"".join(b"<Transaction>%d</Transaction>" % (n * 7919) for n in range(20000)) + b"</All>"
    data = bytearray(zipped(("bulk.xml", big)))
    data[len(data) // 2 : len(data) // 2 + 99] = b"\xff" * 99
    path = tmp_path / "d.zip"
    path.write_bytes(bytes(data))
    with open_delivery(path, LA, scratch=tmp_path / "s") as delivery:
        slices = list(delivery.slices())
        assert len(slices) > 5000
        assert not any(one.problem for one in slices[:5000])
        assert "damaged-file" in [finding.code for finding in delivery.findings]


def test_bombs_are_refused(tmp_path: Path) -> None:
    bomb = zipped(("a.xml", b"\0" * 3_000_000))
    with pytest.raises(UnreadableInput, match="expand"):
        problems(tmp_path, bomb, limits=Limits(ratio_floor=1 << 20))
    with pytest.raises(UnreadableInput, match="more files"):
        problems(tmp_path, zipped(("a.xml", b""), ("b.xml", b"")), limits=Limits(members=1))
    assert problems(tmp_path, zipped(("a.zip", bomb)), limits=Limits(ratio_floor=1 << 20)) == [
        "expands-too-far"
    ]


def test_a_member_larger_than_the_zip_says_is_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.xml", RECORD * 100)))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    assert problems(tmp_path, bytes(data)) == ["damaged-member"]


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.xml", RECORD), ("b.xml", RECORD)))
    at = data.rfind(b"PK\x01\x02")
    data[at + 42 : at + 46] = struct.pack("<L", 5)
    with pytest.raises(UnreadableInput, match="overlap"):
        problems(tmp_path, bytes(data))


def test_nesting_has_an_end(tmp_path: Path) -> None:
    data = zipped(("a.xml", RECORD))
    for _ in range(6):
        data = zipped(("in.zip", data))
    path = tmp_path / "d.zip"
    path.write_bytes(data)
    with open_delivery(path, LA, scratch=tmp_path / "s") as delivery:
        assert [one.problem for one in delivery.slices()] == ["not-a-zip"]
        assert {finding.code for finding in delivery.findings} >= {"nested-too-deep", "unassigned-file"}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/x.xml", "etc/x.xml"),
        ("/x.xml", "x.xml"),
        ("C:\\a\\x.xml", "a/x.xml"),
        ("a!b#1+2.xml", "a_b_1+2.xml"),
    ],
)
def test_path_tricks_are_neutralised_and_noted(tmp_path: Path, name: str, label: str) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(zipped((name, RECORD), ("y.xml", RECORD)))
    with open_delivery(path, LA, scratch=tmp_path / "s") as delivery:
        first, second = delivery.slices()
        assert (first.member, second.member) == (label, "y.xml")
        assert ("unsafe-name", label) in [(f.code, f.value) for f in delivery.findings]
        with path.open("rb") as handle:
            assert kept.read_slice(handle, label, 0, first.length) == RECORD


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_two_records(tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(zipped(("x.xml", RECORD), ("x.xml", RECORD.replace(b"1", b"2"))))
    with open_delivery(path, LA, scratch=tmp_path / "s") as delivery:
        first, second = delivery.slices()
        with path.open("rb") as handle:
            assert kept.read_slice(handle, first.member, 0, first.length) == first.data
            assert kept.read_slice(handle, second.member, 0, second.length) == second.data
        assert first.data != second.data


def test_links_are_not_followed(tmp_path: Path) -> None:
    data = zipped(("x.xml", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777)
    assert problems(tmp_path, data) == ["no-record"]
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "1.xml").write_bytes(RECORD)
    (folder / "2.xml").symlink_to("/etc/passwd")
    with open_delivery(folder, LA, scratch=tmp_path / "s") as delivery:
        assert [one.problem for one in delivery.slices()] == [""]
        assert "link-skipped" in [finding.code for finding in delivery.findings]


def test_an_encrypted_delivery_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="encrypted"):
        problems(tmp_path, zipped(("x.xml", RECORD), flags=1))
    assert problems(tmp_path, zipped(("a.xml", RECORD), ("x.xml", RECORD), flags=1)) == [
        "",
        "encrypted-member",
    ]


def test_junk_of_other_systems_is_passed_over(tmp_path: Path) -> None:
    assert problems(tmp_path, zipped(("__MACOSX/._1.xml", b"x"), ("a/", b""), ("a/1.xml", RECORD))) == [""]


@pytest.mark.parametrize(
    "unit",
    few(
        [
            b"<",
            b"<!--",
            b"<![CDATA[",
            b"<Transaction",
            b"<Transaction a='",
            b"<Transaction>",
            b"</Transaction>",
        ]
    ),
)
def test_no_repetition_makes_the_splitter_slow(tmp_path: Path, unit: bytes) -> None:
    started = time.process_time()
    problems(tmp_path, b"<All>" + unit * (1_500_000 // len(unit)), "d.xml")
    assert time.process_time() - started < 10


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    with pytest.raises(UnreadableInput, match="no file and no folder"):
        open_delivery(tmp_path / "pipe.xml", LA, scratch=tmp_path / "s")


def test_a_folder_that_cannot_be_read_whole_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "d" / "closed").mkdir(parents=True)
    (tmp_path / "d" / "a.xml").write_bytes(RECORD)
    scan = os.scandir

    def denied(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(UnreadableInput, match="Permission denied"):
        open_delivery(tmp_path / "d", LA, scratch=tmp_path / "s")


@pytest.mark.parametrize("members", [(), (("readme.txt", b"x"),)])
def test_a_delivery_without_any_record_is_one_slice_with_a_reason(
    tmp_path: Path, members: tuple[tuple[str, bytes], ...]
) -> None:
    assert problems(tmp_path, zipped(*members)) == ["no-record"]


def test_a_zip_too_deep_is_one_slice_with_a_reason(tmp_path: Path) -> None:
    inner = zipped(("c.zip", zipped(("d.xml", RECORD))))
    assert problems(tmp_path, zipped(("b.zip", inner)), limits=Limits(depth=2)) == ["not-a-zip"]


def test_a_bulk_file_in_utf_16_that_declares_utf_8_is_cut(tmp_path: Path) -> None:
    text = f"<?xml version='1.0' encoding='UTF-8'?><All>{RECORD.decode() * 3}</All>"
    for encoding in ("utf-16", "utf-16-le"):
        assert problems(tmp_path, text.encode(encoding), "d.xml") == ["", "", ""]


def test_a_file_that_is_written_to_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "d.xml"
    path.write_bytes(b"<All>" + RECORD + b"</All>")
    with open_delivery(path, LA, scratch=tmp_path / "s") as delivery:
        delivery.require_unchanged()
        with path.open("ab") as more:
            more.write(RECORD)
        with pytest.raises(UnreadableInput, match="changed while it was read"):
            delivery.require_unchanged()
