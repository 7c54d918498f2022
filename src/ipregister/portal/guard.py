"""What every answer carries for the safety of the reader."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from ipregister.portal.render import error_code, json_answer, wants_json

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


class ErrorsAsJson:
    """Middleware by which every refusal of a request for JSON is JSON, whoever refused it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; an error that is no JSON is said in JSON where the reader asks for it."""
        response = self.get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST or not _asks_for_json(request):
            return response
        if response.headers.get("Content-Type", "").startswith(
            ("application/json", "application/problem+json")
        ):
            return response
        told = json_answer({"error": error_code(response.status_code)}, response.status_code)
        for name in ("Allow", "Cache-Control", "Retry-After"):
            if name in response.headers:
                told.headers[name] = response.headers[name]
        return told


def _asks_for_json(request: HttpRequest) -> bool:
    try:
        return wants_json(request)
    except SuspiciousOperation:
        by_header = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
        return by_header or "format=json" in request.META.get("QUERY_STRING", "")


AT_ONCE = "is_called_at_once"
"""The mark of a view that needs nothing of what middleware makes for pages."""
MACHINE_PATHS = ("/api/v1/", "/oai", "/changes", "/feeds/", "/r/")
"""Beginnings of the addresses at which such views may be."""


class AtOnce:
    """Middleware that calls the doors of machines itself, without what only pages need: sessions, the reader's
    language, people who signed in, tokens of forms, static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the door; of any other view that of the middleware that follows."""
        match = _door_of(request.path_info)
        if match is None:
            return self.get_response(request)
        request.get_host()  # refuses a name that is not ours
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        response.headers.setdefault("X-Frame-Options", "DENY")
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response


def _door_of(path: str) -> ResolverMatch | None:
    """The door at an address; None where there is none."""
    if not path.startswith(MACHINE_PATHS) or (path.startswith("/r/") and not path.endswith(".ics")):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if hasattr(match.func, AT_ONCE) else None


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
