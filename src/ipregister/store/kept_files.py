"""Files of a data folder that a backup takes along as they are: each with its size and hash, private ones apart.

A SQLite file is copied as a whole state of it, while others write to it.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

from msgspec import Struct

from ipregister.model.errors import Damaged
from ipregister.store.packs import file_digest

FOLDER = "files"
"""Of a backup: what stands below the data folder under the same names."""


class Kind(Struct, frozen=True):
    """Files that are taken along: patterns below the data folder, in the order in which they are copied. `private`
    ones are readable by their owner alone."""

    patterns: tuple[str, ...]
    private: bool = False


class FileCopy(Struct, frozen=True):
    """One file of a backup; `name` is its place in the data folder."""

    name: str
    size: int
    sha256: str
    private: bool = False

    @property
    def file(self) -> str:
        """Its place in the backup."""
        return f"{FOLDER}/{self.name}"


def copy_out(data: Path, target: Path, kinds: Iterable[Kind]) -> Iterator[FileCopy]:
    """Copy files out of a data folder, each kind when it is its turn."""
    taken: set[str] = set()
    for kind in kinds:
        for pattern in kind.patterns:
            for path in sorted(data.glob(pattern)):
                name = path.relative_to(data).as_posix()
                if path.is_file() and not path.is_symlink() and name not in taken:
                    taken.add(name)
                    yield _copied(path, target, name, private=kind.private)


def _copied(path: Path, target: Path, name: str, *, private: bool) -> FileCopy:
    place = target / FOLDER / name
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.suffix == ".sqlite3":
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(place)) as copy:
            source.backup(copy)
    else:
        shutil.copyfile(path, place)
    if private:
        place.chmod(0o600)
    with place.open("rb") as written:
        os.fsync(written.fileno())
    return FileCopy(name, place.stat().st_size, file_digest(place), private)


def copy_in(source: Path, copies: Iterable[FileCopy], data: Path) -> None:
    """Put files of a verified backup into a data folder. Raises `Damaged` for a name that leads out of it."""
    for one in copies:
        parts = PurePosixPath(one.name).parts
        if not parts or PurePosixPath(one.name).is_absolute() or ".." in parts:
            raise Damaged("names a file outside the data folder", place=one.name)
        place = data / one.name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(source / one.file, place)
        if one.private:
            place.chmod(0o600)
