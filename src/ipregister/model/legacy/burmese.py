"""Burmese in the order and codes of the font Zawgyi, which uses Unicode's block in its own way.

The conversion is ICU's transform `Zawgyi-my` (CLDR); when a text is Zawgyi is decided here.
"""

import re
from functools import cache

import icu

_LETTER = "\u1000-\u1021\u1023-\u102a\u103f\u104c-\u104f"
_MEDIAL = "\u103b-\u103e"
_MISPLACED = re.compile(
    rf"(?<![{_LETTER}{_MEDIAL}\u1050-\u1059\u105a-\u1061\u1065\u1066\u106e-\u1070\u1075-\u1082])\u1031"  # a vowel before its letter
    rf"|\u1039(?![{_LETTER}\u1050-\u1059\u105a-\u105d\u1075-\u1081])"  # a stacking sign that stacks nothing
    rf"|(?<![{_LETTER}{_MEDIAL}\u1039\u103a\u1050-\u1070\u1075-\u1081\u108e])\u103b"  # a medial before its letter
)
_FONT_ONLY = re.compile("[\u1060-\u1097]")
_UNICODE_ONLY = re.compile("\u1037\u103a|\u103a\u1037|\u103a\u1038")
_BURMESE = re.compile(r"[\u1000-\u104f]")
_OTHER = re.compile(r"[\u1022\u1028\u1033-\u1035\u1050-\u109f\uaa60-\uaa7f\ua9e0-\ua9fe]")
_LANGUAGES = frozenset({"", "und", "my", "en"})
_SIGNS = 2


@cache
def _transform() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Zawgyi-my")


def decode(text: str) -> str:
    """A Zawgyi text in Unicode."""
    return str(_transform().transliterate(text))


def seems(text: str, language: str) -> bool:
    """Whether a text breaks Unicode's order in Zawgyi's way more than once, and none is left once converted.

    Shan, Mon and Karen use the codes of Zawgyi's own signs too, but in Unicode's order."""
    if not _BURMESE.search(text) or language.partition("-")[0] not in _LANGUAGES:
        return False
    misplaced = len(_MISPLACED.findall(text))
    if not misplaced or misplaced + len(_FONT_ONLY.findall(text)) < _SIGNS or _UNICODE_ONLY.search(text):
        return False
    meant = decode(text)
    return not _MISPLACED.search(meant) and not _OTHER.search(meant)
