"""Scripts whose consonants carry a vowel of their own: Thai, Lao, Khmer, Burmese, Tamil and relatives."""

import re
from functools import cache

from ipregister.search.similarity.romanise.onsets import in_spoken_order
from ipregister.search.similarity.romanise.tables import Letter, table

INHERENT = {"thai": "o", "lao": "o", "khmer": "o", "burmese": "a", "tamil": "a", "devanagari": "a",
            "bengali": "o"}  # fmt: skip
_UNHEARD = re.compile("[\u200b-\u200d\u1037\u1038]")
"""Zero-width joiners and Burmese tones, which stand between the letters of a rhyme."""
_SPOKEN_AT_END = {"burmese", "tamil"}


@cache
def _reader(name: str) -> tuple[re.Pattern[str], dict[str, Letter]]:
    rows = {row.letters: row for row in table(name)}
    letters = sorted(rows, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, letters)) + r"|\s+|."), rows


def read(text: str, name: str) -> str:
    """A text of the script of that table in Latin letters; characters that are not in the table stay."""
    text = _UNHEARD.sub("", in_spoken_order(text, name))
    pattern, rows = _reader(name)
    return _Syllables(INHERENT[name], name in _SPOKEN_AT_END).read(
        [rows.get(piece) or Letter(piece, "X", piece) for piece in pattern.findall(text)]
    )


class _Syllables:
    """Puts letters together; a consonant waits until what follows tells whether its own vowel is spoken."""

    def __init__(self, inherent: str, at_end: bool) -> None:
        self._inherent, self._at_end = inherent, at_end
        self._out: list[str] = []
        self._waits = self._coda = False

    def read(self, letters: list[Letter]) -> str:
        for letter in letters:
            self._take(letter)
        self._end(last=True)
        return "".join(self._out)

    def _take(self, letter: Letter) -> None:
        kind, sound = letter.kind, letter.sound
        if kind == "C":
            after_vowel = bool(self._out) and not self._waits and self._out[-1][-1:] in "aeiouy"
            self._end(last=False)
            self._waits, self._coda = True, after_vowel
        elif kind in ("V", "K"):
            self._waits = False
        elif kind == "F":
            bare, _, closing = sound.partition("|")
            sound = bare if self._waits or not closing else closing
            self._waits = False
        elif kind in ("I", "X"):
            self._end(last=kind == "X")
        if sound:
            self._out.append(sound)

    def _end(self, last: bool) -> None:
        """Settles a waiting consonant: its own vowel is spoken unless it closes a syllable."""
        if self._waits and (self._at_end if last or self._at_end else not self._coda):
            self._out.append(self._inherent)
        self._waits = False
