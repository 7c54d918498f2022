"""ST.86 written and read: what the standard can hold comes back, what it cannot is reported."""

from pathlib import Path

import msgspec
import pytest

from ipregister.exchange import st86
from ipregister.model.design import Design, DesignEvent, SingleDesign, View
from ipregister.model.event import Recordal
from ipregister.model.offices import office
from ipregister.model.right import Designation
from ipregister.model.text import Text
from tests.exchange.st86.applications import SECOND, application, design_of

LA = office("LA")


@pytest.mark.parametrize(
    "raw", [application(), application(("</Design></DesignDetails>", f"</Design>{SECOND}</DesignDetails>"))]
)
def test_a_record_comes_back(raw: bytes) -> None:
    record = design_of(raw)
    made = st86.compose(record, LA)
    assert made.losses == ()
    assert design_of(made.document) == record


def test_what_has_no_place_is_reported() -> None:
    record = Design(
        office="LA", application_number="I/1", designations=(Designation(country="TH", state="refused"),),
        designs=(SingleDesign(views=(View(filename="a.jpg", kind="Front"),)),), recordals=(Recordal(kind="transfer", word="Sale"),),
        notes=(Text("bad\x01 text"),), events=(DesignEvent(code="Filed", kind="filed", response_date="2020-01-01"),),
    )  # fmt: skip
    made = st86.compose(record, LA)
    assert {one.pointer for one in made.losses} == {
        "/designations/0/state", "/designs/0/views/0/kind", "/recordals/0/kind", "/recordals/0/word", "/notes/0/text",
    }  # fmt: skip


def test_a_bulk_file_is_cut_again() -> None:
    record = design_of(application())
    text = (
        st86.bulk_start()
        + st86.bulk_entry(record, LA, "la--1 -")
        + st86.bulk_entry(record, LA)
        + st86.bulk_end()
    )
    lines = text.splitlines()
    assert len(lines) == 5
    assert design_of(lines[3].encode()) == record


@pytest.mark.data
@pytest.mark.parametrize("collection", ["laid", "vnid"])
def test_generated_designs_come_back(collection: str, designs: Path) -> None:
    facts = office(collection[:2])
    for path in sorted((designs / "in" / collection).rglob("*.xml")):
        record = st86.read(path.read_bytes(), facts).record
        assert isinstance(record, Design)
        made = st86.compose(record, facts)
        assert made.losses == ()
        assert msgspec.to_builtins(st86.read(made.document, facts).record) == msgspec.to_builtins(record)
