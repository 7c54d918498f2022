"""The pages that receive a delivery: in one piece by a plain form, or piece by piece and resumable."""

import datetime as dt
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from ipregister.capture.naming import latest_day
from ipregister.model import offices
from ipregister.model.errors import UsageError
from ipregister.portal.models import Upload
from ipregister.portal.names import office_name
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.site import Site
from ipregister.portal.staff import receiving
from ipregister.portal.staff.access import Person
from ipregister.portal.staff.audit import note

SHOWN_UPLOADS = 100
MULTIPART_EXTRA = 1 << 20
"""What a form may weigh beside its file."""


def upload(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """The form, and its plain answer. The body is read only after the person's role is known."""
    if request.method == "POST":
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > site.upload_limit + MULTIPART_EXTRA:
            return _form(
                site, request, person, _("The file is too large."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            )
    return csrf_protect(lambda checked: _answer(site, checked, person))(request)


def _answer(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        return _form(site, request, person)
    office, file = request.POST.get("office", ""), request.FILES.get("file")
    person.require("operator", office)
    if not isinstance(file, UploadedFile) or not file.size:
        return _form(site, request, person, _("Choose a file that is not empty."), HTTPStatus.BAD_REQUEST)
    try:
        one = _begin(site, person, request.POST, file.name or "", file.size)
        receiving.append(site, one, one.received, _rest(file, one.received))
    except UsageError as error:
        return _form(site, request, person, error.message, HTTPStatus.BAD_REQUEST)
    return HttpResponseRedirect(reverse("staff-upload-state", args=[one.pk]))


def _rest(file: "UploadedFile[Any]", received: int) -> Iterator[bytes]:
    file.seek(received)
    while piece := file.read(1 << 20):
        yield piece


def _begin(site: Site, person: Person, form: QueryDict, name: str, size: int) -> Upload:
    office, day = form.get("office", ""), _day(form.get("day", ""))
    one = receiving.begin(site, person.number, office, name, size, day)
    if not one.received:
        told = {"day": day.isoformat()} if day else {}
        note(person, "upload-begun", office=office, what=one.filename, size=size, **told)
    return one


def _day(text: str) -> dt.date | None:
    """The day of the data as the form tells it. Raises `UsageError` for one that is none, or after today."""
    if not text.strip():
        return None
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(_("The day of the data is no day: write it as YYYY-MM-DD.")) from error
    if day > latest_day():
        raise UsageError(_ahead(day.isoformat()))
    return day


def _ahead(day: str) -> str:
    return _("The day of the data, %(day)s, is after today.") % {"day": day}


def _form(
    site: Site, request: HttpRequest, person: Person, error: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    lang = get_language() or "en"
    choices = [(code, office_name(offices.office(code), lang)) for code in person.offices("operator")]
    values = {"offices": choices, "error": error, "piece": receiving.PIECE, "limit": site.upload_limit >> 20,
              "latest": latest_day().isoformat(), "day": request.POST.get("day", "")}  # fmt: skip
    return page(site, request, "staff/upload.html", values, section="staff", status=status)


def begin(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """Begin a resumable upload (`office`, `filename`, `size`), or find the one begun before."""
    office, size = request.POST.get("office", ""), request.POST.get("size", "")
    person.require("operator", office)
    try:
        name = request.POST.get("filename", "")
        one = _begin(site, person, request.POST, name, int(size[:_OFFSET_DIGITS]) if size.isdecimal() else 0)
    except UsageError as error:
        return json_answer({"error": error.message, "remedy": error.remedy}, HTTPStatus.BAD_REQUEST)
    return json_answer(_plain(one) | {"piece": receiving.PIECE})


_OFFSET_DIGITS = 18


def part(site: Site, request: HttpRequest, person: Person, number: str) -> HttpResponse:
    """One piece: the body, at the offset of the header `Upload-Offset`."""
    one = _own(person, number)
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isdecimal() and len(offset) <= _OFFSET_DIGITS):
        return json_answer({"error": "no offset"}, HTTPStatus.BAD_REQUEST)
    try:
        receiving.append(site, one, int(offset), iter(lambda: request.read(1 << 20), b""))
    except receiving.Misplaced as error:
        return json_answer({"error": "misplaced", "received": error.received}, HTTPStatus.CONFLICT)
    except UsageError as error:
        return json_answer({"error": error.message}, HTTPStatus.BAD_REQUEST)
    one.refresh_from_db()
    return json_answer(_plain(one))


def state(site: Site, request: HttpRequest, person: Person, number: str) -> HttpResponse:
    """How far an upload and its load are."""
    one = Upload.objects.filter(pk=number).select_related("user").first()
    if one is None:
        raise Http404
    person.require("clerk", one.office)
    if wants_json(request):
        return json_answer(_plain(one))
    share = 100 * one.received // one.size if one.size else 0
    values = {"upload": one, "share": share, "moving": one.state in {"waiting", "loading"},
              "message": said(one.message), "mine": one.user_id == person.number and person.may("operator", one.office)}  # fmt: skip
    return page(site, request, "staff/upload_state.html", values, section="staff")


def cancel(site: Site, request: HttpRequest, person: Person, number: str) -> HttpResponse:
    """Give an upload up that is not complete."""
    one = _own(person, number)
    if one.state == "receiving":
        one.state = "cancelled"
        one.save()
        receiving.discard(site, one)
        note(person, "upload-cancelled", office=one.office, what=one.filename)
    return HttpResponseRedirect(reverse("staff"))


def said(message: str) -> str:
    """Why an upload failed, in words."""
    code, _space, day = message.partition(" ")
    if code == "day-ahead":
        return " ".join(
            (_ahead(day), _("Send it again with the right day, or have the clock of the server set."))
        )
    if code == "day-untold":
        untold = _("The name of the file tells no day, and other deliveries of this office do.")
        return " ".join((untold, _("Send it again with the day of the data.")))
    known = {"not-a-delivery": _("This is neither a zip nor an XML file."),
             "fault": _("The program failed. The server's log says why; the delivery can be sent again.")}  # fmt: skip
    return known.get(message, message)


def _own(person: Person, number: str) -> Upload:
    one = Upload.objects.filter(pk=number).first()
    if one is None:
        raise Http404
    if one.user_id != person.number or not person.may("operator", one.office):
        raise PermissionDenied
    return one


def _plain(one: Upload) -> dict[str, Any]:
    return {"id": str(one.pk), "office": one.office, "filename": one.filename, "size": one.size,
            "day": one.day.isoformat() if one.day else "", "received": one.received, "state": one.state,
            "records": one.done_records, "delivery": one.delivery, "message": one.message, "report": one.report,
            "address": reverse("staff-upload-state", args=[one.pk])}  # fmt: skip
