"""Coined names: made of syllables, so that one name can be written in every script of the region."""

from functools import lru_cache
from typing import NamedTuple

from .vocabulary import words

SCRIPTS = ("lo", "th", "km", "my", "ru")


class Coined(NamedTuple):
    """A coined name in Latin letters and in the five other scripts."""

    latin: str
    lo: str
    th: str
    km: str
    my: str
    ru: str


def _syllables(number: int) -> list[tuple[str, str, str]]:
    """Three syllables (consonant, vowel, coda) picked by a number; neighbours differ in the last one."""
    table = words("coined")
    consonants, vowels = list(table["consonants"]), list(table["vowels"])
    codas = ["", "", "", "n", "k", "m"]
    rest, last = divmod(number, len(consonants) * len(vowels))
    middle = (rest * 37 + 11) % (len(consonants) * len(vowels))
    first = (rest * 23 + rest // 60 + 5) % (len(consonants) * len(vowels))
    parts = []
    for place, part in enumerate((first, middle, last)):
        consonant, vowel = divmod(part, len(vowels))
        coda = codas[(number * 7 + 3) % len(codas)] if place == 2 else ""
        parts.append((consonants[consonant], vowels[vowel], coda))
    return parts


@lru_cache(4096)
def coined(number: int) -> Coined:
    """The coined name of a number; names that belong to somebody are skipped."""
    table = words("coined")
    parts = _syllables(number)
    latin = "".join(c + v + coda for c, v, coda in parts)
    if any(name in latin for name in table["shunned"]["names"]):
        return coined(number + 1)
    written = []
    for place in range(len(SCRIPTS)):
        text = ""
        for consonant, vowel, coda in parts:
            text += table["vowels"][vowel][place].format(table["consonants"][consonant][place])
            text += table["codas"][coda][place]
        written.append(text)
    lao, thai, khmer, burmese, cyrillic = written
    return Coined(latin.capitalize(), lao, thai, khmer, burmese, cyrillic.capitalize())
