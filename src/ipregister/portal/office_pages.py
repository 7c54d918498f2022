"""The list of offices, and the page of one office: counts, freshness, coverage, completeness."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.model import offices
from ipregister.model.errors import Busy
from ipregister.portal import publicly
from ipregister.portal.charts import Bars, stacked
from ipregister.portal.coverage import coverage, facet
from ipregister.portal.labels import Label, label, tone
from ipregister.portal.names import notice
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.site import Site
from ipregister.quality.checks.dates import OLDEST
from ipregister.search.entries import entries
from ipregister.search.tree import Query, Word

MOST_YEARS, MOST_LAYERS, SAMPLE = 30, 5, 200
LEAST_SHARE = 0.005
"""Share of the records from which on a chart begins with a year."""
Plain = dict[str, Any]
KEEP_S = 60.0
"""How long the shares of filled fields are kept while the register changes; without a change, for good."""


def office_list(site: Site, request: HttpRequest) -> HttpResponse:
    """All offices with their counts."""
    found = coverage(site, get_language() or "en")
    if wants_json(request):
        return json_answer({"offices": found})
    return page(site, request, "offices.html", {"offices": found}, section="offices")


def office_page(site: Site, request: HttpRequest, code: str) -> HttpResponse:
    """One office."""
    if code.upper() not in offices.codes():
        raise Http404
    if code != code.upper():
        return HttpResponseRedirect(reverse("office", args=[code.upper()]))
    lang = get_language() or "en"
    one = next(item for item in coverage(site, lang) if item.code == code)
    filters = {"office": [code]}
    statuses = facet(site, Query(), filters, "status")
    years = facet(site, Query(), filters, "year")
    chart = _chart(site, code, statuses, years)
    sample, fills = _fills(site, code)
    done = next((d for d in site.register.deliveries(code, limit=20) if d.finished_at), None)
    if wants_json(request):
        return json_answer({"office": one, "statuses": dict(statuses), "years": dict(years), "fills": dict(fills),
                            "sample": sample})  # fmt: skip
    values = {
        "office": notice(offices.office(code), lang) | {"records": one.records, "data_day": one.data_day, "lag": one.lag},
        "last": done,
        "years": span([year for year, _count in years], site.today().year),
        "chart": chart,
        "rights": [{"label": label("right", right), "count": count,
                    "address": f"{reverse('search')}?{urlencode({'office': code, 'right': right})}"}
                   for right, count in facet(site, Query(), filters, "right")],
        "designating": _designating(site, code),
        "statuses": [{"label": label("status", state), "tone": tone(state), "count": count,
                      "address": f"{reverse('search')}?{urlencode({'office': code, 'status': state})}"}
                     for state, count in statuses],
        "fills": [{"label": str(FILLED[name][0]), "percent": percent} for name, percent in fills],
        "sample": sample,
    }  # fmt: skip
    return page(site, request, "office.html", values, section="offices")


def _designating(site: Site, code: str) -> Plain | None:
    """How many international registrations designate the office's country, and where they are listed."""
    query = Query(Word(code, "designated"))
    try:
        count = site.index.search(query, limit=0).total
    except Busy:
        return None
    return (
        {"count": count, "address": f"{reverse('search')}?{urlencode({'q': query.line})}"} if count else None
    )


def span(years: list[str], present: int) -> tuple[str, str] | None:
    """The first and the last of the years that can be: an office's slip of the pen (1562, 2205) covers nothing."""
    possible = [year for year in years if OLDEST <= year <= str(present)]
    return (min(possible), max(possible)) if possible else None


def _chart(
    site: Site, code: str, statuses: list[tuple[str, int]], years: list[tuple[str, int]]
) -> Plain | None:
    if not years or not statuses:
        return None
    named = [state for state, _count in statuses[:MOST_LAYERS]]
    by_state = {
        state: dict(facet(site, Query(), {"office": [code], "status": [state]}, "year")) for state in named
    }
    whole = dict(years)
    shown = drawn_years(whole)
    series = [label("status", state) for state in named]
    others = len(statuses) > MOST_LAYERS
    rows = []
    for year in shown:
        row = [by_state[state].get(year, 0) for state in named]
        rows.append(tuple([*row, whole.get(year, 0) - sum(row)] if others else row))
    legend = [*series, _("Other")] if others else series
    bars = Bars(tuple(shown), tuple(legend), tuple(rows))
    text = _("Applications by year, %(first)s to %(last)s; the table below holds the numbers.")
    return {
        "earlier": sum(count for year, count in whole.items() if int(year) < int(shown[0])),
        "svg": stacked(bars, text % {"first": shown[0], "last": shown[-1]}),
        "legend": legend,
        "rows": [{"year": year, "counts": row} for year, row in zip(shown, rows, strict=True)][::-1],
    }


def drawn_years(counts: dict[str, int]) -> list[str]:
    """The years of a chart: from the first one that holds a share worth a bar to the last, at most thirty."""
    least, last = LEAST_SHARE * sum(counts.values()), int(max(counts))
    first = min((int(year) for year, count in counts.items() if count >= least), default=last)
    return [str(year) for year in range(max(first, last - MOST_YEARS + 1), last + 1)]


def _has(*names: str) -> Callable[[Plain], bool]:
    def test(plain: Plain) -> bool:
        return any(entries(plain, name) for name in names)

    return test


FILLED: dict[str, tuple[Label, Callable[[Plain], bool]]] = {
    "application_number": (lazy("Application number"), _has("application_number")),
    "application_date": (lazy("Application date"), _has("application_date")),
    "registration": (lazy("Registration number"), _has("registration_number")),
    "expiry_date": (lazy("Term ends"), _has("expiry_date")),
    "words": (lazy("Words of the mark"), lambda plain: bool(plain.get("mark", {}).get("verbal"))),
    "image": (lazy("Picture"), lambda plain: bool(plain.get("mark", {}).get("images"))),
    "vienna": (
        lazy("Vienna code"),
        lambda plain: any(i.get("vienna") for i in plain.get("mark", {}).get("images", ())),
    ),
    "owner": (lazy("Applicant or holder"), _has("applicants", "holders")),
    "representative": (lazy("Representative"), _has("representatives")),
    "goods": (lazy("Goods and services"), _has("goods", "goods_unclassified")),
    "status": (lazy("Status in the office's words"), _has("office_status")),
    "publications": (lazy("Publications"), _has("publications")),
    "events": (lazy("Events"), _has("events")),
}
"""What is counted as filled: label, and whether a public record has it."""


def _fills(site: Site, code: str) -> tuple[int, list[tuple[str, int]]]:
    """Size of the sample, and the share of its records with each field in per cent."""
    change, moment = site.register.last_change(), time.monotonic()
    made, known = site.kept.get(f"fills {code}", (-KEEP_S, []))
    if known and (known[0] == change or moment - made < KEEP_S):
        return int(known[1]), list(known[2])
    sample, fills = _count_fills(site, code)
    site.kept[f"fills {code}"] = moment, [change, sample, fills]
    return sample, fills


def _count_fills(site: Site, code: str) -> tuple[int, list[tuple[str, int]]]:
    try:
        hits = site.index.search(Query(), filters={"office": [code]}, sort="number", limit=SAMPLE).hits
    except Busy:
        return 0, []
    sides = publicly.many(site, [hit.key for hit in hits])
    if not sides:
        return 0, []
    shares = [(name, round(100 * sum(test(side.plain) for side in sides) / len(sides)))
              for name, (_text, test) in FILLED.items()]  # fmt: skip
    return len(sides), shares
