"""Finds a slice or an attachment again in a container that is kept, by its reference alone."""

import base64
import binascii
import re
import tempfile
from collections.abc import Iterator
from typing import IO, BinaryIO

from ipregister.capture.archive import CHUNK, Archive, BadArchive, reader_of
from ipregister.capture.limits import USUAL
from ipregister.capture.prologue import HEAD, prologue_of, root_name
from ipregister.model.errors import Damaged

_EMBEDDED = re.compile(r"(.*)#(\d+)\+(\d+)")


def read_member(container: BinaryIO, member: str, offset: int = 0, length: int | None = None) -> bytes:
    """Delivered bytes of a member: from `offset`, `length` of them or all. A picture inside a record
    (`MEMBER#OFFSET+LENGTH`) comes decoded. Raises `Damaged` where the container does not have them."""
    inner = _EMBEDDED.fullmatch(member)
    if inner:
        text = read_member(container, inner[1], int(inner[2]), int(inner[3]))
        data = decode(text)
        return data[offset:] if length is None else data[offset : offset + length]
    try:
        data = _part(_chunks(container, member, offset), offset if member else 0, length)
    except (BadArchive, KeyError) as error:
        raise Damaged(f"cannot read: {error}", place=member) from error
    if length is not None and len(data) != length:
        raise Damaged("the container ends before the record", place=member)
    return data


def read_slice(container: BinaryIO, member: str, offset: int, length: int) -> bytes:
    """Exactly what the reader saw: the delivered bytes, made to a document of their own."""
    raw = read_member(container, member, offset, length)
    if not offset:
        return raw
    try:
        head = _part(_chunks(container, member, 0), 0, HEAD)
    except (BadArchive, KeyError) as error:
        raise Damaged(f"cannot read: {error}", place=member) from error
    return prologue_of(head, root_name(raw)).document(raw)


def decode(text: bytes) -> bytes:
    """The bytes of a Base64 text; the text itself where it is none, as the repair `sha256` has it."""
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return text


def _chunks(container: IO[bytes], member: str, offset: int) -> Iterator[bytes]:
    """The content of a member; a plain file begins at `offset`."""
    if not member:
        container.seek(offset)
        return iter(lambda: container.read(CHUNK), b"")
    outer, _, rest = member.partition("!")
    archive = Archive(*reader_of(container))
    found = archive.find(outer)
    if not rest:
        return archive.chunks(found)
    return _nested(archive.chunks(found), rest)


def _nested(chunks: Iterator[bytes], member: str) -> Iterator[bytes]:
    """The content of a member of a zip that is itself a member."""
    with tempfile.SpooledTemporaryFile(USUAL.in_memory) as unpacked:
        for chunk in chunks:
            unpacked.write(chunk)
        yield from _chunks(unpacked, member, 0)


def _part(chunks: Iterator[bytes], offset: int, length: int | None) -> bytes:
    wanted: list[bytes] = []
    left = length
    for chunk in chunks:
        if offset >= len(chunk):
            offset -= len(chunk)
            continue
        piece = chunk[offset:] if left is None else chunk[offset : offset + left]
        offset = 0
        wanted.append(piece)
        if left is not None:
            left -= len(piece)
            if left <= 0:
                break
    return b"".join(wanted)
