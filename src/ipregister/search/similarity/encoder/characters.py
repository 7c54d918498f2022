"""A name as the numbers that the network reads: its spoken form in Latin letters, then its own letters."""

import unicodedata

from ipregister.search.similarity.romanise.east import simplified

PAD, BREAK, UNKNOWN, FIRST = 0, 1, 2, 3
SPOKEN_LETTERS = " abcdefghijklmnopqrstuvwxyz0123456789"
_SPOKEN = {char: FIRST + place for place, char in enumerate(SPOKEN_LETTERS)}
FIRST_OWN = FIRST + len(SPOKEN_LETTERS)
LONGEST = 32
"""So many letters of each form are read; the rest of a longer name is not."""


def own_letters(folded: str) -> str:
    """The letters of a folded name taken apart (NFKD), Chinese in simplified form."""
    text = "".join(simplified(c) if "\u3400" <= c <= "\u9fff" else c for c in folded)
    return unicodedata.normalize("NFKD", text)


def numbers(spoken: str, folded: str, vocabulary: dict[str, int]) -> list[int]:
    """The numbers of a name, at most `2 * LONGEST`. `vocabulary` gives the places of own letters from 0."""
    first = [_SPOKEN[char] for char in spoken[:LONGEST]]
    if folded == spoken:
        return [*first, BREAK]
    unknown = UNKNOWN - FIRST_OWN
    own = [FIRST_OWN + vocabulary.get(char, unknown) for char in own_letters(folded)[: LONGEST - 1]]
    return [*first, BREAK, *own]
