"""What is deferred or sealed is not shown before its day: canaries in views, titles, descriptions, products, claims."""

import datetime as dt

import msgspec
import pytest

from ipregister.exchange.st86 import read
from ipregister.exchange.st96 import design as st96
from ipregister.exchange.st96.design import hague
from ipregister.model.design import Design
from ipregister.model.evidence import split_origin
from ipregister.model.offices import office
from ipregister.model.publicity import opened_on, project, public_record, record_state
from ipregister.model.repairs import apply
from ipregister.model.right import Publication
from tests.exchange.st86.applications import SECOND, application, design_of
from tests.exchange.st96_design.hague import WO, express, registration

OFFICES = ["BN", "ID", "KH", "LA", "MY", "PH", "SG", "TH", "VN"]
DAY = dt.date(2026, 1, 31)
CANARY = "canary"
DEFER = "<PublicationDefermentIndicator>true</PublicationDefermentIndicator><DesignIdentifier>"
SEAL = "<SealedDepositIndicator>true</SealedDepositIndicator><RegistrationOfficeCode>"


def planted(code: str, mark: tuple[str, str]) -> Design:
    """An application with canaries wherever a design shows what it is, deferred or sealed by `mark`."""
    return design_of(
        application(
            mark, (">LA</RegistrationOfficeCode>", f">{code}</RegistrationOfficeCode>"), ("ກະຕ່າໄມ້ໄຜ່", f"{CANARY} title"),
            ("A basket of bamboo", f"{CANARY} description"), ("ATTACHMENT/1.jpg", f"{CANARY}-view.jpg"),
            ("Baskets<", f"{CANARY} product<"), ("The weave of the rim", f"{CANARY} novelty"), ("A model in wood", f"{CANARY} specimen"),
        ),
        code,
    )  # fmt: skip


def shown(record: Design, code: str, day: dt.date = DAY) -> str:
    """All that anybody may see of a record on a day."""
    return msgspec.json.encode(project(record, office(code), day)).decode()


@pytest.mark.parametrize(
    "mark", [("<DesignIdentifier>", DEFER), ("<RegistrationOfficeCode>", SEAL)], ids=["deferred", "sealed"]
)
@pytest.mark.parametrize("code", OFFICES)
def test_nothing_of_a_deferred_design_is_shown(code: str, mark: tuple[str, str]) -> None:
    record = planted(code, mark)
    assert CANARY in msgspec.json.encode(record).decode()
    assert record_state(record, office(code), DAY) == "embargoed"
    assert CANARY not in shown(record, code)
    assert public_record(record, office(code), DAY) is None


@pytest.mark.parametrize("code", OFFICES)
def test_it_is_shown_from_its_day(code: str) -> None:
    record = msgspec.structs.replace(
        planted(code, ("<DesignIdentifier>", DEFER)), deferred_until="2026-01-31"
    )
    assert CANARY not in shown(record, code, DAY - dt.timedelta(days=1))
    public = shown(record, code)
    for what in ("title", "description", "-view.jpg", "product", "novelty", "specimen"):
        assert f"{CANARY} {what}" in public or f"{CANARY}{what}" in public


def test_one_deferred_design_of_several_keeps_all_back() -> None:
    record = planted("LA", ("<DesignIdentifier>", DEFER))
    (one,) = record.designs
    several = msgspec.structs.replace(
        record,
        deferment_requested="true",
        designs=(one, msgspec.structs.replace(one, deferment_requested="true")),
    )
    assert CANARY not in shown(several, "LA")


def test_a_deferment_survives_the_way_through_st96() -> None:
    record = planted("LA", ("<DesignIdentifier>", DEFER))
    back = st96.read(st96.write(record, office("LA")), office("LA")).record
    assert isinstance(back, Design)
    assert record_state(back, office("LA"), DAY) == "embargoed"


def test_an_international_registration_opens_at_the_end_of_its_deferment() -> None:
    until = "<dgn:DefermentExpiryDate>2026-02-01</dgn:DefermentExpiryDate>"
    raw = express(registration(deferred=until).replace("Chair<", f"{CANARY}<"))
    record = hague.read(raw, WO).record
    assert isinstance(record, Design)
    published = msgspec.structs.replace(record, publications=(Publication(date="2017-11-10"),))
    assert CANARY not in shown(published, "WO")
    assert CANARY in shown(published, "WO", dt.date(2026, 2, 1))


def test_the_registration_of_one_of_several_designs_is_told() -> None:
    record = design_of(application())
    (one,) = record.designs
    bare = msgspec.structs.replace(
        record, registration_date=None, publications=(),
        designs=(one, msgspec.structs.replace(one, registration_date="2019-11-20")),
    )  # fmt: skip
    assert record_state(bare, office("LA"), DAY) == "public"


PERIOD = '<DefermentPeriod periodCode="{unit}">{length}</DefermentPeriod><DesignIdentifier>'


@pytest.mark.parametrize(
    ("length", "unit", "until"),
    [("30", "InMonth", "2021-09-04"), ("2", "InYear", "2021-03-04"), ("10", "In day", "2019-03-14")],
)
def test_a_deferment_by_a_period_ends(length: str, unit: str, until: str) -> None:
    raw = application(("<DesignIdentifier>", PERIOD.format(length=length, unit=unit)))
    reading = read(raw, office("LA"))
    record = reading.record
    assert isinstance(record, Design)
    assert record.deferred_until == until
    assert [one.code for one in reading.findings] == ["deferment-from-filing"]
    place, repairs = split_origin(reading.evidence["/deferred_until"])
    assert place == split_origin(reading.evidence["/application_date"])[0]
    assert apply("2019-03-04", repairs, office("LA")) == until
    opened = max("2019-12-30", until)  # the publication: the registration before it opens nothing
    assert opened_on(record, "after-deferment") == opened
    day = dt.date.fromisoformat(opened)
    assert record_state(record, office("LA"), day - dt.timedelta(days=1)) == "embargoed"
    assert record_state(record, office("LA"), day) == "public"


@pytest.mark.parametrize(
    "change",
    [("<DesignIdentifier>", PERIOD.format(length="30", unit="moons")), ("<DesignIdentifier>", DEFER),
     ("<RegistrationOfficeCode>", SEAL)],
    ids=["unit", "no-period", "sealed"],
)  # fmt: skip
def test_a_deferment_without_an_end_is_told(change: tuple[str, str]) -> None:
    reading = read(application(change), office("LA"))
    assert isinstance(reading.record, Design)
    assert reading.record.deferred_until is None
    assert [one.code for one in reading.findings] == ["deferment-open"]
    assert record_state(reading.record, office("LA"), DAY) == "embargoed"


def test_the_last_deferment_of_several_designs_counts() -> None:
    first = PERIOD.format(length="12", unit="InMonth")
    for second, until in (("30", "2021-09-04"), ("", None)):
        more = PERIOD.format(length=second, unit="InMonth") if second else DEFER
        raw = application(
            ("<DesignIdentifier>", first),
            (
                "</Design></DesignDetails>",
                f"</Design>{SECOND.replace('<DesignIdentifier>', more)}</DesignDetails>",
            ),
        )
        assert design_of(raw).deferred_until == until
