"""Writing a shelf: entries come by record, are held until `commit`, and become a new segment then."""

import fcntl
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from ipregister.model.errors import Busy
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.shelf.entry import Entry
from ipregister.search.similarity.shelf.folder import (
    Contents,
    Part,
    dead_rows,
    made_by,
    read_contents,
    write_contents,
)
from ipregister.search.similarity.shelf.segment import Made, Segment, segment_of

LARGEST, MANY = 250_000, 8
"""Names of the largest segment, and how many small segments there may be before they are made one."""


ENCODED = 500
"""Names whose vectors are made before the writer looks whether it is to stop."""


class Stopped(Exception):
    """The writer was asked to stop: nothing of what waited is visible; it is put again from the changes."""


class ShelfWriter:
    """Holds the lock of a shelf; a context manager. Begins anew where the shelf is of another version.

    `stopping` is asked between parts of a long work, which then ends with `Stopped`."""

    def __init__(
        self, folder: Path, encoder: Encoder | None, stopping: Callable[[], bool] = lambda: False
    ) -> None:
        self._folder, self._encoder, self.stopping = folder, encoder, stopping
        self._lock: IO[str] | None = None
        self._held: dict[str, list[Made]] = {}
        self._gone: set[str] = set()
        self._wiped: set[str] = set()

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self._folder / "writer.lock").open("a+", encoding="ascii")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.close()
            raise Busy("another process writes the index of names", place=str(self._folder)) from error
        contents = read_contents(self._folder)
        fresh = Contents(made_by(self._encoder))
        self.contents = contents if contents is not None and contents.made_by == fresh.made_by else fresh
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            self._lock.close()

    @property
    def waiting(self) -> int:
        """Names that are not committed yet."""
        return sum(map(len, self._held.values()))

    def clear(self) -> None:
        """Forgets all contents; what is read stays until the next commit."""
        self.contents = Contents(made_by(self._encoder), commit=self.contents.commit)

    def put(self, key: str, entries: Iterable[Entry]) -> None:
        """Replaces all names of a record; with none, takes the record from the shelf."""
        self._gone.add(key)
        self._held[key] = [(entry, forms(entry.name)) for entry in entries]

    def wipe(self, keys: Iterable[str]) -> None:
        """Of these records no name is to be left in any file after the next commit but those put since."""
        self._wiped.update(keys)

    def commit(self, change: int, day: str = "", due: dict[str, str] | None = None) -> None:
        """Makes everything put visible; the shelf is then complete up to `change`."""
        number = self.contents.commit + 1
        parts = [self._without_gone(part, number) for part in self.contents.parts]
        made = [one for entries in self._held.values() for one in entries]
        for place in range(0, len(made), LARGEST):
            parts.append(self._write(segment_of(part := made[place : place + LARGEST], self._vectors(part)),
                                     f"s{number:06d}{chr(97 + place // LARGEST)}"))  # fmt: skip
        parts = self._merged([part for part in parts if part.alive], number)
        self._held, self._gone, self._wiped = {}, set(), set()
        self.contents = structs.replace(
            self.contents, change=change, commit=number, day=day or self.contents.day, parts=tuple(parts),
            due=self.contents.due if due is None else due,
        )  # fmt: skip
        write_contents(self._folder, self.contents)
        self._sweep()

    def _vectors(self, made: list[Made]) -> NDArray[np.float32] | None:
        """The vectors of names, made once for those that are written the same. Raises `Stopped` between two parts of them where the writer is asked to stop."""
        if self._encoder is None:
            return None
        places: dict[str, int] = {}
        of = [places.setdefault(forms.folded, len(places)) for _, forms in made]
        once = list({forms.folded: forms for _, forms in made}.values())
        parts = []
        for start in range(0, max(1, len(once)), ENCODED):
            if self.stopping():
                raise Stopped
            parts.append(self._encoder.vectors(once[start : start + ENCODED]))
        return np.concatenate(parts)[of]

    def _write(self, segment: Segment, name: str) -> Part:
        segment.save(self._folder / name)
        return Part(name, segment.total)

    def _without_gone(self, part: Part, number: int) -> Part:
        """A segment without the rows of records that are gone or come anew."""
        segment = Segment.opened(self._folder / part.name)
        rows = [row for key in self._gone | self._wiped for row in segment.of_record(key)]
        if not rows:
            return part
        dead = dead_rows(self._folder, part)
        dead = np.zeros(segment.total, np.bool_) if dead is None else dead
        dead[rows] = True
        if any(segment.of_record(key) for key in self._wiped):
            return self._write(self._alive([(segment, dead)]), f"{part.name}w{number}")
        name = f"{part.name}.dead{number}.npy"
        np.save(self._folder / name, dead)
        return Part(part.name, int(segment.total - dead.sum()), name)

    def _merged(self, parts: list[Part], number: int) -> list[Part]:
        """Small segments made one where there are many of them."""
        small = [part for part in parts if part.alive < LARGEST // 4]
        if len(small) < MANY:
            return parts
        opened = [(Segment.opened(self._folder / part.name), dead_rows(self._folder, part)) for part in small]
        whole = self._alive(opened)
        return [part for part in parts if part not in small] + [self._write(whole, f"s{number:06d}z")]

    @staticmethod
    def _alive(segments: Sequence[tuple[Segment, NDArray[np.bool_] | None]]) -> Segment:
        """One segment of the rows of others that are not dead."""
        made: list[Made] = []
        vectors = []
        for segment, dead in segments:
            rows = [row for row in range(segment.total) if dead is None or not dead[row]]
            made += [segment.entry(row) for row in rows]
            if segment.has("vectors"):
                vectors.append(segment.told("vectors", np.array(rows, np.int64)).astype(np.float32))
        return segment_of(made, np.concatenate(vectors) if vectors else None)

    def _sweep(self) -> None:
        """Removes what no contents name; a reader that has it open keeps it until it looks again."""
        kept = {name for part in self.contents.parts for name in (part.name, part.dead)}
        for path in self._folder.glob("s[0-9]*"):
            if path.name not in kept:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)
