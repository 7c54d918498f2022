"""A request for an export, kept in a folder of its own that only this server's user can read.

exports/<id>/request.json   what was asked for, and who asked (the hash of a cookie); the question goes when the file is made
             progress.json  how far it is
             part           what is written so far
             file           the finished file
"""

import hashlib
import os
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from ipregister.model.errors import Busy
from ipregister.search.folder import write_file

FOLDER = "exports"
MOST_WAITING = 20
"""So many exports may wait or be made at one time."""
KEPT_HOURS = 24
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
State = Literal["waiting", "running", "done", "failed"]


class Request(Struct, frozen=True, kw_only=True):
    """What was asked for. `owner` is the SHA-256 of the cookie of who asked."""

    line: str
    filters: dict[str, list[str]]
    form: str
    lang: str
    owner: str


class Progress(Struct, frozen=True, kw_only=True):
    """How far an export is: rows written, hits in all, the cursor and the size of the part after the last page.

    `left_out` counts hits that their office does not release, `walked` says that the last page is written,
    `reason` why it failed."""

    state: State = "waiting"
    total: int = 0
    rows: int = 0
    left_out: int = 0
    cursor: str = ""
    size: int = 0
    walked: bool = False
    reason: str = ""

    @property
    def moving(self) -> bool:
        """Whether it will change without anybody's doing."""
        return self.state in {"waiting", "running"}


class Export:
    """One export: the files of its folder."""

    def __init__(self, data: Path, number: str) -> None:
        self.number = number
        self.folder = data / FOLDER / number
        self.part, self.file = self.folder / "part", self.folder / "file"

    def request(self) -> Request:
        """What was asked for."""
        return msgspec.json.decode((self.folder / "request.json").read_bytes(), type=Request)

    def progress(self) -> Progress:
        """How far it is."""
        try:
            return msgspec.json.decode((self.folder / "progress.json").read_bytes(), type=Progress)
        except FileNotFoundError:
            return Progress()

    def note(self, progress: Progress) -> None:
        """Write down how far it is, in one step."""
        write_file(self.folder / "progress.json", msgspec.json.encode(progress))

    def end(self, progress: Progress) -> None:
        """Write down that it is done or failed, and delete what was asked for: nobody needs it any more."""
        self.note(progress)
        file = self.folder / "request.json"
        asked_at = file.stat().st_mtime
        write_file(file, msgspec.json.encode(msgspec.structs.replace(self.request(), line="", filters={})))
        os.utime(file, (asked_at, asked_at))

    def discard(self) -> None:
        """Delete it with all its files."""
        shutil.rmtree(self.folder, ignore_errors=True)


def ask(data: Path, request: Request) -> Export:
    """Keep a request. Raises `Busy` where too many wait."""
    if len(unfinished(data)) >= MOST_WAITING:
        raise Busy("too many exports are waiting", remedy="try again in some minutes")
    export = Export(data, secrets.token_urlsafe(16))
    export.folder.parent.mkdir(mode=0o700, exist_ok=True)
    export.folder.mkdir(mode=0o700)
    write_file(export.folder / "request.json", msgspec.json.encode(request))
    export.note(Progress())
    return export


def find(data: Path, number: str, cookie: str) -> Export | None:
    """The export of an id, for the one who asked for it; None for anybody else."""
    if not _ID.fullmatch(number) or not cookie:
        return None
    export = Export(data, number)
    try:
        owner = export.request().owner
    except FileNotFoundError:
        return None
    return export if secrets.compare_digest(owner, owner_of(cookie)) else None


def owner_of(cookie: str) -> str:
    """What is kept of a cookie."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def unfinished(data: Path) -> list[str]:
    """The ids of exports that wait or are being made."""
    return [number for number in _numbers(data) if Export(data, number).progress().moving]


def discard_old(data: Path, now: float | None = None) -> int:
    """Delete what was asked for more than a day ago; how many."""
    limit = (time.time() if now is None else now) - KEPT_HOURS * 3600
    old = [number for number in _numbers(data) if _asked_at(Export(data, number)) < limit]
    for number in old:
        Export(data, number).discard()
    return len(old)


def _asked_at(export: Export) -> float:
    try:
        return (export.folder / "request.json").stat().st_mtime
    except FileNotFoundError:
        return 0.0 if not export.folder.exists() else export.folder.stat().st_mtime


def _numbers(data: Path) -> list[str]:
    folder = data / FOLDER
    return sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
