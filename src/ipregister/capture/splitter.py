"""Cuts a file into the bytes of its records without parsing it, in bounded memory.

Only comments, CDATA sections, processing instructions, the document type and the tags of the record
elements are looked at. Damage costs the record it is in: a record without an end tag ends where the
next one begins. What the splitter had to decide by a rule of thumb it reports as `odd`; then the
streaming parse (`streaming`) is asked, and its word counts.
"""

import re
from array import array
from collections.abc import Iterable, Iterator

from ipregister.capture.ahead import Ahead, next_of
from ipregister.capture.gaps import Gap, examine

REACH = 1 << 20
"""How far a nested element of the record's own name may put off the end of the record."""
NESTED = 16
_ATTRIBUTES = re.compile(rb"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""")
_SUBSET = re.compile(rb"\]\s*+>")
_MARKUP = 1 << 16
_LONGEST = 256
"""Bytes that a tag of a record may need up to the end of its name."""
_BEFORE_NAME = (b"<", b"/", b":")


class Cuts:
    """Where the records of one member lie: offsets, lengths, problems by index; what lies between them."""

    def __init__(self) -> None:
        self.offsets = array("Q")
        self.lengths = array("Q")
        self.problems: dict[int, str] = {}
        self.notes: list[tuple[str, str]] = []
        self.odd = False
        self.size = 0

    def add(self, start: int, end: int, problem: str = "") -> None:
        """One more record from `start` to `end`."""
        if problem:
            self.problems[len(self.offsets)] = problem
        self.offsets.append(start)
        self.lengths.append(end - start)

    def __len__(self) -> int:
        return len(self.offsets)


class _Open:
    """A record whose end tag has not come yet, and the finished elements of a record's name within it."""

    __slots__ = ("inner", "name", "start")

    def __init__(self, start: int, name: bytes) -> None:
        self.start = start
        self.name = name
        self.inner: list[tuple[int, int]] = []


class Splitter:
    """Finds the records of one member in a stream of its bytes."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        names = b"|".join(re.escape(tag.encode()) for tag in sorted(tags, key=len, reverse=True))
        self._token = re.compile(
            rb"<(?:(/?)((?:[^\s<>/!?:]+:)?(?:" + names + rb"))(?=[\s/>])|!--|!\[CDATA\[|!DOCTYPE|\?)"
        )
        self._needles = (b"<!", b"<?", *sorted({tag.encode() for tag in tags}))
        self._plain = -1
        """Which word names the record that was taken last, where that was a plain one."""

    def split(self, chunks: Iterable[bytes]) -> Cuts:
        """All cuts of one member."""
        self._chunks: Iterator[bytes] = iter(chunks)
        self._buffer, self._base, self._ended = b"", 0, False
        self._opened: list[_Open] = []
        self._gap = 0
        self._balance = 0
        self._words = Ahead()
        self._ahead = [-1] * len(self._needles)
        self.cuts = Cuts()
        at = 0
        while True:
            at = self._past_plain(at)
            found = self._search(at)
            if found is None or (found.end() + _MARKUP > len(self._buffer) and not self._ended):
                keep = found.start() if found else max(at, len(self._buffer) - _LONGEST)
                if not self._ended:
                    at = self._refill(keep)
                    continue
                if found is None:
                    break
            at = self._take(found)
        self._finish()
        return self.cuts

    def _past_plain(self, at: int) -> int:
        """Past the records from `at` on that have the name of the one before and no attributes, and hold none of the words:
        the same as by their tokens, in a third of the time."""
        number, self._plain = self._plain, -1
        if number < 0:
            return at
        name, buffer, most = self._needles[number], self._buffer, len(self._buffer)
        size, opening, closing = len(name), b"<" + name + b">", b"</" + name + b">"
        clear = min([place for other, place in enumerate(self._ahead) if other != number]) - self._base
        clear = min(clear, most if self._ended else most - _MARKUP)
        while True:
            first = buffer.find(name, at, clear)
            last = buffer.find(name, first + size, clear) if first > at else -1
            end = last + size + 1
            if last < 0 or end > clear:
                return at
            if buffer[first - 1 : first + size + 1] != opening or buffer[last - 2 : end] != closing:
                return at
            self._end_gap(self._base + first - 1)
            self.cuts.add(self._base + first - 1, self._base + end)
            self._gap = self._ahead[number] = self._base + end
            at = end

    def _search(self, at: int) -> re.Match[bytes] | None:
        """The next tag of a record, comment, section, instruction or document type.

        A look for the few words that these hold is many times quicker than an expression tried at each `<`.
        `_ahead` has for each word where it comes next."""
        found: re.Match[bytes] | None = None
        for number, needle in enumerate(self._needles):
            place = max(self._ahead[number] - self._base, at)
            if found is not None and place >= found.start():
                continue
            place = next_of(self._buffer, needle, place)
            while place >= 0 and (found is None or place < found.start()):
                one = self._token_at(needle, at, place)
                if one is not None:
                    found = one
                    break
                place = next_of(self._buffer, needle, place + 1)
            beyond = max(at, len(self._buffer) - _LONGEST)
            self._ahead[number] = self._base + (place if place >= 0 else beyond)
        return found

    def _token_at(self, needle: bytes, at: int, place: int) -> re.Match[bytes] | None:
        """The token with a word at a place, None where the word is not part of one."""
        if needle[:1] != b"<":
            if self._buffer[place - 1 : place] not in _BEFORE_NAME or place == at:
                return None
            place = self._buffer.rfind(b"<", at, place)
        return self._token.match(self._buffer, place) if place >= 0 else None

    def _refill(self, keep: int) -> int:
        """Read on; what lies before `keep` is dropped, but a short gap between records is held."""
        gap = self._gap - self._base
        first = min(keep, gap) if not self._opened and gap >= 0 and keep - gap < _MARKUP else keep
        piece = next(self._chunks, None)
        if piece is None:
            self._ended = True
            return keep
        self._buffer = self._buffer[first:] + piece
        self._base += first
        return keep - first

    def _take(self, found: re.Match[bytes]) -> int:
        name = found.group(2)
        if name is None:
            return self._skip(found)
        if found.group(1):
            return self._close(found, name)
        tag = _ATTRIBUTES.match(self._buffer, found.end())
        after = tag.end() if tag else found.end()
        start = self._base + found.start()
        if not self._opened:
            self._end_gap(start)
        empty = tag is not None and self._buffer[after - 2 : after] == b"/>"
        if empty:
            self._closed(start, self._base + after)
        else:
            self._opened.append(_Open(start, name))
            self.cuts.odd |= len(self._opened) > 1
            self._give_up(self._base + after)
        return after

    def _close(self, found: re.Match[bytes], name: bytes) -> int:
        after = self._buffer.find(b">", found.end(), found.end() + 256) + 1 or found.end()
        names = [record.name for record in self._opened]
        if name not in names:
            self.cuts.odd = True
            return after
        while self._opened[-1].name != name:
            self._opened.pop()
        start = self._opened.pop().start
        self._closed(start, self._base + after)
        if not self._opened and name in self._needles:
            self._plain = self._needles.index(name)
        return after

    def _closed(self, start: int, end: int) -> None:
        if self._opened:
            self._opened[-1].inner.append((start, end))
            self._give_up(end)
        else:
            self.cuts.add(start, end)
            self._gap = end

    def _give_up(self, at: int) -> None:
        """Take the outermost open record for broken once it has put off its end for too long."""
        outer = self._opened[0]
        nested = len(outer.inner) + len(self._opened) - 1
        if nested and (len(outer.inner) >= NESTED or len(self._opened) > NESTED or at - outer.start > REACH):
            self._break_outer("unclosed")

    def _break_outer(self, problem: str) -> None:
        outer = self._opened.pop(0)
        starts = [start for start, _ in outer.inner] + [record.start for record in self._opened[:1]]
        end = min(starts, default=self._base + len(self._buffer))
        self.cuts.add(outer.start, end, problem)
        self.cuts.odd = True
        for start, stop in outer.inner:
            self.cuts.add(start, stop)
            end = stop
        self._gap = end

    def _skip(self, found: re.Match[bytes]) -> int:
        """Past a comment, CDATA section, instruction or document type; past its opening alone if broken."""
        at, kind = found.end(), found.group()
        if kind == b"<!--":
            end = self._find(b"--", at)
            after = end + 3 if end >= 0 and self._buffer[end + 2 : end + 3] == b">" else -1
        elif kind == b"<![CDATA[":
            end = self._find(b"]]>", at)
            after = end + 3 if end >= 0 and self._buffer.find(b"<![CDATA[", at, end) < 0 else -1
        elif kind == b"<?":
            end = self._near(b"?>", at)
            after = end + 2 if end >= 0 else -1
        else:
            after = self._past_doctype(at)
            self.cuts.odd = True
        if after < 0:
            self.cuts.odd = True
            return at
        if kind != b"<?" and self._token.search(self._buffer, at, after) is not None:
            self.cuts.odd = True
        return after

    def _find(self, text: bytes, at: int) -> int:
        """`find`, reading on while the text may still come."""
        limit = at + 64 * REACH
        end = self._words.find(self._buffer, self._base, text, at)
        while (end < 0 or end + 3 > len(self._buffer)) and not self._ended and len(self._buffer) < limit:
            piece = next(self._chunks, None)
            if piece is None:
                self._ended = True
                break
            self._buffer += piece
            end = self._words.find(self._buffer, self._base, text, at)
        return end

    def _near(self, text: bytes, at: int) -> int:
        """`find` no farther than markup reaches."""
        end = self._words.find(self._buffer, self._base, text, at)
        return end if end + len(text) <= at + _MARKUP else -1

    def _past_doctype(self, at: int) -> int:
        end, subset = self._near(b">", at), self._near(b"[", at)
        if 0 <= subset < end:
            close = self._words.search(self._buffer, self._base, _SUBSET, subset)
            return self._buffer.index(b">", close) + 1 if 0 <= close <= subset + _MARKUP else -1
        return end + 1 if end >= 0 else -1

    def _end_gap(self, end: int, last: bool = False) -> None:
        """Look at what lies between the last record and `end`: nothing may be lost there."""
        start = self._gap
        if end <= start:
            return
        text = self._buffer[start - self._base : end - self._base] if start >= self._base else b""
        if text.isspace():
            return
        place: Gap = "head" if not len(self.cuts) else "tail" if last else "between"
        verdict = examine(text, place, whole=start >= self._base)
        self.cuts.notes.extend(verdict.notes)
        self._balance += verdict.balance
        if verdict.problem:
            self.cuts.add(start + verdict.first, end - verdict.after, verdict.problem)

    def _finish(self) -> None:
        end = self._base + len(self._buffer)
        self.cuts.size = end
        while self._opened:
            alone = len(self._opened) == 1 and not self._opened[0].inner
            self._break_outer("truncated" if alone else "unclosed")
            if alone:
                self._gap = end
        if len(self.cuts):
            self._end_gap(end, last=True)
            if self._balance > 0:
                self.cuts.notes.append(("cut-off-file", str(self._balance)))
