"""Bands, standings, blind periods, stems: the plain rules of the desk."""

import datetime as dt
from typing import Any

import pytest

from ipregister.desk import blind_period, closeness
from ipregister.desk.closeness import NAME_RULES, PICTURE_RULES, band_of
from ipregister.desk.medicine_stems import stems, stems_in
from ipregister.desk.standing import earliest_day, standing
from ipregister.model.status import State

DAY = dt.date(2026, 6, 30)


@pytest.mark.parametrize(("told", "score", "band"), [
    ({"same_look": 1.0}, 0.2, "identical"),
    ({"same_spoken": 1.0}, 0.2, "very-close"),
    ({"same_words": 1.0}, 0.2, "very-close"),
    ({"same_sounds": 1.0, "aligned": 0.86}, 0.2, "very-close"),
    ({"same_sounds": 1.0, "aligned": 0.6}, 0.01, ""),
    ({"same_sounds": 1.0, "aligned": 0.79, "vector": 0.8}, 0.0084, "close"),  # Fisio, Physio
    ({"same_sounds": 1.0, "aligned": 0.5, "vector": 0.86}, 0.01, "close"),
    ({"same_sounds": 1.0, "aligned": 0.6, "vector": 0.8}, 0.01, ""),
    ({"aligned": 0.84, "vector": 0.77, "same_script": 1.0}, 0.0006, "some"),  # ASEAN, OCEAN
    ({"aligned": 0.84, "vector": 0.77}, 0.0006, "close"),
    ({"sounds": 0.93, "vector": 0.95, "aligned": 0.61}, 0.0199, "close"),  # Kwik Fiks, Quick Fix
    ({"sounds": 0.9, "vector": 0.95, "aligned": 0.61}, 0.0199, ""),
    ({"aligned": 0.86, "vector": 0.77, "same_script": 1.0}, 0.0006, "close"),
    ({"aligned": 0.95}, 0.1, "very-close"),
    ({"vector": 0.4}, 0.97, "very-close"),
    ({"whole_word": 0.6}, 0.01, "close"),
    ({"look": 0.86}, 0.01, "close"),
    ({"vector": 0.4}, 0.72, "close"),
    ({"look": 0.8}, 0.01, "some"),
    ({"vector": 0.4}, 0.21, "some"),
    ({"letters": 0.8}, 0.01, "close"),
    ({"letters": 0.76}, 0.01, "some"),
    ({"letters": 0.7}, 0.01, ""),
    ({"look": 0.4, "aligned": 0.5, "sounds": 0.9}, 0.01, ""),
])  # fmt: skip
def test_names_fall_into_bands(told: dict[str, float], score: float, band: str) -> None:
    assert band_of(NAME_RULES, told, score)[0] == band


def test_scores_by_set_weights_have_limits_of_their_own() -> None:
    """By set weights, names that have little in common still score above one half."""
    bands = {score: band_of(NAME_RULES, {}, score)[0] for score in (0.5, 0.66, 0.72, 0.8, 0.96)}
    assert bands == {0.5: "", 0.66: "some", 0.72: "some", 0.8: "close", 0.96: "very-close"}


def test_pictures_fall_into_bands_in_order() -> None:
    found = [band_of(PICTURE_RULES, {}, score / 100)[0] for score in range(100, 0, -1)]
    assert list(dict.fromkeys(found)) == [*closeness.BANDS, ""]


@pytest.mark.parametrize(("score", "seen", "by_outlines"), [
    (0.98, "identical", "identical"), (0.93, "very-close", "close"), (0.85, "close", "some"), (0.7, "some", ""),
])  # fmt: skip
def test_outlines_alone_say_less_than_the_network(score: float, seen: str, by_outlines: str) -> None:
    assert band_of(PICTURE_RULES, {"edges": 0.9, "network": 0.9}, score)[0] == seen
    assert band_of(PICTURE_RULES, {"edges": 0.9}, score)[0] == by_outlines


def test_an_indication_that_sounds_the_same_is_not_the_same() -> None:
    assert closeness.indication_band("identical", {"same_look": 1.0}) == "identical"
    assert closeness.indication_band("identical", {"same_look": 0.0, "same_sounds": 1.0}) == "very-close"
    assert closeness.indication_band("part", {"same_look": 0.0}) == "close"


@pytest.mark.parametrize(("state", "until", "filed", "group"), [
    ("registered", None, "2020-01-01", "earlier"),
    ("registered", None, "2026-07-01", "later"),
    ("registered", None, "", "earlier"),
    ("published", None, "2026-01-01", "pending"),
    ("suspended", None, "2026-01-01", "pending"),
    ("term-ended", "2026-09-30", "2015-01-01", "grace"),
    ("term-ended", "2026-03-30", "2015-01-01", "open"),
    ("term-ended", None, "2015-01-01", "open"),
    ("unknown", None, "2015-01-01", "open"),
    ("cancelled", None, "2015-01-01", "dead"),
    ("expired", None, "2030-01-01", "dead"),
])  # fmt: skip
def test_standing_by_state_and_day(state: str, until: str | None, filed: str, group: str) -> None:
    plain = {"application_date": filed} if filed else {}
    found = standing(plain, State(state, "rule", late_renewal_until=until), DAY)
    assert found.group == group
    assert bool(found.until) == (group == "grace")


def test_a_priority_makes_a_later_filing_earlier() -> None:
    plain: dict[str, Any] = {
        "application_date": "2026-09-01",
        "priorities": [{"date": "2026-04-01"}, {"country": "US"}],
    }
    assert earliest_day(plain) == ("2026-04-01", True)
    assert standing(plain, State("filed", "rule"), DAY).group == "pending"
    assert standing({**plain, "priorities": []}, State("filed", "rule"), DAY).group == "later"


def filed(days: list[int | None]) -> list[dict[str, Any]]:
    start = dt.date(2024, 1, 1)
    return [{"application_date": start.isoformat(), "publications": [
        {"date": (start + dt.timedelta(one)).isoformat()}, {"date": "2030-01-01"}] if one is not None else []} for one in days]  # fmt: skip


def test_the_delay_is_measured_from_filing_to_the_first_publication() -> None:
    found = blind_period.measured("LA", "2026-06-30", DAY, filed([*range(10, 110, 10), None]))
    assert (found.median, found.most, found.measured, found.unpublished) == (60, 100, 11, 1)
    assert found.seen_to == "2026-03-22"
    assert found.priority_since == "2025-12-30"


def test_too_few_records_and_bad_dates_measure_nothing() -> None:
    odd = [{"application_date": "2024", "publications": [{"date": "2024-03-01"}]},
           {"application_date": "2024-05-01", "publications": [{"date": "2024-03-01"}, {}]}]  # fmt: skip
    found = blind_period.measured("LA", "2026-06-30", DAY, [*filed([10, 20]), *odd])
    assert found.median is None
    assert found.seen_to == ""
    assert found.unpublished == 2
    assert blind_period.windows("") == []
    assert all(first < last < "2026-06-30" for first, last in blind_period.windows("2026-06-30"))


@pytest.mark.parametrize(("day", "before"), [("2026-08-31", "2026-02-28"), ("2024-08-31", "2024-02-29"), ("2026-01-15", "2025-07-15"),
                                             ("2026-12-31", "2026-06-30")])  # fmt: skip
def test_six_months_before(day: str, before: str) -> None:
    assert blind_period.six_months_before(dt.date.fromisoformat(day)).isoformat() == before


def test_stems_are_found_where_they_belong() -> None:
    assert [one.stem for one in stems_in("Lipovastatin Forte")] == ["vastatin"]
    assert [one.stem for one in stems_in("Zantomab", (5,))] == ["mab"]
    assert [one.stem for one in stems_in("Zoltamab")] == [
        "mab"
    ]  # medicines are possible where no class is named
    assert stems_in("Zantomab", (25,)) == []
    assert [one.stem for one in stems_in("ຟາລິມັບ", (5,))] == ["mab"]
    assert stems_in("Mabel Kitchen", (5,)) == []
    assert stems_in("Statin") == []
    assert [(one.word, one.stem) for one in stems_in("เมทฟอร์มิน")] == [("metformin", "formin")]


def test_the_list_of_stems_is_in_order() -> None:
    assert len(stems()) > 100
    assert len({(one.stem, one.place) for one in stems()}) == len(stems())
    assert {one.place for one in stems()} == {"end", "begin", "inside"}
    assert all(one.stem.isascii() and one.stem.islower() and one.group for one in stems())
