"""The working page of the ST.86 writer: elements, texts with languages, groups that are left out when empty."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from ipregister.model.dates import parse
from ipregister.model.text import Text

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", '"': "&quot;"})


@lru_cache(maxsize=32768)
def is_day(text: str | None) -> bool:
    """Whether a text is a day that every reader takes as it is."""
    return text is not None and text[:4] > "0000" and parse(text, "iso") == (text, ())


def attribute(name: str, value: str) -> str:
    """An attribute as it stands in a tag; nothing for an empty value."""
    return f' {name}="{value.translate(_ESCAPES)}"' if value else ""


class Page:
    """One document being written."""

    def __init__(self, language: str = "languageCode", languages: Collection[str] | None = None) -> None:
        """`language` is the attribute for the language of a text, `languages` those it may name (None: any)."""
        self.out: list[str] = []
        self._language = language
        self._languages = languages

    def begin(self, tag: str, **attributes: str) -> None:
        """The start of an element."""
        self.out.append(f"<{tag}{''.join(attribute(*one) for one in attributes.items())}>")

    def put(self, tag: str, text: str | None, attributes: str = "") -> None:
        """An element with a text; nothing where there is none."""
        if text:
            self.out.append(f"<{tag}{attributes}>{text.translate(_ESCAPES)}</{tag}>")

    def each(self, tag: str, texts: Iterable[str]) -> None:
        """An element for each text."""
        for text in texts:
            self.put(tag, text)

    def lines(self, tag: str, texts: Iterable[Text]) -> None:
        """An element for each text with its language."""
        for one in texts:
            self.put(tag, one.text, self.tagged(one))

    def tagged(self, text: Text) -> str:
        """The attribute for the language of a text; nothing where it has none that may be named."""
        sound = text.lang != "und" and (self._languages is None or text.lang in self._languages)
        return attribute(self._language, text.lang) if sound else ""

    def must(self, tag: str, text: str | None) -> None:
        """An element that must be there, even without a text."""
        self.out.append(f"<{tag}>{(text or '').translate(_ESCAPES)}</{tag}>")

    def coded(self, tag: str, text: str, allowed: Collection[str]) -> None:
        """An element with a word of a closed list."""
        if text in allowed:
            self.put(tag, text)

    def day(self, tag: str, text: str | None) -> None:
        """An element with a date, which the standard must be able to hold."""
        if is_day(text):
            self.put(tag, text)

    def fields(self, entry: object, tags: Mapping[str, str]) -> None:
        """An element for each field of an entry that is not empty: tag -> field."""
        for tag, field in tags.items():
            self.put(tag, getattr(entry, field))

    def flags(self, flags: Iterable[str], tags: Mapping[str, str]) -> None:
        """An element for each indicator or count that the standard knows, in the order of the standard."""
        values: dict[str, list[str]] = {}
        for flag in flags:
            name, _, value = flag.partition("=")
            values.setdefault(name, []).append(value)
        for tag, name in tags.items():
            self.each(tag, values.get(name, ()))

    def group(self, tag: str, write: Callable[[], None]) -> None:
        """An element around what is written, where anything is."""
        start = len(self.out)
        self.out.append(f"<{tag}>")
        write()
        if len(self.out) == start + 1:
            del self.out[start:]
        else:
            self.out.append(f"</{tag}>")


def bag(page: Page, outer: str, tag: str, entries: Iterable[Any], write: Callable[[Any], None]) -> None:
    """A group with an element for each entry, up to one of which the standard can say nothing: what came after it
    would be read in its place, so it is left for the carrier."""

    def inside() -> None:
        for one in entries:
            before = len(page.out)
            page.group(tag, lambda one=one: write(one))  # type: ignore[misc]  # mypy infers no default of a lambda
            if len(page.out) == before:
                return

    page.group(outer, inside)
