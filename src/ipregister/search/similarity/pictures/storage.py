"""The picture index in the data folder: rows of vectors in flat files that all processes map, and a small
SQLite file that says which rows count, whose pictures they are and how far the index is.

    layout.json             what made the vectors
    pictures.sqlite3        pictures, the records that show them, checkpoint
    heads, edges, network, beginnings    one row a view, appended
    starts                  the first row of each picture, appended

Rows are written first, then counted in one transaction: what a crash leaves behind the count is overwritten.
The network's rows are filled in later, in place.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct

from ipregister.search.folder import write_file
from ipregister.search.similarity.pictures import ranking
from ipregister.search.similarity.pictures.rows import (
    COARSE,
    EDGES,
    NETWORK,
    ROW,
    Letters,
    Rows,
    Seen,
    beginnings,
    facts,
    heads,
    packed,
    seen_by_network,
)

FILES: dict[str, tuple[np.dtype[np.generic], int]] = {
    "heads": (ROW, 1), "edges": (np.dtype(np.int8), EDGES), "network": (np.dtype(np.int8), NETWORK),
    "beginnings": (np.dtype(np.int8), 2 * COARSE),
}  # fmt: skip
"""Each file of rows: type and length of a row."""
_TABLES = (
    "CREATE TABLE IF NOT EXISTS pictures (number INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, first INTEGER, "
    "rows INTEGER, network INTEGER DEFAULT 0, problem TEXT DEFAULT '')",
    "CREATE TABLE IF NOT EXISTS letters (place INTEGER PRIMARY KEY, number INTEGER, text TEXT)",
    "CREATE INDEX IF NOT EXISTS pictures_network ON pictures (network, number)",
    "CREATE TABLE IF NOT EXISTS shown (key TEXT, number INTEGER, office TEXT, PRIMARY KEY (key, number)) "
    "WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS shown_number ON shown (number)",
    "CREATE INDEX IF NOT EXISTS shown_office ON shown (office, number)",
    "CREATE TABLE IF NOT EXISTS codes (key TEXT, kind TEXT, code TEXT, PRIMARY KEY (kind, code, key)) "
    "WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS codes_key ON codes (key)",
    "CREATE TABLE IF NOT EXISTS due (key TEXT PRIMARY KEY, day TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS reached (one INTEGER PRIMARY KEY, change INTEGER, rows INTEGER)",
)
_MAPPED = 1 << 28
Version = tuple[int, int, int]


class Layout(Struct, frozen=True):
    """What the vectors of an index were made with; another one is thrown away and built anew."""

    algorithm: str
    edges: int = EDGES
    network: int = NETWORK


class Shown(Struct, frozen=True):
    """A record that shows pictures to the public, with what hits are chosen by."""

    key: str
    office: str
    pictures: tuple[int, ...]
    classes: tuple[str, ...] = ()
    vienna: tuple[str, ...] = ()


LAYOUT = Layout(ranking.ALGORITHM)


class Storage:
    """The index as one process has it open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._version: Version | None = None
        self._rows: Rows | None = None
        self._connection: sqlite3.Connection | None = None
        self._opened = (0, 0)

    def exists(self) -> bool:
        """Whether an index of the present layout is there."""
        try:
            held = msgspec.json.decode((self.folder / "layout.json").read_bytes(), type=Layout)
        except (OSError, msgspec.MsgspecError):
            return False
        return held == LAYOUT

    def reached(self) -> int:
        """The change number that the index has passed; 0 where there is none."""
        held = self.reading().execute("SELECT change FROM reached").fetchone() if self.exists() else None
        return int(held[0]) if held else 0

    def begin(self) -> None:
        """Makes an empty index where there is none of the present layout."""
        self.folder.mkdir(parents=True, exist_ok=True)
        is_new = not self.exists()
        if is_new:
            for file in self.folder.iterdir():
                if file.is_file() and file.name != "writer.lock":
                    file.unlink()
        for name in (*FILES, "starts"):
            (self.folder / name).touch()
        with self.writing() as database:
            for table in _TABLES:
                database.execute(table)
            database.execute("INSERT OR IGNORE INTO reached VALUES (1, 0, 0)")
        if is_new:
            write_file(self.folder / "layout.json", msgspec.json.encode(LAYOUT))

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept when the block ends without an error."""
        with closing(sqlite3.connect(self.folder / "pictures.sqlite3", timeout=30)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            with database:
                yield database

    def reading(self) -> sqlite3.Connection:
        """The connection for reading; one per process and thread that uses this object. Opened again where the
        index was thrown away and built anew."""
        place = _place(self.folder / "pictures.sqlite3")
        if self._connection is not None and place != self._opened:
            self.close()
        if self._connection is None:
            address = f"{(self.folder / 'pictures.sqlite3').absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, timeout=30, check_same_thread=False)
            self._connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self._opened = place
        return self._connection

    def close(self) -> None:
        """Lets go of the files."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._rows, self._version = None, None, None

    def version(self) -> Version:
        """Changes whenever another process has written to the index, or made it anew."""
        changes = int(self.reading().execute("PRAGMA data_version").fetchone()[0])
        return *self._opened, changes

    def rows(self) -> Rows:
        """The rows that count, mapped from the files; looked for again when the index has changed."""
        version = self.version()
        if self._rows is None or version != self._version:
            self._rows, self._version = self._mapped(self._rows), version
        return self._rows

    def _mapped(self, before: Rows | None) -> Rows:
        """The rows now. The files stay mapped where none was added, and letters are only ever added."""
        database = self.reading()
        (count,) = database.execute("SELECT rows FROM reached").fetchone()
        (pictures,) = database.execute("SELECT count(*) FROM pictures").fetchone()
        read = self._letters(database, before.letters if before is not None else None)
        if before is not None and len(before.heads) == count:
            held, edges, network, begin = before.heads, before.edges, before.network, before.beginnings
        else:
            held, edges = self._map("heads", count)[:, 0], self._map("edges", count)
            network, begin = self._map("network", count), self._map("beginnings", count)
        starts = np.fromfile(self.folder / "starts", np.int64, pictures)
        ends = np.concatenate([starts, [count]]).astype(np.int64)
        return Rows(held, edges, network, begin, ends, read, facts(held))

    def _letters(self, database: sqlite3.Connection, before: Letters | None) -> Letters:
        held = before or Letters([], np.zeros(0, np.int64))
        text = "SELECT number, text FROM letters ORDER BY place LIMIT -1 OFFSET ?"
        new = database.execute(text, (len(held.texts),)).fetchall()
        if not new:
            return held
        numbers = np.array([number for number, _ in new], np.int64)
        return Letters(held.texts + [read for _, read in new], np.concatenate([held.pictures, numbers]))

    def _map(self, name: str, count: int) -> Any:
        kind, length = FILES[name]
        if not count:
            return np.zeros((0, length), kind)
        return np.memmap(self.folder / name, kind, "r", shape=(count, length))

    def append(
        self, database: sqlite3.Connection, pictures: Sequence[tuple[str, Seen | None, str]]
    ) -> list[int]:
        """Adds pictures (SHA-256, what was seen, problem); their numbers. Counted when `database` commits."""
        (first,) = database.execute("SELECT rows FROM reached").fetchone()
        (number,) = database.execute("SELECT count(*) FROM pictures").fetchone()
        numbers, starts, at = [], [], first
        blocks: dict[str, list[bytes]] = {name: [] for name in FILES}
        for sha256, seen, problem in pictures:
            count = len(seen.views) if seen is not None else 0
            if seen is not None and count:
                for name, block in _blocks(number, seen).items():
                    blocks[name].append(block)
            done = int(seen is not None and (seen.network is not None or not count))
            database.execute("INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?)",
                             (number, sha256, at, count, done or int(bool(problem)), problem))  # fmt: skip
            self.read(database, number, seen.letters if seen is not None else ())
            numbers.append(number)
            starts.append(at)
            number, at = number + 1, at + count
        for name, (kind, length) in FILES.items():
            self._write(name, first * kind.itemsize * length, b"".join(blocks[name]))
        self._write("starts", 8 * (number - len(numbers)), np.array(starts, np.int64).tobytes())
        database.execute("UPDATE reached SET rows = ?", (at,))
        return numbers

    def say(self, database: sqlite3.Connection, shown: Shown, due: str = "") -> None:
        """Writes which pictures a record shows and what it is chosen by, in place of what was said before;
        `due` is the day on which to look at it again."""
        for table in ("shown", "codes", "due"):
            database.execute(f"DELETE FROM {table} WHERE key = ?", (shown.key,))  # noqa: S608 - names of our own
        if due:
            database.execute("INSERT INTO due VALUES (?, ?)", (shown.key, due))
        if not shown.pictures:
            return
        database.executemany(
            "INSERT INTO shown VALUES (?, ?, ?)", [(shown.key, one, shown.office) for one in shown.pictures]
        )
        codes = [("class", code) for code in shown.classes] + [("vienna", code) for code in shown.vienna]
        database.executemany(
            "INSERT INTO codes VALUES (?, ?, ?)", [(shown.key, kind, code) for kind, code in codes]
        )

    def read(self, database: sqlite3.Connection, number: int, letters: Sequence[str]) -> None:
        """Adds what was read in a picture."""
        lines = [(number, text) for text in letters]
        database.executemany("INSERT INTO letters (number, text) VALUES (?, ?)", lines)

    def refined(self, database: sqlite3.Connection, number: int, letters: Sequence[str]) -> None:
        """Notes that the second stage is done with a picture, and what it read."""
        database.execute("UPDATE pictures SET network = 1 WHERE number = ?", (number,))
        self.read(database, number, letters)

    def silence(self, database: sqlite3.Connection) -> None:
        """Takes out what was read in pictures that no record shows any more."""
        database.execute("PRAGMA secure_delete = ON")
        database.execute("DELETE FROM letters WHERE number NOT IN (SELECT number FROM shown)")

    def fill(self, first: int, vectors: npt.NDArray[np.float32]) -> None:
        """Writes the network vectors of a picture whose rows begin at `first`; last that they count."""
        network, count = packed(vectors), len(vectors)
        edges = np.frombuffer(self._piece("edges", first, count), np.int8).reshape(count, EDGES)
        told = np.frombuffer(self._piece("heads", first, count), ROW).copy()
        told["network"] = 1
        self._write("network", first * NETWORK, network.tobytes())
        self._write("beginnings", first * 2 * COARSE, beginnings(edges, network).tobytes())
        self._write("heads", first * ROW.itemsize, told.tobytes())

    def _piece(self, name: str, first: int, count: int) -> bytes:
        kind, length = FILES[name]
        with (self.folder / name).open("rb") as file:
            file.seek(first * kind.itemsize * length)
            return file.read(count * kind.itemsize * length)

    def _write(self, name: str, offset: int, content: bytes) -> None:
        with (self.folder / name).open("r+b") as file:
            file.seek(offset)
            file.write(content)
            file.flush()
            os.fdatasync(file.fileno())


def _place(file: Path) -> tuple[int, int]:
    """Which file stands under a name now: another one after it was thrown away and made anew."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino


def _blocks(number: int, seen: Seen) -> dict[str, bytes]:
    edges, network = packed(seen.edges), packed(seen_by_network(seen))
    return {
        "heads": heads(number, seen).tobytes(),
        "edges": edges.tobytes(),
        "network": network.tobytes(),
        "beginnings": beginnings(edges, network).tobytes(),
    }
