"""What the system refuses (a right on a file, a folder that is not there) as one line: the place, why, what to do."""

import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_RIGHTS = (
    "the user that runs ipregister may not read or write {it}",
    "give that user the right, or name another place",
)
_WHY = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: ("it lies on a disk that cannot be written to", "name another place"),
    errno.ENOENT: ("there is no such file or folder", "check the path; a folder must be there before a file goes into it"),
    errno.EISDIR: ("it is a folder, not a file", "name a file"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "check the path"),
    errno.EEXIST: ("it is there already, and is no folder", "name another place"),
    errno.ENOTEMPTY: ("it is a folder that holds files", "name another place"),
    errno.ENAMETOOLONG: ("the name is too long", "name a shorter one"),
    errno.ELOOP: ("the links in the path lead in a circle", "check the path"),
}  # fmt: skip
_ANYWHERE = (errno.EACCES, errno.EPERM, errno.EROFS)
"""Told of any file. The others only of what the command line named: elsewhere they are errors of the program."""
_SQLITE = ("readonly database", "unable to open database file", "disk I/O error")
_ENGINE = ("(os error 13)", "(os error 1)", "(os error 30)", "Permission denied", "PermissionDenied")
_DATABASES = ("", "register.sqlite3", "register.sqlite3-wal", "register.sqlite3-shm", "service.sqlite3",
              "service.sqlite3-wal", "service.sqlite3-shm")  # fmt: skip
_FOLDERS = ("index", "names", "pictures")


def refusal(error: BaseException, data: Path, arguments: Sequence[str]) -> str:
    """The line for an error that came from a refusal of the system; empty for any other. `data` is the data folder,
    `arguments` the command line. SQLite and the search engine tell a refusal by words alone."""
    for one in _causes(error):
        if isinstance(one, OSError) and (line := _refused(one, data, arguments)):
            return line
        text = str(one)
        if any(word in text for word in _SQLITE):
            places: Iterator[Path] = (data / name for name in _DATABASES)
        elif any(word in text for word in _ENGINE):
            places = _within(data / name for name in _FOLDERS)
        else:
            continue
        if closed := next((place for place in places if _is_closed(place)), None):
            return _line(closed, errno.EACCES)
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came from; some libraries carry the system's error in their own."""
    one: BaseException | None = error
    while one is not None:
        yield one
        yield from (part for part in one.args if isinstance(part, OSError))
        one = one.__cause__


def _refused(error: OSError, data: Path, arguments: Sequence[str]) -> str:
    told = error.filename2 or error.filename
    if error.errno not in _WHY or not isinstance(told, str | os.PathLike):
        return ""
    place = Path(told)
    if error.errno in _ANYWHERE or _is_named(place.absolute(), data.absolute(), arguments):
        return _line(place, error.errno)
    return ""


def _is_named(place: Path, data: Path, arguments: Sequence[str]) -> bool:
    """Whether the command line named a place: itself, what it lies in or beside; or the data folder or what it lies in."""
    given = {Path(argument.partition("=")[2] or argument).absolute() for argument in arguments} - {data}
    beside = any(place.is_relative_to(one) or place.parent == one.parent for one in given)
    return beside or data.is_relative_to(place)


def _line(place: Path, number: int) -> str:
    why, remedy = _WHY[number]
    closed = _closed_folder(place)
    it = "it" if closed is None else f"in the folder {closed}"
    return f"{place}: {why.format(it=it)}. What to do: {remedy}"


def _closed_folder(place: Path) -> Path | None:
    """The folder that keeps this user from a place: one that may not be gone through, or the one that a new file would
    go into; None where it is the place itself."""
    path = place.absolute()
    for folder in reversed(path.parents):
        if not os.access(folder, os.X_OK):
            return folder
    return None if os.path.lexists(path) else path.parent


def _within(folders: Iterator[Path]) -> Iterator[Path]:
    """Folders and what is in them."""
    for folder in folders:
        yield folder
        if os.access(folder, os.R_OK):
            yield from folder.rglob("*") if folder.is_dir() else ()


def _is_closed(place: Path) -> bool:
    """Whether a place is there and this user may not read and write it."""
    wanted = os.R_OK | os.W_OK | (os.X_OK if os.path.isdir(place) else 0)
    return os.path.lexists(place) and not os.access(place, wanted)
