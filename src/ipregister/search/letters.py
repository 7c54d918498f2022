"""How single characters are compared: one table that folds them, one that says which belong to a word."""

import re
import unicodedata
from functools import cache

UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e"  # Thai
    "\u0e81-\u0ecf\u0edc-\u0edf"  # Lao
    "\u1000-\u103f\u1050-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17d3\u17d7\u17dc\u17dd"  # Khmer
    "\u3005\u3007\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # Kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
"""Letters of the scripts that are written without spaces between words, as a character class."""

_LETTERS = {"đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "ø": "o", "œ": "oe", "æ": "ae", "þ": "th",
            "ŧ": "t", "ё": "е", "ĸ": "k", "ə": "ə"}  # fmt: skip
_SIGNS = "™®©℠℗"
_STRIPPED = ("LATIN", "GREEK", "ARABIC", "HEBREW")
_LOOSE_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\u0591-\u05c7\ufe00-\ufe0f\u17b4\u17b5]")


class Folding(dict[int, str]):
    """A `str.translate` table that fills itself: case, accents, digits of any script, invisible characters."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


def _fold(char: str) -> str:
    if unicodedata.category(char) in {"Cf", "Cc"}:
        return " " if char.isspace() else ""
    if char in _SIGNS:
        return " "
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    return "".join(_plain(c) for c in unicodedata.normalize("NFKC", char).casefold())


def _plain(char: str) -> str:
    if _LOOSE_MARKS.match(char):
        return ""
    if unicodedata.name(char, "").startswith(_STRIPPED):
        bare = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
        return "".join(_LETTERS.get(c, c) for c in bare)
    return _LETTERS.get(char, char)


@cache
def marks() -> str:
    """All combining marks, as the inside of a character class."""
    ranges: list[list[int]] = []
    for code in (*range(0x300, 0x20000), *range(0xE0000, 0xE1000)):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)
