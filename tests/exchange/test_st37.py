"""Authority files (ST.37): both forms are read, what cannot be read is told, what is written reads back."""

import pytest
from lxml import etree

from ipregister.exchange.st37.entry import Entry
from ipregister.exchange.st37.reader import read
from ipregister.exchange.st37.writer import write
from ipregister.model.errors import UnreadableInput

TEXT = b"""LA,P/1,A,20210101
LA,P/3,A,2021-01-02,N

LA,P/4,A,20211302
la,P/5,A,20210102
LA,P/6
"""
SCHEMA_FORM = b"""<a:AuthorityFile xmlns:a="urn:a"><a:AuthorityFileEntry>
<a:IPOfficeCode>LA</a:IPOfficeCode><a:PublicationNumber>12</a:PublicationNumber>
<a:PatentDocumentKindCode>B</a:PatentDocumentKindCode><a:PublicationDate>2021-01-01</a:PublicationDate>
<a:ApplicationIdentification><a:IPOfficeCode>TH</a:IPOfficeCode></a:ApplicationIdentification>
</a:AuthorityFileEntry></a:AuthorityFile>"""


def test_text_is_read_and_what_is_wrong_is_told() -> None:
    found = read(TEXT)
    assert found.entries == (
        Entry("LA", "P/1", "A", "2021-01-01"),
        Entry("LA", "P/3", "A", "2021-01-02", "N"),
    )
    assert [(one.place, one.reason) for one in found.refused] == [
        (4, "'20211302' is no date"),
        (5, "'la' is no office code"),
        (6, "office, number, kind and date are needed"),
    ]


def test_a_heading_is_no_entry() -> None:
    found = read("office;number;kind;date\nLA;1;A;20210101\n".encode("utf-8-sig"))
    assert found.entries == (Entry("LA", "1", "A", "2021-01-01"),)
    assert found.refused == ()


def test_the_form_of_the_schema_is_read() -> None:
    assert read(SCHEMA_FORM).entries == (Entry("LA", "12", "B", "2021-01-01"),)


def test_numbers_that_were_never_used_are_not_expected() -> None:
    assert [Entry("LA", "1", exception=code).expected for code in ("", "P", "N", "W")] == [
        True,
        True,
        False,
        False,
    ]


def test_what_is_written_reads_back() -> None:
    entries = (
        Entry("LA", "9", "A", "2021-01-01"),
        Entry("LA", "10", "A<&", "2021-01-02", "N"),
        Entry("LA", "11", "", ""),
    )
    text = write(entries, "LA", "2026-01-01")
    assert read(text.encode()).entries == entries
    root = etree.fromstring(text.encode())
    assert root.get("date-produced") == "20260101"
    assert root.xpath("string(.//publication-number-range/@end-range-number)") == "11"


@pytest.mark.parametrize("data", [b"", b"<x/>", b"<authority-file><authority-file-entry>", b"\xff\xfe\x00"])
def test_what_is_no_authority_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        read(data)


def test_entities_are_not_followed() -> None:
    bomb = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<authority-file><authority-file-entry><country>LA</country><doc-number>&b;1</doc-number></authority-file-entry></authority-file>"""
    assert all("aaaa" not in one.number for one in read(bomb).entries)
