"""KZ and SG records made by the peer's generator are read without one differing field, and nothing is lost.

The truth is naive in one place: it gives an agent's country that the Singapore and the Kazakh format do
not carry.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ipregister.capture import kept, readers
from ipregister.capture.delivery import open_delivery
from ipregister.exchange import loss
from ipregister.exchange.gbd.writer import layout
from ipregister.model.mark import Trademark
from ipregister.model.offices import office

COLLECTIONS = ["kztm", "sgtm"]
RECORDS = 300
STATUSES = {
    "Registered": "Registered",
    "Published": "Pending (Published)",
    "Filed": "Pending (Under Examination)",
    "Rejected": "Refused",
}

Truth = dict[str, Any]


@pytest.fixture(scope="module")
def program(test_data: Path) -> Path:
    """The harness that generates the input."""
    return test_data / "bench" / "peer_gbd.py"


@pytest.fixture(scope="module")
def harness(program: Path) -> ModuleType:
    """The harness as a module, for its own comparison with the truth."""
    spec = importlib.util.spec_from_file_location("peer_gbd", program)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generated(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with generated input and its truth."""
    work = tmp_path_factory.mktemp("generated")
    options = ["gen", "--work", str(work), "--n", str(RECORDS), "--offices", ",".join(COLLECTIONS)]
    subprocess.run([sys.executable, str(program), *options], check=True, capture_output=True)
    return work


@pytest.mark.data
@pytest.mark.parametrize("shape", ["bulk/{0}.xml", "in/{0}"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_field_differs_from_the_truth(
    generated: Path, harness: ModuleType, tmp_path: Path, collection: str, shape: str
) -> None:
    facts = office(collection[:2])
    lines = (generated / "truth" / f"{collection}.jsonl").read_text(encoding="utf-8").splitlines()
    truth = {line["appnum"]: line for line in map(json.loads, lines)}
    assert len(truth) == RECORDS
    path = generated / shape.format(collection)
    with open_delivery(path, facts, scratch=tmp_path) as delivery, delivery.container.open("rb") as handle:
        for piece in delivery.slices():
            reading = readers.read(piece, facts)
            assert isinstance(reading.record, Trademark)
            wanted = truth.pop(reading.record.application_number)
            assert differences(reading.record, wanted) == {}
            assert harness.compare(layout(reading.record, facts), wanted) == []
            found = loss.check(piece.data, reading, facts)
            assert (found.lost, found.extra, found.broken) == ((), (), ())
            assert {finding.code for finding in reading.findings} <= {"feature-derived"}
            assert kept.read_slice(handle, piece.member, piece.offset, piece.length) == piece.data
    assert truth == {}


def differences(record: Trademark, truth: Truth) -> dict[str, tuple[Any, Any]]:
    """Fields of a record that differ from the truth: name -> (record's, truth's)."""
    ours, theirs = values(record), expected(truth)
    return {name: (ours[name], theirs[name]) for name in theirs if ours[name] != theirs[name]}


def values(record: Trademark) -> dict[str, Any]:
    """A record as the plain values that the truth has."""
    singapore = record.office == "SG"
    return {
        "office": record.office,
        "filed": record.application_date,
        "registration": (record.registration_number, record.registration_date),
        "expiry": record.expiry_date,
        "status": (record.office_status, record.status_date),
        "published": [p.date for p in record.publications],
        "feature": record.mark.feature,
        "mark": list(dict.fromkeys(t.text for t in record.mark.verbal)),
        "vienna": [code for image in record.mark.images for code in image.vienna],
        "disclaimer": [t.text for t in record.mark.disclaimers],
        "classes": [(g.class_number, g.texts[0].text, [t.lang for t in g.texts]) for g in record.goods],
        "applicants": [
            (p.names[0].text, ", ".join(t.text for t in p.address_lines), p.country)
            for p in record.applicants
        ],
        "representatives": [p.names[0].text for p in record.representatives],
        "priorities": sorted({(p.country, "" if singapore else p.number, p.date) for p in record.priorities}),
        "claimed-for": sorted({number for p in record.priorities for number in p.classes}),
    }


def expected(truth: Truth) -> dict[str, Any]:
    """The truth in the same shape, as far as the collection's format carries it."""
    singapore = truth["office"] == "sgtm"
    number = truth["regnum"] or ""
    if singapore:
        number = truth["appnum"] if truth["regdate"] else ""
    goods = [
        "; ".join(term.capitalize() for term in terms) + "." if singapore else "; ".join(terms)
        for _, terms in truth["classes"]
    ]
    classes = [number for number, _ in truth["classes"]]
    return {
        "office": truth["cc"],
        "filed": truth["appdate"],
        "registration": (number, truth["regdate"]),
        "expiry": truth["expiry"],
        "status": (STATUSES[truth["status"]], truth["statusdate"]) if singapore else ("", None),
        "published": [truth["pubdate"]],
        "feature": truth["feature"],
        "mark": [truth["mark"]] if truth["feature"] != "Figurative" else [],
        "vienna": [] if singapore else truth["vienna"],
        "disclaimer": [truth["disclaimer"] + "."] if singapore and truth["disclaimer"] else [],
        "classes": [(c, text, [truth["goodslang"]]) for c, text in zip(classes, goods, strict=True)],
        "applicants": [(p["name"], p["addr"], "SG" if singapore else "DE") for p in truth["applicants"]],
        "representatives": [p["name"] for p in truth["reps"]],
        "priorities": [(c, "" if singapore else n, d) for c, n, d in truth["priority"]],
        "claimed-for": classes if singapore and truth["priority"] else [],
    }
