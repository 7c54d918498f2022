"""The drafts of WIPO's annual questionnaire, against the records one by one."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from ipregister.model.design import Design, DesignParty, ProductClass, SingleDesign
from ipregister.model.errors import UsageError
from ipregister.model.offices import office
from ipregister.model.patent import Patent, PatentParty, PatentPublication
from ipregister.model.right import Publication
from ipregister.publication.statistics import counting, questionnaire
from ipregister.publication.statistics.questionnaire import Draft, Sheet
from ipregister.publication.statistics.tables import TABLES
from ipregister.store.register import Register
from tests.publication.test_statistics import ABROAD, MARK, NOW, SECRET, fill, register

__all__ = ["register"]
DESIGN = Design(
    office="LA", application_number="I/1", application_date="2024-03-01", registration_date="2024-09-01",
    designs=(SingleDesign(products=(ProductClass(number="07-01"),)), SingleDesign()), office_status="Registered",
    publications=(Publication(date="2024-10-01"),), applicants=(DesignParty(country="JP"),),
)  # fmt: skip
GRANT = Patent(
    office="LA", application_number="P/1", application_date="2021-05-01", registration_date="2024-05-01",
    publications=(PatentPublication(date="2022-11-01"),), applicants=(PatentParty(country="KR"),),
)  # fmt: skip
NAMELESS = msgspec.structs.replace(MARK, application_number="102", registration_date=None, applicants=())


@pytest.fixture
def draft(register: Register, tmp_path: Path) -> Draft:
    """The draft of 2024 for five public records and a secret one."""
    fill(register, MARK, ABROAD, NAMELESS, DESIGN, GRANT, SECRET)
    return questionnaire.draft(counting.counted(register, tmp_path, office("LA"), NOW), "2024")


def sheet(draft: Draft, right: str, name: str) -> Sheet:
    """A table."""
    (found,) = (one for one in draft.sheets if (one.right, one.name) == (right, name))
    return found


def cells(draft: Draft, right: str, name: str) -> dict[str, dict[str, int]]:
    """A table's figures that are not 0, by row and column."""
    made = sheet(draft, right, name)
    rows = {line.of: dict(zip(made.columns, line.values, strict=True)) for line in made.lines}
    return {of: {column: value for column, value in row.items() if value} for of, row in rows.items()}


def test_marks_direct_and_by_madrid_with_classes_apart(draft: Draft) -> None:
    assert cells(draft, "trademark", "applications-by-origin") == {
        "LA": {"applications direct": 1, "classes direct": 2, "applications total": 1, "classes total": 2},
        "TH": {"applications madrid": 1, "classes madrid": 1, "applications total": 1, "classes total": 1},
        "unknown": {"applications direct": 1, "classes direct": 2, "applications total": 1, "classes total": 2},
        "total": {"applications direct": 2, "classes direct": 4, "applications madrid": 1, "classes madrid": 1,
                  "applications total": 3, "classes total": 5},
    }  # fmt: skip
    assert list(cells(draft, "trademark", "applications-by-origin")) == ["LA", "TH", "unknown", "total"]
    assert cells(draft, "trademark", "registrations-by-origin")["total"] == {
        "registrations direct": 1, "classes direct": 2, "registrations total": 1, "classes total": 2,
    }  # fmt: skip


def test_every_class_has_a_row(draft: Draft) -> None:
    found = sheet(draft, "trademark", "by-class")
    assert [line.of for line in found.lines] == [f"{number:02d}" for number in range(1, 46)]
    told = cells(draft, "trademark", "by-class")
    assert told["09"] == {"applications direct": 2, "applications madrid": 1, "applications total": 3,
                          "registrations direct": 1, "registrations total": 1}  # fmt: skip
    assert told["01"] == {}


def test_designs_are_counted_apart_from_their_applications(draft: Draft) -> None:
    told = cells(draft, "design", "registrations-by-origin")
    assert told["JP"] == {
        "registrations direct": 1,
        "designs direct": 2,
        "registrations total": 1,
        "designs total": 2,
    }
    assert told["LA"] == {}, "the office's own country has a row though nobody of it applied"


def test_grants_stand_under_the_year_of_filing_too(draft: Draft) -> None:
    assert cells(draft, "patent", "grants-by-filing-year") == {"2021": {"grants": 1}, "total": {"grants": 1}}
    assert cells(draft, "patent", "grants-by-origin")["KR"] == {"grants direct": 1, "grants total": 1}
    assert list(cells(draft, "patent", "in-force-by-filing-year")) == ["2021", "total"]
    (stage,) = (line for line in sheet(draft, "patent", "procedure").lines if line.of == "registration")
    assert stage.values == (1, 1096, 1096, 1096)


def test_what_it_rests_on_stands_beside_it(draft: Draft) -> None:
    assert draft.status == "draft"
    told = draft.coverage["trademark"]
    assert told["published"] == 3
    assert "held" not in told, "of what is not published there is no count"
    assert (told["applications-of-the-year"], told["applications-of-the-year-without-origin"]) == (3, 1)
    assert draft.coverage["patent"]["published"] == 1
    assert any("31 December" in one for one in draft.unanswered)


def test_sums_are_those_of_the_statistics(draft: Draft, register: Register, tmp_path: Path) -> None:
    counts = counting.counted(register, tmp_path, office("LA"), NOW)
    for right in draft.coverage:
        total = cells(draft, right, "applications-by-origin")["total"].get("applications total", 0)
        assert total == sum(n for row, n in counts.cells["filings"] if row[:2] == (right, "2024"))


def test_a_line_for_every_figure(draft: Draft) -> None:
    rows = list(questionnaire.as_lines(draft))
    figures = sum(len(line.values) for one in draft.sheets for line in one.lines)
    assert len(rows) == figures + sum(map(len, draft.coverage.values()))
    assert all(len(row) == len(questionnaire.COLUMNS) for row in rows)


def test_one_right_alone_and_the_bureau_not_at_all(register: Register, tmp_path: Path) -> None:
    fill(register, MARK, DESIGN)
    counts = counting.counted(register, tmp_path, office("LA"), NOW)
    assert {one.right for one in questionnaire.draft(counts, "2024", "design").sheets} == {"design"}
    with pytest.raises(UsageError):
        questionnaire.draft(msgspec.structs.replace(counts, office="WO"), "2024")


def test_counts_of_an_older_layout_are_made_anew(register: Register, tmp_path: Path) -> None:
    """They lack tables that the drafts need."""
    fill(register, MARK)
    counts = counting.counted(register, tmp_path, office("LA"), NOW)
    old: Any = msgspec.structs.replace(counts, layout=1, cells={"filings": []})
    counting.keep(tmp_path, old)
    assert counting.counted(register, tmp_path, office("LA"), NOW).cells.keys() == {
        one.name for one in TABLES
    }
