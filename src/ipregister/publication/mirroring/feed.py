"""The change feed of a publisher between two publications: its pages, and what is noted until the log proves it."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from ipregister.model.errors import Unproven, UnreadableInput
from ipregister.publication.bulk.lines import Line, Picture
from ipregister.publication.files import write_whole
from ipregister.publication.keys import PublicKey
from ipregister.publication.log.entries import WITHDRAWAL, Entry
from ipregister.publication.verify.sources import Web

FILE, PAGE_FILE = "feed.sqlite3", "feed-page.json"
_LIMIT = 500
_TABLES = """
CREATE TABLE IF NOT EXISTS told (change INTEGER PRIMARY KEY, key TEXT NOT NULL, version INTEGER NOT NULL,
  kind TEXT NOT NULL, office TEXT NOT NULL, right TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS told_key ON told (key);
CREATE TABLE IF NOT EXISTS salt (number INTEGER PRIMARY KEY, salt BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
NOTICES = frozenset({"calendar", "switches", "term", "retraction"})
"""Causes of lines that tell a version again, which was told before or is older than the last publication."""


class FeedImage(Struct, frozen=True, rename="camel"):
    """A picture of a change."""

    sha256: str
    type: str
    name: str


class FeedLine(Struct, frozen=True, rename="camel", kw_only=True):
    """A line of a change feed."""

    change: int
    kind: str
    key: str
    version: int
    office: str
    right: str
    cause: str = ""
    recorded_at: str = ""
    extracted: str = ""
    extraction: str = ""
    ground: str = ""
    day: str = ""
    field: str = ""
    picture: str = ""
    hash: str = ""
    signature: str = ""
    images: tuple[FeedImage, ...] = ()
    record: msgspec.Raw = msgspec.Raw()

    @property
    def content(self) -> str:
        """The SHA-256 of the canonical record; empty where there is none."""
        return hashlib.sha256(bytes(self.record)).hexdigest() if bytes(self.record) else ""

    @property
    def is_version(self) -> bool:
        """Whether it tells a version or deletion that the log must have."""
        return self.kind in ("version", "deletion") and self.cause not in NOTICES

    def withdrawal(self, key: PublicKey) -> Entry | None:
        """The withdrawal by law that it tells, where the publisher signed it."""
        if self.kind != "withdrawal" or not self.ground:
            return None
        entry = Entry("withdrawal", self.key, self.version, 0, self.hash, field=self.field, picture=self.picture,
                      ground=self.ground, day=self.day)  # fmt: skip
        return entry if key.holds(WITHDRAWAL, entry.content(), self.signature) else None

    def line(self) -> Line:
        """The same as a line of a publication, for a delivery."""
        media = tuple(Picture(one.name, one.sha256, one.type) for one in self.images)
        told = Line(key=self.key, kind="record", number=0, version=self.version, change=self.change,
                    office=self.office, right=self.right, cause=self.cause,
                    extracted=self.extraction or self.extracted, media=media)  # fmt: skip
        if self.kind == "version":
            return msgspec.structs.replace(told, record=self.record)
        if self.kind == "deletion":
            return msgspec.structs.replace(told, kind="deleted")
        return msgspec.structs.replace(
            told, kind="closed", extracted=max(told.extracted, self.recorded_at[:10])
        )


class FeedPage(Struct, frozen=True, rename="camel"):
    """An answer of a change feed."""

    since: int
    next: int
    last: int
    changes: tuple[FeedLine, ...]

    @property
    def closed(self) -> list[str]:
        """Keys of records that are no longer released, by the last that is told of each."""
        last = {one.key: one for one in self.changes}
        return sorted(key for key, one in last.items()
                      if one.kind == "withdrawal" and not one.ground and one.cause in NOTICES)  # fmt: skip


class Pending(Struct, frozen=True, gc=False):
    """What a feed told and no log has proved yet. `content` is the SHA-256 of the canonical record."""

    change: int
    key: str
    version: int
    kind: str
    office: str
    right: str
    content: str


class Feed:
    """What is kept of a publisher's feed, in the folder of the publisher."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with closing(sqlite3.connect(folder / FILE)) as database:
            database.executescript(_TABLES)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.folder / FILE, timeout=30)) as database, database:
            database.execute("PRAGMA synchronous=FULL")
            yield database

    def position(self) -> int:
        """The change number up to which the feed was followed."""
        with self._open() as database:
            row = database.execute("SELECT value FROM state WHERE name = 'position'").fetchone()
        return int(row[0]) if row else 0

    def page(self, address: str, position: int) -> FeedPage | None:
        """The next page: the one that was begun, else a new one; None where there is nothing new or no feed."""
        kept = self.folder / PAGE_FILE
        if not kept.is_file():
            found = asked(address, position)
            if found is None or found.next <= position:
                return None
            write_whole(kept, found.content)
        return _read(kept.read_bytes(), address)

    def note(self, page: FeedPage) -> None:
        """A page is loaded: what it told waits for its proof."""
        rows = [(one.change, one.key, one.version, one.kind, one.office, one.right, one.content)
                for one in page.changes if one.is_version]  # fmt: skip
        with self._open() as database:
            database.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            database.execute("INSERT OR REPLACE INTO state VALUES ('position', ?)", (page.next,))
        (self.folder / PAGE_FILE).unlink(missing_ok=True)

    def pending(self, until: int | None = None) -> list[Pending]:
        """What waits for its proof, up to a change number."""
        most = 2**62 if until is None else until
        with self._open() as database:
            rows = database.execute(
                "SELECT * FROM told WHERE change <= ? ORDER BY change", (most,)
            ).fetchall()
        return [Pending(*row) for row in rows]

    def keep_salts(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Keep the salts of leaves that were proved: with them versions are known again by their hashes in the log."""
        with self._open() as database:
            database.executemany("INSERT OR REPLACE INTO salt VALUES (?, ?)", rows)

    def salt(self, number: int) -> bytes | None:
        """The salt of a leaf; None where it is not known here."""
        with self._open() as database:
            row = database.execute("SELECT salt FROM salt WHERE number = ?", (number,)).fetchone()
        return bytes(row[0]) if row else None

    def settled(self, until: int) -> None:
        """All up to a change number was held against the log."""
        with self._open() as database:
            database.execute("DELETE FROM told WHERE change <= ?", (until,))


class _Answer(Struct, frozen=True):
    content: bytes
    next: int


def asked(address: str, position: int) -> _Answer | None:
    """A page of a feed as it came; None where there is no feed. Raises `Unproven` for what is no page."""
    query = urlencode({"since": position, "limit": _LIMIT, "include": "record"})
    try:
        content = Web(f"{address}/changes?{query}").read("")
    except UnreadableInput:
        return None
    page = _read(content, address)
    numbers = [one.change for one in page.changes]
    if page.since != position or numbers != sorted(set(numbers)) or (numbers and not position < numbers[0]):
        raise Unproven(
            "tells changes out of their order", place=f"{address}/changes", remedy="ask the publisher"
        )
    return _Answer(content, page.next)


def _read(content: bytes, address: str) -> FeedPage:
    try:
        return msgspec.json.decode(content, type=FeedPage)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unproven(f"is no change feed: {error}", place=f"{address}/changes") from error


def fetch_images(address: str, folder: Path, lines: Iterable[FeedLine]) -> dict[str, Path]:
    """The pictures that changes name, by SHA-256; those that cannot be had or are others come with the publication."""
    folder.mkdir(exist_ok=True)
    found: dict[str, Path] = {}
    for key, image in ((line.key, one) for line in lines for one in line.images):
        path = folder / image.sha256
        if not path.is_file():
            try:
                content = Web(f"{address}/r/{key}/image/{image.sha256}").read("")
            except UnreadableInput:
                continue
            if hashlib.sha256(content).hexdigest() != image.sha256:
                continue
            write_whole(path, content)
        found[image.sha256] = path
    return found
