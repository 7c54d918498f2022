"""Records made by the peer's generator are read without one differing field, and nothing of them is lost.

The truth is naive in three places, which is no fault of a reader: a status date may lie in the future, a
publication repeats the application number as its identifier, and a figurative mark of the Madrid feed
carries the verbal element that the truth says it has not.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from ipregister.exchange import loss
from ipregister.exchange.st66 import read
from ipregister.model.evidence import Reading
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office, office
from tests.exchange.documents import COLLECTIONS, RECORDS

VIETNAMESE = {
    "Registered": "Cấp bằng",
    "Published": "Công bố",
    "Filed": "Đang giải quyết",
    "Rejected": "Từ chối",
}

Truth = dict[str, Any]


@pytest.mark.data
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_field_differs_from_the_truth(generated: Path, collection: str) -> None:
    facts = office(collection[:2])
    lines = (generated / "truth" / f"{collection}.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == RECORDS
    for number, line in enumerate(lines, start=1):
        path = generated / "in" / collection / f"{number % 100:02d}" / f"{number}.xml"
        raw = path.read_bytes()
        reading = read(raw, facts)
        assert isinstance(reading.record, Trademark)
        assert differences(reading.record, json.loads(line)) == {}, path.name
        assert_nothing_lost(raw, reading, facts)
        assert reading.findings == ()


def assert_nothing_lost(raw: bytes, reading: Reading, facts: Office) -> None:
    found = loss.check(raw, reading, facts)
    assert (found.lost, found.extra, found.broken) == ((), (), ())
    assert found.total > 30


def differences(record: Trademark, truth: Truth) -> dict[str, tuple[Any, Any]]:
    """Fields of a record that differ from the truth: name -> (record's, truth's)."""
    ours, theirs = values(record), expected(truth)
    return {name: (ours[name], theirs[name]) for name in theirs if ours[name] != theirs[name]}


def values(record: Trademark) -> dict[str, Any]:
    """A record as the plain values that the truth has."""
    languages = ("en", "fr", "es") if record.office == "WO" else (None,)
    acts = [(r.word, r.effective_date) for r in record.recordals]
    return {
        "office": record.office,
        "number": record.application_number,
        "filed": record.application_date,
        "registration": (record.registration_number, record.registration_date),
        "expiry": record.expiry_date,
        "status": (record.office_status, record.status_date),
        "published": [p.date for p in record.publications],
        "feature": record.mark.feature,
        "mark": [t.text for t in record.mark.verbal],
        "vienna": [code for image in record.mark.images for code in image.vienna],
        "colour": [t.text for image in record.mark.images for t in image.colour_claims][: len(languages)],
        "disclaimer": [t.text for t in record.mark.disclaimers],
        "classes": [(g.class_number, g.texts[0].text, [t.lang for t in g.texts]) for g in record.goods],
        "applicants": [(p.names[0].text, p.address_lines[0].text, p.country) for p in record.applicants],
        "representatives": [
            (p.names[0].text, p.address_lines[0].text, p.country) for p in record.representatives
        ],
        "priorities": [(p.country, p.number, p.date) for p in record.priorities],
        "events": acts if record.office == "WO" else [(e.code, e.date) for e in record.events],
        "designated": [d.country for d in record.designations],
    }


def expected(truth: Truth) -> dict[str, Any]:
    """The truth in the same shape, as far as the collection's format carries it."""
    madrid = truth["office"] == "wotm"
    word = VIETNAMESE[truth["status"]] if truth["office"] == "vntm" else truth["status"]
    feature = "Figurative" if madrid and truth["feature"] == "Combined" else truth["feature"]
    languages = ["en", "fr", "es"] if madrid else [truth["goodslang"]]
    colour = [truth["colour"] + ("." if madrid else "")] if truth["colour"] else []
    return {
        "office": truth["cc"],
        "number": truth["appnum"],
        "filed": truth["appdate"],
        "registration": ("", None) if madrid else (truth["regnum"] or "", truth["regdate"]),
        "expiry": truth["expiry"] or ("2031-05-05" if madrid else None),
        "status": ("", None) if madrid else (word, truth["statusdate"]),
        "published": [] if madrid else [truth["pubdate"]],
        "feature": feature,
        "mark": [truth["mark"]] if madrid or truth["feature"] != "Figurative" else [],
        "vienna": truth["vienna"],
        "colour": colour * (3 if madrid else 1),
        "disclaimer": [truth["disclaimer"]] if truth["disclaimer"] and not madrid else [],
        "classes": [(number, "; ".join(terms) + ".", languages) for number, terms in truth["classes"]],
        "applicants": [(p["name"], p["addr"], p["cc"]) for p in truth["applicants"]],
        "representatives": [(p["name"], p["addr"], p["cc"]) for p in truth["reps"]],
        "priorities": [tuple(priority) for priority in truth["priority"]],
        "events": [tuple(event) for event in truth["events"]],
        "designated": truth["designated"] if madrid else [],
    }
