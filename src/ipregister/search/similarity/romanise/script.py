"""The script a name is written in."""

import unicodedata
from functools import lru_cache

_NAMES = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr",
          "MYANMAR": "Mymr", "TAMIL": "Taml", "CJK": "Hani", "KATAKANA": "Kana", "HIRAGANA": "Kana",
          "HANGUL": "Hang", "DEVANAGARI": "Deva", "BENGALI": "Beng", "HEBREW": "Hebr", "GREEK": "Grek",
          "GEORGIAN": "Geor", "ARMENIAN": "Armn"}  # fmt: skip
OTHER = "Zyyy"
"""No letter of a script that is told apart here: digits, signs, other scripts."""

SCRIPTS = (OTHER, "Latn", "Cyrl", "Arab", "Thai", "Laoo", "Khmr", "Mymr", "Taml", "Hani", "Kana", "Hang", "Deva",
           "Beng", "Hebr", "Grek", "Geor", "Armn")  # fmt: skip
"""All codes (ISO 15924; `Kana` also for Hiragana and for Japanese that mixes kana and kanji); the place of a
code in this list is its number in the index."""


@lru_cache(maxsize=65536)
def script_of_letter(char: str) -> str:
    """The script of one character; `Zyyy` for what belongs to none."""
    if not char.isalpha() and unicodedata.category(char)[0] != "M":
        return OTHER
    return _NAMES.get(unicodedata.name(char, "").split(" ")[0].removeprefix("FULLWIDTH").removeprefix(
        "HALFWIDTH") or "LATIN", OTHER)  # fmt: skip


def script_of(name: str) -> str:
    """The script most letters are of. Kana decides for Japanese even among more kanji."""
    counts: dict[str, int] = {}
    for char in name:
        code = script_of_letter(char)
        if code != OTHER:
            counts[code] = counts.get(code, 0) + 1
    if "Kana" in counts:
        return "Kana"
    return max(counts, key=lambda code: counts[code]) if counts else OTHER
