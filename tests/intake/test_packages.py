"""Packages of patent documents: a document, its drawings and pages, and a table of contents."""

import io
from pathlib import Path

import pytest
from PIL import Image

from ipregister.intake.findings import kinds
from ipregister.intake.loading import load
from ipregister.model.offices import office
from ipregister.model.patent import Patent
from ipregister.quality.messages import LANGUAGES, why_held
from ipregister.store.register import Register
from tests.intake.proving import proved
from tests.intake.test_publications import A1, EP, delivery

DOCUMENT = (
    '<ep-patent-document lang="en" country="EP" doc-number="1667425" kind="A1" date-publ="20060607"><SDOBI lang="en"><B100>'
    "<B110>1667425</B110><B130>A1</B130><B140><date>20060607</date></B140><B190>EP</B190></B100><B200><B210>05255002.7</B210>"
    "<B220><date>20050811</date></B220></B200><B500><B540><B541>en</B541><B542>Wheel</B542></B540></B500></SDOBI>"
    '<drawings id="draw" lang="en"><figure id="f1" num="1"><img id="i1" file="imgf0001.tif" wi="165" he="206"/></figure></drawings>'
    '<search-report-data id="s" lang="en"><doc-page id="s1" file="srep0001.tif" wi="153" he="233" type="tif"/>'
    "</search-report-data></ep-patent-document>"
)
CONTENTS = (
    '<?xml version="1.0"?><!DOCTYPE Application-body [<!ELEMENT ExtRef (#PCDATA)>]><Application-body id="1667425" country="EP">'
    '<Document><ExtRef FileName="DOC00001.xml"/><ExtRef FileName="DOCUMENT.PDF"/><ExtRef FileName="imgf0001.tif"/>'
    '<ExtRef FileName="srep0001.tif"/></Document></Application-body>'
)


def tiff(side: int) -> bytes:
    """A picture."""
    made = io.BytesIO()
    Image.new("1", (side, side)).save(made, "TIFF")
    return made.getvalue()


def package(folder: Path) -> Path:
    """A package as the publication server of the EPO gives it."""
    folder.mkdir()
    (folder / "DOC00001.xml").write_text(DOCUMENT, encoding="utf-8")
    (folder / "toc.xml").write_text(CONTENTS, encoding="utf-8")
    (folder / "imgf0001.tif").write_bytes(tiff(8))
    (folder / "srep0001.tif").write_bytes(tiff(9))
    (folder / "DOCUMENT.PDF").write_bytes(b"%PDF-1.4")
    return folder


def test_a_package_has_its_drawings_and_pages(register: Register, tmp_path: Path, scratch: Path) -> None:
    result = load(register, EP, package(tmp_path / "20240101"), scratch=scratch)
    assert (result.counts.stored, result.counts.quarantined) == (1, 1)
    (key,) = register.keys()
    version = proved(register, key)
    record = register.record(version)
    assert isinstance(record, Patent)
    roles = {one.filename: one.kind for one in record.drawings}
    assert {one.name: (roles[one.name], one.mime, one.width) for one in version.media} == {
        "imgf0001.tif": ("drawing", "image/tiff", 8),
        "srep0001.tif": ("search-report-page", "image/tiff", 9),
    }
    found = {one.finding.code: one.finding for one in register.findings(delivery=result.id)}
    assert found["package-contents"].severity == "notice"
    assert (found["unassigned-file"].value, found["unassigned-file"].arguments["count"]) == (
        "DOCUMENT.PDF",
        "1",
    )
    assert [(one.reason, one.detail) for one in register.quarantine(limit=0)] == [("package-contents", "4")]


@pytest.mark.parametrize("code", ["EP", "US", "LA"])
def test_a_table_of_contents_asks_for_nothing(
    small: Register, tmp_path: Path, scratch: Path, code: str
) -> None:
    file = tmp_path / "20240101.xml"
    file.write_text(CONTENTS, encoding="utf-8")
    load(small, office(code), file, scratch=scratch)
    assert [(one.reason, one.detail) for one in small.quarantine(limit=0)] == [("package-contents", "4")]
    for lang in LANGUAGES:
        told, remedy = why_held("package-contents", "4", "", lang, kinds())
        assert "4" in told
        assert remedy


def test_a_published_document_lacks_no_status(register: Register, tmp_path: Path, scratch: Path) -> None:
    result = load(register, EP, delivery(tmp_path / "20240101.xml", A1), scratch=scratch)
    assert result.counts.stored == 1
    assert "status-missing" not in {one.finding.code for one in register.findings(delivery=result.id)}


def test_a_patent_of_an_office_s_list_without_a_status_lacks_it(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    file = tmp_path / "20240101.jsonl"
    file.write_text(
        '{"source":{"data_day":""},"right":"patent","office":"LA","application_number":"7","application_date":"2020-01-31"}\n'
    )
    result = load(small, office("LA"), file, scratch=scratch)
    assert result.counts.stored == 1
    assert "status-missing" in {one.finding.code for one in small.findings(delivery=result.id)}


@pytest.mark.data
@pytest.mark.parametrize("name", ["st36aexample", "st36bexample"])
def test_real_packages_have_all_that_they_cite(
    small: Register, tmp_path: Path, scratch: Path, test_data: Path, name: str
) -> None:
    folder = test_data / "data" / "wipo-st36-examples" / name
    result = load(small, EP, folder, scratch=scratch)
    (key,) = small.keys()
    version = proved(small, key)
    record = small.record(version)
    assert isinstance(record, Patent)
    present = {one.name for one in folder.iterdir()}
    cited = {one.filename for one in record.drawings} & present
    assert len(cited) > 5
    assert {one.name for one in version.media} == cited
    codes = {one.finding.code for one in small.findings(delivery=result.id)}
    assert not codes & {"status-missing", "no-record"}
