"""All addresses of the pages, in one list."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from ipregister.portal import (
    bulk,
    check,
    clearing,
    completeness,
    copies,
    goods,
    health,
    history,
    home,
    images,
    keys,
    mails,
    office_pages,
    record,
    results,
    similar,
    similar_image,
    statistics,
    watches,
)
from ipregister.portal.api.page import api_page
from ipregister.portal.exports import pages as exports
from ipregister.portal.giving import mark_terms
from ipregister.portal.machines import machine_routes
from ipregister.portal.site import Site
from ipregister.portal.staff.pages import staff_routes
from ipregister.portal.terms import of_address, of_pictures

View = Callable[..., HttpResponseBase]

PUBLIC: tuple[tuple[str, View, str], ...] = (
    ("", home.home, "home"),
    ("search", results.results, "search"),
    ("help/search", home.help_search, "help-search"),
    ("language", home.language, "language"),
    ("office", office_pages.office_list, "offices"),
    ("office/<str:code>", office_pages.office_page, "office"),
    ("office/<str:code>/completeness", completeness.completeness, "completeness"),
    ("statistics", statistics.statistics, "statistics"),
    ("bulk/", bulk.publications, "bulk"),
    ("bulk/index.json", bulk.index_file, "bulk-index"),
    ("bulk/confirmations.json", bulk.confirmations, "bulk-confirmations"),
    ("bulk/log/<slug:what>", bulk.log, "log"),
    ("bulk/<slug:name>/", bulk.publication, "publication"),
    ("bulk/<slug:name>/<str:file>", bulk.file, "bulk-file"),
    ("verify/<slug:name>", copies.check, "check-copy"),
    ("r/<slug:key>/copy", copies.copy, "copy"),
    ("r/<slug:key>/history", history.history, "history"),
    ("r/<slug:key>/evidence", record.evidence_json, "evidence"),
    ("r/<slug:key>/image/<str:sha256>", images.original, "image"),
    ("r/<slug:key>/thumb/<str:sha256>", images.thumb, "thumb"),
    ("r/<slug:key>/converted/<str:sha256>", images.converted, "converted"),
    ("r/<slug:key>/part/<str:sha256>", images.part, "picture-part"),
    ("r/<path:spelling>", record.record, "record"),
    ("health", health.health, "health"),
    ("status", health.status, "status"),
    ("robots.txt", home.robots, "robots"),
    ("api/v1/", api_page, "api"),
)
"""Address, view, name of every public page."""

FORMS: tuple[tuple[str, View, str], ...] = (
    ("goods", goods.goods, "goods"),
    ("export", exports.begin, "exports"),
    ("export/<str:number>", exports.state, "export"),
    ("export/<str:number>/file", exports.file, "export-file"),
    ("export/<str:number>/delete", exports.delete, "export-delete"),
    ("similar", similar.similar, "similar"),
    ("similar/image", similar_image.similar_image, "similar-image"),
    ("check", check.check, "check"),
    ("clear", clearing.clear_a_mark, "clear"),
    ("clear/result", clearing.result, "clear-result"),
    ("keys", keys.keys, "keys"),
    ("watches", watches.watches, "watches"),
    ("mails/confirm", mails.confirm, "mails-confirm"),
    ("mails/stop", mails.stop, "mails-stop"),
)  # fmt: skip
"""The same of pages that also take a form by POST."""


def bound(view: View, source: Callable[[], Site]) -> View:
    """The view with the site as its first argument, asked for at each request. What is no page carries the terms of
    the data in headers, where the view itself has not told those of its own records: those of the record or office
    that its address names, else all."""

    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        site = source()
        response = view(site, request, **arguments)
        kind = response.headers.get("Content-Type", "")
        is_told = "Attribution" in response.headers or kind.startswith("text/html")
        if response.status_code == HTTPStatus.OK and not is_told:
            terms = of_address(site, arguments.get("key", ""), arguments.get("code", ""))
            mark_terms(response, map(of_pictures, terms) if kind.startswith("image/") else terms)
        return response

    return answer


def routes(source: Callable[[], Site]) -> list[URLPattern]:
    """The addresses for a site. The staff pages answer 404 where the site's role is public."""
    public = [path(address, require_safe(bound(view, source)), name=name) for address, view, name in PUBLIC]
    asked = require_http_methods(["GET", "HEAD", "POST"])
    forms = [path(address, asked(bound(view, source)), name=name) for address, view, name in FORMS]
    return [*machine_routes(source), *public, *forms, *staff_routes(lambda view: bound(view, source))]
