"""Where the log lies: one SQLite file of the data folder, only ever added to, so that a crash leaves it whole.

Hashes of subtrees stand in tiles of 256, eight levels of the tree apart; those between are made when asked for.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ipregister.model.errors import Damaged
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import Entry, SignedHead, Tree, TreeHead
from ipregister.publication.log.tables import (
    COLUMNS,
    OF_STANDING,
    PART,
    TABLES,
    Numbered,
    marks,
    numbered,
    row_of,
)

FOLDER, FILE = "log", "log.sqlite3"
_WIDTH = 256
"""Hashes in a tile; one tile stands over eight levels."""
_LEVELS = 8
_TILES = 500


class Ledger:
    """The log of a data folder. One writer at a time; readers see whole appends only."""

    def __init__(self, data: Path) -> None:
        self.data, self.path = data, data / FOLDER / FILE
        self._writing: dict[tuple[int, int], bytearray] = {}
        self._connection: sqlite3.Connection | None = None

    @property
    def exists(self) -> bool:
        """Whether there is a log."""
        return self.path.is_file()

    def make(self) -> None:
        """Make the file where there is none."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._database.executescript(TABLES)

    @property
    def _database(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(
                self.path, timeout=30, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.execute("PRAGMA cache_size=-65536")
        return self._connection

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is added inside is added at once, or not at all."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._flush()
            self._database.execute("COMMIT")
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        finally:
            self._writing.clear()

    # -- leaves

    def size(self) -> int:
        """The number of leaves."""
        found = self._database.execute("SELECT max(number) FROM entry").fetchone()[0]
        return 0 if found is None else int(found) + 1

    def append(self, entries: Sequence[Entry]) -> int:
        """Add leaves, inside `writing`; the number of the first."""
        first = self.size()
        rows = []
        for number, one in enumerate(entries, first):
            rows.append(row_of(number, one))
            self._grow(0, number, one.leaf())
        self._database.executemany(f"INSERT INTO entry ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our own names
        return first

    def _grow(self, level: int, number: int, value: bytes) -> None:
        """Put a hash of a tile level in its place, and that of a tile that is full one level up."""
        place = level, number // _WIDTH
        tile = self._writing.get(place)
        if tile is None:
            if len(self._writing) > _TILES:
                self._flush()
            tile = self._writing[place] = bytearray(self._tile(*place))
        if len(tile) != number % _WIDTH * merkle.SIZE:
            raise Damaged(f"the log's tile {place} does not fit its leaves", place=str(self.path))
        tile += value
        if len(tile) == _WIDTH * merkle.SIZE:
            self._grow(level + 1, place[1], _tile_root(tile))

    def _flush(self) -> None:
        rows = [(*place, bytes(tile)) for place, tile in self._writing.items()]
        self._database.executemany(
            "INSERT OR REPLACE INTO tile (level, number, hashes) VALUES (?, ?, ?)", rows
        )
        self._writing.clear()

    def _tile(self, level: int, number: int) -> bytes:
        row = self._database.execute(
            "SELECT hashes FROM tile WHERE level = ? AND number = ?", (level, number)
        ).fetchone()
        return row[0] if row else b""

    def entries(self, start: int, end: int) -> Iterator[Numbered]:
        """The leaves from one number to before another."""
        while start < end:
            rows = self._database.execute(
                f"SELECT {COLUMNS} FROM entry WHERE number >= ? AND number < ? ORDER BY number",  # noqa: S608 - our own names
                (start, min(end, start + 10_000))).fetchall()  # fmt: skip
            if not rows:
                return
            yield from map(numbered, rows)
            start = rows[-1][0] + 1

    def entry(self, number: int) -> Entry | None:
        """A leaf by its number."""
        return next((one.entry for one in self.entries(number, number + 1)), None)

    def of_keys(self, keys: Sequence[str]) -> list[Numbered]:
        """All leaves of records, in their order."""
        found: list[Numbered] = []
        for at in range(0, len(keys), PART):
            part = keys[at : at + PART]
            rows = self._database.execute(f"SELECT {COLUMNS} FROM entry WHERE key IN ({marks(part)})", part)  # noqa: S608 - our own names
            found += map(numbered, rows)
        return sorted(found, key=lambda one: one.number)

    def withdrawals(self) -> list[tuple[int, Entry]]:
        """The leaves that tell what was withheld, with their numbers."""
        asked = f"SELECT {COLUMNS} FROM entry WHERE kind = 'withdrawal' ORDER BY number"  # noqa: S608 - our own names
        rows = self._database.execute(asked)
        return [(one.number, one.entry) for one in map(numbered, rows)]

    def covered(self) -> int:
        """The size of the tree up to the last leaf that is no manifest."""
        row = self._database.execute(
            "SELECT number FROM entry WHERE kind != 'publication' ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return int(row[0]) + 1 if row else 0

    def publication(self, hash: str) -> int | None:
        """The number of the leaf of a manifest."""
        row = self._database.execute(
            "SELECT number FROM entry WHERE key = '' AND hash = ? AND kind = 'publication'",
            (bytes.fromhex(hash),),
        ).fetchone()
        return None if row is None else int(row[0])

    # -- the tree

    def node(self, level: int, index: int) -> bytes:
        """The hash of a whole subtree, for `merkle`."""
        if level % _LEVELS == 0:
            tile = self._tile(level // _LEVELS, index // _WIDTH)
            at = index % _WIDTH * merkle.SIZE
            if len(tile) < at + merkle.SIZE:
                raise Damaged(f"the log has no node {level}/{index}", place=str(self.path))
            return tile[at : at + merkle.SIZE]
        below = level // _LEVELS * _LEVELS
        first, count = index << (level - below), 1 << (level - below)
        tile = self._tile(below // _LEVELS, first // _WIDTH)
        at = first % _WIDTH
        hashes = [tile[i * merkle.SIZE : (i + 1) * merkle.SIZE] for i in range(at, at + count)]
        return merkle.root_of(hashes)

    def tree(self, size: int | None = None) -> Tree:
        """The tree of the first leaves (all of them)."""
        size = self.size() if size is None else size
        return Tree(size, merkle.root(self.node, size).hex())

    def leaves(self) -> bytes:
        """The hashes of all leaves, one after the other."""
        rows = self._database.execute("SELECT hashes FROM tile WHERE level = 0 ORDER BY number")
        return b"".join(row[0] for row in rows)

    # -- heads

    def keep_head(self, signed: SignedHead) -> None:
        """Keep a signed tree head."""
        head = signed.head
        self._database.execute("INSERT OR IGNORE INTO head VALUES (?, ?, ?, ?, ?, ?)", (
            head.size, head.change, head.moment, head.root, signed.key, signed.signature))  # fmt: skip

    def heads(self, limit: int = 1) -> list[SignedHead]:
        """The latest signed tree heads, the newest first."""
        rows = self._database.execute("SELECT size, root, change, moment, key, signature FROM head ORDER BY size DESC "
                                      "LIMIT ?", (limit,))  # fmt: skip
        return [SignedHead(TreeHead(size, root, change, moment), key, signature)
                for size, root, change, moment, key, signature in rows]  # fmt: skip

    # -- what stands

    def stand(self, rows: Iterable[tuple[str, int, str]]) -> None:
        """Say which leaf tells the present state of a record: key, number of the leaf, part (`LA-trademark`)."""
        self._database.executemany(
            "INSERT OR REPLACE INTO standing (key, number, part) VALUES (?, ?, ?)", rows
        )

    def parts(self) -> dict[str, int]:
        """How many records stand in each part."""
        return dict(self._database.execute("SELECT part, count(*) FROM standing GROUP BY part ORDER BY part"))

    def part(self, part: str, after: str, limit: int) -> list[Numbered]:
        """The leaves of the present states of a part, in the order of keys, after a key."""
        rows = self._database.execute(
            f"SELECT {OF_STANDING} WHERE s.part = ? AND s.key > ? ORDER BY s.key LIMIT ?",
            (part, after, limit),
        )
        return [numbered(row) for row in rows]

    def ended(self, part: str) -> list[tuple[str, str]]:
        """Key and kind of the records of a part that are deleted or closed, in the order of keys."""
        asked = ("SELECT s.key, e.kind FROM standing s JOIN entry e ON e.number = s.number "
                 "WHERE s.part = ? AND e.kind IN ('deleted', 'closed') ORDER BY s.key")  # fmt: skip
        return self._database.execute(asked, (part,)).fetchall()

    def standing(self, keys: Sequence[str]) -> dict[str, Numbered]:
        """The leaves that tell the present state of records, by key."""
        found: dict[str, Numbered] = {}
        for at in range(0, len(keys), PART):
            part = keys[at : at + PART]
            rows = self._database.execute(f"SELECT {OF_STANDING} WHERE s.key IN ({marks(part)})", part)
            found.update((one.entry.key, one) for one in map(numbered, rows))
        return found

    def places(self, keys: Sequence[str]) -> dict[str, str]:
        """The parts of records, by key."""
        found: dict[str, str] = {}
        for at in range(0, len(keys), PART):
            part = keys[at : at + PART]
            statement = f"SELECT key, part FROM standing WHERE key IN ({marks(part)})"  # noqa: S608 - only marks
            found.update(self._database.execute(statement, part))
        return found

    def register_tree(self) -> Tree:
        """The tree over the leaves of the present states in the order of keys (by their UTF-8 bytes)."""
        leaves, tree = self.leaves(), merkle.Frontier()
        for (number,) in self._database.execute("SELECT number FROM standing ORDER BY key"):
            tree.add(leaves[number * merkle.SIZE : (number + 1) * merkle.SIZE])
        return Tree(tree.size, tree.root().hex())

    def wait(self, rows: Iterable[tuple[str, str]]) -> None:
        """Note the days on which more of records becomes public; an empty day takes a note away."""
        rows = list(rows)
        self._database.executemany("DELETE FROM waiting WHERE key = ?", [(key,) for key, _ in rows])
        self._database.executemany("INSERT INTO waiting VALUES (?, ?)", [row for row in rows if row[1]])

    def opened(self, day: str) -> list[str]:
        """Keys of records of which more has become public up to a day."""
        return [
            key
            for (key,) in self._database.execute(
                "SELECT key FROM waiting WHERE day <= ? ORDER BY key", (day,)
            )
        ]

    # -- facts

    def fact(self, name: str) -> str:
        """A small fact of the log itself; empty where it was never noted."""
        row = self._database.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def note(self, name: str, value: str) -> None:
        """Note a small fact."""
        self._database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))


def _tile_root(tile: bytes | bytearray) -> bytes:
    size = merkle.SIZE
    return merkle.root_of(bytes(tile[at : at + size]) for at in range(0, len(tile), size))
