"""Zip archives read by position: compact for a million members, safe against names and sizes that lie."""

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from ipregister.capture.limits import Limits

ReadAt = Callable[[int, int], bytes]
"""Bytes at an offset: `read_at(offset, count)`; fewer at the end of the container."""

STORED, DEFLATED = 0, 8
ENCRYPTED, UTF8_NAME = 0x1, 0x800
CHUNK = 1 << 20
LOOKED_FOR = 8
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_DRIVE = re.compile(r"^[A-Za-z]:")
_PLAIN = re.compile(r"[^\x00-\x1f\x7f\\!#:/.][^\x00-\x1f\x7f\\!#:]*")
_SYMLINK = 0o120000


class BadArchive(Exception):
    """The archive, or one member of it, cannot be read; the text says why, `code` is a finding code."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code


class Member(NamedTuple):
    """One file in an archive. `name` is the label it is known by; `unsafe` says that it was delivered
    under another one (path tricks, duplicate)."""

    name: str
    header: int
    packed: int
    size: int
    crc: int
    method: int
    flags: int
    mode: int
    day: int
    unsafe: bool

    @property
    def is_link(self) -> bool:
        """Whether the member is a symbolic link."""
        return self.mode & 0o170000 == _SYMLINK


def _named(member: Member, name: str) -> Member:
    return member._replace(name=name, unsafe=True)


def reader_of(handle: IO[bytes]) -> tuple[ReadAt, int]:
    """A positional reader over any seekable handle, and the handle's size."""

    def read_at(offset: int, count: int) -> bytes:
        handle.seek(offset)
        return handle.read(count)

    return read_at, handle.seek(0, io.SEEK_END)


def safe_name(name: str) -> str:
    """A member name without path tricks: relative, `/`, no `..`, no drive letter, no control characters."""
    if _PLAIN.fullmatch(name) and "//" not in name and "/." not in name:
        return name
    name = _DRIVE.sub("", name.replace("\\", "/"))
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    text = "/".join(parts)
    return "".join(c if c >= " " and c not in "!#\x7f" else "_" for c in text) or "_"


class Archive:
    """A zip archive over a positional reader."""

    def __init__(self, read_at: ReadAt, size: int) -> None:
        self.read_at = read_at
        self.size = size
        self._start, self._length, self.count, self._shift = self._directory()
        self._table = b""
        self._places: dict[str, int] = {}
        self._sought = 0

    def _directory(self) -> tuple[int, int, int, int]:
        """Where the table of contents lies: offset, length, number of entries, bytes before the zip."""
        tail_at = max(0, self.size - 65557)
        tail = self.read_at(tail_at, 65557)
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) < at + _END.size:
            raise BadArchive("not-a-zip")
        *_, count, length, offset, _ = _END.unpack_from(tail, at)
        end = tail_at + at
        if count == 0xFFFF or length == 0xFFFFFFFF or offset == 0xFFFFFFFF:
            locator = self.read_at(max(0, end - 20), 20)
            if locator[:4] == b"PK\x06\x07":
                where = struct.unpack_from("<Q", locator, 8)[0]
                record = self.read_at(where, _END64.size)
                if len(record) < _END64.size or record[:4] != b"PK\x06\x06":
                    raise BadArchive("not-a-zip")
                *_, count, length, offset = _END64.unpack(record)
                end = where
        shift = end - length - offset
        if shift < 0 or length > self.size or count * 46 > length:
            raise BadArchive("not-a-zip")
        return offset + shift, length, count, shift

    def members(self) -> Iterator[Member]:
        """Every member in the order of the table of contents; directories left out."""
        table = self.read_at(self._start, self._length)
        for member, _ in self._entries(table):
            yield member

    def _entries(self, table: bytes) -> Iterator[tuple[Member, int]]:
        """Every member with the place of its entry in the table of contents."""
        seen: dict[str, int] = {}
        at = 0
        for _ in range(self.count):
            place = at
            member, at = self._entry(table, at)
            if member is None:
                continue
            times = seen[member.name] = seen.get(member.name, 0) + 1
            yield (member if times == 1 else _named(member, f"{member.name}~{times}")), place

    def _entry(self, table: bytes, at: int) -> tuple[Member | None, int]:
        if len(table) < at + 46 or table[at : at + 4] != b"PK\x01\x02":
            raise BadArchive("not-a-zip")
        flags, method, _, day, crc, packed, size, named, extra, comment = _ENTRY.unpack_from(table, at)[3:13]
        attributes, header = _ENTRY.unpack_from(table, at)[15:]
        raw = table[at + 46 : at + 46 + named]
        if 0xFFFFFFFF in (packed, size, header):
            field = table[at + 46 + named : at + 46 + named + extra]
            packed, size, header = _wide(field, packed, size, header)
        after = at + 46 + named + extra + comment
        given = _decode(raw, flags)
        if given.endswith(("/", "\\")):
            return None, after
        name = safe_name(given)
        return Member(name, header + self._shift, packed, size, crc, method, flags, attributes >> 16, day,
                      name != given), after  # fmt: skip

    def find(self, name: str) -> Member:
        """The member of a name. Raises `KeyError`. The first names are looked for; then all are indexed."""
        self._table = self._table or self.read_at(self._start, self._length)
        self._sought += 1
        if self._sought <= LOOKED_FOR:
            found = self._look_for(name)
            if found is not None:
                return found
        if not self._places:
            self._places = {member.name: place for member, place in self._entries(self._table)}
        member, _ = self._entry(self._table, self._places[name])
        if member is None:
            raise KeyError(name)
        return member if member.name == name else _named(member, name)

    def _look_for(self, name: str) -> Member | None:
        """A member that was delivered under just this name, by a search for its bytes."""
        for raw in {name.encode(), name.encode("cp437", "replace")}:
            at = self._table.find(raw)
            while at >= 0:
                entry = at - 46
                if entry >= 0 and self._table[entry : entry + 4] == b"PK\x01\x02":
                    member, _ = self._entry(self._table, entry)
                    if member is not None and member.name == name:
                        return member
                at = self._table.find(raw, at + 1)
        return None

    def _data_at(self, member: Member) -> tuple[int, bytes]:
        """Offset of a member's packed data and what of it came along with the header."""
        head = self.read_at(member.header, 30 + len(member.name) * 4 + 64 + min(member.packed, CHUNK))
        if len(head) < 30 or head[:4] != b"PK\x03\x04":
            raise BadArchive("damaged-member", "local header missing")
        named, extra = _LOCAL.unpack_from(head, 0)[-2:]
        start = 30 + named + extra
        return member.header + start, head[start : start + member.packed]

    def chunks(self, member: Member) -> Iterator[bytes]:
        """The unpacked content in pieces of about one MiB. Raises `BadArchive` where it is damaged."""
        if member.flags & ENCRYPTED:
            raise BadArchive("encrypted-member")
        if member.method not in (STORED, DEFLATED):
            raise BadArchive("unknown-compression", f"method {member.method}")
        crc = total = 0
        for piece in self._unpacked(member):
            total += len(piece)
            if total > member.size:
                raise BadArchive("damaged-member", "larger than the zip says")
            crc = zlib.crc32(piece, crc)
            yield piece
        if total != member.size or crc != member.crc:
            raise BadArchive("damaged-member", "cut off or checksum wrong")

    def _unpacked(self, member: Member) -> Iterator[bytes]:
        engine = zlib.decompressobj(-15) if member.method == DEFLATED else None
        for packed in self._packed(member):
            if engine is None:
                yield packed
                continue
            try:
                piece = engine.decompress(packed, CHUNK)
                while piece:
                    yield piece
                    piece = engine.decompress(engine.unconsumed_tail, CHUNK)
            except zlib.error as error:
                raise BadArchive("damaged-member", str(error)) from error

    def _packed(self, member: Member) -> Iterator[bytes]:
        at, piece = self._data_at(member)
        left = member.packed
        while left > 0:
            if not piece:
                piece = self.read_at(at, min(left, CHUNK))
            if not piece:
                return
            piece = piece[:left]
            yield piece
            left -= len(piece)
            at += len(piece)
            piece = b""

    def read(self, member: Member, limit: int) -> bytes:
        """The whole unpacked content. Raises `BadArchive` where it is damaged or larger than `limit`."""
        if member.size > limit:
            raise BadArchive("too-large")
        if member.method == DEFLATED and not member.flags & ENCRYPTED and member.packed < CHUNK:
            _, packed = self._data_at(member)
            try:
                data = zlib.decompressobj(-15).decompress(packed, member.size + 1)
            except zlib.error as error:
                raise BadArchive("damaged-member", str(error)) from error
            if len(data) != member.size or zlib.crc32(data) != member.crc:
                raise BadArchive("damaged-member", "cut off or checksum wrong")
            return data
        return b"".join(self.chunks(member))


def check(members: list[Member], size: int, limits: Limits) -> None:
    """Refuse an archive that is a bomb. Raises `BadArchive`."""
    if len(members) > limits.members:
        raise BadArchive("too-many-members", str(len(members)))
    total = sum(member.size for member in members)
    if total > limits.total or (total > limits.ratio_floor and total > limits.ratio * max(size, 1)):
        raise BadArchive("expands-too-far", str(total))
    end = 0
    for header, packed in sorted((member.header, member.packed) for member in members):
        if header < end:
            raise BadArchive("members-overlap")
        end = header + 30 + packed


def _decode(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace") if flags & UTF8_NAME else raw.decode("cp437")


def _wide(extra: bytes, packed: int, size: int, header: int) -> tuple[int, int, int]:
    """Sizes and offset from the ZIP64 extra field, where the entry's own are full."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            values = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            size = next(values, size) if size == 0xFFFFFFFF else size
            packed = next(values, packed) if packed == 0xFFFFFFFF else packed
            header = next(values, header) if header == 0xFFFFFFFF else header
            break
        at += 4 + length
    return packed, size, header
