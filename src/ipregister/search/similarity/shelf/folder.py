"""The folder of a shelf: segments, which rows of them are dead, and a list of both that is replaced in one step.

shelf.json        the segments in order, the change number up to which the shelf is complete, and by what it was
                  made; a shelf made by another version of the forms or of the weights is not read
s000001/*.npy     a segment
s000001.dead7.npy its dead rows, as of the commit 7
writer.lock       held by the one process that writes
"""

from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ipregister.search.folder import write_file
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.shelf.segment import Segment

FORMS = "forms-6 shelf-8"
"""Changes whenever the forms of a name or the arrays of a segment do: the shelf is then made anew."""
_TRIES = 5
"""So often a list of segments is read again of which one is gone."""


class Part(Struct, frozen=True):
    """One segment: its folder, the file of its dead rows, and how many rows are alive."""

    name: str
    alive: int
    dead: str = ""


class Contents(Struct, frozen=True, omit_defaults=True):
    """What stands in `shelf.json`. `due` are records that become public on a day, by key."""

    made_by: str
    change: int = 0
    commit: int = 0
    day: str = ""
    parts: tuple[Part, ...] = ()
    due: dict[str, str] = {}


def made_by(encoder: Encoder | None) -> str:
    """What a shelf of this program is made by."""
    return f"{FORMS} {encoder.fingerprint if encoder else 'untrained'}"


def read_contents(folder: Path) -> Contents | None:
    """The contents of a shelf; None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / "shelf.json").read_bytes(), type=Contents)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def write_contents(folder: Path, contents: Contents) -> None:
    """Makes these the contents, in one step."""
    write_file(folder / "shelf.json", msgspec.json.encode(contents))


def dead_rows(folder: Path, part: Part) -> NDArray[np.bool_] | None:
    """The dead rows of a segment; None where there are none."""
    return np.load(folder / part.dead) if part.dead else None


class NameShelf:
    """Reads a shelf; follows it when it has new contents. Segments are mapped, so that processes share them."""

    def __init__(self, folder: Path, encoder: Encoder | None, ranking: Ranking) -> None:
        self.encoder, self.ranking = encoder, ranking
        self._folder = folder
        self._stamp = (0, 0)
        self._contents = Contents(made_by(encoder))
        self._open: dict[Part, tuple[Segment, NDArray[np.bool_] | None]] = {}

    @property
    def change(self) -> int:
        """The change number up to which the shelf is complete; 0 where there is none."""
        self.segments()
        return self._contents.change

    def segments(self) -> list[tuple[Segment, NDArray[np.bool_] | None]]:
        """The segments with their rows that are alive; none while the shelf of another version is made anew."""
        for left in reversed(range(_TRIES)):
            try:
                self._follow()
                break
            except FileNotFoundError:  # the writer put a segment away since: there is a new list
                if not left:
                    raise
        return list(self._open.values())

    def _follow(self) -> None:
        stamp = self._now()
        if stamp != self._stamp:
            contents = read_contents(self._folder)
            if contents is None or contents.made_by != made_by(self.encoder):
                contents = Contents(made_by(self.encoder))
            self._open = {part: self._open.get(part) or self._opened(part) for part in contents.parts}
            self._contents, self._stamp = contents, stamp

    def _opened(self, part: Part) -> tuple[Segment, NDArray[np.bool_] | None]:
        dead = dead_rows(self._folder, part)
        return Segment.opened(self._folder / part.name), None if dead is None else ~dead

    def _now(self) -> tuple[int, int]:
        try:
            stat = (self._folder / "shelf.json").stat()
        except FileNotFoundError:
            return 0, 0
        return stat.st_ino, stat.st_mtime_ns
