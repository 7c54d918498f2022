"""Published documents of one application are one record: each is kept, and the state tells all that they say."""

from itertools import permutations
from pathlib import Path

import pytest

from ipregister.intake.findings import kinds
from ipregister.intake.loading import load
from ipregister.intake.rereading import reload
from ipregister.model.offices import office
from ipregister.model.patent import Patent
from ipregister.quality.messages import why_held
from ipregister.store.register import Register
from tests.intake.proving import proved
from tests.sparing import few

EP = office("EP")
A1 = ("A1", "20200101", "Apparatus", "<abstract lang='en'><p>It turns.</p></abstract>", "<citation><patcit><document-id><doc-number>11</doc-number></document-id></patcit></citation>")  # fmt: skip
B1 = ("B1", "20220202", "Apparatus and method", "", "<citation><patcit><document-id><doc-number>22</doc-number></document-id></patcit></citation>")  # fmt: skip
B2 = ("B2", "20230303", "Method", "", "")


def exchange(kind: str, day: str, title: str, abstract: str, cited: str) -> str:
    """An exchange document of the application EP 20123456."""
    return (
        f"<exchange-document country='EP' doc-number='3000001' kind='{kind}'><bibliographic-data>"
        f"<publication-reference><document-id document-id-type='docdb'><country>EP</country><doc-number>3000001</doc-number>"
        f"<kind>{kind}</kind><date>{day}</date></document-id></publication-reference>"
        "<application-reference><document-id document-id-type='docdb'><country>EP</country><doc-number>20123456</doc-number>"
        "<kind>A</kind><date>20190101</date></document-id></application-reference>"
        f"<parties><applicants><applicant><applicant-name><name>Mill AG [CH]</name></applicant-name></applicant></applicants></parties>"
        f"<invention-title lang='en'>{title}</invention-title><references-cited>{cited}</references-cited></bibliographic-data>"
        f"{abstract}</exchange-document>"
    )


def delivery(path: Path, *documents: tuple[str, ...]) -> Path:
    """A file of exchange documents."""
    inside = "".join(exchange(*one) for one in documents)
    path.write_text(f"<exchange-documents>{inside}</exchange-documents>", encoding="utf-8")
    return path


def present(register: Register) -> Patent:
    """The record as it is shown, the evidence of each of its values checked against the delivered bytes."""
    record = register.record(proved(register, "ep-pat-20-123456"))
    assert isinstance(record, Patent)
    return record


def told(record: Patent) -> tuple[list[str], list[str], list[str], list[str]]:
    """Kinds, title, abstract, cited numbers."""
    return ([one.kind_code for one in record.publications], [one.text for one in record.titles],
            [one.text for one in record.abstracts],
            [one.documents[0].number for one in record.citations])  # fmt: skip


BOTH = (["B1", "A1"], ["Apparatus and method"], ["It turns."], ["22", "11"])


@pytest.mark.parametrize("order", [(A1, B1), (B1, A1)], ids=["A1-B1", "B1-A1"])
def test_publications_of_one_delivery_are_one_record(
    register: Register, tmp_path: Path, scratch: Path, order: tuple[tuple[str, ...], ...]
) -> None:
    result = load(register, EP, delivery(tmp_path / "20240101.xml", *order), scratch=scratch)
    assert (result.counts.stored, result.counts.quarantined) == (2, 0)
    record = present(register)
    assert told(record) == BOTH
    assert (record.registration_number, record.registration_date, record.kind_code) == (
        "3000001",
        "2022-02-02",
        "B1",
    )
    assert {one.cause for one in register.history("ep-pat-20-123456")} == {"first", "document", "legal-event"}


@pytest.mark.parametrize("order", few((order,) for order in permutations(range(3))))
def test_the_order_of_deliveries_does_not_matter(
    small: Register, tmp_path: Path, scratch: Path, order: tuple[int, ...]
) -> None:
    files = [delivery(tmp_path / f"2024010{n}.xml", one) for n, one in enumerate((A1, B1, B2), start=1)]
    for at in order:
        assert load(small, EP, files[at], scratch=scratch).counts.stored == 1
    assert told(present(small)) == (["B2", "B1", "A1"], ["Method"], ["It turns."], ["22", "11"])


def test_a_document_said_again_is_unchanged_and_corrected_is_replaced(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    load(small, EP, delivery(tmp_path / "20240101.xml", A1, B1), scratch=scratch)
    again = load(small, EP, delivery(tmp_path / "20240102.xml", B1, A1), scratch=scratch)
    assert (again.counts.stored, again.counts.unchanged) == (0, 2)
    corrected = (*B1[:2], "Apparatus or method", *B1[3:])
    mended = load(small, EP, delivery(tmp_path / "20240103.xml", corrected), scratch=scratch)
    assert mended.counts.stored == 1
    assert told(present(small)) == (["B1", "A1"], ["Apparatus or method"], ["It turns."], ["22", "11"])


def test_one_document_told_twice_otherwise_collides(small: Register, tmp_path: Path, scratch: Path) -> None:
    other = (*B1[:2], "Something else", *B1[3:])
    result = load(small, EP, delivery(tmp_path / "20240101.xml", A1, B1, other), scratch=scratch)
    assert [one.reason for one in small.quarantine(limit=0)] == ["key-collision"]
    assert (result.counts.stored, told(present(small))) == (2, BOTH)


def test_documents_are_read_again(small: Register, tmp_path: Path, scratch: Path) -> None:
    first = load(small, EP, delivery(tmp_path / "20240101.xml", A1, B1), scratch=scratch)
    before = small.get("ep-pat-20-123456")
    done = reload(small, small.delivery(first.id), scratch=scratch)
    after = small.get("ep-pat-20-123456")
    assert (done.read, done.changed, done.refused) == (2, 0, 0)
    assert before is not None
    assert after is not None
    assert before.content_hash == after.content_hash


def member(office: str, number: str, document: str, kind: str, day: str) -> str:
    """A member of the family 777, with the priority of its first application."""
    return (
        f"<ops:family-member xmlns:ops='http://ops.epo.org' family-id='777'><publication-reference><document-id><country>{office}"
        f"</country><doc-number>{document}</doc-number><kind>{kind}</kind><date>{day}</date></document-id></publication-reference>"
        f"<application-reference><document-id><country>{office}</country><doc-number>{number}</doc-number><kind>A</kind>"
        "<date>20190101</date></document-id></application-reference></ops:family-member>"
    )


def test_members_of_a_family_are_linked_records(small: Register, tmp_path: Path, scratch: Path) -> None:
    members = (
        member("EP", "20123456", "3000001", "A1", "20200101"), member("EP", "20123456", "3000001", "B1", "20220202"),
        member("US", "201913167395", "2020057518", "A1", "20200308"), member("US", "201913167395", "9648662", "B2", "20210509"),
    )  # fmt: skip
    file = tmp_path / "20240101.xml"
    file.write_text(f"<patent-family>{''.join(members)}</patent-family>", encoding="utf-8")
    for code in ("EP", "US"):
        done = load(small, office(code), file, scratch=scratch)
        assert (done.counts.stored, done.counts.quarantined) == (2, 2)
    theirs = small.get("us-pat-13167395")
    assert theirs is not None
    patent = small.record(theirs)
    assert isinstance(patent, Patent)
    assert [one.kind_code for one in patent.publications] == ["B2", "A1"]
    linked = small.linked("ep-pat-20-123456", present(small))
    assert [(one.key, one.kind) for one in linked] == [("us-pat-13167395", "family")]
    assert {one.key for one in small.resolve("777")} == {"us-pat-13167395", "ep-pat-20-123456"}


def test_members_of_other_offices_are_told_without_blame(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    file = tmp_path / "20240101.xml"
    members = (
        member("EP", "20123456", "3000001", "A1", "20200101"), member("US", "201913167395", "2020057518", "A1", "20200308"),
        member("CA", "2744162", "2744162", "A1", "20200308"),
    )  # fmt: skip
    file.write_text(
        f"<world-patent-data><patent-family>{''.join(members)}</patent-family></world-patent-data>"
    )
    assert load(small, EP, file, scratch=scratch).counts.stored == 1
    held = small.quarantine(limit=0)
    assert [(one.reason, one.detail) for one in held] == [
        ("member-of-another-office", "US"), ("member-of-another-office", "CA")]  # fmt: skip
    told, remedy = why_held(held[0].reason, held[0].detail, held[0].key, "en", kinds())
    assert "US" in told
    assert "Nothing is missing for EP" in remedy
    assert "ipregister load US FILE" in remedy
