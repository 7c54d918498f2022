"""What all machine doors share: keys, quotas told in headers, reading from other sites' pages, problems as RFC 9457."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from ipregister.model.errors import RegisterError
from ipregister.portal import guard, keys
from ipregister.portal.problems import of_error, problem
from ipregister.portal.quota import Left, Policy, Quota, address_of
from ipregister.portal.site import Site

READ = ("GET", "HEAD")
LANGUAGE = "en"
"""What all doors speak."""
EXPOSED = "ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, Attribution, Legal-Source, Content-Location"
SENT = "Authorization, X-API-Key, If-None-Match, If-Modified-Since, Content-Type, Accept, Accept-Language"
"""Headers that pages of other sites may read, and may send."""
_quota = Quota()
View = Callable[..., HttpResponseBase]
"""Takes a request; a `SiteView` the site before it."""
SiteView = Callable[..., HttpResponseBase]


def door(source: Callable[[], Site], view: View, methods: tuple[str, ...] = READ) -> View:
    """A view that machines use."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        response = _answer(source(), request, view, methods, arguments)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        patch_vary_headers(response, ["Authorization", "X-API-Key"])
        response.headers.setdefault("Content-Language", LANGUAGE)
        return response

    setattr(answer, guard.AT_ONCE, True)
    return answer


def _answer(
    site: Site, request: HttpRequest, view: View, methods: tuple[str, ...], arguments: dict[str, Any]
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight(methods)
    if request.method not in methods:
        refused = problem(HTTPStatus.METHOD_NOT_ALLOWED, "this address does not take this method")
        refused.headers["Allow"] = ", ".join((*methods, "OPTIONS"))
        return refused
    left, refusal = _admitted(site, request)
    response = refusal or _called(view, request, arguments)
    if left is not None:
        for name, text in left.headers().items():
            response.headers[name] = text
    return response


def _called(view: View, request: HttpRequest, arguments: dict[str, Any]) -> HttpResponseBase:
    try:
        with override(LANGUAGE):
            return view(request, **arguments)
    except RegisterError as error:
        return of_error(error)
    except Http404:
        return problem(HTTPStatus.NOT_FOUND, "there is nothing at this address")
    except SuspiciousOperation:
        return problem(HTTPStatus.BAD_REQUEST, "this request cannot be read")


def _preflight(methods: tuple[str, ...]) -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.NO_CONTENT,
        headers={
            "Allow": ", ".join((*methods, "OPTIONS")),
            "Access-Control-Allow-Methods": ", ".join(methods),
            "Access-Control-Allow-Headers": SENT,
            "Access-Control-Max-Age": "86400",
        },
    )


def _admitted(site: Site, request: HttpRequest) -> tuple[Left | None, HttpResponse | None]:
    """What is left to the client, and the refusal where it may not go on."""
    text = keys.given_in(request)
    key = keys.find(text)
    if text and key is None:
        refused = problem(HTTPStatus.UNAUTHORIZED, "this key was not made here, or is revoked", code="bad-key",
                          remedy="leave the key out, or make a new one at /keys")  # fmt: skip
        refused.headers["WWW-Authenticate"] = "Bearer"
        return None, refused
    if key is not None and "read" not in key.scopes.split():
        return None, problem(HTTPStatus.FORBIDDEN, "this key does not open this door", code="wrong-scope",
                             remedy="make a key with the scope read at /keys")  # fmt: skip
    anonymous, with_key = site.quotas
    policy = Policy("key", with_key) if key else Policy("anonymous", anonymous)
    if not policy.most:
        return None, None
    left = _quota.take(key.id if key else address_of(site, request), policy, site.clock().timestamp())
    if not left.refused:
        return left, None
    return left, problem(HTTPStatus.TOO_MANY_REQUESTS, f"at most {policy.most} requests in {policy.span} seconds",
                         remedy="wait as Retry-After says; with a key from /keys more is allowed")  # fmt: skip
