"""The second opinion on a file that the byte splitter found odd: a streaming parse by expat."""

from collections.abc import Iterable
from xml.parsers import expat

from ipregister.capture.splitter import Cuts


class _Refused(Exception):
    """The file declares entities: it is not parsed."""


class _Counter:
    """Notes where the outermost record elements begin and end."""

    def __init__(self, tags: tuple[str, ...], encoding: str) -> None:
        self.cuts = Cuts()
        self._names = frozenset(tags)
        self._depth = self._start = 0
        self._ended = False
        self._parser = parser = expat.ParserCreate(encoding or None)
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._refuse

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)
        self.cuts.size += len(chunk)

    def close(self) -> None:
        self._parser.Parse(b"", True)
        self._settle(self.cuts.size)

    def _begin(self, name: str, _: dict[str, str]) -> None:
        self._settle(self._parser.CurrentByteIndex)
        if self._depth:
            self._depth += 1
        elif name.rpartition(":")[2] in self._names:
            self._depth = 1
            self._start = self._parser.CurrentByteIndex

    def _end(self, name: str) -> None:
        self._settle(self._parser.CurrentByteIndex)
        if self._depth:
            self._depth -= 1
            if not self._depth:
                self._ended = True
                self._parser.DefaultHandlerExpand = self._after

    def _after(self, _: str) -> None:
        self._settle(self._parser.CurrentByteIndex)

    def _settle(self, at: int) -> None:
        """The record that ended last ends where the next thing begins."""
        if self._ended:
            self.cuts.add(self._start, at)
            self._ended = False
            self._parser.DefaultHandlerExpand = None

    def _refuse(self, *_: object) -> None:
        raise _Refused


def records(chunks: Iterable[bytes], tags: tuple[str, ...], encoding: str = "") -> Cuts | None:
    """Where the outermost record elements of a well-formed file lie; None where it is not well-formed.
    `encoding` is what the file shows, whatever it declares."""
    counter = _Counter(tags, encoding)
    try:
        for chunk in chunks:
            counter.feed(chunk)
        counter.close()
    except (_Refused, expat.ExpatError, LookupError, ValueError):
        return None
    return counter.cuts
