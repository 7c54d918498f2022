"""Words of a name that belong to everybody: words of the trade and legal forms, and words that records use for goods."""

from collections.abc import Sequence

from msgspec import Struct

from ipregister.search.index import SearchIndex
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.sounds import word_key
from ipregister.search.similarity.words import generic
from ipregister.search.tree import And, Or, Phrase, Query, Word

SHORTEST, LEAST_RECORDS = 4, 3
"""Letters from which sounds are compared; records that must use a word for their goods before it is told."""


class TradeWord(Struct, frozen=True):
    """A word of a name that tells it apart little. `kind`: `generic` (a word of the list), `goods` (so many published
    records name goods or services by it)."""

    word: str
    kind: str
    records: int = 0


def trade_words(name: str, index: SearchIndex, classes: Sequence[int] = ()) -> list[TradeWord]:
    """The words of a name that are generic or name goods (of these classes, where some are given)."""
    found = [TradeWord(word, "generic") for word in generic_words(name)]
    known = {one.word for one in found}
    for word in dict.fromkeys(name.split()):
        count = 0 if word in known else goods_named(word, index, classes)
        if count >= LEAST_RECORDS:
            found.append(TradeWord(word, "goods", count))
    return found


def generic_words(name: str) -> list[str]:
    """The words of a name that stand in the list of generic words, in whatever script and spelling they are."""
    sounds = {word_key(word) for word in generic() if len(word) >= SHORTEST}
    return [word for word in dict.fromkeys(name.split()) if _is_generic(forms(word).spoken, sounds)]


def _is_generic(spoken: str, sounds: set[str]) -> bool:
    parts = spoken.split()
    return bool(parts) and all(
        part in generic() or (len(part) >= SHORTEST and word_key(part) in sounds) for part in parts
    )


def goods_named(word: str, index: SearchIndex, classes: Sequence[int] = ()) -> int:
    """How many public records name goods or services by a word."""
    if not any(sign.isalpha() for sign in word):
        return 0
    root: Phrase | And = Phrase(word, "goods")
    if classes:
        root = And((root, Or(tuple(Word(str(number), "class") for number in classes))))
    return index.search(Query(root), limit=0).total
