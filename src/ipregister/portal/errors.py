"""Pages for requests that cannot be answered. They read neither database."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from ipregister.portal.render import error_code, frame, json_answer, wants_json


def _message(request: HttpRequest, status: HTTPStatus, heading: str, line: str) -> HttpResponse:
    if wants_json(request):
        return json_answer({"error": error_code(status), "message": line}, status)
    values = frame(request) | {"heading": heading, "lines": [line]}
    return render(request, "portal/message.html", values, status=status)


def _without_slash(request: HttpRequest) -> str:
    """The address without a slash at its end, where a page has it; else empty."""
    path = request.path_info.rstrip("/")
    if not path or path == request.path_info or request.method not in ("GET", "HEAD"):
        return ""
    try:
        resolve(path)
    except Resolver404:
        return ""
    query = request.META.get("QUERY_STRING", "")
    return request.path.rstrip("/") + (f"?{query}" if query else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; to the page where the address has but a slash too many."""
    if address := _without_slash(request):
        return HttpResponsePermanentRedirect(address)
    return _message(request, HTTPStatus.NOT_FOUND, _("There is no such page"),
                    _("Look at the address, or begin at the start page."))  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _message(request, HTTPStatus.FORBIDDEN, _("You may not do this"),
                    _("Your role does not allow it. Ask the administrator of your office."))  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _message(request, HTTPStatus.BAD_REQUEST, _("This request cannot be read"),
                    _("Look at the address, or begin at the start page."))  # fmt: skip


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return _message(request, HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong here"),
                    _("It is not your fault. Try again in a minute."))  # fmt: skip


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token."""
    return _message(request, HTTPStatus.FORBIDDEN, _("This form is too old"),
                    _("Go back, load the page again and send the form once more."))  # fmt: skip
