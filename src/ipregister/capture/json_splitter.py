"""Cuts a file of JSON into the bytes of its records without parsing it, in bounded memory.

Only strings and brackets are looked at. The records are the elements of the outer array, or of the array that
bears one of the names told; or each line is one. Damage costs the record it is in where each line is one; else
what follows it up to where the brackets agree again.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from ipregister.capture.splitter import Cuts

_TOKEN = re.compile(rb"[\[\]{}\"]|[^\s\[\]{}\",:]{1,65536}")
_BARE = re.compile(rb"[\[\]{}]|[^\s\[\]{},:]{1,65536}")
"""Within a string that is never closed, a quote tells nothing."""
_INSIDE = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.S)
"""What a string holds, up to its quote or to the end of what is known of it."""
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.S)
_BLANK = b"\xef\xbb\xbf \t\r\n"
_SMALL = 1 << 16
"""As much of a file is looked at before it is known what it is."""
_LONGEST = 64 << 20
"""A string beyond this is taken for one that was never closed."""
_LONGEST_NAME = 1 << 10
"""No array that holds records has a longer name."""


class JsonSplitter:
    """Finds the records of one member in a stream of its bytes; `names` are those of the arrays that hold them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = frozenset(name.encode() for name in names)

    def split(self, chunks: Iterable[bytes]) -> Cuts:
        """All cuts of one member."""
        self._chunks: Iterator[bytes] = iter(chunks)
        self._buffer, self._base = b"", 0
        self._unclosed = 0  # up to here no quote closes a string
        self.cuts = Cuts()
        while len(self._buffer) < _SMALL and self._more():
            pass
        if self._is_lines():
            self._lines()
        elif not self._is_lone():
            self._values()
        self.cuts.size = self._base + len(self._buffer)
        return self.cuts

    def _more(self, keep: int = 0) -> bool:
        """Read on, dropping what lies before `keep`; as much again as is kept, so that little is copied twice."""
        pieces, wanted = [self._buffer[keep:]], len(self._buffer) - keep
        for piece in self._chunks:
            pieces.append(piece)
            wanted -= len(piece)
            if wanted <= 0:
                break
        if len(pieces) == 1:
            return False
        self._buffer = b"".join(pieces)
        self._base += keep
        return True

    def _is_lines(self) -> bool:
        """Whether the first line is a whole object and more follow."""
        first, end, rest = self._buffer.lstrip(_BLANK).partition(b"\n")
        whole = first.startswith(b"{") and first.rstrip().endswith(b"}") and _balanced(first)
        return whole and bool(end) and rest.lstrip(_BLANK)[:1] not in (b"", b"]", b",")

    def _is_lone(self) -> bool:
        """Whether all of a small file is one object, in which nothing is to be cut where no array is named."""
        if self._names or len(self._buffer) >= _SMALL or not self._buffer.startswith(b"{"):
            return False
        try:
            msgspec.json.decode(self._buffer, type=msgspec.Raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        return True

    def _lines(self) -> None:
        at = 0
        while True:
            end = self._buffer.find(b"\n", at)
            while end < 0:
                searched = len(self._buffer) - at
                if searched > _LONGEST or not self._more(at):
                    break
                at = 0
                end = self._buffer.find(b"\n", searched)
            line = self._buffer[at : end if end >= 0 else len(self._buffer)]
            if line.strip(_BLANK):
                first = at + len(line) - len(line.lstrip(_BLANK))
                self.cuts.add(self._base + first, self._base + at + len(line.rstrip(_BLANK)))
            if end < 0 and not self._more(len(self._buffer)):
                return
            at = end + 1

    def _values(self) -> None:
        """The elements of the array of records, by brackets."""
        self._stack = bytearray()
        self._depths = dict.fromkeys(b"[{", 0)
        self._home = -1  # depth of the array of records
        self._start = 0
        self._named = b""
        at = 0
        while True:
            token = _BARE if self._base + at < self._unclosed else _TOKEN
            found = token.search(self._buffer, at)
            if found is None or found.end() == len(self._buffer):
                keep = found.start() if found else len(self._buffer)
                if self._more(keep):
                    at = 0
                    continue
                if found is None:
                    break
            at = self._take(found[0], found.start(), found.end())
        if self._home >= 0 and len(self._stack) > self._home:
            self.cuts.add(self._start, self._base + len(self._buffer.rstrip(_BLANK)), "truncated")
            self.cuts.notes.append(("cut-off-file", "1"))

    def _take(self, token: bytes, start: int, end: int) -> int:
        if token == b'"':
            return self._string(start)
        if token in b"[{":
            self._open(token, self._base + start)
        elif token in b"]}":
            self._close(token, self._base + end)
        elif len(self._stack) == self._home:
            self.cuts.add(self._base + start, self._base + end, "between-records")
        return end

    def _string(self, start: int) -> int:
        at = _inside(self._buffer, start + 1)
        while (
            self._buffer[at : at + 1] != b'"' and len(self._buffer) - start < _LONGEST and self._more(start)
        ):
            at, start = _inside(self._buffer, at - start), 0
        if self._buffer[at : at + 1] != b'"':
            self._unclosed = self._base + at
            return start + 1
        if len(self._stack) == self._home:
            self.cuts.add(self._base + start, self._base + at + 1, "between-records")
        self._named = self._buffer[start + 1 : at] if at - start < _LONGEST_NAME else b""
        return at + 1

    def _open(self, token: bytes, at: int) -> None:
        if self._home < 0 and token == b"[" and self._holds_records():
            self._home = len(self._stack) + 1
        elif len(self._stack) == self._home:
            self._start = at
        self._stack += token
        self._depths[token[0]] += 1

    def _holds_records(self) -> bool:
        return not self._stack if not self._names else not self._stack or self._named in self._names

    def _close(self, token: bytes, end: int) -> None:
        opening = ord("[" if token == b"]" else "{")
        if not self._depths[opening]:
            return
        problem = ""
        while (last := self._stack.pop()) != opening:
            self._depths[last] -= 1
            problem = "unclosed"
        self._depths[opening] -= 1
        if self._home < 0:
            return
        if len(self._stack) == self._home or (problem and len(self._stack) < self._home):
            self.cuts.add(self._start, end, problem)
        if len(self._stack) < self._home:
            self._home = -1


def _inside(buffer: bytes, at: int) -> int:
    """Where what a string holds ends: at its quote, or where no more is known of it."""
    found = _INSIDE.match(buffer, at)
    return found.end() if found else at


def _balanced(line: bytes) -> bool:
    bare = _STRING.sub(b"", line)
    return bare.count(b"{") == bare.count(b"}") and bare.count(b"[") == bare.count(b"]")
