"""Words of a name that belong to everybody: words for goods and services, words of the trade and legal forms, words
that records use for goods."""

from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from ipregister.desk.compounds import PRODUCTS, pieces
from ipregister.search.analyzer import analyzer
from ipregister.search.goods.plain_words import found_in
from ipregister.search.index import SearchIndex
from ipregister.search.similarity.names import Forms, forms
from ipregister.search.similarity.sounds import word_key
from ipregister.search.similarity.words import ALPHABETS, generic
from ipregister.search.tree import And, Or, Phrase, Query, Word

SHORTEST, SHORTEST_BY_SOUND, LEAST_RECORDS = 4, 6, 3
"""Letters from which a word outside of the alphabets may be generic, and from which sounds are enough (`ສິງ`, a lion, sounds
as `zhen`, a town); records that must use a word for their goods before it is told."""


class TradeWord(Struct, frozen=True, omit_defaults=True):
    """A word, or words, of a name that tell it apart little. `kind`: `product` (names goods or services of a class, by
    a list of our own), `generic` (a word of the trade, by a list), `goods` (so many published records name goods or
    services by it)."""

    word: str
    kind: str
    records: int = 0
    class_number: int = 0


class _Part(Struct, frozen=True):
    """A word of a name: as it is written, its tokens, and which of the pieces between spaces it stands in."""

    written: str
    tokens: tuple[str, ...]
    chunk: int


def trade_words(name: str, index: SearchIndex, classes: Sequence[int] = ()) -> list[TradeWord]:
    """The words of a name that name goods or services (of these classes, where some are given) or are generic."""
    parts = _parts(name)
    found, free = _listed(parts, classes)
    for place in free:
        word = parts[place].written
        if (count := goods_named(word, index, classes)) >= LEAST_RECORDS:
            found[place] = TradeWord(word, "goods", count)
    once: dict[str, TradeWord] = {}
    for place in sorted(found):
        once.setdefault(found[place].word.casefold(), found[place])
    return list(once.values())


def taken_apart(name: str, classes: Sequence[int] = ()) -> tuple[list[str], str]:
    """The words of a name that the lists hold (products of these classes, words of the trade), and the rest of it."""
    parts = _parts(name)
    found, free = _listed(parts, classes)
    rest = [
        f"{'' if place - 1 in free and parts[place - 1].chunk == parts[place].chunk else ' '}{parts[place].written}"
        for place in free
    ]
    return [found[place].word for place in sorted(found)], "".join(rest).strip()


def says_nothing_else(name: str, found: Sequence[TradeWord]) -> bool:
    """Whether a name has no word beside those that belong to everybody."""
    told = {token for one in found for token in analyzer().tokens(one.word)}
    own = analyzer().tokens(name)
    return bool(own) and set(own) <= told


def _parts(name: str) -> list[_Part]:
    """The words of a name; in scripts that are written without spaces those that the analyzer finds, or longer
    listed words at both ends."""
    reader = analyzer()
    found: list[_Part] = []
    for number, chunk in enumerate(name.split()):
        tokens = reader.tokens(chunk)
        unspaced = reader.is_unspaced(chunk)
        if unspaced:
            named = max((len(words) for words, _idea in found_in(tokens, *PRODUCTS)), default=0)
            tokens = pieces(chunk, longer_than=named) or tokens
        if len(tokens) > 1 and unspaced:
            found += [_Part(token, (token,), number) for token in tokens]
        elif tokens:
            found.append(_Part(chunk, tuple(tokens), number))
    return found


def _listed(parts: Sequence[_Part], classes: Sequence[int]) -> tuple[dict[int, TradeWord], list[int]]:
    """The words that name goods or services or are generic, by the place where they begin; the places of the others."""
    found, free = _products(parts, classes)
    common = [place for place in free if _is_generic(forms(parts[place].written))]
    found |= {place: TradeWord(parts[place].written, "generic") for place in common}
    return found, [place for place in free if place not in common]


def _products(parts: Sequence[_Part], classes: Sequence[int]) -> tuple[dict[int, TradeWord], list[int]]:
    """The words that name goods or services, by the place where they begin, and the places of the others."""
    tokens = [token for part in parts for token in part.tokens]
    owner = [place for place, part in enumerate(parts) for _token in part.tokens]
    found: dict[int, TradeWord] = {}
    taken: set[int] = set()
    for start, length, class_number in _named(tokens):
        places = list(dict.fromkeys(owner[start : start + length]))
        if (not classes or class_number in classes) and not taken & set(places):
            joint = "" if all(_is_bare(parts[place]) for place in places) else " "
            written = joint.join(parts[place].written for place in places)
            found[places[0]] = TradeWord(written, "product", 0, class_number)
            taken |= set(places)
    return found, [place for place in range(len(parts)) if place not in taken]


def _named(tokens: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where tokens name a product: first token, how many, class."""
    start = 0
    for words, idea in found_in(tokens, *PRODUCTS):
        wanted = words.split()
        for place in range(start, len(tokens) - len(wanted) + 1):
            near = [
                token == word or token == f"{word}s"
                for token, word in zip(tokens[place:], wanted, strict=False)
            ]
            if all(near):
                yield place, len(wanted), idea.class_number
                start = place
                break


def _is_bare(part: _Part) -> bool:
    """Whether a word is of a script that is written without spaces."""
    return analyzer().is_unspaced(part.written)


@cache
def _generic_sounds() -> frozenset[str]:
    return frozenset(word_key(word) for word in generic() if len(word) >= SHORTEST_BY_SOUND)


def _is_generic(word: Forms) -> bool:
    """Whether all of a word is generic. The shortest ones are so in alphabets alone: `la` is an article, `ลา` is none."""
    least = 1 if word.script in ALPHABETS else SHORTEST
    return bool(word.spoken) and all(
        len(part) >= least
        and (part in generic() or (len(part) >= SHORTEST_BY_SOUND and word_key(part) in _generic_sounds()))
        for part in word.spoken.split()
    )


def goods_named(word: str, index: SearchIndex, classes: Sequence[int] = ()) -> int:
    """How many public records name goods or services by a word; none by a single letter."""
    if not any(sign.isalpha() for sign in word) or (len(word) < 2 and word.isascii()):
        return 0
    root: Phrase | And = Phrase(word, "goods")
    if classes:
        root = And((root, Or(tuple(Word(str(number), "class") for number in classes))))
    return index.search(Query(root), limit=0).total
