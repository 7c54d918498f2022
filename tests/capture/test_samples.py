"""Whole records of KZ and SG with everything that is read from them, reviewed by hand.

`python -m tests.capture.test_samples` writes the expected outcomes again; look at the difference before
committing it.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ipregister.capture import readers
from ipregister.capture.delivery import open_delivery
from ipregister.exchange import loss
from ipregister.model.offices import office

SAMPLES = Path(__file__).parent.parent / "samples"
OFFICES = ("kz", "sg")
INPUTS = [path for code in OFFICES for path in sorted((SAMPLES / code).glob("*.in.xml"))]


def outcome(path: Path, scratch: Path) -> list[dict[str, Any]]:
    """Everything that is read from a sample: record, evidence, findings, repairs, refusal."""
    facts = office(path.parent.name)
    with open_delivery(path, facts, scratch=scratch) as delivery:
        readings = [readers.read(piece, facts) for piece in delivery.slices()]
        raws = [piece.data for piece in delivery.slices()]
    for raw, reading in zip(raws, readings, strict=True):
        found = loss.check(raw, reading, facts)
        assert (found.lost, found.broken) == ((), ())
    plain: list[dict[str, Any]] = msgspec.to_builtins(readings)
    return plain


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.name[:-7]}")
def test_a_sample_is_read_as_reviewed(path: Path, tmp_path: Path) -> None:
    expected = json.loads(_output(path).read_text(encoding="utf-8"))
    assert json.loads(json.dumps(outcome(path, tmp_path))) == expected


@pytest.mark.parametrize("code", OFFICES)
def test_each_office_has_samples_and_a_bad_one(code: str) -> None:
    outputs = [json.loads(path.read_text(encoding="utf-8")) for path in (SAMPLES / code).glob("*.out.json")]
    assert len(outputs) >= 3
    assert any(one["findings"] for output in outputs for one in output)


def _output(path: Path) -> Path:
    return path.with_name(path.name.replace(".in.xml", ".out.json"))


if __name__ == "__main__":
    for sample in INPUTS:
        text = json.dumps(outcome(sample, SAMPLES), ensure_ascii=False, indent=1, sort_keys=True)
        _output(sample).write_text(text + "\n", encoding="utf-8")
