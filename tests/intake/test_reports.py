"""The report of a delivery tells the findings of all its records, unchanged ones included."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from ipregister.intake import reports
from ipregister.intake.findings import NOT_LISTED
from ipregister.model.finding import Finding
from ipregister.store.register import Register
from ipregister.store.rows import DeliveryHead, NewDelivery
from tests.store.filings import CONTAINER, NOW, deliver, mark, slice_of

CODE = "status-ignores-registration"


def _ignored(status: str) -> tuple[Finding, ...]:
    return (Finding(CODE, "warning", "/office_status", status, {"date": "2019-05-06"}),)


def _twice(register: Register, day: str = "2026-02-28") -> DeliveryHead:
    """The second of two deliveries: of four records one is changed and one is new."""
    first = [slice_of(i, f"la-{i}", mark(f"la-{i}"), findings=_ignored(f"word {i}")) for i in range(4)]
    deliver(register, "first", "2026-01-31", first)
    changed = [slice_of(0, "la-0", mark("la-0", "Expired"), findings=_ignored("changed")), *first[1:]]
    return deliver(register, "second", day, [*changed, slice_of(4, "la-4", mark("la-4"))])


@pytest.mark.parametrize("day", ["2026-02-28", "2026-01-31"])
def test_findings_of_unchanged_records_are_listed(register: Register, day: str) -> None:
    head = _twice(register, day)
    assert head.counts.unchanged == 3
    rows = [(row.key, row.finding.value) for row in reports.finding_rows(register, head)]
    assert rows == [("la-0", "changed"), ("la-1", "word 1"), ("la-2", "word 2"), ("la-3", "word 3")]
    (count,) = reports.delivery_report(register, head).findings
    assert count.count == 4
    assert [sample.value for sample in count.samples] == [value for _, value in rows]


def test_a_record_that_changed_afterwards_keeps_its_finding_in_the_report(register: Register) -> None:
    head = _twice(register)
    deliver(register, "third", "2026-03-31", [slice_of(0, "la-1", mark("la-1", "Expired"))])
    assert "la-1" in [row.key for row in reports.finding_rows(register, head)]


def test_what_is_not_listed_is_told_with_the_total(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = _twice(register)
    monkeypatch.setattr(reports, "LISTED", 2)
    *listed, last = reports.finding_rows(register, head)
    assert len(listed) == 3
    assert (last.finding.code, last.finding.value) == (NOT_LISTED, CODE)
    assert last.finding.arguments == {"listed": "3", "total": "4"}


def test_sentences_of_a_delivery_that_changes_nothing_have_their_values(
    register: Register, tmp_path: Path
) -> None:
    same = [slice_of(0, "la-0", mark("la-0"), findings=_ignored("Published"))]
    deliver(register, "first", "2026-01-31", same)
    head = deliver(register, "second", "2026-02-28", same)
    for ending in ("csv", "json", "xlsx"):
        reports.write(register, head, tmp_path / f"report.{ending}", "en")
    (found,) = json.loads((tmp_path / "report.json").read_bytes())["findings"]
    assert found["message"].startswith("The status is “Published”")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as text:
        (row,) = csv.DictReader(text)
    assert "la-0" in row.values()
    assert "“Published”" in "".join(row.values())


def _taken(register: Register, name: str, day: str, right: str, codes: int) -> DeliveryHead:
    """A delivery of two records of a right, of which so many have a finding."""
    head = register.begin(
        NewDelivery("LA", hashlib.sha256(name.encode()).hexdigest(), name, "delta", day, CONTAINER), NOW
    )
    slices = [
        slice_of(i, f"la-{name}-{i}", mark(f"la-{name}-{i}"), findings=_ignored(name) if i < codes else ())
        for i in range(2)
    ]
    filled = {"": 2} if right == "trademark" else {f"{right}:": 2}
    register.put(head.id, slices, next_index=2, now=NOW, fill=filled)
    return register.finish(head.id, NOW)


def test_the_trend_is_by_the_day_of_the_data_not_by_the_order_of_loading(register: Register) -> None:
    march = _taken(register, "march", "2026-03-31", "trademark", 2)
    january = _taken(register, "january", "2026-01-31", "trademark", 1)
    february = _taken(register, "february", "2026-02-28", "trademark", 2)
    told = {head.name: reports.delivery_report(register, head) for head in (march, january, february)}
    assert {name: report.before for name, report in told.items()} == {
        "march": "february", "february": "january", "january": "",
    }  # fmt: skip
    (count,) = told["february"].findings
    assert (count.share, count.previous) == (1.0, 0.5)


def test_the_trend_is_against_a_delivery_of_the_same_right(register: Register) -> None:
    marks = _taken(register, "marks", "2026-01-31", "trademark", 2)
    _taken(register, "designs", "2026-02-28", "design", 1)
    designs = _taken(register, "more designs", "2026-03-31", "design", 1)
    later = _taken(register, "more marks", "2026-04-30", "trademark", 1)
    before = {head.name: reports.delivery_report(register, head).before for head in (marks, designs, later)}
    assert before == {"marks": "", "more designs": "designs", "more marks": "marks"}


def test_of_deliveries_of_one_day_the_one_loaded_first_is_before(register: Register) -> None:
    first = _taken(register, "first", "2026-01-31", "trademark", 2)
    second = _taken(register, "second", "2026-01-31", "trademark", 2)
    assert reports.delivery_report(register, first).before == ""
    assert reports.delivery_report(register, second).before == "first"
