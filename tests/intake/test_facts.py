"""What rules are told about other records."""

from pathlib import Path

from ipregister.demonstration import DemonstrationDelivery
from ipregister.intake.facts import BatchFacts, RecordFacts, likeness
from ipregister.intake.loading import load
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.party import Party
from ipregister.model.text import Text
from ipregister.store.register import Register


def _mark(number: str, registration: str = "", words: str = "Lotus", owner: str = "Anna") -> Trademark:
    return Trademark(
        office="LA", application_number=number, registration_number=registration,
        mark=Mark(verbal=(Text(words),)), applicants=(Party(names=(Text(owner),)),))  # fmt: skip


def test_earlier_records_of_a_batch_are_known() -> None:
    one, two = _mark("1", "77"), _mark("2", "77", "LOTUS ", "anna")
    facts = BatchFacts(None, "LA", [("la-1", one), ("la-2", two)])
    asked = RecordFacts("la-2", None, facts)
    assert asked.others_with_number("registration", "77") == []
    facts.add("la-1", one)
    assert asked.others_with_number("registration", "77") == ["la-1"]
    assert asked.others_with_number("registration", "7 7") == ["la-1"]
    assert asked.others_with_number("application", "1") == ["la-1"]
    assert asked.others_with_mark("Lotus", "Anna") == ["la-1"]
    assert RecordFacts("la-1", 2, facts).others_with_mark("Lotus", "Anna") == []
    assert RecordFacts("la-1", 2, None).images_delivered() == 2
    assert likeness("a b", "c") != likeness("a", "b c")


def test_the_register_is_asked(register: Register, laos: list[DemonstrationDelivery], scratch: Path) -> None:
    load(register, office("LA"), laos[0].path, scratch=scratch)
    versions = register.get_many(register.keys(limit=1000))
    key, record = next(
        (k, register.record(v)) for k, v in versions.items() if register.record(v).registration_number
    )
    facts = BatchFacts(register, "LA", [("la-new", record)])
    asked = RecordFacts("la-new", None, facts)
    assert key in asked.others_with_number("registration", record.registration_number)
    assert asked.others_with_number("registration", "no such number") == []
    elsewhere = BatchFacts(register, "KH", [("kh-1", record)])
    assert (
        RecordFacts("kh-1", None, elsewhere).others_with_number("registration", record.registration_number)
        == []
    )
