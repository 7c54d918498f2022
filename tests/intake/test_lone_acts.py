"""Acts of the International Bureau that come by themselves: they change the registration, or wait for it."""

from pathlib import Path

from ipregister.exchange import loss
from ipregister.exchange.st96.design import hague
from ipregister.intake.findings import kinds
from ipregister.intake.loading import load
from ipregister.intake.rereading import retry
from ipregister.intake.waiting import take_waiting
from ipregister.model.design import Design
from ipregister.model.offices import office
from ipregister.quality.messages import LANGUAGES, why_held
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


def test_an_act_that_the_registration_tells_is_told(small: Register, tmp_path: Path, scratch: Path) -> None:
    early = _written(tmp_path / "20180131.xml", written_act(REFUSAL))
    late = _written(tmp_path / "20180228.xml", express(registration(), history(2, "2018-02-02", REFUSAL)))
    first = load(small, WO, early, scratch=scratch)
    assert (first.counts.taken, first.counts.quarantined) == (1, 1)
    assert _waiting(small) == [("act-alone", "HagueRefusal of DM/012345")]
    assert load(small, WO, late, scratch=scratch).counts.stored == 1
    retry(small, small.delivery(first.id), scratch=scratch)
    assert _waiting(small) == [("act-told", f"HagueRefusal of DM/012345: {KEY}")]


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


def test_an_act_after_its_registration_is_told_at_once(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    early = _written(tmp_path / "20180131.xml", express(registration(), history(2, "2018-01-12", REFUSAL)))
    assert load(small, WO, early, scratch=scratch).counts.stored == 1
    load(small, WO, _written(tmp_path / "20180228.xml", written_act(REFUSAL)), scratch=scratch)
    assert [reason for reason, _ in _waiting(small)] == ["act-told"]


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
