"""The encoding of a text file that does not tell it, by the letters that it then holds.

Each encoding of old systems makes letters of all bytes; one makes words of them. A file is taken for what gives the
most likely letters: of Russian and Kazakh in Cyrillic letters, of Thai in its order of signs, of Vietnamese and of the
languages of Western Europe in Latin letters that stand among unaccented ones. It is a proposal, for a person to check.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable

_LONGEST = 1 << 18
_UNLIKELY = -14.0
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*")
_SIGNS = frozenset("\u00a0«»“”„‘’–—…•№§©®™°€£±·\u00ad")
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ"
_KAZAKH = "ыеаәінұңқғөүһі"
_LATIN = "éèàçêöüäóíáñôâîûãõøåæßúïëòùìÿœ"
_VIETNAMESE = "đươăâêô\u0301\u0300\u0309\u0323\u0303"
_THAI_MARKS = frozenset(
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)


def _ranked(letters: str, share: float) -> dict[str, float]:
    """The likelihood of letters in the order of their frequency: the last is some thirty times rarer than the first."""
    weights = [math.exp(-3.4 * rank / len(letters)) for rank in range(len(letters))]
    return {
        letter: math.log2(share * weight / sum(weights))
        for letter, weight in zip(letters, weights, strict=True)
    }


_RUSSIAN_LIKELY = _ranked(_CYRILLIC, 1.0)
_KAZAKH_LIKELY = {**_ranked(_CYRILLIC, 0.75), **_ranked("әіңғқұөүһ", 0.25)}
_LATIN_LIKELY = _ranked(_LATIN, 1.0)
_VIETNAMESE_LIKELY = {**_ranked(_VIETNAMESE, 0.9), **{one: math.log2(0.01) for one in "éèàáíóúùýãõòì"}}


def _cyrillic(word: str, likely: dict[str, float]) -> float:
    """Words of Cyrillic letters alone, in small letters after the first or all in capitals."""
    mixed = any(letter.isascii() for letter in word)
    odd_case = word != word.lower() and word != word.upper() and word[1:] != word[1:].lower()
    told = sum(likely.get(sign.lower(), _UNLIKELY) for sign in word if not sign.isascii())
    return told + (_UNLIKELY if mixed or odd_case else 0.0)


def _latin(word: str, likely: dict[str, float]) -> float:
    """Accented letters stand among unaccented ones."""
    odd = [sign for sign in word if not sign.isascii()]
    lonely = len(odd) * 2 > len(word) + 1
    return sum(likely.get(sign.lower(), _UNLIKELY) if not lonely else _UNLIKELY for sign in odd)


def _thai(word: str, _: dict[str, float]) -> float:
    """Signs above and below stand after a letter; all else is one of some sixty signs."""
    told, before = 0.0, ""
    for sign in word:
        if not sign.isascii():
            wrong = not "\u0e01" <= sign <= "\u0e4e" or (sign in _THAI_MARKS and before < "\u0e01")
            told += _UNLIKELY if wrong else -5.0
        before = sign
    return told


_MODELS: dict[str, tuple[Callable[[str, dict[str, float]], float], dict[str, float]]] = {
    "cp1252": (_latin, _LATIN_LIKELY),
    "cp1251": (_cyrillic, _RUSSIAN_LIKELY),
    "kz1048": (_cyrillic, _KAZAKH_LIKELY),
    "koi8-r": (_cyrillic, _RUSSIAN_LIKELY),
    "cp866": (_cyrillic, _RUSSIAN_LIKELY),
    "cp874": (_thai, {}),
    "cp1258": (_latin, _VIETNAMESE_LIKELY),
}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", *_MODELS)
"""The encodings that are told apart."""


def encoding_of(head: bytes) -> str:
    """The name of the encoding that the beginning of a file seems to be in. UTF-8 where it is that but for a few lines:
    no other encoding makes valid UTF-8 by accident, and one bad byte says nothing of the others."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if wide := wide_of(head[:_LONGEST]):
        return wide
    if _is_utf8(head) or _is_mostly_utf8(head):
        return "utf-8"
    odd = b"\n".join(line for line in head.splitlines() if not line.isascii())[:_LONGEST]
    scores = {name: _likelihood(odd, name) for name in _MODELS}
    return max(scores, key=lambda name: scores[name])


def codec_of(encoding: str) -> str:
    """What a text of an encoding is decoded with: of UTF-8 what takes the mark at its beginning away."""
    return "utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding


def _is_utf8(head: bytes) -> bool:
    """Whether the bytes are UTF-8, but for a letter that is cut off at the end."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return (
            error.end >= len(head)
            and len(head) - error.start < 4
            and error.reason == "unexpected end of data"
        )
    return True


def _is_mostly_utf8(head: bytes) -> bool:
    """Whether at least two in three of the lines that are not ASCII are UTF-8."""
    told = [_is_utf8(line + b"\n") for line in head.splitlines() if not line.isascii()]
    return sum(told) * 3 >= len(told) * 2


def wide_of(head: bytes) -> str:
    """UTF-16 without a mark, by its order: every other byte of ASCII signs is zero; empty for other bytes."""
    half = len(head) // 2
    if half < 8:
        return ""
    for name, zeros in (("utf-16-le", head[1::2].count(0)), ("utf-16-be", head[0::2].count(0))):
        if zeros > 0.3 * half and head.count(0) < 1.1 * zeros:
            return name
    return ""


def _likelihood(odd: bytes, name: str) -> float:
    """The mean likelihood (binary logarithm) of the letters that are not ASCII, if the bytes are in the encoding."""
    text = odd.decode(name, "replace")
    judge, likely = _MODELS[name]
    words = Counter(word for word in _WORD.findall(text) if not word.isascii())
    letters = sum(count * sum(not sign.isascii() for sign in word) for word, count in words.items())
    told = sum(count * judge(word, likely) for word, count in words.items())
    others = [sign for sign in text if not sign.isascii() and sign not in _SIGNS and not _is_letter(sign)]
    if not letters + len(others):
        return -1.0 if name == "cp1252" else _UNLIKELY
    return (told + _UNLIKELY * len(others)) / (letters + len(others))


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"
