"""An act of the International Bureau that comes before its registration waits; then it is seen whether it is told."""

from pathlib import Path

import pytest

from ipregister.intake.loading import load
from ipregister.intake.rereading import retry
from ipregister.model.offices import office
from ipregister.store.register import Register
from tests.exchange.st96_design.hague import SPACES, decision, express, history, registration

WO = office("WO")


def _waiting(register: Register) -> list[tuple[str, str]]:
    return [(one.reason, one.detail) for one in register.quarantine(limit=0)]


@pytest.mark.parametrize("told", [True, False])
def test_an_act_waits_for_its_registration(
    small: Register, tmp_path: Path, scratch: Path, told: bool
) -> None:
    act = decision("HagueRefusal", "VN", "2018-01-04")
    early, late = tmp_path / "20180131.xml", tmp_path / "20180228.xml"
    early.write_text(act.replace("<dgn:HagueRefusal>", f"<dgn:HagueRefusal {SPACES}>"), encoding="utf-8")
    late.write_bytes(express(registration(), *([history(2, "2018-02-02", act)] if told else [])))
    first = load(small, WO, early, scratch=scratch)
    assert (first.counts.taken, first.counts.quarantined) == (1, 1)
    assert _waiting(small) == [("act-alone", "HagueRefusal of DM/012345")]
    assert load(small, WO, late, scratch=scratch).counts.stored == 1
    retry(small, small.delivery(first.id), scratch=scratch)
    expected = ("act-told", "HagueRefusal of DM/012345: wo-des-dm-012345") if told else ("act-alone", "HagueRefusal of DM/012345")  # fmt: skip
    assert _waiting(small) == [expected]


def test_an_act_after_its_registration_is_told_at_once(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    act = decision("HagueRefusal", "VN", "2018-01-04")
    early, late = tmp_path / "20180131.xml", tmp_path / "20180228.xml"
    early.write_bytes(express(registration(), history(2, "2018-01-12", act)))
    late.write_text(act.replace("<dgn:HagueRefusal>", f"<dgn:HagueRefusal {SPACES}>"), encoding="utf-8")
    assert load(small, WO, early, scratch=scratch).counts.stored == 1
    load(small, WO, late, scratch=scratch)
    assert [reason for reason, _ in _waiting(small)] == ["act-told"]
