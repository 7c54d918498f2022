"""Errors of the machine doors as problem documents (RFC 9457)."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpResponse
from msgspec import Struct

from ipregister.model.errors import RegisterError
from ipregister.search.faults import QueryError

MEDIA_TYPE = "application/problem+json"


class Problem(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What went wrong. `code` is a stable word for programs; `remedy` says what to do; `position` is the place in a
    query, `arguments` what the message is about."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str = ""
    remedy: str = ""
    position: int | None = None
    arguments: dict[str, str] = {}


def problem(status: int, detail: str = "", *, code: str = "", **more: Any) -> HttpResponse:
    """The answer that tells a problem; `more` are further members of `Problem`."""
    title = HTTPStatus(status).phrase
    told = Problem(title=title, status=int(status), detail=detail, code=code or _word(title), **more)
    return HttpResponse(msgspec.json.encode(told), content_type=MEDIA_TYPE, status=status)


def of_error(error: RegisterError) -> HttpResponse:
    """A problem out of an error of ours."""
    answer = problem(error.http_status, str(error) if isinstance(error, QueryError) else error.message,
                     remedy=error.remedy, **_place(error))  # fmt: skip
    if error.http_status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = "60"
    return answer


def _place(error: RegisterError) -> dict[str, Any]:
    """Of a query that cannot be run: its code, and where in it."""
    if not isinstance(error, QueryError):
        return {}
    return {"code": error.code, "position": error.position if error.position >= 0 else None,
            "arguments": error.arguments}  # fmt: skip


def _word(title: str) -> str:
    return title.lower().replace(" ", "-")
