"""A clearance report as a page shows it: hits by closeness and state, what differs from a report of before."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ipregister.desk.clearance import ClearHit, Report
from ipregister.desk.clearance_again import Changed, Comparison
from ipregister.desk.closeness import BANDS as BAND_CODES
from ipregister.desk.name_batches import BatchReport
from ipregister.desk.standing import GROUPS as GROUP_CODES
from ipregister.model import offices
from ipregister.portal import publicly
from ipregister.portal.addresses import record_address, thumb_address
from ipregister.portal.closeness_words import BANDS, FINDINGS, GOODS, GROUPS, WHATS, blind_line, standing_line
from ipregister.portal.hits import line
from ipregister.portal.names import short_name
from ipregister.portal.reasons import told
from ipregister.portal.site import Site

ON_PAGE = 60
"""Hits that the page shows; the files hold all."""


def shown(site: Site, report: Report, comparison: Comparison | None) -> dict[str, Any]:
    """The values of the page of a report."""
    lang = get_language() or "en"
    hits = report.hits[:ON_PAGE]
    lines = {side.key: line(side, lang) for side in publicly.many(site, [hit.key for hit in hits])}
    drawn = [(hit, _line(hit, lines[hit.key], lang)) for hit in hits if hit.key in lines]
    return {
        "report": report,
        "names": report.question.names,
        "bands": [_band(band, drawn) for band in BAND_CODES if any(hit.closeness == band for hit, _drawn in drawn)],
        "left_out": max(0, len(report.hits) - ON_PAGE),
        "findings": [str(FINDINGS[code]) % {"argument": argument} for code, argument in report.findings],
        "offices": [{"name": short_name(offices.office(one.office), lang), "records": one.records, "data_day": one.blind.data_day,
                     "blind": blind_line(one.blind, lang)} for one in report.coverage],
        "comparison": _comparison(comparison, lang) if comparison else None,
    }  # fmt: skip


def _band(band: str, drawn: list[tuple[ClearHit, dict[str, Any]]]) -> dict[str, Any]:
    groups = [(str(GROUPS[group]), [one for hit, one in drawn if (hit.closeness, hit.standing.group) == (band, group)])
              for group in GROUP_CODES]  # fmt: skip
    return {"label": str(BANDS[band]), "groups": [(label, lines) for label, lines in groups if lines]}


def _line(hit: ClearHit, shown: dict[str, Any], lang: str) -> dict[str, Any]:
    why = [told(reason) for reason in hit.reasons]
    if hit.picture:
        why.append(_("picture alike (%(score)s)") % {"score": f"{hit.picture_score:.2f}"})
        shown = shown | {"thumb": thumb_address(hit.key, hit.picture)}
    if hit.goods in GOODS:
        why.append(str(GOODS[hit.goods]))
    why.append(standing_line(hit.standing, lang))
    return shown | {"why": why, "score": max(hit.score, hit.picture_score)}


def _comparison(found: Comparison, lang: str) -> dict[str, Any]:
    return {
        "new": [(record_address(hit.key), hit.title) for hit in found.new],
        "gone": [(record_address(hit.key), hit.title) for hit in found.gone],
        "changed": [(record_address(one.key), one.title, _changes(one)) for one in found.changed],
        "same": found.same, "before": found.before[:10], "same_algorithms": found.same_algorithms,
    }  # fmt: skip


def _changes(one: Changed) -> str:
    return "; ".join(
        f"{WHATS.get(what, what)}: {before or '–'} → {now or '–'}" for what, before, now in one.changes
    )


def names_of(found: BatchReport) -> list[dict[str, Any]]:
    """The lines of the page of a batch: each name with the counts of its hits by closeness and the closest."""
    return [
        {
            "name": " | ".join(report.question.names),
            "counts": [
                (str(BANDS[band]), sum(hit.closeness == band for hit in report.hits))
                for band in BAND_CODES[:3]
            ],
            "closest": report.hits[0].title if report.hits else "",
            "address": record_address(report.hits[0].key) if report.hits else "",
        }
        for report in found.reports
    ]
