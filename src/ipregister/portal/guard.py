"""What every answer carries for the safety of the reader."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase

POLICY = ("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
          "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")  # fmt: skip
"""The content security policy: nothing inline, nothing from outside."""
FEATURES = "camera=(), microphone=(), geolocation=(), payment=()"
"""Browser features that no page uses."""


class SecurityHeaders:
    """Middleware that adds the content security policy and closes browser features."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", FEATURES)
        return response


MOST_BODY = 20 * 1024 * 1024
"""Largest body of a request, except for a whole delivery, which only signed-in staff may send."""
LARGE_BODIES = ("/staff/upload",)
MOST_FIELDS = 500
"""Most fields of an address; no page has more, and Django reads no more than 1,000."""


class BodyLimit:
    """Middleware that refuses large bodies and addresses of very many fields before anything reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """413 or 414 for what is too large."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MOST_BODY and request.path not in LARGE_BODIES:
            return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if request.META.get("QUERY_STRING", "").count("&") >= MOST_FIELDS:
            return HttpResponse(status=HTTPStatus.REQUEST_URI_TOO_LONG)
        return self.get_response(request)
