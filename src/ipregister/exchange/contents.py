"""The content of elements with others in them, for the loss checker: a walk of its own, that no reader uses."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from ipregister.exchange.objects import Place
from ipregister.model.markup import escaped, readable

TYPED = frozenset(
    {"date", "country", "word", "mapped", "class", "integer", "class-part", "legacy", "deletion"}
)
"""Repairs that make a value of other letters than the text had."""


class Contents:
    """What stands between the tags of a document, in its order."""

    def __init__(self) -> None:
        self._tokens: list[str] = []
        self._spans: list[tuple[int, int]] = []  # by element: first and last token inside
        self._last: list[int] = []  # by element: number of the last element inside
        self._open: list[int] = []

    def start(self, name: str) -> None:
        """An element begins."""
        if self._open:
            self._tokens.append(f"<{name}>")
        self._open.append(len(self._spans))
        self._spans.append((len(self._tokens), 0))
        self._last.append(0)

    def text(self, text: str) -> None:
        """A text between tags."""
        self._tokens.append(escaped(text))

    def end(self, name: str) -> None:
        """An element ends."""
        number = self._open.pop()
        self._spans[number] = self._spans[number][0], len(self._tokens)
        self._last[number] = len(self._spans) - 1
        if self._open:
            self._tokens.append(f"</{name}>")

    def inner(self, number: int) -> str | None:
        """The content of an element as plain markup, None where there is no such element."""
        if number >= len(self._spans):
            return None
        first, last = self._spans[number]
        return "".join(self._tokens[first:last])

    def inside(self, number: int) -> list[str]:
        """Positions of all texts that may stand inside an element."""
        below = range(number + 1, self._last[number] + 1)
        return [str(number), *(place for one in below for place in (str(one), f"{one}~"))]


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text, whatever form they are set in."""
    return Counter(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


def typed_from(place: Place | None, codes: Sequence[str], value: str) -> str:
    """What of an element with others in it counts as said by a value: the value; of a date or a code, the text that it
    was made of."""
    typed = place is not None and any(code.partition(":")[0] in TYPED for code in codes)
    return readable(place.text) if typed and place is not None else value
