"""Opening deliveries of every shape, and finding every slice again in what is kept."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from ipregister.capture import kept
from ipregister.capture.delivery import Delivery, Slice, open_delivery
from ipregister.capture.limits import Limits
from ipregister.model.errors import Damaged, UnreadableInput
from tests.capture.offices import LA, SG, office


def record(number: int) -> bytes:
    return b'<?xml version="1.0"?>\n<Transaction xmlns="u"><n>%d</n></Transaction>\n' % number


def bulk(*numbers: int) -> bytes:
    return b"<All>\n" + b"\n".join(b"<Transaction>%d</Transaction>" % n for n in numbers) + b"\n</All>"


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 31, 0, 0, 0)), data)
    return path


def opened(path: Path, **options: object) -> Delivery:
    scratch = path.parent / "scratch"
    return open_delivery(path, LA, scratch=scratch, **options)  # type: ignore[arg-type]


def read_again(delivery: Delivery, slices: list[Slice]) -> None:
    """Every slice is what its reference says."""
    with delivery.container.open("rb") as handle:
        for one in slices:
            assert kept.read_slice(handle, one.member, one.offset, one.length) == one.data


def test_a_zip_with_one_file_per_record(tmp_path: Path) -> None:
    members = {
        "7/7_biblio.xml": record(7),
        "7/ATTACHMENT/logo.jpeg": b"picture",
        "8/8.xml": record(8),
        "readme.txt": b"x",
    }
    path = write_zip(tmp_path / "LA.20260131_02.zip", members)
    with opened(path) as delivery:
        slices = list(delivery.slices())
        assert [(s.index, s.member, s.offset, s.data) for s in slices] == [
            (0, "7/7_biblio.xml", 0, record(7)),
            (1, "8/8.xml", 0, record(8)),
        ]
        assert [a.member for a in delivery.attachments_of(slices[0])] == ["7/ATTACHMENT/logo.jpeg"]
        assert delivery.attachments_of(slices[1]) == []
        assert [a.member for a in delivery.unassigned()] == ["readme.txt"]
        assert [f.code for f in delivery.findings] == ["unassigned-file"]
        assert (delivery.extracted, delivery.kind, delivery.declared()) == ("2026-01-31#00002", "delta", 2)
        read_again(delivery, slices)
        assert [s.index for s in delivery.slices(1)] == [1]


def test_folder_zip_and_order_of_files_give_the_same_records(tmp_path: Path) -> None:
    folder = tmp_path / "LA_FULL_20260131"
    for number in (3, 1, 2):
        (folder / str(number)).mkdir(parents=True)
        (folder / str(number) / "biblio.xml").write_bytes(record(number))
    with opened(folder, day=dt.date(2026, 2, 1)) as first:
        slices = list(first.slices())
        read_again(first, slices)
        content = first.container.read_bytes()
        assert [s.member for s in slices] == ["1/biblio.xml", "2/biblio.xml", "3/biblio.xml"]
        assert (first.kind, first.extracted) == ("full", "2026-02-01")
    with opened(folder) as second:
        assert second.digest == first.digest
        assert second.container.read_bytes() == content


def test_zips_inside_zips(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("5/b.xml", record(5))
        archive.writestr("5/ATTACHMENT/logo.png", b"p")
    path = write_zip(tmp_path / "d_20260131.zip", {"a.zip": inner.getvalue(), "b/all.xml": bulk(1, 2)})
    with opened(path) as delivery:
        slices = list(delivery.slices())
        assert [s.member for s in slices] == ["a.zip!5/b.xml", "b/all.xml", "b/all.xml"]
        read_again(delivery, slices)
        attachment = delivery.attachments_of(slices[0])[0]
        with delivery.container.open("rb") as handle:
            assert kept.read_member(handle, attachment.member) == b"p"


@pytest.mark.parametrize("in_memory", [1, 1 << 20])
def test_a_bulk_file_alone_and_in_a_zip(tmp_path: Path, in_memory: int) -> None:
    data = b'<?xml version="1.0" encoding="windows-1251"?><l:All xmlns:l="u" xmlns="v">' + "".join(
        f"<l:Transaction a='1'>Алатау {n}</l:Transaction>\n" for n in range(50)
    ).encode("cp1251") + b"</l:All>"  # fmt: skip
    alone = tmp_path / "bulk.xml"
    alone.write_bytes(data)
    zipped = write_zip(tmp_path / "bulk.zip", {"bulk.xml": data})
    for path in (alone, zipped):
        with opened(path, limits=Limits(in_memory=in_memory)) as delivery:
            slices = list(delivery.slices())
            assert len(slices) == 50
            assert slices[49].data.startswith(
                b'<?xml version="1.0" encoding="windows-1251"?><l:Transaction xmlns='
            )
            assert data[slices[3].offset :].startswith(b"<l:Transaction a='1'>")
            read_again(delivery, slices)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_bulk_file_in_utf_16(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bulk.xml"
    path.write_bytes("<All><Transaction>ລາວ</Transaction><Transaction>2</Transaction></All>".encode(encoding))
    with opened(path) as delivery:
        slices = list(delivery.slices())
        assert [s.data.decode() for s in slices] == [
            "<Transaction>ລາວ</Transaction>",
            "<Transaction>2</Transaction>",
        ]
        read_again(delivery, slices)


def test_pictures_by_name_number_and_inside_the_record(tmp_path: Path) -> None:
    base64 = b"iVBORw0KGgo" + b"A" * 81
    text = (b"<All><U_ID><inid_210>60001</inid_210><image>" + base64 + b"</image></U_ID>"
            b"<U_ID><inid_210>60002</inid_210><image>yes</image></U_ID></All>")  # fmt: skip
    path = write_zip(tmp_path / "kz.zip", {"kz.xml": text, "img/60002.PNG": b"two", "img/x.png": b"nobody's"})
    kz = office("U_ID", code="KZ")
    with open_delivery(path, kz, scratch=tmp_path / "s") as delivery:
        first, second = delivery.slices()
        with delivery.container.open("rb") as handle:
            picture = kept.read_member(handle, first.attachments[0].member)
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert (first.attachments[0].data, first.attachments[0].size) == (picture, len(picture))
        assert [a.name for a in second.attachments] == ["60002.PNG"]
        assert [a.name for a in delivery.unassigned()] == ["x.png"]


def test_singapore_names_its_logo_files(tmp_path: Path) -> None:
    text = (b"<R><Trademark><tm_no>T1A</tm_no><logo_details><file_name>T1A.tif</file_name></logo_details></Trademark>"
            b"<Article6ter><tm_no>A1</tm_no></Article6ter></R>")  # fmt: skip
    path = write_zip(tmp_path / "20260131_00012.zip", {"sg.xml": text, "logo/t1a.tif": b"1", "A1.jpg": b"2"})
    with open_delivery(path, SG, scratch=tmp_path / "s") as delivery:
        assert [[a.name for a in s.attachments] for s in delivery.slices()] == [["t1a.tif"], ["A1.jpg"]]
        assert delivery.extracted == "2026-01-31#00012"


def test_madrid_pictures_are_named_without_the_letter(tmp_path: Path) -> None:
    text = b"<TradeMark><ApplicationNumber>779460A</ApplicationNumber></TradeMark>"
    path = write_zip(tmp_path / "wo.zip", {"x/1.xml": text, "x/2.xml": text, "i/779460.jpg": b"1"})
    with open_delivery(path, office("TradeMark", code="WO"), scratch=tmp_path / "s") as delivery:
        assert [a.name for a in next(delivery.slices()).attachments] == ["779460.jpg"]


def test_a_delivery_without_a_day_in_its_name(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "some.zip", {"1.xml": record(1)})
    with opened(path) as delivery:
        assert delivery.extracted == "2026-01-31"
        assert [f.code for f in delivery.findings] == ["day-guessed"]


@pytest.mark.parametrize("name", ["missing.zip", "text.zip", "cut.zip", "packed.rar"])
def test_what_cannot_be_opened_says_why_and_what_to_do(tmp_path: Path, name: str) -> None:
    whole = write_zip(tmp_path / "whole.zip", {"1.xml": record(1)}).read_bytes()
    (tmp_path / "text.zip").write_text("hello")
    (tmp_path / "cut.zip").write_bytes(whole[:100])
    (tmp_path / "packed.rar").write_bytes(b"Rar!\x1a\x07\x00")
    with pytest.raises(UnreadableInput) as caught:
        opened(tmp_path / name)
    assert name in caught.value.place
    assert caught.value.remedy


def test_many_readings_of_one_container(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}/b.xml", record(number))
    members = {f"{number}.xml": record(number) for number in range(30)}
    path = write_zip(
        tmp_path / "d_20260131.zip", {**members, "a.zip": inner.getvalue(), "../x.xml": record(99)}
    )
    with opened(path) as delivery, path.open("rb") as handle:
        container = kept.Kept(handle)
        slices = list(delivery.slices())
        assert len(slices) == 61
        for one in (*slices, *reversed(slices)):
            assert container.read_slice(one.member, one.offset, one.length) == one.data
        with pytest.raises(Damaged):
            container.read_member("none.xml")


def test_a_record_without_a_picture_gets_nobody_elses(tmp_path: Path) -> None:
    text = (b"<Outer><Transaction><ApplicationNumber>%d</ApplicationNumber>"
            b"<MarkImageFilename>ATTACHMENT/logo</MarkImageFilename></Transaction></Outer>")  # fmt: skip
    files = {"1/1.xml": text % 1, "2/2.xml": text % 2, "2/ATTACHMENT/logo.jpeg": b"two"}
    path = write_zip(tmp_path / "LA.20260131_01.zip", files)
    with open_delivery(path, office("Transaction", code="LA"), scratch=tmp_path / "s") as delivery:
        found = [[a.member for a in s.attachments] for s in delivery.slices()]
    assert found == [[], ["2/ATTACHMENT/logo.jpeg"]]


def test_in_a_bulk_file_the_picture_is_that_of_the_folder_with_the_number(tmp_path: Path) -> None:
    text = (b"<Transaction><ApplicationNumber>%s</ApplicationNumber>"
            b"<MarkImageFilename>ATTACHMENT/logo</MarkImageFilename></Transaction>")  # fmt: skip
    records = b"".join(text % number for number in (b"30001", b"30002", b"KH/49703/13"))
    files = {f"{number}/ATTACHMENT/logo.jpeg": number.encode() for number in ("30001", "KH_49703_13", "13")}
    path = write_zip(tmp_path / "LA.20260131_01.zip", {"LA.xml": b"<All>" + records + b"</All>", **files})
    with open_delivery(path, office("Transaction", code="LA"), scratch=tmp_path / "s") as delivery:
        found = [[a.member for a in s.attachments] for s in delivery.slices()]
    assert found == [["30001/ATTACHMENT/logo.jpeg"], [], ["KH_49703_13/ATTACHMENT/logo.jpeg"]]


@pytest.mark.parametrize(("name", "content"), [
    ("more.rar", b"anything"), ("8/more.tar.gz", b"anything"), ("more", b"\x1f\x8b\x08\0rest"),
    ("more.dat", b"7z\xbc\xaf\x27\x1c"), ("old", bytes(257) + b"ustar" + bytes(250)),
])  # fmt: skip
def test_an_archive_that_is_no_zip_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    members = {"8/8.xml": record(8), name: content}
    with opened(write_zip(tmp_path / "LA.20260131_02.zip", members)) as delivery:
        (one,) = delivery.slices()
        assert one.attachments == ()
        told = [(f.code, f.severity, f.value) for f in delivery.findings]
        assert told == [("unopened-archive", "warning", name), ("unassigned-file", "notice", name)]


PATENT = (
    '<ep-patent-document country="EP" doc-number="{n}" kind="A1" file="{n}.xml"><drawings><img id="i1" file="imgf0001.tif"/>'
    '</drawings><search-report-data><doc-page\nfile = "SREP0001.TIF"/></search-report-data></ep-patent-document>'
)
CONTENTS = (
    '<?xml version="1.0"?><!DOCTYPE Application-body [<!ELEMENT ExtRef (#PCDATA)>]><Application-body id="1" country="EP"><Document>'
    '<ExtRef FileName="DOC00001.xml"/><ExtRef FileName="DOCUMENT.PDF"/></Document></Application-body>'
)


def test_files_that_a_patent_document_cites_and_that_lie_beside_it_are_its_own(tmp_path: Path) -> None:
    members: dict[str, bytes] = {}
    for number in ("1", "2"):
        members |= {
            f"{number}/DOC00001.xml": PATENT.format(n=number).encode(),
            f"{number}/toc.xml": CONTENTS.encode(),
            f"{number}/imgf0001.tif": b"II*\0" + number.encode(),
            f"{number}/imgf0002.tif": b"II*\0",
            f"{number}/srep0001.tif": b"II*\0",
            f"{number}/DOCUMENT.PDF": b"%PDF",
        }
    members["imgf0001.tif"] = b"II*\0"
    with opened(write_zip(tmp_path / "LA.20260131.zip", members)) as delivery:
        slices = list(delivery.slices())
        found = {one.member: [file.member for file in one.attachments] for one in slices}
        assert found == {
            "1/DOC00001.xml": ["1/imgf0001.tif", "1/srep0001.tif"], "1/toc.xml": [],
            "2/DOC00001.xml": ["2/imgf0001.tif", "2/srep0001.tif"], "2/toc.xml": [],
        }  # fmt: skip
        left = ["1/DOCUMENT.PDF", "1/imgf0002.tif", "2/DOCUMENT.PDF", "2/imgf0002.tif", "imgf0001.tif"]
        assert sorted(one.member for one in delivery.unassigned()) == left
        (told,) = [one for one in delivery.findings if one.code == "unassigned-file"]
        assert told.arguments["count"] == "5"
        first = next(one for one in slices if one.member == "1/DOC00001.xml")
        assert delivery.beside(first.member, first.offset, first.data) == first.attachments


def test_names_that_differ_in_case_alone_are_told_apart_by_the_citation(tmp_path: Path) -> None:
    members = {
        "DOC00001.xml": PATENT.format(n="1").encode(),
        "toc.xml": CONTENTS.encode(),
        "imgf0001.tif": b"II*\0",
        "IMGF0001.TIF": b"II*\0",
        "srep0001.tif": b"II*\0",
        "Srep0001.tif": b"II*\0",
    }
    with opened(write_zip(tmp_path / "LA.20260131.zip", members)) as delivery:
        attached = [file.member for one in delivery.slices() for file in one.attachments]
        assert attached == ["imgf0001.tif"]


def test_a_kept_delivery_of_a_day_to_come_is_opened_again(tmp_path: Path) -> None:
    """Whether it is taken is decided when it is loaded (`intake.dating`)."""
    path = write_zip(tmp_path / "some.zip", {"1.xml": record(1)})
    with open_delivery(path, LA, scratch=tmp_path / "s", day=dt.date(2099, 1, 1)) as delivery:
        assert (delivery.extracted, delivery.findings) == ("2099-01-01", [])
