"""The index follows the register: the only writer of the search index.

Whoever holds the index lock runs it: the worker of `serve` (`follow`), else a load at its end (`catch_up`).
It reads the ordered list of changes from the checkpoint on, so that nothing is missed and nothing is lost by
a crash; what was applied twice has the effect of once. On a new day it looks again at the records whose state
or publicity the day may have changed.
"""

import datetime as dt
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from ipregister.intake.documents import EMPTY, Built, Hand, build_many, days_at
from ipregister.intake.turning import turned
from ipregister.model.errors import Busy
from ipregister.search.folder import IndexFolder, is_of_layout, read_checkpoint
from ipregister.search.writer import TantivyWriter, without_collector
from ipregister.store.rows import Change, CurrentBody, NewNotice

CHUNK, COMMIT_DOCUMENTS, COMMIT_SECONDS = 1_000, 20_000, 1.0
POLL_SECONDS, LOCK_SECONDS = 0.2, 2.0
"""How often the register is asked for changes, and how often a held lock is tried."""
AHEAD, PART, MANY = 4, 250, 50_000
"""With several processes: chunks that are under way at once, records a task, and the changes from which on
starting processes pays."""

Clock = Callable[[], dt.datetime]


class Source(Protocol):
    """What of the register the indexer reads (`store.register.Register`)."""

    def changes(self, since: int, limit: int = ...) -> list[Change]:
        """The changes after a number, in order."""

    def last_change(self) -> int:
        """The last change number."""

    def tell(self, fresh: Sequence[NewNotice], now: dt.datetime) -> list[int]:
        """Adds notices to the changes, each once."""

    def withdrawn(self, since: int) -> list[str]:
        """The keys of the records of which content was withheld after a number."""

    def current_bodies(self, keys: Sequence[str], in_hand: Mapping[bytes, bytes] = ...) -> list[CurrentBody]:
        """The contents of current versions, those excepted that are in hand."""


def now() -> dt.datetime:
    """The clock."""
    return dt.datetime.now(dt.UTC)


class Indexer:
    """One run of the indexer over an open writer."""

    def __init__(
        self, register: Source, writer: TantivyWriter, *, clock: Clock = now, processes: int = 1
    ) -> None:
        self._register = register
        self._writer = writer
        self._clock = clock
        self._processes = processes
        self._reached = writer.checkpoint().change
        self._applied = 0
        self._behind = False
        self._hand: Hand = EMPTY
        self._committed_at = time.monotonic()

    def catch_up(self) -> int:
        """Applies all changes there are and commits; the change number reached."""
        self.look_again()
        self._wipe()
        with ExitStack() as stack:
            pool = None
            if self._processes > 1 and self._register.last_change() - self._reached > MANY:
                context = get_context("spawn")
                pool = stack.enter_context(ProcessPoolExecutor(self._processes, mp_context=context))
            documents = self._documents(pool)
            while self._step(documents):
                self._commit_when_due()
        if self._reached != self._writer.checkpoint().change:
            self._commit()
        self._writer.publish()
        return self._reached

    def keep_abreast(self, hand: Hand) -> None:
        """Applies the changes there are while a load goes on, which has the newest records in hand. They are
        committed now and then, and at the latest by the next `catch_up`."""
        self._wipe()
        self._hand = hand
        documents = self._documents(None)
        while self._step(documents):
            self._behind = True
            self._commit_when_due()
        self._hand = EMPTY

    def _step(self, documents: Iterator[tuple[int, Iterable[Built]]]) -> bool:
        """Applies one chunk of changes; false where there is none."""
        with without_collector():
            number = self._apply_next(documents)
        self._reached = number or self._reached
        return bool(number)

    def _apply_next(self, documents: Iterator[tuple[int, Iterable[Built]]]) -> int:
        number, built = next(documents, (0, ()))
        self._apply(built)
        return number

    def _documents(self, pool: ProcessPoolExecutor | None) -> Iterator[tuple[int, Iterable[Built]]]:
        """The chunks of changes as documents, in order, each with the last change number in it."""
        days = self._days()
        under_way: deque[tuple[int, list[Future[list[Built]]]]] = deque()
        for number, stored, gone in self._chunks():
            if pool is None:
                yield number, [*gone, *build_many(stored, days, self._hand)]
                continue
            parts = [stored[start : start + PART] for start in range(0, len(stored), PART)]
            ready: Future[list[Built]] = Future()
            ready.set_result(gone)
            under_way.append((number, [ready, *(pool.submit(build_many, part, days) for part in parts)]))
            if len(under_way) > AHEAD:
                yield _finished(under_way.popleft())
        while under_way:
            yield _finished(under_way.popleft())

    def _chunks(self) -> Iterator[tuple[int, list[CurrentBody], list[Built]]]:
        """Changes from the checkpoint on: last number, records to index, records that are gone."""
        since = self._reached
        while changes := self._register.changes(since, CHUNK):
            since = changes[-1].number
            self._behind = len(changes) == CHUNK
            keys = list(dict.fromkeys(change.key for change in changes))
            yield since, *self._split(keys, since)

    def _split(self, keys: Sequence[str], until: int | None = None) -> tuple[list[CurrentBody], list[Built]]:
        """A record that is changed again after `until` is left to that change."""
        in_hand = {content: one.body for content, one in self._hand.items()}
        current = self._register.current_bodies(keys, in_hand)
        stored = [one for one in current if one.is_there and (until is None or one.change <= until)]
        held = {one.key for one in current if one.is_there}
        gone = [key for key in keys if key not in held]
        return stored, [Built(key, None) for key in gone]

    def _apply(self, built: Iterable[Built]) -> None:
        batch = list(built)
        for one in batch:
            self._writer.note(one.key, one.due)
        self._writer.apply(
            [one.document for one in batch if one.document is not None],
            [one.key for one in batch if one.document is None],
        )
        self._applied += len(batch)

    def _commit_when_due(self) -> None:
        """Every second; every 20,000 records while far behind, since small commits must be merged again, and
        in a new index that nobody reads yet."""
        late = time.monotonic() - self._committed_at >= COMMIT_SECONDS
        fresh = self._writer.is_published and not self._behind
        if self._applied >= COMMIT_DOCUMENTS or (fresh and late):
            self._commit()

    def _commit(self) -> None:
        self._writer.commit(self._reached, self._day_span())
        self._applied = 0
        self._committed_at = time.monotonic()

    def _days(self) -> dict[str, dt.date]:
        """Today in each office's zone."""
        return days_at(self._clock())

    def _day_span(self) -> str:
        days = {day.isoformat() for day in self._days().values()}
        return f"{min(days)}/{max(days)}"

    def look_again(self) -> None:
        """On a new day: records whose term ended since, and records that were waiting for the day. What became of
        them is told among the changes."""
        before, today = self._writer.checkpoint().day, self._day_span()
        if not before or before == today:
            return
        first = dt.date.fromisoformat(before.partition("/")[0]) - dt.timedelta(days=1)
        keys = self._writer.to_look_at(first.isoformat(), today.partition("/")[2])
        for start in range(0, len(keys), CHUNK):
            stored, gone = self._split(keys[start : start + CHUNK])
            self._register.tell(list(turned(stored, first, self._days())), self._clock())
            self._apply([*gone, *build_many(stored, self._days())])
        self._commit()

    def _wipe(self) -> None:
        """Takes what was withheld by law out of the index, and writes what lies in the same files anew, so that the
        engine throws these away. The records come back by their changes, as far as they are still given."""
        keys = self._register.withdrawn(self._reached)
        while beside := self._writer.beside(keys) if keys else []:
            for start in range(0, len(beside), CHUNK):
                stored, gone = self._split(beside[start : start + CHUNK])
                self._apply([*gone, *build_many(stored, self._days())])
            self._commit()
        if keys:
            self._apply([Built(key, None) for key in keys])
            self._commit()


def _finished(task: tuple[int, list[Future[list[Built]]]]) -> tuple[int, Iterable[Built]]:
    number, parts = task
    return number, [built for part in parts for built in part.result()]


def follow(
    register: Source, folder: Path, stop: threading.Event, *, clock: Clock = now, processes: int = 1
) -> None:
    """Keeps the index up to date until `stop` is set. Waits while another process holds the index."""
    while not stop.is_set():
        try:
            with TantivyWriter(folder) as writer:
                indexer = Indexer(register, writer, clock=clock, processes=processes)
                while not stop.is_set():
                    indexer.catch_up()
                    stop.wait(POLL_SECONDS)
        except Busy:
            stop.wait(LOCK_SECONDS)


def catch_up(
    register: Source, folder: Path, *, clock: Clock = now, processes: int = 1, timeout: float = 3600.0
) -> int:
    """Brings the index up to the register; where another process writes the index, waits until it has done so.

    The change number reached. Raises `Busy` when the time is over."""
    target, deadline = register.last_change(), time.monotonic() + timeout
    while True:
        try:
            with TantivyWriter(folder) as writer:
                return Indexer(register, writer, clock=clock, processes=processes).catch_up()
        except Busy:
            if wait_until(folder, target, LOCK_SECONDS):
                return target
            if time.monotonic() >= deadline:
                raise


@contextmanager
def abreast(register: Source, folder: Path, *, clock: Clock = now) -> Iterator[Callable[[Hand], None] | None]:
    """Follows a load in this process batch by batch (`Indexer.keep_abreast`), and catches up at its end.

    Where another process writes the index there is nothing to be called, and at the end it is waited for."""
    with ExitStack() as stack:
        try:
            writer = stack.enter_context(TantivyWriter(folder))
        except Busy:
            yield None
            catch_up(register, folder, clock=clock)
            return
        following = Indexer(register, writer, clock=clock)
        following.catch_up()
        yield following.keep_abreast
        following.catch_up()


def rebuild(register: Source, folder: Path, *, clock: Clock = now, processes: int = 1) -> int:
    """Makes the index anew from the register. Searches use the old one until the new one is complete, which is
    first asked what the days since it was written changed."""
    current = IndexFolder(folder).current()
    if current is not None and is_of_layout(current):
        with TantivyWriter(folder) as writer:
            Indexer(register, writer, clock=clock).look_again()
    with TantivyWriter(folder, afresh=True) as writer:
        return Indexer(register, writer, clock=clock, processes=processes).catch_up()


def wait_until(folder: Path, change: int, timeout: float) -> bool:
    """Waits until the index that is read is complete up to a change number; false when the time is over."""
    deadline = time.monotonic() + timeout
    while reached(folder) < change:
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)
    return True


def reached(folder: Path) -> int:
    """The change number up to which the index that is read is complete; 0 where there is none."""
    current = IndexFolder(folder).current()
    return 0 if current is None else read_checkpoint(current).change
