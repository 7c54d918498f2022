"""The derived state: the office's word, events, dates; a named rule for each; the clock alone ends nothing."""

import datetime as dt
import time
from typing import Any

import pytest

from ipregister.model import codelists, offices, status
from ipregister.model.event import Event, Recordal
from ipregister.model.mark import Trademark
from ipregister.model.offices import Feed, Office, Term
from ipregister.model.right import Publication
from ipregister.model.status import RULES, State, add_months, derive, is_past, term_of

TODAY = dt.date(2026, 11, 21)
DATA = "2026-10-31"
WORDS = {
    "Registered": "registered",
    "Filed": "filed",
    "Published": "published",
    "Suspended": "suspended",
    "Withdrawn": "withdrawn",
    "Rejected": "refused",
    "Inactive": "inactive",
    "Expired": "expired",
    "Partial": "partially-refused",
}
TERM = Term("trademark", 10, "filing", grace_months=6, renewal_years=10, source="Law 38/NA, Article 51")


def make_office(code: str = "LA", **fields: Any) -> Office:
    feed = Feed(reader="st66", record_tags=("Transaction",))
    values: dict[str, Any] = {"statuses": WORDS, "terms": (TERM,), **fields}
    return Office(code=code, name="Test", zone="UTC", feed=feed, series=(), **values)


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: dict[str, dict[str, str]] = {name: {} for name in offices.TABLES} | {
        "statuses": {k.casefold(): v for k, v in WORDS.items()}
    }
    monkeypatch.setattr(offices, "_folded", lambda code: folded)


def state_of(code: str = "LA", day: dt.date = TODAY, data_day: str = DATA, **fields: Any) -> State:
    """What is derived; the state alone, as search reads it, is always the same."""
    record, office = Trademark(office=code, **fields), make_office(code)
    found = derive(record, office, day, data_day)
    assert status.state_of(record, office, day, data_day) == found.state
    return found


@pytest.mark.parametrize(("word", "state"), WORDS.items())
def test_the_offices_word_comes_first(word: str, state: str) -> None:
    found = state_of(office_status=word, status_date="2020-01-01", events=(Event("withdrawn", "2021-01-01"),))
    assert (found.state, found.rule, found.since) == (state, "office-word", "2020-01-01")
    assert found.arguments == {"word": word}


def test_unmapped_word_is_unknown() -> None:
    found = state_of(office_status="M40", registration_date="2020-01-01")
    assert (found.state, found.rule, found.arguments) == ("unknown", "office-word-unknown", {"word": "M40"})


def test_future_status_date_is_flagged() -> None:
    found = state_of(office_status="Registered", status_date="2028-01-01")
    assert (found.state, found.rule, found.since) == ("registered", "office-word-future", None)


@pytest.mark.parametrize("word", ["Published", "Filed"])
@pytest.mark.parametrize(
    "registration",
    [
        {"registration_date": "2019-05-06", "events": (Event("published", "2019-06-01"),)},
        {"events": (Event("registered", "2019-05-06"), Event("published", "2019-06-01"))},
    ],
)
def test_a_registration_in_the_record_stands_over_a_word_of_the_time_before_it(
    word: str, registration: dict[str, Any]
) -> None:
    found = state_of(office_status=word, status_date="2019-06-01", **registration)
    assert (found.state, found.rule, found.since) == ("registered", "registration-over-word", "2019-05-06")
    assert found.arguments == {"word": word, "date": "2019-05-06"}
    assert state_of(office_status=word, day=dt.date(2019, 1, 1), **registration).rule == "office-word"
    ended = state_of(office_status=word, expiry_date="2025-01-01", **registration)
    assert (ended.state, ended.rule) == ("term-ended", "term-ended")


def test_what_ended_a_registration_stands_over_a_word_of_the_time_before_it() -> None:
    record: dict[str, Any] = {"office_status": "Published", "registration_date": "2019-05-06"}
    found = state_of(events=(Event("cancelled", "2020-01-01"),), **record)
    assert (found.state, found.rule, found.since) == ("cancelled", "latest-event", "2020-01-01")
    assert state_of(events=(Event("withdrawn", "2018-01-01"),), **record).state == "registered"
    assert state_of(termination_date="2021-01-01", **record).state == "inactive"


def test_no_sentence_of_a_state_denies_a_registration() -> None:
    assert state_of(office_status="Published", registration_number="4711").state == "published"
    assert "not registered" not in codelists.column("states", "sentence")["published"]


def test_deletion_wins() -> None:
    assert state_of(office_status="Registered", deleted=True).rule == "office-deletion"


@pytest.mark.parametrize(
    ("word", "since"), [("", "2017-08-15"), ("Registered", None), ("Filed", None), ("Expired", "2017-08-15")]
)
def test_a_deletion_does_not_take_the_day_of_a_living_state(word: str, since: str | None) -> None:
    state = state_of(office_status=word, status_date="2017-08-15", deleted=True)
    assert (state.state, state.since) == ("deleted", since)


def test_term_over_without_renewal() -> None:
    found = state_of(office_status="Registered", expiry_date="2026-08-31")
    assert (found.state, found.rule) == ("term-ended", "term-ended")
    assert found.late_renewal_until == "2027-02-28"
    assert found.arguments["source"] == "Law 38/NA, Article 51"
    assert found.arguments["data_day"] == DATA


def test_term_not_over_on_its_last_day() -> None:
    found = state_of(office_status="Registered", expiry_date=TODAY.isoformat())
    assert (found.state, found.term_end) == ("registered", TODAY.isoformat())
    assert state_of(office_status="Registered", expiry_date="2026").state == "registered"
    assert (
        state_of(office_status="Registered", expiry_date="2026-10", data_day="2026-11-01").state
        == "term-ended"
    )


def test_term_over_after_the_data() -> None:
    found = state_of(office_status="Registered", expiry_date="2026-11-05")
    assert (found.state, found.rule) == ("term-ended", "term-ended-after-data")


def test_term_without_law_names_no_late_renewal() -> None:
    record = Trademark(office="LA", office_status="Registered", expiry_date="2020-01-01")
    found = derive(record, make_office(terms=()), TODAY, DATA)
    assert (found.rule, found.late_renewal_until) == ("term-ended-no-late-renewal", None)


@pytest.mark.parametrize(
    "renewal",
    [
        {"events": (Event("renewed", "2025-12-20"),)},
        {"recordals": (Recordal("renewal", effective_date="2026-08-31"),)},
    ],
)
def test_renewal_in_the_data_keeps_the_right(renewal: dict[str, Any]) -> None:
    found = state_of(office_status="Registered", expiry_date="2026-08-30", **renewal)
    assert (found.state, found.rule) == ("registered", "renewed")


def test_old_renewal_does_not_count() -> None:
    found = state_of(
        office_status="Registered", expiry_date="2026-08-30", events=(Event("renewed", "2016-08-20"),)
    )
    assert found.state == "term-ended"


def test_a_refused_mark_has_no_term() -> None:
    assert state_of(office_status="Rejected", expiry_date="2016-08-30").state == "refused"


def test_events_where_there_is_no_word() -> None:
    events = (
        Event("registered", "2017-08-15"),
        Event("filed", "2016-08-17"),
        Event("published", "2017-09-30"),
        Event("cancelled", "2030-01-01"),
        Event("", "2018-01-01"),
        Event("assigned", "2019-01-01"),
    )
    found = state_of(events=events, application_date="2016-08-17")
    assert (found.state, found.rule, found.since) == ("registered", "latest-event", "2017-08-15")
    found = state_of(events=events, day=dt.date(2016, 12, 1))
    assert (found.state, found.since) == ("filed", "2016-08-17")
    found = state_of(events=(*events, Event("surrendered", "2020-01-01")))
    assert (found.state, found.arguments) == ("surrendered", {"event": "surrendered", "date": "2020-01-01"})


def test_registration_date_is_stronger_than_a_filing_event() -> None:
    found = state_of("KZ", events=(Event("filed", "2016-08-17"),), registration_date="2017-08-15")
    assert (found.state, found.rule) == ("registered", "registration-date")


@pytest.mark.parametrize(
    ("code", "fields", "state", "rule"),
    [
        (
            "KZ",
            {"registration_date": "2017-08-15", "expiry_date": "2030-01-01"},
            "registered",
            "registration-date",
        ),
        ("KZ", {"registration_date": "2017-08-15"}, "registered", "registration-date"),
        ("KZ", {"registration_date": "2007-08-15", "expiry_date": "2017-01-01"}, "term-ended", "term-ended"),
        ("KZ", {"registration_number": "4711"}, "registered", "registration-number"),
        ("KZ", {"application_date": "2026-08-15"}, "filed", "filing-date"),
        ("KZ", {"publications": (Publication(date="2026-01-01"),)}, "published", "publication-date"),
        (
            "KZ",
            {"termination_date": "2020-01-01", "registration_date": "2019-01-01"},
            "inactive",
            "termination-date",
        ),
        ("KZ", {"application_date": "2030-01-01"}, "unknown", "no-facts"),
        ("WO", {"application_date": "2020-01-01"}, "registered", "international-registration-date"),
        ("WO", {"application_date": "2010-01-01", "expiry_date": "2020-01-01"}, "term-ended", "term-ended"),
    ],
)
def test_dates_where_the_feed_carries_no_status(
    code: str, fields: dict[str, Any], state: str, rule: str
) -> None:
    found = state_of(code, **fields)
    assert (found.state, found.rule) == (state, rule)


def test_dates() -> None:
    assert add_months("2026-08-31", 6) == "2027-02-28"
    assert add_months("2023-08-31", 6) == "2024-02-29"
    assert add_months("2026-12-01", 12) == "2027-12-01"
    assert is_past("2025", "2026-01-01")
    assert not is_past("2026", "2026-12-31")


def test_term_in_force_on_a_day() -> None:
    old, new = Term("trademark", 7, "filing"), Term("trademark", 10, "filing", from_day="2018-01-01")
    office = make_office(terms=(new, old))
    assert term_of(office, "trademark", "2017-12-31") is old
    assert term_of(office, "trademark", "2018-01-01") is new
    assert term_of(office, "design", "2018-01-01") is None


def test_rules_and_states_are_declared() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert "term-ended" in codelists.codes("states")


def test_it_is_fast() -> None:
    record = Trademark(
        office="LA",
        registration_date="2016-08-17",
        expiry_date="2026-01-01",
        events=tuple(
            Event(kind, f"201{i}-01-01") for i, kind in enumerate(("filed", "examined", "published"))
        ),
    )
    office = make_office()
    derive(record, office, TODAY, DATA)
    start = time.process_time()
    for _ in range(2000):
        derive(record, office, TODAY, DATA)
    assert (time.process_time() - start) / 2000 < 0.0001
