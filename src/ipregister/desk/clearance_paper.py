"""A clearance report as a PDF (PDF/A-2b), set by typst; texts are data, never markup."""

import datetime as dt
import json
from importlib import resources
from typing import Any

from ipregister.desk import report_texts as texts
from ipregister.desk.clearance import ClearHit, Report
from ipregister.desk.closeness import BANDS
from ipregister.desk.fonts import Shown, Typesetter, shown
from ipregister.desk.standing import GROUPS
from ipregister.desk.words import ENGLISH, Language, blind_line, finding


def paper(report: Report, language: Language = ENGLISH, setter: Typesetter | None = None) -> bytes:
    """A report as a PDF. What no font of the machine shows is replaced by its sound and told as a finding; where that
    is the script of the language itself, the report is told in English."""
    setter = setter or Typesetter()
    if shown(setter, [language.say(texts.TITLE), language.say(texts.NOT_LOOKED_AT)]).scripts:
        language = ENGLISH
    data = _data(report, language)
    seen = shown(setter, sorted(set(_texts(data))))
    if seen.scripts:
        data = _replaced(data, seen)
        data["findings"] += [finding("no-font", script, language) for script in seen.scripts]
        data["findings"] = _replaced(data["findings"], seen)
    source = (resources.files(__package__) / "clearance_paper.typ").read_bytes()
    made = int(dt.datetime.fromisoformat(report.made).timestamp())
    return setter.pdf(source, {"data": json.dumps(data)}, made=made)


def _data(report: Report, language: Language) -> dict[str, Any]:
    groups = [
        (f"{texts.band(band, language)}: {texts.group(group, language)}",
         [_row(hit, language) for hit in report.hits if (hit.closeness, hit.standing.group) == (band, group)])
        for band in BANDS for group in GROUPS
    ]  # fmt: skip
    say = language.say
    return {
        "lang": language.code,
        "title": say(texts.TITLE),
        "footer": f"{report.made} · {report.algorithms.names} · {report.register.change}",
        "question": [[what, value] for what, value in texts.question(report, language) if value],
        "findings": texts.findings(report, language),
        "summary_title": say("Summary"),
        "summary": _summary(report, language),
        "headings": [say(text) for text in texts.HEADINGS],
        "groups": [{"title": title, "rows": rows} for title, rows in groups if rows],
        "coverage_title": say("Coverage"),
        "coverage_headings": [say(text) for text in texts.COVERAGE],
        "coverage": [
            [language.office(one.office), language.number(one.records), language.day(one.blind.data_day), blind_line(one.blind, language)]
            for one in report.coverage
        ],
        "note": say(texts.NOT_LOOKED_AT),
    }  # fmt: skip


def _summary(report: Report, language: Language) -> list[list[str]]:
    rows = [[language.say("Closeness"), *(texts.group(group, language) for group in GROUPS)]]
    for band in BANDS:
        of_band = [hit.standing.group for hit in report.hits if hit.closeness == band]
        rows.append([texts.band(band, language), *(str(of_band.count(group)) for group in GROUPS)])
    return rows


def _row(hit: ClearHit, language: Language) -> list[str]:
    why = " ".join([texts.why(hit, language), *([f"({hit.score:.2f})"] if hit.score else [])])
    return [hit.title, f"{hit.key} {' '.join(hit.numbers)}".strip(), language.office(hit.office), hit.owner, " ".join(map(str, hit.classes)),
            language.state(hit.status), texts.day_of(hit, language), why]  # fmt: skip


def _texts(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    parts = data.values() if isinstance(data, dict) else data
    return [text for part in parts for text in _texts(part)]


def _replaced(data: Any, seen: Shown) -> Any:
    if isinstance(data, str):
        return seen.text(data)
    if isinstance(data, dict):
        return {name: _replaced(part, seen) for name, part in data.items()}
    return [_replaced(part, seen) for part in data]
