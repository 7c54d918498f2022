"""Clearance reports as a spreadsheet: hits, coverage, question; of a batch one more sheet with a line a name."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from ipregister.desk import report_texts
from ipregister.desk.clearance import ClearHit, Report
from ipregister.desk.closeness import BANDS

_HIT = (("Asked", 22), ("Closeness", 14), ("State", 24), ("Name", 28), ("Record", 18), ("Office", 8), ("Numbers", 22), ("Owner", 28),
        ("Classes", 14), ("Goods", 14), ("Goods score", 8), ("Status", 14), ("Earliest day", 20), ("Score", 8), ("Picture score", 8), ("Why", 60))  # fmt: skip
_COVERAGE = (("Office", 10), ("Published marks", 16), ("Data to", 14), ("What cannot be seen", 70))
_NAMES = (
    ("Name", 28),
    ("Classes", 14),
    *((report_texts.BANDS[band], 14) for band in BANDS),
    ("In force or pending", 20),
    ("Closest", 28),
)


def sheet(reports: Sequence[Report]) -> bytes:
    """An XLSX file of one report, or of the reports of a batch."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        if len(reports) > 1:
            _table(book, "Names", _NAMES, map(_name, reports), bold)
        _table(book, "Hits", _HIT, (_hit(report, hit) for report in reports for hit in report.hits), bold)
        _table(book, "Coverage", _COVERAGE, _coverage(reports[0]), bold)
        _table(book, "Question", (("What", 26), ("Value", 90)), _question(reports[0], len(reports)), bold)
    return out.getvalue()


def _table(
    book: Any, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]], bold: Any
) -> None:
    page = book.add_worksheet(title)
    page.freeze_panes(1, 0)
    for place, (heading, width) in enumerate(columns):
        page.set_column(place, place, width)
        page.write_string(0, place, heading, bold)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                page.write_number(number, place, value)
            else:
                page.write_string(number, place, value[:32_000])


def _name(report: Report) -> list[Any]:
    counts = [sum(hit.closeness == band for hit in report.hits) for band in BANDS]
    living = sum(hit.standing.group in {"earlier", "pending", "grace"} for hit in report.hits)
    first = report.hits[0] if report.hits else None
    closest = f"{first.title} ({first.key})" if first else ""
    return [
        " | ".join(report.question.names),
        " ".join(map(str, report.question.classes)),
        *counts,
        living,
        closest,
    ]


def _hit(report: Report, hit: ClearHit) -> list[Any]:
    return [
        hit.asked or " | ".join(report.question.names), report_texts.BANDS[hit.closeness], report_texts.GROUPS[hit.standing.group],
        hit.title, hit.key, hit.office, " ".join(hit.numbers), hit.owner, " ".join(map(str, hit.classes)), report_texts.GOODS[hit.goods], hit.goods_score,
        hit.status, report_texts.day_of(hit), hit.score, hit.picture_score, report_texts.why(hit),
    ]  # fmt: skip


def _coverage(report: Report) -> Iterable[Sequence[Any]]:
    return ((one.office, one.records, one.blind.data_day, report_texts.blind(one)) for one in report.coverage)


def _question(report: Report, names: int) -> list[tuple[str, str]]:
    rows = report_texts.question(report)
    if names > 1:
        rows[0] = ("Names", f"{names} names: see the sheet Names")
    rows += [("Finding", report_texts.finding(code, argument)) for code, argument in report.findings]
    return [*rows, ("Note", report_texts.NOT_LOOKED_AT)]
