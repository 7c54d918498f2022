"""Words that tell of a design kept closed: publication deferred, deposit sealed or secret. The words are data,
`codes/deferment_stems.csv`: one table for headings, names of elements, remarks and words of status. Titles, names of
products and descriptions are never looked at: a garden may be secret."""

import re
import unicodedata
from functools import cache, lru_cache

from ipregister.model import codelists

_GAP = r"[\s_.:-]*"
"""What may stand between two words of a table: `Publish not before`, `publish_not_before`, `PublishNotBefore`."""


def tells(text: str) -> bool:
    """Whether a text has such a word, in any language of the table."""
    if text.isascii() and text.isdigit():
        return False
    return _remembered(text) if len(text) <= _LONGEST else _found(text)


def _found(text: str) -> bool:
    return _stems().search(_folded(text)) is not None


_LONGEST = 64
"""Texts up to this length are remembered: words of status and names of elements come again and again."""
_remembered = lru_cache(maxsize=4096)(_found)


@cache
def _stems() -> re.Pattern[str]:
    return re.compile(
        "|".join(_pattern(code, row["not_after"]) for code, row in codelists.table("deferment_stems").items())
    )


def _pattern(stem: str, not_after: str) -> str:
    """A stem, with any gap between its words, unless letters stand before it that make another word of it."""
    before = "".join(f"(?<!{re.escape(_folded(letters))})" for letters in not_after.split())
    return before + _GAP.join(re.escape(word) for word in _folded(stem).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
