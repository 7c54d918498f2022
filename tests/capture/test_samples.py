"""Whole records of every office with all that is read from them, reviewed by hand.

A sample is `tests/samples/<office>/CASE.in.xml`; `ipregister sample OFFICE FILE` writes its `CASE.out.json`.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from ipregister.capture import readers
from ipregister.capture.delivery import open_delivery
from ipregister.exchange import loss
from ipregister.intake.sampling import OUTCOME, SOURCES, as_json, case_of, outcome_path, sample
from ipregister.model.offices import codes, office

SAMPLES = Path(__file__).parent.parent / "samples"
INPUTS = sorted(path for ending in SOURCES for path in SAMPLES.glob(f"*/*{ending}"))
KNOWN = codes()
FEWEST = 3


def label(path: Path) -> str:
    """A sample as it is named in a test."""
    return f"{path.parent.name}-{case_of(path)}"


def expected(path: Path) -> str:
    """What was reviewed for a sample."""
    reviewed = outcome_path(path)
    assert reviewed is not None
    return reviewed.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", INPUTS, ids=label)
def test_a_sample_is_read_as_reviewed(path: Path) -> None:
    reviewed = expected(path)
    day = dt.date.fromisoformat(json.loads(reviewed)["day"])
    assert json.loads(as_json(sample(path, office(path.parent.name), day))) == json.loads(reviewed)
    assert as_json(sample(path, office(path.parent.name), day)) == reviewed


@pytest.mark.parametrize("path", INPUTS, ids=label)
def test_nothing_of_a_sample_is_lost(path: Path, tmp_path: Path) -> None:
    facts = office(path.parent.name)
    with open_delivery(path, facts, scratch=tmp_path) as delivery:
        for piece in delivery.slices():
            found = loss.check(piece.data, readers.read(piece, facts), facts)
            assert (found.lost, found.broken) == ((), ())


@pytest.mark.parametrize("code", KNOWN)
def test_each_office_has_samples_clean_and_bad(code: str) -> None:
    made = [json.loads(expected(path)) for path in INPUTS if path.parent.name == code.lower()]
    assert len(made) >= FEWEST
    assert any(_is_clean(one) for one in made)
    assert any(_is_bad(one) for one in made)


def test_every_outcome_has_its_sample() -> None:
    outcomes = {path.name.removesuffix(OUTCOME) for path in SAMPLES.glob(f"*/*{OUTCOME}")}
    assert outcomes == {case_of(path) for path in INPUTS}
    assert {path.parent.name.upper() for path in INPUTS} == set(KNOWN)


def _is_clean(made: dict[str, Any]) -> bool:
    """Whether everything is read and nothing is worse than noted."""
    severities = {one["severity"] for record in made["records"] for one in record["findings"]}
    return severities <= {"notice"} and not any(record["refusal"] for record in made["records"])


def _is_bad(made: dict[str, Any]) -> bool:
    """Whether a record is refused or has an error."""
    return any(
        record["refusal"] or any(one["severity"] == "error" for one in record["findings"])
        for record in made["records"]
    )
