"""Comments of bulk files: whatever the remark, the file is XML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ipregister.exchange import st36, st66, st86
from ipregister.exchange.st96 import design, indication, patent
from ipregister.exchange.st96 import writer as trademark
from ipregister.exchange.xml.quill import comment
from ipregister.model.design import Design
from ipregister.model.evidence import Reading
from ipregister.model.indication import Indication
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.model.patent import Patent
from ipregister.model.text import Kept

REMARKS = ("id-did2023000025---a", "--", "---", "- -", "a\n--\nb-", "-->", "<!-- x -->", "")
LA, BN = office("LA"), office("BN")
WRITERS = (
    (st66, Trademark(office="LA", application_number="1")),
    (trademark, Trademark(office="LA", application_number="1")),
    (st86, Design(office="LA", application_number="I/1")),
    (design, Design(office="LA", application_number="I/1")),
    (st36, Patent(office="LA", application_number="P/1")),
    (indication, Indication(office="LA", application_number="GI/1")),
)


@given(st.text(alphabet="-> <!a\n", max_size=40))
def test_every_text_makes_a_comment(text: str) -> None:
    etree.fromstring(f"<a>{comment(text)}</a>")


@pytest.mark.parametrize("remark", REMARKS)
def test_every_writer_makes_xml(remark: str) -> None:
    for writer, record in WRITERS:
        text = writer.bulk_start() + writer.bulk_entry(record, LA, remark) + writer.bulk_end()
        etree.fromstring(text.encode())
    one = (
        patent.start()
        + patent.entry(Patent(office="LA", application_number="P/1"), LA, remark)
        + patent.end()
    )
    etree.fromstring(one.encode())


def test_a_design_of_another_office_is_told_whatever_it_carries() -> None:
    kept = (
        Kept("/application_date", "2019-02-30", "not-a-date"),
        Kept("/status_date", "0000-00-00", "not-a-date"),
    )
    record = Design(office="ID", application_number="A1", kept=kept, applicants=())
    document = design.write(record, office("ID"))
    own: Reading = design.read(document, office("ID"))
    assert own.record == record
    foreign = design.read(document, BN)
    assert foreign.record is not None
    assert [one.text for one in foreign.record.kept if one.field == "/office"] == ["ID"]
    assert {one.text for one in foreign.record.kept} == {"2019-02-30", "0000-00-00", "ID"}
    for place, _one in enumerate(foreign.record.kept):
        assert f"/kept/{place}/text" in foreign.evidence
