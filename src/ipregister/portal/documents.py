"""The record of a page as a document of ST.96: what its office released, at the record's own address."""

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from ipregister.exchange.writers import document, rights_of
from ipregister.model.errors import NotWritten
from ipregister.model.offices import Office
from ipregister.portal.giving import Giving, mark_terms
from ipregister.portal.names import notice
from ipregister.portal.problems import of_error, problem
from ipregister.portal.render import preferred
from ipregister.portal.site import Site
from ipregister.store.rows import Version

TYPES = ["text/html", "application/json", "application/xml"]
"""What a record's address gives, the usual first."""
AS_PAGE = ["application/xhtml+xml", "text/xml"]
"""Who asks for one of these alone is given the page."""
FORMATS, ALSO = ("page", "json", "st96"), ("html", "xml")
"""The same by name, for `?format=`; and other names of them."""


def wants_xml(request: HttpRequest) -> bool:
    """Whether the reader asks for XML: by `?format=st96` or by the `Accept` header."""
    if "format" in request.GET:
        return request.GET["format"] in ("st96", "xml")
    return preferred(request, TYPES) == "application/xml"


def unknown_form(request: HttpRequest) -> HttpResponse | None:
    """406 where the reader asks for a form that a record's address does not give; None for any other request."""
    form = request.GET.get("format", "")
    if form in (*FORMATS, *ALSO) or (not form and _takes_any(request)):
        return None
    told = ", ".join(FORMATS)
    answer = problem(HTTPStatus.NOT_ACCEPTABLE, "a record has no such format", code="unknown-format",
                     remedy=f"use one of: {told}", arguments={"formats": told})  # fmt: skip
    patch_vary_headers(answer, ["Accept"])
    return answer


def _takes_any(request: HttpRequest) -> bool:
    """Whether the `Accept` header takes a form that a record has, or says nothing."""
    asks = bool(request.headers.get("Accept", "").strip())
    return not asks or preferred(request, [*TYPES, *AS_PAGE]) is not None


def noticed(site: Site, office: Office, right: str, lang: str) -> dict[str, Any]:
    """The notice of an office with the terms on which it released a right: licence, whom to name, legal source."""
    terms = Giving(site).terms(office.code, right)
    told = {"licence": terms.licence, "attribution": terms.attribution, "source": terms.source}
    return notice(office, lang, right) | told


def forms(site: Site, office: Office, right: str) -> dict[str, bool]:
    """The further forms in which records of an office and right are given."""
    given = Giving(site).terms(office.code, right).allows("api")
    return {"st96": given and right in rights_of("st96"), "calendar": given}


def st96(site: Site, version: Version, day: dt.date | None) -> HttpResponse:
    """A version as ST.96; 406 where the standard has no form for its right, 404 where it was not released."""
    giving = Giving(site)
    side = giving.given(version, day=day)
    if side is None:
        return problem(HTTPStatus.NOT_FOUND, "no released record has this number")
    try:
        response = HttpResponse(
            document("st96", side.record, side.office), content_type="application/xml; charset=utf-8"
        )
    except NotWritten as error:
        return of_error(error)
    mark_terms(response, [giving.terms(side.office.code, version.right)])
    patch_vary_headers(response, ["Accept"])
    return response
