"""Golden samples of designs: what is read of them goes out in ST.96 and comes back; ST.86 reports what it cannot hold."""

from pathlib import Path

import msgspec
import pytest

from ipregister.exchange import st86
from ipregister.exchange.st96 import design as st96
from ipregister.model.design import Design
from ipregister.model.offices import office

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("design-*.out.json"))


def records(path: Path) -> list[Design]:
    """The designs of a sample."""
    found = [one["record"] for one in msgspec.json.decode(path.read_bytes())["records"]]
    return [msgspec.convert(one, Design) for one in found if one]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_golden_sample_comes_back(path: Path) -> None:
    facts = office(path.parent.name)
    for record in records(path):
        made = st96.compose(record, facts)
        assert made.losses == ()
        assert st96.read(made.document, facts).record == record


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_golden_sample_comes_back_from_st86(path: Path) -> None:
    facts = office(path.parent.name)
    for record in records(path):
        made = st86.compose(record, facts)
        assert made.losses == ()
        assert st86.read(made.document, facts).record == record
