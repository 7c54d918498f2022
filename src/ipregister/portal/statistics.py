"""Statistics: filings, registrations, origin, classes, pendency of an office; as page, CSV and JSON.

The page shows what the worker has counted; it never counts while a reader waits."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.model import offices
from ipregister.model.record import RIGHTS
from ipregister.portal.charts import Bars, stacked
from ipregister.portal.dates import country_name
from ipregister.portal.labels import label
from ipregister.portal.names import notice, short_name
from ipregister.portal.office_pages import drawn_years
from ipregister.portal.problems import problem
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.site import Site
from ipregister.publication.statistics import counting, figures, questionnaire
from ipregister.publication.statistics.counting import Counts
from ipregister.publication.statistics.particulars import NON_RESIDENT, RESIDENT, UNKNOWN
from ipregister.publication.statistics.tables import TABLES, Table, table_named

Plain = dict[str, Any]
MOST_ROWS = 15
_YEAR = re.compile("[0-9]{4}")
RESIDENCES = {
    RESIDENT: lazy("Applicants resident in the country"),
    NON_RESIDENT: lazy("Applicants from abroad"),
    UNKNOWN: lazy("Not known"),
}
TITLES = {
    "filings": lazy("Applications by year of filing"),
    "registrations": lazy("Registrations and grants by year"),
}
DEFINITIONS = {
    "filings": lazy("Published applications by the year of filing. Resident: the country of the first-named applicant is that of the office."),
    "registrations": lazy("Registrations by the year of registration; of patents and utility models grants by the year of grant."),
    "origins": lazy("Origin is the country of the first-named applicant, or of the first-named holder where no applicant is told."),
    "classes": lazy("Nice classes of marks, Locarno classes of designs, IPC subclasses of patents and utility models. An application counts once in each of its classes."),
    "pendency": lazy("Median of the days from filing to the stage, of those that reached it in the year. What is still pending is not in it."),
    "live": lazy("Registrations that are in force, have ended, or of which the data do not tell: such as a term that is over without a renewal in the data."),
}  # fmt: skip
"""Titles and definitions as readers see them; `tables.TABLES` has those of machines."""
STAGES = {"publication": lazy("First publication"), "registration": lazy("Registration")}
LIVE = {"yes": lazy("In force"), "no": lazy("Ended"), "open": lazy("Not known")}


def statistics(site: Site, request: HttpRequest) -> HttpResponse:
    """The statistics of one office and right, or the choice of both."""
    known = {code: counts for code in counting.counted_offices(site.register)
             if (counts := counting.kept(site.data, code)) and counts.counted}  # fmt: skip
    code = request.GET.get("office", "").upper()
    counts = known.get(code) if code else next(iter(known.values()), None)
    right = request.GET.get("right", "")
    year = request.GET.get("year", "")
    for_machines = request.GET.get("format") == "csv" or wants_json(request)
    if fault := _fault(code, right, year):
        return problem(HTTPStatus.BAD_REQUEST, fault, remedy="correct it, or leave it out") if for_machines else (
            _refused(site, request, known))  # fmt: skip
    if for_machines:
        return _for_machines(request, _chosen(known, code), right, year)
    lang = get_language() or "en"
    values: Plain = {"offices": _choice(known, lang)}
    if counts:
        right = right if right in counts.counted else _largest(counts)
        values |= _shown(counts, right, lang) | {"office": notice(offices.office(counts.office), lang, right)}
    return page(site, request, "statistics.html", values, section="offices")


def _chosen(known: dict[str, Counts], code: str) -> list[Counts]:
    """The counts of an office, none where it has none; those of all where none is named."""
    return [counts for one, counts in known.items() if code in ("", one)]


def _fault(code: str, right: str, year: str) -> str:
    """What of a request cannot be: it is refused, since without it the answer would tell more than was asked for."""
    if code and code not in offices.codes():
        return f"no office {code[:40]!r}"
    if right and right not in RIGHTS:
        return f"no right {right[:40]!r}"
    if year and year != UNKNOWN and not _YEAR.fullmatch(year):
        return f"{year[:40]!r} is no year of four digits"
    return ""


def _refused(site: Site, request: HttpRequest, known: dict[str, Counts]) -> HttpResponse:
    """The page that says so, with the form."""
    lang = get_language() or "en"
    values = {
        "fault": _("This request cannot be read"),
        "offices": _choice(known, lang),
        "rights": [{"code": one, "label": label("right", one)} for one in RIGHTS],
    }
    return page(site, request, "statistics.html", values, section="offices", status=HTTPStatus.BAD_REQUEST)


def _choice(known: dict[str, Counts], lang: str) -> list[Plain]:
    return [{"code": one, "name": short_name(offices.office(one), lang)} for one in known]


def _largest(counts: Counts) -> str:
    return max(counts.counted, key=lambda right: counts.counted[right], default="")


def _for_machines(request: HttpRequest, found: list[Counts], right: str, year: str) -> HttpResponse:
    if request.GET.get("questionnaire"):
        return _drafts(request, [one for one in found if one.office != "WO"], right, year)
    if request.GET.get("format") == "csv":
        texts = [figures.as_csv(one, figures.figures(one, year=year, right=right)) for one in found]
        whole = "".join(text if not place else text.partition("\n")[2] for place, text in enumerate(texts))
        response = HttpResponse(whole, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="statistics.csv"'
        return response
    tables = [
        {name: getattr(one, name) for name in ("name", "title", "definition", "columns", "unit")}
        for one in TABLES
    ]
    told = [
        {"office": one.office, "data_to": one.data_day, "counted_on": one.day,
         "figures": [msgspec.to_builtins(f) for f in figures.figures(one, year=year, right=right)]}
        for one in found
    ]  # fmt: skip
    return json_answer({"tables": tables, "offices": told})


def _drafts(request: HttpRequest, found: list[Counts], right: str, year: str) -> HttpResponse:
    """The tables of WIPO's annual questionnaire for a year (the one before this), as drafts."""
    year = year if year not in ("", UNKNOWN) else str(int(found[0].day[:4]) - 1) if found else ""
    made = [questionnaire.draft(one, year, right) for one in found]
    if request.GET.get("format") != "csv":
        return json_answer({"drafts": msgspec.to_builtins(made)})
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(questionnaire.COLUMNS)
    rows.writerows(row for one in made for row in questionnaire.as_lines(one))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="questionnaire-{year}.csv"'
    return response


def _shown(counts: Counts, right: str, lang: str) -> Plain:
    address = f"{reverse('statistics')}?{urlencode({'office': counts.office, 'right': right})}"
    return {
        "code": counts.office,
        "counts": counts,
        "right": right,
        "rights": [{"code": one, "label": label("right", one)} for one in RIGHTS if one in counts.counted],
        "published": counts.counted.get(right, 0),
        "charts": [chart for name in TITLES if (chart := _by_residence(counts, right, table_named(name)))],
        "origins": _most(
            counts, right, "filings-by-origin", lambda cell: f"{country_name(cell, lang)} ({cell})"
        ),
        "classes": _most(counts, right, "filings-by-class", str),
        "live": [
            {"label": LIVE[live], "count": count}
            for live, count in _sums(counts, right, "in-force", 2).items()
        ],
        "pendency": _pendency(counts, right),
        "definitions": DEFINITIONS,
        "csv": f"{address}&format=csv",
        "json": f"{address}&format=json",
        "drafts": f"{reverse('statistics')}?{urlencode({'office': counts.office, 'questionnaire': 1})}"
        if counts.office != "WO"
        else "",
    }


def _of(counts: Counts, right: str, table: str) -> Iterable[tuple[tuple[str, ...], int]]:
    return ((cells, amount) for cells, amount in counts.cells[table] if cells[0] == right)


def _sums(counts: Counts, right: str, table: str, place: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for cells, amount in _of(counts, right, table):
        sums[cells[place]] += amount
    return sums


def _most(counts: Counts, right: str, table: str, named: Callable[[str], str]) -> list[Plain]:
    sums = _sums(counts, right, table, 2)
    total = sums.total()
    return [
        {"label": _("Not known") if cell == UNKNOWN else named(cell), "count": count,
         "percent": round(100 * count / total)}
        for cell, count in sums.most_common(MOST_ROWS)
    ]  # fmt: skip


def _by_residence(counts: Counts, right: str, table: Table) -> Plain | None:
    years: dict[str, Counter[str]] = {}
    for cells, amount in _of(counts, right, table.name):
        years.setdefault(cells[1], Counter())[cells[3]] += amount
    undated = years.pop(UNKNOWN, Counter()).total()
    if not years:
        return None
    shown = drawn_years({year: found.total() for year, found in years.items()})
    rows = tuple(tuple(years.get(year, Counter())[kind] for kind in RESIDENCES) for year in shown)
    legend = tuple(str(text) for text in RESIDENCES.values())
    title = str(TITLES[table.name])
    earlier = sum(found.total() for year, found in years.items() if year < shown[0])
    return {
        "name": table.name, "title": title, "definition": DEFINITIONS[table.name], "legend": legend,
        "svg": stacked(Bars(tuple(shown), legend, rows), f"{title}, {shown[0]}–{shown[-1]}"),
        "rows": [{"year": year, "counts": row, "sum": sum(row)} for year, row in zip(shown, rows, strict=True)][::-1],
        "undated": undated, "earlier": earlier,
    }  # fmt: skip


def _pendency(counts: Counts, right: str) -> list[Plain]:
    found = figures.figures(counts, tables=[table_named("pendency")], right=right)
    rows: list[Plain] = [
        {"year": one.cells["year"], "route": one.cells["route"], "stage": STAGES[one.cells["stage"]], "days": one.value}
        for one in found if one.measure == "median"
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row["year"], reverse=True)[:MOST_ROWS]
