"""The Hague System: one registration, the state of each country from its history, views in the order of their numbers."""

from pathlib import Path

import pytest
from lxml import etree

from ipregister.exchange.sources import recognise
from ipregister.exchange.st96.design import hague
from ipregister.model.design import Design
from ipregister.model.numbers import key_of
from ipregister.model.publicity import opened_on
from tests.exchange.st96_design.hague import (
    FIRST,
    WO,
    bulletin,
    decision,
    express,
    history,
    lossless,
    record_of,
    registration,
    renewal,
    renunciation,
)


def states(record: Design) -> dict[str, str]:
    """The state of each designated country."""
    return {one.country: one.state for one in record.designations}


def test_a_registration() -> None:
    record = record_of(express(registration()))
    assert (record.registration_number, record.international_number) == ("DM/012345", "DM/012345")
    assert (record.registration_date, record.expiry_date, record.designs_count) == (
        "2017-05-04",
        "2022-05-04",
        2,
    )
    assert [one.organization_names[0].text for one in record.holders] == ["Rhine Chairs AG"]
    first, second = record.designs
    assert [text.text for text in first.titles] == ["Chair", "Chaise"]
    assert (first.products[0].number, second.products[0].number) == ("06-01", "06-01")
    assert [view.number for view in first.views] == ["1.1", "1.2", "1.10"]
    assert states(record) == dict.fromkeys(("KH", "VN", "BN", "CH"), "designated")
    assert lossless(express(registration())).findings == ()
    assert record.extra == ()
    keyed = key_of(record, WO)
    assert keyed is not None
    assert keyed.key == "wo-des-dm-012345"


def test_the_state_of_each_country_follows_from_the_history() -> None:
    record = record_of(
        express(
            registration(),
            history(1, "2017-11-10", registration()),
            history(2, "2018-01-12", decision("HagueRefusal", "VN", "2018-01-04")),
            history(3, "2018-02-02", decision("HagueRefusal", "KH", "2018-01-20", FIRST, "R3")),
            history(4, "2018-03-02", decision("HagueGrantProtection", "BN", "2018-02-20")),
            history(5, "2019-01-04", decision("HagueRefusalWithdrawal", "VN", "2018-12-20")),
            history(6, "2020-02-07", renunciation("2020-01-31", "CH")),
            history(7, "2022-05-06", renewal("2022-05-04", "2027-05-04", "KH", "VN")),
        )
    )
    assert states(record) == {"KH": "partially-refused", "VN": "granted", "BN": "granted", "CH": "renounced"}
    assert {one.country: one.expiry_date for one in record.designations} == {
        "KH": "2027-05-04", "VN": "2027-05-04", "BN": None, "CH": None,
    }  # fmt: skip
    assert record.expiry_date == "2027-05-04"
    assert [(act.kind, act.offices) for act in record.recordals] == [
        ("total-refusal", ("VN",)), ("partial-refusal", ("KH",)), ("grant", ("BN",)), ("withdrawal", ("VN",)),
        ("renunciation", ("CH",)), ("renewal", ("KH", "VN")),
    ]  # fmt: skip
    assert [p.date for p in record.publications][:2] == ["2017-11-10", "2018-01-12"]
    assert record.recordals[0].publication == "2/2020"
    assert [(e.kind, e.date) for e in record.events] == [("renewed", "2022-05-04")]
    assert record.extra == ()


def test_the_order_of_the_file_does_not_matter_to_the_state() -> None:
    refused = history(1, "2018-01-12", decision("HagueRefusal", "VN", "2018-01-04"))
    granted = history(2, "2019-01-04", decision("HagueRefusalWithdrawal", "VN", "2018-12-20"))
    for steps in ((refused, granted), (granted, refused)):
        assert states(record_of(express(registration(), *steps)))["VN"] == "granted"


def test_what_the_history_says_otherwise_stands_beside_the_record() -> None:
    before = registration().replace("Rhine Chairs AG", "Rhine Stools AG")
    record = record_of(express(registration(), history(1, "2017-11-10", before)))
    assert [one.text for one in record.extra] == ["Rhine Stools AG"]


def test_a_record_before_1999_has_no_application_number() -> None:
    record = record_of(express(registration("34512")))
    assert record.application_number == ""
    keyed = key_of(record, WO)
    assert keyed is not None
    assert keyed.key == "wo-des-34512"


def test_a_new_owner_is_a_recordal() -> None:
    from_to = (
        "<dgn:HagueHolderNameAddressChange><com:InternationalRegistrationNumberBag><com:InternationalRegistrationNumber>DM/012345"
        "</com:InternationalRegistrationNumber></com:InternationalRegistrationNumberBag><com:RecordIdentifier>R9</com:RecordIdentifier>"
        "<com:InternationalRecordingDate>2021-01-01</com:InternationalRecordingDate><dgn:HolderChangeBag><dgn:PreviousHolderBag>"
        "<dgn:PreviousHolder><com:PartyIdentifier>7</com:PartyIdentifier></dgn:PreviousHolder></dgn:PreviousHolderBag><dgn:HolderBag>"
        "<dgn:Holder><com:PartyIdentifier>8</com:PartyIdentifier></dgn:Holder></dgn:HolderBag></dgn:HolderChangeBag>"
        "</dgn:HagueHolderNameAddressChange>"
    )
    (act,) = record_of(express(registration(), history(1, "2021-02-01", from_to))).recordals
    assert [(one.identifier, one.role) for one in act.parties] == [
        ("7", "previous-holder"),
        ("8", "new-holder"),
    ]


def test_deferment() -> None:
    until = "<dgn:DefermentExpiryDate>2019-11-04</dgn:DefermentExpiryDate>"
    record = record_of(express(registration(deferred=until)))
    assert record.deferred_until == "2019-11-04"
    assert opened_on(record, "after-deferment") == "2019-11-04"


def test_a_bulletin_to_an_office() -> None:
    raw = bulletin(
        f"<dgn:HagueRegistrationBag>{registration()}</dgn:HagueRegistrationBag>",
        f"<dgn:HagueRefusalBag>{decision('HagueRefusal', 'VN', '2018-01-04')}</dgn:HagueRefusalBag>",
    )
    record = record_of(raw)
    assert states(record)["VN"] == "refused"
    assert [(p.identifier, p.date) for p in record.publications] == [("18/2017", "2017-05-12")]


@pytest.mark.data
def test_our_bulletin_is_valid(test_data: Path) -> None:
    folder = test_data / "data" / "wipo-st96-v6" / "ST96XMLSchema_V6_0_Flattened"
    schema = etree.XMLSchema(etree.parse(folder / "HagueIBToOfficeTransaction_V6_0.xsd"))
    bags = [f"<dgn:HagueRegistrationBag>{registration()}</dgn:HagueRegistrationBag>"]
    bags += [f"<dgn:HagueRefusalBag>{decision('HagueRefusal', 'VN', '2018-01-04')}</dgn:HagueRefusalBag>"]
    bags += [
        f"<dgn:HagueGrantProtectionBag>{decision('HagueGrantProtection', 'BN', '2018-01-04')}</dgn:HagueGrantProtectionBag>"
    ]
    bags += [f"<dgn:HagueRenewalBag>{renewal('2022-05-04', '2027-05-04', 'KH')}</dgn:HagueRenewalBag>"]
    bags += [f"<dgn:HagueRenunciationBag>{renunciation('2020-01-31', 'CH')}</dgn:HagueRenunciationBag>"]
    schema.assertValid(etree.fromstring(bulletin(*bags)))


_NUMBER = "<InternationalRegistrationNumber>DM/012345</InternationalRegistrationNumber>"
_OTHER = "<InternationalRegistrationNumber>DM/012346</InternationalRegistrationNumber>"


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(renunciation("2018-01-04", "VN").replace("dgn:", "").replace("com:", "").replace(_NUMBER, _NUMBER + _OTHER).encode(),
      "act-alone"),
     (b"<HagueExpressTransaction/>", "not-a-record"),
     (bulletin(f"<dgn:HagueRegistrationBag>{registration()}{registration('DM/2')}</dgn:HagueRegistrationBag>"), "several-records")],
)  # fmt: skip
def test_what_is_no_record_is_refused(raw: bytes, refusal: str) -> None:
    assert hague.read(raw, WO).refusal == refusal


def test_the_shape_is_told_by_its_elements() -> None:
    for raw in (express(registration()), bulletin()):
        source = recognise(raw)
        assert source is not None
        assert source.name == "hague"
