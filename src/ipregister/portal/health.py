"""Whether the service works, for machines and for people."""

from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ipregister.model.errors import RegisterError
from ipregister.portal.coverage import coverage
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.site import Site


def health(site: Site, request: HttpRequest) -> HttpResponse:
    """200 where the register and the index answer, else 503."""
    try:
        change = site.register.last_change()
        searchable = site.index.checkpoint()
    except (DatabaseError, RegisterError, OSError) as error:
        return json_answer({"ok": False, "error": type(error).__name__}, HTTPStatus.SERVICE_UNAVAILABLE)
    return json_answer({"ok": True, "change": change, "searchable": searchable, "version": site.version})


def status(site: Site, request: HttpRequest) -> HttpResponse:
    """Freshness of every office, how far the index is."""
    found = coverage(site, get_language() or "en")
    told = {
        "version": site.version,
        "change": site.register.last_change(),
        "searchable": site.index.checkpoint(),
    }
    if wants_json(request):
        return json_answer(told | {"offices": found})
    return page(site, request, "status.html", {"status": told, "offices": found})
