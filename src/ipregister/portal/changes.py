"""The change feed: every released change after a number, in the order of commit; with `wait` it waits for the next.

A change of which nothing is public is not told. Of an office and right that other switches closed each record that
had gone out is told once, as withdrawn, at the number of the closing; its versions are told no more. Where a later version of a record no longer goes out, its
withdrawal is told once, without content: readers who hold the record take it away. What is told of a record without a new
version stands among the others: content withheld by law, a record that a day or other switches opened or closed, a
term that ran out."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from ipregister.model.errors import UsageError
from ipregister.model.record import Record
from ipregister.portal.api.answers import ImageTold, OfRecord, TermsTold, Told
from ipregister.portal.api.replies import all_told, raw
from ipregister.portal.giving import Giving, add_link, mark_terms
from ipregister.portal.render import absolute
from ipregister.portal.site import Site
from ipregister.publication.pictures import named_pictures
from ipregister.publication.released import Released
from ipregister.store import notices
from ipregister.store.causes import WITHHOLDING
from ipregister.store.rows import Change, StoredNotice, Version

LIMIT, MOST, LONGEST_WAIT_S, POLL_S = 500, 1000, 25, 0.25
LARGEST = 2**63 - 1
_waiting = threading.BoundedSemaphore(1)
"""One request a process may wait: the others are answered at once, so that waiting never stops reading."""
_encoder = msgspec.json.Encoder(order="sorted")


class ChangeLine(OfRecord, frozen=True, kw_only=True, omit_defaults=True):
    """One change. `extracted` is the day of the office's data, `extraction` the same with its number where there were
    several; `record` and `images` are there where they were asked for.

    `cause` is that of the version, or `calendar`, `switches`, `term` where the version was told before. Of what was
    withheld by law: the legal `ground`, the `day`, `version` 0 for the whole record, else also the salted `hash` that it
    has in the log; `field` or `picture` where only these; `signature` is that of the
    register's key over the leaf of the log without its change number (kind `withdrawal`)."""

    change: int
    kind: Literal["version", "deletion", "withdrawal"]
    version: int
    cause: str
    current: bool
    recorded_at: str
    extracted: str
    extraction: str = ""
    ground: str = ""
    day: str = ""
    field: str = ""
    picture: str = ""
    hash: str = ""
    signature: str = ""
    images: tuple[ImageTold, ...] = ()
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
    _not_ahead(site, since)
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


def _not_ahead(site: Site, since: int) -> None:
    """Refuse a number that this register has not reached: its reader followed another one, or this one was set back,
    and would never be told what comes until then. Raises `UsageError`."""
    last = site.register.last_change()
    if since > last:
        raise UsageError(f"{since} is ahead of this register; its last change is {last}",
                         remedy="ask again with since=0, or with the number of a change that you had from here")  # fmt: skip


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
        lines = _Lines(giving, place, heads, whole=whole)
        for head in heads:
            since = head.number
            line = lines.of(head)
            if line is not None:
                found.append(line)
                if len(found) == limit:
                    return found, since
        if len(heads) < limit:
            break
    return found, since


class _Lines:
    """The lines of changes whose contents are read at once."""

    def __init__(
        self, giving: Giving, place: Callable[[str], str], heads: Sequence[Change], *, whole: bool
    ) -> None:
        register = giving.site.register
        self._giving, self._place, self._whole = giving, place, whole
        versions = register.of_changes([one.number for one in heads if not one.notice])
        self._versions = {one.change: one for one in versions}
        told = [one for one in heads if one.notice]
        self._notices = notices.of_changes(register.alias, [one.number for one in told])
        self._present = register.get_many(sorted({one.key for one in told}))
        closed = sorted({one.key for one in told if not giving.terms(one.office, one.right).allows("api")})
        self._logged = giving.logged(closed)
        self._closings = notices.lasts(register.alias, self._logged, notices.SWITCHES)

    def of(self, head: Change) -> ChangeLine | None:
        """The line of a change; None where nothing of it is told."""
        if head.notice:
            version = self._present.get(head.key)
            return None if version is None else self._of_notice(self._notices[head.number], version)
        stored = self._versions.get(head.number)
        return None if stored is None else self._of_version(stored)

    def _of_version(self, version: Version) -> ChangeLine | None:
        if self._is_closed(version):
            return None
        side = self._giving.side(version, version.office, version.right)
        if self._giving.is_untold(side, version):
            return None
        return self._line(version, side, version.change, version.recorded_at)

    def _of_notice(self, notice: StoredNotice, version: Version) -> ChangeLine | None:
        """A notice about a record, with what of its present version goes out."""
        if self._is_closed(version) and notice.kind != notices.WITHDRAWAL:
            return self._of_closing(notice, version)
        side = self._giving.side(version, version.office, version.right)
        if (side is None or notice.kind == notices.WITHDRAWAL) and not self._giving.was_given(version.key):
            return None
        line = self._line(version, side, notice.change, notice.recorded_at)
        line = msgspec.structs.replace(line, cause=notice.kind, day=notice.day)
        if notice.kind != notices.WITHDRAWAL:
            return line
        said = msgspec.json.decode(notice.detail, type=dict[str, str])
        return msgspec.structs.replace(
            line, kind="withdrawal", version=notice.number, cause=WITHHOLDING, **said
        )

    def _is_closed(self, version: Version) -> bool:
        """Whether nothing goes out of the office and right of a version."""
        return not self._giving.terms(version.office, version.right).allows("api")

    def _of_closing(self, notice: StoredNotice, present: Version) -> ChangeLine | None:
        """The one withdrawal of a record whose office and right were closed, with the version that was the present one
        then; None for every other notice, and where nothing of the record ever went out."""
        if self._closings.get(notice.key) != notice.change:
            return None
        register, version = self._giving.site.register, present
        if present.change > notice.change:
            known = {one.change: one.number for one in register.history(notice.key)}
            before = max((change for change in known if change < notice.change), default=present.change)
            version = register.get(notice.key, known[before]) or present
        line = self._line(version, None, notice.change, notice.recorded_at)
        return msgspec.structs.replace(
            line, kind="withdrawal", current=True, cause=notice.kind, day=notice.day
        )

    def _line(
        self, version: Version, side: Released | None, change: int, recorded_at: dt.datetime
    ) -> ChangeLine:
        kind: Literal["version", "deletion", "withdrawal"] = "version"
        if version.deleted or side is None or version.cause == WITHHOLDING:
            kind = "deletion" if version.deleted else "withdrawal"
        whole = side if self._whole and kind == "version" else None
        return ChangeLine(
            change=change,
            kind=kind,
            key=version.key,
            address=self._place(reverse("record", args=[version.key])),
            version=version.number,
            office=version.office,
            right=version.right,
            cause=version.cause,
            current=version.current,
            recorded_at=recorded_at.isoformat(),
            extracted=version.extracted.partition("#")[0],
            extraction=version.extracted,
            images=self._images(version, whole) if whole else (),
            record=raw(whole.body) if whole else None,
        )

    def _images(self, version: Version, side: Released) -> tuple[ImageTold, ...]:
        if not version.media or not self._giving.terms(version.office, version.right).allows("images"):
            return ()
        return tuple(
            ImageTold(
                sha256=one.sha256, type=one.mime, name=one.name,
                address=self._place(reverse("image", args=[version.key, one.sha256])),
            )
            for one in named_pictures(msgspec.to_builtins(side.record), version.media)
        )  # fmt: skip
