"""What can be wrong with a query: codes, positions, and plain English for each code."""

from ipregister.model.errors import UsageError

MESSAGES: dict[str, str] = {
    "too-long": "The query is too long.",
    "too-many-words": "The query has too many words.",
    "too-deep": "The query has too many brackets inside brackets.",
    "too-many-wildcards": "The query has too many words with * or ?.",
    "too-broad": "Too many different words begin like this. Write more letters.",
    "wildcard-too-short": "A word with * or ? needs more letters.",
    "wildcard-not-possible": "This field cannot be searched with * or ?.",
    "too-far": "Words can be at most 10 words from each other.",
    "near-not-possible": "This field has no words that could be near each other.",
    "too-many-near": "At most 5 words can be asked to be near each other.",
    "expression-wrong": "Between the slashes stands no expression that can be read.",
    "expression-too-large": "The expression between the slashes is too long or repeats too much.",
    "too-many-expressions": "The query has too many expressions between slashes.",
    "expression-not-possible": "This field cannot be searched with an expression. Name another field before it.",
    "open-quote": "A quotation mark is missing at the end.",
    "open-bracket": "A closing bracket is missing.",
    "extra-bracket": "There is a closing bracket too many.",
    "open-range": "A range is written [from TO to].",
    "range-reversed": "The range ends before it begins.",
    "range-not-possible": "This field cannot be searched from one value to another.",
    "missing-term": "A word is missing here.",
    "unknown-field": "There is no such field.",
    "unknown-value": "This field never holds such a value.",
    "class-not-possible": "Only goods can be searched within one class, and classes are 1 to 50.",
    "not-a-date": "This is no date. Write 2019, 2019-03 or 2019-03-07.",
    "not-a-number": "This is no whole number.",
    "field-inside-field": "A field cannot stand inside another field's brackets.",
    "bad-cursor": "This page address is not valid. Start again from the first page.",
    "unknown-sort": "There is no such order.",
    "unknown-facet": "There is no such filter.",
}
"""One sentence a code; the portal translates them by code."""


class QueryError(UsageError):
    """A query that cannot be run. `position` counts characters of the line from 0; -1: not in the line."""

    def __init__(self, code: str, position: int = -1, **arguments: str) -> None:
        super().__init__(MESSAGES[code])
        self.code = code
        self.position = position
        self.arguments = arguments

    def __str__(self) -> str:
        """The sentence of the code, with what it is about: the name of a field, the place in the line."""
        named = ", ".join(f"{name} {value!r}" for name, value in self.arguments.items())
        where = f"at character {self.position + 1}" if self.position >= 0 else ""
        told = ", ".join(part for part in (named, where) if part)
        return f"{self.message.removesuffix('.')} ({told})." if told else self.message
