"""A number that an office gives to another right is told; what happens in the life of one right is not."""

from typing import Any

import msgspec
import pytest

from ipregister.model import canonical
from ipregister.model.mark import Mark, Trademark
from ipregister.model.party import Party
from ipregister.model.patent import Patent, PatentParty
from ipregister.model.record import Record
from ipregister.model.reused import is_another_right
from ipregister.model.text import Text
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.store.filings import deliver, slice_of


def party(name: str) -> tuple[Party, ...]:
    return (Party(names=(Text(name),)),)


def words(text: str) -> Mark:
    return Mark(verbal=(Text(text),))


OLD = Trademark(
    office="LA", application_number="1", application_date="1999-03-04", registration_number="77",
    registration_date="2001-02-03", mark=words("ALPHA"), applicants=party("Vang Co., Ltd."), holders=party("Vang Co., Ltd."),
)  # fmt: skip
NEW = Trademark(
    office="LA", application_number="1", application_date="2020-05-06", registration_number="5123",
    registration_date="2021-07-08", mark=words("Omega"), applicants=party("Seng Sole"), holders=party("Seng Sole"),
)  # fmt: skip


def but(record: Record, **fields: Any) -> Record:
    return msgspec.structs.replace(record, **fields)


ONE_RIGHT = {
    "the same again": (OLD, OLD),
    "another owner": (OLD, but(OLD, holders=party("Seng Sole"))),
    "another owner, who is told as applicant": (
        OLD,
        but(OLD, holders=party("Seng Sole"), applicants=party("Seng Sole")),
    ),
    "a corrected mark": (OLD, but(OLD, mark=words("ALFA"))),
    "a renewal": (OLD, but(OLD, expiry_date="2031-02-03", office_status="Renewed")),
    "a renewal under another number": (
        OLD,
        but(OLD, registration_number="77/2", registration_date="2011-02-03"),
    ),
    "a registration": (but(OLD, registration_number="", registration_date=None), OLD),
    "all but the filing day": (OLD, but(NEW, application_date=OLD.application_date)),
    "all but the filing day, once told as a year": (OLD, but(NEW, application_date="1999")),
    "all but the registration number": (OLD, but(NEW, registration_number=OLD.registration_number)),
    "all but the day of registration": (OLD, but(NEW, registration_date=OLD.registration_date)),
    "all but the words, written otherwise": (OLD, but(NEW, mark=words("alpha."))),
    "all but the applicant, written otherwise": (OLD, but(NEW, applicants=party("VANG CO LTD"))),
    "an applicant who is the holder now": (OLD, but(NEW, applicants=(), holders=party("Vang Co., Ltd."))),
    "only two are told": (
        but(OLD, mark=Mark(), registration_number="", registration_date=None),
        NEW,
    ),
    "a deletion that tells nothing else": (OLD, Trademark(office="LA", application_number="1", deleted=True)),
}
TWO_RIGHTS = {
    "all four": (OLD, NEW),
    "three, without words": (but(OLD, mark=Mark()), NEW),
    "three, without a registration": (OLD, but(NEW, registration_number="", registration_date=None)),
    "three, without parties": (OLD, but(NEW, applicants=(), holders=())),
    "three, without a filing day": (OLD, but(NEW, application_date=None)),
    "patents": (
        Patent(
            office="LA",
            application_date="1999",
            titles=(Text("A pump"),),
            applicants=(PatentParty(names=(Text("Vang"),)),),
        ),
        Patent(
            office="LA",
            application_date="2020",
            titles=(Text("A lamp"),),
            applicants=(PatentParty(names=(Text("Seng"),)),),
        ),
    ),
}


@pytest.mark.parametrize("case", ONE_RIGHT)
def test_one_right_in_two_versions(case: str) -> None:
    earlier, after = ONE_RIGHT[case]
    assert not is_another_right(earlier, after)
    assert not is_another_right(after, earlier)


@pytest.mark.parametrize("case", TWO_RIGHTS)
def test_two_rights_under_one_number(case: str) -> None:
    earlier, after = TWO_RIGHTS[case]
    assert is_another_right(earlier, after)
    assert is_another_right(after, earlier)


@pytest.fixture
def register(database: Options) -> Register:
    return Register(packs=database.path("packs"))


def told(register: Register, delivery: int) -> list[str]:
    found = register.findings(delivery=delivery, code="number-reused")
    return [one.finding.arguments["key"] for one in found]


def test_a_load_tells_it_and_keeps_both_versions(register: Register) -> None:
    first = deliver(register, "1", "2020-01-01", [slice_of(0, "la-1", canonical.encode(OLD))])
    renewed = canonical.encode(but(OLD, expiry_date="2031-02-03"))
    renewal = deliver(register, "2", "2021-01-01", [slice_of(0, "la-1", renewed)])
    other = deliver(register, "3", "2022-01-01", [slice_of(0, "la-1", canonical.encode(NEW))])
    again = deliver(register, "4", "2023-01-01", [slice_of(0, "la-1", canonical.encode(NEW))])
    assert [told(register, one.id) for one in (first, renewal, other, again)] == [[], [], ["la-1"], []]
    assert (other.counts.stored, other.counts.quarantined, other.counts.findings) == (1, 0, 1)
    assert register.tally(other.id) == [("number-reused", "warning", 1)]
    assert register.require("la-1").body == canonical.encode(NEW)
    former = register.get("la-1", 1)
    assert former is not None
    assert former.body == canonical.encode(OLD)


def test_a_late_delivery_between_tells_it_too(register: Register) -> None:
    deliver(register, "1", "2020-01-01", [slice_of(0, "la-1", canonical.encode(OLD))])
    renewed = canonical.encode(but(OLD, expiry_date="2031-02-03"))
    deliver(register, "2", "2022-01-01", [slice_of(0, "la-1", renewed)])
    late = deliver(register, "3", "2021-01-01", [slice_of(0, "la-1", canonical.encode(NEW))])
    assert told(register, late.id) == ["la-1"]
