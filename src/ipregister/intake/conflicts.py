"""The book of conflicts follows the register: every new mark against every indication, and every new indication
against every mark.

Whoever holds the book's lock runs it. It reads the ordered list of changes from where it was. Indications that come
later are compared with the marks that were there before, key by key; where that stops, it goes on. A record whose
stored bytes cannot be read is passed over with a finding in the book, and looked at again when it changes.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from ipregister.intake.findings import NOT_COMPARED
from ipregister.model.errors import Busy, Damaged
from ipregister.model.finding import Finding
from ipregister.model.indication import Indication
from ipregister.model.mark import Trademark
from ipregister.model.record import Record
from ipregister.model.text import Text
from ipregister.search.goods.likeness import Goods, compare
from ipregister.search.indications.book import Conflict, ConflictBook, Standing
from ipregister.search.indications.shield import IndicationHit, Protected, Shield
from ipregister.search.similarity.reasons import Reason
from ipregister.store.rows import Change, CurrentBody
from ipregister.store.upcast import decode

CHUNK = 200
POLL_S, LOCK_S = 2.0, 5.0
MOST_NAMES, MOST_HITS = 12, 20
SHARED_KINDS = frozenset({"Collective", "Certificate"})
"""Kinds of mark under which producers of an indication often protect its name themselves."""
_log = logging.getLogger("ipregister.worker")


class Source(Protocol):
    """What of the register is read (`store.register.Register`)."""

    def changes(self, since: int, limit: int = ...) -> list[Change]:
        """The changes after a number, in order."""

    def last_change(self) -> int:
        """The last change number."""

    def current_bodies(self, keys: Sequence[str]) -> list[CurrentBody]:
        """The contents of current versions."""

    def keys(self, *, office: str = ..., right: str = ..., after: str = ..., limit: int = ...) -> list[str]:
        """Keys of records in order."""


def protected_of(key: str, record: Indication) -> list[Protected]:
    """The names of an indication, each once. What is said of a homonym is a remark, no name."""
    products = tuple(text.text for product in record.products for text in product.texts)
    found: dict[str, str] = {}
    for kind, texts in (("name", record.names), ("transliteration", record.transliterations),
                        ("translation", record.translations)):  # fmt: skip
        for text in texts:
            found.setdefault(text.text.strip(), kind)
    return [Protected(key, name, kind, record.office, products) for name, kind in found.items() if name]


def names_of(record: Trademark) -> list[str]:
    """The words of a mark, as written, in other letters, and in other languages."""
    texts: tuple[Text, ...] = (*record.mark.verbal, *record.mark.transliterations, *record.mark.translations)
    return list(dict.fromkeys(text.text.strip() for text in texts if text.text.strip()))[:MOST_NAMES]


def conflicts_of(key: str, record: Trademark, shield: Shield) -> list[Conflict]:
    """The indications that a mark comes near, each once, by the name that is nearest."""
    best: dict[str, tuple[str, IndicationHit]] = {}
    for name in names_of(record):
        for hit in shield.near(name, limit=MOST_HITS):
            known = best.get(hit.protected.key)
            if known is None or hit.score > known[1].score:
                best[hit.protected.key] = (name, hit)
    return [_conflict(key, record, name, hit) for name, hit in best.values()]


def _conflict(key: str, record: Trademark, name: str, hit: IndicationHit) -> Conflict:
    one = hit.protected
    classes = tuple(block.class_number for block in record.goods if block.class_number)
    texts = tuple(text.text for block in record.goods for text in block.texts)
    likeness = compare(Goods((), (*one.products, one.name)), Goods(classes, texts))
    told = [*hit.reasons, *likeness.reasons]
    if shared := sorted(SHARED_KINDS.intersection(record.kinds)):
        told.append(Reason("shared-mark", f"kind of mark: {shared[0]}", (shared[0],)))
    return Conflict(key, one.key, record.office, name, one.name, hit.level, hit.score,
                    max(likeness.features["ideas"], likeness.features["terms"], likeness.features["words"]),
                    tuple(told), hit.version)  # fmt: skip


class ConflictFollower:
    """One run over an open book."""

    def __init__(
        self, register: Source, book: ConflictBook, stopping: Callable[[], bool] = lambda: False
    ) -> None:
        self._register, self._book, self._stopping = register, book, stopping
        self._shield: Shield | None = None
        self._unread = {finding.value for finding in book.findings()}

    def catch_up(self) -> int:
        """Applies all changes there are; the change number reached. Leaves off early when it is to stop."""
        standing = self._book.standing()
        if not standing.known:
            standing = self._begin()
        while not self._stopping() and (changes := self._register.changes(standing.change, CHUNK)):
            standing = self._apply(standing, changes)
        while not self._stopping() and standing.again:
            standing = self._look_back(standing)
        return standing.change

    def _begin(self) -> Standing:
        """Reads all indications there are, so that the marks meet all of them at once."""
        known, after = self._register.last_change(), ""
        with self._book.one_step():
            self._book.clear()
            self._unread.clear()
            while keys := self._register.keys(right="indication", after=after, limit=CHUNK):
                self._protect(self._bodies(keys))
                after = keys[-1]
            standing = Standing(known=max(known, 1))
            self._book.note(standing)
        return standing

    def _protect(self, bodies: Sequence[CurrentBody]) -> None:
        for held in bodies:
            record = self._record(held) if held.is_there else None
            if not held.is_there:
                self._readable(held.key)
            elif record is None:
                continue  # damaged: the names of before stay
            names = protected_of(held.key, record) if isinstance(record, Indication) else []
            self._book.protect(held.key, names)
        self._shield = None if bodies else self._shield

    def _bodies(self, keys: Sequence[str]) -> list[CurrentBody]:
        """The contents of records; where some cannot be read, those of the others."""
        try:
            return self._register.current_bodies(keys)
        except Damaged as error:
            if len(keys) > 1:
                half = len(keys) // 2
                return [*self._bodies(keys[:half]), *self._bodies(keys[half:])]
            self._pass_over(keys[0], error)
            return []

    def _record(self, held: CurrentBody) -> Record | None:
        """A record; None, with a finding, where its stored bytes are none."""
        try:
            record = decode(held.body, held.schema)
        except Damaged as error:
            self._pass_over(held.key, error)
            return None
        self._readable(held.key)
        return record

    def _readable(self, key: str) -> None:
        if key in self._unread:
            self._unread.discard(key)
            self._book.withdraw(key)

    def _pass_over(self, key: str, error: Damaged) -> None:
        _log.error("%s cannot be read and was not compared with indications", key)
        self._unread.add(key)
        self._book.report(Finding(NOT_COMPARED, "error", value=key, arguments={"reason": error.message}))

    def _apply(self, standing: Standing, changes: Sequence[Change]) -> Standing:
        rights = {change.key: change.right for change in changes}
        late = {c.key for c in changes if c.right == "indication" and c.number > standing.known}
        with self._book.one_step():
            bodies = self._bodies(list(rights))
            self._protect([held for held in bodies if held.key in late])
            for held in bodies:
                found = self._found(held, self._all()) if rights[held.key] == "trademark" else None
                if found is not None:
                    self._book.replace(held.key, found)
            standing = msgspec.structs.replace(
                standing, change=changes[-1].number, again=tuple(dict.fromkeys((*standing.again, *sorted(late)))),
                after="" if late else standing.after,
            )  # fmt: skip
            self._book.note(standing)
        return standing

    def _all(self) -> Shield:
        if self._shield is None:
            self._shield = Shield(self._book.protected())
        return self._shield

    def _found(self, held: CurrentBody, shield: Shield) -> list[Conflict] | None:
        """The conflicts of a mark; None where it cannot be read."""
        if not held.is_there:
            self._readable(held.key)
        if not (held.is_there and shield.names):
            return []
        record = self._record(held)
        if record is None:
            return None
        return conflicts_of(held.key, record, shield) if isinstance(record, Trademark) else []

    def _look_back(self, standing: Standing) -> Standing:
        """Compares late indications with the next marks that were there before them."""
        shield = Shield(self._book.protected(standing.again))
        keys = (
            self._register.keys(right="trademark", after=standing.after, limit=CHUNK) if shield.names else []
        )
        with self._book.one_step():
            for held in self._bodies(keys) if keys else ():
                self._book.add(self._found(held, shield) or ())
            again = standing.again if keys else ()
            standing = msgspec.structs.replace(standing, again=again, after=keys[-1] if keys else "")
            self._book.note(standing)
        return standing


def catch_up(register: Source, folder: Path) -> int:
    """Brings the book up to the register. Raises `Busy` where another process writes it."""
    with ConflictBook(folder, write=True) as book:
        return ConflictFollower(register, book).catch_up()


def follow(register: Source, folder: Path, stop: threading.Event) -> None:
    """Keeps the book up to date until `stop` is set. Waits while another process holds it."""
    while not stop.is_set():
        try:
            with ConflictBook(folder, write=True) as book:
                follower = ConflictFollower(register, book, stop.is_set)
                while not stop.is_set():
                    follower.catch_up()
                    stop.wait(POLL_S)
        except Busy:
            stop.wait(LOCK_S)
