"""The pages of exports: ask, look how far it is, fetch, delete. Each is its owner's alone, known by a cookie."""

import secrets
from http import HTTPStatus
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ipregister.model.errors import Busy
from ipregister.portal.asking import MOST_FILTERS, MOST_LETTERS, MOST_OF_FILTER
from ipregister.portal.exports.asking import KEPT_HOURS, Export, Request, ask, find, owner_of
from ipregister.portal.exports.writing import FORMS
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.secrecy import secret
from ipregister.portal.site import Site
from ipregister.search.faults import MESSAGES, QueryError
from ipregister.search.fields import FACETS
from ipregister.search.query import parse

COOKIE = "exports"
NOT_TAKEN = HTTPStatus.SERVICE_UNAVAILABLE


@secret
def begin(site: Site, request: HttpRequest) -> HttpResponse:
    """Ask for a whole result set (`q`, filters as in the search, `form`); leads to the page of the export.

    The query comes in the body, so that no log holds it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("search"))
    post = request.POST
    line, form = post.get("q", ""), post.get("form", "csv")
    filters = {name: [one[:MOST_OF_FILTER] for one in post.getlist(name)[:MOST_FILTERS]] for name in FACETS}
    try:
        if form not in FORMS:
            return _refused(site, request, "unknown-form", _("There is no such form of file."))
        if len(line) > MOST_LETTERS:
            raise QueryError("too-long")
        parse(line)
    except QueryError as error:
        return _refused(site, request, error.code, _(MESSAGES[error.code]))
    cookie = request.COOKIES.get(COOKIE, "") or secrets.token_urlsafe(24)
    asked = Request(line=line, filters={name: values for name, values in filters.items() if any(values)}, form=form,
                    lang=get_language() or "en", owner=owner_of(cookie))  # fmt: skip
    return _asked(site, request, asked, cookie)


def _asked(site: Site, request: HttpRequest, asked: Request, cookie: str) -> HttpResponse:
    if site.queue_export is None:
        return _refused(site, request, "no-worker", _("This server makes no files."), NOT_TAKEN)
    try:
        export = ask(site.data, asked)
    except Busy:
        told = _("Too many files are being made. Try again in some minutes.")
        return _refused(site, request, "busy", told, NOT_TAKEN)
    site.queue_export(export.number)
    address = reverse("export", args=[export.number])
    response: HttpResponse
    if wants_json(request):
        response = json_answer(_plain(export), HTTPStatus.ACCEPTED)
        response["Location"] = address
    else:
        response = HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
    response.set_cookie(COOKIE, cookie, max_age=KEPT_HOURS * 3600, path="/export", samesite="Lax", httponly=True,
                        secure=request.is_secure())  # fmt: skip
    return response


def _refused(site: Site, request: HttpRequest, code: str, told: str, status: int = HTTPStatus.BAD_REQUEST) -> HttpResponse:  # fmt: skip
    if wants_json(request):
        return json_answer({"error": code, "message": told}, status)
    return page(
        site, request, "message.html", {"heading": told, "lines": []}, section="search", status=status
    )


def _found(site: Site, request: HttpRequest, number: str) -> Export:
    export = find(site.data, number, request.COOKIES.get(COOKIE, ""))
    if export is None:
        raise Http404
    return export


def _plain(export: Export) -> dict[str, Any]:
    now = export.progress()
    return {
        "id": export.number, "state": now.state, "total": now.total, "rows": now.rows, "left_out": now.left_out,
        "reason": now.reason, "address": reverse("export", args=[export.number]),
        "file": reverse("export-file", args=[export.number]) if now.state == "done" else None,
    }  # fmt: skip


@secret
def state(site: Site, request: HttpRequest, number: str) -> HttpResponse:
    """How far an export is."""
    export = _found(site, request, number)
    if wants_json(request):
        return json_answer(_plain(export))
    now = export.progress()
    done = now.rows + now.left_out
    reasons = {"busy": _("The search is being prepared"), "disk": _("The server has no room for the file. Ask for fewer records."),
               "fault": _("The program failed. Ask for the file again.")}  # fmt: skip
    values = {
        "export": now, "number": number, "form": export.request().form, "done": done, "hours": KEPT_HOURS,
        "share": 100 * done // now.total if now.total else 0, "reason": reasons.get(now.reason, ""),
        "kilobytes": max(1, now.size >> 10),
    }  # fmt: skip
    return page(site, request, "export.html", values, section="search")


@secret
def file(site: Site, request: HttpRequest, number: str) -> HttpResponseBase:
    """The finished file."""
    export = _found(site, request, number)
    if export.progress().state != "done":
        raise Http404
    form = FORMS[export.request().form]
    return FileResponse(export.file.open("rb"), as_attachment=True, filename=f"records.{form.name}",
                        content_type=form.media_type)  # fmt: skip


@secret
def delete(site: Site, request: HttpRequest, number: str) -> HttpResponse:
    """Delete an export now."""
    if request.method == "POST":
        _found(site, request, number).discard()
    return HttpResponseRedirect(reverse("search"), status=HTTPStatus.SEE_OTHER)
