"""The delivery report as files: JSON, CSV, a spreadsheet, and text for the terminal; in a language."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, TextIO

import msgspec
import xlsxwriter
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from ipregister.model.cell import guarded
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.line_breaks import UNSPACED, wrapped
from ipregister.model.sheets import Texts
from ipregister.quality.messages import message, table, why_held, word
from ipregister.quality.report import (
    SAMPLES,
    DeliveryReport,
    FindingCount,
    FindingRow,
    QuarantineCount,
    QuarantineRow,
    Sample,
)

Kinds = Mapping[str, FindingKind]
_FACTS = (
    "office",
    "delivery",
    "name",
    "kind",
    "extracted",
    "received",
    "taken",
    "stored",
    "unchanged",
    "quarantined",
)
_SHEET_ROWS = 1_000_000
_LEAST, _RULED, _INDENT = 40, 3, 4
"""Cells of a terminal: the least that sentences in a column have, what stands between two columns, and how far in
stands what is below its row."""
_COLUMNS = ("severity", "code", "record", "path", "value", "meaning", "remedy")


def as_json(report: DeliveryReport, lang: str, kinds: Kinds) -> bytes:
    """The report as one line of JSON, each finding with its message and remedy in the language. Of each code there
    are `samples_at_most` samples beside its `count`."""
    plain: dict[str, Any] = msgspec.to_builtins(report)
    for row, count in zip(plain["findings"], report.findings, strict=True):
        row["message"], row["remedy"] = _sentences(count, lang, kinds)
    plain["language"] = table(lang).language
    plain["samples_at_most"] = SAMPLES
    return msgspec.json.encode(plain)


def write_csv(rows: Iterable[FindingRow], out: TextIO, lang: str, kinds: Kinds) -> int:
    """All findings, a line each, into an open text file (UTF-8 with `newline=""`); how many lines."""
    sheet = csv.writer(out)
    sheet.writerow([word(name, lang) for name in _COLUMNS])
    lines = 0
    for row in rows:
        sheet.writerow([guarded(cell) for cell in _cells(row, lang, kinds)])
        lines += 1
    return lines


def _cells(row: FindingRow, lang: str, kinds: Kinds) -> list[str]:
    one = row.finding
    meaning, remedy = message(one, lang, kinds)
    where = row.number or row.key or (str(row.index) if row.index >= 0 else "")
    return [word(one.severity, lang), one.code, where, one.path, one.value, meaning, remedy]


def write_xlsx(
    report: DeliveryReport,
    findings: Iterable[FindingRow],
    quarantine: Iterable[QuarantineRow],
    path: Path,
    lang: str,
    kinds: Kinds,
) -> None:
    """The report as a spreadsheet: summary, findings, quarantine. Memory stays flat."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        texts, bold = Texts(book), book.add_format({"bold": True})
        _sheet(texts, word("summary", lang), _summary(report, lang, kinds), bold, lang)
        listed = (_cells(row, lang, kinds) for row in findings)
        _sheet(texts, word("findings", lang), [[word(c, lang) for c in _COLUMNS]], bold, lang, listed)
        heads = [word(name, lang) for name in ("reason", "record", "path", "meaning", "detail")]
        held = ([row.reason, row.key or str(row.index), row.member, *_why(row, lang, kinds)]
                for row in quarantine)  # fmt: skip
        _sheet(texts, word("quarantine", lang), [heads], bold, lang, held)


def _why(row: QuarantineRow, lang: str, kinds: Kinds) -> tuple[str, str]:
    return why_held(row.reason, row.detail, row.key, lang, kinds)[0], row.detail


def _first(held: QuarantineCount) -> QuarantineRow:
    return held.samples[0] if held.samples else QuarantineRow(held.reason, -1)


def _sheet(
    texts: Texts, title: str, heads: list[list[Any]], bold: Any, lang: str, rows: Iterable[list[str]] = ()
) -> None:
    sheet = texts.book.add_worksheet(title[:31])
    line = 0
    for head in heads:
        for column, cell in enumerate(head):
            if isinstance(cell, str):
                texts.write(sheet, line, column, cell, bold if len(heads) == 1 or len(head) == 1 else None)
            else:
                sheet.write(line, column, cell)
        line += 1
    for row in rows:
        if line >= _SHEET_ROWS:
            sheet.write_string(line, 0, word("cut", lang))
            break
        for column, cell in enumerate(row):
            texts.write(sheet, line, column, cell)
        line += 1


def _summary(report: DeliveryReport, lang: str, kinds: Kinds) -> list[list[Any]]:
    """The cells of the first sheet."""
    facts = report.facts
    cells: list[list[Any]] = [[word("report", lang)]]
    cells += [
        [word(name, lang), word(facts.kind, lang) if name == "kind" else getattr(facts, name)]
        for name in _FACTS
    ]
    cells += [[], [word("findings", lang)]]
    cells.append(
        [word(n, lang) for n in ("severity", "code", "count", "share", "previous", "meaning", "remedy")]
    )
    for row in report.findings:
        numbers = [row.count, round(row.share, 4), None if row.previous is None else round(row.previous, 4)]
        cells.append([word(row.severity, lang), row.code, *numbers, *_sentences(row, lang, kinds)])
    heads = ("field", "filled", "share", "previous", "right")
    cells += [[], [word("fill", lang)], [word(name, lang) for name in heads]]
    before = {(rate.right, rate.field): round(rate.share, 4) for rate in report.fill_before}
    cells += [
        [rate.field, rate.filled, round(rate.share, 4), before.get((rate.right, rate.field)), rate.right]
        for rate in report.fill
    ]
    cells += [[], [word("quarantine", lang)]]
    for held in report.quarantine:
        cells.append([held.reason, held.count, _why(_first(held), lang, kinds)[0]])
    if not _is_reviewed(lang):
        cells += [[], [word("machine", lang)]]
    return cells


def _sentences(row: FindingCount, lang: str, kinds: Kinds) -> tuple[str, str]:
    sample = row.samples[0] if row.samples else Sample("", -1, "", "…")
    return message(Finding(row.code, row.severity, sample.path, sample.value, sample.arguments), lang, kinds)


def _is_reviewed(lang: str) -> bool:
    return table(lang).language == "en" or bool(table(lang).reviewed)


def as_text(
    report: DeliveryReport, lang: str, kinds: Kinds, width: int = 100, label: Callable[[str], str] = str
) -> str:
    """The report as text for a terminal. `label` gives the words for a path in a record."""
    out = io.StringIO()
    console = Console(file=out, width=width, no_color=True, highlight=False, emoji=False, markup=False)
    facts = report.facts
    console.print(f"{word('report', lang)}: {facts.office} {facts.name} ({facts.extracted})")
    counts = ("taken", "stored", "unchanged", "quarantined")
    console.print("   ".join(f"{word(name, lang)}: {getattr(facts, name)}" for name in counts))
    _print(console, word("findings", lang), ("severity", "code", "count", "share", "meaning"), lang, [
        [word(row.severity, lang), row.code, str(row.count), _percent(row.share, row.previous),
         f"\n{word('remedy', lang)}: ".join(filter(None, _sentences(row, lang, kinds)))]
        for row in report.findings
    ])  # fmt: skip
    _print(console, word("quarantine", lang), ("reason", "count", "meaning"), lang, [
        [row.reason, str(row.count), _why(_first(row), lang, kinds)[0]]
        for row in report.quarantine
    ])  # fmt: skip
    _print(console, word("fill", lang), ("right", "field", "filled", "share"), lang, [
        [rate.right, f"{label(rate.field)} ({rate.inid})" if rate.inid else label(rate.field), str(rate.filled),
         _percent(rate.share, None)]
        for rate in report.fill if rate.filled
    ])  # fmt: skip
    return out.getvalue()


def _percent(share: float, previous: float | None) -> str:
    text = f"{share:.1%}"
    return text if previous is None else f"{text} ({share - previous:+.1%})"


def _print(console: Console, title: str, heads: tuple[str, ...], lang: str, rows: list[list[str]]) -> None:
    """Rows under their heads; where the line has no room for sentences beside the rest, each below it."""
    if not rows:
        return
    words = [word(head, lang) for head in heads]
    room = _room([words, *rows], console.width)
    if heads[-1] == "meaning" and room < _LEAST:
        _print_below(console, title, lang, rows)
        return
    grid = Table(title=title, title_justify="left", show_edge=False)
    for head, text in zip(heads, words, strict=True):
        side: Literal["left", "right"] = "right" if head in ("count", "filled") else "left"
        narrow = 9 if head == "share" else None
        grid.add_column(text, justify=side, no_wrap=head == "code", max_width=narrow, overflow="fold")
    for row in rows:
        grid.add_row(*row[:-1], _lines(row[-1], lang, room))
    console.print(grid)


def _print_below(console: Console, title: str, lang: str, rows: list[list[str]]) -> None:
    console.print(f"\n{title}", style="bold")
    for row in rows:
        console.print("  ".join(row[:-1]))
        for line in _lines(row[-1], lang, console.width - _INDENT).split("\n"):
            console.print(Padding(line, (0, 0, 0, _INDENT)))


def _lines(text: str, lang: str, room: int) -> str:
    """A text whose lines are broken for scripts that write no spaces; others are broken on printing."""
    return wrapped(text, lang, room) if table(lang).language in UNSPACED else text


def _room(rows: list[list[str]], width: int) -> int:
    """What is left of a line for the last column, where the others are as wide as they want to be."""
    widest = [
        max(cell_len(line) for row in rows for line in row[at].split("\n")) for at in range(len(rows[0]) - 1)
    ]
    return width - sum(one + _RULED for one in widest) - 2
