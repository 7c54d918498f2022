"""JSON lines of a publication: one record or version a line, with all that proves it."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
import zstandard
from msgspec import Struct

from ipregister.publication.log.entries import Entry, Kind

LEVEL = 6
MAX_LINE = 64 << 20
"""A longer line is none of ours."""
_encoder = msgspec.json.Encoder(order="sorted")


class Picture(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """A picture of a record; its bytes are `SHA256.ENDING` in the part of images."""

    name: str
    sha256: str
    mime: str
    width: int = 0
    height: int = 0


class Line(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """A line. `kind`, `key`, `version`, `change` and what a withdrawal says are those of the leaf `number` of the log.

    `record` are the canonical bytes of what is released, `salt` (32 hex digits) the salt of their hash; both are
    absent where the leaf is no `record`. `extracted` and `confirmed`: since when and until when the office said so;
    `recorded_at`: when this register learnt of it."""

    key: str
    kind: Kind
    number: int
    version: int = 0
    change: int = 0
    office: str = ""
    right: str = ""
    cause: str = ""
    extracted: str = ""
    confirmed: str = ""
    recorded_at: str = ""
    salt: str = ""
    hash: str = ""
    field: str = ""
    picture: str = ""
    ground: str = ""
    day: str = ""
    media: tuple[Picture, ...] = ()
    record: msgspec.Raw = msgspec.Raw()

    def entry(self) -> Entry:
        """The leaf of the log that the line stands for."""
        return Entry(self.kind, self.key, self.version, self.change, self.hash, field=self.field,
                     picture=self.picture, ground=self.ground, day=self.day)  # fmt: skip

    def content(self) -> bytes:
        """The line, without its end."""
        return _encoder.encode(self)


def bare(entry: Entry, number: int) -> Line:
    """The line of a leaf without content."""
    return Line(entry.key, entry.kind, number, entry.version, entry.change, hash=entry.hash, field=entry.field,
                picture=entry.picture, ground=entry.ground, day=entry.day)  # fmt: skip


class LineFile:
    """Writes compressed lines; without any there is no file, or (`always`) an empty one."""

    def __init__(self, path: Path, *, always: bool = False) -> None:
        self.path, self.count = path, 0
        self._out: BinaryIO | None = None
        self._packed: zstandard.ZstdCompressionWriter | None = None
        if always:
            self._opened()

    def _opened(self) -> zstandard.ZstdCompressionWriter:
        if self._packed is None:
            self._out = self.path.open("wb")
            self._packed = zstandard.ZstdCompressor(level=LEVEL).stream_writer(self._out, closefd=False)
        return self._packed

    def add(self, content: bytes) -> None:
        """One line."""
        self._opened().write(content + b"\n")
        self.count += 1

    def close(self) -> None:
        """Finish the file."""
        if self._packed is not None and self._out is not None:
            self._packed.close()  # type: ignore[no-untyped-call]  # its stub tells no types
            self._out.close()


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a compressed file. Raises `zstandard.ZstdError` or `EOFError` where it is damaged."""
    rest = b""
    with (
        path.open("rb") as file,
        zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True) as plain,
    ):
        while chunk := plain.read(1 << 20):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines
            if len(rest) > MAX_LINE:
                raise EOFError("a line without an end")
    if rest:
        raise EOFError("the last line has no end")
