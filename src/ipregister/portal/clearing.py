"""Clear a mark on the web: the form, the answer under a link that only its owner has, batches in the background.

The answer is sealed under its link (`desk.sealed`): staff cannot read it, and it is deleted after some days. The link
stands in the query string of an address, which no log of this server holds.
"""

import datetime as dt
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from ipregister.desk.clearance import Question, Report, Surroundings, clear, written
from ipregister.desk.clearance_again import MOST_SPELLINGS, Comparison, compared
from ipregister.desk.clearance_paper import paper
from ipregister.desk.clearance_sheet import sheet
from ipregister.desk.fonts import typesetter
from ipregister.desk.name_batches import FORMAT as BATCH
from ipregister.desk.name_batches import Batches, BatchReport
from ipregister.desk.sealed import KEPT_DAYS, SealedAnswers, is_link, new_link, number_of
from ipregister.model.errors import Busy, RegisterError
from ipregister.portal.clearance_ground import FOLDER, surroundings
from ipregister.portal.clearance_view import findings_of, names_of, shown
from ipregister.portal.clearing_form import SCRIPTS, Asked, asked, filled
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.secrecy import secret
from ipregister.portal.similar import office_choices
from ipregister.portal.similar_image import refusal
from ipregister.portal.site import Site
from ipregister.portal.speaking import language

ANSWER = "ipregister clearance answer 1"
MOST_WAITING = 20
"""So many batches may wait or be worked on."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Kept(Struct, frozen=True):
    """What is sealed of one clearance: the report, and how it differs from one of before."""

    format: str
    report: Report
    comparison: Comparison | None = None


class _Format(Struct, frozen=True):
    format: str


@secret
def clear_a_mark(site: Site, request: HttpRequest) -> HttpResponseBase:
    """The form; after POST the way to the answer."""
    if request.method != "POST":
        return page(site, request, "clear.html", _form(), section="clear")
    try:
        link = _begin(site, asked(request))
    except RegisterError as error:
        if wants_json(request):
            told = {"error": type(error).__name__.lower(), "message": refusal(error)}
            return json_answer(told, error.http_status)
        values = _form() | filled(request) | {"error": refusal(error)}
        return page(site, request, "clear.html", values, section="clear", status=error.http_status)
    if wants_json(request):
        return json_answer({"result": _address(link, format="json")}, HTTPStatus.ACCEPTED)
    return HttpResponseRedirect(_address(link))


def _begin(site: Site, given: Asked) -> str:
    batches = batches_of(site)
    if given.names:
        if len(batches.waiting()) >= MOST_WAITING or site.queue_batch is None:
            raise Busy(_("Too many lists are waiting. Try again in some minutes."))
        link = batches.ask(given.names, given.question)
        site.queue_batch(number_of(link))
        return link
    report = clear(given.question, given.images, surroundings(site, given.question.offices))
    comparison = compared(given.before, report) if given.before else None
    link = new_link()
    batches.answers.keep(link, msgspec.json.encode(Kept(ANSWER, report, comparison)))
    return link


def batches_of(site: Site) -> Batches:
    """The batches and sealed answers of a site."""
    return Batches(site.data / FOLDER)


def discard_old(data: Path) -> int:
    """Delete the answers and lists of a data folder whose days are over; how many files."""
    return SealedAnswers(data / FOLDER).sweep(dt.datetime.now(dt.UTC))


def work(site: Site, number: str) -> None:
    """Clear a batch; run by the worker. Raises `RuntimeError` without any text of what was asked."""
    grounds: dict[tuple[str, ...], Surroundings] = {}

    def one(question: Question) -> Report:
        if question.offices not in grounds:
            grounds[question.offices] = surroundings(site, question.offices)
        return clear(question, (), grounds[question.offices])

    try:
        batches_of(site).work(number, one, site.stopping)
    except Exception as error:  # its own text may hold what was asked
        raise RuntimeError(f"a batch failed: {type(error).__name__}") from None


@secret
def result(site: Site, request: HttpRequest) -> HttpResponseBase:
    """The answer of a link, as page or file; the progress of a batch; by POST it is deleted."""
    link = (request.POST if request.method == "POST" else request.GET).get("link", "")
    batches = batches_of(site)
    if not is_link(link):
        raise Http404
    if request.method == "POST":
        batches.answers.forget(link)
        lines = [_("The answer has been deleted. Nothing of it is left here.")]
        return page(site, request, "message.html", {"heading": _("Deleted"), "lines": lines})
    held = batches.answers.read(link)
    if held is None:
        return _not_ready(site, request, batches, link)
    if msgspec.json.decode(held, type=_Format).format == BATCH:
        return _batch(site, request, msgspec.json.decode(held, type=BatchReport), link)
    return _one(site, request, msgspec.json.decode(held, type=Kept), link)


def _not_ready(site: Site, request: HttpRequest, batches: Batches, link: str) -> HttpResponse:
    progress = batches.progress(link)
    if progress is None:
        raise Http404
    if wants_json(request):
        return json_answer(msgspec.to_builtins(progress), HTTPStatus.ACCEPTED)
    values = {"progress": progress, "again": _address(link), "link": link, "days": KEPT_DAYS}
    return page(site, request, "clear_progress.html", values, section="clear")


def _one(site: Site, request: HttpRequest, kept: Kept, link: str) -> HttpResponse:
    kind = request.GET.get("format", "")
    if kind == "pdf":
        return _file(
            paper(kept.report, language(), typesetter(site.data)), "application/pdf", "clearance.pdf"
        )
    if kind == "xlsx":
        return _file(sheet([kept.report], language()), XLSX, "clearance.xlsx")
    if kind == "json":
        return _file(written(kept.report), "application/json", "clearance.json")
    values = shown(site, kept.report, kept.comparison) | _files(link, ("pdf", "xlsx", "json"))
    return page(site, request, "clear_result.html", values, section="clear")


def _batch(site: Site, request: HttpRequest, found: BatchReport, link: str) -> HttpResponse:
    kind = request.GET.get("format", "")
    if kind == "xlsx":
        return _file(sheet(found.reports, language(), found.findings), XLSX, "clearance.xlsx")
    if kind == "json":
        return _file(msgspec.json.encode(found), "application/json", "clearance.json")
    values = {"names": names_of(found), "findings": findings_of(found)} | _files(link, ("xlsx", "json"))
    return page(site, request, "clear_batch.html", values, section="clear")


def _files(link: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    return {
        "files": [(kind.upper(), _address(link, format=kind)) for kind in kinds],
        "link": link,
        "days": KEPT_DAYS,
    }


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _address(link: str, **more: str) -> str:
    return f"{reverse('clear-result')}?{urlencode({'link': link, **more})}"


def _form() -> dict[str, Any]:
    return {
        "office_choices": office_choices(),
        "scripts": list(SCRIPTS.items()),
        "most_spellings": MOST_SPELLINGS,
        "days": KEPT_DAYS,
    }
