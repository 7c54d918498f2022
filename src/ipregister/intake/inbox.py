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
_REMEMBERED = 200
_log = logging.getLogger("ipregister.intake")
Clock = Callable[[], float]


def watch(
    register: Register, inbox: Path, *, scratch: Path, stopping: threading.Event, settle: float = 5.0,
    once: bool = False, clock: Clock = time.monotonic,
) -> Iterator[LoadResult]:  # fmt: skip
    """Load what is dropped until `stopping` is set, in order of name; `once`: what is there now, then end."""
    resting, moved = _Resting(settle, clock), _Moved()
    while not stopping.is_set():
        moved.bring_back()
        for code, path in waiting(inbox):
            if resting.is_whole(path):
                result = _take(register, code, path, scratch, moved)
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


class _Moved:
    """Remembers the last files that were moved, to see which of them are still written: a transfer that rested for longer
    than the time was taken as whole, and goes on in `done/` or `failed/`."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[Path, tuple[int, int]]] = {}

    def note(self, path: Path, target: Path, measure: tuple[int, int]) -> None:
        """A file was moved, and how it was when it was taken."""
        self._files[target] = path, measure
        if len(self._files) > _REMEMBERED:
            del self._files[next(iter(self._files))]

    def bring_back(self) -> None:
        """Put what has changed since into its drop folder again: it is read once more when it rests."""
        for target, (path, measure) in [*self._files.items()]:
            if _measure(target) == measure:
                continue
            del self._files[target]
            if target.exists() and not path.exists():
                shutil.move(target, path)
                _reason_of(target).unlink(missing_ok=True)
                _log.warning("%s was still written after it had been taken: it is read again", path)


def _measure(path: Path) -> tuple[int, int]:
    files = [path] if path.is_symlink() or path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    states = [file.lstat() for file in files if file.exists()]
    return sum(s.st_size for s in states), max((s.st_mtime_ns for s in states), default=0)


def _take(register: Register, code: str, path: Path, scratch: Path, moved: _Moved) -> LoadResult | None:
    measure, result, reason = _measure(path), None, _refusal(code, path)
    if not reason:
        try:
            result = load(register, office(code), path, scratch=scratch)
            result, _ = settled(register, office(code), result, scratch=scratch)
        except RegisterError as error:
            reason = str(error)
    if target := _move(path, FAILED if reason else DONE, reason):
        moved.note(path, target, measure)
    return result


def _refusal(code: str, path: Path) -> str:
    """Why something in a drop folder is not even looked at; empty where it is."""
    if path.is_symlink():
        return f"{path.name}: a symbolic link is not followed; send the file itself"
    if code not in codes():
        return f"{path.name}: no office {code!r}; put it into a folder of {', '.join(codes())}, or add the office"
    return ""


def _move(path: Path, to: str, reason: str) -> Path | None:
    """Where the file is now; None where it is gone, since another process has taken it."""
    folder = path.parent / to
    if folder.is_symlink():
        folder.unlink()
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    if target.exists() or target.is_symlink():
        target = folder / f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}-{path.name}"
    try:
        shutil.move(path, target)
    except FileNotFoundError:
        _log.warning("%s is gone: another process that watches the drop folders has taken it", path)
        return None
    if reason:
        _log.warning("%s was not loaded: %s", target, reason)
        _reason_of(target).write_text(reason + "\n", encoding="utf-8")
    return target


def _reason_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.reason.txt")
