"""The index folder: generations of the index, which of them is current, checkpoints, and the lock.

CURRENT             the name of the generation that is read
<generation>/       the engine's files, with
    layout.json     analyzer, table of fields and engine that made it
    checkpoint.json the change number up to which it is complete
    facets.json     counts over all its records
writer.lock         held by the one process that writes
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.errors import Busy
from ipregister.search import fields
from ipregister.search.analyzer import Analyzer


class Layout(Struct, frozen=True):
    """What an index must have been made with to be read or continued."""

    analyzer: str
    fields: str
    engine: str


class Checkpoint(Struct, frozen=True):
    """How far an index is: last change number, number of commits, and the day its states are of."""

    change: int = 0
    commit: int = 0
    day: str = ""


LAYOUT = Layout(Analyzer.version, fields.fingerprint(), version("tantivy"))


class IndexFolder:
    """Names and small files of an index folder; knows nothing of the engine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Path | None:
        """The folder of the generation that is read, None where there is none."""
        try:
            name = (self.path / "CURRENT").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        return self.path / name

    def unfinished(self) -> Path | None:
        """A generation of the present layout that was begun and is not current yet."""
        current = self.current()
        for folder in sorted(self.path.glob("g*/"), reverse=True):
            if folder != current and is_of_layout(folder):
                return folder
        return None

    def begin(self) -> Path:
        """A new, empty generation."""
        self.path.mkdir(parents=True, exist_ok=True)
        numbers = [int(folder.name[1:]) for folder in self.path.glob("g*/") if folder.name[1:].isdigit()]
        folder = self.path / f"g{max(numbers, default=0) + 1:06d}"
        folder.mkdir()
        write_file(folder / "layout.json", msgspec.json.encode(LAYOUT))
        return folder

    def publish(self, folder: Path) -> None:
        """Makes a generation the one that is read, in one step, and removes the others."""
        write_file(self.path / "CURRENT", folder.name.encode("ascii"))
        for other in self.path.glob("g*/"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def stamp(self) -> tuple[int, ...]:
        """Changes whenever another generation or a new checkpoint is there. Two `stat` calls."""
        folder = self.current()
        return () if folder is None else (hash(folder.name), *_identity(folder / "checkpoint.json"))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the writer's lock. Raises `Busy` where another process has it.

        The lock is the kernel's: it ends with the process that held it, so that it cannot be left behind."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "writer.lock").open("a+", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy("another process writes the search index", place=str(self.path)) from error
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            yield


def is_of_layout(folder: Path) -> bool:
    """Whether a generation was made by the present analyzer, table of fields and engine."""
    try:
        return msgspec.json.decode((folder / "layout.json").read_bytes(), type=Layout) == LAYOUT
    except (FileNotFoundError, msgspec.MsgspecError):
        return False


def read_checkpoint(folder: Path) -> Checkpoint:
    """The checkpoint of a generation; the first one where none was written."""
    try:
        return msgspec.json.decode((folder / "checkpoint.json").read_bytes(), type=Checkpoint)
    except FileNotFoundError:
        return Checkpoint()


def write_checkpoint(folder: Path, checkpoint: Checkpoint) -> None:
    """Writes the checkpoint in one step."""
    write_file(folder / "checkpoint.json", msgspec.json.encode(checkpoint))


def _identity(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0, 0
    return stat.st_ino, stat.st_mtime_ns


def write_file(path: Path, content: bytes) -> None:
    """Writes a small file in one step, and to the disk."""
    part = path.with_suffix(path.suffix + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
