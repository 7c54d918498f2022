"""The working page of the ST.86 writer: elements, texts with languages, groups that are left out when empty."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ipregister.model.text import Text

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", '"': "&quot;"})


def attribute(name: str, value: str) -> str:
    """An attribute as it stands in a tag; nothing for an empty value."""
    return f' {name}="{value.translate(_ESCAPES)}"' if value else ""


class Page:
    """One document being written."""

    def __init__(self) -> None:
        self.out: list[str] = []

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
            self.put(tag, one.text, attribute("languageCode", "" if one.lang == "und" else one.lang))

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
    """A group with an element for each entry; one that stays empty is left out."""

    def inside() -> None:
        for one in entries:
            page.group(tag, lambda one=one: write(one))  # type: ignore[misc]  # mypy infers no default of a lambda

    page.group(outer, inside)
