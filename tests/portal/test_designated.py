"""The table of designated countries: the state that is told, and the acts that were recorded for each country."""

from typing import Any

from ipregister.portal.designated import designations
from ipregister.portal.values import Panel

RECORD: dict[str, Any] = {
    "right": "trademark",
    "designations": [
        {"country": "TH", "under": "Protocol"},
        {"country": "CN", "under": "Protocol"},
        {"country": "JP"},
    ],
    "recordals": [
        {"kind": "limitation", "effective_date": "2018-03-04", "offices": ["CN", "TH"]},
        {"kind": "grant", "date": "2017-01-02", "offices": ["TH"]},
        {"kind": "renewal", "date": "2026-01-02"},
    ],
    "events": [{"kind": "provisional-refusal", "date": "2016-05-06", "country": "CN"}],
}


def cells(panel: Panel | None) -> list[list[str]]:
    assert panel is not None
    return [
        [f"{v.text} {v.note}".strip() for cell in item["cells"] for v in cell] for item in panel.items[1:]
    ]


def heads(panel: Panel | None) -> list[str]:
    assert panel is not None
    return [head for head, _ in panel.items[0]["heads"]]


def test_each_country_has_its_acts_in_the_order_of_their_days() -> None:
    panel = designations(RECORD, "en")
    assert heads(panel) == ["Country", "Recorded acts", "Under"]
    thai, chinese, japanese = cells(panel)
    assert thai == ["Thailand (TH)", "Grant of protection 2 January 2017",
                    "Limitation of goods and services 4 March 2018", "Protocol"]  # fmt: skip
    assert chinese[1].endswith("6 May 2016")
    assert chinese[2] == "Limitation of goods and services 4 March 2018"
    assert japanese == ["Japan (JP)"]


def test_a_column_that_no_country_fills_is_left_out() -> None:
    told = {
        "right": "trademark",
        "designations": [{"country": "TH", "state": "granted", "classes": [9], "expiry_date": "2030-01-02"}],
    }
    panel = designations(told, "en")
    assert heads(panel) == ["Country", "State there", "Term ends", "Classes"]
    assert cells(panel) == [["Thailand (TH)", "Protection granted", "2 January 2030", "9"]]


def test_without_designations_there_is_no_panel() -> None:
    assert designations({"right": "trademark"}, "en") is None
