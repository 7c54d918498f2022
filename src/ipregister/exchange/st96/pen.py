"""The writer's working sheet: what goes into elements of the standard, and what is carried beside them.

A value goes into an element where the reader would make the same value of it; any other value is carried as a
document of the record, named by its JSON pointer. So nothing is left out.
"""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from ipregister.exchange.st96.words import CARRIED, ENTRY, LANGUAGES, ORDER
from ipregister.exchange.xml.lookups import lookups
from ipregister.model import legacy
from ipregister.model.dates import parse
from ipregister.model.offices import Office
from ipregister.model.text import Text

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", '"': "&quot;"})
_ENTRY = TypeVar("_ENTRY")


def escaped(text: str) -> str:
    """A text as XML character data."""
    return text.translate(_ESCAPES)


@lru_cache(maxsize=32768)
def _is_day(text: str) -> bool:
    return text[:4] != "0000" and parse(text, "iso") == (text, ())


class Pen:
    """One document being written."""

    __slots__ = ("_document_tag", "_documents", "count", "lookups", "office", "out", "placeholders")

    def __init__(self, office: Office, document: str = "tmk:TrademarkDocument") -> None:
        """`document` is the element that carries what has no other; its bag is named after it."""
        self.office = office
        self._document_tag = document
        self.lookups = lookups(office)
        self.placeholders = self.lookups.placeholders
        self.out: list[str] = []
        self.count = 0
        self._documents: list[str] = []

    def put(self, tag: str, text: str, attributes: str = "") -> None:
        """An element with a text that comes back as a value."""
        self.count += 1
        self.out.append(f"<{tag}{attributes}>{text.translate(_ESCAPES)}</{tag}>")

    def keeps(self, text: str) -> bool:
        """Whether the reader takes a text as it is."""
        return bool(text) and text.strip() == text and text not in self.placeholders

    def text(self, tag: str, text: str, pointer: str) -> bool:
        """A text field; carried where the reader would change it."""
        if not text:
            return False
        if self.keeps(text):
            self.put(tag, text)
            return True
        self.carry(pointer, text)
        return False

    def coded(self, tag: str, text: str, pointer: str, allowed: Collection[str]) -> bool:
        """A field with a closed list of words."""
        if text in allowed:
            return self.text(tag, text, pointer)
        if text:
            self.carry(pointer, text)
        return False

    def date(self, tag: str, day: str | None, pointer: str) -> bool:
        """A date field."""
        if day is None:
            return False
        if _is_day(day):
            self.put(tag, day)
            return True
        self.carry(pointer, day)
        return False

    def is_day(self, day: str | None) -> bool:
        """Whether the standard and the reader take the date."""
        return day is not None and _is_day(day)

    def names(self, code: str, allowed: Collection[str]) -> bool:
        """Whether a country code is in a list of the standard and is read as itself."""
        return code in allowed and self.lookups.country(code) == code

    def country(self, tag: str, code: str, pointer: str, allowed: Collection[str]) -> bool:
        """A field with a code of a country or office."""
        if self.names(code, allowed):
            self.put(tag, code)
            return True
        if code:
            self.carry(pointer, code)
        return False

    def keeps_line(self, text: Text, *, collapse: bool = True) -> bool:
        """Whether the reader takes a text with its language as it is (the language may be carried)."""
        words = text.text
        if not self.keeps(words) or (collapse and not words.isprintable()):
            return False
        return words.isascii() or not (
            legacy.doubtful(words)
            and any(legacy.encoding_of(words, tag, self.office) for tag in {"", text.lang})
        )

    def language(self, lang: str, words: str) -> str:
        """The attribute for a language, empty where none can be written."""
        if lang in LANGUAGES and self.lookups.language(lang, words) == lang:
            return f' com:languageCode="{lang}"'
        return ""

    def line(self, tag: str, text: Text, pointer: str, *, collapse: bool = True, tagged: bool = True) -> bool:
        """A text with its language."""
        if not self.keeps_line(text, collapse=collapse):
            self.carry_text(text, pointer)
            return False
        attribute = self.language(text.lang, text.text) if tagged and text.lang != "und" else ""
        self.put(tag, text.text, attribute)
        if not attribute and text.lang != "und":
            self.carry(f"{pointer}/lang", text.lang)
        return True

    def lines(
        self, tag: str, texts: Sequence[Text], pointer: str, *, most: int = 0, collapse: bool = True,
        tagged: bool = True,
    ) -> None:  # fmt: skip
        """Texts with their languages, at most so many of them; the others are carried."""
        standing: list[int] = []
        for index, text in enumerate(texts):
            place = f"{pointer}/{index}"
            if most and len(standing) >= most:
                self.carry_text(text, place)
            elif self.line(tag, text, place, collapse=collapse, tagged=tagged):
                standing.append(index)
        self.arrange(pointer, standing)

    def plain_lines(self, tag: str, texts: Sequence[str], pointer: str, *, most: int = 0) -> None:
        """Plain texts of a list, at most so many of them; the others are carried."""
        standing: list[int] = []
        for index, text in enumerate(texts):
            if most and len(standing) >= most:
                self.carry(f"{pointer}/{index}", text)
            elif self.keeps(text):
                self.put(tag, text)
                standing.append(index)
            else:
                self.carry(f"{pointer}/{index}", text)
        self.arrange(pointer, standing)

    def entry(self, entry: Struct, pointer: str, write: Callable[[], None]) -> bool:
        """An entry of a list: what `write` writes stays if it holds a value; an empty one is carried."""
        start, before, carried = len(self.out), self.count, len(self._documents)
        write()
        if self.count > before:
            return True
        del self.out[start:]
        if len(self._documents) == carried:
            self.carry_entry(pointer)
        return False

    def entries(
        self, bag: str, entries: Sequence[_ENTRY], pointer: str, write: Callable[["Pen", _ENTRY, str], None]
    ) -> list[int]:
        """A bag with the entries that the standard can hold; the places of those."""
        start = len(self.out)
        if bag:
            self.out.append(f"<{bag}>")
        standing: list[int] = []
        for index, one in enumerate(entries):
            place = f"{pointer}/{index}"

            def writing(one: _ENTRY = one, place: str = place) -> None:
                write(self, one, place)

            if self.entry(one, place, writing):  # type: ignore[arg-type]  # all entries are structs
                standing.append(index)
        if not standing:
            del self.out[start:]
        elif bag:
            self.out.append(f"</{bag}>")
        return standing

    def wrapped(self, tag: str, write: Callable[[], None]) -> None:
        """An element around what is written, where anything is."""
        start = len(self.out)
        self.out.append(f"<{tag}>")
        write()
        if len(self.out) == start + 1:
            del self.out[start:]
        else:
            self.out.append(f"</{tag}>")

    def arrange(self, pointer: str, standing: Sequence[int]) -> None:
        """Tell the places of a list's entries where they are not those of the document's order."""
        if any(place != index for index, place in enumerate(standing)):
            self._document(ORDER, pointer, " ".join(map(str, standing)), "")

    def carry(self, pointer: str, value: str) -> None:
        """Carry a value."""
        self._document(CARRIED, pointer, value, "")

    def carry_entry(self, pointer: str) -> None:
        """Carry that an entry of a list, or a part, is there, with nothing in it."""
        self._document(ENTRY, pointer, "", "")

    def carry_text(self, text: Text, pointer: str) -> None:
        """Carry a text with its language."""
        tagged = text.lang in LANGUAGES
        self._document(
            CARRIED, f"{pointer}/text", text.text, f' com:languageCode="{text.lang}"' if tagged else ""
        )
        if not tagged and text.lang != "und":
            self.carry(f"{pointer}/lang", text.lang)

    def carry_all(self, value: Any, pointer: str) -> None:
        """Carry every leaf of a struct or list, and that a part is there which has none."""
        self._carry_plain(msgspec.to_builtins(value), pointer)

    def _carry_plain(self, value: Any, pointer: str) -> None:
        if isinstance(value, list | tuple):
            for index, inner in enumerate(value):
                self._carry_plain(inner, f"{pointer}/{index}")
        elif not isinstance(value, dict):
            self.carry(pointer, str(value))
        elif value:
            for name, inner in value.items():
                self._carry_plain(inner, f"{pointer}/{name}")
        else:
            self.carry_entry(pointer)

    def _document(self, kind: str, pointer: str, value: str, attribute: str) -> None:
        self._documents.append(
            f"<{self._document_tag}><com:DocumentName>{pointer}</com:DocumentName>"
            f"<com:DocumentKindCategory>{kind}</com:DocumentKindCategory>"
            f"<com:CommentText{attribute}>{value.translate(_ESCAPES)}</com:CommentText></{self._document_tag}>"
        )

    def hold_documents(self) -> int:
        """Leave a place for what is carried, which is known at the end only."""
        self.out.append("")
        return len(self.out) - 1

    def fill_documents(self, place: int) -> None:
        """Write what is carried at its place."""
        if self._documents:
            body = "".join(self._documents)
            self.out[place] = f"<{self._document_tag}Bag>{body}</{self._document_tag}Bag>"
