"""Append-only pack files that keep every delivered file whole, found by its SHA-256.

An entry is a head (magic, size, SHA-256), the content, and a tail (SHA-256 again). A pack describes itself:
no table is needed to read it. What a crash left half written at the end is cut off by the next writer; the
last entry is hashed before a writer trusts it, and where its bytes are wrong the file is kept once more.

Where content was withheld by law, an entry has another magic and other bytes: the head still names the file by its first
SHA-256, the tail is that of what is there now. Of several entries of a file the last counts.
"""

import fcntl
import hashlib
import io
import os
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from ipregister.model.errors import Damaged, NotFound

MAGIC, WITHHELD = b"IPRPACK1", b"IPRPACKW"
_HEAD = struct.Struct(">8sQ32s")
_TAIL = 32
PACK_BYTES = 4 << 30
"""A new pack is begun when the last one is larger than this."""
_CHUNK = 1 << 20


class Entry(Struct, frozen=True):
    """Where a kept file lies: pack number, offset of its content, size."""

    pack: int
    offset: int
    size: int


class Window(io.RawIOBase):
    """A part of a file, read like a file of its own."""

    def __init__(self, file: BinaryIO, offset: int, size: int) -> None:
        super().__init__()
        self._file, self._offset, self._size, self._at = file, offset, size, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The position inside the window."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move inside the window."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Read at the position; a read never leaves the window."""
        wanted = min(len(buffer), max(0, self._size - self._at))
        data = os.pread(self._file.fileno(), wanted, self._offset + self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Close the pack file too."""
        if not self.closed:
            self._file.close()
        super().close()


class Packs:
    """The packs of one folder. Many readers and writers may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries: dict[str, Entry] = {}
        self._scanned: dict[int, int] = {}

    def keep(self, path: Path, digest: str = "") -> str:
        """Keep a file: its bytes are on the disk when this returns. A file already kept is not written again.

        `digest` is its SHA-256 where the caller has just taken it; what is written is compared with it."""
        digest = digest or file_digest(path)
        with self._lock():
            self._scan(repair=True)
            if digest in self._entries:
                return digest
            number = self._writable()
            with self._pack(number).open("ab") as pack, path.open("rb") as source:
                offset = pack.seek(0, os.SEEK_END) + _HEAD.size
                size = path.stat().st_size
                pack.write(_HEAD.pack(MAGIC, size, bytes.fromhex(digest)))
                copied = _copy(source, pack)
                if copied != (size, digest):
                    pack.truncate(offset - _HEAD.size)
                    raise Damaged("the file changed while it was read", place=str(path))
                pack.write(bytes.fromhex(digest))
                pack.flush()
                os.fsync(pack.fileno())
            _sync_folder(self.folder)
            self._entries[digest] = Entry(number, offset, size)
            self._scanned[number] = offset + size + _TAIL
        return digest

    def open(self, digest: str) -> BinaryIO:
        """A kept file, seekable. Raises `NotFound`."""
        entry = self.entry(digest)
        window = Window(self._pack(entry.pack).open("rb"), entry.offset, entry.size)
        return io.BufferedReader(window, 1 << 16)

    def entry(self, digest: str) -> Entry:
        """Where a kept file lies. Raises `NotFound`."""
        if digest not in self._entries:
            self._scan()
        if digest not in self._entries:
            raise NotFound(f"no kept file {digest}")
        return self._entries[digest]

    def digests(self) -> list[str]:
        """The hashes of all kept files, sorted."""
        self._scan()
        return sorted(self._entries)

    def verify(self) -> list[str]:
        """The hashes of kept files whose bytes are not what they should be."""
        return [digest for digest in self.digests() if not self._sound(digest)]

    def overwrite(self, digest: str, content: Path) -> None:
        """Put other bytes in the place of a kept file, as content was withheld: where they were, or, of another length,
        at the end, after the old ones are zeroed. Goes on where it was cut off, as long as `content` is there."""
        entry, size = self.entry(digest), content.stat().st_size
        with self._lock():
            self._scan(repair=True)
            same = size == entry.size
            with self._pack(entry.pack).open("r+b") as pack:
                pack.seek(entry.offset - _HEAD.size)
                pack.write(_HEAD.pack(WITHHELD, entry.size, bytes.fromhex(digest)))
                with content.open("rb") if same else _Zeros(entry.size) as source:
                    pack.write(bytes.fromhex(_copy(source, pack)[1]))
                pack.flush()
                os.fsync(pack.fileno())
            if not same:
                self._append(digest, content, size)

    def _append(self, digest: str, content: Path, size: int) -> None:
        number = self._writable()
        with self._pack(number).open("ab") as pack, content.open("rb") as source:
            offset = pack.seek(0, os.SEEK_END) + _HEAD.size
            pack.write(_HEAD.pack(WITHHELD, size, bytes.fromhex(digest)))
            pack.write(bytes.fromhex(_copy(source, pack)[1]))
            pack.flush()
            os.fsync(pack.fileno())
        self._entries[digest] = Entry(number, offset, size)
        self._scanned[number] = offset + size + _TAIL

    def _sound(self, digest: str) -> bool:
        entry = self.entry(digest)
        with self._pack(entry.pack).open("rb") as pack:
            pack.seek(entry.offset - _HEAD.size)
            withheld = pack.read(len(WITHHELD)) == WITHHELD
            pack.seek(entry.offset + entry.size)
            tail = pack.read(_TAIL).hex()
        with self.open(digest) as kept:
            return _digest_of(kept) == (tail if withheld else digest)

    def _pack(self, number: int) -> Path:
        return self.folder / f"{number:06d}.pack"

    def _numbers(self) -> list[int]:
        if not self.folder.is_dir():
            return []
        found = [re.fullmatch(r"(\d{6})\.pack", name) for name in os.listdir(self.folder)]
        return sorted(int(match[1]) for match in found if match)

    def _writable(self) -> int:
        numbers = self._numbers()
        if not numbers:
            return 1
        full = self._pack(numbers[-1]).stat().st_size >= PACK_BYTES
        return numbers[-1] + 1 if full else numbers[-1]

    def _scan(self, *, repair: bool = False) -> None:
        for number in self._numbers():
            path = self._pack(number)
            start, size = self._scanned.get(number, 0), path.stat().st_size
            if start >= size:
                continue
            fresh = list(_entries(path, start, size))
            for digest, offset, length in fresh:
                start = offset + length + _TAIL
                self._entries[digest] = Entry(number, offset, length)
                if start >= size and repair and not self._sound(digest):
                    del self._entries[digest]
            self._scanned[number] = start
            if repair and start < size:
                os.truncate(path, start)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _entries(path: Path, start: int, size: int) -> Iterator[tuple[str, int, int]]:
    """Digest, offset and length of every whole entry from a place on; stops at the first that is not whole."""
    with path.open("rb") as pack:
        while start + _HEAD.size <= size:
            pack.seek(start)
            magic, length, digest = _HEAD.unpack(pack.read(_HEAD.size))
            offset = start + _HEAD.size
            if magic not in (MAGIC, WITHHELD) or offset + length + _TAIL > size:
                return
            pack.seek(offset + length)
            if pack.read(_TAIL) != digest and magic == MAGIC:
                return
            yield digest.hex(), offset, length
            start = offset + length + _TAIL


class _Zeros(io.RawIOBase):
    """So many zeros, read like a file."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._left = size

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Zeros, until they are at an end."""
        count = min(len(buffer), self._left)
        buffer[:count] = bytes(count)
        self._left -= count
        return count


def _copy(source: BinaryIO | io.RawIOBase, target: BinaryIO) -> tuple[int, str]:
    total, digest = 0, hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        total += target.write(chunk)
    return total, digest.hexdigest()


def _digest_of(source: io.RawIOBase | BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
    source.close()
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
