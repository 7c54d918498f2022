"""A clearance report as a page shows it: hits by closeness and state, what differs from a report of before."""

from typing import Any

from ipregister.desk.clearance import NOT_ASKED, ClearHit, Report
from ipregister.desk.clearance_again import Changed, Comparison
from ipregister.desk.closeness import BANDS as BAND_CODES
from ipregister.desk.name_batches import BatchReport
from ipregister.desk.standing import GROUPS as GROUP_CODES
from ipregister.desk.words import (
    BANDS,
    GOODS,
    GROUPS,
    PICTURE_ALIKE,
    WHATS,
    Language,
    blind_line,
    finding,
    standing_line,
)
from ipregister.portal import publicly
from ipregister.portal.addresses import record_address, thumb_address
from ipregister.portal.hits import line
from ipregister.portal.site import Site
from ipregister.portal.speaking import language

ON_PAGE = 60
"""Hits that the page shows; the files hold all."""


def shown(site: Site, report: Report, comparison: Comparison | None) -> dict[str, Any]:
    """The values of the page of a report."""
    speaking = language()
    hits = report.hits[:ON_PAGE]
    lines = {side.key: line(side, speaking.code) for side in publicly.many(site, [hit.key for hit in hits])}
    drawn = [(hit, _line(hit, lines[hit.key], speaking)) for hit in hits if hit.key in lines]
    return {
        "report": report,
        "names": report.question.names,
        "bands": [_band(band, drawn, speaking) for band in BAND_CODES if any(hit.closeness == band for hit, _drawn in drawn)],
        "left_out": max(0, len(report.hits) - ON_PAGE),
        "findings": [finding(code, argument, speaking) for code, argument in report.findings],
        "offices": [{"name": speaking.office(one.office), "records": one.records, "data_day": one.blind.data_day,
                     "blind": blind_line(one.blind, speaking)} for one in report.coverage],
        "comparison": _comparison(comparison, speaking) if comparison else None,
    }  # fmt: skip


def _band(band: str, drawn: list[tuple[ClearHit, dict[str, Any]]], speaking: Language) -> dict[str, Any]:
    groups = [(speaking.say(GROUPS[group]), [one for hit, one in drawn if (hit.closeness, hit.standing.group) == (band, group)])
              for group in GROUP_CODES]  # fmt: skip
    return {
        "label": speaking.say(BANDS[band]),
        "groups": [(label, lines) for label, lines in groups if lines],
    }


def _line(hit: ClearHit, shown: dict[str, Any], speaking: Language) -> dict[str, Any]:
    why = [speaking.reason(reason) for reason in hit.reasons]
    if hit.picture:
        why.append(speaking.say(PICTURE_ALIKE) % {"score": f"{hit.picture_score:.2f}"})
        shown = shown | {"thumb": thumb_address(hit.key, hit.picture)}
    if hit.goods != NOT_ASKED:
        why.append(speaking.say(GOODS[hit.goods]))
    why.append(standing_line(hit.standing, speaking))
    return shown | {"why": why, "score": max(hit.score, hit.picture_score)}


def _comparison(found: Comparison, speaking: Language) -> dict[str, Any]:
    return {
        "new": [(record_address(hit.key), hit.title) for hit in found.new],
        "gone": [(record_address(hit.key), hit.title) for hit in found.gone],
        "changed": [(record_address(one.key), one.title, _changes(one, speaking)) for one in found.changed],
        "same": found.same, "before": found.before[:10], "same_algorithms": found.same_algorithms,
    }  # fmt: skip


def _changes(one: Changed, speaking: Language) -> str:
    return "; ".join(
        f"{speaking.say(WHATS[what])}: {_value(what, before, speaking)} → {_value(what, now, speaking)}"
        for what, before, now in one.changes
    )


def _value(what: str, value: str, speaking: Language) -> str:
    """A value of a hit as it is told; codes as words."""
    if not value:
        return "–"
    if what in {"closeness", "standing"}:
        return speaking.say((BANDS if what == "closeness" else GROUPS)[value])
    return {"status": speaking.state, "day": speaking.day}.get(what, str)(value)


def findings_of(found: BatchReport) -> list[str]:
    """The findings on the list of a batch."""
    return [finding(code, argument, language()) for code, argument in found.findings]


def names_of(found: BatchReport) -> list[dict[str, Any]]:
    """The lines of the page of a batch: each name with the counts of its hits by closeness and the closest."""
    speaking = language()
    return [
        {
            "name": " | ".join(report.question.names),
            "counts": [
                (speaking.say(BANDS[band]), sum(hit.closeness == band for hit in report.hits))
                for band in BAND_CODES[:3]
            ],
            "closest": report.hits[0].title if report.hits else "",
            "address": record_address(report.hits[0].key) if report.hits else "",
        }
        for report in found.reports
    ]
