"""Clearance reports as a spreadsheet: hits, coverage, question; of a batch one more sheet with a line a name."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from ipregister.desk import report_texts as texts
from ipregister.desk.clearance import ClearHit, Report
from ipregister.desk.closeness import BANDS
from ipregister.desk.words import ENGLISH, Language, blind_line, finding
from ipregister.model.sheets import Texts

_HIT = (22, 14, 24, 28, 18, 14, 22, 28, 14, 14, 8, 14, 20, 8, 8, 60, 24)
_COVERAGE, _NAMES, _QUESTION = (16, 16, 14, 70), (28, 14, *(14 for _ in BANDS), 20, 28), (26, 90)
"""Widths of the columns."""
_LONGEST_SHEET = 31
"""Letters in the name of a sheet (Office Open XML)."""


def sheet(
    reports: Sequence[Report], language: Language = ENGLISH, findings: Sequence[tuple[str, str]] = ()
) -> bytes:
    """An XLSX file of one report, or of the reports of a batch with the findings on its list."""
    out, say = io.BytesIO(), language.say
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheets, bold = Texts(book), book.add_format({"bold": True, "bottom": 1})
        names, hits, coverage, question = [say(text)[:_LONGEST_SHEET] for text in texts.SHEETS]
        if len(reports) > 1:
            headings = (
                say("Name"),
                say("Classes"),
                *(texts.band(one, language) for one in BANDS),
                *map(say, texts.OF_NAMES),
            )
            _table(sheets, names, zip(headings, _NAMES, strict=True), map(_name, reports), bold)
        rows = (_hit(report, hit, language) for report in reports for hit in report.hits)
        _table(sheets, hits, zip(map(say, texts.HIT), _HIT, strict=True), rows, bold)
        _table(
            sheets,
            coverage,
            zip(map(say, texts.COVERAGE), _COVERAGE, strict=True),
            _coverage(reports[0], language),
            bold,
        )
        asked = _question(reports[0], len(reports), language, findings)
        _table(
            sheets, question, zip((say(texts.WHAT), say(texts.VALUE)), _QUESTION, strict=True), asked, bold
        )
    return out.getvalue()


def _table(
    sheets: Texts, title: str, columns: Iterable[tuple[str, int]], rows: Iterable[Sequence[Any]], bold: Any
) -> None:
    page = sheets.book.add_worksheet(title)
    page.freeze_panes(1, 0)
    for place, (heading, width) in enumerate(columns):
        page.set_column(place, place, width)
        page.write_string(0, place, heading, bold)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                page.write_number(number, place, value)
            else:
                sheets.write(page, number, place, value)


def _name(report: Report) -> list[Any]:
    counts = [sum(hit.closeness == band for hit in report.hits) for band in BANDS]
    living = sum(hit.standing.group in {"earlier", "pending", "grace"} for hit in report.hits)
    first = report.hits[0] if report.hits else None
    closest = f"{first.title} ({first.key})" if first else ""
    asked = report.question
    return [" | ".join(asked.names), " ".join(map(str, asked.classes)), *counts, living, closest]


def _hit(report: Report, hit: ClearHit, language: Language) -> list[Any]:
    return [
        hit.asked or " | ".join(report.question.names), texts.band(hit.closeness, language), texts.group(hit.standing.group, language),
        hit.title, hit.key, language.office(hit.office), " ".join(hit.numbers), hit.owner, " ".join(map(str, hit.classes)),
        texts.goods(hit, language), hit.goods_score, language.state(hit.status), texts.day_of(hit, language), hit.score, hit.picture_score,
        texts.why(hit, language), texts.own(hit, language),
    ]  # fmt: skip


def _coverage(report: Report, language: Language) -> Iterable[Sequence[Any]]:
    return (
        (language.office(one.office), one.records, one.blind.data_day, blind_line(one.blind, language))
        for one in report.coverage
    )


def _question(
    report: Report, names: int, language: Language, findings: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    rows = texts.question(report, language)
    if names > 1:
        of_each = {"Names": language.say(texts.MANY_NAMES) % {"n": language.number(names)}}
        of_each |= dict.fromkeys(texts.OF_EACH_NAME, language.say(texts.PER_NAME))
        rows = [
            (what, of_each.get(code, value)) for code, (what, value) in zip(texts.QUESTION, rows, strict=True)
        ]
    told = [finding(code, argument, language) for code, argument in (*findings, *report.findings)]
    rows += [(language.say(texts.FINDING), text) for text in told]
    return [*rows, (language.say(texts.NOTE), language.say(texts.NOT_LOOKED_AT))]
