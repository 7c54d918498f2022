"""ST.86 written and read: every field comes back, what the standard has no place for in a register of ours."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from ipregister.exchange import loss, st86
from ipregister.model.design import Design, DesignEvent, ProductClass, SingleDesign, View
from ipregister.model.event import Recordal
from ipregister.model.offices import office
from ipregister.model.right import Designation, Reference
from ipregister.model.text import Text
from tests.exchange.st86.applications import SECOND, application, design_of
from tests.exchange.st96_design.test_st96_design import differing
from tests.exchange.trademarks import records
from tests.sparing import examples

LA = office("LA")


@pytest.mark.parametrize(
    "raw", [application(), application(("</Design></DesignDetails>", f"</Design>{SECOND}</DesignDetails>"))]
)
def test_a_record_comes_back(raw: bytes) -> None:
    record = design_of(raw)
    made = st86.compose(record, LA)
    assert made.losses == ()
    assert design_of(made.document) == record


def test_what_has_no_place_is_carried() -> None:
    record = Design(
        office="LA", application_number="I/1", designations=(Designation(country="TH", state="refused"),),
        designs=(SingleDesign(views=(View(filename="a.jpg", kind="Front"),)),), recordals=(Recordal(kind="transfer", word="Sale"),),
        notes=(Text("bad\x01 text"),), events=(DesignEvent(code="Filed", kind="filed", response_date="2020-01-01"),),
    )  # fmt: skip
    made = st86.compose(record, LA)
    assert {one.pointer for one in made.losses} == {"/notes/0/text"}
    back = st86.read(made.document, LA)
    assert isinstance(back.record, Design)
    assert msgspec.structs.replace(back.record, notes=()) == msgspec.structs.replace(record, notes=())
    carried = {"/designations/0/state", "/designs/0/views/0/kind", "/recordals/0/kind", "/recordals/0/word"}
    assert {one for one in carried if f'pointer="{one}"'.encode() not in made.document} == set()
    found = loss.check(made.document, back, LA)
    assert (found.lost, found.broken) == ((), ())


@pytest.mark.many
def test_any_record_comes_back() -> None:
    @settings(max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck))
    @given(records(Design))
    def every(record: Design) -> None:
        made = st86.compose(record, LA)
        reading = st86.read(made.document, LA)
        assert set(differing(record, reading.record)) == {lost.pointer for lost in made.losses}
        found = loss.check(made.document, reading, LA)
        assert (found.lost, found.broken) == ((), ())

    every()


def test_an_empty_class_of_the_second_design_alone_comes_back() -> None:
    record = Design(office="LA", designs=(SingleDesign(), SingleDesign(products=(ProductClass(),))))
    made = st86.compose(record, LA)
    reading = st86.read(made.document, LA)
    assert reading.record == record
    found = loss.check(made.document, reading, LA)
    assert (found.lost, found.broken) == ((), ())


@pytest.mark.parametrize(
    "record",
    [
        Design(
            office="LA",
            references=(Reference(kind="refused"), Reference(kind="transformed-from", number="D/7")),
        ),
        Design(
            office="LA",
            designs=(SingleDesign(), SingleDesign(references=(Reference(kind="converted-from"),))),
        ),
    ],
)
def test_an_entry_without_a_place_shifts_none_after_it(record: Design) -> None:
    made = st86.compose(record, LA)
    reading = st86.read(made.document, LA)
    assert reading.record == record
    found = loss.check(made.document, reading, LA)
    assert (found.lost, found.broken) == ((), ())


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
