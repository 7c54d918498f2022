"""The class numbers of a text, as offices and their spreadsheets write them: `9,35`, `Class 05`, `จำพวก 32`, `35 41 42`.

Words for class and for and are data, `codes/class_words.csv`. Whatever else stands in a text, it is none of classes."""

import re
import unicodedata
from functools import cache, lru_cache

from ipregister.model import codelists
from ipregister.model.digits import to_ascii

LAST = 45
"""The last class of the Nice Classification: numbers that only blanks part are classes up to this one alone."""
_LONGEST = 400
_SIGNS = str.maketrans({"，": ",", "、": ",", "；": ";"})
_NUMBER = r"\d{1,3}"


@lru_cache(maxsize=4096)
def class_parts(raw: str) -> tuple[int, ...]:
    """The class numbers of a text; empty where it holds anything else than numbers, what parts them, and words for class."""
    if len(raw) > _LONGEST:
        return ()
    text = unicodedata.normalize("NFC", to_ascii(raw)).casefold().translate(_SIGNS).strip().rstrip(". ")
    text = re.sub(r"[^\S\n]+", " ", re.sub(r"\s*\n\s*", "\n", text))
    surely, perhaps = _patterns()
    numbers = tuple(int(part) for part in re.findall(r"\d+", text))
    if surely.fullmatch(text):
        return numbers
    sound = perhaps.fullmatch(text) and all(1 <= number <= LAST for number in numbers)
    return numbers if sound else ()


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What classes look like that a sign or a word parts, or both, with a sign after the last of several or none; and those that
    blanks alone may part. A word after a number is
    never tried as one before the next, so that no text takes long."""
    word, join = _either("class"), _either("and")
    before = rf"(?:{word}[.:]?[ \n]?)++(?:№ ?)?"
    after = rf" ?-? ?{word}\.?"
    one = rf"(?:{before})?{_NUMBER}(?:{after})?+"
    sign = rf"(?:[ \n]?[,;/&][ \n]?(?:{join} ?)?|\n| ?{join} ?)"
    more = [rf"{one}(?:(?:{part}{one})+(?: ?[,;])?)?" for part in (sign, rf"(?:{sign}| )")]
    return re.compile(more[0]), re.compile(more[1])


def _either(kind: str) -> str:
    """The words of a kind, the longest first."""
    rows = codelists.table("class_words").items()
    words = sorted((word for word, row in rows if row["kind"] == kind), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, words))})"
