"""The book of conflicts: a file of its own beside the index, made from the register, never part of it.

It follows the register's change numbers and can be thrown away. One process writes it, the one that holds its lock;
others read. It holds names of records that may not be public: whoever shows a row asks first what may be seen.
"""

import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.errors import Busy
from ipregister.model.finding import Finding
from ipregister.search.indications.shield import VERSION, Protected, Shield
from ipregister.search.similarity.reasons import Reason

FILE = "conflicts.sqlite3"
_FINDING = "finding "
"""What the names of notes begin with that hold findings."""
_TABLES = """
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS protected (key TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS protected_key ON protected (key);
CREATE TABLE IF NOT EXISTS conflict (number INTEGER PRIMARY KEY AUTOINCREMENT, mark TEXT NOT NULL,
  indication TEXT NOT NULL, office TEXT NOT NULL, level TEXT NOT NULL, score REAL NOT NULL, body BLOB NOT NULL,
  UNIQUE (mark, indication));
CREATE INDEX IF NOT EXISTS conflict_indication ON conflict (indication);
CREATE INDEX IF NOT EXISTS conflict_office ON conflict (office, number);
"""


class Conflict(Struct, frozen=True):
    """A mark that comes near an indication. `goods` is how near its goods are to the product, 0 to 1.

    `number` grows with every finding: what is newer has a higher one. `office` is that of the mark."""

    mark: str
    indication: str
    office: str
    mark_name: str
    indication_name: str
    level: str
    score: float
    goods: float
    reasons: tuple[Reason, ...]
    version: str
    number: int = 0


class Standing(Struct, frozen=True):
    """How far the book is: complete up to `change`; indications before `known` were there from the start; the
    indications `again` are still compared with the marks after the key `after`."""

    change: int = 0
    known: int = 0
    again: tuple[str, ...] = ()
    after: str = ""
    version: str = VERSION


class ConflictBook:
    """The book of a folder; a context manager. Opened for writing it holds the lock."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self._folder, self._write = folder, write

    def __enter__(self) -> "ConflictBook":
        if self._write:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = (self._folder / "writer.lock").open("a")
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self._lock.close()
                raise Busy("another process writes the book of conflicts", place=str(self._folder)) from error
        self._base = sqlite3.connect(self._folder / FILE, timeout=30, isolation_level=None)
        if self._write:
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.executescript(_TABLES)
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        if self._write:
            self._lock.close()

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """All writes inside are seen together, or not at all."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def standing(self) -> Standing:
        """How far the book is; the beginning where it was made by another version."""
        row = self._base.execute("SELECT value FROM note WHERE name = 'standing'").fetchone()
        found = msgspec.json.decode(row[0], type=Standing) if row else Standing()
        return found if found.version == VERSION else Standing()

    def note(self, standing: Standing) -> None:
        """Writes down how far it is."""
        value = msgspec.json.encode(standing).decode()
        self._base.execute("INSERT OR REPLACE INTO note VALUES ('standing', ?)", (value,))

    def report(self, finding: Finding) -> None:
        """Keeps a finding on a record (its `value`) that could not be compared, in place of an older one."""
        row = (f"{_FINDING}{finding.value}", msgspec.json.encode(finding).decode())
        self._base.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", row)

    def withdraw(self, key: str) -> None:
        """Drops the finding on a record that can be compared again."""
        self._base.execute("DELETE FROM note WHERE name = ?", (f"{_FINDING}{key}",))

    def findings(self) -> list[Finding]:
        """What could not be compared, in the order of the keys."""
        rows = self._base.execute(
            "SELECT value FROM note WHERE name >= ? AND name < ? ORDER BY name", (_FINDING, f"{_FINDING}~")
        )
        return [msgspec.json.decode(value, type=Finding) for (value,) in rows]

    def clear(self) -> None:
        """Empties the book."""
        for table in ("note", "protected", "conflict"):
            self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - one of three names above

    def protect(self, key: str, names: Sequence[Protected]) -> None:
        """The names of an indication, in place of the older ones; its conflicts go where it has no names."""
        self._base.execute("DELETE FROM protected WHERE key = ?", (key,))
        self._base.execute("DELETE FROM conflict WHERE indication = ?", (key,))
        rows = [(key, msgspec.json.encode(name)) for name in names]
        self._base.executemany("INSERT INTO protected VALUES (?, ?)", rows)

    def protected(self, keys: Sequence[str] = ()) -> list[Protected]:
        """The names of indications, of some or of all."""
        if not keys:
            rows = self._base.execute("SELECT body FROM protected ORDER BY rowid")
            return [msgspec.json.decode(body, type=Protected) for (body,) in rows]
        wanted = set(keys)
        return [name for name in self.protected() if name.key in wanted]

    def replace(self, mark: str, found: Sequence[Conflict]) -> None:
        """The conflicts of a mark, in place of the older ones; one that stays keeps its number."""
        before = {
            row[0] for row in self._base.execute("SELECT indication FROM conflict WHERE mark = ?", (mark,))
        }
        for gone in before - {one.indication for one in found}:
            self._base.execute("DELETE FROM conflict WHERE mark = ? AND indication = ?", (mark, gone))
        self.add(found)

    def add(self, found: Sequence[Conflict]) -> None:
        """More conflicts; of a pair that is there the newer holds."""
        for one in found:
            row = (one.mark, one.indication, one.office, one.level, one.score, msgspec.json.encode(one))
            self._base.execute(
                "INSERT INTO conflict (mark, indication, office, level, score, body) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (mark, indication) DO UPDATE SET office = excluded.office, level = excluded.level, "
                "score = excluded.score, body = excluded.body",
                row,
            )

    def conflicts(self, offices: Sequence[str] = (), *, indication: str = "", before: int = 0, limit: int = 50) -> list[Conflict]:  # fmt: skip
        """Conflicts of marks of some offices (all where none is named), the newest first, before a number."""
        places = ",".join("?" * len(offices))
        parts: list[tuple[str, list[str | int]]] = (
            [(f"office IN ({places})", list(offices))] if offices else []
        )
        parts += [("indication = ?", [indication])] if indication else []
        parts += [("number < ?", [before])] if before else []
        where = " AND ".join(text for text, _ in parts) or "1"
        values = [value for _, held in parts for value in held]
        rows = self._base.execute(
            f"SELECT number, body FROM conflict WHERE {where} ORDER BY number DESC LIMIT ?",  # noqa: S608 - names above
            (*values, limit),
        )
        return [
            msgspec.structs.replace(msgspec.json.decode(body, type=Conflict), number=number)
            for number, body in rows
        ]


def is_made(folder: Path) -> bool:
    """Whether there is a book."""
    return (folder / FILE).is_file()


def shield_of(folder: Path) -> Shield:
    """The names of all indications as the book holds them; empty where there is no book. Read again when it
    changes."""
    if not is_made(folder):
        return Shield(())
    with ConflictBook(folder) as book:
        stamp = tuple(book.protected())
    return _shield(stamp)


@lru_cache(maxsize=2)
def _shield(names: tuple[Protected, ...]) -> Shield:
    return Shield(names)
