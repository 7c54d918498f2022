"""Where a date stands, nothing else is taken: who counts with a date trusts that it is one."""

import json

import pytest

from ipregister.exchange.formats import Item, write
from ipregister.exchange.json import records
from ipregister.model.date_places import is_date_place, places_of
from ipregister.model.dates import is_date
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.model.record import RIGHTS
from ipregister.model.right import Priority

LA = office("LA")
RECORD = Trademark(
    office="LA",
    application_number="1",
    application_date="2024-05-06",
    priorities=(Priority("TH", "7", "2024"),),
)


@pytest.mark.parametrize("text", ["2024-02-29", "2024-12", "2024", "0001-01-01"])
def test_days_months_and_years_are_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "20c8-01-01", "2023-02-29", "2024-13", "10 | 20", "2024-5-6", "20240506", "2024-05-06T00", "༢༠༢༤"],
)
def test_what_is_none_is_none(text: str) -> None:
    assert not is_date(text)


def test_every_right_has_dates_and_no_other_text_is_one() -> None:
    for right in RIGHTS:
        assert "/application_date" in places_of(right)
        assert all(place.rpartition("/")[2] != "text" for place in places_of(right))
    assert is_date_place("design", "/designs/12/publications/3/date")
    assert not is_date_place("design", "/designs/12/publications/3/identifier")
    assert not is_date_place("trademark", "/applicants/0/date")


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize(
    ("old", "new"), [("2024-05-06", "20c8-05-06"), ('"2024"', '"10 | 20"'), ("2024-05-06", "2024-02-30")]
)
def test_a_line_of_ours_with_something_else_is_refused_with_its_place(old: str, new: str, blank: str) -> None:
    line = next(iter(write("jsonl", [Item("la-1", RECORD, LA, data_day="2026-01-31")]))).strip()
    assert records.read((line + blank).encode(), LA).record == RECORD
    changed = line.replace(old, new)
    reading = records.read((changed + blank).encode(), LA)
    assert (reading.record, reading.refusal) == (None, "not-a-record")
    value = json.loads(new) if new.startswith('"') else new
    assert value in reading.refusal_detail
    assert "date" in reading.refusal_detail
