"""The API put together: its addresses behind the door, its OpenAPI document, its page."""

import re
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from msgspec import Struct
from ninja import NinjaAPI
from ninja.errors import ValidationError

from ipregister.model.errors import RegisterError
from ipregister.portal.api import answers, life, lists, records, searching
from ipregister.portal.api.openly import OTHER_PATHS
from ipregister.portal.api.parameters import SITE
from ipregister.portal.changes import ChangesAnswer
from ipregister.portal.doors import door
from ipregister.portal.problems import MEDIA_TYPE, Problem, of_error, problem
from ipregister.portal.render import absolute
from ipregister.portal.site import Site

ROOT = "api/v1/"
DESCRIPTION = """What the offices released of the region's register, for programs. Free to use without a key; with a
key, made in a moment at /keys, more often. Every answer carries licence and attribution. Lists are paged by `after`,
without a ceiling. Errors are problem documents (RFC 9457). Answers have an ETag; ask again with If-None-Match.
Versions of this API stand in the address; within v1 members are added, never taken away or renamed."""
ANSWERS: tuple[type[Struct], ...] = tuple(
    kind for kind in vars(answers).values()
    if isinstance(kind, type) and issubclass(kind, Struct) and kind.__module__ == answers.__name__
)  # fmt: skip
LED_TO = (("record", "spelling"), ("recordHistory", "key"), ("recordEvents", "key"), ("recordParties", "key"),
          ("recordCalendar", "key"))  # fmt: skip
"""Operations that take the key of a record, and the parameter that does."""
ANYTHING = "*/*"
_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


@cache
def service() -> NinjaAPI:
    """The API with its operations."""
    api = NinjaAPI(title="ipregister", version="1.0", description=DESCRIPTION, docs_url=None, openapi_url=None,
                   urls_namespace="api-v1", openapi_extra={
                       "tags": [{"name": name} for name in ("records", "search", "lists", "changes", "harvesting")],
                       "info": {"license": {"name": "as each answer tells"}},
                   })  # fmt: skip
    for router in (life.router, records.router, searching.router, lists.router):
        api.add_router("", router)
    api.add_exception_handler(ValidationError, _unreadable)
    api.add_exception_handler(RegisterError, _refused)
    return api


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    return of_error(error)


def _unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    found: list[dict[str, Any]] = error.errors
    told = {".".join(str(part) for part in one["loc"][1:]): str(one["msg"]) for one in found}
    detail = "; ".join(f"{name}: {text}" for name, text in told.items())
    return problem(HTTPStatus.BAD_REQUEST, detail, code="bad-parameter", arguments=told)


def routes(source: Callable[[], Site]) -> list[URLPattern]:
    """The addresses of the API."""
    document, patterns = openapi(), service().urls[0]
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            route = str(pattern.pattern)
            allowed = _parameters(document, "/" + ROOT + _CONVERTER.sub(r"{\1}", route))
            view = _strict(source, pattern.callback, allowed)
            found.append(path(ROOT + route, door(source, view), name=f"api-{pattern.name}"))
    found.append(path(ROOT + "openapi.json", door(source, _with_site(source, _document)), name="openapi"))
    found.append(path(ROOT + "<path:rest>", door(source, _nothing), name="api-nothing"))
    return found


def _parameters(document: dict[str, Any], template: str) -> frozenset[str]:
    """The names of the parameters that an address takes after its question mark."""
    operation = document["paths"][template]["get"]
    return frozenset(one["name"] for one in operation["parameters"] if one["in"] == "query")


def _strict(
    source: Callable[[], Site], view: Callable[..., Any], allowed: frozenset[str]
) -> Callable[..., HttpResponseBase]:
    """The view, which refuses parameters that it does not know: a mistyped filter must not widen an answer."""

    def answer(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        unknown = sorted(request.GET.keys() - allowed) if request.META.get("QUERY_STRING") else ()
        if unknown:
            return problem(HTTPStatus.BAD_REQUEST, f"no parameter {unknown[0][:40]!r}", code="unknown-parameter",
                           remedy=f"use {', '.join(sorted(allowed)) or 'none'}")  # fmt: skip
        asked = request.META.get("HTTP_ACCEPT", ANYTHING)
        if asked != ANYTHING and not any(request.accepts(kind) for kind in ("application/json", MEDIA_TYPE)):
            return problem(HTTPStatus.NOT_ACCEPTABLE, "the API answers in JSON alone",
                           remedy="accept application/json; /r/KEY gives HTML and ST.96 too")  # fmt: skip
        request.META[SITE] = source()
        if request.method == "HEAD":
            request.method = "GET"
        response: HttpResponseBase = view(request, **arguments)
        return response

    return answer


def _with_site(
    source: Callable[[], Site], view: Callable[[Site, HttpRequest], HttpResponse]
) -> Callable[..., HttpResponseBase]:
    return lambda request: view(source(), request)


def _nothing(request: HttpRequest, rest: str) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "the API has no such address", remedy="look at /api/v1/openapi.json")


def _document(site: Site, request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, with this site as its server."""
    server = absolute(site, request, "/").rstrip("/")
    body = msgspec.json.encode(openapi() | {"servers": [{"url": server}]})
    return HttpResponse(body, content_type="application/json")


@cache
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document: operations as django-ninja draws them, schemas as msgspec does."""
    drawn: dict[str, Any] = service().get_openapi_schema(path_prefix=ROOT)
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(drawn))
    components = _components()
    keys = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "A key from /keys."},
        "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A key from /keys."},
    }
    document["components"] = {"schemas": components, "securitySchemes": keys}
    document["security"] = [{}, {"bearer": []}, {"header": []}]
    document["paths"] |= OTHER_PATHS
    _link(document)
    return document


def _components() -> dict[str, Any]:
    """The schemas of all answers. Types of one name in several modules are told apart by the module's: DesignCitation."""
    types = (*ANSWERS, ChangesAnswer, Problem)
    _schemas, found = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    text = msgspec.json.encode(found).decode()
    for name in found:
        if "." in name:
            module, short = name.split(".")[-2:]
            text = text.replace(f'{name}"', f'{module.capitalize()}{short}"')
    renamed: dict[str, Any] = msgspec.json.decode(text)
    return {name: one | {"title": name} if "title" in one else one for name, one in renamed.items()}


def _link(document: dict[str, Any]) -> None:
    """Say how an answer leads to further ones: from lists to each record, its history, events and parties."""
    paths = document["paths"]
    for name, place in (("records", "records/0/key"), ("search", "hits/0/key"), ("parties", "parties/0/key")):
        for operation, parameter in LED_TO:
            _add_link(paths[f"/{ROOT}{name}"], operation, parameter, place)
    _add_link(paths[f"/{ROOT}offices"], "office", "code", "offices/0/code")
    _add_link(paths[f"/{ROOT}code-lists"], "codeList", "name", "codeLists/0/name")


def _add_link(item: dict[str, Any], operation: str, parameter: str, place: str) -> None:
    links = item["get"]["responses"]["200"].setdefault("links", {})
    links[operation] = {"operationId": operation, "parameters": {parameter: f"$response.body#/{place}"}}
