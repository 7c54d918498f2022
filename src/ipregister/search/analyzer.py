"""Text to tokens, the same way when indexing and when asking.

Text is brought to NFKC, case, accents and digits are folded, invisible characters go. Words of spaced
scripts are cut by a regular expression, runs of Thai, Lao, Khmer, Burmese, Han and Kana by ICU's
dictionaries. Combining vowels and tone marks always stay with their letter.
"""

import re
import threading
import unicodedata
from functools import cache
from operator import add
from typing import ClassVar

import icu
from msgspec import Struct

from ipregister.search.letters import UNSPACED, Folding, marks

ANY, ONE = "\ue000", "\ue001"
"""Stand for the wildcards `*` and `?` while a pattern is folded and cut."""
_WILDCARDS = re.compile(f"([{ANY}{ONE}])")

STACKERS = "\u17d2\u1039"
"""Khmer and Burmese signs that put the next letter under the one before."""

REMEMBERED, REMEMBERED_LENGTH = 200_000, 32
REMEMBERED_NAMES = 20_000
REMEMBERED_TERMS, REMEMBERED_TERM = 50_000, 100

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_SARA_AM = re.compile("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb]?)([\u0e32\u0eb2])")
_AM = {"\u0e4d": "\u0e33", "\u0ecd": "\u0eb3"}


class Name(Struct, frozen=True):
    """A name ready for the index: its words and their number, its pairs of letters, and the whole without spaces."""

    words: str
    grams: str
    whole: str
    length: int


class Analyzer:
    """The analyzer of the register. `version` changes when the same text may give other tokens."""

    version: ClassVar[str] = f"1/icu-{icu.ICU_VERSION}/unicode-{unicodedata.unidata_version}"

    def __init__(self) -> None:
        self._folding = Folding()
        self._local = threading.local()
        self._known: dict[str, list[str]] = {}
        self._terms: dict[str, str] = {}
        self._names: dict[str, Name] = {}
        word = rf"[^\W_{UNSPACED}][^\W_{UNSPACED}{marks()}]*(?:[{marks()}]+[^\W_{UNSPACED}]*)*"
        self._runs = re.compile(f"([{UNSPACED}][{UNSPACED}{marks()}]*)|{word}")
        self._pattern_runs = re.compile(f"([{UNSPACED}][{UNSPACED}{marks()}]*)|(?:{word}|[{ANY}{ONE}])+")
        self._unspaced = re.compile(f"[{UNSPACED}]")
        self._joining = re.compile(f"[{STACKERS}{marks()}]")
        self._cluster = re.compile(f".(?:[{STACKERS}].|[{marks()}])*", re.DOTALL)

    def fold(self, text: str) -> str:
        """The text as it is compared: case, accents and digits folded; spaces and punctuation kept."""
        if text.isascii():
            return text.lower()
        folded = unicodedata.normalize("NFC", text).translate(self._folding)
        folded = unicodedata.normalize("NFKC", folded)
        return _SARA_AM.sub(lambda m: m[2] + _AM[m[1]], folded)

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text in order."""
        if text.isascii():
            return _ASCII_WORD.findall(text.lower())
        known, out = self._known, list[str]()
        for chunk in text.split():
            found = known.get(chunk)
            out += self._learn(chunk) if found is None else found
        return out

    def words(self, text: str) -> str:
        """The tokens of a text, a space between them. Its parts between semicolons are remembered, since goods
        and services are mostly named by the terms of a list."""
        known, out = self._terms, list[str]()
        for term in text.split(";"):
            found = known.get(term)
            if found is None:
                found = " ".join(self.tokens(term))
                if len(term) <= REMEMBERED_TERM:
                    if len(known) >= REMEMBERED_TERMS:
                        known.clear()
                    known[term] = found
            if found:
                out.append(found)
        return " ".join(out)

    def _learn(self, chunk: str) -> list[str]:
        """The tokens of a text without spaces; short ones are remembered, since words repeat."""
        folded = self.fold(chunk)
        found: list[str] = []
        for run in self._runs.finditer(folded):
            if run[1] is None:
                found.append(run[0])
            else:
                found.extend(self.segment(run[1]))
        if len(chunk) <= REMEMBERED_LENGTH:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[chunk] = found
        return found

    def pattern(self, text: str) -> list[tuple[str, bool]]:
        """A text with wildcards cut into tokens; the flag says that the token is of an unspaced script."""
        marked = self.fold(text.replace("*", ANY).replace("?", ONE))
        return [(run[0], run[1] is not None) for run in self._pattern_runs.finditer(marked)]

    def squashed_pattern(self, text: str) -> str:
        """A pattern as one token without spaces: `squash` with stand-ins for wildcards."""
        pieces = _WILDCARDS.split(self.fold(text.replace("*", ANY).replace("?", ONE)))
        return "".join(one if one in {ANY, ONE} else self.squash(one) for one in pieces)

    def is_unspaced(self, text: str) -> bool:
        """Whether a text has letters of a script that is written without spaces."""
        return not text.isascii() and bool(self._unspaced.search(text))

    def segment(self, run: str) -> list[str]:
        """The words of a run of an unspaced script, by ICU's dictionaries."""
        breaker: icu.BreakIterator | None = getattr(self._local, "breaker", None)
        if breaker is None:
            breaker = self._local.breaker = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
        units = icu.UnicodeString(run)
        text = units if max(run) > "\uffff" else run
        breaker.setText(units)
        words, start = [], 0
        for end in breaker:
            words.append(str(text[start:end]))
            start = end
        return words

    def name(self, text: str) -> Name:
        """What the index holds of a name. Remembered, since owners and agents repeat."""
        found = self._names.get(text)
        if found is None:
            tokens = self.tokens(text)
            squashed = "".join(tokens)
            found = Name(" ".join(tokens), " ".join(self.grams(squashed)), squashed, len(tokens))
            if len(self._names) >= REMEMBERED_NAMES:
                self._names.clear()
            self._names[text] = found
        return found

    def squash(self, text: str) -> str:
        """The tokens joined without spaces: two names are the same if their squashed forms are equal."""
        return "".join(self.tokens(text))

    def clusters(self, text: str) -> list[str]:
        """The letters of a squashed text, each with its combining marks."""
        alone = text.isascii() or self._joining.search(text) is None
        return list(text) if alone else self._cluster.findall(text)

    def grams(self, squashed: str, size: int = 2, *, padded: bool = True) -> list[str]:
        """Runs of `size` letters of a squashed text, in order; padded ones show begin (`^`) and end (`$`)."""
        letters = self.clusters(squashed)
        if padded and letters:
            letters = ["^", *letters, "$"]
        if size == 2:
            return [*map(add, letters, letters[1:])]
        return ["".join(letters[i : i + size]) for i in range(len(letters) - size + 1)]


@cache
def analyzer() -> Analyzer:
    """The analyzer of this process for texts of records and questions: made once, and words that it has read are remembered."""
    return Analyzer()
