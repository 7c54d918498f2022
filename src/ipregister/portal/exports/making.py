"""Making an export: the worker's part. Flat in memory; taken up again after a crash where it stopped."""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import override

from ipregister.model.errors import Busy
from ipregister.portal.exports.asking import Export, Progress, Request
from ipregister.portal.exports.walking import Walked, walk
from ipregister.portal.exports.writing import FORMS, workbook
from ipregister.portal.giving import Giving
from ipregister.portal.publicly import Shown
from ipregister.portal.site import Site
from ipregister.publication.release import Release
from ipregister.search.query import parse

FREE = 512 << 20
"""So much of the disk is left free; an export that would take more fails."""
_log = logging.getLogger("ipregister.worker")


class _DiskIsFull(Exception):
    pass


class _Stopped(Exception):
    pass


def make(site: Site, number: str) -> None:
    """Make the file of an export, or go on with it. What was deleted meanwhile is passed over; where the process
    is to end, the next one goes on.

    Nothing of the query goes into the log, whatever fails."""
    export = Export(site.data, number)
    try:
        with (export.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if export.progress().moving:
                _make(site, export)
    except (FileNotFoundError, BlockingIOError, _Stopped):
        return
    except Busy:
        _failed(export, "busy")
    except _DiskIsFull:
        _failed(export, "disk")
    except Exception as error:
        _log.error("an export failed: %s", type(error).__name__)
        _failed(export, "fault")


def _failed(export: Export, reason: str) -> None:
    export.part.unlink(missing_ok=True)
    if export.folder.is_dir():
        export.end(Progress(state="failed", reason=reason))


def _make(site: Site, export: Export) -> None:
    request, progress = export.request(), export.progress()
    if export.file.exists():  # made whole, and cut off before that was written down
        _done(export, progress)
        return
    form = FORMS[request.form]
    if progress.state == "waiting":
        query = Giving(site).closing_in(parse(request.line))
        total = site.index.search(query, filters=request.filters, limit=0).total
        progress = Progress(state="running", total=total)
    with override(request.lang), export.part.open("ab") as part:
        part.truncate(progress.size)
        if not progress.size:
            part.write(form.heading.encode())
        if not progress.walked:
            progress = _walked(site, export, request, part, progress)
    if request.form == "xlsx":
        workbook(export.part, export.folder / "book")
        (export.folder / "book").replace(export.file)
        export.part.unlink()
    else:
        export.part.replace(export.file)
    _done(export, progress)


def _done(export: Export, progress: Progress) -> None:
    export.end(Progress(state="done", total=progress.total, rows=progress.rows, left_out=progress.left_out,
                        size=export.file.stat().st_size))  # fmt: skip


def _walked(site: Site, export: Export, request: Request, part: BinaryIO, progress: Progress) -> Progress:
    """Writes page after page; after each the part is on the disk before the note says so."""
    release = Release.load(site.data)
    for page in walk(site, request.line, request.filters, after=progress.cursor, release=release):
        if site.stopping():
            raise _Stopped
        if shutil.disk_usage(export.folder).free < FREE:
            raise _DiskIsFull
        part.write("".join(_lines(page.sides, request, release)).encode())
        part.flush()
        os.fsync(part.fileno())
        progress = _further(progress, page, part.tell())
        export.note(progress)
    return progress


def _lines(sides: list[Shown], request: Request, release: Release) -> Iterator[str]:
    form = FORMS[request.form]
    for side in sides:
        yield form.line(side, request.lang, release.terms(side.office.code, side.plain["right"]))


def _further(progress: Progress, page: Walked, size: int) -> Progress:
    return Progress(
        state="running", total=progress.total, rows=progress.rows + len(page.sides),
        left_out=progress.left_out + page.left_out, cursor=page.cursor, size=size, walked=not page.cursor,
    )  # fmt: skip
