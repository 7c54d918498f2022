"""Designs made by the peer's generator are read without one differing field, and nothing is lost.

The truth is naive: it has no views, classes of several designs, or languages; it names the language of the title by
the office's code (`la`), and has one publication where the document has two. The peer's own output of designs cannot
be compared whole: classes and publications come as a list in a list, dates in another order each run, events never.
"""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ipregister.capture import readers
from ipregister.capture.delivery import open_delivery
from ipregister.exchange import loss
from ipregister.exchange.gbd.designs import design_layout
from ipregister.model.design import Design
from ipregister.model.numbers import gbd_id
from ipregister.model.offices import office
from tests.exchange.st86.applications import COLLECTIONS, RECORDS

Truth = dict[str, Any]


@pytest.fixture(scope="module")
def harness(test_data: Path) -> ModuleType:
    """The harness as a module, for its own comparison with the truth."""
    spec = importlib.util.spec_from_file_location("peer_gbd", test_data / "bench" / "peer_gbd.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.data
@pytest.mark.parametrize("shape", ["bulk/{0}.xml", "in/{0}"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_field_differs_from_the_truth(
    designs: Path, harness: ModuleType, tmp_path: Path, collection: str, shape: str
) -> None:
    facts = office(collection[:2])
    lines = (designs / "truth" / f"{collection}.jsonl").read_text(encoding="utf-8").splitlines()
    truth = {line["appnum"]: line for line in map(json.loads, lines)}
    assert len(truth) == RECORDS
    with open_delivery(designs / shape.format(collection), facts, scratch=tmp_path) as delivery:
        for piece in delivery.slices():
            reading = readers.read(piece, facts)
            record = reading.record
            assert isinstance(record, Design)
            wanted = truth.pop(record.application_number)
            assert differences(record, wanted) == {}
            assert harness.compare(design_layout(record, facts), wanted) == []
            found = loss.check(piece.data, reading, facts)
            assert (found.lost, found.extra, found.broken) == ((), (), ())
            assert reading.findings == ()
            assert len(gbd_id(record, facts)) == 17
    assert truth == {}


def differences(record: Design, truth: Truth) -> dict[str, tuple[Any, Any]]:
    """Fields of a record that differ from the truth: name -> (record's, truth's)."""
    ours, theirs = values(record), expected(truth)
    return {name: (ours[name], theirs[name]) for name in theirs if ours[name] != theirs[name]}


def values(record: Design) -> dict[str, Any]:
    """A record as the plain values that the truth has."""
    (one,) = record.designs
    return {
        "office": record.office,
        "filed": record.application_date,
        "registration": (record.registration_number, record.registration_date, record.expiry_date),
        "status": (record.office_status, record.status_date),
        "published": record.publications[0].date,
        "title": [t.text for t in one.titles],
        "classes": [(p.number, p.texts[0].text) for p in one.products],
        "views": [v.filename for v in one.views],
        "applicants": [(p.names[0].text, p.address_lines[0].text, p.country) for p in record.applicants],
        "designers": [p.names[0].text for p in one.designers],
        "representatives": [p.names[0].text for p in record.representatives],
        "priorities": [(p.country, p.number, p.date) for p in record.priorities],
        "events": [(e.code, e.date) for e in record.events],
    }


def expected(truth: Truth) -> dict[str, Any]:
    """The truth in the same shape."""
    return {
        "office": truth["cc"],
        "filed": truth["appdate"],
        "registration": (truth["regnum"] or "", truth["regdate"], truth["expiry"]),
        "status": (truth["status"], truth["statusdate"]),
        "published": truth["pubdate"],
        "title": [truth["title"]],
        "classes": [(number, truth["title"]) for number in truth["locarno"]],
        "views": [f"ATTACHMENT/view{k}.jpg" for k in range(5)],
        "applicants": [(p["name"], p["addr"], p["cc"]) for p in truth["applicants"]],
        "designers": [p["name"] for p in truth["applicants"][:1]],
        "representatives": [p["name"] for p in truth["reps"]],
        "priorities": [tuple(p) for p in truth["priority"]],
        "events": [tuple(e) for e in truth["events"]],
    }
