"""Cuts one member of a delivery into slices: a record alone, or a bulk file of them, by the shape it tells."""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct

from ipregister.capture.archive import BadArchive
from ipregister.capture.json_splitter import JsonSplitter
from ipregister.capture.limits import Limits
from ipregister.capture.members import Source
from ipregister.capture.prologue import HEAD, Prologue, encoding_of, prologue_of, root_name
from ipregister.capture.readers import MAPPED, READERS, source_of
from ipregister.capture.splitter import Cuts, Splitter
from ipregister.capture.streaming import records
from ipregister.exchange.mapped.mapping import TABULAR, Mapping
from ipregister.model.offices import Office

_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:[^-]|-[^-])*-->\s*)*"
                   rb"(?:<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>\s*)?<([^\s/>!?<]+)")  # fmt: skip

Note = Callable[[str, str, dict[str, str]], None]
"""Takes a delivery finding: code, value, arguments."""


class Piece(Struct, frozen=True):
    """One cut: where it lies, the delivered bytes, what the reader sees, what is wrong with it; the shape that
    the file told of itself."""

    offset: int
    length: int
    raw: bytes
    data: bytes
    problem: str = ""
    whole: bool = False
    source: str = ""


class Cutter:
    """Cuts members of one shape. `single`: a file with one record is that record with all around it."""

    def __init__(self, tags: tuple[str, ...], limits: Limits, note: Note, *, form: str = "xml",
                 source: str = "") -> None:  # fmt: skip
        self._tags = tags
        self._locals = frozenset(tag.encode() for tag in tags)
        self._limits = limits
        self._note = note
        self._form = form
        self._source = source

    def pieces(self, source: Source) -> Iterator[Piece]:
        """All pieces of a member, in its order."""
        for piece in self._pieces(source):
            yield msgspec.structs.replace(piece, source=self._source) if self._source else piece

    def _pieces(self, source: Source) -> Iterator[Piece]:
        if source.size > self._limits.in_memory:
            yield from self._streamed(source)
            return
        try:
            data = source.read()
        except BadArchive as error:
            data = b"".join(self._tolerant(source))
            if self.is_single(data) or not data:
                yield Piece(0, len(data), data, data, error.code, whole=True)
                return
        if self.is_single(data):
            yield Piece(0, len(data), data, data, whole=True)
        else:
            cuts = self._cuts(source.name, lambda: (data,), data[:HEAD])
            yield from self._cut(source.name, cuts, (data,), data[:HEAD])

    def is_single(self, data: bytes) -> bool:
        """Whether a file is one record and nothing else, by a look at its tags' number and place."""
        if not self._tags:
            return self._form == "xml"
        name = self._root(data)
        if not name:
            return False
        end, start = b"</" + name + b">", b"<" + name
        starts = sum(data.count(start + after) for after in (b">", b" ", b"\n", b"\r", b"\t"))
        return starts == 1 == data.count(end) and data[-len(end) - 64 :].rstrip().endswith(end)

    def _root(self, head: bytes) -> bytes:
        """The qualified name of the root element where it is a record."""
        found = _ROOT.match(head)
        if found and found[1].rpartition(b":")[2] in self._locals:
            return found[1]
        return b""

    def _streamed(self, source: Source) -> Iterator[Piece]:
        head = _head(self._tolerant(source))
        cuts = self._cuts(source.name, lambda: self._tolerant(source, note=False), head)
        yield from self._cut(source.name, cuts, self._tolerant(source, note=False), head)

    def _tolerant(self, source: Source, note: bool = True) -> Iterator[bytes]:
        """The member's bytes as far as they can be had."""
        try:
            yield from source.chunks()
        except BadArchive as error:
            if note:
                self._note("damaged-file", str(error), {"member": source.name})

    def _cuts(self, member: str, chunks: Callable[[], Iterable[bytes]], head: bytes) -> Cuts:
        """Where the records lie. The streaming parse is asked where the splitter was not sure."""
        if not self._tags and self._form == "xml":
            return Cuts()
        if self._form == "json":
            return self._noted(member, JsonSplitter(self._tags).split(chunks()))
        if encoding_of(head).startswith("utf-16"):
            return records(chunks(), self._tags, "utf-16") or Cuts()
        cuts = Splitter(self._tags).split(chunks())
        if cuts.odd:
            parsed = records(chunks(), self._tags)
            if parsed is not None and (parsed.offsets, parsed.lengths) != (cuts.offsets, cuts.lengths):
                found = {"member": member, "split": str(len(cuts)), "parsed": str(len(parsed))}
                self._note("split-count", str(len(parsed)), found)
                cuts = parsed
        return self._noted(member, cuts)

    def _noted(self, member: str, cuts: Cuts) -> Cuts:
        for code, value in cuts.notes:
            self._note(code, value, {"member": member})
        return cuts

    def _cut(self, member: str, cuts: Cuts, chunks: Iterable[bytes], head: bytes) -> Iterator[Piece]:
        if not len(cuts):
            yield self._nothing(head, chunks)
            return
        alone = len(cuts) == 1 and not cuts.problems and (bool(self._source) or bool(self._root(head)))
        alone = alone and self._form == "xml"
        if alone and cuts.size <= self._limits.record:
            data = b"".join(chunks)
            yield Piece(0, len(data), data, data, whole=True)
            return
        prologues: dict[bytes, Prologue] = {}
        for number, raw in enumerate(_ranges(chunks, cuts, self._limits.record)):
            offset, length = cuts.offsets[number], cuts.lengths[number]
            problem = cuts.problems.get(number, "") if len(raw) == length else "too-large"
            if not offset or problem or self._form == "json":
                yield Piece(offset, length, raw, raw, problem)
                continue
            name = root_name(raw)
            prologue = prologues.get(name)
            if prologue is None:
                prologue = prologues[name] = prologue_of(head, name)
            yield Piece(offset, length, raw, prologue.document(raw))

    def _nothing(self, head: bytes, chunks: Iterable[bytes]) -> Piece:
        """The piece of a member without any record."""
        kept: list[bytes] = []
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size <= self._limits.in_memory:
                kept.append(chunk)
        text = b"".join(kept) if size <= self._limits.in_memory else b""
        if size and encoding_of(head).startswith("utf-16"):
            return Piece(0, size, text, text, "" if text else "too-large", whole=True)
        start = head.removeprefix(b"\xef\xbb\xbf").strip()
        if text and self._source:
            return Piece(0, size, text, text, whole=True)
        problem = "no-record" if start.startswith(b"<") else "not-xml" if start else "empty"
        return Piece(0, size, text, text, problem, whole=True)


class Cutters:
    """Cuts the members of one office's deliveries, each by the shape that it tells of itself."""

    def __init__(self, office: Office, limits: Limits, note: Note, mapping: Mapping | None = None) -> None:
        self._office, self._limits, self._note = office, limits, note
        self._own = Cutter(office.feed.record_tags, limits, note)
        self._mapped = _mapped(mapping, limits, note) if mapping else None
        self._others: dict[str, Cutter] = {}

    def pieces(self, member: Source) -> Iterator[Piece]:
        """All pieces of a member, in its order."""
        if self._mapped is not None:
            return self._mapped.pieces(member)
        if member.size > self._limits.in_memory:
            return self._cutter(_head(_tolerant(member))).pieces(member)
        try:
            data = member.read()
        except BadArchive:
            return self._cutter(_head(_tolerant(member))).pieces(member)
        return self._cutter(data[:HEAD]).pieces(member._replace(read=lambda: data))

    def _cutter(self, head: bytes) -> Cutter:
        source = source_of(head, self._office)
        if source is None:
            return self._own
        if source.read is READERS[self._office.feed.reader] and self._office.feed.record_tags:
            return self._own
        if source.name not in self._others:
            self._others[source.name] = Cutter(
                source.records, self._limits, self._note, form=source.form, source=source.name
            )
        return self._others[source.name]


def _mapped(mapping: Mapping, limits: Limits, note: Note) -> Cutter:
    """The cutter of a mapped source: rows and JSON by brackets, XML by the element that the mapping names."""
    told = mapping.input
    names = () if told.kind in TABULAR or not told.records else (told.records,)
    return Cutter(names, limits, note, form="xml" if told.kind == "xml" else "json", source=MAPPED)


def _tolerant(member: Source) -> Iterator[bytes]:
    try:
        yield from member.chunks()
    except BadArchive:
        return


def _head(chunks: Iterable[bytes]) -> bytes:
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= HEAD:
            break
    return head[:HEAD]


def _ranges(chunks: Iterable[bytes], cuts: Cuts, limit: int) -> Iterator[bytes]:
    """The bytes of each cut in one pass; none for a cut beyond the limit."""
    stream = iter(chunks)
    buffer, base = b"", 0
    for offset, length in zip(cuts.offsets, cuts.lengths, strict=True):
        if length > limit:
            yield b""
            continue
        while base + len(buffer) < offset + length:
            piece = next(stream, None)
            if piece is None:
                break
            if offset >= base + len(buffer):
                base, buffer = base + len(buffer), piece
            else:
                first = max(0, offset - base)
                buffer = buffer[first:] + piece
                base += first
        yield buffer[offset - base : offset - base + length]
