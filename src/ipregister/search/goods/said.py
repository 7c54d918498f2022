"""Terms as the published records say them, with how many of the records looked at say each."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ipregister.search.analyzer import Analyzer

SEPARATORS = re.compile(r"[;\n]|,(?!\s*(?:not|other|excluding|except)\b)")
SHORTEST, LONGEST = 2, 120


class SaidTerm(Struct, frozen=True):
    """A term of a class with the records that say it."""

    class_number: int
    text: str
    count: int


def said_terms(goods: Iterable[Sequence[tuple[int, str]]], words: str, limit: int = 20) -> list[SaidTerm]:
    """The terms with all of the words, of records given as lists of (class, text); those that most records say
    first. A record counts once for a term; terms without a class are left out."""
    analyzer = Analyzer()
    wanted = set(analyzer.tokens(words))
    counts: Counter[tuple[int, str]] = Counter()
    shown: dict[tuple[int, str], str] = {}
    for record in goods:
        for number, term in dict.fromkeys(_terms(record)):
            tokens = analyzer.tokens(term)
            if number and wanted and all(any(token.startswith(word) for token in tokens) for word in wanted):
                same = (number, " ".join(tokens))
                counts[same] += 1
                shown.setdefault(same, term)
    ranked = sorted(counts, key=lambda same: (-counts[same], len(same[1]), same))
    return [SaidTerm(same[0], shown[same], counts[same]) for same in ranked[:limit]]


def _terms(record: Sequence[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    for number, text in record:
        for part in SEPARATORS.split(text):
            term = part.strip(" .")
            if SHORTEST <= len(term) <= LONGEST:
                yield number, term
