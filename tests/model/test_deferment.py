"""What decides that a record is closed and cannot be read keeps it closed; for designs, and for every right."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from ipregister.exchange.mapped import deferring
from ipregister.model import codelists, deferment_words
from ipregister.model.design import Design, ProductClass, SingleDesign
from ipregister.model.offices import office
from ipregister.model.patent import Patent, PatentPublication
from ipregister.model.publicity import opening_after, project, record_state
from ipregister.model.record import RIGHTS
from ipregister.model.right import Publication
from ipregister.model.text import Extra, Kept, Text
from ipregister.quality.rules import OF_RIGHT, check

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
        {"notes": (Text("handle of bone"), Text("Publication deferred until 2027-01-01", "en"))},
        {"notes": (Text("ການພິມເຜີຍແຜ່ຖືກເລື່ອນໄປ 2027", "lo"),)},
        {"notes": (Text("Công bố bị hoa\u0303n đến 01/01/2027", "vi"),)},
        {"office_status": "ОТСРОЧКА ПУБЛИКАЦИИ"},
        {"designs": (SingleDesign(), SingleDesign(office_status="Publication postponed"))},
        {"extra": (Extra("Remark", "to be kept secret until 2027"),)},
        {"extra": (Extra("Design/SecrecyOrder/@confidential", "yes"),)},
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
        {"notes": (Text("published with the colour claim"),), "office_status": "Registered"},
        {"notes": (Text("Publication deferred until 2026-01-01"),), "deferred_until": "2026-01-01"},
        {"extra": (Extra("Remark", "handle of bone"), Extra("Design/DefermentIndicator", "false"))},
        {"extra": (Extra("Deferred until", "2020-01-01"),)},
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


@pytest.mark.parametrize(
    "remark",
    [
        "Publication deferred until 2024-01-01",
        "Publication deferred at the request of 2024-01-01",
        "отсрочка до 01.02.2024",
    ],
)
def test_a_remark_closes_a_record_whatever_day_it_names(remark: str) -> None:
    """Which day a remark names, that of the request or of the end, nobody can say for sure: the office says it in its field."""
    assert state(notes=(Text(remark),)) == "embargoed"
    assert state(notes=(Text(remark),), deferred_until="2024-02-01") == "public"
    record = msgspec.structs.replace(REGISTERED, notes=(Text(remark),))
    told = [one.value for one in check(record, office("LA"), DAY) if one.code == "deferment-unread"]
    assert told == [remark]


def test_a_remark_that_closes_a_record_is_told() -> None:
    record = msgspec.structs.replace(REGISTERED, notes=(Text("Publication deferred until 2027-01-01"),))
    told = [one for one in check(record, office("LA"), DAY) if one.code == "deferment-unread"]
    assert [(one.path, one.value) for one in told] == [("/notes/0", "Publication deferred until 2027-01-01")]
    read = msgspec.structs.replace(record, deferred_until="2027-01-01")
    assert "deferment-unread" not in [one.code for one in check(read, office("LA"), DAY)]


@pytest.mark.parametrize("stem", sorted(codelists.codes("deferment_stems")))
def test_every_word_of_the_table_closes_a_record_and_is_asked_for_as_a_heading(stem: str) -> None:
    assert state(notes=(Text(f"2027: {stem.upper()}"),)) == "embargoed"
    assert deferring.field_of(f"{stem} 2027", "design") in deferring.FIELDS


def test_words_of_closing_are_known_in_the_languages_of_the_region() -> None:
    table = codelists.table("deferment_stems")
    assert {row["language"] for row in table.values()} == set(
        "en fr es pt id ms tl vi ru kk ky uz lo km th my zh".split()
    )
    assert not any(map(deferment_words.tells, ["", "2027", "Furniture", "стул", "ເກົ້າອີ້", "Registered"]))


@pytest.mark.parametrize(
    "text",
    ["Penundaan publikasi", "Penangguhan penerbitan", "Rahasia", "RAHSIA", "ເປັນຄວາມລັບ", "ການຍື່ນລັບ", "សម្ងាត់", "เป็นความลับ", "Bí mật",
     "လျှို့ဝှက်", "Құпия", "Maxfiy", "Купуя сүрөттөр", "Segredo", "Dépôt scellé", "Confidentiel", "密封", "秘密设计", "Publish not before",
     "PublishNotBefore", "Not to be published before", "Hold publication", "Publication suspended until", "Restricted until",
     "Closed until", "closed_until", "Публикация приостановлена"],
)  # fmt: skip
def test_ways_of_saying_that_a_design_is_closed(text: str) -> None:
    assert deferring.field_of(text, "design") in deferring.FIELDS
    assert state(notes=(Text(text),)) == state(office_status=text) == "embargoed"


@pytest.mark.parametrize(
    "text",
    ["ສຳລັບເດັກ", "ສໍາລັບເດັກ", "ຕະລັບແປ້ງ", "inundated field", "different handles", "Closed lid", "Suspended", "Restricted use",
     "закрытый корпус", "ตลับแป้ง", "Published", "Publication date"],
)  # fmt: skip
def test_like_words_close_nothing(text: str) -> None:
    assert state(notes=(Text(text),)) == state(office_status=text) == "public"


@pytest.mark.parametrize("title", ["Secret Garden", "Sealed jar", "Delay line", "秘密花园", "Kotak rahasia"])
def test_titles_products_and_descriptions_close_nothing(title: str) -> None:
    product = ProductClass(number="07-01", texts=(Text(title),))
    one = SingleDesign(titles=(Text(title),), products=(product,), descriptions=(Text(title),))
    assert state(designs=(one,)) == "public"
