"""Small indexes for the tests of search."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ipregister.search.analyzer import Analyzer
from ipregister.search.document import IndexDocument, document
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from ipregister.search.writer import TantivyWriter

DAY = "2026-01-01/2026-01-01"
ANALYZER = Analyzer()


class Entry:
    """One record of a small index."""

    def __init__(
        self,
        key: str,
        mark: str = "",
        *,
        status: str = "registered",
        forms: Sequence[str] = (),
        goods: Sequence[tuple[int, str]] = (),
        sign: dict[str, Any] | None = None,
        **fields: Any,
    ) -> None:
        self.key, self.status = key, status
        self.spellings = [("application", form) for form in forms]
        self.public: dict[str, Any] = {
            "right": "trademark",
            "office": key[:2].upper(),
            "subtype": "TRADEMARK",
            "mark": {"verbal": [{"text": mark}] if mark else [], **(sign or {})},
            "goods": [{"class_number": number, "texts": [{"text": text}]} for number, text in goods],
            **fields,
        }

    def document(self) -> IndexDocument:
        """The record as the index takes it."""
        return document(self.key, self.public, self.status, self.spellings, ANALYZER)


def fill(folder: Path, entries: Iterable[Entry], change: int = 1) -> TantivyIndex:
    """Puts records into an index folder and opens it."""
    with TantivyWriter(folder) as writer:
        writer.apply([entry.document() for entry in entries], ())
        writer.commit(change, DAY)
    return TantivyIndex(folder)


def keys(index: TantivyIndex, line: str, **options: Any) -> list[str]:
    """The keys found by a line, in order."""
    return [hit.key for hit in index.search(parse(line), **options).hits]


def party(name: str, country: str = "") -> dict[str, Any]:
    """A party."""
    return {"names": [{"text": name}], "country": country}
