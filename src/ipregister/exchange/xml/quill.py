"""The writing sheet of patent documents: elements with texts, where there are any."""

import re
from collections.abc import Callable, Collection, Iterable

from ipregister.model.dates import parse
from ipregister.model.text import Text

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;",
                         '"': "&quot;"})  # fmt: skip


def escaped(text: str) -> str:
    """A text between tags."""
    return text.translate(_ESCAPES)


def quoted(text: str) -> str:
    """A text in an attribute."""
    return text.translate(_QUOTED)


def comment(text: str) -> str:
    """A comment of one line; empty for no text. No two hyphens follow each other in it, and none ends it (XML 1.0, 2.5)."""
    plain = re.sub("-(?=-)", "- ", " ".join(text.split())).rstrip("-").rstrip()
    return f"<!-- {plain} -->" if plain else ""


def is_day(text: str | None) -> bool:
    """Whether a text is a day that every reader takes as it is."""
    return text is not None and text[:4] > "0000" and parse(text, "iso") == (text, ())


class Quill:
    """One document being written."""

    __slots__ = ("_languages", "language", "line_break", "out")

    def __init__(self, language: str, line_break: str, languages: Collection[str]) -> None:
        """`language` is the attribute for the language of a text, `line_break` the element between lines,
        `languages` the codes that the attribute may have."""
        self.language = language
        self._languages = languages
        self.line_break = line_break
        self.out: list[str] = []

    def put(self, tag: str, text: str | None, attributes: str = "") -> None:
        """An element with a text; none for no text."""
        if text:
            self.out.append(f"<{tag}{attributes}>{escaped(text)}</{tag}>")

    def must(self, tag: str, text: str, attributes: str = "") -> None:
        """An element that must stand, even without a text."""
        self.out.append(f"<{tag}{attributes}>{escaped(text)}</{tag}>")

    def coded(self, tag: str, text: str, allowed: Collection[str]) -> None:
        """An element with a word of a closed list."""
        if text in allowed:
            self.put(tag, text)

    def day(self, tag: str, text: str | None) -> None:
        """An element with a date."""
        if is_day(text):
            self.put(tag, text)

    def said(self, tag: str, text: Text, attributes: str = "") -> None:
        """An element with a text of lines in its language."""
        body = self.line_break.join(escaped(line) for line in text.text.split("\n"))
        self.out.append(f"<{tag}{attributes}{self.tagged(text)}>{body}</{tag}>")

    def tagged(self, text: Text) -> str:
        """The attribute for the language of a text."""
        return (
            f' {self.language}="{text.lang}"' if text.lang in self._languages and text.lang != "und" else ""
        )

    def around(self, tag: str, write: Callable[[], None], attributes: str = "") -> None:
        """An element around what is written, where anything is."""
        start = len(self.out)
        self.out.append(f"<{tag}{attributes}>")
        write()
        if len(self.out) == start + 1:
            del self.out[start:]
        else:
            self.out.append(f"</{tag}>")

    def each(self, tag: str, texts: Iterable[str]) -> None:
        """Elements with a text each."""
        for text in texts:
            self.put(tag, text)
