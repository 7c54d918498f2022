"""The words of a name, and which of them tell it apart: legal forms and common words of trade tell little."""

import re
import zlib
from functools import cache
from importlib import resources

from ipregister.search.similarity.legal_forms import legal_forms
from ipregister.search.similarity.romanise.script import script_of
from ipregister.search.similarity.romanise.spoken import spoken

SHORTEST = 6
"""Spoken forms of fewer letters count as generic only in names of the script they are written in, or where
`generic_words.tsv` lists them: `ran` is a shop in Thai letters alone, `kakao` trade in Lao ones."""
ALPHABETS = ("Latn", "Cyrl")
"""Scripts whose short words are listed as they are written."""


@cache
def generic(script: str = "") -> frozenset[str]:
    """Single words, as they are spoken, of legal forms and of words that many marks carry, from `generic_words.tsv`
    and `legal_forms.tsv`; with those that are generic in names of that script alone."""
    text = (resources.files("ipregister.search.similarity") / "generic_words.tsv").read_text(encoding="utf-8")
    listed = {word for line in text.splitlines() if not line.startswith("#") for word in line.split()}
    return frozenset(listed | {one for one in _spoken_forms(script) if " " not in one})


@cache
def _spoken_forms(script: str) -> frozenset[str]:
    found = set()
    for form in legal_forms():
        own = script_of(form.written)
        sound = spoken(form.written, own)
        if own in (script, *ALPHABETS) or len(sound) >= SHORTEST:
            found.add(sound)
    return frozenset(found - {""})


@cache
def _phrases(script: str) -> re.Pattern[str]:
    several = sorted((one for one in _spoken_forms(script) if " " in one), key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, several))})(?!\S)")


def telling(spoken_form: str, script: str) -> list[str]:
    """The words of the spoken form of a name of a script that tell it apart; none where all are legal forms and common
    words."""
    rest = _phrases(script).sub(" ", spoken_form) if " " in spoken_form else spoken_form
    own = generic(script)
    return [word for word in rest.split() if word not in own]


def distinctive(spoken_form: str, script: str) -> str:
    """A spoken form without its generic words; all of it where nothing else is left."""
    return " ".join(telling(spoken_form, script) or spoken_form.split())


def stamp(word: str) -> int:
    """The number under which the index holds a word."""
    return zlib.crc32(word.encode("ascii", "replace"))
