"""The tables of the log's file, and how a leaf lies in them."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from ipregister.publication.log.entries import Entry, Kind

RARE = ("name", "field", "picture", "ground", "day")
TABLES = """
CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL,
  version INTEGER NOT NULL, change INTEGER NOT NULL, hash BLOB NOT NULL, rest TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entry_key ON entry (key, number);
CREATE TABLE IF NOT EXISTS tile (level INTEGER, number INTEGER, hashes BLOB NOT NULL,
  PRIMARY KEY (level, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS standing (key TEXT PRIMARY KEY, number INTEGER NOT NULL, part TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS standing_part ON standing (part, key);
CREATE TABLE IF NOT EXISTS waiting (key TEXT PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS head (size INTEGER PRIMARY KEY, change INTEGER, moment TEXT, root TEXT, key TEXT,
  signature TEXT);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
"""Leaves, their hashes in tiles, which leaf tells the present state of a record, which records wait for a day."""
COLUMNS = "number, kind, key, version, change, hash, rest"
OF_STANDING = ("e.number, e.kind, e.key, e.version, e.change, e.hash, e.rest FROM standing s "
                "JOIN entry e ON e.number = s.number")  # fmt: skip
PART = 500
"""So many keys are asked for in one statement."""


class Numbered(Struct, frozen=True, gc=False):
    """A leaf with its number."""

    number: int
    entry: Entry


def marks(part: Sequence[str]) -> str:
    """The marks of an `IN` list."""
    return ", ".join("?" * len(part))


def row_of(number: int, one: Entry) -> tuple[int, str, str, int, int, bytes, str]:
    """The row of a leaf."""
    rest = {name: value for name in RARE if (value := getattr(one, name))}
    text = msgspec.json.encode(rest).decode() if rest else ""
    return number, one.kind, one.key, one.version, one.change, bytes.fromhex(one.hash), text


def numbered(row: tuple[int, Kind, str, int, int, bytes, str]) -> Numbered:
    """The leaf of a row."""
    number, kind, key, version, change, hash, rest = row
    more = msgspec.json.decode(rest) if rest else {}
    return Numbered(number, Entry(kind, key, version, change, hash.hex(), **more))
