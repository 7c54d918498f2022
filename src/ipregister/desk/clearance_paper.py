"""A clearance report as a PDF (PDF/A-2b), set by typst; texts are data, never markup."""

import datetime as dt
import json
from importlib import resources
from typing import Any

from ipregister.desk import report_texts
from ipregister.desk.clearance import ClearHit, Report
from ipregister.desk.closeness import BANDS
from ipregister.desk.fonts import Shown, Typesetter, shown
from ipregister.desk.standing import GROUPS

HEADINGS = ("Name", "Record", "Office", "Owner", "Classes", "State", "Earliest day", "Why (score)")
TITLE = "Clearance report"
SCRIPT_NAMES = {
    "Hani": "Chinese characters", "Kana": "Japanese letters", "Hang": "Korean letters", "Laoo": "Lao letters", "Khmr": "Khmer letters",
    "Thai": "Thai letters", "Mymr": "Burmese letters", "Taml": "Tamil letters", "Arab": "Arabic letters", "Cyrl": "Cyrillic letters",
}  # fmt: skip
"""What scripts are called in the finding about a missing font."""


def paper(report: Report, setter: Typesetter | None = None) -> bytes:
    """A report as a PDF. What no font of the machine shows is replaced by its sound and told as a finding."""
    setter = setter or Typesetter()
    data = _data(report)
    seen = shown(setter, sorted(set(_texts(data))))
    if seen.scripts:
        data = _replaced(data, seen)
        data["findings"] += [
            report_texts.finding("no-font", SCRIPT_NAMES.get(one, f"the script {one}"))
            for one in seen.scripts
        ]
    source = (resources.files(__package__) / "clearance_paper.typ").read_bytes()
    made = int(dt.datetime.fromisoformat(report.made).timestamp())
    return setter.pdf(source, {"data": json.dumps(data)}, made=made)


def _data(report: Report) -> dict[str, Any]:
    groups = [
        (f"{report_texts.BANDS[band]}: {report_texts.GROUPS[group]}", [_row(hit) for hit in report.hits
                                                                       if (hit.closeness, hit.standing.group) == (band, group)])
        for band in BANDS for group in GROUPS
    ]  # fmt: skip
    return {
        "title": TITLE,
        "footer": f"{report.made} · {report.algorithms.names} · change {report.register.change}",
        "question": [[what, value] for what, value in report_texts.question(report) if value],
        "findings": [report_texts.finding(code, argument) for code, argument in report.findings],
        "summary": _summary(report),
        "headings": list(HEADINGS),
        "groups": [{"title": title, "rows": rows} for title, rows in groups if rows],
        "coverage": [
            [one.office, str(one.records), one.blind.data_day, report_texts.blind(one)]
            for one in report.coverage
        ],
        "note": report_texts.NOT_LOOKED_AT,
    }


def _summary(report: Report) -> list[list[str]]:
    rows = [["Closeness", *(report_texts.GROUPS[group] for group in GROUPS)]]
    for band in BANDS:
        of_band = [hit.standing.group for hit in report.hits if hit.closeness == band]
        rows.append([report_texts.BANDS[band], *(str(of_band.count(group)) for group in GROUPS)])
    return rows


def _row(hit: ClearHit) -> list[str]:
    scores = [f"{score:.2f}" for score in (hit.score, hit.picture_score) if score]
    why = " ".join([report_texts.why(hit), *(f"({score})" for score in scores)])
    return [hit.title, f"{hit.key} {' '.join(hit.numbers)}".strip(), hit.office, hit.owner, " ".join(map(str, hit.classes)),
            f"{report_texts.GROUPS[hit.standing.group]} ({hit.status})", report_texts.day_of(hit), why]  # fmt: skip


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
