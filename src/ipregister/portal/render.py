"""From a template and its values to an answer, with what every page carries; and answers as JSON."""

import re
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from ipregister.portal.languages import LANGUAGES
from ipregister.portal.site import Site
from ipregister.portal.terms import stated

ORIGIN = "ipregister.origin"
"""Where a request carries the beginning of the whole addresses of its site."""
_PLAIN = re.compile("(/[A-Za-z0-9_-]+)+(\\.[a-z]+)?")
"""Paths that are whole addresses with the site before them, and nothing to be quoted in them."""
LONG_ADDRESS = 1_000
"""An address beyond this is not repeated in every link of a page."""


def page(
    site: Site,
    request: HttpRequest,
    template: str,
    values: dict[str, Any],
    *,
    section: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page. `section` is the part of the site that is marked in the header."""
    user = getattr(request, "user", None) if site.offers_staff else None
    person = user if user is not None and user.is_authenticated else None
    common = frame(request) | {"section": section, "person": person, "offers_sign_in": site.offers_staff,
                               "data_terms": partial(stated, site)}  # fmt: skip
    response = render(request, f"portal/{template}", common | values, status=status)
    patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
    return response


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs: the language, and the switch to the others."""
    lang = get_language() or "en"
    back = request.get_full_path() if request.method == "GET" else "/"
    back = back if len(back) <= LONG_ADDRESS else request.path[:LONG_ADDRESS]
    return {
        "lang": lang,
        "language_name": dict(LANGUAGES).get(lang, lang),
        "languages": [
            {
                "code": code,
                "name": name,
                "address": f"{reverse('language')}?{urlencode({'to': code, 'next': back})}",
            }
            for code, name in LANGUAGES
        ],
    }


def wants_json(request: HttpRequest) -> bool:
    """Whether the reader asks for JSON: by `?format=json` or by the `Accept` header."""
    if "format" in request.GET:
        return request.GET["format"] == "json"
    return preferred(request, ("text/html", "application/json")) == "application/json"


def preferred(request: HttpRequest, kinds: Sequence[str]) -> str | None:
    """The media type that the reader likes best, the first where all are equal. What the header names with `q=0` is
    not given, also where a wildcard beside it would fit."""
    told = [MediaType(token) for token in request.headers.get("Accept", "").split(",") if token.strip()]
    refused = {str(one).partition(";")[0].strip().lower() for one in told if one.quality == 0}
    found: str | None = request.get_preferred_type([kind for kind in kinds if kind not in refused])
    return found


def json_answer(content: Any, status: int = 200) -> HttpResponse:
    """Plain values (or `msgspec.Raw` bytes inside them) as JSON, keys sorted."""
    body = msgspec.json.encode(content, order="sorted")
    response = HttpResponse(body, content_type="application/json; charset=utf-8", status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def error_code(status: int) -> str:
    """The word for a status in the JSON of an error: 404 -> `not-found`."""
    return HTTPStatus(status).phrase.lower().replace(" ", "-")


def absolute(site: Site, request: HttpRequest, path: str) -> str:
    """A path of this site as a whole address."""
    if site.public_address:
        return site.public_address.rstrip("/") + path
    if not _PLAIN.fullmatch(path):
        return request.build_absolute_uri(path)
    origin: str | None = request.META.get(ORIGIN)
    if origin is None:
        origin = request.META[ORIGIN] = request.build_absolute_uri("/")[:-1]
    return origin + path


def with_query(request: HttpRequest, **changes: str | None) -> str:
    """The address of this page with some parameters changed; None takes one away."""
    parameters = request.GET.copy()
    for name, value in changes.items():
        name = name.replace("_", "-") if name != "f_" else name
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"{request.path}?{parameters.urlencode(safe='/')}" if parameters else request.path
