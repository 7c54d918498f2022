"""What an office declares: totals in a form, lists of numbers as a file; drafts that the office signs.

Operators of an office write and take away drafts. Only an administrator of that very office signs: whoever runs the
installation for all offices cannot speak for one.
"""

from typing import Any

import msgspec
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ipregister.model import offices
from ipregister.model.errors import NotFound, RegisterError, UsageError
from ipregister.model.record import RIGHTS
from ipregister.portal.completeness import STAGES
from ipregister.portal.labels import label
from ipregister.portal.names import short_name
from ipregister.portal.render import page
from ipregister.portal.site import Site
from ipregister.portal.staff.access import Person
from ipregister.portal.staff.audit import note
from ipregister.publication.completeness import declarations as keeping
from ipregister.publication.completeness.declarations import Declaration, Said, declared
from ipregister.publication.completeness.keeping import kept
from ipregister.publication.completeness.totals import COLUMNS, Stage

Plain = dict[str, Any]
MOST_BYTES, MOST_LETTERS, MOST_REFUSED = 16 << 20, 20_000, 20


def declarations(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """The declarations of an office, newest first; a form for totals that begins with what the register holds."""
    lang = get_language() or "en"
    mine = person.offices("clerk")
    code = request.GET.get("office", "") or (mine[0] if mine else "")
    if code not in mine:
        raise PermissionDenied
    right, stage = request.GET.get("right", ""), request.GET.get("stage", "")
    rights = [one for one in RIGHTS if one in offices.office(code).publicity]
    right, stage = right if right in rights else rights[0], stage if stage in STAGES else "applications"
    values: Plain = {
        "offices": [(one, short_name(offices.office(one), lang)) for one in mine],
        "code": code,
        "right": right,
        "stage": stage,
        "rights": [(one, label("right", one)) for one in rights],
        "stages": list(STAGES.items()),
        "totals": "\n".join(
            f"{year} {held}" for year, held in sorted(_held(site, code, right, stage).items())
        ),
        "found": [_shown(one) for one in reversed(declared(site.data, code))],
        "may_draft": person.may("operator", code),
        "may_sign": person.is_of("admin", code),
    }
    return page(site, request, "staff/declarations.html", values, section="staff")


def _held(site: Site, code: str, right: str, stage: str) -> dict[str, int]:
    """What the register holds of a right and stage by year, as the ledger was last made."""
    found = kept(site.data, code)
    lines = found.lines if found else ()
    return {one.year: one.held for one in lines if one.year and (one.right, one.stage) == (right, stage)}


def _shown(one: Declaration) -> Plain:
    years = sorted({total.year for total in one.totals})
    told = sorted({(total.right, total.stage) for total in one.totals} or {(one.right, one.stage)})
    return {
        "one": one,
        "of": [f"{label('right', right)} · {STAGES[stage]}" for right, stage in told],
        "years": "–".join(dict.fromkeys((years[0], years[-1]))) if years else "",
        "totals": one.totals if len(one.totals) <= MOST_REFUSED else (),
        "refused": one.refused[:MOST_REFUSED],
        "more": max(0, len(one.refused) - MOST_REFUSED),
    }


def draft(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """Write a draft: a file, or the totals of the form."""
    code = _office(request, person, "operator")
    right, stage = request.POST.get("right", ""), request.POST.get("stage", "")
    if right not in RIGHTS or stage not in STAGES:
        raise PermissionDenied
    named: Stage = msgspec.convert(stage, Stage)
    file = request.FILES.get("file")
    try:
        if file is not None and (file.size or 0) > MOST_BYTES:
            raise UsageError(_("The file is larger than 16 MiB: hand it to who runs the register."))
        content = file.read() if file else _table(right, stage, request.POST.get("totals", ""))
        said = Said(code, right, named, source=request.POST.get("source", "").strip()[:300])
        made = keeping.take(
            site.data, content, (file.name if file else "") or "totals.csv", said, site.clock()
        )
    except RegisterError as error:
        messages.error(request, f"{error.message} {error.remedy}".strip())
    else:
        note(person, "declaration-drafted", office=code, what=made.digest, right=right, stage=stage)
        messages.success(request, _("The draft is kept. It counts for the office once it is signed."))
    return _back(code, right, stage)


def _table(right: str, stage: str, text: str) -> bytes:
    """The totals of the form, one `YEAR TOTAL` a line, as a table of totals."""
    lines = [",".join(COLUMNS)]
    for line in text[:MOST_LETTERS].splitlines():
        year, _blank, total = line.strip().replace("\t", " ").partition(" ")
        if year:
            lines.append(f"{right},{stage},{year},{''.join(total.split())}")
    return "\n".join(lines).encode() + b"\n"


def sign(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """Sign a draft for its office, with the name of who signs and today's day."""
    code = request.POST.get("office", "")
    if not person.is_of("admin", code):
        raise PermissionDenied
    digest, name = request.POST.get("declaration", ""), request.POST.get("name", "").strip()[:120]
    try:
        one = keeping.sign(site.data, code, digest, name, site.clock())
    except (UsageError, NotFound) as error:
        messages.error(request, error.message)
    else:
        note(person, "declaration-signed", office=code, what=digest, name=name)
        told = _("Signed by %(name)s on %(day)s. The page of completeness follows soon.")
        messages.success(request, told % {"name": one.signed_by, "day": one.signed_on})
    return _back(code)


def discard(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """Take a draft away."""
    code, digest = _office(request, person, "operator"), request.POST.get("declaration", "")
    try:
        keeping.discard(site.data, code, digest)
    except (UsageError, NotFound) as error:
        messages.error(request, error.message)
    else:
        note(person, "declaration-discarded", office=code, what=digest)
        messages.success(request, _("The draft is gone."))
    return _back(code)


def _office(request: HttpRequest, person: Person, role: str) -> str:
    """The office of a form, for which the person must have a role. Raises `PermissionDenied`."""
    code = request.POST.get("office", "")
    if code not in offices.codes():
        raise PermissionDenied
    person.require(role, code)
    return code


def _back(code: str, right: str = "", stage: str = "") -> HttpResponse:
    more = f"&right={right}&stage={stage}" if right else ""
    return HttpResponseRedirect(f"{reverse('staff-declarations')}?office={code}{more}")
