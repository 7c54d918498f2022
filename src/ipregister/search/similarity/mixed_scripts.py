"""Names that are read in one more way: those that mix Latin letters with an alphabet that looks like it (`caфе` is read as
`сафе` and as `cafe`), and those in scripts that write v and w with one letter (`ตาวามีร์`: tawamir, tavamir)."""

import re

from ipregister.search.similarity import folding
from ipregister.search.similarity.romanise.script import script_of, script_of_letter
from ipregister.search.similarity.romanise.spoken import spoken

_WORD = re.compile(r"\w+")
_ALPHABETS = ("Cyrl", "Grek", "Armn")
_ONE_LETTER = ("Thai", "Laoo", "Khmr", "Mymr")
"""Scripts that write the v of foreign names as w."""


def in_latin(name: str) -> str:
    """The name with the words that mix alphabets in Latin letters: those that look Latin as they look, the others as
    they are read. Empty where no word mixes them, or where that is how it is compared already."""
    read = _WORD.sub(lambda found: _latin(found.group()), name)
    return "" if folding.folded(read) in {folding.folded(name), name.casefold()} else read


def with_v(name: str) -> str:
    """A name of a script without v as it is spoken, in Latin letters, with v for w. Empty for all other names."""
    text = folding.folded(name)
    script = script_of(text)
    read = spoken(text, script) if script in _ONE_LETTER else ""
    return read.replace("w", "v") if "w" in read else ""


def _latin(word: str) -> str:
    scripts = {script_of_letter(char) for char in word}
    others = [script for script in _ALPHABETS if script in scripts]
    if "Latn" not in scripts or not others:
        return word
    return "".join(_letter(char) for char in word)


def _letter(char: str) -> str:
    script = script_of_letter(char)
    if script not in _ALPHABETS:
        return char
    look = folding.look(folding.folded(char))
    return look if look.isascii() and look else spoken(char.casefold(), script)
