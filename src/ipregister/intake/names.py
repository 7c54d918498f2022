"""The index of names follows the register: names of marks and of holders that the public may see.

Whoever holds its lock runs it: the worker of `serve` (`follow`), else a load at its end (`catch_up`). It reads the
ordered list of changes from where it was, so that nothing is missed. What becomes public on a day is looked at
again on that day.
"""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from ipregister.desk.trade_words import taken_apart
from ipregister.intake.documents import PublicView
from ipregister.model import offices, publicity
from ipregister.model.errors import Busy
from ipregister.model.record import Record, right_of
from ipregister.model.unnamed import has_unnamed
from ipregister.search import sources
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.formal_statements import FORMAL_KINDS, is_formal
from ipregister.search.similarity.shelf.entry import Entry
from ipregister.search.similarity.shelf.folder import made_by, read_contents
from ipregister.search.similarity.shelf.writer import ShelfWriter, Stopped
from ipregister.search.sources import Source as Public
from ipregister.store.rows import Change, CurrentBody
from ipregister.store.upcast import decode

CHUNK, COMMIT_NAMES = 1_000, 250_000
POLL_SECONDS, LOCK_SECONDS = 1.0, 2.0
Clock = Callable[[], dt.datetime]

_OF_MARK = {
    "verbal": "mark",
    "significant": "part",
    "transliterations": "transliteration",
    "translations": "translation",
}
"""What a text of the sign is as a name of its record."""
_TAKEN_APART = ("mark", "transliteration")
SHORTEST = 3
"""Letters of a distinctive part that is a name of its own."""


class Source(Protocol):
    """What of the register is read (`store.register.Register`)."""

    def changes(self, since: int, limit: int = ...) -> list[Change]:
        """The changes after a number, in order."""

    def withdrawn(self, since: int) -> list[str]:
        """The keys of the records of which content was withheld after a number."""

    def last_change(self) -> int:
        """The last change number."""

    def current_bodies(self, keys: Sequence[str]) -> list[CurrentBody]:
        """The contents of current versions."""


def now() -> dt.datetime:
    """The clock."""
    return dt.datetime.now(dt.UTC)


def entries_of(key: str, public: dict[str, Any]) -> list[Entry]:
    """The names of a record by its public values: those of the mark each once, those of its holders each once.
    What an office states in place of a translation ("a naming") is no name; a mark with words of the trade has its
    distinctive part as one more name."""
    source = Public(key, public)
    classes = tuple(int(number) for number in sources.classes(source))
    of_mark: dict[str, str] = {}
    for part, kind in _OF_MARK.items():
        for name in sources.of_mark(part, own="names" if part == "verbal" else "")(source):
            if kind not in FORMAL_KINDS or not is_formal(str(name)):
                of_mark.setdefault(str(name).strip(), kind)
    for name in [name for name, kind in of_mark.items() if kind in _TAKEN_APART]:
        words, part = taken_apart(name, classes)
        if words and sum(map(str.isalnum, part)) >= SHORTEST:
            of_mark.setdefault(part, "part")
    holders = sources.names_of("holders")(source) or sources.names_of("applicants")(source)
    of_holders = dict.fromkeys([str(name).strip() for name in holders], "holder")
    office = str(public["office"])
    return [Entry(key, name, kind, office, classes)
            for names in (of_mark, of_holders) for name, kind in names.items() if name]  # fmt: skip


class NameIndexer:
    """One run over an open shelf."""

    def __init__(self, register: Source, writer: ShelfWriter, clock: Clock = now) -> None:
        self._register, self._writer, self._clock = register, writer, clock
        self._views: dict[tuple[str, str], PublicView] = {}
        self._due = dict(writer.contents.due)

    def catch_up(self) -> int:
        """Applies all changes there are; the change number reached."""
        reached = self._writer.contents.change
        today = self._day()
        waiting = [key for key, day in self._due.items() if day <= today]
        for start in range(0, len(waiting), CHUNK):
            self._put(waiting[start : start + CHUNK], reached)
        self._writer.wipe(self._register.withdrawn(reached))
        seen = bool(waiting)
        for keys, number in self._chunks(reached):
            if self._writer.stopping():
                raise Stopped
            self._put(keys, number)
            reached, seen = number, True
            if self._writer.waiting >= COMMIT_NAMES:
                self._writer.commit(reached, today, self._due)
        if seen:
            self._writer.commit(reached, today, self._due)
        return reached

    def forget(self, keys: Sequence[str]) -> None:
        """Looks at records again of which content was withheld by law; no file holds their names after it."""
        reached = self._writer.contents.change
        self._put(keys, reached)
        self._writer.wipe(keys)
        self._writer.commit(reached, self._writer.contents.day, self._due)

    def _chunks(self, since: int) -> Iterator[tuple[list[str], int]]:
        while changes := self._register.changes(since, CHUNK):
            since = changes[-1].number
            yield list(dict.fromkeys(change.key for change in changes)), since

    def _put(self, keys: Sequence[str], number: int) -> None:
        current = {one.key: one for one in self._register.current_bodies(keys) if one.is_there}
        for key in keys:
            self._due.pop(key, None)
            held = current.get(key)
            self._writer.put(key, self._entries(held) if held is not None else [])

    def _entries(self, held: CurrentBody) -> list[Entry]:
        record: Record = decode(held.body, held.schema)
        office, right = offices.office(held.office), right_of(record)
        day = self._clock().astimezone(ZoneInfo(office.zone)).date()
        if publicity.record_state(record, office, day) != publicity.PUBLIC:
            if due := publicity.opening_after(record, office, day):
                self._due[held.key] = due
            return []
        if has_unnamed(record):
            return entries_of(held.key, publicity.project(record, office, day) or {})
        if (held.office, right) not in self._views:
            self._views[held.office, right] = PublicView(office, right)
        return entries_of(held.key, self._views[held.office, right].fields(record))

    def _day(self) -> str:
        """The day that has begun in all offices of the region."""
        zones = {offices.office(code).zone for code in offices.codes()}
        return min(self._clock().astimezone(ZoneInfo(zone)).date() for zone in zones).isoformat()


def follow(
    register: Source, folder: Path, encoder: Encoder | None, stop: threading.Event, *, clock: Clock = now
) -> None:
    """Keeps the index of names up to date until `stop` is set. Waits while another process holds it."""
    while not stop.is_set():
        try:
            with ShelfWriter(folder, encoder, stop.is_set) as writer:
                while not stop.is_set():
                    NameIndexer(register, writer, clock).catch_up()
                    stop.wait(POLL_SECONDS)
        except Busy:
            stop.wait(LOCK_SECONDS)
        except Stopped:
            return


def catch_up(
    register: Source, folder: Path, encoder: Encoder | None, *, clock: Clock = now, timeout: float = 3600.0
) -> int:
    """Brings the index of names up to the register; where another process writes it, waits until it has done so.

    The change number reached. Raises `Busy` when the time is over."""
    target, deadline = register.last_change(), time.monotonic() + timeout
    while True:
        try:
            with ShelfWriter(folder, encoder) as writer:
                return NameIndexer(register, writer, clock).catch_up()
        except Busy:
            contents = read_contents(folder)
            if contents is not None and contents.made_by == made_by(encoder) and contents.change >= target:
                return target
            if time.monotonic() >= deadline:
                raise
            time.sleep(LOCK_SECONDS)


def rebuild(register: Source, folder: Path, encoder: Encoder | None, *, clock: Clock = now) -> int:
    """Makes the index of names anew from the register."""
    with ShelfWriter(folder, encoder) as writer:
        writer.clear()
        return NameIndexer(register, writer, clock).catch_up()
