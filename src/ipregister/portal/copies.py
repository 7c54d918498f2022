"""Verified copies of published data: the copy of a record, and what became of a copy."""

from contextlib import closing

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as lazy

from ipregister.model.errors import RegisterError
from ipregister.portal.render import absolute, json_answer, page, wants_json
from ipregister.portal.site import Site
from ipregister.publication.extract import copy as made_copy
from ipregister.publication.extract import state_of
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.paper import paper

STATES = {
    "current": lazy("This version is the present one that this register publishes."),
    "superseded": lazy("This version is superseded: a later one is published."),
    "deleted": lazy("The office has deleted this record since."),
    "withdrawn": lazy("This content was withheld since, on a legal ground."),
    "closed": lazy("This record is no longer released."),
}
"""What is said of a copy, by the state of its version."""


def copy(site: Site, request: HttpRequest, key: str) -> HttpResponse:
    """The verified copy of a record's present version, or of `?version=`: JSON, or `?format=pdf`."""
    text = request.GET.get("version", "")
    version = int(text) if text.isdecimal() and len(text) < 9 else None
    base = absolute(site, request, "/").rstrip("/")
    try:
        found = made_copy(site.register, site.data, key, version, base)
    except RegisterError as error:
        raise Http404 from error
    if request.GET.get("format") == "pdf":
        answer = HttpResponse(paper(found), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{key}.copy.pdf"'
    else:
        answer = HttpResponse(found.content(), content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{key}.copy.json"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def has_copy(site: Site, key: str) -> bool:
    """Whether the present version of a record is published, so that a copy of it can be had."""
    with closing(Ledger(site.data)) as ledger:
        standing = ledger.standing([key]).get(key) if ledger.exists else None
    return standing is not None and standing.entry.kind == "record"


def check(site: Site, request: HttpRequest, name: str) -> HttpResponse:
    """Whether a copy is of what this register published, and what became of it since."""
    with closing(Ledger(site.data)) as ledger:
        try:
            state, standing = state_of(ledger, name)
        except RegisterError as error:
            raise Http404 from error
        number = int(name.partition("-")[0])
        entry = ledger.entry(number)
    if entry is None:
        raise Http404
    if wants_json(request):
        told = {"state": state, "entry": msgspec.to_builtins(entry), "leaf": number}
        return json_answer(
            told | {"present": msgspec.to_builtins(standing.entry), "present_leaf": standing.number}
        )
    values = {"state": state, "sentence": STATES[state], "entry": entry, "present": standing.entry}
    return page(site, request, "copy.html", values)
