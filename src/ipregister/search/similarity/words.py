"""The words of a name, and which of them tell it apart: legal forms and common words of trade tell little."""

import re
import zlib
from functools import cache
from importlib import resources

_PARTS = re.compile(r"[^\W_]+", re.UNICODE)


@cache
def generic() -> frozenset[str]:
    """Spoken forms of legal forms and of words that many marks carry, from `generic_words.tsv`."""
    text = (resources.files("ipregister.search.similarity") / "generic_words.tsv").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def words_of(spoken: str) -> list[str]:
    """The words of a spoken form."""
    return spoken.split()


def distinctive(spoken: str) -> str:
    """A spoken form without its generic words; all of it where nothing else is left."""
    words = spoken.split()
    kept = [word for word in words if word not in generic()]
    return " ".join(kept if kept else words)


def stamp(word: str) -> int:
    """The number under which the index holds a word."""
    return zlib.crc32(word.encode("ascii", "replace"))
