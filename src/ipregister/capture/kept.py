"""Finds a slice or an attachment again in a container that is kept, by its reference alone."""

import base64
import binascii
import re
import tempfile
import weakref
from collections.abc import Iterator
from typing import IO, BinaryIO

from ipregister.capture.archive import CHUNK, Archive, BadArchive, reader_of
from ipregister.capture.limits import USUAL
from ipregister.capture.prologue import HEAD, prologue_of, root_name
from ipregister.model.errors import Damaged

_EMBEDDED = re.compile(r"(.*)#(\d+)\+(\d+)")


class Kept:
    """A container that is kept, open for many readings: its table of contents and the zip inside it that was
    read last stay at hand."""

    def __init__(self, container: IO[bytes]) -> None:
        self._container = container
        self._archive: Archive | None = None
        self._inner: tuple[str, Kept] | None = None
        self._run = _Run("", iter(()))
        self._head = ("", b"")

    def read_member(self, member: str, offset: int = 0, length: int | None = None) -> bytes:
        """Delivered bytes of a member: from `offset`, `length` of them or all. A picture inside a record
        (`MEMBER#OFFSET+LENGTH`) comes decoded. Raises `Damaged` where the container does not have them."""
        embedded = _EMBEDDED.fullmatch(member)
        if embedded:
            data = decode(self.read_member(embedded[1], int(embedded[2]), int(embedded[3])))
            return data[offset:] if length is None else data[offset : offset + length]
        try:
            data = self._packed(member, offset, length) if member else _part(self._chunks("", offset), length)
        except (BadArchive, KeyError) as error:
            self._run = _Run("", iter(()))
            raise Damaged(f"cannot read: {error}", place=member) from error
        if length is not None and len(data) != length:
            raise Damaged("the container ends before the record", place=member)
        return data

    def read_slice(self, member: str, offset: int, length: int) -> bytes:
        """Exactly what the reader saw: the delivered bytes, made to a document of their own."""
        return self.document(member, offset, self.read_member(member, offset, length))

    def document(self, member: str, offset: int, raw: bytes) -> bytes:
        """The delivered bytes of a record as a document of their own."""
        if not offset:
            return raw
        name, head = self._head
        if not head or name != member:
            try:
                head = _part(self._chunks(member, 0), HEAD)
            except (BadArchive, KeyError) as error:
                raise Damaged(f"cannot read: {error}", place=member) from error
            self._head = member, head
        return prologue_of(head, root_name(raw)).document(raw)

    def _packed(self, member: str, offset: int, length: int | None) -> bytes:
        """A part of a packed member; what follows the part that was read last is not unpacked anew."""
        if self._run.member != member or offset < self._run.at:
            self._run = _Run(member, self._chunks(member, 0))
        return self._run.part(offset, length)

    def _chunks(self, member: str, offset: int) -> Iterator[bytes]:
        """The content of a member; a plain file begins at `offset`."""
        if not member:
            self._container.seek(offset)
            return iter(lambda: self._container.read(CHUNK), b"")
        if self._archive is None:
            self._archive = Archive(*reader_of(self._container))
        outer, _, rest = member.partition("!")
        if rest:
            return self._unpacked(outer)._chunks(rest, offset)
        return self._archive.chunks(self._archive.find(outer))

    def _unpacked(self, name: str) -> "Kept":
        """The zip inside this one, unpacked to a temporary file."""
        if self._inner is None or self._inner[0] != name:
            if self._archive is None:
                raise KeyError(name)
            unpacked = tempfile.SpooledTemporaryFile(USUAL.in_memory)  # noqa: SIM115 - lives as long as this does
            for chunk in self._archive.chunks(self._archive.find(name)):
                unpacked.write(chunk)
            inner = Kept(unpacked)
            weakref.finalize(inner, unpacked.close)
            self._inner = (name, inner)
        return self._inner[1]


def read_member(container: BinaryIO, member: str, offset: int = 0, length: int | None = None) -> bytes:
    """One reading of `Kept.read_member`."""
    return Kept(container).read_member(member, offset, length)


def read_slice(container: BinaryIO, member: str, offset: int, length: int) -> bytes:
    """One reading of `Kept.read_slice`."""
    return Kept(container).read_slice(member, offset, length)


def decode(text: bytes) -> bytes:
    """The bytes of a Base64 text; the text itself where it is none, as the repair `sha256` has it."""
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return text


class _Run:
    """A member that is being unpacked: `at` is the offset of what comes next."""

    def __init__(self, member: str, chunks: Iterator[bytes]) -> None:
        self.member, self.at = member, 0
        self._chunks, self._rest = chunks, b""

    def part(self, offset: int, length: int | None) -> bytes:
        """The bytes from `offset`, which is not before `at`."""
        while self.at + len(self._rest) <= offset:
            self.at += len(self._rest)
            following = next(self._chunks, None)
            if following is None:
                self._rest = b""
                return b""
            self._rest = following
        self._rest, self.at = self._rest[offset - self.at :], offset
        wanted, self._rest = _part_and_rest(self._rest, self._chunks, length)
        self.at += len(wanted)
        return wanted


def _part(chunks: Iterator[bytes], length: int | None) -> bytes:
    return _part_and_rest(b"", chunks, length)[0]


def _part_and_rest(first: bytes, chunks: Iterator[bytes], length: int | None) -> tuple[bytes, bytes]:
    wanted, size = [first], len(first)
    while length is None or size < length:
        chunk = next(chunks, None)
        if chunk is None:
            break
        wanted.append(chunk)
        size += len(chunk)
    data = b"".join(wanted)
    return (data, b"") if length is None else (data[:length], data[length:])
