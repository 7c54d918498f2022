"""An office's delivery: opened, identified, cut into raw records."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from ipregister.capture import pictures
from ipregister.capture.archive import Archive, BadArchive, Member, reader_of
from ipregister.capture.cutting import Cutters, Piece
from ipregister.capture.findings import DELIVERY_KINDS
from ipregister.capture.limits import USUAL, Limits
from ipregister.capture.mapped import data_of, mapping_in
from ipregister.capture.members import Scope, Source, file_source
from ipregister.capture.naming import Kind, kind_of, moment_of, numbered
from ipregister.capture.opening import digest_of, is_zip, pack, unreadable
from ipregister.capture.slices import Attachment, Slice
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.errors import UnreadableInput
from ipregister.model.finding import Finding
from ipregister.model.offices import Office

__all__ = ["Attachment", "Delivery", "Limits", "Slice", "open_delivery"]

_SEVERITY = {kind.code: kind.severity for kind in DELIVERY_KINDS}


class Delivery:
    """One delivery, open for reading. A context manager.

    `digest` is the SHA-256 of the content; `extracted` the office's extraction day with the number on that
    day, sortable, `dated` whether it is told and not guessed; `container` the one file that is kept whole,
    `container_digest` its SHA-256 where it is known; `mapped` the reader of a mapped source. `findings` is complete once `slices` ended.
    """

    def __init__(self, path: Path, container: Path, digest: str, office: Office, limits: Limits,
                 scratch: Path) -> None:  # fmt: skip
        self.name = path.name
        self.digest = digest
        self.container = container
        self.container_digest = ""
        self.extracted = ""
        self.dated = True
        self.kind: Kind = kind_of(path.name, office.feed)
        self.findings: list[Finding] = []
        self._limits = limits
        self._scratch = scratch
        self.mapped: MappedReader | None = None
        self._office = office
        self._cutters = Cutters(office, limits, self.note)
        self._file = container.open("rb")
        self._stamp = _stamp(os.fstat(self._file.fileno()))
        self._scope: Scope | None = None
        self._left: list[Attachment] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Give back the open file."""
        self._file.close()

    def require_unchanged(self) -> None:
        """Raises `UnreadableInput` where the file is not the one whose digest was taken: what was read of it
        since may be from another content."""
        try:
            now = self.container.stat()
        except FileNotFoundError:
            now = os.fstat(self._file.fileno())
        if _stamp(now) != self._stamp:
            raise UnreadableInput("changed while it was read", place=str(self.container),
                                  remedy="wait until the file is whole, then load it again")  # fmt: skip

    def note(self, code: str, value: str, arguments: dict[str, str]) -> None:
        """Take down a finding on the delivery, once."""
        if arguments.get("member") == "":
            arguments = {**arguments, "member": self.name}
        finding = Finding(code, _SEVERITY[code], value=value, arguments=arguments)
        if finding not in self.findings:
            self.findings.append(finding)

    def open_archive(self) -> None:
        """Read the zip's table of contents. Raises `BadArchive`; `UnreadableInput` for a mapping that is wrong."""
        descriptor = self._file.fileno()
        size = os.fstat(descriptor).st_size
        archive = Archive(lambda offset, count: os.pread(descriptor, count, offset), size)
        self._scope = Scope(archive, "", self._limits)
        mapping = mapping_in(archive, self.name)
        if mapping is not None:
            self._take_mapping(mapping, archive)
        members = [member for member, _ in self._scope.order]
        if members and all(member.flags & 1 for member in members):
            raise BadArchive("encrypted-member")

    def _take_mapping(self, mapping: Mapping, archive: Archive) -> None:
        """Read the delivery by the mapping inside it: its rows are all that is in it."""
        if mapping.office.upper() != self._office.code:
            raise UnreadableInput(f"its mapping is of {mapping.office}, not of {self._office.code}", place=self.name,
                                  remedy="load it for that office")  # fmt: skip
        self.mapped = MappedReader(mapping, self._office)
        self._cutters = Cutters(self._office, self._limits, self.note, mapping)
        self._scope = Scope(archive, "", self._limits, only=data_of(mapping))

    def declared(self) -> int | None:
        """How many records are to be expected, where that is known before reading: the XML files of a
        delivery with one record in each."""
        if self._scope is None:
            return None
        count = sum(kind == "xml" for _, kind in self._scope.order)
        return count if count > 1 else None

    @property
    def pictures_beside(self) -> bool:
        """Whether other files than records lie in the zip, so that a record may lack its picture."""
        return self._scope is not None and bool(self._scope.beside)

    def newest_day(self) -> dt.date:
        """The day of the newest file in the zip, else of the container itself."""
        days = [_day(member.day) for member, _ in self._scope.order] if self._scope else []
        known = [day for day in days if day is not None and day.year >= 1990]
        if known:
            return max(known)
        return dt.datetime.fromtimestamp(self.container.stat().st_mtime, dt.UTC).date()

    def slices(self, start: int = 0) -> Iterator[Slice]:
        """All raw records from number `start` on, in the order of the delivery. The order and the numbers
        are the same each time. A slice with a `problem` has no readable record."""
        self._left = []
        if self._scope is None:
            descriptor = self._file.fileno()
            source = file_source(descriptor, os.fstat(descriptor).st_size)
            found = self._of_source(source, None, None)
        else:
            found = self._of_scope(self._scope, 1)
        index = -1
        for index, (source, piece, attachments) in enumerate(found):
            if index >= start:
                yield Slice(
                    index, source.name, piece.offset, piece.length, piece.data, piece.problem, attachments,
                    piece.source,
                )  # fmt: skip
        if index < 0 == start:
            yield Slice(0, "", 0, 0, b"", "no-record")
        if self._left:
            first, count = self._left[0].member, str(len(self._left))
            self.note("unassigned-file", first, {"count": count})

    def attachments_of(self, slice: Slice) -> list[Attachment]:
        """The files that were delivered with a record."""
        return list(slice.attachments)

    def beside(self, member: str, offset: int, raw: bytes) -> tuple[Attachment, ...]:
        """The files of a record that the present splitter cuts elsewhere, by its delivered bytes. What lies
        beside it in a zip inside the zip is not looked for."""
        found: tuple[Attachment, ...] = ()
        if self._scope is not None and self._scope.beside and "!" not in member:
            found = _beside(self._scope, member, raw, lone=self._scope.is_lone(member, raw))
        return (*found, *pictures.embedded(raw, member, offset))

    def cut_again(self, member: str, raw: bytes) -> list[tuple[int, int, str]]:
        """Where the present splitter sees records in the delivered bytes of one piece: offset inside it,
        length, problem."""
        source = Source(member, len(raw), lambda: raw, lambda: iter((raw,)))
        return [(piece.offset, piece.length, piece.problem) for piece in self._cutters.pieces(source)]

    def unassigned(self) -> list[Attachment]:
        """The files that belong to no record. Complete once `slices` ended."""
        return list(self._left)

    def _of_scope(self, scope: Scope, depth: int) -> Iterator[tuple[Source, Piece, tuple[Attachment, ...]]]:
        for code, value in scope.notes:
            self.note(code, value, {})
        for member, kind in scope.order:
            if kind == "xml":
                yield from self._of_source(scope.source(member), scope, member)
            elif depth >= self._limits.depth:
                self.note("nested-too-deep", scope.prefix + member.name, {})
                self._left.append(Attachment(scope.prefix + member.name, member.name, member.size))
                yield scope.source(member), Piece(0, 0, b"", b"", "not-a-zip"), ()
            else:
                yield from self._of_nested(scope, member, depth)
        self._left.extend(scope.unassigned())

    def _of_nested(self, scope: Scope, member: Member, depth: int) -> Iterator[
            tuple[Source, Piece, tuple[Attachment, ...]]]:  # fmt: skip
        name = scope.prefix + member.name
        with tempfile.SpooledTemporaryFile(self._limits.in_memory, dir=str(self._scratch)) as unpacked:
            try:
                for piece in scope.archive.chunks(member):
                    unpacked.write(piece)
                inner = Scope(Archive(*reader_of(unpacked)), name + "!", self._limits)
            except BadArchive as error:
                yield scope.source(member), Piece(0, 0, b"", b"", error.code), ()
                return
            yield from self._of_scope(inner, depth + 1)

    def _of_source(self, source: Source, scope: Scope | None, member: Member | None) -> Iterator[
            tuple[Source, Piece, tuple[Attachment, ...]]]:  # fmt: skip
        for piece, lone in _with_lone(self._cutters.pieces(source)):
            beside: tuple[Attachment, ...] = ()
            if scope is not None and member is not None and scope.beside:
                beside = _beside(scope, member.name, piece.raw, lone=lone)
            yield source, piece, (*beside, *pictures.embedded(piece.raw, source.name, piece.offset))


def _beside(scope: Scope, name: str, raw: bytes, *, lone: bool) -> tuple[Attachment, ...]:
    """The files of a record in the file `name`: those that lie with it alone; else those that it cites by their names and
    that lie beside it; else those that bear its names or numbers."""
    return (
        (scope.beside_record(name) if lone else ())
        or scope.cited(name, pictures.cited(raw))
        or scope.named(pictures.wanted(raw, name if lone else ""), lone=lone)
    )


def _with_lone(pieces: Iterator[Piece]) -> Iterator[tuple[Piece, bool]]:
    """The pieces of a file, each with whether it is the only one."""
    first = next(pieces, None)
    if first is None:
        return
    second = next(pieces, None)
    yield first, second is None
    if second is not None:
        yield second, False
    for piece in pieces:
        yield piece, False


def open_delivery(path: Path, office: Office, *, scratch: Path, day: dt.date | None = None,
                  kind: Kind | None = None, limits: Limits = USUAL) -> Delivery:  # fmt: skip
    """Open a zip, a folder or a file. `day` and `kind` say what the name does not, or overrule it.

    A folder becomes one zip in `scratch`. Raises `UnreadableInput`."""
    if not path.exists():
        raise UnreadableInput("no such file or folder", place=str(path), remedy="check the path")
    if not (path.is_file() or path.is_dir()):
        raise UnreadableInput("is no file and no folder", place=str(path), remedy="check the path")
    scratch.mkdir(parents=True, exist_ok=True)
    links: list[str] = []
    container, digest = path, ""
    if path.is_dir():
        container = scratch / f"{path.name}.folder.zip"
        digest, links = pack(path, container)
    zipped = is_zip(container)
    delivery = Delivery(path, container, digest, office, limits, scratch)
    if not digest:
        delivery.digest = delivery.container_digest = digest_of(path)
    try:
        if zipped:
            delivery.open_archive()
    except BadArchive as error:
        delivery.close()
        raise unreadable(path, error) from error
    for link in links:
        delivery.note("link-skipped", link, {})
    delivery.kind = kind or delivery.kind
    delivery.extracted = _moment(delivery, office, day)
    return delivery


def _moment(delivery: Delivery, office: Office, day: dt.date | None) -> str:
    named = moment_of(delivery.name, office.feed)
    if day is not None:
        return named if named.startswith(day.isoformat()) else numbered(day, None)
    if named:
        return named
    delivery.dated = False
    guessed = delivery.newest_day().isoformat()
    delivery.note("day-guessed", guessed, {})
    return guessed


def _stamp(status: os.stat_result) -> tuple[int, int, int, int]:
    """What tells a file from another, and from what it was before it was written to."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _day(packed: int) -> dt.date | None:
    """A day as zips write it."""
    try:
        return dt.date(1980 + (packed >> 9), packed >> 5 & 15, packed & 31)
    except ValueError:
        return None
