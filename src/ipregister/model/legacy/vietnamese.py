"""Vietnamese in the codes of the fonts TCVN3 (ABC) and VNI, or in cp1258, taken for Latin-1.

ASCII letters stay what they are in all three, so that words look half right: `C«ng ty`, `Coâng ty`,
`Viêòt`. A text is in one of them only if each word with an accent becomes a Vietnamese syllable.
"""

import re
from collections.abc import Callable
from functools import cache
from unicodedata import normalize

from ipregister.model.legacy.gate import in_bytes
from ipregister.model.legacy.syllables import is_syllable
from ipregister.model.legacy.tables import table
from ipregister.model.offices import Office

_UNTOLD = frozenset({"", "und", "en"})
_WORD = re.compile(r"[^\W\d_]+")
_WRITTEN = re.compile(r"[^\s\x00-@\[-`{-\x7f\u00a0\u2013\u2014\u2018-\u201e\u2026]+")
"""A word as written: signs above ASCII may be letters of the font; punctuation of ASCII is none."""

_CAPITALS, _ALL_CAPITALS = 2, 4


@cache
def _tcvn3_letters() -> dict[int, str]:
    return {ord(written): letter for written, letter in table("tcvn3").items()}


def _in_capitals(text: str, least: int) -> bool:
    """Whether a text has at least so many ASCII letters, and all of them are capitals."""
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    return len(plain) >= least and all(letter.isupper() for letter in plain)


def tcvn3(text: str) -> str:
    """A text in TCVN3 (ABC) in Unicode.

    A font for capitals shows the codes of small letters as capitals; so do we in a word or text of capitals."""
    meant = text.translate(_tcvn3_letters())
    if _in_capitals(text, _ALL_CAPITALS):
        return meant.upper()
    return _WORD.sub(lambda word: word[0].upper() if _in_capitals(word[0], _CAPITALS) else word[0], meant)


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(table("vni"), key=len, reverse=True)))


def vni(text: str) -> str:
    """A text in VNI for Windows in Unicode."""
    letters = table("vni")
    return _vni_pattern().sub(lambda found: letters[found[0]], text)


def cp1258(text: str) -> str:
    """A text in cp1258, whose tones are signs of their own, in Unicode with whole letters (NFC)."""
    return normalize("NFC", in_bytes(text).decode("cp1258"))


_TCVN3_SIGN = re.compile(
    r"[A-Za-z\u00c0-\u00fe](?![\u00aa\u00b9](?![A-Za-z]))[\u00a1-\u00bf\u00d7\u00f7][A-Za-z\u00c0-\u00fe]"  # in a word
    r"|[a-z][\u00c0-\u00de]"  # a capital after a small letter
    r"|[A-Za-z][\u00b5\u00b7\u00b8](?![\w\u00b7])"  # micro, middle dot, cedilla at the end of a word
)
_VNI_SIGN = re.compile(
    r"(?i:[aeo][\u00e2\u00e4\u00e5]|[aeouy\u00f4\u00f6][\u00f8\u00fb\u00f5]|[\u00f4\u00f6][\u00f9\u00ef]|\u00f1[\u00f6\u00f4])"
)
_CP1258_SIGN = re.compile(
    r"[\u00e2\u00ea\u00f4\u00e3\u00f5\u00fd\u00c2\u00ca\u00d4\u00c3\u00d5\u00dd][\u00ec\u00f2\u00cc\u00d2\u00de]"
)

_SIGNS: dict[str, tuple[Callable[[str], str], re.Pattern[str]]] = {
    "tcvn3": (tcvn3, _TCVN3_SIGN),
    "vni": (vni, _VNI_SIGN),
    "cp1258": (cp1258, _CP1258_SIGN),
}
"""What no language writes with these letters, by encoding."""


def seems(text: str, language: str, office: Office) -> list[str]:
    """The Vietnamese encodings that a text may be in."""
    if language.partition("-")[0] != "vi" and (language not in _UNTOLD or "vi" not in office.languages):
        return []
    return [name for name, (decode, sign) in _SIGNS.items() if sign.search(text) and _fits(text, decode)]


def _fits(text: str, decode: Callable[[str], str]) -> bool:
    """Whether every written word with more than ASCII becomes a syllable, and most were none before.

    A word that is a syllable both ways (`công` is `cụng` in TCVN3) speaks against."""
    balance = 0
    for word in _WRITTEN.findall(text):
        if word.isascii():
            continue
        try:
            meant = decode(word)
        except ValueError:
            return False
        if not is_syllable(meant):
            return False
        if meant != word:
            balance += -1 if is_syllable(word) else 1
    return balance > 0
