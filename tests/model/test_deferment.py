"""What decides that a record is closed and cannot be read keeps it closed; for designs, and for every right."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from ipregister.model.design import Design, SingleDesign
from ipregister.model.offices import office
from ipregister.model.patent import Patent, PatentPublication
from ipregister.model.publicity import opening_after, project, record_state
from ipregister.model.record import RIGHTS
from ipregister.model.right import Publication
from ipregister.model.text import Extra, Kept
from ipregister.quality.rules import OF_RIGHT

DAY = dt.date(2026, 1, 31)
REGISTERED = Design(office="LA", application_number="701", registration_date="2024-01-05")


def state(**said: Any) -> str:
    return record_state(msgspec.structs.replace(REGISTERED, **said), office("LA"), DAY)


def kept(field: str, text: str, reason: str = "not-a-date") -> tuple[Kept, ...]:
    return (Kept(field, text, reason),)


@pytest.mark.parametrize(
    "said",
    [
        {"kept": kept("/deferred_until", "2030-02-30")},
        {"kept": kept("/deferred_until", "in 30 months")},
        {"kept": kept("/deferred_until", "=A1+900", "not-calculated")},
        {"kept": kept("/designs/deferment_period", "abc")},
        {"kept": kept("/designs/0/deferment_requested", "perhaps", "unknown-code")},
        {"kept": kept("/kinds", "Sealed deposit", "unknown-code")},
        {"kept": kept("/deferred_until", "2030-02-30"), "deferred_until": "2025-01-01"},
        {"deferment_period": "30 months"},
        {"deferment_period": "abc"},
        {"deferment_requested": "да"},
        {"designs": (SingleDesign(), SingleDesign(deferment_period="30"))},
        {"designs": (SingleDesign(deferment_requested="true"),)},
        {"flags": ("publication-deferment=perhaps",)},
        {"designs": (SingleDesign(flags=("sealed-deposit=ja",)),)},
        {"extra": (Extra("DesignDetails/Design/DefermentExpirationDate", "2029-01-01"),)},
        {"extra": (Extra("Publication/@postponedUntil", "2029-01-01"),)},
        {"kinds": ("SEALED",)},
        {"kinds": ("SECRET",)},
        {"deferred_until": "2026"},
        {"deferred_until": "2026-02"},
    ],
    ids=str,
)
def test_what_may_be_deferred_is_closed(said: dict[str, Any]) -> None:
    assert state(**said) == "embargoed"
    assert project(msgspec.structs.replace(REGISTERED, **said), office("LA"), DAY) is None


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"kept": kept("/deferred_until", "N/A", "placeholder")},
        {"kept": kept("/application_date", "2030-02-30")},
        {"kept": kept("/kinds", "Furniture", "unknown-code")},
        {"deferment_period": "0"},
        {"deferment_requested": "false"},
        {"flags": ("publication-deferment=false", "sheets=7")},
        {"deferred_until": "2026-01"},
        {"deferred_until": "2025"},
        {"kinds": ("SEALED",), "deferred_until": "2026-01-31"},
    ],
    ids=str,
)
def test_what_is_not_deferred_is_open(said: dict[str, Any]) -> None:
    assert state(**said) == "public"


def test_a_month_alone_opens_with_its_last_day() -> None:
    record = msgspec.structs.replace(REGISTERED, deferred_until="2026-02")
    assert opening_after(record, office("LA"), DAY) == "2026-02-28"
    assert record_state(record, office("LA"), dt.date(2026, 2, 27)) == "embargoed"
    assert record_state(record, office("LA"), dt.date(2026, 2, 28)) == "public"


@pytest.mark.parametrize("right", ["patent", "utility-model", "design"])
def test_a_publication_whose_day_cannot_be_read_opens_nothing(right: str) -> None:
    withdrawn = RIGHTS[right](office="LA", application_number="1", office_status="Withdrawn",
                              publications=(Publication("12"),),
                              kept=kept("/publications/0/date", "2024-02-30"))  # fmt: skip
    assert record_state(withdrawn, office("LA"), DAY) == "embargoed"
    unread = msgspec.structs.replace(withdrawn, kept=kept("/registration_date", "soon"), publications=())
    assert record_state(unread, office("LA"), DAY) == "embargoed"


def test_a_year_of_publication_opens_a_patent_with_its_last_day() -> None:
    record = Patent(office="LA", application_number="1", publications=(PatentPublication("12", "2026"),))
    assert record_state(record, office("LA"), DAY) == "embargoed"
    assert record_state(record, office("LA"), dt.date(2026, 12, 31)) == "public"


def test_the_finding_of_a_deferment_that_cannot_be_read_says_that_the_record_stays_closed() -> None:
    kinds = {kind.code: kind for rule in OF_RIGHT["design"] for kind in rule.codes}
    assert "stays closed" in kinds["deferment-unread"].message
