"""Marks of the United States: every element of a case file has its place, and nothing is lost."""

import re
from pathlib import Path

import pytest

from ipregister.exchange import loss, uspto
from ipregister.model.evidence import Reading
from ipregister.model.mark import Trademark
from ipregister.model.offices import office

US = office("US")
CASE = re.compile(rb"<case-file>.*?</case-file>", re.S)


def lossless(raw: bytes) -> tuple[Trademark, Reading]:
    """A case file read, with nothing lost."""
    reading = uspto.read(raw, US)
    found = loss.check(raw, reading, US)
    assert (found.lost, found.broken) == ((), ())
    assert isinstance(reading.record, Trademark)
    return reading.record, reading


def case(inside: str) -> Trademark:
    """The record of a case file with that inside."""
    return lossless(f"<case-file><serial-number>98000001</serial-number>{inside}</case-file>".encode())[0]


def owners(*kinds: str) -> str:
    """Owners of those kinds, the kind their name."""
    each = "".join(
        f"<case-file-owner><party-type>{kind}</party-type><party-name>Owner {kind}</party-name></case-file-owner>"
        for kind in kinds
    )
    return f"<case-file-owners>{each}</case-file-owners>"


def test_goods_stand_under_the_class_they_are_filed_under() -> None:
    record = case(
        "<case-file-statements><case-file-statement><type-code>GS0131</type-code><text>VALVES</text></case-file-statement>"
        "<case-file-statement><type-code>GS0451</type-code><text>SERVICES</text></case-file-statement></case-file-statements>"
        "<classifications><classification><international-code>006</international-code><us-code>013</us-code>"
        "<primary-code>013</primary-code></classification></classifications>"
    )
    assert [(one.class_number, one.scheme, [text.text for text in one.texts]) for one in record.goods] == [
        (6, "nice", []), (13, "us", ["VALVES"]), (45, "nice", ["SERVICES"])]  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "applicants", "holders", "acts"),
    [(("10",), ["10"], [], []), (("20", "10"), ["20"], [], ["filing"]), (("30", "10"), ["10"], ["30"], []),
     (("41", "40", "30"), [], ["41"], ["change-of-holder", "registration"])],
)  # fmt: skip
def test_the_latest_owner_is_the_owner(
    kinds: tuple[str, ...], applicants: list[str], holders: list[str], acts: list[str]
) -> None:
    record = case(owners(*kinds))
    assert [one.role for one in record.applicants] == applicants
    assert [one.role for one in record.holders] == holders
    assert [act.kind for act in record.recordals] == acts


def test_first_use_may_be_a_year_or_a_month() -> None:
    record = case(
        "<classifications><classification><international-code>001</international-code>"
        "<first-use-anywhere-date>18930000</first-use-anywhere-date>"
        "<first-use-in-commerce-date>19220600</first-use-in-commerce-date></classification></classifications>"
    )
    assert (record.goods[0].first_use, record.goods[0].first_commercial_use) == ("1893", "1922-06")


def test_a_foreign_application_whose_priority_is_claimed_is_a_priority() -> None:
    foreign = (
        "<filing-date>20221201</filing-date><application-number>7</application-number><country>SE</country>"
    )
    claim = "<foreign-priority-claim-in>{}</foreign-priority-claim-in>"
    outside = "<foreign-applications><foreign-application>{}</foreign-application></foreign-applications>"
    claimed = case(outside.format(foreign + claim.format("T")))
    other = case(outside.format(foreign + claim.format("F")))
    assert [(one.country, one.number, one.date) for one in claimed.priorities] == [("SE", "7", "2022-12-01")]
    assert claimed.references == ()
    assert [(one.kind, one.office, one.number) for one in other.references] == [
        ("national-registration", "SE", "7")
    ]
    assert other.priorities == ()


def test_kinds_states_and_sign_are_told_by_codes() -> None:
    record = case(
        "<case-file-header><status-code>800</status-code><mark-drawing-code>3000</mark-drawing-code>"
        "<certification-mark-in>T</certification-mark-in><trademark-in>F</trademark-in></case-file-header>"
        "<design-searches><design-search><code>260921</code></design-search></design-searches>"
    )
    assert (record.kinds, record.mark.feature) == (("Certificate",), "Combined")
    assert US.word("statuses", record.office_status) == "registered"
    assert (record.mark.images[0].vienna, record.mark.images[0].vienna_kind) == (
        ("26.09.21",),
        "USPTO design search code",
    )


@pytest.mark.parametrize(
    ("raw", "refusal"), [(b"", "empty"), (b"<x", "not-well-formed"), (b"<trademark/>", "not-a-record")]
)
def test_what_is_no_case_file_is_refused(raw: bytes, refusal: str) -> None:
    assert uspto.read(raw, US).refusal == refusal


def test_the_office_s_own_file_loses_nothing(test_data: Path) -> None:
    raw = (test_data / "data" / "us-tm-daily-seed" / "seed.xml").read_bytes()
    cases = CASE.findall(raw)
    assert len(cases) == 11
    for one in cases:
        record, reading = lossless(one)
        assert len(record.extra) <= 1
        assert reading.findings == ()
