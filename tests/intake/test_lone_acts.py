"""Acts of the International Bureau that come by themselves: they change the registration, or wait for it."""

import datetime as dt
import itertools
from pathlib import Path

import pytest

from ipregister.exchange import loss
from ipregister.exchange.st96.design import hague
from ipregister.intake.findings import kinds
from ipregister.intake.loading import load
from ipregister.intake.rereading import retry
from ipregister.intake.waiting import take_waiting
from ipregister.model.design import Design
from ipregister.model.offices import office
from ipregister.quality.messages import LANGUAGES, why_held
from ipregister.store.models import Quarantine
from ipregister.store.register import Register
from tests.exchange.st96_design.hague import (
    SPACES,
    bulletin,
    decision,
    express,
    history,
    lossless,
    registration,
    renewal,
    renunciation,
)
from tests.intake.proving import proved
from tests.sparing import few

WO = office("WO")
KEY = "wo-des-dm-012345"


def _waiting(register: Register) -> list[tuple[str, str]]:
    return [(one.reason, one.detail) for one in register.quarantine(limit=0)]


def _told(register: Register) -> dict[str, tuple[str, str | None]]:
    """State and expiry of each country."""
    record = register.record(proved(register, KEY))
    assert isinstance(record, Design)
    return {one.country: (one.state, one.expiry_date) for one in record.designations}


def written_act(act: str) -> str:
    """An act as a file of its own."""
    name = act[1 : act.index(">")]
    return act.replace(f"<{name}>", f"<{name} {SPACES}>", 1)


def _written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


REFUSAL = decision("HagueRefusal", "VN", "2018-01-04")


def test_an_act_that_the_registration_tells_is_a_document_of_it(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    early = _written(tmp_path / "20180131.xml", written_act(REFUSAL))
    whole = express(registration(), history(2, "2018-02-02", REFUSAL))
    late = _written(tmp_path / "20180228.xml", whole)
    first = load(small, WO, early, scratch=scratch)
    assert (first.counts.taken, first.counts.quarantined) == (1, 1)
    assert _waiting(small) == [("act-alone", "HagueRefusal of DM/012345")]
    assert load(small, WO, late, scratch=scratch).counts.stored == 1
    assert retry(small, small.delivery(first.id), scratch=scratch).stored == 1
    version = proved(small, KEY)
    assert (small.record(version), version.number, _waiting(small)) == (hague.read(whole, WO).record, 1, [])


def test_an_act_alone_is_no_state_of_a_past_day(small: Register, tmp_path: Path, scratch: Path) -> None:
    whole = express(registration(), history(2, "2018-02-02", REFUSAL))
    load(small, WO, _written(tmp_path / "20180112.xml", whole), scratch=scratch)
    load(small, WO, _written(tmp_path / "20180131.xml", written_act(REFUSAL)), scratch=scratch)
    for day, expected in ((dt.date(2018, 1, 1), None), (dt.date(2018, 1, 12), 1), (dt.date(2018, 3, 1), 1)):
        version = small.as_of(KEY, day)
        assert (version and version.number) == expected


SAMPLES = Path(__file__).parents[1] / "samples" / "wo"
BULLETINS = ("design-hague", "design-hague-deferred", "design-hague-bad")
"""A registration that tells a refusal among others, the same without any act, the refusal by itself."""


@pytest.mark.parametrize(
    "order", few(([*found],) for found in itertools.permutations(BULLETINS)), ids=" ".join
)
@pytest.mark.parametrize(
    "days", few((([*found],) for found in itertools.permutations(("20180131", "20180228", "20180331"))), 1)
)
def test_a_delivered_act_is_in_the_record_whatever_the_order(
    days: tuple[str, ...], order: tuple[str, ...], small: Register, tmp_path: Path, scratch: Path
) -> None:
    day = dict(zip(BULLETINS, days, strict=True))
    for name in order:
        data = (SAMPLES / f"{name}.in.xml").read_bytes()
        load(small, WO, _written(tmp_path / f"{day[name]}.xml", data), scratch=scratch)
        take_waiting(small, WO, scratch=scratch)
    record = small.record(proved(small, KEY))
    assert isinstance(record, Design)
    acts = [(one.kind, one.identifier) for one in record.recordals]
    if day["design-hague"] > day["design-hague-deferred"]:
        assert record == hague.read((SAMPLES / "design-hague.in.xml").read_bytes(), WO).record
        assert acts == [
            ("total-refusal", "R2"),
            ("withdrawal", "R2"),
            ("renunciation", "R4"),
            ("renewal", "R5"),
        ]
    else:
        assert acts == [("total-refusal", "R2")]
        assert (_told(small)["VN"], record.expiry_date) == (("refused", None), "2022-05-04")
    assert _waiting(small) == []


def test_a_registration_after_one_that_told_the_act_does_not_lose_it(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    whole = express(registration(), history(2, "2018-01-12", REFUSAL))
    for day, text in (
        ("20180112", whole),
        ("20180131", written_act(REFUSAL)),
        ("20180228", express(registration())),
        ("20180331", whole + b"\n"),
        ("20180430", express(registration()) + b"\n"),
    ):
        load(small, WO, _written(tmp_path / f"{day}.xml", text), scratch=scratch)
        assert _told(small)["VN"][0] == "refused"
        record = small.record(proved(small, KEY))
        assert [one.kind for one in record.recordals] == ["total-refusal"]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("acted", [False, True])
def test_acts_that_only_a_replaced_state_told_are_told_as_left_out(
    late: bool, acted: bool, small: Register, tmp_path: Path, scratch: Path
) -> None:
    whole, bare = ((SAMPLES / f"{name}.in.xml").read_bytes() for name in BULLETINS[:2])
    files = [("20180131", whole), ("20180331", bare)]
    if acted:
        load(small, WO, _written(tmp_path / "20180101.xml", express(registration())), scratch=scratch)
        load(small, WO, _written(tmp_path / "20180115.xml", written_act(REFUSAL)), scratch=scratch)
    for day, text in reversed(files) if late else files:
        head = load(small, WO, _written(tmp_path / f"{day}.xml", text), scratch=scratch)
    told = [one.finding for one in small.findings(delivery=head.id, code="acts-left-out")]
    left = "withdrawal R2, renunciation R4, renewal R5"
    assert [one.value for one in told] == [left if acted else f"total-refusal R2, {left}"]
    assert not small.findings(delivery=1, code="acts-left-out")


def test_an_act_that_was_set_aside_before_is_taken(small: Register, tmp_path: Path, scratch: Path) -> None:
    load(small, WO, _written(tmp_path / "20180112.xml", written_act(REFUSAL)), scratch=scratch)
    Quarantine.objects.using(small.alias).update(reason="act-told")
    load(small, WO, _written(tmp_path / "20180131.xml", express(registration())), scratch=scratch)
    assert take_waiting(small, WO, scratch=scratch).stored == 1
    assert (_told(small)["VN"][0], _waiting(small)) == ("refused", [])


def test_a_waiting_act_is_taken_when_its_registration_comes(
    register: Register, tmp_path: Path, scratch: Path
) -> None:
    load(register, WO, _written(tmp_path / "20180131.xml", written_act(REFUSAL)), scratch=scratch)
    assert take_waiting(register, WO, scratch=scratch).taken == 0
    load(register, WO, _written(tmp_path / "20180228.xml", express(registration())), scratch=scratch)
    assert _told(register)["VN"][0] == "designated"
    assert take_waiting(register, WO, scratch=scratch).stored == 1
    assert (_told(register)["VN"][0], _told(register)["KH"][0], _waiting(register)) == (
        "refused",
        "designated",
        [],
    )


def test_acts_after_their_registration_change_it(small: Register, tmp_path: Path, scratch: Path) -> None:
    load(small, WO, _written(tmp_path / "20180112.xml", express(registration())), scratch=scratch)
    for day, act in (
        ("20180131", REFUSAL),
        ("20220511", renewal("2022-05-04", "2027-05-04", "KH", "VN")),
        ("20221231", renunciation("2022-12-01", "BN")),
    ):
        assert (
            load(
                small, WO, _written(tmp_path / f"{day}.xml", written_act(act)), scratch=scratch
            ).counts.stored
            == 1
        )
    assert _told(small) == {"KH": ("designated", "2027-05-04"), "VN": ("refused", "2027-05-04"),
                            "BN": ("renounced", None), "CH": ("designated", None)}  # fmt: skip
    version = small.get(KEY)
    assert version is not None
    record = small.record(version)
    assert isinstance(record, Design)
    assert ([one.kind for one in record.recordals], record.expiry_date) == (
        ["total-refusal", "renewal", "renunciation"], "2027-05-04")  # fmt: skip
    assert len(record.designs) == 2
    assert version.cause == "legal-event"
    again = load(small, WO, _written(tmp_path / "20230101.xml", written_act(REFUSAL) + "\n"), scratch=scratch)
    present = small.get(KEY)
    assert present is not None
    assert (again.counts.unchanged, present.content_hash) == (1, version.content_hash)


def test_a_registration_that_tells_its_acts_stands_for_them(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    load(small, WO, _written(tmp_path / "20180112.xml", express(registration())), scratch=scratch)
    load(small, WO, _written(tmp_path / "20180131.xml", written_act(REFUSAL)), scratch=scratch)
    whole = express(registration(), history(2, "2018-02-02", REFUSAL))
    load(small, WO, _written(tmp_path / "20180228.xml", whole), scratch=scratch)
    version = small.get(KEY)
    assert version is not None
    assert small.record(version) == hague.read(whole, WO).record


def test_an_act_alone_is_read_whole() -> None:
    for act in (REFUSAL, renewal("2022-05-04", "2027-05-04", "KH"), renunciation("2022-12-01", "BN", "CH")):
        raw = written_act(act).encode()
        reading = hague.read(raw, WO)
        assert reading.part == "act"
        found = loss.check(raw, reading, WO)
        assert (found.lost, found.broken) == ((), ())
        spaced = raw.replace(b">DM/012345<", b"> DM/012345\n<")
        again = hague.read(spaced, WO)
        assert again.record == reading.record
        assert loss.check(spaced, again, WO).broken == ()


def test_the_only_act_of_a_bulletin_waits_and_joins(small: Register, tmp_path: Path, scratch: Path) -> None:
    only = bulletin(f"<dgn:HagueRefusalBag>{REFUSAL}</dgn:HagueRefusalBag>")
    assert lossless(only).part == "act"
    early = load(small, WO, _written(tmp_path / "20180131.xml", only), scratch=scratch)
    assert (early.counts.quarantined, _waiting(small)) == (1, [("act-alone", "HagueRefusal of DM/012345")])
    load(small, WO, _written(tmp_path / "20180228.xml", express(registration())), scratch=scratch)
    assert take_waiting(small, WO, scratch=scratch).stored == 1
    assert (_told(small)["VN"][0], _waiting(small)) == ("refused", [])
    later = bulletin(
        f"<dgn:HagueRenunciationBag>{renunciation('2022-12-01', 'BN')}</dgn:HagueRenunciationBag>"
    )
    assert load(small, WO, _written(tmp_path / "20221231.xml", later), scratch=scratch).counts.stored == 1
    assert _told(small)["BN"][0] == "renounced"


def test_a_bulletin_without_a_record_says_what_to_do(small: Register, tmp_path: Path, scratch: Path) -> None:
    load(small, WO, _written(tmp_path / "20180131.xml", bulletin()), scratch=scratch)
    (held,) = small.quarantine(limit=0)
    for lang in LANGUAGES:
        told, remedy = why_held(held.reason, held.detail, held.key, lang, kinds())
        assert told != held.reason
        assert remedy
