"""Where words come next in a stream of bytes, without looking through the same bytes twice: a file that holds a beginning
a million times and its end never, or once at the end of all, must not be looked through a million times."""

import re

_OVERLAP = 256
"""A match of an expression is no longer, so much of what was looked through is looked at again."""
_RARE = 64
"""So often a second byte may come alone before both are looked for together."""


def next_of(buffer: bytes, word: bytes, at: int) -> int:
    """`buffer.find(word, at)`. One byte is found many times quicker than two, so that of a word of two the second is
    looked for, as long as it is rare."""
    if len(word) != 2:
        return buffer.find(word, at)
    for _ in range(_RARE):
        second = buffer.find(word[1:], at + 1)
        if second < 0:
            return -1
        if buffer[second - 1] == word[0]:
            return second - 1
        at = second
    return buffer.find(word, at)


class Ahead:
    """Places by word. From call to call what is looked at must not begin earlier."""

    def __init__(self) -> None:
        self._hits: dict[bytes, int] = {}
        self._vain: dict[bytes, int] = {}  # as far as it was looked for in vain

    def find(self, buffer: bytes, base: int, word: bytes, at: int) -> int:
        """Where a word comes next in `buffer` (which begins `base` bytes into the stream) from `at`; -1."""
        hit = self._hits.get(word, -1) - base
        if hit >= at:
            return hit
        return self._kept(word, base, buffer.find(word, self._first(word, base, at, len(word))), len(buffer))

    def search(self, buffer: bytes, base: int, pattern: re.Pattern[bytes], at: int) -> int:
        """The same of an expression."""
        hit = self._hits.get(pattern.pattern, -1) - base
        if hit >= at:
            return hit
        found = pattern.search(buffer, self._first(pattern.pattern, base, at, _OVERLAP))
        return self._kept(pattern.pattern, base, found.start() if found else -1, len(buffer))

    def _first(self, word: bytes, base: int, at: int, overlap: int) -> int:
        return max(at, self._vain.get(word, 0) - base - overlap)

    def _kept(self, word: bytes, base: int, hit: int, size: int) -> int:
        if hit < 0:
            self._vain[word] = base + size
        else:
            self._hits[word] = base + hit
        return hit
