"""About how many records a query finds, told from the dictionary alone, before anything is looked for.

Only ways of counting are chosen by it, never what is counted. No number means that the dictionary cannot tell.
"""

import tantivy

from ipregister.search.analyzer import Analyzer
from ipregister.search.fields import BY_NAME, Field
from ipregister.search.tree import And, Node, Or, Phrase, Word
from ipregister.search.values import integer


class Expectation:
    """What one state of the index lets expect."""

    def __init__(self, searcher: tantivy.Searcher, analyzer: Analyzer) -> None:
        self._searcher = searcher
        self._analyzer = analyzer

    def of(self, node: Node) -> int | None:
        """About how many records a tree finds, rather too many than too few; None where nothing tells it."""
        match node:
            case And(parts):
                told = [number for part in parts if (number := self.of(part)) is not None]
                return min(told, default=None)
            case Or(parts):
                numbers = [self.of(part) for part in parts]
                return None if None in numbers else sum(number or 0 for number in numbers)
            case Word(text, name) | Phrase(text, name):
                return self._of_words(text, BY_NAME[(name or "text").partition("/")[0]])
        return None

    def _of_words(self, text: str, field: Field) -> int | None:
        if field.kind == "integer":
            value = integer(text)
            return 0 if value is None else self._searcher.doc_freq(field.name, value)
        if field.kind == "code":
            return self._searcher.doc_freq(field.name, text.strip().lower())
        if field.kind not in {"text", "names", "group"}:
            return None
        tokens = self._analyzer.tokens(text)
        if not tokens or self._analyzer.is_unspaced(text):
            return None
        names = field.covers or (field.name,)
        return min(sum(self._searcher.doc_freq(name, token) for name in names) for token in tokens)
