"""What the designs of an application say of their own is found with what is said of the application."""

from typing import Any

import pytest

from ipregister.search.closing import closed_by
from ipregister.search.entries import entries, names
from ipregister.search.fields import BY_NAME
from ipregister.search.sources import Source

ALPHA = {"names": [{"text": "Alpha Looms"}], "country": "TH"}
BETA = {"names": [{"text": ""}], "organization_names": [{"text": "Beta Weavers"}], "country": "VN"}
PUBLIC: dict[str, Any] = {
    "right": "design", "office": "MY", "subtype": "DESIGN",
    "applicants": [ALPHA],
    "designs": [
        {"applicants": [ALPHA, BETA], "representatives": [BETA], "events": [{"kind": "registered"}],
         "publications": [{"date": "2020-01-02", "identifier": "G-7/20"}],
         "priorities": [{"country": "JP", "number": "77-1", "date": "2019-05-06"}]},
        {"applicants": [BETA], "recordals": [{"kind": "transfer"}]},
    ],
}  # fmt: skip


def test_the_records_own_stand_first_and_none_twice() -> None:
    assert entries(PUBLIC, "applicants") == [ALPHA, BETA]
    assert entries({"applicants": [ALPHA, ALPHA]}, "applicants") == [ALPHA, ALPHA]
    assert entries({}, "applicants") == []
    assert [text["text"] for text in names([ALPHA, BETA])] == ["Alpha Looms", "Beta Weavers"]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("applicant", ["Alpha Looms", "Beta Weavers"]),
        ("representative", ["Beta Weavers"]),
        ("country", ["TH", "VN"]),
        ("rep_country", ["VN"]),
        ("published", ["2020-01-02"]),
        ("gazette", ["g720"]),
        ("priority_country", ["JP"]),
        ("priority_date", ["2019-05-06"]),
        ("priority_number", ["771"]),
        ("event", ["registered", "transfer"]),
        ("has", ["applicant", "representative", "priority", "published", "event"]),
    ],
)
def test_a_field_reads_the_designs_too(field: str, found: list[str]) -> None:
    words = [word for word in BY_NAME[field].values(Source("my-1", PUBLIC)) if word]
    assert sorted(map(str, words)) == sorted(found)


def test_hiding_them_closes_the_fields() -> None:
    assert closed_by(("designs/*/applicants",)) == {"applicant", "country", "has:applicant"}
    assert {"published", "gazette", "has:published"} <= closed_by(("designs/*/publications",))
