"""The drop folders: `inbox/<OFFICE>/`. What is whole is loaded and moved to `done/`, else to `failed/`.

Who may drop files need not be one who may read those of the server: no symbolic link is followed.
"""

import datetime as dt
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ipregister.intake.loading import LoadResult, load
from ipregister.intake.waiting import settled
from ipregister.model.errors import RegisterError
from ipregister.model.offices import codes, office
from ipregister.store.register import Register

DONE, FAILED = "done", "failed"
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")
"""Endings of files that a transfer has not finished; dot files too."""
_PAUSE = 1.0
_log = logging.getLogger("ipregister.intake")
Clock = Callable[[], float]


def watch(
    register: Register, inbox: Path, *, scratch: Path, stopping: threading.Event, settle: float = 5.0,
    once: bool = False, clock: Clock = time.monotonic,
) -> Iterator[LoadResult]:  # fmt: skip
    """Load what is dropped until `stopping` is set, in order of name; `once`: what is there now, then end."""
    resting = _Resting(settle, clock)
    while not stopping.is_set():
        for code, path in waiting(inbox):
            if resting.is_whole(path):
                result = _take(register, code, path, scratch)
                if result is not None:
                    yield result
        if once and not any(waiting(inbox)):
            return
        stopping.wait(min(_PAUSE, max(settle / 4, 0.05)))


def waiting(inbox: Path) -> Iterator[tuple[str, Path]]:
    """Office and path of everything that lies in the drop folders; also in those of offices that are not known."""
    known = codes()
    others = sorted(one.name for one in inbox.iterdir()) if inbox.is_dir() else []
    for code in (*known, *(name for name in others if name not in known and not name.startswith("."))):
        folder = inbox / code
        if folder.is_dir() and (code in known or not folder.is_symlink()):
            for path in sorted(folder.iterdir()):
                hidden = path.name.startswith(".") or path.name.lower().endswith(UNFINISHED)
                if not hidden and path.name not in {DONE, FAILED}:
                    yield code, path


class _Resting:
    """Remembers sizes, to see which files rest."""

    def __init__(self, settle: float, clock: Clock) -> None:
        self._settle, self._clock = settle, clock
        self._since: dict[Path, tuple[tuple[int, int], float]] = {}

    def is_whole(self, path: Path) -> bool:
        """Whether size and time of a file (of all in a folder) have not changed for the time."""
        now, measure = self._clock(), _measure(path)
        seen, since = self._since.get(path, (None, now))
        if seen != measure:
            self._since[path] = measure, now
            return self._settle <= 0
        if now - since < self._settle:
            return False
        del self._since[path]
        return True


def _measure(path: Path) -> tuple[int, int]:
    files = [path] if path.is_symlink() or path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    states = [file.lstat() for file in files if file.exists()]
    return sum(s.st_size for s in states), max((s.st_mtime_ns for s in states), default=0)


def _take(register: Register, code: str, path: Path, scratch: Path) -> LoadResult | None:
    if path.is_symlink():
        _move(path, FAILED, f"{path.name}: a symbolic link is not followed; send the file itself")
        return None
    if code not in codes():
        _move(
            path,
            FAILED,
            f"{path.name}: no office {code!r}; put it into a folder of {', '.join(codes())}, or add the office",
        )
        return None
    try:
        result = load(register, office(code), path, scratch=scratch)
        result, _ = settled(register, office(code), result, scratch=scratch)
    except RegisterError as error:
        _move(path, FAILED, str(error))
        return None
    _move(path, DONE, "")
    return result


def _move(path: Path, to: str, reason: str) -> None:
    folder = path.parent / to
    if folder.is_symlink():
        folder.unlink()
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    if target.exists() or target.is_symlink():
        target = folder / f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}-{path.name}"
    shutil.move(path, target)
    if reason:
        _log.warning("%s was not loaded: %s", target, reason)
        target.with_name(f"{target.name}.reason.txt").write_text(reason + "\n", encoding="utf-8")
