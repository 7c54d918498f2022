"""The delivery report and its files."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from ipregister.model.cell import guarded
from ipregister.model.finding import Finding
from ipregister.quality.fill import FillCount
from ipregister.quality.messages import LANGUAGES, catalogue, message, why_held, word
from ipregister.quality.report import (
    DeliveryFacts,
    DeliveryReport,
    FindingCount,
    FindingRow,
    QuarantineRow,
    build,
    public_part,
    severities,
    undeclared,
)
from ipregister.quality.writers import as_json, as_text, write_csv, write_xlsx
from tests.quality.samples import CLEAN

KINDS = catalogue()
FACTS = DeliveryFacts("LA", "ab12", "LA.20261031.zip", "full", "2026-10-31", "2026-11-02", 10, 7, 1, 2)
EVIL = '=HYPERLINK("http://x","y")'
ROWS = [
    *(
        FindingRow(Finding("country-unknown", "warning", "/applicants/0/country", "ZZ"), f"la-{i}", f"{i}", i)
        for i in range(7)
    ),
    FindingRow(Finding("replacement-character", "error", "/mark/verbal/0/text", EVIL), "la-9", "9", 9),
]
HELD = [
    QuarantineRow("no-number", 3, member="a/b.xml"),
    QuarantineRow("no-number", 4),
    QuarantineRow("truncated", 5),
]


@pytest.fixture
def report() -> DeliveryReport:
    count = FillCount()
    count.add(CLEAN)
    before = build(FACTS, ROWS[:2])
    return build(FACTS, ROWS, HELD, count.rates(), before)


def test_counts_shares_samples_and_trend(report: DeliveryReport) -> None:
    error, warning = report.findings
    assert (error.code, error.count, error.share, error.previous) == ("replacement-character", 1, 0.1, 0.0)
    assert (warning.count, warning.share, warning.previous, len(warning.samples)) == (7, 0.7, 0.2, 5)
    assert severities(report) == {"error": 1, "warning": 7, "notice": 0}
    assert [(row.reason, row.count) for row in report.quarantine] == [("no-number", 2), ("truncated", 1)]
    assert report.before == FACTS.name
    assert undeclared(report, KINDS) == ()


def test_a_tally_counts_where_rows_are_samples() -> None:
    report = build(FACTS, ROWS[:1], tally={"country-unknown": ("warning", 400, 5)})
    assert (report.findings[0].count, len(report.findings[0].samples)) == (400, 1)
    assert (report.findings[0].records, report.findings[0].share) == (5, 0.5)
    assert report.findings[0].previous is None


def test_a_share_is_of_records_and_never_above_all_of_them() -> None:
    row = FindingRow(Finding("country-unknown", "warning", "/holders/0/country", "ZZ"), "la-1", "1", 1)
    found = build(FACTS, [row] * 60).findings[0]
    assert (found.count, found.records, found.share) == (60, 1, 0.1)


def test_the_public_sees_fill_and_lag_only(report: DeliveryReport) -> None:
    public = public_part(report, dt.date(2026, 11, 21))
    assert (public.office, public.lag_days) == ("LA", 21)
    assert public.fill == report.fill
    assert not hasattr(public, "findings")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_json(report: DeliveryReport, lang: str) -> None:
    plain = json.loads(as_json(report, lang, KINDS))
    assert plain["language"] == lang
    assert plain["findings"][0]["message"]
    assert plain["facts"]["taken"] == 10


def test_csv_has_all_findings_and_no_formula() -> None:
    out = io.StringIO(newline="")
    assert write_csv(ROWS, out, "en", KINDS) == len(ROWS)
    lines = list(csv.reader(io.StringIO(out.getvalue())))
    assert lines[0][:2] == ["Severity", "Code"]
    assert lines[-1][4] == "'" + EVIL
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t1", " =1", "＝1"])
def test_formulas_are_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert guarded("4-2019-1") == "4-2019-1"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_spreadsheet(report: DeliveryReport, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "report.xlsx"
    write_xlsx(report, ROWS, HELD, path, lang, KINDS)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 3
    findings = book.worksheets[1]
    assert findings.max_row == len(ROWS) + 1
    cell = findings.cell(row=findings.max_row, column=5)
    assert (cell.value, cell.data_type) == (EVIL, "s")
    assert book.worksheets[2].max_row == len(HELD) + 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_terminal(report: DeliveryReport, lang: str) -> None:
    text = as_text(report, lang, KINDS, width=160)
    assert text.count(f"{word('remedy', lang)}: ") == len(report.findings)
    assert "country-unknown" in text
    assert "LA.20261031.zip" in text
    assert max(map(len, text.splitlines())) <= 160


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_narrow_terminal_cuts_nothing(report: DeliveryReport, lang: str) -> None:
    whole = as_text(report, lang, KINDS, width=400)
    text = as_text(report, lang, KINDS, width=80)
    assert max(map(cell_len, text.splitlines())) <= 80
    assert text.count("…") == whole.count("…")
    for row in report.findings:
        for told in message(_first(row), lang, KINDS):
            assert _joined(told) in _joined(text)


def _first(row: FindingCount) -> Finding:
    one = row.samples[0]
    return Finding(row.code, row.severity, one.path, one.value, one.arguments)


def _joined(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_record_of_another_office_names_both(lang: str) -> None:
    told, _ = why_held("office-mismatch", "KH", "la-x-t-0123", lang, KINDS)
    assert "KH" in told
    assert "LA" in told
    assert "…" not in told
    held = build(FACTS, ROWS, [QuarantineRow("office-mismatch", 3, "la-x-t-0123", detail="KH")])
    assert told.split()[0] in as_text(held, lang, KINDS, width=200)
