"""The change feed: every released change after a number, in the order of commit; with `wait` it waits for the next.

A change of which nothing is public is not told. Where a later version of a record no longer goes out, its
withdrawal is told once, without content: readers who hold the record take it away."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Literal

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from ipregister.model.errors import UsageError
from ipregister.model.record import Record
from ipregister.portal.api.answers import OfRecord, TermsTold, Told
from ipregister.portal.api.replies import all_told, raw
from ipregister.portal.giving import Giving, add_link, mark_terms
from ipregister.portal.render import absolute
from ipregister.portal.site import Site
from ipregister.store.causes import WITHHOLDING
from ipregister.store.rows import Version

LIMIT, MOST, LONGEST_WAIT_S, POLL_S = 500, 1000, 25, 0.25
LARGEST = 2**63 - 1
_waiting = threading.BoundedSemaphore(1)
"""One request a process may wait: the others are answered at once, so that waiting never stops reading."""
_encoder = msgspec.json.Encoder(order="sorted")


class ChangeLine(OfRecord, frozen=True, kw_only=True, omit_defaults=True):
    """One change. `extracted` is the day of the office's data; `record` is there where it was asked for."""

    change: int
    kind: Literal["version", "deletion", "withdrawal"]
    version: int
    cause: str
    current: bool
    recorded_at: str
    extracted: str
    record: Record | None = None


class ChangesAnswer(Told, frozen=True):
    """The released changes after a number. Ask again with `since` = `next`."""

    since: int
    next: int
    last: int
    changes: tuple[ChangeLine, ...]
    terms: dict[str, TermsTold]


def changes(site: Site, request: HttpRequest) -> HttpResponse:
    """The changes after `since`, at most `limit`; with `wait` seconds, as soon as there is one. `include=record`
    gives each with the canonical record of its version."""
    asked = request.GET
    if unknown := sorted(set(asked) - {"since", "limit", "wait", "include", "format"}):
        raise UsageError(f"no parameter {unknown[0][:40]!r}", remedy="use since, limit, wait, include")
    if asked.get("include", "") not in ("", "record"):
        raise UsageError("include is not 'record'", remedy="use include=record, or leave it out")
    since, limit = _number(asked, "since", 0, 0, LARGEST), _number(asked, "limit", LIMIT, 1, MOST)
    _wait(site, since, _number(asked, "wait", 0, 0, LONGEST_WAIT_S))
    giving = Giving(site)
    place = partial(absolute, site, request)
    lines, following = changes_after(giving, place, since, limit, whole=asked.get("include") == "record")
    groups = {(line.office, line.right) for line in lines}
    answer = ChangesAnswer(
        since, following, site.register.last_change(), tuple(lines), all_told(giving, groups)
    )
    response = HttpResponse(_encoder.encode(answer), content_type="application/json")
    response.headers["Cache-Control"] = "no-cache"
    mark_terms(response, [giving.terms(*group) for group in sorted(groups)])
    add_link(response, absolute(site, request, f"{reverse('changes')}?since={following}"), "next")
    return response


def _number(asked: QueryDict, name: str, usual: int, least: int, most: int) -> int:
    text = asked.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and least <= int(text) <= most):
        raise UsageError(f"{name} is no whole number from {least} to {most}", remedy="write digits alone")
    return int(text)


def _wait(site: Site, since: int, seconds: int) -> None:
    """Wait until there is a change after a number, or the time is over."""
    if not seconds or site.register.last_change() > since or not _waiting.acquire(blocking=False):
        return
    try:
        deadline = time.monotonic() + seconds
        while site.register.last_change() <= since and time.monotonic() < deadline:
            time.sleep(POLL_S)
    finally:
        _waiting.release()


def changes_after(
    giving: Giving, place: Callable[[str], str], since: int, limit: int, *, whole: bool = False
) -> tuple[list[ChangeLine], int]:
    """The released changes after a number, and the number behind the last change that was looked at. `place` makes
    whole addresses of paths; with `whole` each change has the canonical record of its version."""
    found: list[ChangeLine] = []
    for _round in range(MOST // 50):
        heads = giving.site.register.changes(since, limit)
        versions = {one.change: one for one in giving.site.register.of_changes([h.number for h in heads])}
        for head in heads:
            since = head.number
            line = _line(giving, place, versions[since], whole=whole) if since in versions else None
            if line is not None:
                found.append(line)
                if len(found) == limit:
                    return found, since
        if len(heads) < limit:
            break
    return found, since


def _line(giving: Giving, place: Callable[[str], str], version: Version, *, whole: bool) -> ChangeLine | None:
    side = giving.side(version, version.office, version.right)
    withheld = version.cause == WITHHOLDING
    if giving.is_untold(side, version):
        return None
    kind: Literal["version", "deletion", "withdrawal"] = "version"
    if version.deleted or side is None or withheld:
        kind = "deletion" if version.deleted else "withdrawal"
    whole = whole and side is not None and kind == "version"
    return ChangeLine(
        change=version.change,
        kind=kind,
        key=version.key,
        address=place(reverse("record", args=[version.key])),
        version=version.number,
        office=version.office,
        right=version.right,
        cause=version.cause,
        current=version.current,
        recorded_at=version.recorded_at.isoformat(),
        extracted=version.extracted.partition("#")[0],
        record=raw(side.body) if whole and side else None,
    )
