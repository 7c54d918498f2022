"""Deliveries: the list, one with its report, downloads of the report."""

import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language

from ipregister.intake.findings import kinds
from ipregister.intake.reports import delivery_report, finding_rows, write
from ipregister.model import offices
from ipregister.model.errors import NotFound
from ipregister.model.finding import Finding
from ipregister.portal.dates import show_number
from ipregister.portal.models import Upload
from ipregister.portal.names import notice, short_name
from ipregister.portal.render import page
from ipregister.portal.site import Site
from ipregister.portal.staff.access import Person
from ipregister.portal.staff.uploads import said
from ipregister.quality.messages import message, word
from ipregister.quality.report import FindingCount, Sample, severities
from ipregister.quality.writers import write_csv
from ipregister.store.rows import DeliveryHead

SHOWN = 50
HEADING_MOST = 200
"""A longer sentence, in characters, is no heading of a finding."""
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def dashboard(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """What waits for this person: own uploads, open quarantine, latest deliveries."""
    lang = get_language() or "en"
    mine = person.offices("clerk")
    uploads = Upload.objects.filter(office__in=mine).exclude(state="done")[:SHOWN]
    open_counts = [row for row in site.register.quarantine_counts() if row[0] in mine]
    deliveries = [head for head in site.register.deliveries(limit=SHOWN) if head.office in mine][:10]
    values = {
        "uploads": [{"upload": one, "message": said(one.message)} for one in uploads],
        "quarantine": [
            {"office": o, "reason": r, "text": reason_text(r, lang), "count": n} for o, r, n in open_counts
        ],
        "deliveries": [line(head, lang) for head in deliveries],
        "offices": [(code, short_name(offices.office(code), lang)) for code in mine],
        "may": {role: person.may_anywhere(role) for role in ("operator", "admin")},
    }
    return page(site, request, "staff/dashboard.html", values, section="staff")


def reason_text(code: str, lang: str) -> str:
    """What a reason of quarantine means."""
    return message(Finding(code, "error", value="…"), lang, kinds())[0]


def line(head: DeliveryHead, lang: str) -> dict[str, Any]:
    """A delivery as a line of a list."""
    return {"head": head, "counts": head.counts, "office": short_name(offices.office(head.office), lang),
            "kind": word(head.kind, lang)}  # fmt: skip


def delivery_list(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """The deliveries of one's offices, newest first."""
    lang = get_language() or "en"
    office, before = request.GET.get("office", ""), request.GET.get("before", "")
    if office:
        person.require("clerk", office)
    start = int(before) if before.isdecimal() and len(before) < 12 else 0
    mine = set(person.offices("clerk"))
    found: list[DeliveryHead] = []
    while len(found) < SHOWN and (part := site.register.deliveries(office, limit=200, before=start)):
        found += [head for head in part if head.office in mine]
        start = part[-1].id
    shown = found[:SHOWN]
    values = {
        "deliveries": [line(head, lang) for head in shown],
        "office": office,
        "offices": [(code, short_name(offices.office(code), lang)) for code in sorted(mine)],
        "next": shown[-1].id if len(found) > SHOWN else 0,
    }
    return page(site, request, "staff/deliveries.html", values, section="staff")


def _delivery(site: Site, person: Person, number: int) -> DeliveryHead:
    try:
        head = site.register.delivery(number)
    except NotFound as error:
        raise Http404 from error
    person.require("clerk", head.office)
    return head


def delivery(site: Site, request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """One delivery: its counts, findings by code with meaning and remedy, samples, quarantine."""
    head = _delivery(site, person, number)
    lang = get_language() or "en"
    found = delivery_report(site.register, head)
    values = {
        "head": head,
        "line": line(head, lang),
        "office": notice(offices.office(head.office), lang),
        "severities": [(word(name, lang), count) for name, count in severities(found).items()],
        "findings": [_finding(row, lang) for row in found.findings],
        "quarantine": [{"reason": row.reason, "text": reason_text(row.reason, lang), "count": row.count,
                        "samples": row.samples} for row in found.quarantine],
        "before": found.before,
    }  # fmt: skip
    return page(site, request, "staff/delivery.html", values, section="staff")


def _finding(row: FindingCount, lang: str) -> dict[str, Any]:
    """A line of the findings: headed by what was found, in general words where there are several or its values are
    long; each sample says it with its own values."""
    samples = [_sample(row, one, lang) for one in row.samples]
    text, remedy = _meaning(row, Sample("", -1, "…", "…"), lang)
    if row.count == 1 and samples and len(samples[0]["text"]) <= HEADING_MOST:
        text, remedy = _meaning(row, row.samples[0], lang)
    return {"code": row.code, "severity": word(row.severity, lang), "tone": _tone(row), "count": row.count,
            "share": round(100 * row.share, 1), "text": text, "remedy": remedy, "samples": samples,
            "trend": "" if row.previous is None else _signed(100 * (row.share - row.previous), lang)}  # fmt: skip


def _sample(row: FindingCount, one: Sample, lang: str) -> dict[str, Any]:
    return {"key": one.key, "index": one.index, "path": one.path, "value": one.value,
            "text": _meaning(row, one, lang)[0]}  # fmt: skip


def _meaning(row: FindingCount, one: Sample, lang: str) -> tuple[str, str]:
    return message(Finding(row.code, row.severity, one.path, one.value, one.arguments), lang, kinds())


def _signed(change: float, lang: str) -> str:
    """A change in percent, with its sign and one decimal."""
    rounded = round(change, 1)
    sign = "±" if not rounded else "+" if rounded > 0 else "-"
    return f"{sign}{show_number(abs(rounded), lang)}"


def _tone(row: FindingCount) -> str:
    return {"error": "over", "warning": "wait"}.get(row.severity, "none")


def download(site: Site, request: HttpRequest, person: Person, number: int, form: str) -> HttpResponseBase:
    """The report as `csv`, `xlsx` or `json`, in the reader's language."""
    head = _delivery(site, person, number)
    lang = get_language() or "en"
    makers: dict[str, Callable[[Site, DeliveryHead, str], HttpResponseBase]] = {
        "json": _json,
        "csv": _csv,
        "xlsx": _xlsx,
    }
    if form not in makers:
        raise Http404
    response = makers[form](site, head, lang)
    response["Content-Disposition"] = f'attachment; filename="{head.office}-{head.id}-report.{form}"'
    return response


def _json(site: Site, head: DeliveryHead, lang: str) -> HttpResponse:
    return _written(site, head, lang, "json", "application/json")


def _csv(site: Site, head: DeliveryHead, lang: str) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield "\ufeff"
        for row in finding_rows(site.register, head):
            out = io.StringIO(newline="")
            write_csv([row], out, lang, kinds())
            yield out.getvalue().partition("\r\n")[2]

    def with_heads() -> Iterator[str]:
        heads = io.StringIO(newline="")
        write_csv([], heads, lang, kinds())
        found = lines()
        yield next(found)
        yield heads.getvalue()
        yield from found

    return StreamingHttpResponse(with_heads(), content_type="text/csv; charset=utf-8")


def _xlsx(site: Site, head: DeliveryHead, lang: str) -> HttpResponse:
    return _written(site, head, lang, "xlsx", SHEET)


def _written(site: Site, head: DeliveryHead, lang: str, ending: str, kind: str) -> HttpResponse:
    with tempfile.TemporaryDirectory(dir=site.data / "uploads") as scratch:
        file = Path(scratch) / f"report.{ending}"
        write(site.register, head, file, lang)
        return HttpResponse(file.read_bytes(), content_type=kind)
