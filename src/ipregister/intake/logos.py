"""The picture index follows the register: pictures that the public may see, with the records that show them.

Two stages. The first gives every new picture its views and cheap vectors, as its record is loaded; the second
adds what the network sees, later and one picture after another, and may be left out. Both go on where they
were cut off. One process writes, under a lock.
"""

import datetime as dt
import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from zoneinfo import ZoneInfo

import numpy as np

from ipregister.capture.kept import Kept
from ipregister.model import offices, publicity
from ipregister.model.errors import Busy, RegisterError
from ipregister.search.similarity.pictures.decoding import Decoder
from ipregister.search.similarity.pictures.letters import Reader
from ipregister.search.similarity.pictures.models import Models
from ipregister.search.similarity.pictures.rows import Seen, look
from ipregister.search.similarity.pictures.similar import SIDE
from ipregister.search.similarity.pictures.storage import Shown, Storage
from ipregister.store.rows import Change, MediaRef, StoredMedia, Version
from ipregister.store.upcast import decode

CHUNK, PART = 200, 32
"""Changes that are looked at together, and pictures that one transaction keeps."""
LOCK = "writer.lock"
POLL_SECONDS, LOCK_SECONDS, QUIET_SECONDS = 1.0, 5.0, 600.0

Clock = Callable[[], dt.datetime]


class Source(Protocol):
    """What of the register is read (`store.register.Register`)."""

    def changes(self, since: int, limit: int = ...) -> list[Change]:
        """The changes after a number, in order."""

    def withdrawn(self, since: int) -> list[str]:
        """The keys of the records of which content was withheld after a number."""

    def get_many(self, keys: Sequence[str], *, evidence: bool = ...) -> dict[str, Version]:
        """Current versions by key."""

    def media(self, sha256: str) -> list[StoredMedia]:
        """Where a picture is kept."""

    def open_container(self, sha256: str) -> BinaryIO:
        """A kept delivery."""


def now() -> dt.datetime:
    """The clock."""
    return dt.datetime.now(dt.UTC)


class Logos:
    """One run over an open index, for the process that holds its lock."""

    def __init__(
        self, register: Source, folder: Path, held: Callable[[], bool], *, models: Models | None = None,
        clock: Clock = now,
    ) -> None:  # fmt: skip
        self._register = register
        self._held = held
        self._storage = Storage(folder)
        self._storage.begin()
        self._plain = Models(network=False)
        self._models = models or Models()
        self._reader = Reader()
        self._decoder = Decoder()
        self._clock = clock
        self._container: tuple[str, BinaryIO, Kept] | None = None

    def close(self) -> None:
        """Ends the decoder and lets go of the files."""
        self._decoder.close()
        self._storage.close()
        if self._container is not None:
            self._container[1].close()

    def catch_up(self, stopping: threading.Event | None = None) -> int:
        """The first stage, up to the register's last change; the change number reached. Raises `Busy` where the
        index was thrown away."""
        self._check_held()
        self._follow(self._due())
        (reached,) = self._storage.reading().execute("SELECT change FROM reached").fetchone()
        self.forget(self._register.withdrawn(int(reached)))
        while changes := self._register.changes(reached, CHUNK):
            if stopping is not None and stopping.is_set():
                break
            self._follow(list(dict.fromkeys(change.key for change in changes)))
            reached = changes[-1].number
            with self._storage.writing() as database:
                database.execute("UPDATE reached SET change = ?", (reached,))
        return int(reached)

    def forget(self, keys: Sequence[str]) -> None:
        """Looks at records again of which content was withheld by law, and takes out what was read in their pictures."""
        self._check_held()
        if keys and self._storage.exists():
            self._follow(keys)
            with self._storage.writing() as database:
                self._storage.silence(database)

    def refine(self, most: int, stopping: threading.Event | None = None) -> int:
        """The second stage for at most so many pictures; how many there were."""
        if not self._models.has_network:
            return 0
        text = "SELECT number, sha256, first, rows FROM pictures WHERE network = 0 ORDER BY number LIMIT ?"
        done = 0
        for number, sha256, first, rows in self._storage.reading().execute(text, (most,)).fetchall():
            if stopping is not None and stopping.is_set():
                break
            self._check_held()
            seen = self._seen(self._kept(sha256), self._models, self._reader)[0]
            if seen is not None and seen.network is not None and len(seen.views) == rows:
                self._storage.fill(first, seen.network)
            with self._storage.writing() as database:
                self._storage.refined(database, number, seen.letters if seen is not None else ())
            done += 1
        return done

    def _check_held(self) -> None:
        if not self._held():
            raise Busy("the picture index was thrown away", remedy="it is made anew")

    def _follow(self, keys: Sequence[str]) -> None:
        for start in range(0, len(keys), PART):
            part = keys[start : start + PART]
            self._check_held()
            versions = self._register.get_many(part)
            shown = {key: self._public(versions[key]) for key in part if key in versions}
            with self._storage.writing() as database:
                numbers = self._added(database, [one for refs in shown.values() for one in refs[1]])
                for key in part:
                    plain, refs, due = shown.get(key, (None, [], ""))
                    pictures = tuple(dict.fromkeys(numbers[ref.sha256] for _, ref in refs))
                    self._storage.say(database, _shown(key, plain, pictures), due)

    def _public(self, version: Version) -> tuple[dict[str, Any] | None, list[tuple[str, MediaRef]], str]:
        """The public part of a record, its pictures with the container they are kept in, and the day on which
        more may become public."""
        if version.deleted:
            return None, [], ""
        office = offices.office(version.office)
        day = self._clock().astimezone(ZoneInfo(office.zone)).date()
        record = decode(version.body, version.schema)
        plain = publicity.project(record, office, day)
        refs = [(version.media_blob, ref) for ref in public_pictures(plain or {}, version.media)]
        return plain, refs, publicity.opening_after(record, office, day)

    def _added(self, database: sqlite3.Connection, refs: list[tuple[str, MediaRef]]) -> dict[str, int]:
        """The numbers of pictures; those that are new are looked at and appended."""
        numbers: dict[str, int] = {}
        new: list[tuple[str, Seen | None, str]] = []
        for blob, ref in refs:
            if ref.sha256 in numbers:
                continue
            row = database.execute("SELECT number FROM pictures WHERE sha256 = ?", (ref.sha256,)).fetchone()
            numbers[ref.sha256] = row[0] if row else -1
            if row is None:
                new.append((ref.sha256, *self._seen(self._bytes(blob, ref.member), self._plain)))
        added = self._storage.append(database, new) if new else []
        numbers |= {sha256: number for (sha256, _, _), number in zip(new, added, strict=True)}
        return numbers

    def _seen(self, picture: bytes, models: Models, reader: Reader | None = None) -> tuple[Seen | None, str]:
        decoded = self._decoder.decode(picture, SIDE)
        if decoded.problem:
            return None, decoded.problem
        pixels = np.frombuffer(decoded.pixels, np.uint8).reshape(decoded.height, decoded.width, 3)
        return look(pixels, models, reader), ""

    def _kept(self, sha256: str) -> bytes:
        for place in self._register.media(sha256):
            if found := self._bytes(place.raw.blob, place.raw.member):
                return found
        return b""

    def _bytes(self, blob: str, member: str) -> bytes:
        try:
            if self._container is None or self._container[0] != blob:
                if self._container is not None:
                    self._container[1].close()
                opened = self._register.open_container(blob)
                self._container = (blob, opened, Kept(opened))
            return self._container[2].read_member(member)
        except RegisterError:
            return b""

    def _due(self) -> list[str]:
        """Records of which more may be public since a day that has come."""
        today = (self._clock() + dt.timedelta(hours=14)).date().isoformat()
        text = "SELECT key FROM due WHERE day <= ? ORDER BY key"
        return [key for (key,) in self._storage.reading().execute(text, (today,)).fetchall()]


def public_pictures(plain: dict[str, Any], media: Sequence[MediaRef]) -> list[MediaRef]:
    """The pictures of a version that the public part of its record names, in its order."""
    named = list(_named(plain))
    stems = {_stem(image.get("filename", "")) for image in named}
    inside = any(image.get("data") for image in named)
    return [
        ref
        for ref in media
        if ref.mime.startswith("image/") and named and (_stem(ref.name) in stems or inside)
    ]


def _named(plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from plain.get("mark", {}).get("images", ())
    yield from plain.get("views", ())
    for design in plain.get("designs", ()):
        yield from design.get("views", ())
    for image in plain.get("images", ()):
        yield {"filename": image} if isinstance(image, str) else image


def _stem(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return (base.rpartition(".")[0] or base).casefold()


def _shown(key: str, plain: dict[str, Any] | None, pictures: tuple[int, ...]) -> Shown:
    if plain is None:
        return Shown(key, "", ())
    vienna = {code for image in plain.get("mark", {}).get("images", ()) for code in image.get("vienna", ())}
    classes = {str(goods["class_number"]) for goods in plain.get("goods", ()) if goods.get("class_number")}
    return Shown(key, plain["office"], pictures, tuple(sorted(classes)), tuple(sorted(vienna)))


@contextmanager
def _locked(folder: Path) -> Iterator[BinaryIO]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("another process writes the picture index", place=str(folder)) from error
        yield file


def _is_held(lock: BinaryIO, folder: Path) -> bool:
    """Whether the lock is still that of the folder: somebody may have thrown the index away, to have it made anew."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), (folder / LOCK).stat())
    except FileNotFoundError:
        return False


@contextmanager
def opened(register: Source, folder: Path, **given: Any) -> Iterator[Logos]:
    """The index for writing. Raises `Busy` where another process has it."""
    with ExitStack() as stack:
        lock = stack.enter_context(_locked(folder))
        logos = Logos(register, folder, lambda: _is_held(lock, folder), **given)
        stack.callback(logos.close)
        yield logos


def follow(register: Source, folder: Path, stopping: threading.Event, *, refined: bool = True) -> None:
    """Keeps the picture index up to date until `stopping` is set. The second stage begins when nothing was new
    for `QUIET_SECONDS`, so that it takes nothing from a first start."""
    while not stopping.is_set():
        try:
            with opened(register, folder) as logos:
                _keep_up(logos, stopping, refined=refined)
        except Busy:
            stopping.wait(LOCK_SECONDS)


def _keep_up(logos: Logos, stopping: threading.Event, *, refined: bool) -> None:
    reached, new_at = -1, time.monotonic()
    while not stopping.is_set():
        change = logos.catch_up(stopping)
        if change != reached:
            reached, new_at = change, time.monotonic()
        is_quiet = time.monotonic() - new_at >= QUIET_SECONDS
        busy = logos.refine(PART, stopping) if refined and is_quiet else 0
        stopping.wait(0.0 if busy else POLL_SECONDS)
