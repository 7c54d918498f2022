"""From an answer to bytes with its headers; and what the OpenAPI document says of every status."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from http import HTTPStatus
from typing import Any, cast

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response
from msgspec import Struct

from ipregister.model.record import Record
from ipregister.model.status import State
from ipregister.portal.api.answers import Page, StateTold, TermsTold
from ipregister.portal.giving import Giving, add_link, mark_terms
from ipregister.portal.publicly import Shown
from ipregister.portal.render import absolute
from ipregister.portal.site import Site
from ipregister.portal.terms import terms_told
from ipregister.publication.release import Terms

_encoder = msgspec.json.Encoder(order="sorted")
QUOTAS = {
    "RateLimit": ("What is left: `r` requests in `t` seconds.", "string"),
    "RateLimit-Policy": ("The quota: `q` requests in `w` seconds.", "string"),
}
ALWAYS = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_ACCEPTABLE,
          HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)  # fmt: skip
"""Statuses of problems that every address may answer with."""


def raw(body: bytes) -> Record:
    """Canonical bytes in the place of a record: they are sent as they are."""
    return cast(Record, msgspec.Raw(body))


@lru_cache(maxsize=256)
def told(terms: Terms) -> TermsTold:
    """Terms as answers carry them."""
    return TermsTold(**terms_told(terms))


def state_told(state: State) -> StateTold:
    """A derived state as answers carry it."""
    return StateTold(**msgspec.structs.asdict(state))


def all_told(giving: Giving, groups: Iterable[tuple[str, str]]) -> dict[str, TermsTold]:
    """The terms of the records of an answer, by `OFFICE/right`."""
    return {f"{code}/{right}": told(giving.terms(code, right)) for code, right in sorted(set(groups))}


def reply(
    request: HttpRequest, content: Struct, terms: Iterable[Terms] = (), *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """An answer as JSON, with the licences as links; 304 where the client has these bytes already."""
    body = _encoder.encode(content)
    response = HttpResponse(body, content_type="application/json", status=status)
    mark_terms(response, terms)
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    conditional = get_conditional_response(request, etag=tag, response=response)
    return conditional if conditional is not None else response


def paged(
    request: HttpRequest, giving: Giving, kind: type[Page], sides: Sequence[Shown], after: str | None, **members: Any
) -> HttpResponse:  # fmt: skip
    """A page of a list, with the terms of its records and the address of the next page. `after` is the last entry of
    this page where there are more; `members` are those of the answer besides."""
    groups = [(side.office.code, side.plain["right"]) for side in sides]
    address = _following(giving.site, request, after)
    content = kind(next=after, next_page=address, terms=all_told(giving, groups), **members)
    response = reply(request, content, [giving.terms(*group) for group in groups])
    if address:
        add_link(response, address.replace(">", "%3E"), "next")
    return response


def _following(site: Site, request: HttpRequest, after: str | None) -> str | None:
    """The address of the next page of this request."""
    if after is None:
        return None
    asked = QueryDict(request.META.get("QUERY_STRING", ""), mutable=True)
    asked["after"] = after
    return absolute(site, request, f"{request.path}?{asked.urlencode()}")


def replies(answer: type[Struct], *problems: int, **more: Any) -> dict[str, Any]:
    """What the OpenAPI document says of the statuses of an address: its answer, and problems beside the usual."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer.__name__}"}}}
    described: dict[str, Any] = {
        "200": {
            "description": (answer.__doc__ or "").split("\n")[0],
            "content": content,
            "headers": {
                **_headers(QUOTAS),
                **_headers({"ETag": ("Changes when the answer does.", "string"),
                            "Link": ("Licences, and the next page.", "string")}),
            },
        },
        "304": {"description": "Nothing changed since the answer with this ETag."},
    }  # fmt: skip
    for status in sorted({*ALWAYS, *problems}):
        described[str(int(status))] = problem_reply(status)
    return {"responses": described | more}


def problem_reply(status: int) -> dict[str, Any]:
    """What the OpenAPI document says of a problem."""
    described: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        described["headers"] = _headers({"Retry-After": ("Seconds to wait.", "integer")})
    return described


def _headers(described: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {name: {"description": text, "schema": {"type": kind}} for name, (text, kind) in described.items()}
