"""Slices in quarantine: the list, one with its raw text, and reading them anew."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ipregister.capture.kept import read_member
from ipregister.model import offices
from ipregister.model.errors import NotFound, RegisterError
from ipregister.portal.names import short_name
from ipregister.portal.render import page
from ipregister.portal.site import Site
from ipregister.portal.staff.access import Person
from ipregister.portal.staff.audit import note
from ipregister.portal.staff.deliveries import reason_text
from ipregister.store.rows import Quarantined

SHOWN, MOST_RAW = 50, 200_000


def quarantine_list(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """Open slices of one office, by reason; without an office the counts of all one's offices."""
    lang = get_language() or "en"
    office, reason, after = (request.GET.get(name, "") for name in ("office", "reason", "after"))
    mine = person.offices("clerk")
    counts = [{"office": o, "name": short_name(offices.office(o), lang), "reason": r, "count": n,
               "text": reason_text(r, lang)} for o, r, n in site.register.quarantine_counts() if o in mine]  # fmt: skip
    found: list[Quarantined] = []
    if office:
        person.require("clerk", office)
        start = int(after) if after.isdecimal() and len(after) < 16 else 0
        found = site.register.quarantine(office=office, reason=reason, after=start, limit=SHOWN)
    values = {"counts": counts, "found": found, "office": office, "reason": reason,
              "text": reason_text(reason, lang) if reason else "", "may_retry": bool(office) and person.may("operator", office),
              "next": found[-1].id if len(found) == SHOWN else 0}  # fmt: skip
    return page(site, request, "staff/quarantine.html", values, section="staff")


def slice_page(site: Site, request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """One slice: why it is in quarantine, its findings, its raw text."""
    one = _slice(site, number)
    person.require("clerk", one.office)
    values: dict[str, Any] = {"slice": one, "text": reason_text(one.reason, get_language() or "en"),
                              "raw": _raw(site, one), "may_retry": person.may("operator", one.office)}  # fmt: skip
    return page(site, request, "staff/slice.html", values, section="staff")


def _slice(site: Site, number: int) -> Quarantined:
    try:
        return site.register.quarantined(number)
    except NotFound as error:
        raise Http404 from error


def _raw(site: Site, one: Quarantined) -> str:
    try:
        with site.register.open_container(one.raw.blob) as container:
            data = read_member(container, one.raw.member, one.raw.offset, min(one.raw.length, MOST_RAW))
    except RegisterError:
        return ""
    return data.decode("utf-8", "replace")


def retry(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """Have the open slices of an office (of one reason) read anew by the worker."""
    office, reason = request.POST.get("office", ""), request.POST.get("reason", "")
    if office not in offices.codes():
        raise PermissionDenied
    person.require("operator", office)
    if site.loader is not None:
        site.loader.retry(office, reason)
    note(person, "quarantine-retried", office=office, what=reason)
    messages.success(request, _("The slices are being read anew. Look again in a minute."))
    return HttpResponseRedirect(f"{reverse('staff-quarantine')}?office={office}")
